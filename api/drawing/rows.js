// The timelines: what each courier does when, on the rows of lanes.js.

function makeRows() {
  const segments = couriers.id.map((_, courier) => segmentsOf(courier));
  const texts = couriers.id.map((id, courier) => [id, couriers.profile[courier], ...stopsOf[courier].label].join("\n").toLowerCase());
  const lanes = makeLanes({
    until: data.until_s,
    heads: ["courier", "tasks · travel"],
    names: couriers.id,
    figuresWidth: 112,
    swatchWidth: 30,
    swatch: paintSwatch,
    label: (courier) => ({ name: couriers.id[courier], figures: `${couriers.tasks[courier]} · ${duration(totals[courier].travel_s)}` }),
    tint: (courier) => (courier === selected.courier ? 0.16 : courier === lit ? 0.08 : 0),
    tick: clock,
    tickWidth: severalDays ? 84 : 56,
    tickShift: data.base_s,
    paintRow: (c, courier, y) => [paintActivities(c, courier, y), paintTroubles(c, courier, y)],
    paintOver: (c, { lane, stop }, y) => stop !== NONE && paintWindows(c, lane, stop, y),
    find,
    describe: ({ lane, stop, activity, from, until }) => (stop === NONE ? courierTip(lane) : [...stopTip(lane, stop), ...doing(activity, from, until)]),
    pointed: (found) => light(found ? found.lane : NONE),
    clicked: ({ lane, stop }) => select({ courier: lane, stop }),
  });
  const { x, time } = lanes;

  const doing = (activity, from, until) => [el("br"), `${ACTIVITIES[activity].label.toLowerCase()} ${moment(from)} to ${moment(until)}`];

  function paintSwatch(c, courier, left_x, y) {
    c.strokeStyle = toneOf(courier);
    c.lineWidth = 3.5;
    c.lineCap = "butt";
    c.setLineDash(DASH_LINES[couriers.dash[courier]].map((length) => length * 0.7));
    c.beginPath();
    c.moveTo(left_x, y);
    c.lineTo(left_x + 22, y);
    c.stroke();
    c.setLineDash([]);
  }

  function paintActivities(c, courier, y) {
    const flat = segments[courier];
    const stops = stopsOf[courier];
    let count = 0;
    if (stops.arrive.length) {
      const [from, until] = [stops.arrive[0], departure(stops, stops.arrive.length - 1)];
      c.fillStyle = color("--idle");
      c.fillRect(x(from), y + 4, Math.max(1, x(until) - x(from)), ROW - 8);
    }
    // By activity, so that the colour is set six times a row and not once a segment.
    for (let kind = 0; kind < ACTIVITIES.length; kind += 1) {
      c.fillStyle = color(ACTIVITIES[kind].color);
      for (let i = 0; i < flat.length; i += 4) {
        if (flat[i] !== kind || flat[i + 2] < time.from || flat[i + 1] > time.until) continue;
        const at = x(flat[i + 1]);
        const inset = kind === DRIVING ? 9 : 4;
        c.fillRect(at, y + inset, Math.max(0.8, x(flat[i + 2]) - at - 0.4), ROW - 2 * inset);
        count += 1;
      }
    }
    if (courier === selected.courier && selected.stop !== NONE) paintWindows(c, courier, selected.stop, y);
    return count;
  }

  function paintTroubles(c, courier, y) {
    const stops = stopsOf[courier];
    let count = 0;
    stops.late_s.forEach((late, stop) => {
      const at = start(stops, stop);
      if ((!late && !stops.faults[stop].length) || at < time.from || at > time.until) return;
      c.beginPath();
      SHAPES[late ? "triangle" : "cross"](c, x(at), y + 6, 4);
      c.fillStyle = color("--late");
      c.strokeStyle = late ? color("--ink") : color("--failed");
      c.lineWidth = late ? 1 : 2.4;
      if (late) c.fill();
      c.stroke();
      count += 1;
    });
    return count;
  }

  /** The windows of a stop, and where in them it starts. */
  function paintWindows(c, courier, stop, y) {
    const stops = stopsOf[courier];
    const right = x(time.until) + 8;
    c.strokeStyle = stops.late_s[stop] ? color("--failed") : color("--ink");
    c.lineWidth = 2;
    for (const [earliest, latest] of stops.windows[stop]) {
      const from = earliest === null ? lanes.left - 4 : Math.max(lanes.left - 4, x(earliest));
      const until = latest === null ? right : Math.min(right, x(latest));
      if (until >= from) c.strokeRect(from, y + 1.5, Math.max(2, until - from), ROW - 3);
    }
    const at = x(start(stops, stop));
    if (at < lanes.left) return;
    c.fillStyle = c.strokeStyle;
    c.fillRect(at - 1, y, 2, ROW);
  }

  function find({ lane, moment: at, slack, inside }) {
    const flat = segments[lane];
    // The segment under the pointer, else one a pixel away: many are that narrow.
    let nearest = { away: slack, segment: NONE };
    for (let i = 0; i < flat.length && inside; i += 4) {
      const away = Math.max(flat[i + 1] - at, at - flat[i + 2], 0);
      if (away < nearest.away) nearest = { away, segment: i };
    }
    if (nearest.segment === NONE) return { stop: NONE };
    const [activity, from, until, stop] = flat.slice(nearest.segment, nearest.segment + 4);
    return { activity, from, until, stop };
  }

  function arrange() {
    const words = byId("line-find").value.toLowerCase().split(/\s+/).filter(Boolean);
    const first = (courier) => stopsOf[courier].arrive[0] + (stopsOf[courier].travel_s[0] ? 0 : stopsOf[courier].wait_s[0]);
    const sorts = {
      plan: () => 0,
      on: (a, b) => first(a) - first(b),
      late: (a, b) => totals[b].latest_s - totals[a].latest_s,
      tasks: (a, b) => couriers.tasks[b] - couriers.tasks[a],
      travel: (a, b) => totals[b].travel_s - totals[a].travel_s,
      wait: (a, b) => totals[b].wait_s - totals[a].wait_s,
    };
    const rows = [...couriers.id.keys()].filter((courier) => words.every((word) => texts[courier].includes(word)));
    rows.sort((a, b) => sorts[byId("line-sort").value](a, b) || a - b);
    lanes.show(rows, couriers.id.length ? "No courier matches." : "This plan has no routes.");
    byId("lines-count").textContent = rows.length ? `${whole(rows.length)} of ${plural(couriers.id.length, "courier")}` : "";
  }

  byId("lines").addEventListener("keydown", (event) => {
    const { courier, stop } = selected;
    const by = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") select({});
    else if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") select({ courier: neighbour(lanes.rows, by) });
    else if (courier !== NONE) {
      const last = stopsOf[courier].arrive.length - 1;
      select({ courier, stop: stop === NONE ? (by > 0 ? 0 : last) : Math.min(last, Math.max(0, stop + by)) });
    }
    event.preventDefault();
    byId("said").textContent = textOf(selected.courier === NONE ? [] : selected.stop === NONE ? courierTip(selected.courier) : stopTip(selected.courier, selected.stop));
  });
  const textOf = (parts) => parts.map((part) => (typeof part === "string" ? part : part.textContent)).filter(Boolean).join(", ");

  byId("line-legend").replaceChildren(
    ...ACTIVITIES.filter((_, kind) => segments.some((flat) => flat.some((value, i) => i % 4 === 0 && value === kind))).map(({ label, color: tone }) =>
      el("span", {}, mark("bar", tone), label),
    ),
    ...(totals.some(({ late }) => late) ? [el("span", {}, mark("triangle", "--late"), "Late stop")] : []),
    ...(stopsOf.some(({ faults }) => faults.some((own) => own.length)) ? [el("span", {}, mark("cross", "--failed"), "Other fault")] : []),
  );
  byId("line-sort").addEventListener("change", arrange);
  byId("line-find").addEventListener("input", arrange);
  byId("line-fit").addEventListener("click", lanes.fit);
  listen("selected", ({ courier }) => lanes.reveal(courier));
  listen("lit", lanes.draw);
  arrange();
}
