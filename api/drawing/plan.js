// What all parts of the page share: the plan, the words for it, and which courier and stop are selected.

const data = JSON.parse(byId("plan-data").textContent);
const { couriers, stops: stopsOf, left } = data;

const ACTIVITIES = [
  { label: "Driving", color: "--drive" },
  { label: "Waiting", color: "--wait" },
  { label: "Set-up", color: "--setup" },
  { label: "Picking up", color: "--load" },
  { label: "Reloading", color: "--reload" },
  { label: "At the door", color: "--drop" },
  { label: "Break", color: "--pause" },
];
const [DRIVING, WAITING, SET_UP, PICKING_UP, RELOADING, AT_THE_DOOR, BREAK] = ACTIVITIES.keys();
const isTask = (kind) => kind === "pickup" || kind === "delivery" || kind === "job";
const toneOf = (courier) => color(`--tone-${couriers.tone[courier]}`);
const DASH_LINES = [[], [9, 5], [2, 5]];

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** What a courier's route comes to. */
const totals = stopsOf.map((stops) => ({
  travel_s: sum(stops.travel_s),
  wait_s: sum(stops.wait_s),
  work_s: sum(stops.kind.map((kind, stop) => (kind === "break" ? 0 : stops.setup_s[stop] + stops.service_s[stop]))),
  rest_s: sum(stops.kind.map((kind, stop) => (kind === "break" ? stops.service_s[stop] : 0))),
  distance_m: stops.distance_m.some((metres) => metres !== null) ? sum(stops.distance_m) : null,
  late: stops.late_s.filter((seconds) => seconds > 0).length,
  latest_s: Math.max(0, ...stops.late_s),
}));

const departure = (stops, stop) => stops.arrive[stop] + stops.wait_s[stop] + stops.setup_s[stop] + stops.service_s[stop];
const start = (stops, stop) => stops.arrive[stop] + stops.wait_s[stop];

// The clock --------------------------------------------------------------------------------------------------------

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const dayOf = (seconds) => Math.floor((data.base_s + seconds) / DAY);
const severalDays = data.unix && dayOf(0) !== dayOf(data.until_s);
const two = (number) => String(number).padStart(2, "0");

/** 14:05, with the weekday in plans over midnight; hours just go on where the clock is the plan's own. */
function clock(seconds) {
  const total = Math.max(0, Math.round(data.base_s + seconds));
  const text = `${data.unix ? two(Math.floor((total % DAY) / 3600)) : Math.floor(total / 3600)}:${two(Math.floor(total / 60) % 60)}`;
  return severalDays ? `${WEEKDAYS[new Date(total * 1000).getUTCDay()]} ${text}` : text;
}

/** 14:05:30, where the seconds are not 0. */
function moment(seconds) {
  const rest = Math.round(data.base_s + seconds) % 60;
  return rest > 0 ? `${clock(seconds)}:${two(rest)}` : clock(seconds);
}

/** 14:05 to 15:00; from 14:05; until 15:00. */
function windowText([earliest, latest]) {
  if (earliest === null) return latest === null ? "any time" : `until ${moment(latest)}`;
  return latest === null ? `from ${moment(earliest)}` : `${moment(earliest)} to ${moment(latest)}`;
}

const windowsText = (windows) => (windows.length ? windows.map(windowText).join(", or ") : "any time");

// Who is selected --------------------------------------------------------------------------------------------------

const selected = { courier: NONE, stop: NONE, left: NONE };
let lit = NONE;

/** The courier that stands out: the one under the pointer, else the selected one. */
const focused = () => (lit === NONE ? selected.courier : lit);

/** Select a courier, one of its stops, or a task left out; all others no more. */
function select({ courier = NONE, stop = NONE, left: task = NONE }) {
  Object.assign(selected, { courier, stop, left: task });
  announce("selected", selected);
}

/** Let a courier stand out while the pointer is over it. */
function light(courier) {
  if (courier === lit) return;
  lit = courier;
  announce("lit", courier);
}

/** The courier before or after the selected one, in an order of couriers. */
function neighbour(order, by) {
  if (!order.length) return NONE;
  const at = order.indexOf(selected.courier);
  if (at < 0) return by > 0 ? order[0] : order[order.length - 1];
  return order[(at + by + order.length) % order.length];
}

// Tips -------------------------------------------------------------------------------------------------------------

/** What a tip says about a stop. */
function stopTip(courier, stop) {
  const stops = stopsOf[courier];
  const kind = stops.kind[stop];
  const lines = [el("b", {}, stops.label[stop]), couriers.id[courier]];
  const line = (text) => lines.push(el("br"), text);
  if (kind === "start") line(`ready at ${moment(stops.arrive[stop])}`);
  else if (kind === "end") line(`there at ${moment(stops.arrive[stop])}`);
  else {
    const waits = stops.wait_s[stop] ? `, waits ${duration(stops.wait_s[stop])}` : "";
    line(`arrives ${moment(stops.arrive[stop])}${waits}, leaves ${moment(departure(stops, stop))}`);
  }
  if (stops.windows[stop].length) line(`window: ${windowsText(stops.windows[stop])}`);
  if (stops.late_s[stop]) line(`late by ${duration(stops.late_s[stop])}`);
  const other = partner(courier, stop);
  if (other !== NONE) line(`${kind === "pickup" ? "delivered" : "picked up"} at ${moment(start(stops, other))}`);
  if ((isTask(kind) || kind === "reload") && stops.load[stop].length) line(`then on board: ${loadText(courier, stop)}`);
  if (stops.priority[stop]) line(`priority ${stops.priority[stop]}`);
  for (const fault of stops.faults[stop]) line(fault);
  return lines;
}

/** The other end of a shipment, on the same route. */
function partner(courier, stop) {
  const { request } = stopsOf[courier];
  if (!request[stop]) return NONE;
  return request.findIndex((own, index) => own === request[stop] && index !== stop);
}

function loadText(courier, stop) {
  const room = couriers.capacity[courier];
  return stopsOf[courier].load[stop].map((amount, dimension) => (dimension < room.length ? `${whole(amount)} of ${whole(room[dimension])}` : whole(amount))).join(", ");
}

/** What a tip says about a courier. */
function courierTip(courier) {
  const { travel_s, late } = totals[courier];
  const text = `${plural(couriers.tasks[courier], "task")}, ${duration(travel_s)} of travel${late ? `, ${plural(late, "late stop")}` : ""}`;
  return [el("b", {}, couriers.id[courier]), text];
}

/** What a tip says about a task left out. */
function leftTip(task) {
  const lines = [el("b", {}, left.label[task]), `left out${left.reason[task] ? `: ${reasonText(task)}` : ""}`];
  if (left.windows[task].length) lines.push(el("br"), `window: ${windowsText(left.windows[task])}`);
  return lines;
}

const reasonText = (task) => data.reasons[left.reason[task]] || left.reason[task].replaceAll("_", " ");
