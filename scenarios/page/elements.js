// What all pages share: elements, words for numbers, colours, and who listens to what.

const FONT = getComputedStyle(document.body).fontFamily;
const NONE = -1;
const DAY = 86400;

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
