/* The state of the map lives in the address: what the server reads (lapis, wilayah) and what only the map knows. */
const KEYS = { layer: 'lapis', place: 'wilayah', classes: 'kelas', village: 'desa' };

export function readState(defaults) {
  const query = new URLSearchParams(location.search);
  const classes = query.get(KEYS.classes);
  return {
    layer: query.get(KEYS.layer) || defaults.layer,
    place: query.get(KEYS.place) ?? defaults.place,
    village: query.get(KEYS.village) || '',
    classes: classes ? new Set(classes.split(',').map(Number).filter(Number.isInteger)) : null,
  };
}

/** Writes the state; a change of layer or place is a step that the back button undoes. */
export function writeState(state, { step = false } = {}) {
  const query = new URLSearchParams(location.search);
  const set = (key, value) => (value ? query.set(key, value) : query.delete(key));
  set(KEYS.layer, state.layer);
  set(KEYS.place, state.place);
  set(KEYS.village, state.village);
  set(KEYS.classes, state.classes ? [...state.classes].sort().join(',') : '');
  const text = query.toString().replaceAll('%2C', ',');
  const url = `${location.pathname}${text ? `?${text}` : ''}`;
  if (url === location.pathname + location.search) return;
  history[step ? 'pushState' : 'replaceState']({ map: true }, '', url);
}
