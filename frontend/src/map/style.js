/*
 * The style of the map, from the tokens of the page: sea, land, neighbours, borders, areas, villages. No outside tile, no
 * glyphs: names are HTML. Colours are read again when the scheme of the device changes.
 */
import landUrl from '../../../src/lontar/ui/geo/land.json?url';

const CATEGORY = ['mengkudu', 'laut', 'lontar', 'nila', 'ramp-3', 'garis-kuat', 'ramp-1'];
const STEPS = 7;

export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Name of the colour token of a class, as the server's drawing chooses it. */
export function classToken(layer, place) {
  if (place === 0) return 'kertas';
  if (layer.kind === 'category' && !layer.ordered) return CATEGORY[place - 1];
  return layer.size === 1 ? 'ramp-5' : `ramp-${1 + Math.round(((place - 1) * (STEPS - 1)) / (layer.size - 1))}`;
}

export function classColours(layer) {
  return Array.from({ length: layer.size + 1 }, (_unused, place) => token(classToken(layer, place)));
}

function byClass(colours) {
  if (colours.length === 1) return colours[0];
  return ['match', ['get', 'c'], ...colours.slice(1).flatMap((colour, i) => [i + 1, colour]), colours[0]];
}

const NOTHING = { type: 'FeatureCollection', features: [] };
const land = (kind) => ['==', ['get', 'kind'], kind];

export function firstStyle(outlineUrl) {
  return {
    version: 8,
    sources: {
      land: { type: 'geojson', data: new URL(landUrl, location.href).href },
      outline: { type: 'geojson', data: outlineUrl ? new URL(outlineUrl, location.href).href : NOTHING },
      areas: { type: 'geojson', data: NOTHING },
      villages: { type: 'geojson', data: NOTHING, buffer: 32 },
    },
    layers: [
      { id: 'sea', type: 'background' },
      { id: 'neighbour', type: 'fill', source: 'land', filter: ['!', land('own')] },
      { id: 'own', type: 'fill', source: 'land', filter: land('own') },
      { id: 'coast', type: 'line', source: 'land', paint: { 'line-width': 0.7 } },
      { id: 'areas', type: 'fill', source: 'areas', paint: { 'fill-opacity': 0.75 } },
      { id: 'area-lines', type: 'line', source: 'areas', paint: { 'line-width': 0.8 } },
      { id: 'outline', type: 'line', source: 'outline', paint: { 'line-width': 0.9, 'line-dasharray': [3, 2] } },
      { id: 'villages', type: 'circle', source: 'villages', layout: { 'circle-sort-key': ['-', ['get', 'c'], ['*', 10, ['get', 'o']]] }, paint: circles(1) },
      { id: 'picked', type: 'circle', source: 'villages', filter: ['==', ['get', 'i'], -1], paint: picked() },
    ],
  };
}

/** Islets stay visible: no circle is ever smaller than two pixels, and none grows into its neighbours' names. */
function radius(factor) {
  return ['interpolate', ['linear'], ['zoom'], 5, 2 * factor, 7, 2.8 * factor, 9, 5 * factor, 12, 9 * factor];
}

function circles(factor) {
  return {
    'circle-radius': radius(factor),
    'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 5, 0.3, 9, 0.9],
    'circle-opacity': ['case', ['==', ['get', 'o'], 1], 0.22, 1],
    'circle-stroke-opacity': ['interpolate', ['linear'], ['zoom'], 5.5, ['case', ['==', ['get', 'o'], 1], 0.1, 0.35], 9, ['case', ['==', ['get', 'o'], 1], 0.15, 0.8]],
  };
}

function picked() {
  return { 'circle-radius': radius(1.7), 'circle-stroke-width': 3 };
}

/** Colours of everything that does not depend on the layer, and of the layer. */
export function paint(map, layer) {
  const set = (id, property, value) => map.setPaintProperty(id, property, value);
  set('sea', 'background-color', token('air'));
  set('own', 'fill-color', token('tanah'));
  set('neighbour', 'fill-color', token('tanah-tetangga'));
  set('coast', 'line-color', token('tepi-tanah'));
  set('outline', 'line-color', token('tinta-2'));
  set('area-lines', 'line-color', token('kertas'));
  const colours = byClass(classColours(layer));
  set('villages', 'circle-color', colours);
  set('villages', 'circle-stroke-color', token('tinta'));
  set('areas', 'fill-color', colours);
  set('picked', 'circle-color', colours);
  set('picked', 'circle-stroke-color', token('mengkudu'));
}

/** Villages as features: position, class, and whether they lie outside the chosen place. */
export function villageFeatures(villages, layer, place) {
  const features = [];
  for (let i = 0; i < villages.size; i += 1) {
    if (!villages.has(i)) continue;
    features.push({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [villages.lon[i], villages.lat[i]] },
      properties: { i, c: layer.classes[i], o: villages.within(i, place) ? 0 : 1 },
    });
  }
  return { type: 'FeatureCollection', features };
}
