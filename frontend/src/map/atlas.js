/*
 * The map itself: MapLibre over our own land, the villages, the names, and what follows from a change of layer, place,
 * class or village. One object holds the state; every change goes through `change`.
 */
import { Map as GlMap, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { announce } from '../lib/htmx.js';
import { Layer } from './data.js';
import { isArrow, neighbour } from './keys.js';
import { Labels } from './labels.js';
import { card, figure, legend, make, ranks, searchBox } from './parts.js';
import { readState, writeState } from './state.js';
import { classColours, firstStyle, paint, villageFeatures } from './style.js';
import { number, words } from './words.js';

setWorkerUrl(new URL(workerUrl, import.meta.url).href);

// As far as the land is drawn; north and south there is only sea, and a tall phone shows some of it.
const ROAM = [116.7, -14.5, 127.6, -4.5];
const EMPTY = { type: 'FeatureCollection', features: [] };

export class Atlas {
  constructor(root, villages, layer) {
    this.root = root;
    this.villages = villages;
    this.layer = layer;
    this.data = root.dataset;
    this.layers = new Map([[layer.key, Promise.resolve(layer)]]);
    this.state = readState({ layer: this.data.layer, place: this.data.place });
    this.stage = root.querySelector('[data-map-stage]');
    this.picker = root.querySelector('#lapis');
    this.places = root.querySelector('#wilayah');
    this.legendHolder = root.querySelector('[data-map-legend]');
    this.calm = window.matchMedia('(prefers-reduced-motion: reduce)');
  }

  get picked() {
    return this.villages.position.get(this.state.village) ?? null;
  }

  async start() {
    this.canvas = make('div', { className: 'l-map-canvas' });
    this.stage.append(this.canvas);
    const [west, south, east, north] = this.data.view.split(',').map(Number);
    this.view = [west, south, east, north];
    this.map = new GlMap({
      container: this.canvas,
      style: firstStyle(this.data.outlineUrl),
      bounds: this.boundsOf(this.state.place),
      fitBoundsOptions: { padding: this.state.place ? 40 : 0 },
      maxBounds: ROAM,
      maxZoom: 13,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      keyboard: false,
      fadeDuration: 0,
      cooperativeGestures: 'embedded' in this.data,
      locale: {
        'CooperativeGesturesHandler.WindowsHelpText': words.wheel,
        'CooperativeGesturesHandler.MacHelpText': words.wheelMac,
        'CooperativeGesturesHandler.MobileHelpText': words.fingers,
        'Map.Title': words.stage,
      },
    });
    this.map.touchZoomRotate.disableRotation();
    await new Promise((done, failed) => {
      this.map.once('load', done);
      this.map.once('error', (event) => failed(event.error));
    });
    this.dress();
    this.listen();
    this.draw();
    this.stage.classList.add('l-map-live');
  }

  boundsOf(place) {
    const box = place ? this.villages.bounds(place) : null;
    if (!box) return this.view;
    const pad = 0.02;
    return [box[0] - pad, box[1] - pad, box[2] + pad, box[3] + pad];
  }

  /** Everything beside the map that only script can work. */
  dress() {
    this.root.querySelector('[data-map-submit]').hidden = true;
    const canvas = this.map.getCanvas();
    canvas.setAttribute('aria-label', words.stage);
    canvas.setAttribute('role', 'application');
    this.tip = make('div', { className: 'l-map-tip', hidden: true });
    this.cardHolder = make('aside', { className: 'l-map-card', hidden: true });
    this.cardHolder.setAttribute('aria-label', words.village);
    const zoom = (by, label, sign) => {
      const button = make('button', { type: 'button', className: 'btn btn-secondary', ariaLabel: label }, sign);
      button.addEventListener('click', () => this.map.zoomTo(this.map.getZoom() + by, { animate: !this.calm.matches }));
      return button;
    };
    this.up = make('button', { type: 'button', className: 'btn btn-secondary', hidden: true }, `↑ ${words.up}`);
    this.up.addEventListener('click', () => this.change({ place: this.villages.parent(this.state.place), village: '' }));
    const share = make('button', { type: 'button', className: 'btn btn-secondary' }, words.share);
    share.addEventListener('click', () => this.share());
    const tools = make('div', { className: 'l-map-tools' }, zoom(1, words.zoomIn, '+'), zoom(-1, words.zoomOut, '−'));
    this.stage.append(tools, this.up, this.tip, this.cardHolder);
    this.up.classList.add('l-map-up');
    const go = { onPlace: (place) => this.change({ place, village: '' }), onVillage: (i) => this.goTo(i) };
    this.labels = new Labels(this.map, this.stage, this.villages, { onPlace: go.onPlace, onVillage: (i) => this.pick(i) });
    this.root.querySelector('[data-map-search]').append(searchBox(this.villages, go));
    this.root.querySelector('[data-map-side]').append(share);
  }

  listen() {
    const { map } = this;
    map.on('mousemove', (event) => this.hover(event));
    map.on('mouseout', () => this.hover(null));
    map.on('click', (event) => this.pick(this.under(event.point)));
    map.getCanvas().addEventListener('keydown', (event) => this.key(event));
    this.picker.addEventListener('change', () => this.change({ layer: this.picker.value, classes: null }));
    this.places.addEventListener('change', () => this.change({ place: this.places.value, village: '' }));
    this.root.querySelector('.l-map-choice').addEventListener('submit', (event) => event.preventDefault());
    window.addEventListener('popstate', () => {
      this.follow(readState({ layer: this.data.layer, place: '' }), { write: false });
    });
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw({ repaint: true }));
  }

  /** The village at a point of the screen: the nearest circle within reach of a finger. */
  under(point) {
    const reach = window.matchMedia('(pointer: coarse)').matches ? 16 : 6;
    const box = [
      [point.x - reach, point.y - reach],
      [point.x + reach, point.y + reach],
    ];
    let best = null;
    let least = Infinity;
    for (const feature of this.map.queryRenderedFeatures(box, { layers: ['villages'] })) {
      const at = this.map.project(feature.geometry.coordinates);
      const far = Math.hypot(at.x - point.x, at.y - point.y) + (feature.properties.o ? reach : 0);
      if (far < least) [best, least] = [feature.properties.i, far];
    }
    return best;
  }

  hover(event) {
    const i = event && !event.originalEvent.sourceCapabilities?.firesTouchEvents ? this.under(event.point) : null;
    this.map.getCanvas().style.cursor = i === null ? '' : 'pointer';
    this.tip.hidden = i === null;
    if (i === null) return;
    this.tellTip(i);
  }

  tellTip(i) {
    const at = this.map.project([this.villages.lon[i], this.villages.lat[i]]);
    const rank = ranks(this.layer, this.villages, i).split(' · ')[0];
    this.tip.replaceChildren(
      make('strong', {}, this.villages.names[i]),
      make('span', {}, `${words.district} ${this.villages.district(i)}`),
      make('span', { className: 'l-num' }, [figure(this.layer, i), rank].filter(Boolean).join(' · ')),
    );
    const left = at.x > this.stage.clientWidth / 2;
    const top = at.y > this.stage.clientHeight / 2;
    this.tip.style.transform = `translate(${at.x}px, ${at.y}px) translate(${left ? 'calc(-100% - 12px)' : '12px'}, ${top ? 'calc(-100% - 8px)' : '8px'})`;
    this.tip.hidden = false;
  }

  key(event) {
    if (event.key === '+' || event.key === '=') this.map.zoomIn({ animate: !this.calm.matches });
    else if (event.key === '-') this.map.zoomOut({ animate: !this.calm.matches });
    else if (event.key === 'Escape') this.change(this.state.village ? { village: '' } : { place: this.villages.parent(this.state.place) });
    else if (event.key === 'Enter' && this.picked !== null) location.assign(this.urlOf(this.picked));
    else if (isArrow(event.key)) {
      const next = neighbour(this.map, this.villages, { from: this.picked, key: event.key, allowed: (i) => this.isShown(i) });
      if (next !== null) this.pick(next);
    } else return;
    event.preventDefault();
  }

  isShown(i) {
    return this.villages.within(i, this.state.place) && (!this.state.classes || this.state.classes.has(this.layer.classes[i]));
  }

  urlOf(i) {
    return this.data.villageUrlTemplate.replace('{code}', this.villages.codes[i]);
  }

  pick(i) {
    this.change({ village: i === null ? '' : this.villages.codes[i] });
    if (i === null) return;
    announce(`${this.villages.names[i]}, ${words.district} ${this.villages.district(i)}: ${figure(this.layer, i)}. ${ranks(this.layer, this.villages, i)}`);
    const at = this.map.project([this.villages.lon[i], this.villages.lat[i]]);
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (at.x < 24 || at.y < 24 || at.x > width - 24 || at.y > height - 24) this.map.panTo([this.villages.lon[i], this.villages.lat[i]], { animate: !this.calm.matches });
  }

  /** From the search: into its kabupaten, then the village itself. */
  goTo(i) {
    this.change({ place: this.villages.codes[i].slice(0, 5), village: this.villages.codes[i], classes: null });
    if (this.villages.has(i)) this.map.easeTo({ center: [this.villages.lon[i], this.villages.lat[i]], zoom: 10.5, animate: !this.calm.matches });
  }

  toggle(c) {
    const all = new Set(Array.from({ length: this.layer.size + 1 }, (_unused, i) => i));
    const shown = new Set(this.state.classes ?? all);
    // The first press leaves only the pressed class; later ones add or take away.
    if (!this.state.classes) shown.clear();
    if (shown.has(c)) shown.delete(c);
    else shown.add(c);
    this.change({ classes: shown.size === 0 || shown.size === all.size ? null : shown });
  }

  change(part) {
    this.follow({ ...this.state, ...part }, { write: true });
  }

  async follow(next, { write }) {
    const before = this.state;
    this.state = next;
    if (write) writeState(next, { step: next.layer !== before.layer || next.place !== before.place });
    if (next.layer !== this.layer.key) await this.fetchLayer(next.layer);
    if (this.state !== next) return; // a later change has overtaken this one
    if (next.place !== before.place) this.enter(next.place);
    this.draw();
  }

  async fetchLayer(key) {
    this.stage.setAttribute('aria-busy', 'true');
    try {
      if (!this.layers.has(key)) this.layers.set(key, Layer.load(this.data.layerUrlTemplate.replace('{layer}', key), this.villages.sent[key]));
      const layer = await this.layers.get(key);
      if (this.state.layer === key) this.layer = layer;
    } catch (error) {
      this.layers.delete(key);
      this.state.layer = this.layer.key;
      this.picker.value = this.layer.key;
      announce(document.body.dataset.offline);
      console.warn(error);
    } finally {
      this.stage.removeAttribute('aria-busy');
    }
  }

  enter(place) {
    this.tip.hidden = true;
    this.map.fitBounds(this.boundsOf(place), { padding: place ? 40 : 0, animate: !this.calm.matches, maxZoom: 11.5 });
    this.fetchAreas(place.slice(0, 5));
  }

  async fetchAreas(regency) {
    if (!this.data.boundaryUrlTemplate || this.areasOf === regency) return;
    this.areasOf = regency;
    this.areas = EMPTY;
    if (regency) {
      const response = await fetch(this.data.boundaryUrlTemplate.replace('{code}', regency)).catch(() => null);
      if (this.areasOf !== regency) return;
      if (response?.ok) this.areas = await response.json();
    }
    this.drawAreas();
  }

  drawAreas() {
    if (!this.areas) return;
    for (const feature of this.areas.features) {
      const i = this.villages.position.get(feature.properties.code);
      feature.properties.c = i === undefined ? 0 : this.layer.classes[i];
    }
    this.map.getSource('areas').setData(this.areas);
  }

  /** Brings the map to the state; what is dear to draw again is drawn only when it has changed. */
  draw({ repaint = false } = {}) {
    const { map, layer, villages, state } = this;
    const drawn = `${layer.key} ${state.place}`;
    if (repaint || this.drawn !== drawn) {
      paint(map, layer);
      map.getSource('villages').setData(villageFeatures(villages, layer, state.place));
      this.drawAreas();
    }
    this.drawn = drawn;
    const shown = state.classes ? ['in', ['get', 'c'], ['literal', [...state.classes]]] : null;
    map.setFilter('villages', shown);
    map.setFilter('areas', shown);
    map.setFilter('picked', ['==', ['get', 'i'], this.picked ?? -1]);
    if (this.labelled !== state.place) this.labels.show(state.place);
    this.labelled = state.place;
    this.side();
  }

  side() {
    const { layer, villages, state } = this;
    legend(this.legendHolder, { layer, villages, place: state.place, shown: state.classes, colours: classColours(layer), onToggle: (c) => this.toggle(c) });
    const without = villages.of(state.place).filter((i) => !villages.has(i)).length;
    const note = this.root.querySelector('[data-map-pointless]');
    note.hidden = !without;
    note.textContent = words.pointless(number(without));
    const source = this.root.querySelector('[data-map-source]');
    if (layer.source) source.textContent = layer.source;
    this.picker.value = state.layer;
    this.fillPlaces();
    this.up.hidden = !state.place;
    card(this.cardHolder, { layer, villages, i: this.picked, url: this.picked === null ? '' : this.urlOf(this.picked), onClose: () => this.pick(null) });
  }

  fillPlaces() {
    const { place } = this.state;
    if (this.filledFor === place) return;
    this.filledFor = place;
    const path = [place.slice(0, 5), place].filter((code, i, all) => code && all.indexOf(code) === i);
    const option = (code, name, depth = 0) => make('option', { value: code }, `${'  '.repeat(depth)}${name}`);
    const here = path.map((code, i) => option(code, this.villages.regions.get(code), i));
    const below = this.villages.children(place).map(([code, name]) => option(code, name, path.length));
    const beside = below.length ? [] : this.villages.children(place.slice(0, 5)).filter(([code]) => code !== place).map(([code, name]) => option(code, name, 1));
    this.places.replaceChildren(option('', words.whole), ...here, ...below, ...beside);
    this.places.value = place;
  }

  async share() {
    try {
      await navigator.clipboard.writeText(location.href);
      announce(words.shared);
    } catch {
      announce(words.shareFailed);
    }
  }
}
