// A Leaflet layer that shows the painted panes and follows the map while it is moved.
/* global L */
import { viewOfPane } from "./panes.js";

const METHODS = {
  initialize(panes) {
    this.panes = panes;
  },

  onAdd(map) {
    for (const { painter } of this.panes) map.getPanes().overlayPane.append(painter.canvas);
    map.on("move moveend zoomend resize", this.plan, this);
    this.place((painter, view, state) => painter.shows(view, state) || painter.draw(view, state));
  },

  onRemove(map) {
    map.off("move moveend zoomend resize", this.plan, this);
    for (const { painter } of this.panes) painter.canvas.remove();
  },

  // Many events in one frame, one drawing.
  plan() {
    this.planned ??= requestAnimationFrame(() => this.paint());
  },

  paint() {
    this.planned = undefined;
    this.place((painter, view, state) => painter.draw(view, state));
  },

  place(show) {
    const view = viewOfPane(this.view(), this.panes.length);
    this.panes.forEach(({ painter, state }, n) => {
      L.DomUtil.setPosition(painter.canvas, this._map.containerPointToLayerPoint([n * view.width, 0]));
      show(painter, view, state);
    });
  },

  // Other panes in place of these: what the map shows has changed.
  show(panes) {
    for (const { painter } of this.panes) painter.canvas.remove();
    this.panes = panes;
    for (const { painter } of panes) this._map.getPanes().overlayPane.append(painter.canvas);
    this.paint();
  },

  view() {
    const { x: width, y: height } = this._map.getSize();
    const scale = this._map.getZoomScale(this._map.getZoom(), 0);
    const corner = this._map.project(this._map.containerPointToLatLng([0, 0]), 0);
    return { width, height, ratio: Math.ceil(devicePixelRatio), scale, left: corner.x, top: corner.y };
  },
};

export const paneLayer = (panes) => new (L.Layer.extend(METHODS))(panes);
