/*
 * Rows picked for a bulk action: how many are picked is said, and the box in the heading picks the page. The choice
 * "all rows found" is a plain field of the form, so it works without this file.
 */
function count(form) {
  const boxes = [...form.querySelectorAll('tbody input[type=checkbox][name]')];
  const picked = boxes.filter((box) => box.checked).length;
  const place = form.querySelector('[data-picked]');
  if (place) place.textContent = new Intl.NumberFormat(document.documentElement.lang).format(picked);
  const all = form.querySelector('input[data-pick-page]');
  if (all) {
    all.checked = boxes.length > 0 && picked === boxes.length;
    all.indeterminate = picked > 0 && picked < boxes.length;
  }
  for (const box of boxes) box.closest('tr').setAttribute('aria-selected', box.checked);
}

export function startLists() {
  document.addEventListener('change', (event) => {
    const form = event.target.closest('form[data-bulk]');
    if (!form || event.target.type !== 'checkbox') return;
    if (event.target.matches('[data-pick-page]')) {
      for (const box of form.querySelectorAll('tbody input[type=checkbox][name]')) box.checked = event.target.checked;
    }
    count(form);
  });
  document.querySelectorAll('form[data-bulk]').forEach(count);
}
