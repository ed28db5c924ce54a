// The list of orders that went wrong, and the list of stores.

function makeOrderTable() {
  const orders = data.orders;
  const counts = STATES.map((_, state) => orders.state.filter((own) => own === state).length);
  const shown = STATES.map((_, state) => state !== ON_TIME);
  const storeNames = (order) => orders.stores[order].map((store) => data.stores.id[store]);
  const courierName = (order) => (orders.courier[order] === NONE ? "" : data.couriers.id[orders.courier[order]]);
  const code = (order) => (orders.reason[order] === NONE ? "" : orders.reasons[orders.reason[order]][0]);

  const table = makeTable(byId("order-table"), {
    caption: "Orders by outcome, with the reason",
    rows: [...orders.id.keys()],
    none: counts.every((count) => count === 0) ? "No order was placed in this run." : "No order ended so.",
    sort: { column: 4, direction: "ascending" },
    chosen(order) {
      select({ order });
      byId("map-section").scrollIntoView();
    },
    text: (order) =>
      [
        orders.id[order],
        STATES[orders.state[order]].label,
        why(order),
        code(order),
        data.levels[orders.level[order]],
        data.zones[orders.zone[order]] || "",
        courierName(order),
        ...storeNames(order),
      ].join(" "),
    columns: [
      {
        label: "Order",
        value: (order) => orders.id[order],
        show: (order) => el("button", { type: "button", class: "link" }, orders.id[order]),
      },
      { label: "Outcome", value: (order) => orders.state[order], show: (order) => badge(orders.state[order]), narrow: true },
      { label: "Why", hint: "The reason, in words", value: why, show: why },
      {
        label: "Service level",
        value: (order) => data.levels[orders.level[order]],
        show: (order) => data.levels[orders.level[order]],
      },
      { label: "Placed", value: (order) => orders.placed[order], show: (order) => clock(orders.placed[order]), numeric: true },
      {
        label: "Promised until",
        hint: "The end of the window told to the customer",
        value: (order) => orders.until[order],
        show: (order) => clockOr(orders.until[order]),
        numeric: true,
      },
      {
        label: "At the door",
        hint: "When the handover began",
        value: (order) => orders.door[order],
        show: (order) => clockOr(orders.door[order]),
        numeric: true,
      },
      {
        label: "Late by",
        value: (order) => orders.late_s[order],
        show: (order) => (orders.late_s[order] ? duration(orders.late_s[order]) : "–"),
        numeric: true,
        first: "descending",
      },
      { label: "Stores", value: (order) => storeNames(order).join(", "), show: (order) => storeNames(order).join(", ") || "–" },
      { label: "Courier", value: courierName, show: (order) => courierName(order) || "–", narrow: true },
    ],
  });

  const keep = () => table.filter((order) => shown[orders.state[order]]);
  // Without any trouble to list, the good ones are listed instead of nothing.
  if (counts.slice(LATE).every((count) => count === 0)) shown[ON_TIME] = true;
  byId("order-states").replaceChildren(
    ...[LATE, FAILED, REFUSED, CANCELLED, ON_TIME].map((state) =>
      chip(
        `${STATES[state].label} ${whole(counts[state])}`,
        shown[state],
        (on) => {
          shown[state] = on;
          keep();
        },
        mark(STATES[state].mark, STATES[state].color),
      ),
    ),
  );
  keep();
  byId("order-find").addEventListener("input", (event) => table.search(event.target.value));
}

function makeStoreTable() {
  const stores = data.stores;
  const zone = (store) => (stores.zone[store] === NONE ? "" : data.zones[stores.zone[store]]);
  const column = (label, key, hint, extra = {}) => ({
    label,
    hint,
    value: (store) => stores[key][store],
    show: (store) => whole(stores[key][store]),
    numeric: true,
    first: "descending",
    ...extra,
  });
  const table = makeTable(byId("store-table"), {
    caption: "Stores",
    rows: [...stores.id.keys()],
    none: "This run has no stores.",
    sort: { column: 4, direction: "descending" },
    text: (store) => [stores.id[store], stores.site[store], zone(store), stores.kind[store]].join(" "),
    columns: [
      { label: "Store", value: (store) => stores.id[store], show: (store) => stores.id[store] },
      { label: "Site", hint: "The place it is at", value: (store) => stores.site[store], show: (store) => stores.site[store] },
      { label: "Zone", value: zone, show: zone },
      { label: "Kind", value: (store) => stores.kind[store], show: (store) => stores.kind[store] },
      column("Orders", "orders", "Orders of which it served at least a part"),
      column("Units", "units", "Units allocated to it"),
      column("Out of stock", "sold_out", "Orders within its reach that it lacked the stock for, whoever served them then"),
      column("Mean pick", "pick_mean_s", "Mean time from a picker's start to the goods being packed", {
        show: (store) => (stores.pick_mean_s[store] === NONE ? "–" : duration(stores.pick_mean_s[store])),
      }),
      column("Radius", "radius_m", "Of its service area", {
        show: (store) => (stores.radius_m[store] === NONE ? "polygon" : kilometres(stores.radius_m[store])),
      }),
    ],
  });
  byId("store-find").addEventListener("input", (event) => table.search(event.target.value));
}
