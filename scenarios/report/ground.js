// What the map is drawn on. `px`, `py` turn metres into pixels, `scale` is pixels a metre.

/** Service areas, tinted by zone; those that more stores share have a stronger edge. */
function paintAreas(c, { px, py, scale }) {
  for (const area of data.areas) {
    c.beginPath();
    if (area.radius_m !== null) c.arc(px(area.centre[0]), py(area.centre[1]), area.radius_m * scale, 0, 2 * Math.PI);
    for (const ring of area.rings) {
      ring.forEach(([x, y], index) => (index ? c.lineTo(px(x), py(y)) : c.moveTo(px(x), py(y))));
      c.closePath();
    }
    c.fillStyle = c.strokeStyle = zoneColor(area.zone);
    c.globalAlpha = 0.05;
    c.fill("evenodd");
    c.globalAlpha = 0.7;
    c.lineWidth = Math.min(3, 1 + area.stores / 20);
    c.setLineDash([6, 5]);
    c.stroke();
    c.setLineDash([]);
  }
  c.globalAlpha = 1;
}

/** Rivers, with their bridges across. */
function paintRivers(c, { px, py, scale }) {
  const width = Math.min(40, Math.max(6, 140 * scale));
  for (const river of data.rivers) {
    c.beginPath();
    river.line.forEach(([x, y], index) => (index ? c.lineTo(px(x), py(y)) : c.moveTo(px(x), py(y))));
    c.strokeStyle = color("--water");
    c.lineWidth = width;
    c.stroke();
  }
  for (const river of data.rivers) {
    for (const bridge of river.bridges) {
      const [dx, dy] = across(river.line, bridge);
      const half = width / 2 + 3;
      const [x, y] = [px(bridge[0]), py(bridge[1])];
      for (const [thick, tone] of [[7, "--bridge"], [3.5, "--ground"]]) {
        c.beginPath();
        c.lineCap = "butt";
        c.moveTo(x - dx * half, y - dy * half);
        c.lineTo(x + dx * half, y + dy * half);
        c.strokeStyle = color(tone);
        c.lineWidth = thick;
        c.stroke();
      }
      c.lineCap = "round";
    }
  }
}

/** The direction across a line where it is nearest to a point, on the screen. */
function across(line, [x, y]) {
  let best = [Infinity, 0, 1];
  for (let i = 1; i < line.length; i += 1) {
    const [ax, ay] = line[i - 1];
    const [bx, by] = line[i];
    const length = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
    const t = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    const distance = (ax + t * (bx - ax) - x) ** 2 + (ay + t * (by - ay) - y) ** 2;
    if (distance < best[0]) best = [distance, (by - ay) / Math.sqrt(length), (bx - ax) / Math.sqrt(length)];
  }
  return [best[1], best[2]];
}
