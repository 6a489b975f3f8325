/*
 * Entry of pages with a map. The server's drawing is there already; this fetches villages and the chosen layer, then
 * MapLibre, and lays the live map over the drawing. A device that saves data, or is on a very slow network, is asked first.
 */
import './styles/map.scss';
import { Layer, Villages } from './map/data.js';
import { make } from './map/parts.js';
import { words } from './map/words.js';

const isSlow = () => {
  const { saveData, effectiveType } = navigator.connection ?? {};
  return Boolean(saveData) || /2g$/.test(effectiveType ?? '');
};

function hasGl() {
  return Boolean(document.createElement('canvas').getContext('webgl2'));
}

async function bring(root) {
  const stage = root.querySelector('[data-map-stage]');
  stage.setAttribute('aria-busy', 'true');
  try {
    const { villagesUrl, layerUrlTemplate } = root.dataset;
    const layer = new URLSearchParams(location.search).get('lapis') || root.dataset.layer;
    const url = layerUrlTemplate.replace('{layer}', layer);
    const atlas = import('./map/atlas.js');
    const [villages, values] = await Promise.all([Villages.load(villagesUrl), fetch(url).then((r) => (r.ok ? r.json() : Promise.reject(new Error(`${r.status} ${url}`))))]);
    const { Atlas } = await atlas;
    await new Atlas(root, villages, new Layer(values)).start();
  } catch (error) {
    console.warn(error);
    stage.append(make('p', { className: 'l-map-failed' }, words.failed));
  } finally {
    stage.removeAttribute('aria-busy');
  }
}

function offer(root) {
  const button = make('button', { type: 'button', className: 'btn btn-primary' }, words.load);
  const box = make('div', { className: 'l-map-offer' }, button, make('p', { className: 'l-muted l-small' }, words.loadWhy));
  button.addEventListener('click', () => {
    box.remove();
    bring(root);
  });
  root.querySelector('[data-map-stage]').append(box);
}

for (const root of document.querySelectorAll('[data-map]')) {
  if (!hasGl()) break;
  if (isSlow()) offer(root);
  else bring(root);
}
