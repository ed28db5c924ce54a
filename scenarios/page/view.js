// A plane on a canvas: drag to move it, Ctrl + wheel, keys or buttons to zoom.

/**
 * Show a plane on a canvas that fills its stage.
 *
 * `bounds`: west, south, east and north of what is shown first; `limits`: least and most pixels a unit of the plane;
 * `paint()` draws; `find(x, y)` returns what is under the pointer, or null; `describe(found)` what its tip says;
 * `pointed(found)` and `clicked(found)` are told of the pointer and of clicks, with null beside everything.
 */
function makeView({ canvas, stage, bounds, limits, paint, find, describe, clicked, pointed = () => {} }) {
  const view = { x: 0, y: 0, scale: 1 };
  let size = { width: 0, height: 0 };
  const draw = drawer(paint);

  const px = (x) => (x - view.x) * view.scale + size.width / 2;
  const py = (y) => (view.y - y) * view.scale + size.height / 2;

  function fit() {
    const [west, south, east, north] = bounds;
    view.x = (west + east) / 2;
    view.y = (south + north) / 2;
    view.scale = Math.min(size.width / (east - west), size.height / (north - south));
    draw();
  }

  function zoom(factor, x = size.width / 2, y = size.height / 2) {
    const scale = Math.min(limits[1], Math.max(limits[0], view.scale * factor));
    view.x += (x - size.width / 2) * (1 / view.scale - 1 / scale);
    view.y -= (y - size.height / 2) * (1 / view.scale - 1 / scale);
    view.scale = scale;
    draw();
  }

  /** Bring a place into the middle, if it is out of sight. */
  function reveal(x, y) {
    const margin = 20;
    const inside = px(x) > margin && px(x) < size.width - margin && py(y) > margin && py(y) < size.height - margin;
    if (!inside) [view.x, view.y] = [x, y];
    draw();
  }

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
    const found = find(...at(event));
    canvas.classList.toggle("over", found !== null);
    showTip(event, ...(found ? describe(found) : []));
    pointed(found);
  });
  canvas.addEventListener("pointerup", (event) => {
    const isClick = drag && !drag.moved;
    drag = null;
    canvas.classList.remove("dragging");
    if (isClick) clicked(find(...at(event)));
  });
  canvas.addEventListener("pointerleave", (event) => {
    showTip(event);
    pointed(null);
  });
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
  listen("themed", paint);

  return {
    px,
    py,
    draw,
    reveal,
    /** A cleared canvas to draw on. */
    begin() {
      const c = fitCanvas(canvas, size.width, size.height);
      c.clearRect(0, 0, size.width, size.height);
      c.fillStyle = color("--ground");
      c.fillRect(0, 0, size.width, size.height);
      c.lineJoin = c.lineCap = "round";
      return c;
    },
    get scale() {
      return view.scale;
    },
    get width() {
      return size.width;
    },
    get height() {
      return size.height;
    },
  };
}

const METRE_STEPS = [100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000];
const metresLabel = (metres) => (metres < 1000 ? `${metres} m` : `${metres / 1000} km`);

/** The scale bar: the first of `steps` units that is long enough, and what `label` says about it. */
function paintScale(c, { scale, height }, steps = METRE_STEPS, label = metresLabel) {
  const units = steps.find((step) => step * scale > 70) || steps[steps.length - 1];
  const [x, y, width] = [14, height - 16, units * scale];
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
  c.fillText(label(units), x + 5, y - 6);
}
