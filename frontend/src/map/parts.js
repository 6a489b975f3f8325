/* The parts beside the map, made by script because they need it: search, legend that filters, card of a village. */
import { number, words } from './words.js';

export function make(tag, properties = {}, ...children) {
  const { dataset, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  Object.assign(element.dataset, dataset);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A search box with a list of hits (ARIA combobox). */
export function searchBox(villages, { onPlace, onVillage }) {
  const input = make('input', { className: 'form-control', type: 'search', id: 'cari-peta', autocomplete: 'off', placeholder: words.searchShort });
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-expanded', 'false');
  input.setAttribute('aria-controls', 'hasil-peta');
  const list = make('ul', { className: 'l-map-hits', id: 'hasil-peta', hidden: true });
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', words.search);
  const told = make('p', { className: 'visually-hidden' });
  told.setAttribute('role', 'status');
  let hits = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (hit) => {
    close();
    input.value = '';
    if (hit.place) onPlace(hit.place);
    else onVillage(hit.village);
  };
  const mark = (next) => {
    active = (next + hits.length) % hits.length;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', i === active));
    input.setAttribute('aria-activedescendant', `hasil-peta-${active}`);
    list.children[active].scrollIntoView({ block: 'nearest' });
  };
  const where = (hit) => {
    if (hit.village !== undefined) return `${villages.district(hit.village)}, ${villages.regency(hit.village)}`;
    return hit.place.length > 5 ? `${words.district}, ${villages.regions.get(hit.place.slice(0, 5)) ?? ''}` : '';
  };

  input.addEventListener('input', () => {
    hits = villages.find(input.value);
    list.replaceChildren(
      ...hits.map((hit, i) => {
        const item = make('li', { id: `hasil-peta-${i}` }, make('strong', {}, hit.name), ' ', make('span', { className: 'l-muted' }, where(hit)));
        item.setAttribute('role', 'option');
        item.setAttribute('aria-selected', 'false');
        item.addEventListener('pointerdown', (event) => event.preventDefault());
        item.addEventListener('click', () => choose(hit));
        return item;
      }),
    );
    active = -1;
    input.removeAttribute('aria-activedescendant');
    list.hidden = !hits.length;
    input.setAttribute('aria-expanded', String(hits.length > 0));
    told.textContent = input.value.trim().length > 1 ? words.found(hits.length) : '';
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    if (!hits.length || list.hidden) return;
    if (event.key === 'ArrowDown') mark(active + 1);
    else if (event.key === 'ArrowUp') mark(active - 1);
    else if (event.key === 'Enter') choose(hits[Math.max(active, 0)]);
    else return;
    event.preventDefault();
  });
  input.addEventListener('blur', close);
  const label = make('label', { className: 'visually-hidden', htmlFor: 'cari-peta' }, words.search);
  return make('div', { className: 'l-map-search' }, label, input, list, told);
}

/** The legend as buttons: counts of the chosen place, each class can be put out. */
export function legend(holder, { layer, villages, place, shown, colours, onToggle }) {
  const inside = villages.of(place);
  const counts = layer.counts(inside);
  const line = (c) => {
    const dot = make('span', { className: 'l-map-key' });
    dot.style.backgroundColor = colours[c];
    const text = c === 0 ? words.noData : layer.classLabel(c, number);
    const button = make('button', { type: 'button', className: 'l-map-class' }, dot, make('span', {}, text), make('span', { className: 'l-muted l-num' }, number(counts[c])));
    button.setAttribute('aria-pressed', String(!shown || shown.has(c)));
    button.addEventListener('click', () => onToggle(c));
    return make('li', {}, button);
  };
  const order = [...Array(layer.size).keys()].map((c) => c + 1);
  if (layer.kind === 'number') order.reverse();
  const focused = [...holder.querySelectorAll('.l-map-class')].indexOf(document.activeElement);
  const list = make('ul', { className: 'l-map-classes' }, ...order.map(line), counts[0] ? line(0) : null);
  list.setAttribute('aria-label', words.legend);
  const head = make('p', { className: 'l-map-legend-head' }, make('strong', {}, layer.label), layer.unit ? ` (${layer.unit})` : '');
  holder.replaceChildren(head, list);
  if (focused >= 0) holder.querySelectorAll('.l-map-class')[focused]?.focus();
}

/** A village's figure in words: `12 usaha`, a category, or "no data". */
export function figure(layer, i) {
  const value = layer.values[i];
  if (value === null) return words.noData;
  if (layer.kind === 'category') return layer.categories[value][1];
  return `${number(value, layer.decimals)}${layer.unit ? ` ${layer.unit}` : ''}`;
}

/** Rank in the province and in the kabupaten, as text; empty where the layer has none. */
export function ranks(layer, villages, i) {
  const whole = layer.rankOf(i, villages.of(''));
  if (!whole) return '';
  const regency = villages.codes[i].slice(0, 5);
  const near = layer.rankOf(i, villages.of(regency));
  return `${words.rank(number(whole.place), number(whole.of))} · ${words.rankIn(number(near.place), number(near.of), villages.regency(i).replace(/^Kabupaten /, ''))}`;
}

/** The card of the picked village; a bottom sheet on a phone. */
export function card(holder, { layer, villages, i, url, onClose }) {
  if (i === null) {
    holder.hidden = true;
    holder.replaceChildren();
    return;
  }
  const close = make('button', { type: 'button', className: 'btn btn-link l-map-card-close', ariaLabel: words.close }, '×');
  close.addEventListener('click', onClose);
  const approx = villages.approx.has(i) ? ` · ${words.approx}` : '';
  holder.replaceChildren(
    close,
    make('h2', {}, villages.names[i]),
    make('p', { className: 'l-muted' }, `${words.district} ${villages.district(i)}, ${villages.regency(i)}${approx}`),
    make('p', { className: 'l-map-card-figure' }, figure(layer, i)),
    make('p', { className: 'l-muted l-small' }, ranks(layer, villages, i)),
    make('p', {}, make('a', { className: 'btn btn-primary', href: url }, words.open)),
  );
  holder.hidden = false;
}
