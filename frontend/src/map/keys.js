/* Arrow keys on the map: to the nearest village in that direction, judged on the screen. */
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const SIDEWAYS = 2.2; // how much a step aside counts against a step ahead

/** Village to go to from `from` (null: the one nearest to the middle of the map), or null when there is none that way. */
export function neighbour(map, villages, { from, key, allowed }) {
  const canvas = map.getCanvas();
  const start = from === null ? { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 } : map.project([villages.lon[from], villages.lat[from]]);
  const way = from === null ? null : WAYS[key];
  let best = null;
  let least = Infinity;
  for (let i = 0; i < villages.size; i += 1) {
    if (i === from || !villages.has(i) || !allowed(i)) continue;
    const point = map.project([villages.lon[i], villages.lat[i]]);
    const dx = point.x - start.x;
    const dy = point.y - start.y;
    let cost = Math.hypot(dx, dy);
    if (way) {
      const ahead = dx * way[0] + dy * way[1];
      const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
      if (ahead <= 0.5 || aside > ahead * 2) continue;
      cost = ahead + SIDEWAYS * aside;
    }
    if (cost < least) [best, least] = [i, cost];
  }
  return best;
}

export const isArrow = (key) => key in WAYS;
