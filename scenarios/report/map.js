// The map: a canvas of sites, doors and the couriers' legs on the ground of ground.js.

function makeMap() {
  const canvas = byId("map");
  const orders = data.orders;
  const placeless = new Set(orders.placeless);
  const routes = data.stops.map((_, courier) => legsOf(courier));
  const shown = STATES.map(() => true);
  const layers = { areas: false, routes: true, doors: true };
  const time = { moment: null, window_s: 3600 };

  const nothing = !data.sites.length && !data.couriers.id.length && placeless.size === orders.id.length;
  byId("map-empty").hidden = !nothing;

  const view = makeView({ canvas, stage: byId("map-stage"), bounds: data.view, limits: [1e-4, 5], paint, find, describe, clicked });
  const { px, py, draw } = view;

  // Which orders and legs the time slider lets through.
  const inTime = (from, until) => time.moment === null || (from <= time.moment && until > time.moment - time.window_s);
  const endOf = (order) => (orders.ended[order] === NONE ? orders.placed[order] : orders.ended[order]);
  const isOpen = (order) => time.moment !== null && orders.placed[order] <= time.moment && endOf(order) > time.moment;
  const visible = (order) =>
    layers.doors && shown[orders.state[order]] && !placeless.has(order) && inTime(orders.placed[order], endOf(order));

  function paint() {
    const c = view.begin();
    if (layers.areas) paintAreas(c, view);
    paintRivers(c, view);
    const legs = layers.routes ? paintRoutes(c) : 0;
    const doors = paintDoors(c);
    paintSelected(c);
    paintSites(c);
    const moving = time.moment === null ? 0 : paintCouriers(c);
    paintScale(c, view);
    Object.assign(canvas.dataset, {
      sites: data.sites.length,
      doors,
      legs,
      couriers: moving,
      rivers: data.rivers.length,
      bridges: data.rivers.reduce((sum, river) => sum + river.bridges.length, 0),
      areas: layers.areas ? data.areas.length : 0,
    });
  }

  function paintRoutes(c) {
    let count = 0;
    c.strokeStyle = color("--route");
    c.lineWidth = 0.8;
    // Fainter the more there are; a stroke for each courier, because one of all together takes much longer.
    c.globalAlpha = Math.max(0.06, Math.min(0.4, 150 / (1 + orders.id.length)));
    for (const legs of routes) {
      c.beginPath();
      for (const [from, until, x0, y0, x1, y1] of legs) {
        if (!inTime(from, until)) continue;
        c.moveTo(px(x0), py(y0));
        c.lineTo(px(x1), py(y1));
        count += 1;
      }
      c.stroke();
    }
    c.globalAlpha = 1;
    return count;
  }

  function paintDoors(c) {
    const many = orders.id.length > 2000;
    const radius = Math.min(6, Math.max(2, Math.min(2 + 60 * view.scale, 60 / Math.sqrt(orders.id.length + 1) + 2)));
    let count = 0;
    // The ones in good order first, so that trouble lies on top; open ones last.
    const places = [...STATES, null].map(() => []);
    for (let order = 0; order < orders.id.length; order += 1) {
      if (!visible(order)) continue;
      count += 1;
      const [x, y] = [px(orders.x[order]), py(orders.y[order])];
      if (x < -9 || y < -9 || x > view.width + 9 || y > view.height + 9) continue;
      places[isOpen(order) ? STATES.length : orders.state[order]].push(x, y);
    }
    places.forEach((own, state) => paintMarks(c, own, { state, radius, many }));
    return count;
  }

  function paintMarks(c, places, { state, radius, many }) {
    const open = state === STATES.length;
    const shape = SHAPES[open ? "circle" : STATES[state].mark];
    const lines = open || STATES[state].mark === "cross";
    c.fillStyle = c.strokeStyle = open ? color("--ink") : stateColor(state);
    c.lineWidth = open ? 1.4 : Math.max(1.6, radius * 0.6);
    if (!lines) {
      c.strokeStyle = color("--halo");
      c.lineWidth = 0.6;
    }
    c.globalAlpha = open ? 1 : 0.85;
    // In small lots: one path of thousands of shapes takes much longer.
    for (let from = 0; from < places.length; from += 80) {
      c.beginPath();
      for (let i = from; i < Math.min(from + 80, places.length); i += 2) shape(c, places[i], places[i + 1], radius);
      if (!lines) c.fill();
      if (lines || !many) c.stroke();
    }
    c.globalAlpha = 1;
  }

  const siteRadius = (site) => Math.min(15, 6 + Math.sqrt(site.stores.length) * 1.3);

  function paintSites(c) {
    c.font = `600 11px ${FONT}`;
    c.textBaseline = "middle";
    for (const site of data.sites) {
      const [x, y, r] = [px(site.place[0]), py(site.place[1]), siteRadius(site)];
      c.beginPath();
      if (site.warehouse) c.rect(x - r, y - r, 2 * r, 2 * r);
      else SHAPES.circle(c, x, y, r);
      c.strokeStyle = color("--halo");
      c.lineWidth = 9;
      c.stroke();
      c.strokeStyle = zoneColor(site.zone);
      c.lineWidth = 6;
      c.stroke();
      c.fillStyle = color("--ink");
      c.fill();
      c.fillStyle = color("--halo");
      c.textAlign = "center";
      c.fillText(site.warehouse ? "W" : site.stores.length > 1 ? String(site.stores.length) : "", x, y + 0.5);
    }
    if (data.sites.length > 40) return;
    for (const site of data.sites) {
      const name = site.site.length > 24 ? `${site.site.slice(0, 23)}…` : site.site;
      const beside = siteRadius(site) + 5;
      const over = px(site.place[0]) + beside + c.measureText(name).width > view.width - 4;
      const [x, y] = [px(site.place[0]) + (over ? -beside : beside), py(site.place[1])];
      c.textAlign = over ? "right" : "left";
      c.strokeStyle = color("--ground");
      c.lineWidth = 3;
      c.strokeText(name, x, y);
      c.fillStyle = color("--ink");
      c.fillText(name, x, y);
    }
  }

  function paintSelected(c) {
    const { courier, order } = selected;
    if (courier !== NONE) {
      const legs = routes[courier];
      c.strokeStyle = color("--drive");
      c.lineWidth = 2.4;
      c.beginPath();
      for (const [, , x0, y0, x1, y1] of legs) {
        c.moveTo(px(x0), py(y0));
        c.lineTo(px(x1), py(y1));
      }
      c.stroke();
      c.beginPath();
      for (const [, , x0, y0, x1, y1] of legs) arrowHead(c, px(x0), py(y0), px(x1), py(y1));
      c.fillStyle = color("--drive");
      c.fill();
      const [x, y] = [px(data.couriers.x[courier]), py(data.couriers.y[courier])];
      c.beginPath();
      c.arc(x, y, 5, 0, 2 * Math.PI);
      c.fillStyle = color("--halo");
      c.fill();
      c.stroke();
    }
    if (order !== NONE && !placeless.has(order)) {
      c.beginPath();
      c.arc(px(orders.x[order]), py(orders.y[order]), 11, 0, 2 * Math.PI);
      c.strokeStyle = color("--ink");
      c.lineWidth = 2.5;
      c.stroke();
    }
    canvas.dataset.selectedLegs = courier === NONE ? 0 : routes[courier].length;
  }

  function onDuty(courier) {
    const { on, off } = data.couriers;
    return on[courier] !== NONE && on[courier] <= time.moment && (off[courier] === NONE || off[courier] > time.moment);
  }

  function paintCouriers(c) {
    let count = 0;
    routes.forEach((legs, courier) => {
      if (!onDuty(courier)) return;
      const at = whereIs(courier, legs, time.moment);
      c.beginPath();
      c.arc(px(at.x), py(at.y), courier === selected.courier ? 7 : 4.5, 0, 2 * Math.PI);
      c.fillStyle = at.leg ? color("--drive") : color("--wait");
      c.fill();
      c.strokeStyle = color("--halo");
      c.lineWidth = 1.5;
      c.stroke();
      count += 1;
    });
    return count;
  }

  // What is under the pointer: {kind, index}, the nearest first in the order of drawing.
  function find(x, y) {
    const near = (px0, py0, reach) => Math.hypot(px0 - x, py0 - y) <= reach;
    if (time.moment !== null) {
      for (let courier = 0; courier < routes.length; courier += 1) {
        if (!onDuty(courier)) continue;
        const at = whereIs(courier, routes[courier], time.moment);
        if (near(px(at.x), py(at.y), 7)) return { kind: "courier", index: courier };
      }
    }
    const site = data.sites.findIndex((own) => near(px(own.place[0]), py(own.place[1]), siteRadius(own) + 1));
    if (site >= 0) return { kind: "site", index: site };
    let best = { distance: 9, index: NONE };
    for (let order = 0; order < orders.id.length; order += 1) {
      if (!visible(order)) continue;
      const distance = Math.hypot(px(orders.x[order]) - x, py(orders.y[order]) - y);
      if (distance < best.distance) best = { distance, index: order };
    }
    if (best.index !== NONE) return { kind: "order", index: best.index };
    for (const river of data.rivers) {
      const bridge = river.bridges.findIndex((own) => near(px(own[0]), py(own[1]), 12));
      if (bridge >= 0) return { kind: "bridge", index: bridge };
    }
    return null;
  }

  function describe({ kind, index }) {
    if (kind === "order") return orderTip(index);
    if (kind === "courier") return [el("b", {}, data.couriers.id[index]), `${data.couriers.profile[index]}, click for its route`];
    if (kind === "bridge") return [el("b", {}, `Bridge ${index + 1}`)];
    return siteTip(data.sites[index]);
  }

  function siteTip(site) {
    const most = 12;
    const names = [...site.stores].sort((a, b) => data.stores.orders[b] - data.stores.orders[a]);
    const total = names.reduce((sum, store) => sum + data.stores.orders[store], 0);
    const rows = names.slice(0, most).map((store) => el("li", {}, `${data.stores.id[store]}: ${plural(data.stores.orders[store], "order")}`));
    if (names.length > most) rows.push(el("li", {}, `and ${names.length - most} more`));
    const kind = site.warehouse ? "warehouse" : plural(site.stores.length, "store");
    return [el("b", {}, site.site), `${kind}, ${plural(total, "part of an order", "parts of orders")} taken`, el("ul", {}, rows)];
  }

  function clicked(found) {
    if (found && found.kind === "order") select({ order: found.index });
    if (found && found.kind === "courier") select({ courier: found.index });
  }

  byId("map-states").replaceChildren(
    ...STATES.map((state, index) =>
      chip(
        state.label,
        true,
        (on) => {
          shown[index] = on;
          draw();
        },
        mark(state.mark, state.color),
      ),
    ),
  );
  const layerChip = (label, key, ...before) =>
    chip(
      label,
      layers[key],
      (on) => {
        layers[key] = on;
        draw();
      },
      ...before,
    );
  byId("map-layers").replaceChildren(layerChip("Routes", "routes"), layerChip("Service areas", "areas"));

  listen("selected", draw);
  return {
    at(moment, window_s) {
      time.moment = moment;
      time.window_s = window_s;
      draw();
    },
  };
}
