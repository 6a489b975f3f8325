/*
 * Keys of the office: `/` goes to the search, `j` and `k` to the next and the previous row, Escape closes the side panel.
 * Never while somebody writes; links and buttons do the same without them.
 */
const WRITES = 'input, textarea, select, [contenteditable]';

function step(direction) {
  const links = [...document.querySelectorAll('.l-list tbody th a')];
  if (!links.length) return;
  const at = links.findIndex((link) => link.closest('tr').contains(document.activeElement));
  const next = at < 0 ? (direction > 0 ? 0 : links.length - 1) : at + direction;
  links[Math.min(Math.max(next, 0), links.length - 1)].focus();
}

const KEYS = {
  '/': () => document.getElementById('cari-umum')?.select(),
  j: () => step(1),
  k: () => step(-1),
  Escape: () => document.querySelector('#panel:not([hidden]) .l-panel-head a')?.click(),
};

export function startKeys() {
  document.addEventListener('keydown', (event) => {
    const act = KEYS[event.key];
    if (!act || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(WRITES) || document.querySelector('dialog[open], details.l-pop[open]')) return;
    if (event.key !== 'Escape') event.preventDefault();
    act();
  });
}
