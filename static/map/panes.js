// The map in one pane, or two periods in two panes of the same size beside each other, moved as one.
export const paneAt = (view, count, x) => Math.min(count - 1, Math.max(0, Math.floor((x * count) / view.width)));

// What one of several panes shows: the middle of the whole view, as wide as the pane.
export function viewOfPane(view, count) {
  const width = view.width / count;
  return { ...view, width, left: view.left + (view.width - width) / 2 / view.scale };
}

// A place on the screen as a place of the world.
export function worldAt(view, count, { x, y }) {
  const pane = viewOfPane(view, count);
  return [pane.left + (x - paneAt(view, count, x) * pane.width) / view.scale, pane.top + y / view.scale];
}
