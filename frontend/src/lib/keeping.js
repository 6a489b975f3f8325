/*
 * The page of a personal link is kept on this phone, so that it opens again without a network (/lapor/penjaga.js), and is taken
 * off again when its owner says so or the link is no longer valid. Drafts are kept by draft.js, apart from this.
 */
const WORKER = '/lapor/penjaga.js';
const SCOPE = '/lapor/';

function ask(worker, words) {
  return new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done();
    worker.postMessage({ path: location.pathname, ...words }, [channel.port2]);
  });
}

async function registered() {
  return (await navigator.serviceWorker.getRegistration(SCOPE))?.active;
}

/* Taken off: the page, and what was typed under it. */
async function forget(button) {
  const worker = await registered();
  if (worker) await ask(worker, { act: 'forget' });
  for (const one of document.querySelectorAll('form[data-draft]')) {
    localStorage.removeItem(`lontar-draft:${one.dataset.draft}`);
  }
  button.closest('[data-keep]').dataset.keep = 'gone';
  button.hidden = true;
  for (const one of document.querySelectorAll('[data-keep-told]')) one.hidden = one.dataset.keepTold !== 'gone';
}

/** Keeps the page where the server allows it, and offers to take it off; `root` is the notice about it. */
export async function startKeeping(root) {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
  const { active } = await navigator.serviceWorker.ready;
  const assets = performance.getEntriesByType('resource').map((one) => one.name);
  await ask(active, { act: 'keep', assets });
  root.hidden = false;
  root.dataset.keep = 'kept';
  root.querySelector('button')?.addEventListener('click', (event) => forget(event.currentTarget));
}

/** A link that is no longer valid: what was kept of it goes. */
export async function stopKeeping() {
  const worker = 'serviceWorker' in navigator && (await registered());
  if (worker) await ask(worker, { act: 'forget' });
}
