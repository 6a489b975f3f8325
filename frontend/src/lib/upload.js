/*
 * The upload zone: a plain file field that also takes dropped files and, on sending, shows how much has gone up. The
 * answer of the server, page or redirect, is then shown as the browser would have shown it.
 */
function size(bytes, language) {
  const unit = bytes >= 1e6 ? ['MB', 1e6] : ['kB', 1e3];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(bytes / unit[1])} ${unit[0]}`;
}

function name(zone, input) {
  const file = input.files[0];
  const place = zone.querySelector('[data-drop-name]');
  place.textContent = file ? `${file.name} · ${size(file.size, document.documentElement.lang)}` : '';
  const limit = Number(zone.dataset.limit || 0);
  input.setCustomValidity(file && limit && file.size > limit ? zone.dataset.tooBig : '');
  if (file) input.reportValidity();
}

function drops(zone, input) {
  const over = (state) => (event) => {
    event.preventDefault();
    zone.classList.toggle('l-drop-over', state);
  };
  zone.addEventListener('dragover', over(true));
  zone.addEventListener('dragleave', over(false));
  zone.addEventListener('drop', (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    name(zone, input);
  });
}

function show(request, form) {
  if (request.responseURL && request.responseURL !== form.action) {
    location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, 'text/html');
  document.title = page.title || document.title;
  const main = page.querySelector('main');
  if (!main) {
    location.reload();
    return;
  }
  document.querySelector('main').replaceWith(document.adoptNode(main));
  startUploads();
  document.querySelector('.l-errors')?.focus();
}

function send(form, zone) {
  const meter = zone.querySelector('[data-drop-progress]');
  const bar = meter.querySelector('progress');
  const text = meter.querySelector('[data-drop-sent]');
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.upload.addEventListener('progress', (event) => {
    if (!event.lengthComputable) return;
    bar.value = event.loaded / event.total;
    text.textContent = `${size(event.loaded, document.documentElement.lang)} / ${size(event.total, document.documentElement.lang)}`;
  });
  const failed = () => {
    meter.hidden = true;
    delete form.dataset.sent;
    zone.querySelector('[data-drop-failed]').hidden = false;
  };
  request.addEventListener('load', () => show(request, form));
  request.addEventListener('error', failed);
  request.addEventListener('abort', failed);
  zone.querySelector('[data-drop-failed]').hidden = true;
  meter.hidden = false;
  meter.querySelector('[data-drop-stop]').onclick = () => request.abort();
  request.send(new FormData(form));
}

export function startUploads() {
  for (const zone of document.querySelectorAll('[data-drop]:not([data-drop-ready])')) {
    zone.dataset.dropReady = '1';
    const input = zone.querySelector('input[type=file]');
    drops(zone, input);
    input.addEventListener('change', () => name(zone, input));
    input.form.addEventListener('submit', (event) => {
      if (!input.files.length || event.defaultPrevented) return;
      event.preventDefault();
      send(input.form, zone);
    });
  }
}
