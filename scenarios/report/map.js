// The map: a canvas of rivers, service areas, sites, doors and couriers' legs, with a replay of the day.

const SHAPES = {
  circle: (c, x, y, r) => (c.moveTo(x + r, y), c.arc(x, y, r, 0, 2 * Math.PI)),
  triangle: (c, x, y, r) => (c.moveTo(x, y - r * 1.2), c.lineTo(x + r * 1.15, y + r * 0.9), c.lineTo(x - r * 1.15, y + r * 0.9), c.closePath()),
  diamond: (c, x, y, r) => (c.moveTo(x, y - r * 1.3), c.lineTo(x + r * 1.3, y), c.lineTo(x, y + r * 1.3), c.lineTo(x - r * 1.3, y), c.closePath()),
  square: (c, x, y, r) => c.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8),
  cross: (c, x, y, r) => (c.moveTo(x - r, y - r), c.lineTo(x + r, y + r), c.moveTo(x + r, y - r), c.lineTo(x - r, y + r)),
};

/** The legs a courier drove: [from_s, until_s, x0, y0, x1, y1], in the order of time. */
function legsOf(courier) {
  const stops = data.stops[courier];
  const legs = [];
  let [x, y] = [data.couriers.x[courier], data.couriers.y[courier]];
  stops.arrived.forEach((arrived, index) => {
    if (stops.x[index] === x && stops.y[index] === y) return;
    legs.push([stops.set_off[index], arrived, x, y, stops.x[index], stops.y[index]]);
    [x, y] = [stops.x[index], stops.y[index]];
  });
  return legs;
}

/** Where a courier is at a moment: on a leg, or where its last one ended. */
function whereIs(courier, legs, moment) {
  let low = 0;
  let high = legs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (legs[middle][0] <= moment) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return { x: data.couriers.x[courier], y: data.couriers.y[courier], leg: null };
  const leg = legs[low - 1];
  const done = Math.min(1, (moment - leg[0]) / Math.max(1, leg[1] - leg[0]));
  return { x: leg[2] + (leg[4] - leg[2]) * done, y: leg[3] + (leg[5] - leg[3]) * done, leg: done < 1 ? leg : null };
}

