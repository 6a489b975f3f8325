/*
 * Writes the small land drawing that the maps stand on: the coasts of Natural Earth (npm world-atlas, public domain)
 * clipped to the sea around the province. Polygons that hold a village of the province are "own"; the rest of Indonesia
 * and Timor-Leste are neighbours, drawn differently. The lattice of the source is about 400 m, so its steps are rounded
 * once. Run with `npm run land` when the source package changes; the result is kept in the repository, because server
 * and browser both draw from it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';

const require = createRequire(import.meta.url);
const BOX = [116.5, -12.2, 127.8, -6.8]; // west, south, east, north
const PROVINCE = process.argv[2] ?? '53';
const COUNTRIES = { 360: 'indonesia', 626: 'timor-leste' };
const target = new URL('../../src/lontar/ui/geo/land.json', import.meta.url);

/** Sutherland–Hodgman against one side of the box. */
function clipSide(ring, inside, cross) {
  const out = [];
  ring.forEach((point, i) => {
    const before = ring[(i + ring.length - 1) % ring.length];
    if (inside(point)) {
      if (!inside(before)) out.push(cross(before, point));
      out.push(point);
    } else if (inside(before)) out.push(cross(before, point));
  });
  return out;
}

function clip(ring) {
  const at = (axis, limit) => (a, b) => {
    const t = (limit - a[axis]) / (b[axis] - a[axis]);
    return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
  };
  let left = ring.slice(0, -1);
  left = clipSide(left, (p) => p[0] >= BOX[0], at(0, BOX[0]));
  left = clipSide(left, (p) => p[0] <= BOX[2], at(0, BOX[2]));
  left = clipSide(left, (p) => p[1] >= BOX[1], at(1, BOX[1]));
  return clipSide(left, (p) => p[1] <= BOX[3], at(1, BOX[3]));
}

/** One pass of corner cutting; the fixed edge of the box keeps its corners outside the view anyway. */
function rounded(ring) {
  return ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length];
    return [
      [0.75 * p[0] + 0.25 * q[0], 0.75 * p[1] + 0.25 * q[1]],
      [0.25 * p[0] + 0.75 * q[0], 0.25 * p[1] + 0.75 * q[1]],
    ];
  });
}

/** Drops points that lie within `tolerance` degrees of the line between their neighbours. */
function thinned(ring, tolerance) {
  return ring.filter((p, i) => {
    const a = ring[(i + ring.length - 1) % ring.length];
    const b = ring[(i + 1) % ring.length];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (!length) return false;
    return Math.abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / length > tolerance;
  });
}

const closed = (ring) => [...ring, ring[0]];
const round = (ring) => ring.map(([x, y]) => [Math.round(x * 1000) / 1000, Math.round(y * 1000) / 1000]);

function inRing([x, y], ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Points of the villages below `prefix`, from the package's tree of provinces, cities, districts and villages. */
function villagePoints(prefix) {
  const tree = JSON.parse(readFileSync(require.resolve('geografis/data/json/collection.json')));
  const points = [];
  const walk = (node) => {
    if (node.villages) {
      for (const v of node.villages) {
        const lat = Number(v.latitude ?? v.lat);
        const lon = Number(v.longitude ?? v.lon ?? v.lng);
        if (Number.isFinite(lat) && Number.isFinite(lon)) points.push([lon, lat]);
      }
    }
    for (const child of [...(node.cities ?? []), ...(node.districts ?? [])]) walk(child);
  };
  tree.filter((province) => province.code === prefix).forEach(walk);
  return points;
}

const atlas = JSON.parse(readFileSync(require.resolve('world-atlas/countries-10m.json')));
const points = villagePoints(PROVINCE);
if (!points.length) throw new Error(`geografis has no village points below ${PROVINCE}`);

const kinds = { own: [], neighbour: [], 'timor-leste': [] };
for (const country of feature(atlas, atlas.objects.countries).features) {
  const name = COUNTRIES[country.id];
  if (!name) continue;
  const polygons = country.geometry.type === 'Polygon' ? [country.geometry.coordinates] : country.geometry.coordinates;
  for (const rings of polygons) {
    const ring = clip(rings[0]);
    if (ring.length < 3) continue;
    const drawn = closed(round(thinned(rounded(ring), 0.0006)));
    const own = name === 'indonesia' && points.some((p) => inRing(p, ring));
    kinds[name === 'timor-leste' ? name : own ? 'own' : 'neighbour'].push([drawn]);
  }
}

const features = Object.entries(kinds).map(([kind, coordinates]) => ({
  type: 'Feature',
  properties: { kind },
  geometry: { type: 'MultiPolygon', coordinates },
}));
// What a map of the province shows: all its villages and a little sea around them.
const extent = (axis) => points.map((p) => p[axis]).sort((a, b) => a - b);
const [lons, lats] = [extent(0), extent(1)];
const view = [lons[0] - 0.15, lats[0] - 0.15, lons.at(-1) + 0.15, lats.at(-1) + 0.15].map((v) => Math.round(v * 100) / 100);
const text = JSON.stringify({ type: 'FeatureCollection', bbox: BOX, view, features }) + '\n';
writeFileSync(target, text);
for (const [kind, list] of Object.entries(kinds)) console.log(kind, list.length, 'polygons', list.flat(2).length, 'points');
console.log(`view ${view}; ${text.length} bytes`);
