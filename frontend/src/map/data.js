/*
 * The villages and the values of layers, from the columnar answers described in the README. Region codes are paths:
 * 53.09 is a kabupaten, 53.09.01 a kecamatan of it, 53.09.01.2001 a village.
 */
const REGENCY = 5;
const DISTRICT = 8;

async function json(url) {
  const response = await fetch(url, { headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.json();
}

/** Plain letters for comparing names: no marks, no apostrophes, lower case. */
export function folded(text) {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’`.-]/g, '')
    .toLowerCase();
}

export class Villages {
  constructor(raw) {
    this.codes = raw.codes;
    this.names = raw.names;
    this.lat = raw.lat.map((v) => (v === null ? null : v / 1e4));
    this.lon = raw.lon.map((v) => (v === null ? null : v / 1e4));
    this.approx = new Set(raw.approx);
    this.position = new Map(raw.codes.map((code, i) => [code, i]));
    this.regions = new Map(raw.regions.codes.map((code, i) => [code, raw.regions.names[i]]));
    this.sent = raw.layers ?? {};
    this.folded = null;
  }

  static async load(url) {
    return new Villages(await json(url));
  }

  get size() {
    return this.codes.length;
  }

  has(i) {
    return this.lat[i] !== null;
  }

  regency(i) {
    return this.regions.get(this.codes[i].slice(0, REGENCY)) ?? '';
  }

  district(i) {
    return this.regions.get(this.codes[i].slice(0, DISTRICT)) ?? '';
  }

  within(i, place) {
    return !place || this.codes[i].startsWith(`${place}.`);
  }

  /** Positions of the villages of a place; all of them for the empty place. */
  of(place) {
    const found = [];
    for (let i = 0; i < this.size; i += 1) if (this.within(i, place)) found.push(i);
    return found;
  }

  /** Regions directly beneath a place: kabupaten of the province, kecamatan of a kabupaten, nothing below. */
  children(place) {
    const length = place ? place.length + 3 : REGENCY;
    if (length > DISTRICT) return [];
    return [...this.regions].filter(([code]) => code.length === length && (!place || code.startsWith(`${place}.`)));
  }

  parent(place) {
    return place.length === DISTRICT ? place.slice(0, REGENCY) : '';
  }

  /** [west, south, east, north] of a place's villages, or null. */
  bounds(place) {
    let box = null;
    for (const i of this.of(place)) {
      if (!this.has(i)) continue;
      const [x, y] = [this.lon[i], this.lat[i]];
      box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y];
    }
    return box;
  }

  /** Middle of a region for its name: the village nearest to the mean, so that the name lies on land. */
  middle(place) {
    const inside = this.of(place).filter((i) => this.has(i));
    if (!inside.length) return null;
    const mean = (column) => inside.reduce((sum, i) => sum + column[i], 0) / inside.length;
    const [x, y] = [mean(this.lon), mean(this.lat)];
    const far = (i) => (this.lon[i] - x) ** 2 + (this.lat[i] - y) ** 2;
    const best = inside.reduce((a, b) => (far(b) < far(a) ? b : a));
    return [this.lon[best], this.lat[best]];
  }

  /** Regions and villages whose name, or code, fits what was typed; those that begin with it first. */
  find(text, limit = 8) {
    const wanted = folded(text.trim());
    if (wanted.length < 2) return [];
    this.folded ??= this.names.map(folded);
    const hits = [];
    for (const [code, name] of this.regions) {
      const at = folded(name).indexOf(wanted);
      if (at >= 0) hits.push({ place: code, name, order: at === 0 ? 0 : 2 });
    }
    for (let i = 0; i < this.size; i += 1) {
      const at = this.folded[i].indexOf(wanted);
      if (at >= 0 || this.codes[i].startsWith(text.trim())) hits.push({ village: i, name: this.names[i], order: at === 0 ? 1 : 3 });
    }
    return hits.sort((a, b) => a.order - b.order || a.name.localeCompare(b.name, 'id')).slice(0, limit);
  }
}

/** Five classes of about equal number, where the layer brings no limits of its own; as the server does it. */
function quantiles(values, classes = 5) {
  const known = values.filter((v) => v !== null).sort((a, b) => a - b);
  if (!known.length) return [];
  const starts = Array.from({ length: classes }, (_unused, k) => known[Math.floor((k * known.length) / classes)]);
  return [...new Set(starts), known.at(-1)];
}

export class Layer {
  constructor(raw) {
    Object.assign(this, { unit: '', decimals: 0, kind: 'number', source: '', note: '', rank: true }, raw);
    if (this.kind === 'number') this.edges = raw.edges ?? quantiles(raw.values);
    this.classes = raw.values.map((value) => this.classOf(value));
    this.order = null;
  }

  static async load(url, sent) {
    return new Layer(sent ?? (await json(url)));
  }

  get size() {
    return this.kind === 'category' ? this.categories.length : Math.max(0, this.edges.length - 1);
  }

  /** 0 for no data, else 1…size; limits are half-open, the last one closed. */
  classOf(value) {
    if (value === null || value === undefined) return 0;
    if (this.kind === 'category') return value + 1;
    let low = 1;
    while (low < this.size && value >= this.edges[low]) low += 1;
    return low;
  }

  /** Words of a class: its first and last value, or its name. */
  classLabel(place, write) {
    if (this.kind === 'category') return this.categories[place - 1][1];
    const [low, high] = [this.edges[place - 1], this.edges[place]];
    const top = place === this.size ? high : high - 10 ** -this.decimals;
    return top <= low ? write(low, this.decimals) : `${write(low, this.decimals)} – ${write(top, this.decimals)}`;
  }

  /** How many of the given villages fall into each class, from 0. */
  counts(villages) {
    const counts = new Array(this.size + 1).fill(0);
    for (const i of villages) counts[this.classes[i]] += 1;
    return counts;
  }

  /** {place, of} of a village among the given ones, highest first, equals sharing; null where it has no value. */
  rankOf(i, villages) {
    const value = this.values[i];
    if (value === null || this.kind === 'category' || this.rank === false) return null;
    let higher = 0;
    let known = 0;
    for (const j of villages) {
      const other = this.values[j];
      if (other === null) continue;
      known += 1;
      if (other > value) higher += 1;
    }
    return { place: higher + 1, of: known };
  }
}
