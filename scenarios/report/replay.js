// The day as a film.

/** The slider under the map: the whole day, or a moment of it; Replay lets it run. */
function makeReplay(map) {
  const [play, slider, output, span, day] = ["play", "moment", "moment-text", "window", "whole-day"].map(byId);
  const SECONDS_A_DAY_TAKES = 45;
  let last = null;
  byId("replay-legend").replaceChildren(
    el("span", {}, mark("ring", "--ink"), "Open order"),
    el("span", {}, mark("circle", "--drive"), "Courier driving"),
    el("span", {}, mark("circle", "--wait"), "Courier at a place"),
  );
  slider.max = data.until_s;
  slider.step = 1;
  play.disabled = slider.disabled = data.until_s === 0;

  function show(moment) {
    day.disabled = moment === null;
    byId("replay-legend").hidden = moment === null;
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
