// Beside the map: the selected courier's route, stop by stop.

const pairs = (...rows) =>
  el(
    "dl",
    { class: "pairs" },
    rows.filter(([, value]) => value !== null).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
  );

function makeDetail() {
  const choice = byId("courier");
  const all = [...couriers.id.keys()];
  byId("courier-detail").classList.toggle("days", severalDays);
  choice.replaceChildren(
    el("option", { value: NONE }, couriers.id.length ? "choose one…" : "none in this plan"),
    ...couriers.id.map((id, courier) => el("option", { value: courier }, `${id} · ${plural(couriers.tasks[courier], "task")}`)),
  );
  choice.disabled = couriers.id.length === 0;
  for (const [id, by] of [["courier-before", -1], ["courier-after", 1]]) {
    byId(id).disabled = couriers.id.length === 0;
    byId(id).addEventListener("click", () => select({ courier: neighbour(all, by) }));
  }
  choice.addEventListener("change", () => select({ courier: Number(choice.value) }));

  /** What to look at first: a task left out, if one is selected; else the stops that are latest, and the longest routes. */
  function overview() {
    if (selected.left !== NONE) return [el("p", {}, leftTip(selected.left))];
    const late = stopsOf.flatMap((stops, courier) => stops.late_s.map((seconds, stop) => [seconds, courier, stop]).filter(([seconds]) => seconds > 0));
    late.sort((a, b) => b[0] - a[0]);
    const longest = [...all].sort((a, b) => onRoad_s(b) - onRoad_s(a) || a - b);
    const list = (title, items) => (items.length ? [el("h3", {}, title), el("ol", { class: "stops latest" }, items)] : []);
    return [
      el("p", { class: "hint" }, "Choose a courier here, on the map or in the timelines to see its route."),
      ...list("Latest stops", late.slice(0, 8).map(([, courier, stop]) => stopItem(courier, stop, stopsOf[courier].label[stop], couriers.id[courier]))),
      ...list("Longest routes", longest.slice(0, late.length ? 5 : 12).map(courierItem)),
    ];
  }

  const onRoad_s = (courier) => {
    const stops = stopsOf[courier];
    return stops.arrive.length ? departure(stops, stops.arrive.length - 1) - stops.arrive[0] : 0;
  };

  const courierItem = (courier) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "whole", onclick: () => select({ courier }) },
        mark("bar", `--tone-${couriers.tone[courier]}`),
        el("span", { class: "id" }, couriers.id[courier]),
        el("span", { class: "what" }, plural(couriers.tasks[courier], "task")),
        el("span", {}, duration(onRoad_s(courier))),
      ),
    );

  function detail(courier) {
    const stops = stopsOf[courier];
    const { travel_s, wait_s, work_s, rest_s, distance_m, late, latest_s } = totals[courier];
    const last = stops.arrive.length - 1;
    const svg = mark("bar", `--tone-${couriers.tone[courier]}`);
    return [
      el("h3", {}, svg, couriers.id[courier], late ? el("span", { class: "badge t-late" }, `${late} late`) : null),
      pairs(
        ["Profile", couriers.profile[courier] || null],
        ["On the road", last < 0 ? "no stop" : `${moment(stops.arrive[0])} to ${moment(departure(stops, last))}`],
        ["Shift", couriers.shift[courier] ? windowText(couriers.shift[courier]) : null],
        ["Tasks", whole(couriers.tasks[courier])],
        ["Travel", distance_m === null ? duration(travel_s) : `${duration(travel_s)}, ${kilometres(distance_m)}`],
        ["Waiting", duration(wait_s)],
        ["Set-up, service", duration(work_s)],
        ["Breaks", rest_s ? duration(rest_s) : null],
        ["Latest by", late ? duration(latest_s) : null],
        ["Capacity", couriers.capacity[courier].length ? couriers.capacity[courier].map(whole).join(", ") : null],
      ),
      el("ol", { class: "stops" }, stops.arrive.map((_, stop) => stopItem(courier, stop))),
    ];
  }

  /** A stop as a button: its kind and id, or what else is given. */
  function stopItem(courier, stop, what = stopsOf[courier].kind[stop], name = null) {
    const stops = stopsOf[courier];
    const id = isTask(stops.kind[stop]) ? stops.label[stop].replace(/^(pickup|delivery|job) /, "") : stops.label[stop] === stops.kind[stop] ? "" : stops.label[stop];
    const chosen = courier === selected.courier && stop === selected.stop;
    const late = stops.late_s[stop];
    const note = late ? `+${duration(late)}` : stops.faults[stop].length ? "fault" : "";
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", "aria-current": chosen ? "true" : null, onclick: () => select({ courier, stop: chosen ? NONE : stop }) },
        el("span", {}, moment(start(stops, stop))),
        el("span", { class: "what" }, what),
        el("span", { class: "id" }, name ?? id),
        note ? el("span", { class: "badge t-late" }, note) : el("span"),
      ),
      // All that is known about it, but for its name, which stands above.
      chosen ? el("p", { class: "note" }, stopTip(courier, stop).slice(3)) : null,
    );
  }

  function show() {
    const box = byId("courier-detail");
    // The list is made anew: who was on a button with the keyboard stays on the one in its place.
    const buttons = [...box.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    choice.value = selected.courier;
    box.replaceChildren(...(selected.courier === NONE ? overview() : detail(selected.courier)).filter((part) => part !== null));
    const again = box.querySelectorAll("button")[at];
    if (again) again.focus({ preventScroll: true });
    const current = box.querySelector("[aria-current]");
    const side = box.parentElement;
    if (!current) side.scrollTop = at >= 0 ? side.scrollTop : 0;
    else if (at < 0) side.scrollTop = current.offsetTop - side.clientHeight / 2;
  }
  listen("selected", show);
  show();
}
