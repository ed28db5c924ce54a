// Marks on a canvas: paths to be filled or stroked, those of SHAPES around (x, y).

const SHAPES = {
  circle: (c, x, y, r) => (c.moveTo(x + r, y), c.arc(x, y, r, 0, 2 * Math.PI)),
  triangle: (c, x, y, r) => (c.moveTo(x, y - r * 1.2), c.lineTo(x + r * 1.15, y + r * 0.9), c.lineTo(x - r * 1.15, y + r * 0.9), c.closePath()),
  diamond: (c, x, y, r) => (c.moveTo(x, y - r * 1.3), c.lineTo(x + r * 1.3, y), c.lineTo(x, y + r * 1.3), c.lineTo(x - r * 1.3, y), c.closePath()),
  square: (c, x, y, r) => c.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8),
  cross: (c, x, y, r) => (c.moveTo(x - r, y - r), c.lineTo(x + r, y + r), c.moveTo(x + r, y - r), c.lineTo(x - r, y + r)),
};

/** The head of an arrow half way from (x0, y0) to (x1, y1), to be filled; none on a line too short for one. */
function arrowHead(c, x0, y0, x1, y1) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < 26) return;
  const [ux, uy, mx, my] = [(x1 - x0) / length, (y1 - y0) / length, (x0 + x1) / 2, (y0 + y1) / 2];
  c.moveTo(mx + ux * 7, my + uy * 7);
  c.lineTo(mx - ux * 5 - uy * 5, my - uy * 5 + ux * 5);
  c.lineTo(mx - ux * 5 + uy * 5, my - uy * 5 - ux * 5);
  c.closePath();
}
