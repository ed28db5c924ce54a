// Timelines: rows on a scrolling canvas that draws only those in sight, so that hundreds of couriers stay quick.

const ROW = 24;
const AXIS = 26;
const PRINTED_LINES = 60;
const NARROW = 560;
const TICKS = [60, 300, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

/**
 * Show lanes: one row each, time from left to right.
 *
 * `until`: seconds from the left end to the right; `heads`: [over the names, over the figures]; `names`: all names, to
 * make room; `figuresWidth`, `swatchWidth`: pixels for what stands beside names; `label(lane)`: {name, figures};
 * `swatch(c, lane, x, y)` draws before the name; `tint(lane)`: 0 to 1, how strongly the row is underlaid;
 * `tick(seconds)`, `tickWidth`, `tickShift`: text of the axis, pixels for it, and seconds to whole hours;
 * `paintRow(c, lane, y)` draws a row and returns [segments, marks]; `paintOver(c, hovered, y)` draws over the row under
 * the pointer; `find({lane, moment, slack, inside})` returns what is there; `describe`, `clicked`, `pointed` as in view.js.
 */
function makeLanes({
  until, heads, names, figuresWidth, swatchWidth = 0, label, swatch = () => {}, tint, tick, tickWidth, tickShift, paintRow, paintOver, find,
  describe, clicked, pointed = () => {},
}) {
  const box = byId("lines");
  const canvas = byId("lines-canvas");
  const space = byId("lines-space");
  const end_s = Math.max(1, until);
  const time = { from: 0, until: end_s };
  const measure = canvas.getContext("2d");
  measure.font = `600 12.5px ${FONT}`;
  const longest = names.reduce((most, name) => Math.max(most, measure.measureText(name).width), 60);
  let namesWidth = 0;
  let rows = [];
  let size = { width: 0, height: 0 };
  let hovered = null;
  const draw = drawer(paint);

  const narrow = () => size.width < NARROW;
  const figures = () => (narrow() ? 0 : figuresWidth);
  const x = (seconds) => namesWidth + ((seconds - time.from) / (time.until - time.from)) * (size.width - namesWidth - 8);
  const seconds = (px) => time.from + ((px - namesWidth) / Math.max(1, size.width - namesWidth - 8)) * (time.until - time.from);

  function resize(most = Infinity) {
    const full = AXIS + rows.length * ROW + 4;
    space.style.height = `${full}px`;
    size = { width: box.clientWidth, height: Math.min(full, most === Infinity ? 556 : AXIS + most * ROW) };
    canvas.style.height = `${size.height}px`;
    // As wide as the longest name, within reason.
    namesWidth = Math.ceil(Math.min(longest, narrow() ? 84 : 190)) + figures() + swatchWidth + (narrow() ? 16 : 8);
    if (size.width) paint();
  }

  function paint() {
    const c = fitCanvas(canvas, size.width, size.height);
    c.fillStyle = color("--panel");
    c.fillRect(0, 0, size.width, size.height);
    const top = box.scrollTop;
    const first = Math.floor(top / ROW);
    const last = Math.min(rows.length, Math.ceil((top + size.height - AXIS) / ROW));
    let segments = 0;
    let marks = 0;
    c.save();
    c.beginPath();
    c.rect(0, AXIS, size.width, size.height - AXIS);
    c.clip();
    for (let row = first; row < last; row += 1) {
      const y = AXIS + row * ROW - top;
      paintTint(c, tint(rows[row]), y);
      c.save();
      c.beginPath();
      c.rect(namesWidth, AXIS, size.width - namesWidth, size.height);
      c.clip();
      const [drawn, marked] = paintRow(c, rows[row], y);
      c.restore();
      segments += drawn;
      marks += marked;
      paintName(c, rows[row], y);
    }
    if (hovered) paintOver(c, hovered, AXIS + hovered.row * ROW - top);
    c.restore();
    paintAxis(c);
    Object.assign(canvas.dataset, { rows: Math.max(0, last - first), segments, marks, of: rows.length });
  }

  function paintTint(c, strength, y) {
    if (!strength) return;
    c.fillStyle = color("--accent");
    c.globalAlpha = strength;
    c.fillRect(0, y, size.width, ROW);
    c.globalAlpha = 1;
  }

  function paintName(c, lane, y) {
    const { name, figures: text } = label(lane);
    swatch(c, lane, 8, y + ROW / 2);
    c.textBaseline = "middle";
    c.textAlign = "left";
    c.font = `600 12.5px ${FONT}`;
    c.fillStyle = color("--ink");
    c.fillText(shorten(c, name, namesWidth - figures() - swatchWidth - (narrow() ? 14 : 6)), 8 + swatchWidth, y + ROW / 2);
    if (!figures()) return;
    c.font = `12px ${FONT}`;
    c.fillStyle = color("--muted");
    c.textAlign = "right";
    c.fillText(text, namesWidth - 10, y + ROW / 2);
    c.textAlign = "left";
  }

  function shorten(c, text, width) {
    let short = text;
    while (short.length > 1 && c.measureText(short === text ? short : `${short}…`).width > width) short = short.slice(0, -1);
    return short === text ? text : `${short}…`;
  }

  function paintAxis(c) {
    const span = time.until - time.from;
    const room = size.width - namesWidth;
    const step = TICKS.find((own) => (own / span) * room > tickWidth) || DAY * Math.ceil(span / DAY / 10);
    c.fillStyle = color("--panel");
    c.fillRect(0, 0, size.width, AXIS);
    c.font = `12px ${FONT}`;
    c.textAlign = "center";
    c.textBaseline = "middle";
    for (let at = Math.ceil((time.from + tickShift) / step) * step - tickShift; at <= time.until; at += step) {
      const half = c.measureText(tick(at)).width / 2;
      c.fillStyle = color("--muted");
      c.fillText(tick(at), Math.min(Math.max(x(at), namesWidth + half + 2), size.width - half - 4), AXIS / 2);
      c.fillStyle = color("--ink");
      c.globalAlpha = 0.09;
      c.fillRect(x(at), AXIS, 1, size.height - AXIS);
      c.globalAlpha = 1;
    }
    c.textAlign = "left";
    c.fillStyle = color("--muted");
    c.fillText(heads[0], 8, AXIS / 2);
    c.textAlign = "right";
    if (figures()) c.fillText(heads[1], namesWidth - 10, AXIS / 2);
    c.fillStyle = color("--line");
    c.fillRect(0, AXIS - 1, size.width, 1);
  }

  // Pointer and keys -----------------------------------------------------------------------------------------------

  let drag = null;

  function under(event) {
    const bounds = canvas.getBoundingClientRect();
    const [left, top] = [event.clientX - bounds.left, event.clientY - bounds.top];
    const row = Math.floor((top - AXIS + box.scrollTop) / ROW);
    if (top < AXIS || row < 0 || row >= rows.length) return null;
    const slack = (time.until - time.from) / Math.max(1, size.width - namesWidth);
    const found = find({ lane: rows[row], moment: seconds(left), slack, inside: left >= namesWidth });
    return { row, lane: rows[row], ...found };
  }

  canvas.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, moved: false };
  });
  canvas.addEventListener("pointermove", (event) => {
    if (drag && event.buttons) {
      const moved = event.clientX - drag.x;
      if (!drag.moved && Math.abs(moved) < 4) return;
      shift(-(moved / Math.max(1, size.width - namesWidth)) * (time.until - time.from));
      drag = { x: event.clientX, moved: true };
      return;
    }
    hovered = under(event);
    showTip(event, ...(hovered ? describe(hovered) : []));
    pointed(hovered);
    draw();
  });
  canvas.addEventListener("pointerup", (event) => {
    const isClick = drag && !drag.moved;
    drag = null;
    const found = isClick && under(event);
    if (found) clicked(found);
  });
  canvas.addEventListener("pointerleave", (event) => {
    hovered = drag = null;
    showTip(event);
    pointed(null);
    draw();
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(Math.exp(event.deltaY * 0.0022), seconds(event.clientX - canvas.getBoundingClientRect().left));
    },
    { passive: false },
  );
  box.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") zoom(1 / 1.4);
    else if (event.key === "-") zoom(1.4);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  box.addEventListener("scroll", draw);

  function zoom(factor, middle = (time.from + time.until) / 2) {
    set(middle - (middle - time.from) * factor, middle + (time.until - middle) * factor);
  }

  function shift(by) {
    const span = time.until - time.from;
    const from = Math.min(Math.max(time.from + by, 0), end_s - span);
    set(from, from + span);
  }

  function set(from, to) {
    const least = Math.min(300, end_s);
    time.from = Math.max(0, Math.min(from, end_s - least));
    time.until = Math.max(time.from + least, Math.min(to, end_s));
    draw();
  }

  const fit = () => set(0, end_s);

  new ResizeObserver(() => resize()).observe(box);
  listen("themed", ({ onPaper }) => resize(onPaper ? PRINTED_LINES : Infinity));

  return {
    x,
    draw,
    fit,
    time,
    get left() {
      return namesWidth;
    },
    get rows() {
      return rows;
    },
    /** Show these lanes, from the top; `none` is said where there are none. */
    show(lanes, none) {
      rows = lanes;
      box.scrollTop = 0;
      box.hidden = rows.length === 0;
      byId("lines-empty").hidden = rows.length > 0;
      byId("lines-empty").textContent = none;
      resize();
    },
    /** Scroll to a lane, if it is out of sight. */
    reveal(lane) {
      const row = rows.indexOf(lane);
      if (row >= 0 && (row * ROW < box.scrollTop || (row + 2) * ROW > box.scrollTop + size.height - AXIS)) {
        box.scrollTop = row * ROW - size.height / 2;
      }
      draw();
    },
  };
}
