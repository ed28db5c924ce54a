// The map: routes in the couriers' colours, and what they stop at told apart by shape.

const MARKS = {
  start: { shape: "triangle", label: "Start" },
  end: { shape: "diamond", label: "End" },
  pickup: { shape: "square", label: "Store, pickup" },
  reload: { shape: "square", label: "Reload" },
  door: { shape: "circle", label: "Door, job" },
};
const TIME_STEPS = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800];

function makeMap() {
  const canvas = byId("map");
  const places = allPlaces();
  const routes = couriers.id.map((_, courier) => legsOf(courier));
  const legs = sum(routes.map((own) => own.length));
  const visits = couriers.id.map((_, courier) => visitsOf(courier));
  const layers = { routes: true, ends: true, left: true };
  const doors = places.filter((place) => place.kinds.has("delivery") || place.kinds.has("job"));
  const pickups = places.filter((place) => place.kinds.has("pickup") || place.kinds.has("reload"));
  const ends = places.filter((place) => place.kinds.has("start") || place.kinds.has("end"));
  // A shipment left out is missed at its door; its store is in no trouble.
  const leftOut = places.filter((place) => place.left.some((task) => left.kind[task] !== "pickup"));
  const radius = Math.min(5.5, Math.max(3, 70 / Math.sqrt(doors.length + 1)));

  byId("map-empty").hidden = places.length > 0;
  byId("map-empty").textContent =
    couriers.id.length || left.label.length
      ? "Neither coordinates nor travel times are known: draw it with --problem and the problem that the plan was made for."
      : "This plan has no stop.";

  const span = Math.max(data.view[2] - data.view[0], data.view[3] - data.view[1]);
  const view = makeView({
    canvas,
    stage: byId("map-stage"),
    bounds: data.view,
    limits: [100 / span, 4e5 / span],
    paint,
    find,
    describe,
    pointed: (found) => light(courierOf(found)),
    clicked,
  });
  const { px, py, draw } = view;

  function paint() {
    const c = view.begin();
    const focus = focused();
    const faint = focus === NONE ? 1 : 0.14;
    if (layers.routes) paintRoutes(c, focus);
    paintDoors(c, faint);
    paintPickups(c, focus === NONE ? 1 : 0.3);
    if (layers.ends) paintEnds(c, faint);
    if (layers.left) paintLeft(c, focus === NONE ? 1 : 0.3);
    if (focus !== NONE) paintFocus(c, focus);
    paintSelected(c);
    if (data.ground === "map") paintScale(c, view);
    if (data.ground === "travel_times" && places.length) paintScale(c, view, TIME_STEPS, duration);
    Object.assign(canvas.dataset, {
      legs: layers.routes ? legs : 0,
      doors: doors.length,
      pickups: pickups.length,
      ends: layers.ends ? ends.length : 0,
      left: layers.left ? leftOut.length : 0,
      focus,
      focusLegs: focus === NONE ? 0 : routes[focus].length,
    });
  }

  function paintRoutes(c, focus) {
    // Fainter the more there are, so that what lies on top of each other still shows.
    const alpha = Math.min(0.8, Math.max(0.3, 14 / Math.sqrt(legs + 1)));
    c.lineWidth = legs > 600 ? 1.2 : 1.8;
    c.globalAlpha = focus === NONE ? alpha : 0.1;
    routes.forEach((own, courier) => courier !== focus && paintLegs(c, own, courier));
    c.globalAlpha = 1;
    c.setLineDash([]);
  }

  function paintLegs(c, own, courier) {
    c.strokeStyle = toneOf(courier);
    c.setLineDash(DASH_LINES[couriers.dash[courier]]);
    c.beginPath();
    for (const [x0, y0, x1, y1] of own) {
      c.moveTo(px(x0), py(y0));
      c.lineTo(px(x1), py(y1));
    }
    c.stroke();
  }

  function paintMark(c, name, x, y, size, fill) {
    c.beginPath();
    SHAPES[name](c, px(x), py(y), size);
    c.fillStyle = fill;
    c.fill();
    c.strokeStyle = color("--halo");
    c.lineWidth = 1;
    c.stroke();
  }

  /** The colour of the courier that stops there; where it is several, of none. */
  const toneAt = (place) => (place.couriers.size === 1 ? toneOf([...place.couriers][0]) : color("--muted"));

  function paintDoors(c, alpha) {
    c.globalAlpha = alpha;
    for (const place of doors) {
      paintMark(c, "circle", place.x, place.y, radius, toneAt(place));
      if (place.late) paintLate(c, place);
    }
    c.globalAlpha = 1;
  }

  function paintLate(c, { x, y }) {
    c.beginPath();
    SHAPES.circle(c, px(x), py(y), radius + 3);
    c.strokeStyle = color("--failed");
    c.lineWidth = 2.4;
    c.stroke();
  }

  function paintPickups(c, alpha) {
    c.globalAlpha = alpha;
    for (const place of pickups) {
      paintMark(c, "square", place.x, place.y, radius + 2.5, color("--ink"));
      if (place.late) paintLate(c, place);
    }
    c.globalAlpha = 1;
  }

  function paintEnds(c, alpha) {
    c.globalAlpha = alpha;
    for (const place of ends) paintMark(c, place.kinds.has("start") ? "triangle" : "diamond", place.x, place.y, radius + 1, toneAt(place));
    c.globalAlpha = 1;
  }

  function paintLeft(c, alpha) {
    c.globalAlpha = alpha;
    c.strokeStyle = color("--refused");
    c.lineWidth = 2.6;
    for (const { x, y } of leftOut) {
      c.beginPath();
      SHAPES.cross(c, px(x), py(y), radius);
      c.stroke();
    }
    c.globalAlpha = 1;
  }

  /** One courier's route over all others, with arrows and the numbers of its visits. */
  function paintFocus(c, courier) {
    const stops = stopsOf[courier];
    const own = routes[courier];
    c.lineWidth = 5.5;
    c.strokeStyle = color("--ground");
    c.beginPath();
    for (const [x0, y0, x1, y1] of own) {
      c.moveTo(px(x0), py(y0));
      c.lineTo(px(x1), py(y1));
    }
    c.stroke();
    c.lineWidth = 2.8;
    paintLegs(c, own, courier);
    c.setLineDash([]);
    c.beginPath();
    for (const [x0, y0, x1, y1] of own) arrowHead(c, px(x0), py(y0), px(x1), py(y1));
    c.fillStyle = toneOf(courier);
    c.fill();
    const numbers = new Map();
    stops.kind.forEach((kind, stop) => {
      const place = stops.place[stop];
      if (!place || kind === "break") return;
      const name = kind in MARKS ? MARKS[kind].shape : "circle";
      paintMark(c, name, ...place, radius + (name === "square" ? 2.5 : 1), name === "square" ? color("--ink") : toneOf(courier));
      if (stops.late_s[stop]) paintLate(c, { x: place[0], y: place[1] });
      if (visits[courier][stop]) numbers.set(place.join(" "), { place, all: new Set([...(numbers.get(place.join(" "))?.all || []), visits[courier][stop]]) });
    });
    c.font = `600 12px ${FONT}`;
    c.textAlign = "left";
    c.textBaseline = "middle";
    c.lineJoin = "round";
    for (const { place, all } of numbers.values()) {
      const [x, y, text] = [px(place[0]) + radius + 5, py(place[1]) - radius - 4, [...all].join(", ")];
      c.strokeStyle = color("--ground");
      c.lineWidth = 3.5;
      c.strokeText(text, x, y);
      c.fillStyle = color("--ink");
      c.fillText(text, x, y);
    }
  }

  const selectedPlace = () => {
    if (selected.left !== NONE) return left.place[selected.left];
    return selected.stop === NONE ? null : stopsOf[selected.courier].place[selected.stop];
  };

  function paintSelected(c) {
    const place = selectedPlace();
    if (!place) return;
    c.beginPath();
    SHAPES.circle(c, px(place[0]), py(place[1]), radius + 7);
    c.strokeStyle = color("--ink");
    c.lineWidth = 2.2;
    c.stroke();
  }

  // What is under the pointer: a place, else a leg.
  function find(x, y) {
    let best = { away: radius + 5, found: null };
    for (const place of places) {
      const shown = place.left.length ? layers.left || place.stops.length : true;
      const away = Math.hypot(px(place.x) - x, py(place.y) - y);
      if (shown && away < best.away) best = { away, found: { place } };
    }
    if (best.found || !layers.routes) return best.found;
    best = { away: 5, found: null };
    routes.forEach((own, courier) => {
      for (const leg of own) {
        // The selected courier's legs lie on top.
        const away = distanceTo(x, y, px(leg[0]), py(leg[1]), px(leg[2]), py(leg[3])) - (courier === selected.courier ? 2 : 0);
        if (away < best.away) best = { away, found: { courier } };
      }
    });
    return best.found;
  }

  function courierOf(found) {
    if (!found) return NONE;
    if (!found.place) return found.courier;
    if (found.place.couriers.size === 1) return [...found.place.couriers][0];
    return NONE;
  }

  function describe(found) {
    if (!found.place) return courierTip(found.courier);
    const { stops, left: tasks } = found.place;
    if (stops.length + tasks.length === 1) return stops.length ? stopTip(...stops[0]) : leftTip(tasks[0]);
    const most = 10;
    const rows = stops
      .map(([courier, stop]) => [start(stopsOf[courier], stop), stopsOf[courier].label[stop], courier])
      .sort((a, b) => a[0] - b[0])
      .map(([at, label, courier]) => el("li", {}, `${moment(at)} ${label}, ${couriers.id[courier]}`));
    rows.push(...tasks.map((task) => el("li", {}, `${left.label[task]}, left out`)));
    const more = rows.length > most ? [el("li", {}, `and ${rows.length - most} more`)] : [];
    return [el("b", {}, plural(rows.length, "stop")), `by ${plural(found.place.couriers.size, "courier")}`, el("ul", {}, rows.slice(0, most), more)];
  }

  /** Select what was clicked; where several couriers stop, one after the other. */
  function clicked(found) {
    if (!found) select({});
    else if (!found.place) select({ courier: found.courier });
    else {
      const { stops, left: tasks } = found.place;
      const now = stops.findIndex(([courier, stop]) => courier === selected.courier && stop === selected.stop);
      const own = stops.findIndex(([courier]) => courier === selected.courier);
      const next = now >= 0 ? (now + 1) % stops.length : Math.max(0, own);
      if (stops.length) select({ courier: stops[next][0], stop: stops[next][1] });
      else select({ left: tasks[0] });
    }
  }

  const layerChip = (label, key, ...before) =>
    chip(
      label,
      true,
      (on) => {
        layers[key] = on;
        draw();
      },
      ...before,
    );
  byId("map-layers").replaceChildren(
    layerChip("Routes", "routes"),
    layerChip("Starts and ends", "ends"),
    ...(leftOut.length ? [layerChip("Left out", "left", mark("cross", "--refused"))] : []),
  );
  const some = (kind) => places.some((place) => place.kinds.has(kind));
  const kinds = { start: some("start"), end: some("end"), pickup: some("pickup"), reload: some("reload"), door: doors.length };
  byId("map-legend").replaceChildren(
    ...Object.entries(MARKS)
      .filter(([kind]) => kinds[kind])
      .map(([kind, { shape, label }]) => el("span", {}, mark(shape, shape === "square" ? "--ink" : "--muted"), label)),
    ...(totals.some((own) => own.late) ? [el("span", {}, mark("ring", "--failed"), "Late")] : []),
  );
  listen("lit", draw);
  listen("selected", () => {
    const place = selectedPlace();
    if (place) view.reveal(...place);
    else draw();
  });
}
