// What all parts of the report share: the data, the words for it, and who is selected.

const data = JSON.parse(document.getElementById("run-data").textContent);

const STATES = [
  { key: "on_time", color: "--on-time", label: "On time", mark: "circle" },
  { key: "late", color: "--late", label: "Late", mark: "triangle" },
  { key: "failed", color: "--failed", label: "Failed", mark: "cross" },
  { key: "refused", color: "--refused", label: "Refused", mark: "diamond" },
  { key: "cancelled", color: "--cancelled", label: "Cancelled", mark: "square" },
];
const [ON_TIME, LATE, FAILED, REFUSED, CANCELLED] = STATES.keys();
const ACTIVITY_COLORS = ["--drive", "--wait", "--load", "--drop", "--return"];
const [LOAD, DROP, RETURN] = [0, 1, 2];
const ACTIONS = ["load", "drop", "return"];

// The clock --------------------------------------------------------------------------------------------------------

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const severalDays = localDay(data.until_s) !== localDay(0);

function localDay(seconds) {
  return Math.floor((data.base_s + data.offset_s + seconds) / DAY);
}

/** The local date as milliseconds, for axes that know of dates but not of time zones. */
function localMs(seconds) {
  return (data.base_s + data.offset_s + seconds) * 1000;
}

/** 14:05; with the weekday in runs over midnight. */
function clock(seconds) {
  const date = new Date(localMs(seconds));
  const text = date.toISOString().slice(11, 16);
  return severalDays ? `${WEEKDAYS[date.getUTCDay()]} ${text}` : text;
}

const clockOr = (seconds, none = "–") => (seconds === NONE ? none : clock(seconds));

const stateColor = (state) => color(STATES[state].color);
const zoneColor = (zone) => (zone === NONE ? color("--muted") : color(`--zone-${zone % 6}`));

const badge = (state) => el("span", { class: `badge t-${STATES[state].key}` }, STATES[state].label);

// Who is selected --------------------------------------------------------------------------------------------------

const selected = { courier: NONE, order: NONE };

/** Select a courier, an order, or neither; an order brings its courier along. */
function select({ courier = selected.courier, order = NONE }) {
  selected.courier = order !== NONE && data.orders.courier[order] !== NONE ? data.orders.courier[order] : courier;
  selected.order = order;
  announce("selected", selected);
}

/** Why an order ended as it did, in a sentence. */
function why(order) {
  const orders = data.orders;
  const reason = orders.reason[order];
  if (orders.state[order] === LATE) {
    const late = `${duration(orders.late_s[order])} late`;
    const stood = orders.door[order] - orders.ready[order];
    if (orders.ready[order] === NONE) return late;
    if (orders.ready[order] > orders.until[order]) return `${late}; packed only after the promise had ended`;
    return `${late}; stood packed for ${duration(stood)} until the door`;
  }
  return reason === NONE ? "" : orders.reasons[reason][1];
}

/** The directory of the run, which is where this page lies; it may have been moved since it was written. */
function runDirectory() {
  if (location.protocol !== "file:") return "DIR";
  const path = decodeURIComponent(location.pathname).replace(/\/[^/]*$/, "") || "/";
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}

/** The command that prints the decision about an order. */
function explainCommand(order) {
  const plain = /^[A-Za-z0-9._:@%+=,/~-]+$/;
  const quote = (word) => (plain.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
  return `doorstep explain ${quote(data.orders.id[order])} --run ${quote(runDirectory())}`;
}
