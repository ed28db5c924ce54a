// Courier timelines: what each courier did when, on the rows of lanes.js.

function makeTimelines() {
  const { couriers, orders } = data;

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

  const lanes = makeLanes({
    until: data.until_s,
    heads: ["courier", "drops · use"],
    names: couriers.id,
    figuresWidth: 84,
    label: (courier) => ({ name: couriers.id[courier], figures: figuresOf(courier) }),
    tint: (courier) => (courier === selected.courier ? 0.14 : 0),
    tick: clock,
    tickWidth: severalDays ? 84 : 56,
    tickShift: data.base_s + data.offset_s,
    paintRow: (c, courier, y) => [paintActivities(c, courier, y), paintTroubles(c, courier, y)],
    paintOver: paintPromise,
    find,
    describe,
    clicked: ({ lane, segment, order }) => select({ courier: lane, order: segment === NONE ? NONE : order }),
  });
  const { x, time } = lanes;

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
    const rows = [...couriers.id.keys()].filter((courier) => {
      const text = `${couriers.id[courier]} ${couriers.profile[courier]}`.toLowerCase();
      return (zone === NONE || couriers.zone[courier] === zone) && words.every((word) => text.includes(word));
    });
    rows.sort(sorts[byId("line-sort").value]);
    lanes.show(rows, couriers.id.length ? "No courier matches." : "This run has no couriers.");
    byId("lines-count").textContent = rows.length ? `${whole(rows.length)} of ${plural(couriers.id.length, "courier")}` : "";
  }

  function figuresOf(courier) {
    if (couriers.on[courier] === NONE) return "never came";
    return `${couriers.deliveries[courier]} · ${percent(couriers.use[courier])}`;
  }

  function paintActivities(c, courier, y) {
    const { on, off } = couriers;
    let count = 0;
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
    return count;
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
  function paintPromise(c, { order }, y) {
    if (order === NONE || orders.until[order] === NONE) return;
    const left = Math.max(lanes.left, x(orders.from[order] === NONE ? orders.placed[order] : orders.from[order]));
    c.strokeStyle = color("--ink");
    c.lineWidth = 2;
    c.strokeRect(left, y + 1.5, Math.max(2, x(orders.until[order]) - left), ROW - 3);
  }

  function find({ lane, moment, slack, inside }) {
    const stops = data.stops[lane];
    const flat = stops.segments;
    // The segment under the pointer, else one a pixel away: many are that narrow.
    let nearest = { away: slack, segment: NONE };
    for (let i = 0; i < flat.length && inside; i += 4) {
      const away = Math.max(flat[i + 1] - moment, moment - flat[i + 2], 0);
      if (away < nearest.away) nearest = { away, segment: i };
    }
    const { segment } = nearest;
    if (segment === NONE) return { segment, order: NONE, stop: NONE };
    const stop = flat[segment + 3];
    return { segment, order: stops.order[stop], stop };
  }

  function describe({ lane: courier, segment, order, stop }) {
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
  byId("line-fit").addEventListener("click", lanes.fit);
  listen("selected", ({ courier }) => lanes.reveal(courier));
  arrange();
}