function makeMap() {
  const canvas = byId("map");
  const stage = byId("map-stage");
  const orders = data.orders;
  const placeless = new Set(orders.placeless);
  const routes = data.stops.map((_, courier) => legsOf(courier));
  const shown = STATES.map(() => true);
  const layers = { areas: false, routes: true, doors: true };
  const time = { moment: null, window_s: 3600 };
  const view = { x: 0, y: 0, scale: 1 };
  let size = { width: 0, height: 0 };
  let hovered = null;
  const draw = drawer(paint);

  const nothing = !data.sites.length && !data.couriers.id.length && placeless.size === orders.id.length;
  byId("map-empty").hidden = !nothing;

  const px = (x) => (x - view.x) * view.scale + size.width / 2;
  const py = (y) => (view.y - y) * view.scale + size.height / 2;

  function fit() {
    const [west, south, east, north] = data.view;
    view.x = (west + east) / 2;
    view.y = (south + north) / 2;
    view.scale = Math.min(size.width / (east - west), size.height / (north - south));
    draw();
  }

  function zoom(factor, x = size.width / 2, y = size.height / 2) {
    const scale = Math.min(5, Math.max(1e-4, view.scale * factor));
    view.x += (x - size.width / 2) * (1 / view.scale - 1 / scale);
    view.y -= (y - size.height / 2) * (1 / view.scale - 1 / scale);
    view.scale = scale;
    draw();
  }

  // Which orders and legs the time slider lets through.
  const inTime = (from, until) => time.moment === null || (from <= time.moment && until > time.moment - time.window_s);
  const endOf = (order) => (orders.ended[order] === NONE ? orders.placed[order] : orders.ended[order]);
  const isOpen = (order) => time.moment !== null && orders.placed[order] <= time.moment && endOf(order) > time.moment;
  const visible = (order) =>
    layers.doors && shown[orders.state[order]] && !placeless.has(order) && inTime(orders.placed[order], endOf(order));

  function paint() {
    const c = fitCanvas(canvas, size.width, size.height);
    c.clearRect(0, 0, size.width, size.height);
    c.fillStyle = color("--ground");
    c.fillRect(0, 0, size.width, size.height);
    c.lineJoin = c.lineCap = "round";
    if (layers.areas) paintAreas(c);
    paintRivers(c);
    const legs = layers.routes ? paintRoutes(c) : 0;
    const doors = paintDoors(c);
    paintSites(c);
    paintSelected(c);
    const moving = time.moment === null ? 0 : paintCouriers(c);
    paintScale(c);
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

  function paintAreas(c) {
    for (const area of data.areas) {
      c.beginPath();
      if (area.radius_m !== null) c.arc(px(area.centre[0]), py(area.centre[1]), area.radius_m * view.scale, 0, 2 * Math.PI);
      for (const ring of area.rings) {
        ring.forEach(([x, y], index) => (index ? c.lineTo(px(x), py(y)) : c.moveTo(px(x), py(y))));
        c.closePath();
      }
      c.fillStyle = c.strokeStyle = zoneColor(area.zone);
      c.globalAlpha = 0.05;
      c.fill("evenodd");
      c.globalAlpha = 0.7;
      c.lineWidth = Math.min(3, 1 + area.stores / 20);
      c.setLineDash([6, 5]);
      c.stroke();
      c.setLineDash([]);
    }
    c.globalAlpha = 1;
  }

  function paintRivers(c) {
    const width = Math.min(40, Math.max(6, 140 * view.scale));
    for (const river of data.rivers) {
      c.beginPath();
      river.line.forEach(([x, y], index) => (index ? c.lineTo(px(x), py(y)) : c.moveTo(px(x), py(y))));
      c.strokeStyle = color("--water");
      c.lineWidth = width;
      c.stroke();
    }
    for (const river of data.rivers) {
      for (const bridge of river.bridges) {
        const [dx, dy] = across(river.line, bridge);
        const half = width / 2 + 3;
        const [x, y] = [px(bridge[0]), py(bridge[1])];
        for (const [thick, tone] of [[7, "--bridge"], [3.5, "--ground"]]) {
          c.beginPath();
          c.lineCap = "butt";
          c.moveTo(x - dx * half, y - dy * half);
          c.lineTo(x + dx * half, y + dy * half);
          c.strokeStyle = color(tone);
          c.lineWidth = thick;
          c.stroke();
        }
        c.lineCap = "round";
      }
    }
  }

  /** The direction across a line where it is nearest to a point, on the screen. */
  function across(line, [x, y]) {
    let best = [Infinity, 0, 1];
    for (let i = 1; i < line.length; i += 1) {
      const [ax, ay] = line[i - 1];
      const [bx, by] = line[i];
      const length = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
      const t = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
      const distance = (ax + t * (bx - ax) - x) ** 2 + (ay + t * (by - ay) - y) ** 2;
      if (distance < best[0]) best = [distance, (by - ay) / Math.sqrt(length), (bx - ax) / Math.sqrt(length)];
    }
    return [best[1], best[2]];
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
      if (x < -9 || y < -9 || x > size.width + 9 || y > size.height + 9) continue;
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
    c.textAlign = "left";
    for (const site of data.sites) {
      const [x, y] = [px(site.place[0]) + siteRadius(site) + 5, py(site.place[1])];
      const name = site.site.length > 24 ? `${site.site.slice(0, 23)}…` : site.site;
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
      for (const [, , x0, y0, x1, y1] of legs) arrow(c, px(x0), py(y0), px(x1), py(y1));
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

  function arrow(c, x0, y0, x1, y1) {
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length < 26) return;
    const [ux, uy, mx, my] = [(x1 - x0) / length, (y1 - y0) / length, (x0 + x1) / 2, (y0 + y1) / 2];
    c.beginPath();
    c.moveTo(mx + ux * 5, my + uy * 5);
    c.lineTo(mx - ux * 4 - uy * 4, my - uy * 4 + ux * 4);
    c.lineTo(mx - ux * 4 + uy * 4, my - uy * 4 - ux * 4);
    c.closePath();
    c.fillStyle = color("--drive");
    c.fill();
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

  function paintScale(c) {
    const steps = [100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000];
    const metres = steps.find((step) => step * view.scale > 70) || 100000;
    const [x, y, width] = [14, size.height - 16, metres * view.scale];
    c.strokeStyle = c.fillStyle = color("--muted");
    c.lineWidth = 1.5;
    c.beginPath();
    c.moveTo(x, y - 5);
    c.lineTo(x, y);
    c.lineTo(x + width, y);
    c.lineTo(x + width, y - 5);
    c.stroke();
    c.font = `12px ${FONT}`;
    c.textAlign = "left";
    c.textBaseline = "alphabetic";
    c.fillText(metres < 1000 ? `${metres} m` : `${metres / 1000} km`, x + 5, y - 6);
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

  // Pointer, wheel and keys --------------------------------------------------------------------------------------

  let drag = null;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  canvas.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (drag) {
      const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
      if (!drag.moved && Math.hypot(dx, dy) < 4) return;
      view.x -= dx / view.scale;
      view.y += dy / view.scale;
      drag = { x: event.clientX, y: event.clientY, moved: true };
      canvas.classList.add("dragging");
      showTip(event);
      draw();
      return;
    }
    hovered = find(...at(event));
    canvas.classList.toggle("over", hovered !== null);
    showTip(event, ...(hovered ? describe(hovered) : []));
  });
  canvas.addEventListener("pointerup", (event) => {
    const clicked = drag && !drag.moved;
    drag = null;
    canvas.classList.remove("dragging");
    if (!clicked) return;
    const found = find(...at(event));
    if (found && found.kind === "order") select({ order: found.index });
    if (found && found.kind === "courier") select({ courier: found.index });
  });
  canvas.addEventListener("pointerleave", (event) => showTip(event));
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * 0.0022), ...at(event));
    },
    { passive: false },
  );
  canvas.addEventListener("dblclick", (event) => zoom(1.8, ...at(event)));
  canvas.addEventListener("keydown", (event) => {
    const step = 60 / view.scale;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.key === "+" || event.key === "=") zoom(1.4);
    else if (event.key === "-") zoom(1 / 1.4);
    else if (event.key === "0") fit();
    else if (moves[event.key]) {
      view.x += moves[event.key][0];
      view.y += moves[event.key][1];
      draw();
    } else return;
    event.preventDefault();
  });
  byId("zoom-in").addEventListener("click", () => zoom(1.5));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.5));
  byId("zoom-fit").addEventListener("click", fit);

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

  // The box changes its size with the window, and before printing.
  let fitted = false;
  new ResizeObserver(([entry]) => {
    const { width, height } = entry.contentRect;
    if (!width || !height) return;
    const grown = size.width ? Math.min(width / size.width, height / size.height) : 1;
    size = { width, height };
    view.scale *= grown;
    if (!fitted) fit();
    fitted = true;
    paint();
  }).observe(stage);
  listen("selected", draw);
  listen("themed", paint);
  return {
    at(moment, window_s) {
      time.moment = moment;
      time.window_s = window_s;
      draw();
    },
  };
}

