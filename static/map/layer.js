// A Leaflet layer that shows the painter's canvas and follows the map while it is moved.
const { L } = globalThis;

export const CellLayer = L.Layer.extend({
  initialize(makePainter, state) {
    this.makePainter = makePainter;
    this.state = state;
  },

  onAdd(map) {
    this.canvas = L.DomUtil.create("canvas", "cells", map.getPanes().overlayPane);
    this.painter = this.makePainter(this.canvas);
    map.on("move moveend zoomend resize", this.plan, this);
    this.paint();
  },

  onRemove(map) {
    map.off("move moveend zoomend resize", this.plan, this);
    this.canvas.remove();
  },

  // Many events in one frame, one drawing.
  plan() {
    this.planned ??= requestAnimationFrame(() => this.paint());
  },

  paint() {
    this.planned = undefined;
    const view = this.view();
    const { canvas } = this;
    L.DomUtil.setPosition(canvas, this._map.containerPointToLayerPoint([0, 0]));
    if (canvas.width !== view.width * view.ratio || canvas.height !== view.height * view.ratio) {
      canvas.width = view.width * view.ratio;
      canvas.height = view.height * view.ratio;
      canvas.style.width = `${view.width}px`;
      canvas.style.height = `${view.height}px`;
    }
    this.painter.draw(view, this.state);
  },

  view() {
    const { x: width, y: height } = this._map.getSize();
    const scale = this._map.getZoomScale(this._map.getZoom(), 0);
    const corner = this._map.project(this._map.containerPointToLatLng([0, 0]), 0);
    return { width, height, ratio: Math.ceil(devicePixelRatio), scale, left: corner.x, top: corner.y };
  },
});
