/*
 * A return that survives a lost connection. What is typed is kept in this browser under the producer and month; a sending that
 * finds no connection waits and goes out by itself when it is back, under the same number, so that it never counts twice.
 * Without this file the form is an ordinary one, both screens one below the other.
 */
const PREFIX = 'lontar-draft:';
const EVERY = 15000;

class Draft {
  constructor(root) {
    this.root = root;
    this.told = root.querySelector('[data-draft-told]');
    this.form = root.querySelector('form[data-draft]');
    if (!this.form) return;
    this.key = PREFIX + this.form.dataset.draft;
    this.screens = [...this.form.querySelectorAll('[data-screen]')];
    this.restore();
    this.form.addEventListener('input', () => this.keep(false));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.send();
    });
    addEventListener('online', () => this.resume());
    this.timer = setInterval(() => this.resume(), EVERY);
    if (this.screens.length > 1) this.walk();
  }

  word(name) {
    return this.root.querySelector(`[data-word="${name}"]`)?.content.textContent ?? '';
  }

  say(text) {
    this.told.textContent = text;
    this.told.hidden = !text;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  /* Everything but the token of the session, which belongs to the page. */
  values() {
    return Object.fromEntries([...new FormData(this.form)].filter(([name]) => name !== 'csrfmiddlewaretoken'));
  }

  keep(waiting) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ values: this.values(), waiting }));
    } catch {
      /* a full or forbidden store: the form still sends */
    }
  }

  drop() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      /* nothing was kept */
    }
  }

  /* A draft belongs to the version of the return that it was begun on; after the server answered with its own, that one counts. */
  restore() {
    const kept = this.read();
    if (!kept || this.root.dataset.answered) return;
    if (new URLSearchParams(location.search).has('terkirim') && !kept.waiting) return this.drop();
    for (const [name, value] of Object.entries(kept.values)) {
      const field = this.form.elements.namedItem(name);
      if (field && 'value' in field) field.value = value;
    }
    this.say(this.word('kept'));
    if (kept.waiting) this.resume();
  }

  resume() {
    if (!this.form.isConnected) return clearInterval(this.timer);
    if (this.read()?.waiting && !this.busy && navigator.onLine) this.send();
  }

  async send() {
    if (this.busy) return;
    this.busy = true;
    this.keep(true);
    this.say(this.word('sending'));
    try {
      const answer = await fetch(this.form.action, { method: 'POST', body: new FormData(this.form) });
      if (answer.status >= 500) throw new Error('later');
      if (answer.ok && answer.redirected) {
        this.drop();
        location.assign(answer.url);
        return;
      }
      this.show(await answer.text());
    } catch {
      this.say(this.word('offline'));
    } finally {
      this.busy = false;
    }
  }

  /* The server has a remark: its page takes this one's place, and what was typed stands in it. */
  show(text) {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const fresh = page.querySelector('[data-reporting]');
    if (!fresh) {
      this.drop();
      location.reload();
      return;
    }
    fresh.dataset.answered = '1';
    clearInterval(this.timer);
    this.root.replaceWith(fresh);
    const next = new Draft(fresh);
    next.keep?.(false);
    const first = fresh.querySelector('.l-field-bad');
    next.open?.(first ? next.screens.findIndex((one) => one.contains(first)) : 0);
    (fresh.querySelector('[role="alert"], .l-errors') ?? fresh).scrollIntoView();
  }

  /* Two screens, one at a time. */
  walk() {
    for (const one of this.form.querySelectorAll('[data-screen-move], [data-screen-back]')) one.hidden = false;
    this.form.querySelector('[data-screen-next]')?.addEventListener('click', () => this.open(1, true));
    this.form.querySelector('[data-screen-back]')?.addEventListener('click', () => this.open(0, true));
    this.open(0);
  }

  open(place, focus = false) {
    const at = Math.max(0, place);
    this.screens.forEach((one, number) => {
      one.hidden = number !== at;
    });
    if (focus) {
      this.screens[at].querySelector('h2')?.focus();
      scrollTo(0, 0);
    }
  }
}

/** Takes up the form of a return where the page has one. */
export function startDraft(root) {
  return new Draft(root);
}
