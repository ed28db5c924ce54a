// Where couriers drove: used by the map and the replay.

/** The legs a courier drove: [from_s, until_s, x0, y0, x1, y1], in the order of time; one over a bridge is two. */
function legsOf(courier) {
  const stops = data.stops[courier];
  const legs = [];
  let [x, y] = [data.couriers.x[courier], data.couriers.y[courier]];
  stops.arrived.forEach((arrived, index) => {
    if (stops.x[index] === x && stops.y[index] === y) return;
    const corners = [x, y, ...(stops.via[index] || []), stops.x[index], stops.y[index]];
    const lengths = [];
    for (let i = 2; i < corners.length; i += 2) lengths.push(Math.hypot(corners[i] - corners[i - 2], corners[i + 1] - corners[i - 1]));
    const whole = lengths.reduce((sum, length) => sum + length, 0) || 1;
    let from = stops.set_off[index];
    lengths.forEach((length, part) => {
      const until = from + ((arrived - stops.set_off[index]) * length) / whole;
      legs.push([from, until, ...corners.slice(2 * part, 2 * part + 4)]);
      from = until;
    });
    [x, y] = [stops.x[index], stops.y[index]];
  });
  return legs;
}

/** Where a courier is at a moment: on a leg, or where its last one ended. */
function whereIs(courier, legs, moment) {
  let low = 0;
  let high = legs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (legs[middle][0] <= moment) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return { x: data.couriers.x[courier], y: data.couriers.y[courier], leg: null };
  const leg = legs[low - 1];
  const done = Math.min(1, (moment - leg[0]) / Math.max(1, leg[1] - leg[0]));
  return { x: leg[2] + (leg[4] - leg[2]) * done, y: leg[3] + (leg[5] - leg[3]) * done, leg: done < 1 ? leg : null };
}
