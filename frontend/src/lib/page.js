/*
 * Small behaviours that every page shares: menus that close, the error summary that takes the focus, forms that are
 * sent once. Each only improves what the page already does without script.
 */
function closeMenus(except) {
  for (const menu of document.querySelectorAll('details.l-pop[open]')) {
    if (menu !== except && !menu.contains(except)) menu.open = false;
  }
}

function menus() {
  document.addEventListener('click', (event) => closeMenus(event.target.closest('details.l-pop')));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const open = document.querySelector('details.l-pop[open]');
    if (!open) return;
    open.open = false;
    open.querySelector('summary').focus();
  });
}

function errors() {
  document.querySelector('.l-errors')?.focus();
}

function filters() {
  // Where a closed disclosure cannot be shown by style alone, a wide screen opens it.
  if (CSS.supports('selector(::details-content)')) return;
  const wide = window.matchMedia('(min-width: 48rem)');
  const open = () => wide.matches && document.querySelectorAll('details.l-filters').forEach((part) => (part.open = true));
  wide.addEventListener('change', open);
  open();
}

function onceOnly() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = '1';
  });
  window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent));
}

export function startPage() {
  menus();
  errors();
  filters();
  onceOnly();
}
