/*
 * Keeps the page of one's own personal link, so that it opens again without a network. Nothing else is ever kept: only addresses
 * of the form /lapor/CODE that this phone opened itself and that the server marked (Lontar-Keep-Until), and the styles and
 * scripts these need. What has expired, is refused by the server, or is taken off by its owner, goes; with the last page all goes.
 */
'use strict';
const STORE = 'lontar-lapor';
const OWN = /^\/lapor\/[^/]+$/;
const ASSETS = '{{ assets }}';

addEventListener('install', () => self.skipWaiting());
addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

const isAsset = (url) => url.origin === location.origin && url.pathname.startsWith(ASSETS);
const isOwn = (url) => url.origin === location.origin && OWN.test(url.pathname);
const until = (answer) => Date.parse(answer.headers.get('Lontar-Keep-Until') ?? '');
const isKept = (answer) => answer.ok && until(answer) > Date.now();

async function forget(path) {
  const store = await caches.open(STORE);
  await store.delete(path);
  const left = (await store.keys()).filter((one) => OWN.test(new URL(one.url).pathname));
  if (left.length) return;
  await caches.delete(STORE);
  await registration.unregister();
}

async function take(path, answer) {
  if (isKept(answer)) return (await caches.open(STORE)).put(path, answer.clone());
  if (answer.status < 500 && answer.status !== 429) await forget(path);
}

async function page(request) {
  const path = new URL(request.url).pathname;
  try {
    const answer = await fetch(request);
    if (!answer.redirected && answer.type === 'basic') await take(path, answer);
    return answer;
  } catch (lost) {
    const kept = await caches.match(path, { cacheName: STORE });
    if (kept && isKept(kept)) return kept;
    if (kept) await forget(path);
    throw lost;
  }
}

async function asset(request) {
  return (await caches.match(request, { cacheName: STORE })) ?? fetch(request);
}

addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET') return;
  if (event.request.mode === 'navigate' && isOwn(url)) event.respondWith(page(event.request));
  else if (isAsset(url)) event.respondWith(asset(event.request));
});

async function keep(path, assets) {
  const answer = await fetch(path);
  await take(path, answer);
  if (!isKept(answer)) return;
  const store = await caches.open(STORE);
  const wanted = assets.filter((one) => isAsset(new URL(one)));
  await Promise.all(wanted.map(async (one) => (await store.match(one)) ?? store.add(one).catch(() => null)));
}

addEventListener('message', (event) => {
  const { act, path, assets } = event.data ?? {};
  if (!isOwn(new URL(path ?? '', location.origin))) return;
  const done = act === 'forget' ? forget(path) : keep(path, assets ?? []);
  event.waitUntil(done.then(() => event.ports[0]?.postMessage('done')));
});
