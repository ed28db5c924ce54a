// What all parts of the page share: the data, words for numbers, elements, colours, and who is selected.

const FONT = getComputedStyle(document.body).fontFamily;
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
const NONE = -1;

const byId = (id) => document.getElementById(id);

/** Make an element; children are text or elements, never markup. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") node.addEventListener("click", value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return node;
}

// Numbers in words -------------------------------------------------------------------------------------------------

const DAY = 86400;
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

/** 40 s, 4 min 30 s, 42 min, 3 h 05 min. */
function duration(seconds) {
  const total = Math.round(seconds);
  if (total < 60) return `${total} s`;
  if (total < 600 && total % 60) return `${Math.floor(total / 60)} min ${total % 60} s`;
  const minutes = Math.round(total / 60);
  if (minutes < 120) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

const kilometres = (metres) => `${(metres / 1000).toFixed(1)} km`;
const whole = (number) => number.toLocaleString("en");
const percent = (share) => `${(100 * share).toFixed(0)} %`;
const plural = (count, one, many = one + "s") => `${whole(count)} ${count === 1 ? one : many}`;

// Colours ----------------------------------------------------------------------------------------------------------

let palette = new Map();

/** The value of a CSS variable in the theme of now. */
function color(name) {
  if (!palette.has(name)) palette.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return palette.get(name);
}

const stateColor = (state) => color(STATES[state].color);
const zoneColor = (zone) => (zone === NONE ? color("--muted") : color(`--zone-${zone % 6}`));

document.addEventListener("themed", (event) => {
  palette = new Map();
  announce("themed", event.detail);
});

// Who listens to what ----------------------------------------------------------------------------------------------

const listeners = new Map();

function listen(topic, act) {
  listeners.set(topic, [...(listeners.get(topic) || []), act]);
}

function announce(topic, detail) {
  for (const act of listeners.get(topic) || []) act(detail);
}

const selected = { courier: NONE, order: NONE };

/** Select a courier, an order, or neither; an order brings its courier along. */
function select({ courier = selected.courier, order = NONE }) {
  selected.courier = order !== NONE && data.orders.courier[order] !== NONE ? data.orders.courier[order] : courier;
  selected.order = order;
  announce("selected", selected);
}

// Small parts ------------------------------------------------------------------------------------------------------

const PATHS = {
  circle: "M6 1.5a4.5 4.5 0 1 0 .01 0z",
  triangle: "M6 1 11 10.5H1z",
  cross: "M2 3.4 3.4 2 6 4.6 8.6 2 10 3.4 7.4 6 10 8.6 8.6 10 6 7.4 3.4 10 2 8.6 4.6 6z",
  diamond: "M6 .8 11.2 6 6 11.2 .8 6z",
  square: "M2 2h8v8H2z",
  bar: "M0 3h12v6H0z",
  ring: "M6 1.5a4.5 4.5 0 1 0 .01 0zM6 3a3 3 0 1 1-.01 0z",
};

/** A mark for chips and legends. */
function mark(shape, variable) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("width", "12");
  svg.setAttribute("height", "12");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[shape]);
  path.setAttribute("fill-rule", "evenodd");
  path.style.fill = `var(${variable})`;
  svg.append(path);
  return svg;
}

/** A switch; `act` is called with whether it is on. */
function chip(label, on, act, ...before) {
  const button = el("button", { type: "button", class: "chip", "aria-pressed": String(on) }, ...before, label);
  button.addEventListener("click", () => {
    const now = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(now));
    act(now);
  });
  return button;
}

const badge = (state) => el("span", { class: `badge t-${STATES[state].key}` }, STATES[state].label);

const tip = byId("tip");

/** Show a tip beside the pointer, or hide it. */
function showTip(event, ...content) {
  tip.hidden = content.length === 0;
  if (tip.hidden) return;
  tip.replaceChildren(...content);
  const box = tip.getBoundingClientRect();
  const right = event.clientX + 16 + box.width < innerWidth;
  tip.style.left = `${Math.max(4, right ? event.clientX + 16 : event.clientX - 16 - box.width)}px`;
  tip.style.top = `${Math.max(4, Math.min(event.clientY + 14, innerHeight - box.height - 8))}px`;
}

/** Give a canvas as many pixels as the screen has for it; returns its context and size in CSS pixels. */
function fitCanvas(canvas, width, height) {
  const ratio = devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Draw soon, and once however often it is asked for. */
function drawer(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
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
