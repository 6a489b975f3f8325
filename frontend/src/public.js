/* Public pages: styles and the few behaviours that reading them gains from. */
import './img/icon.svg';
import './styles/public.scss';
import { withHtmx } from './lib/htmx.js';
import { startPage } from './lib/page.js';

startPage();
const box = document.querySelector('[data-verify]');
if (box) import('./lib/verify.js').then((part) => part.startVerify(box));
const reporting = document.querySelector('[data-reporting]');
if (reporting) import('./lib/draft.js').then((part) => part.startDraft(reporting));
const kept = document.querySelector('[data-keep]');
if (kept) import('./lib/keeping.js').then((part) => part.startKeeping(kept).catch(() => null));
if (document.querySelector('[data-keep-gone]')) import('./lib/keeping.js').then((part) => part.stopKeeping());
withHtmx();
