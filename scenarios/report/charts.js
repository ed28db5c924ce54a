// The charts over the day and the distributions, drawn by plotly.

const CONFIG = { displaylogo: false, responsive: true, modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"] };

/** Plotly reads a little markup in texts: names from files must not be any. */
const literal = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const levelColor = (index) => color(`--level-${index % 6}`);
const DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];

function layoutOf(changes) {
  const line = { gridcolor: color("--grid"), linecolor: color("--line"), zerolinecolor: color("--line"), automargin: true };
  const base = {
    autosize: true,
    margin: { l: 52, r: 16, t: 10, b: 28 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: getComputedStyle(document.body).fontFamily, size: 13, color: color("--muted") },
    legend: { orientation: "h", traceorder: "normal", x: 0, y: 1.02, yanchor: "bottom", font: { color: color("--ink") } },
    hoverlabel: { bgcolor: color("--panel"), bordercolor: color("--line"), font: { color: color("--ink") } },
    hovermode: "x unified",
  };
  const whole = { ...base, ...changes };
  for (const key of Object.keys(whole)) {
    if (!/^[xy]axis/.test(key)) continue;
    whole[key] = { ...line, ...whole[key] };
    if (whole[key].title) whole[key].title = { standoff: 6, font: { size: 13 }, ...whole[key].title };
  }
  return whole;
}

const timeAxis = (changes = {}) => ({ type: "date", tickformat: severalDays ? "%a %H:%M" : "%H:%M", hoverformat: severalDays ? "%a %H:%M" : "%H:%M", ...changes });
const when = (seconds) => new Date(localMs(seconds)).toISOString().slice(0, 19);

function flowChart() {
  const { at_s, step_s, placed, delivered } = data.charts.flow;
  const x = at_s.map(when);
  const bars = STATES.map((state) => ({
    type: "bar",
    name: state.label,
    x,
    y: placed[state.key],
    offset: 0,
    width: step_s * 1000 * 0.92,
    marker: { color: color(state.color) },
    hovertemplate: "%{y}",
  })).filter((bar) => bar.y.some(Boolean));
  const line = {
    type: "scatter",
    mode: "lines",
    name: "Delivered then",
    x: at_s.map((at) => when(at + step_s / 2)),
    y: delivered,
    line: { color: color("--ink"), width: 2 },
    hovertemplate: "%{y}",
  };
  return [
    [...bars, line],
    { barmode: "stack", xaxis: timeAxis(), yaxis: { title: { text: `orders per ${duration(step_s)}` }, rangemode: "tozero" } },
  ];
}

function loadChart() {
  const { at_s, on_duty, open_orders, doing } = data.charts.load;
  const x = at_s.map(when);
  const open = {
    type: "scatter",
    mode: "lines",
    name: "Open orders",
    x,
    y: open_orders,
    yaxis: "y2",
    line: { color: color("--ink"), width: 1.8, shape: "hv" },
    hovertemplate: "%{y}",
  };
  const stacked = doing.map((y, kind) => ({
    type: "scatter",
    mode: "lines",
    name: data.activities[kind],
    x,
    y,
    stackgroup: "doing",
    line: { width: 0 },
    fillcolor: color(ACTIVITY_COLORS[kind]),
    hovertemplate: "%{y:.1f}",
  }));
  const duty = {
    type: "scatter",
    mode: "lines",
    name: "On duty",
    x,
    y: on_duty,
    line: { color: color("--ink"), width: 1.6, dash: "dot" },
    hovertemplate: "%{y:.1f}",
  };
  return [
    [...stacked.filter((own) => own.y.some(Boolean)), duty, open],
    {
      xaxis: timeAxis({ anchor: "y" }),
      yaxis: { title: { text: "couriers" }, domain: [0, 0.55], rangemode: "tozero" },
      yaxis2: { title: { text: "open orders" }, domain: [0.66, 1], rangemode: "tozero", anchor: "x" },
    },
  ];
}

function onTimeChart() {
  const { at_s, step_s, delivered, on_time } = data.charts.on_time;
  const kept = [...at_s.keys()].filter((index) => delivered[index] > 0);
  const most = Math.max(...delivered);
  const trace = {
    type: "scatter",
    mode: "lines+markers",
    name: "On time",
    x: kept.map((index) => when(at_s[index] + step_s / 2)),
    y: kept.map((index) => on_time[index] / delivered[index]),
    customdata: kept.map((index) => [on_time[index], delivered[index], clock(at_s[index]), clock(at_s[index] + step_s)]),
    marker: { color: color("--on-time"), size: kept.map((index) => 5 + 11 * Math.sqrt(delivered[index] / most)) },
    line: { color: color("--on-time"), width: 1.5 },
    hovertemplate: "%{customdata[2]} to %{customdata[3]}<br>%{y:.1%}: %{customdata[0]} of %{customdata[1]}<extra></extra>",
  };
  const low = Math.min(...trace.y, 0.9);
  return [
    [trace],
    { hovermode: "closest", xaxis: timeAxis(), yaxis: { tickformat: ".0%", range: [Math.max(0, low - 0.05), 1.03], title: { text: "on time" } } },
  ];
}