/** The slider under the map: the whole day, or a moment of it; Replay lets it run. */
function makeReplay(map) {
  const [play, slider, output, span, day] = ["play", "moment", "moment-text", "window", "whole-day"].map(byId);
  const SECONDS_A_DAY_TAKES = 45;
  let last = null;
  slider.max = data.until_s;
  slider.step = 1;
  play.disabled = slider.disabled = data.until_s === 0;

  function show(moment) {
    day.disabled = moment === null;
    slider.value = moment === null ? 0 : moment;
    output.textContent = moment === null ? "Whole day" : clock(moment);
    map.at(moment, Number(span.value));
  }

  function stop() {
    last = null;
    play.textContent = "▶ Replay";
    play.setAttribute("aria-pressed", "false");
  }

  function tick(now) {
    if (last === null) return;
    const moment = Number(slider.value) + ((now - last) / 1000 / SECONDS_A_DAY_TAKES) * data.until_s;
    last = now;
    show(Math.min(moment, data.until_s));
    if (moment >= data.until_s) stop();
    else requestAnimationFrame(tick);
  }

  play.addEventListener("click", () => {
    if (last !== null) return stop();
    if (Number(slider.value) >= data.until_s) slider.value = 0;
    last = performance.now();
    play.textContent = "❚❚ Pause";
    play.setAttribute("aria-pressed", "true");
    return requestAnimationFrame(tick);
  });
  slider.addEventListener("input", () => show(Number(slider.value)));
  span.addEventListener("change", () => day.disabled || show(Number(slider.value)));
  day.addEventListener("click", () => {
    stop();
    show(null);
  });
}
