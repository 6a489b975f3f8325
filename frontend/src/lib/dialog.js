/*
 * Questions in a dialog. A link with `data-dialog` leads to a page of its own; with script, the part of that page marked
 * `data-dialog-part` is shown over the present one. A confirmation that wants a typed word keeps its button shut until
 * the word is there; the server checks it again.
 */
import { announce, withHtmx } from './htmx.js';

function guardWord(root) {
  for (const input of root.querySelectorAll('input[data-word]')) {
    const button = input.form.querySelector('[type=submit]');
    const check = () => {
      button.disabled = input.value.trim() !== input.dataset.word;
    };
    input.addEventListener('input', check);
    check();
  }
}

async function open(link) {
  const response = await fetch(link.href, { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const part = page.querySelector('[data-dialog-part]');
  if (!response.ok || response.redirected || !part) {
    location.assign(link.href);
    return;
  }
  const dialog = document.createElement('dialog');
  dialog.className = 'l-dialog';
  dialog.append(document.adoptNode(part));
  const title = dialog.querySelector('h1,h2');
  if (title) {
    title.id ||= 'judul-dialog';
    dialog.setAttribute('aria-labelledby', title.id);
  }
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target.closest('[data-dialog-close]')) {
      event.preventDefault();
      dialog.close();
    }
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  guardWord(dialog);
  await withHtmx(dialog);
  dialog.showModal();
}

export function startDialogs() {
  guardWord(document);
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-dialog]');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link).catch(() => {
      announce(document.body.dataset.offline);
      location.assign(link.href);
    });
  });
}
