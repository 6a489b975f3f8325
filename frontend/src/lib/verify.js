/*
 * Compares a file with the SHA-256 of a paper, in this browser: the file is never sent. The page without this script has a
 * field to type the figure into; browsers compute it only where the page came safely (https, or this very machine).
 */
const SHAPES = { good: 'M5 13l4 4L19 7', bad: 'M12 8v5M12 16.5v.5' };

function show(target, tone, text) {
  const notice = document.createElement('div');
  notice.className = `l-notice l-notice-${tone}`;
  const words = document.createElement('p');
  words.textContent = text;
  if (SHAPES[tone]) {
    const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    drawing.setAttribute('class', 'l-icon');
    drawing.setAttribute('viewBox', '0 0 24 24');
    drawing.setAttribute('width', '20');
    drawing.setAttribute('height', '20');
    drawing.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', SHAPES[tone]);
    drawing.append(path);
    notice.append(drawing);
  }
  notice.append(words);
  target.replaceChildren(notice);
}

async function sha256(file) {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function startVerify(box) {
  const { pdfSha, docxSha, sayPdf, sayDocx, sayLain, sayBusy, sayUnable } = box.dataset;
  const answer = document.getElementById('hasil-cocok');
  const input = box.querySelector('input[type=file]');
  box.hidden = false;
  input.addEventListener('change', async () => {
    const file = input.files[0];
    if (!file) return;
    if (!globalThis.crypto?.subtle) return show(answer, 'warn', sayUnable);
    show(answer, 'warn', sayBusy);
    const found = await sha256(file);
    if (found === pdfSha) show(answer, 'good', sayPdf);
    else if (found === docxSha) show(answer, 'good', sayDocx);
    else show(answer, 'bad', sayLain);
  });
}
