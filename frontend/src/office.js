/* The office: what public pages have, and dialogs, keys, uploads and bulk actions. */
import './img/icon.svg';
import './styles/office.scss';
import { startDialogs } from './lib/dialog.js';
import { withHtmx } from './lib/htmx.js';
import { startKeys } from './lib/keys.js';
import { startLists } from './lib/lists.js';
import { startPage } from './lib/page.js';
import { startReview } from './lib/review.js';
import { startSliders } from './lib/saaty.js';
import { startUploads } from './lib/upload.js';

startPage();
startDialogs();
startKeys();
startLists();
startReview();
startSliders();
startUploads();
const reporting = document.querySelector('[data-reporting]');
if (reporting) import('./lib/draft.js').then((part) => part.startDraft(reporting));
withHtmx();
