// Marks on a canvas: paths around (x, y), to be filled or stroked.

const SHAPES = {
  circle: (c, x, y, r) => (c.moveTo(x + r, y), c.arc(x, y, r, 0, 2 * Math.PI)),
  triangle: (c, x, y, r) => (c.moveTo(x, y - r * 1.2), c.lineTo(x + r * 1.15, y + r * 0.9), c.lineTo(x - r * 1.15, y + r * 0.9), c.closePath()),
  diamond: (c, x, y, r) => (c.moveTo(x, y - r * 1.3), c.lineTo(x + r * 1.3, y), c.lineTo(x, y + r * 1.3), c.lineTo(x - r * 1.3, y), c.closePath()),
  square: (c, x, y, r) => c.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8),
  cross: (c, x, y, r) => (c.moveTo(x - r, y - r), c.lineTo(x + r, y + r), c.moveTo(x + r, y - r), c.lineTo(x - r, y + r)),
};
