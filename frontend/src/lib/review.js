/*
 * Pairs one after the other: S same, B different, R unsure, Z undo. The next pair is fetched while a person looks at this one
 * and stands there at once; what was said goes to the server meanwhile. Without this file the same buttons do the same.
 */
const WRITES = 'input, textarea, select, [contenteditable]';
const KEYS = { s: 'sama', b: 'beda', r: 'ragu' };
const HEADERS = { 'X-Lontar-Review': '1' };

class Review {
  constructor(root) {
    this.root = root;
    this.place = root.querySelector('[data-review-pair]');
    this.told = root.querySelector('[data-review-told]');
    this.undoForm = root.querySelector('[data-review-undo]');
    this.leftAt = document.querySelector('[data-review-left]');
    this.saying = new Set();
    this.refused = new Set(); // told with a way back to them; they do not come by themselves again
    this.coming = this.fetchNext();
    document.addEventListener('keydown', (event) => this.onKey(event));
    root.addEventListener('submit', (event) => this.onSubmit(event));
    addEventListener('pagehide', () => this.giveBack());
  }

  get current() {
    return this.place.querySelector('[data-pair]');
  }

  /* Everything that must not be lent once more: what is shown, and what is still being said. */
  get taken() {
    return [this.current?.dataset.pair, ...this.saying, ...this.refused].filter(Boolean);
  }

  async fetchNext() {
    if (!this.current) return '';
    const url = new URL(this.root.dataset.next, location.href);
    url.searchParams.set('kecuali', this.taken.join(','));
    try {
      const answer = await fetch(url);
      this.ahead = answer.status === 200 && !answer.redirected ? await answer.text() : ''; // lent with the one shown
      return this.ahead;
    } catch {
      return '';
    }
  }

  onKey(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITES)) return;
    if (document.querySelector('dialog[open], details.l-pop[open]')) return;
    const key = event.key.toLowerCase();
    const button =
      key === 'z'
        ? !this.undoForm.hidden && this.undoForm.querySelector('button')
        : KEYS[key] && this.place.querySelector(`button[value=${KEYS[key]}]`);
    if (!button) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  }

  onSubmit(event) {
    if (event.target === this.undoForm) {
      event.preventDefault();
      this.undo();
    } else if (event.target.matches('[data-review-decide]')) {
      event.preventDefault();
      this.decide(event.target, event.submitter);
    }
  }

  async decide(form, button) {
    if (form.dataset.sent) return;
    form.dataset.sent = '1';
    const number = this.current.dataset.pair;
    const body = new FormData(form, button);
    this.saying.add(number);
    const said = this.say(form.action, body);
    this.show(await this.coming);
    this.ahead = '';
    this.coming = this.fetchNext();
    const answer = await said;
    if (answer.problem) {
      this.refused.add(number);
      this.tellProblem(answer);
      return;
    }
    this.saying.delete(number);
    this.told.textContent = answer.said;
    this.undoForm.action = answer.undo;
    this.undoForm.hidden = false;
    this.countDown();
  }

  async say(url, body) {
    try {
      const answer = await fetch(url, { method: 'POST', body, headers: HEADERS, keepalive: true });
      if (answer.redirected || !answer.headers.get('Content-Type')?.includes('json')) throw new Error(answer.status);
      return await answer.json();
    } catch {
      location.reload(); // signed out, or no connection: the page itself says which
      return { said: '', undo: '#' };
    }
  }

  show(text) {
    this.place.innerHTML = text;
    this.root.querySelector('[data-review-empty]').hidden = Boolean(text.trim());
    this.place.querySelector('button')?.focus({ preventScroll: true });
    if (scrollY > this.root.offsetTop) scrollTo({ top: this.root.offsetTop });
  }

  tellProblem(answer) {
    const notice = this.root.querySelector('[data-review-problem]').content.cloneNode(true);
    notice.querySelector('p span').textContent = answer.problem;
    notice.querySelector('a').href = answer.url + this.root.dataset.filters;
    this.told.replaceChildren(notice);
  }

  countDown() {
    if (!this.leftAt) return;
    const left = Math.max(0, Number(this.leftAt.dataset.reviewLeft) - 1);
    this.leftAt.dataset.reviewLeft = left;
    this.leftAt.textContent = new Intl.NumberFormat(document.documentElement.lang).format(left);
  }

  async undo() {
    const answer = await this.say(this.undoForm.action, new FormData(this.undoForm));
    if (answer.problem) this.tellProblem(answer);
    else if (answer.url) location.assign(answer.url + this.root.dataset.filters);
  }

  giveBack() {
    const ids = [...document.querySelectorAll('[data-pair]')].map((one) => one.dataset.pair);
    const ahead = /data-pair="(\d+)"/.exec(this.ahead ?? '');
    const body = new FormData(this.undoForm);
    body.set('pasangan', [...ids, ...(ahead ? [ahead[1]] : [])].join(','));
    navigator.sendBeacon(this.root.dataset.release, body);
  }
}

export function startReview() {
  const root = document.querySelector('[data-review]');
  if (root) new Review(root);
}
