// Courier timelines: a scrolling canvas that draws only the rows in sight, so that hundreds of couriers stay quick.

const ROW = 24;
const AXIS = 26;
const FIGURES_WIDTH = 84;
const PRINTED_LINES = 60;

function makeTimelines() {
  const { couriers, orders } = data;
  const box = byId("lines");
  const canvas = byId("lines-canvas");
  const space = byId("lines-space");
  const time = { from: 0, until: Math.max(1, data.until_s) };
  // As wide as the longest name, within reason.
  const measure = canvas.getContext("2d");
  measure.font = `600 12.5px ${FONT}`;
  const longest = couriers.id.reduce((most, id) => Math.max(most, measure.measureText(id).width), 60);
  const namesWidth = Math.ceil(Math.min(longest, 190)) + FIGURES_WIDTH + 8;
  let rows = [];
  let size = { width: 0, height: 0 };
  let hovered = null;
  const draw = drawer(paint);

  /** The stops of a courier that ended badly: [time, state]. */
  const troubles = couriers.id.map((_, courier) => {
    const stops = data.stops[courier];
    const found = [];
    stops.action.forEach((action, stop) => {
      const order = stops.order[stop];
      if (action !== DROP) return;
      if (stops.failed[stop]) found.push([stops.arrived[stop], FAILED]);
      else if (order !== NONE && orders.state[order] === LATE) found.push([orders.door[order], LATE]);
    });
    return found;
  });

  const x = (seconds) => namesWidth + ((seconds - time.from) / (time.until - time.from)) * (size.width - namesWidth - 8);
  const seconds = (px) => time.from + ((px - namesWidth) / Math.max(1, size.width - namesWidth - 8)) * (time.until - time.from);

  function arrange() {
    const zone = Number(byId("line-zone").value);
    const words = byId("line-find").value.toLowerCase().split(/\s+/).filter(Boolean);
    const byName = (a, b) => couriers.id[a].localeCompare(couriers.id[b], "en", { numeric: true });
    const sorts = {
      id: byName,
      late: (a, b) => troubles[b].length - troubles[a].length || byName(a, b),
      deliveries: (a, b) => couriers.deliveries[b] - couriers.deliveries[a] || byName(a, b),
      use: (a, b) => couriers.use[a] - couriers.use[b] || byName(a, b),
      idle: (a, b) => couriers.idle_s[b] - couriers.idle_s[a] || byName(a, b),
      on: (a, b) => couriers.on[a] - couriers.on[b] || byName(a, b),
    };
    rows = [...couriers.id.keys()].filter((courier) => {
      const text = `${couriers.id[courier]} ${couriers.profile[courier]}`.toLowerCase();
      return (zone === NONE || couriers.zone[courier] === zone) && words.every((word) => text.includes(word));
    });
    rows.sort(sorts[byId("line-sort").value]);
    box.scrollTop = 0;
    byId("lines-empty").hidden = rows.length > 0;
    byId("lines-empty").textContent = couriers.id.length ? "No courier matches." : "This run has no couriers.";
    box.hidden = rows.length === 0;
    byId("lines-count").textContent = rows.length ? `${whole(rows.length)} of ${plural(couriers.id.length, "courier")}` : "";
    resize();
  }

  function resize(most = Infinity) {
    const full = AXIS + rows.length * ROW + 4;
    space.style.height = `${full}px`;
    size = { width: box.clientWidth, height: Math.min(full, most === Infinity ? 556 : AXIS + most * ROW) };
    canvas.style.height = `${size.height}px`;
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
      segments += paintRow(c, rows[row], y);
      marks += paintTroubles(c, rows[row], y);
    }
    if (hovered) paintPromise(c);
    c.restore();
    paintAxis(c);
    Object.assign(canvas.dataset, { rows: last - first, segments, marks, of: rows.length });
  }

  function paintRow(c, courier, y) {
    const { on, off } = couriers;
    if (courier === selected.courier) {
      c.fillStyle = color("--accent");
      c.globalAlpha = 0.14;
      c.fillRect(0, y, size.width, ROW);
      c.globalAlpha = 1;
    }
    let count = 0;
    c.save();
    c.beginPath();
    c.rect(namesWidth, AXIS, size.width - namesWidth, size.height);
    c.clip();
    if (on[courier] !== NONE) {
      const until = off[courier] === NONE ? data.until_s : off[courier];
      c.fillStyle = color("--idle");
      c.fillRect(x(on[courier]), y + 4, Math.max(1, x(until) - x(on[courier])), ROW - 8);
    }
    const flat = data.stops[courier].segments;
    // By activity, so that the colour is set five times a row and not once a segment.
    for (let kind = 0; kind < ACTIVITY_COLORS.length; kind += 1) {
      c.fillStyle = color(ACTIVITY_COLORS[kind]);
      for (let i = 0; i < flat.length; i += 4) {
        if (flat[i] !== kind || flat[i + 2] < time.from || flat[i + 1] > time.until) continue;
        const left = x(flat[i + 1]);
        const inset = kind === 0 ? 8 : 4;
        c.fillRect(left, y + inset, Math.max(0.7, x(flat[i + 2]) - left - 0.4), ROW - 2 * inset);
        count += 1;
      }
    }
    c.restore();
    paintName(c, courier, y);
    return count;
  }

  function paintName(c, courier, y) {
    c.textBaseline = "middle";
    c.textAlign = "left";
    c.font = `600 12.5px ${FONT}`;
    c.fillStyle = color("--ink");
    c.fillText(shorten(c, couriers.id[courier], namesWidth - FIGURES_WIDTH - 6), 8, y + ROW / 2);
    c.font = `12px ${FONT}`;
    c.fillStyle = color("--muted");
    c.textAlign = "right";
    const came = couriers.on[courier] !== NONE;
    const text = came ? `${couriers.deliveries[courier]} · ${percent(couriers.use[courier])}` : "never came";
    c.fillText(text, namesWidth - 10, y + ROW / 2);
    c.textAlign = "left";
  }

  function shorten(c, text, width) {
    let short = text;
    while (short.length > 1 && c.measureText(short === text ? short : `${short}…`).width > width) short = short.slice(0, -1);
    return short === text ? text : `${short}…`;
  }

  function paintTroubles(c, courier, y) {
    let count = 0;
    for (const [moment, state] of troubles[courier]) {
      if (moment < time.from || moment > time.until) continue;
      c.beginPath();
      SHAPES[STATES[state].mark](c, x(moment), y + 5, state === LATE ? 4 : 3.5);
      c.lineWidth = state === LATE ? 1 : 2.5;
      c.fillStyle = stateColor(state);
      c.strokeStyle = state === LATE ? color("--ink") : stateColor(state);
      if (state === LATE) c.fill();
      c.stroke();
      count += 1;
    }
    return count;
  }

  /** The window promised for the drop under the pointer. */
  function paintPromise(c) {
    const order = hovered.order;
    if (order === NONE || orders.until[order] === NONE) return;
    const y = AXIS + hovered.row * ROW - box.scrollTop;
    const left = Math.max(namesWidth, x(orders.from[order] === NONE ? orders.placed[order] : orders.from[order]));
    c.strokeStyle = color("--ink");
    c.lineWidth = 2;
    c.strokeRect(left, y + 1.5, Math.max(2, x(orders.until[order]) - left), ROW - 3);
  }

  function paintAxis(c) {
    const span = time.until - time.from;
    const steps = [300, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];
    const step = steps.find((own) => (own / span) * (size.width - namesWidth) > (severalDays ? 84 : 56)) || DAY * Math.ceil(span / DAY / 10);
    c.fillStyle = color("--panel");
    c.fillRect(0, 0, size.width, AXIS);
    c.font = `12px ${FONT}`;
    c.textAlign = "center";
    c.textBaseline = "middle";
    const local = data.base_s + data.offset_s;
    for (let at = Math.ceil((time.from + local) / step) * step - local; at <= time.until; at += step) {
      c.fillStyle = color("--muted");
      c.fillText(clock(at), Math.min(Math.max(x(at), namesWidth + 18), size.width - 22), AXIS / 2);
      c.fillStyle = color("--ink");
      c.globalAlpha = 0.09;
      c.fillRect(x(at), AXIS, 1, size.height - AXIS);
      c.globalAlpha = 1;
    }
    c.textAlign = "left";
    c.fillStyle = color("--muted");
    c.fillText("courier", 8, AXIS / 2);
    c.textAlign = "right";
    c.fillText("drops · use", namesWidth - 10, AXIS / 2);
    c.fillStyle = color("--line");
    c.fillRect(0, AXIS - 1, size.width, 1);
  }

  // Pointer ------------------------------------------------------------------------------------------------------

  let drag = null;

  function find(event) {
    const bounds = canvas.getBoundingClientRect();
    const [left, top] = [event.clientX - bounds.left, event.clientY - bounds.top];
    const row = Math.floor((top - AXIS + box.scrollTop) / ROW);
    if (top < AXIS || row < 0 || row >= rows.length) return null;
    const courier = rows[row];
    const flat = data.stops[courier].segments;
    const moment = seconds(left);
    const slack = (time.until - time.from) / Math.max(1, size.width - namesWidth);
    // The segment under the pointer, else one a pixel away: many are that narrow.
    let nearest = { away: slack, segment: NONE };
    for (let i = 0; i < flat.length && left >= namesWidth; i += 4) {
      const away = Math.max(flat[i + 1] - moment, moment - flat[i + 2], 0);
      if (away < nearest.away) nearest = { away, segment: i };
    }
    const { segment } = nearest;
    if (segment === NONE) return { row, courier, segment, order: NONE, stop: NONE };
    const stop = flat[segment + 3];
    return { row, courier, segment, order: data.stops[courier].order[stop], stop };
  }

  function describe({ courier, segment, order, stop }) {
    if (segment === NONE) {
      const text = `${couriers.profile[courier]}, ${plural(couriers.deliveries[courier], "delivery", "deliveries")}, use ${percent(couriers.use[courier])}`;
      return [el("b", {}, couriers.id[courier]), text];
    }
    const flat = data.stops[courier].segments;
    const [kind, from, until] = flat.slice(segment, segment + 3);
    const site = data.stops[courier].site[stop];
    const failed = data.stops[courier].failed[stop];
    return [
      el("b", {}, `${data.activities[kind]}, ${clock(from)} to ${clock(until)}`),
      `${couriers.id[courier]}, ${duration(until - from)}${site ? `, ${site}` : ""}${failed ? `: ${failed}` : ""}`,
      ...(order === NONE ? [] : [el("br"), ...orderTip(order)]),
    ];
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
    hovered = find(event);
    showTip(event, ...(hovered ? describe(hovered) : []));
    draw();
  });
  canvas.addEventListener("pointerup", (event) => {
    const clicked = drag && !drag.moved;
    drag = null;
    const found = clicked && find(event);
    if (found) select({ courier: found.courier, order: found.segment === NONE ? NONE : found.order });
  });
  canvas.addEventListener("pointerleave", (event) => {
    hovered = drag = null;
    showTip(event);
    draw();
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const middle = seconds(event.clientX - canvas.getBoundingClientRect().left);
      const factor = Math.exp(event.deltaY * 0.0022);
      set(middle - (middle - time.from) * factor, middle + (time.until - middle) * factor);
    },
    { passive: false },
  );

  function shift(by) {
    const span = time.until - time.from;
    const from = Math.min(Math.max(time.from + by, 0), data.until_s - span);
    set(from, from + span);
  }

  function set(from, until) {
    time.from = Math.max(0, Math.min(from, data.until_s - 300));
    time.until = Math.max(time.from + Math.min(300, data.until_s || 1), Math.min(until, Math.max(1, data.until_s)));
    draw();
  }

  // The tools ----------------------------------------------------------------------------------------------------

  byId("line-zone").replaceChildren(
    el("option", { value: NONE }, "all"),
    ...data.zones.map((zone, index) => el("option", { value: index }, zone)),
  );
  byId("line-legend").replaceChildren(
    ...data.activities.map((name, kind) => el("span", {}, mark("bar", ACTIVITY_COLORS[kind]), name)),
    el("span", {}, mark("bar", "--idle"), "Idle"),
    el("span", {}, mark("triangle", "--late"), "Late drop"),
    el("span", {}, mark("cross", "--failed"), "Failed drop"),
  );
  for (const id of ["line-zone", "line-sort"]) byId(id).addEventListener("change", arrange);
  byId("line-find").addEventListener("input", arrange);
  byId("line-fit").addEventListener("click", () => set(0, data.until_s));
  box.addEventListener("scroll", draw);
  new ResizeObserver(() => resize()).observe(box);
  listen("selected", ({ courier }) => {
    const row = rows.indexOf(courier);
    if (row >= 0 && (row * ROW < box.scrollTop || (row + 2) * ROW > box.scrollTop + size.height - AXIS)) {
      box.scrollTop = row * ROW - size.height / 2;
    }
    draw();
  });
  listen("themed", ({ onPaper }) => resize(onPaper ? PRINTED_LINES : Infinity));
  arrange();
}
