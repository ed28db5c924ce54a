// Beside the map: the selected courier's day and the selected order's story.

/** What a tip says about an order. */
function orderTip(order) {
  const orders = data.orders;
  const reason = why(order);
  return [
    el("b", {}, orders.id[order]),
    `${STATES[orders.state[order]].label}${reason ? `: ${reason}` : ""}`,
    el("br"),
    `${data.levels[orders.level[order]]}, placed ${clock(orders.placed[order])}`,
    ...(orders.until[order] === NONE ? [] : [`, promised until ${clock(orders.until[order])}`]),
    ...(orders.door[order] === NONE ? [] : [el("br"), `at the door ${clock(orders.door[order])}`]),
  ];
}

const pairs = (...rows) =>
  el(
    "dl",
    { class: "pairs" },
    rows.filter(([, value]) => value !== null).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
  );

function makeDetails() {
  const { couriers, orders } = data;
  const choice = byId("courier");
  choice.replaceChildren(
    el("option", { value: NONE }, couriers.id.length ? "choose one…" : "none in this run"),
    ...couriers.id.map((id, courier) => el("option", { value: courier }, `${id} · ${couriers.profile[courier]}`)),
  );
  choice.disabled = couriers.id.length === 0;
  const step = (by) => {
    const next = (selected.courier === NONE ? (by > 0 ? 0 : couriers.id.length - 1) : selected.courier + by) % couriers.id.length;
    select({ courier: next < 0 ? couriers.id.length - 1 : next });
  };
  for (const [id, by] of [["courier-before", -1], ["courier-after", 1]]) {
    byId(id).disabled = couriers.id.length === 0;
    byId(id).addEventListener("click", () => step(by));
  }
  choice.addEventListener("change", () => select({ courier: Number(choice.value) }));

  function courierDetail(courier) {
    if (courier === NONE) {
      return [
        el("p", { class: "hint" }, "Choose a courier here or in the timelines to see its route and stops, or click a door on the map for its order."),
        ...(selected.order === NONE ? latest() : []),
      ];
    }
    const zone = couriers.zone[courier] === NONE ? "–" : data.zones[couriers.zone[courier]];
    const came = couriers.on[courier] !== NONE;
    const duty = came ? `${clock(couriers.on[courier])} to ${clockOr(couriers.off[courier], "the end")}` : "never came";
    return [
      el("h3", {}, couriers.id[courier]),
      pairs(
        ["Vehicle, zone", `${couriers.profile[courier]}, ${zone}`],
        ["On duty", duty],
        ["Deliveries", whole(couriers.deliveries[courier])],
        ["Distance", kilometres(couriers.distance_m[courier])],
        ["Use", `${percent(couriers.use[courier])} driving or handling`],
        ["Driving, handling", `${duration(couriers.driving_s[courier])}, ${duration(couriers.service_s[courier])}`],
        ["Waiting, idle", `${duration(couriers.waiting_s[courier])}, ${duration(couriers.idle_s[courier])}`],
      ),
      el("ol", { class: "stops" }, data.stops[courier].arrived.map((_, stop) => stopItem(courier, stop))),
    ];
  }

  /** The orders furthest behind their promise, for a start. */
  function latest() {
    const late = [...orders.id.keys()].filter((order) => orders.state[order] === LATE);
    if (!late.length) return [];
    late.sort((a, b) => orders.late_s[b] - orders.late_s[a] || a - b);
    const item = (order) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", onclick: () => select({ order }) },
          el("span", {}, clock(orders.placed[order])),
          el("span", { class: "id" }, orders.id[order]),
          el("span", { class: "what" }, data.levels[orders.level[order]]),
          el("span", { class: "badge t-late" }, `+${duration(orders.late_s[order])}`),
        ),
      );
    return [
      el("h3", { class: "worst" }, "Furthest behind their promise"),
      el("ol", { class: "stops latest" }, late.slice(0, 14).map(item)),
    ];
  }

  function stopItem(courier, stop) {
    const stops = data.stops[courier];
    const order = stops.order[stop];
    const action = stops.action[stop];
    const end = action === DROP && order !== NONE ? (stops.failed[stop] ? FAILED : orders.state[order]) : NONE;
    const note = stops.failed[stop] || (end === LATE ? `+${duration(orders.late_s[order])}` : "");
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", onclick: () => order !== NONE && select({ courier, order }) },
        el("span", {}, clock(stops.arrived[stop])),
        el("span", { class: "what" }, ACTIONS[action]),
        el("span", { class: "id" }, order === NONE ? "–" : orders.id[order], stops.site[stop] ? ` at ${stops.site[stop]}` : ""),
        end > ON_TIME ? el("span", { class: `badge t-${STATES[end].key}` }, note || STATES[end].label) : el("span"),
      ),
    );
  }

  function orderDetail(order) {
    if (order === NONE) return [];
    const names = orders.stores[order].map((store) => data.stores.id[store]);
    const more = names.length > 4 ? ` and ${names.length - 4} more` : "";
    const command = explainCommand(order);
    const copy = el("button", { type: "button" }, "Copy");
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(command);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        copy.textContent = "Selected";
      }
    });
    const code = el("code", {}, command);
    const promised = orders.until[order] !== NONE;
    return [
      el(
        "div",
        { class: "story" },
        el("h3", {}, orders.id[order], " ", badge(orders.state[order])),
        why(order) ? el("p", { class: "hint" }, why(order)) : null,
        promised ? strip(order) : null,
        pairs(
          ["Service level", data.levels[orders.level[order]] || "–"],
          ["Basket", `${plural(orders.lines[order], "line")}, ${plural(orders.units[order], "unit")}`],
          ["Stores", names.length ? names.slice(0, 4).join(", ") + more : "none took it"],
          ["Placed", clock(orders.placed[order])],
          ["Promised", promised ? `${clockOr(orders.from[order])} to ${clock(orders.until[order])}` : "nothing"],
          ["Packed", clockOr(orders.ready[order])],
          ["At the door", clockOr(orders.door[order])],
          ["Store to door", orders.distance_m[order] === NONE ? "–" : kilometres(orders.distance_m[order])],
          ["Visits at the door", whole(orders.attempts[order])],
          ["Moved to another courier", orders.moves[order] ? plural(orders.moves[order], "time") : "never"],
        ),
        orders.story[order] ? el("ul", { class: "decision" }, orders.story[order].map((line) => el("li", {}, line))) : null,
        el("div", { class: "command" }, code, copy),
      ),
    ];
  }

  /** A line from placing to the end, with the promised window and what happened when. */
  function strip(order) {
    const times = [orders.placed, orders.from, orders.until, orders.ready, orders.door, orders.ended].map((column) => column[order]);
    const known = times.filter((time) => time !== NONE);
    const [first, last] = [Math.min(...known), Math.max(...known)];
    const at = (time) => `${(100 * (time - first)) / Math.max(1, last - first)}%`;
    const place = (node, time) => {
      node.style.left = at(time);
      return node;
    };
    const promise = place(el("span", { class: "promise", title: "Promised window" }), orders.from[order] === NONE ? first : orders.from[order]);
    promise.style.right = `calc(100% - ${at(orders.until[order])})`;
    const parts = [el("span", { class: "axis" }), promise, place(el("span", { class: "point", title: "Placed" }), orders.placed[order])];
    if (orders.ready[order] !== NONE) parts.push(place(el("span", { class: "point t-cancelled", title: "Packed" }), orders.ready[order]));
    const door = orders.door[order] === NONE ? orders.ended[order] : orders.door[order];
    if (door !== NONE) {
      const state = STATES[orders.state[order]];
      parts.push(place(el("span", { class: `point t-${state.key}`, title: state.label }), door));
      if (last - first > 0 && (door - first) / (last - first) > 0.2) parts.push(place(el("span", { class: "when" }, clock(door)), door));
    }
    return el("div", { class: "strip", "aria-hidden": "true" }, parts);
  }

  function show() {
    choice.value = selected.courier;
    byId("courier-detail").replaceChildren(...courierDetail(selected.courier));
    byId("order-detail").replaceChildren(...orderDetail(selected.order));
    if (selected.order !== NONE) byId("order-detail").parentElement.scrollTop = 0;
  }
  listen("selected", show);
  show();
}
