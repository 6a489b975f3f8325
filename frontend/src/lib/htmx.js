/*
 * htmx is fetched only by pages that carry one of its attributes. It runs without eval and without the style element
 * it would otherwise add, as the content security policy asks.
 */
const MARKS = '[hx-get],[hx-post],[hx-put],[hx-delete],[hx-patch],[hx-boost]';

const CONFIG = {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '422', swap: true },
    { code: '[45]..', swap: false, error: true },
  ],
};

/** htmx reads its settings from the page while it starts; there they must be before it is fetched. */
function configure() {
  const meta = document.createElement('meta');
  meta.name = 'htmx-config';
  meta.content = JSON.stringify(CONFIG);
  document.head.append(meta);
}

function listen() {
  // A click that asks for a new tab is the browser's.
  document.addEventListener(
    'click',
    (event) => {
      if ((event.ctrlKey || event.metaKey || event.shiftKey) && event.target.closest('a[hx-get]')) event.stopImmediatePropagation();
    },
    true,
  );
  document.body.addEventListener('htmx:configRequest', (event) => {
    const token = document.querySelector('input[name=csrfmiddlewaretoken]')?.value;
    if (token && event.detail.verb !== 'get') event.detail.headers['X-CSRFToken'] = token;
  });
  document.body.addEventListener('htmx:responseError', () => announce(document.body.dataset.failed));
  document.body.addEventListener('htmx:sendError', () => announce(document.body.dataset.offline));
}

/** Says a sentence in the live region of the page. */
export function announce(text) {
  const region = document.getElementById('kabar');
  if (region && text) region.textContent = text;
}

/** Loads htmx when the page, or a part fetched into it, uses it. */
export async function withHtmx(root = document) {
  if (!root.querySelector(MARKS)) return null;
  if (!document.querySelector('meta[name=htmx-config]')) {
    configure();
    listen();
  }
  const { default: htmx } = await import('htmx.org');
  if (root !== document) htmx.process(root);
  return htmx;
}
