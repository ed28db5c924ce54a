// Where the couriers go: their legs, the places they stop at, and what they do when.

/** The legs of a courier, straight from place to place: [x0, y0, x1, y1]; stops without a place are passed over. */
function legsOf(courier) {
  const legs = [];
  let here = null;
  for (const place of stopsOf[courier].place) {
    if (!place) continue;
    if (here && (here[0] !== place[0] || here[1] !== place[1])) legs.push([...here, ...place]);
    here = place;
  }
  return legs;
}

/** All places, each once: {x, y, stops: [[courier, stop]], left: [task], kinds, couriers}. */
function allPlaces() {
  const found = new Map();
  const at = ([x, y]) => {
    const key = `${x} ${y}`;
    if (!found.has(key)) found.set(key, { x, y, stops: [], left: [], kinds: new Set(), couriers: new Set(), late: false });
    return found.get(key);
  };
  stopsOf.forEach((stops, courier) =>
    stops.place.forEach((place, stop) => {
      if (!place || stops.kind[stop] === "break") return;
      const own = at(place);
      own.stops.push([courier, stop]);
      own.kinds.add(stops.kind[stop]);
      own.couriers.add(courier);
      own.late ||= stops.late_s[stop] > 0;
    }),
  );
  left.place.forEach((place, task) => place && at(place).left.push(task));
  return [...found.values()];
}

/** The number of each stop on its route, as a courier would count: once a place, without start and end. */
function visitsOf(courier) {
  const { kind, place } = stopsOf[courier];
  let [number, here] = [0, ""];
  return kind.map((own, stop) => {
    if (!isTask(own)) return 0;
    const key = place[stop] ? place[stop].join(" ") : `at ${stop}`;
    if (key !== here) number += 1;
    here = key;
    return number;
  });
}

/** What a courier does: [activity, from, until, stop, ...] in the order of time. */
function segmentsOf(courier) {
  const stops = stopsOf[courier];
  const flat = [];
  let left_at = stops.arrive.length ? stops.arrive[0] : 0;
  stops.arrive.forEach((arrive, stop) => {
    const from = Math.max(left_at, arrive - stops.travel_s[stop]);
    const begin = start(stops, stop);
    const served = begin + stops.setup_s[stop];
    const kind = stops.kind[stop];
    left_at = departure(stops, stop);
    const service = { pickup: PICKING_UP, reload: RELOADING, break: BREAK }[kind] ?? AT_THE_DOOR;
    for (const [activity, since, until] of [[DRIVING, from, arrive], [WAITING, arrive, begin], [SET_UP, begin, served], [service, served, left_at]]) {
      if (until > since) flat.push(activity, since, until, stop);
    }
  });
  return flat;
}

/** How far a point is from a straight line between two others. */
function distanceTo(x, y, x0, y0, x1, y1) {
  const length = (x1 - x0) ** 2 + (y1 - y0) ** 2 || 1;
  const t = Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length));
  return Math.hypot(x0 + t * (x1 - x0) - x, y0 + t * (y1 - y0) - y);
}