function latenessChart() {
  const curves = data.charts.lateness;
  const lowest = Math.max(-240, Math.min(...curves.map((curve) => curve.minutes[0])));
  const highest = Math.max(10, ...curves.map((curve) => curve.minutes[curve.minutes.length - 1]));
  const traces = curves.map((curve) => {
    const index = data.levels.indexOf(curve.level);
    return {
      type: "scatter",
      mode: "lines",
      name: literal(curve.level),
      x: curve.minutes,
      y: curve.share,
      line: { color: levelColor(index), width: 2.2, dash: DASHES[index % 6], shape: "hv" },
      hovertemplate: "%{y:.1%}",
    };
  });
  return [
    traces,
    {
      showlegend: true,
      xaxis: { title: { text: "minutes after the promise ended" }, range: [Math.max(lowest, -4 * highest - 40), Math.min(highest * 1.05, 240)] },
      yaxis: { tickformat: ".0%", range: [0, 1.03], title: { text: "share of deliveries" } },
      shapes: [{ type: "line", x0: 0, x1: 0, yref: "paper", y0: 0, y1: 1, line: { color: color("--ink"), width: 1.2, dash: "dot" } }],
    },
  ];
}

function clickChart() {
  const all = data.charts.click_to_door;
  const columns = Math.min(4, all.length);
  const rows = Math.ceil(all.length / columns);
  byId("chart-click").style.height = `${60 + 240 * rows}px`;
  const layout = { grid: { rows, columns, pattern: "independent", xgap: 0.12, ygap: 0.35 }, showlegend: false, bargap: 0.06, shapes: [], annotations: [] };
  const traces = all.map((histogram, index) => {
    const axis = index ? String(index + 1) : "";
    const edges = histogram.edges_min;
    const step = edges[1] - edges[0];
    const last = histogram.counts.length - 1;
    layout[`xaxis${axis}`] = { title: { text: "minutes" }, rangemode: "tozero" };
    layout[`yaxis${axis}`] = { title: { text: index % columns ? "" : "deliveries" } };
    for (const [value, dash] of [[histogram.median_min, "solid"], [histogram.p90_min, "dot"]]) {
      const at = Math.min(value, edges[edges.length - 1]);
      layout.shapes.push({ type: "line", x0: at, x1: at, y0: 0, y1: 1, xref: `x${axis}`, yref: `y${axis} domain`, line: { color: color("--ink"), width: 1.4, dash } });
    }
    layout.annotations.push({
      text: `<b>${literal(histogram.level)}</b>  median ${histogram.median_min.toFixed(0)}, p90 ${histogram.p90_min.toFixed(0)} min`,
      xref: `x${axis} domain`, yref: `y${axis} domain`, x: 0, y: 1.02, xanchor: "left", yanchor: "bottom", showarrow: false, font: { color: color("--ink"), size: 13 },
    });
    return {
      type: "bar",
      name: literal(histogram.level),
      x: histogram.counts.map((_, bin) => edges[bin] + step / 2),
      y: histogram.counts,
      xaxis: `x${axis}`,
      yaxis: `y${axis}`,
      width: step * 0.94,
      marker: { color: levelColor(data.levels.indexOf(histogram.level)) },
      customdata: histogram.counts.map((_, bin) => {
        const more = bin === last && histogram.longest_min > edges[bin + 1];
        return `${edges[bin]} ${more ? "min and more" : `to ${edges[bin + 1]} min`}`;
      }),
      hovertemplate: "%{customdata}: %{y}<extra></extra>",
    };
  });
  return [traces, { ...layout, hovermode: "closest", margin: { l: 52, r: 16, t: 30, b: 44 } }];
}

function makeCharts() {
  const { flow, click_to_door, lateness, on_time } = data.charts;
  const some = (list) => list.some((count) => count > 0);
  const charts = [
    ["chart-flow", flowChart, Object.values(flow.placed).some(some), "No order was placed in this run."],
    ["chart-load", loadChart, data.until_s > 0, "Nothing happened in this run."],
    ["chart-on-time", onTimeChart, some(on_time.delivered), "Nothing was delivered in this run."],
    ["chart-lateness", latenessChart, lateness.length > 0, "Nothing was delivered in this run."],
    ["chart-click", clickChart, click_to_door.length > 0, "Nothing was delivered in this run."],
  ];
  for (const [id, , drawn, none] of charts) if (!drawn) byId(id).replaceChildren(el("p", { class: "empty" }, none));
  const draw = () => {
    for (const [id, build, drawn] of charts) {
      if (!drawn) continue;
      const [traces, changes] = build();
      Plotly.react(byId(id), traces, layoutOf(changes), CONFIG);
    }
  };
  if (charts.some(([, , drawn]) => drawn)) {
    // Only now, with everything else on the screen: reading plotly takes longer than all the rest.
    document.body.append(el("script", {}, byId("plotly").textContent));
    draw();
    listen("themed", draw);
  }
}
