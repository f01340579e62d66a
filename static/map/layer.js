// A Leaflet layer that shows the painter's canvas and follows the map while it is moved.
/* global L */
const METHODS = {
  initialize(painter, state) {
    this.painter = painter;
    this.state = state;
  },

  onAdd(map) {
    map.getPanes().overlayPane.append(this.painter.canvas);
    map.on("move moveend zoomend resize", this.plan, this);
    this.paint();
  },

  onRemove(map) {
    map.off("move moveend zoomend resize", this.plan, this);
    this.painter.canvas.remove();
  },

  // Many events in one frame, one drawing.
  plan() {
    this.planned ??= requestAnimationFrame(() => this.paint());
  },

  paint() {
    this.planned = undefined;
    L.DomUtil.setPosition(this.painter.canvas, this._map.containerPointToLayerPoint([0, 0]));
    this.painter.draw(this.view(), this.state);
  },

  view() {
    const { x: width, y: height } = this._map.getSize();
    const scale = this._map.getZoomScale(this._map.getZoom(), 0);
    const corner = this._map.project(this._map.containerPointToLatLng([0, 0]), 0);
    return { width, height, ratio: Math.ceil(devicePixelRatio), scale, left: corner.x, top: corner.y };
  },
};

export const cellLayer = (painter, state) => new (L.Layer.extend(METHODS))(painter, state);
