// The way through the survey: which step comes next, and what is kept between them.
// Answers live in this tab only, until they are sent once.
import { h } from './dom.js';
import { dropDraft, loadDraft, saveDraft } from './draft.js';
import { kiosk, thanked, watch } from './kiosk.js';
import * as screens from './screens.js';
import { Server, parseLink, placeOf, Refusal } from './server.js';
import { decode, encode, ticketHash } from './ticket.js';
import { own, speak, current, t } from './texts.js';

const root = document.getElementById('app');
const server = new Server(root.dataset.round);
const state = {
  manifest: null, fingerprint: '', link: null, ticket: null, attributes: { process: null, role: null, unit: null },
  answers: {}, text: '', kind: null, problem: null, wait: 0, sending: false, checkCode: '',
  process() { return this.manifest.processes.find((p) => p.key === this.attributes.process); },
  processName() { return this.process() ? own(this.process().name) : ''; },
  wording(item) { return own(item.text).replaceAll('{process}', this.processName()); },
};
const endings = {
  'invitation-invalid': 'invalid', 'not-found': 'invalid', 'ticket-already-issued': 'used', 'ticket-used': 'used',
  'round-closed': 'closed', 'round-not-open': 'early',
};
const pauses = [5, 15, 45];
let step = 'landing';
let tries = 0;
let timer = 0;

function order() {
  const q = state.manifest.questionnaire;
  return ['landing', 'attributes', ...q.items.map((_, i) => 'q' + (i + 1)), ...(q.text_max > 0 ? ['comment'] : []), 'review'];
}

function draw(focus = true) {
  const number = /^q(\d+)$/.exec(step);
  const content = number ? screens.question(state, go, number[1] - 1) : (screens[step] ?? screens.notice)(state, go, step);
  root.replaceChildren(screens.header(state, () => draw(false)), h('main', { id: 'main' }, ...content));
  root.dataset.step = step;
  const title = root.querySelector('h1')?.textContent ?? '';
  const where = number ? t('question.number', { i: number[1], total: state.manifest.questionnaire.items.length }) : title;
  document.title = (state.problem ? t('error.prefix') : '') + where + (state.manifest ? ' – ' + own(state.manifest.title) : '');
  if (focus) (root.querySelector('[role=alert]') ?? root.querySelector('h1'))?.focus();
}

function show(name, remember = true) {
  step = name;
  saveDraft(server.round, state);
  if (remember && !kiosk) history.pushState({ step }, '', '#' + name);
  scrollTo(0, 0);
  draw();
}

function fail(place, text) {
  state.problem = { place, text };
  draw();
}

// end shows where a refusal leaves the respondent; an unknown one is "failed".
function end(error) {
  if (!(error instanceof Refusal)) return show('failed', false);
  show(endings[error.code] ?? 'failed', false);
}

const go = {
  to(name) { state.problem = null; show(name); },
  back() {
    if (!kiosk) return history.back();
    const all = order();
    return go.to(all[Math.max(0, all.indexOf(step) - 1)]);
  },

  keep() { saveDraft(server.round, state); },

  async start() {
    if (state.ticket) return go.to('attributes');
    if (!state.link) return go.to('link');
    if (!server.belongs(state.link)) return show('mismatch', false);
    try {
      const { locale, ...attributes } = await server.invitation(state.link);
      state.ticket = await server.ticket(state.link);
      state.link = { ...state.link, secret: '' }; // it has done its work
      Object.assign(state.attributes, attributes);
      if (locale && locale !== current() ) speak(locale);
      go.to('attributes');
    } catch (error) {
      end(error);
    }
  },

  useLink(text) {
    state.link = parseLink(text);
    if (!state.link) return fail('link', t('invalid.heading') + ' ' + t('invalid.explain'));
    state.problem = null;
    return go.start();
  },

  next() {
    if (step === 'attributes' && !state.attributes.process) return fail('process', t('attributes.process-needed'));
    const max = state.manifest.questionnaire.text_max;
    const over = [...state.text.trim().normalize('NFC')].length - max;
    if (step === 'comment' && over > 0) return fail('text', t('comment.too-long', { n: over, max }));
    const all = order();
    go.to(all[all.indexOf(step) + 1]);
  },

  async send() {
    clearInterval(timer);
    if (state.sending) return;
    if (Object.keys(state.answers).length === 0) return fail('review', t('review.nothing'));
    state.sending = true;
    if (step === 'review') draw(false);
    try {
      await server.cast(state.ticket, ballot());
      state.checkCode = ticketHash(server.round, decode(state.ticket.nonce));
      state.ticket = null;
      dropDraft(server.round);
      thanked();
      state.answers = {};
      state.text = '';
      state.sending = false;
      show('done', false);
      history.replaceState({ step: 'done' }, '', location.pathname + location.search);
    } catch (error) {
      state.sending = false;
      if (error instanceof Refusal && endings[error.code]) return end(error);
      unsent();
    }
  },
};

function ballot() {
  const text = state.text.trim();
  return { attributes: state.attributes, answers: state.answers, ...(text ? { text } : {}), ...(text && state.kind ? { text_kind: state.kind } : {}) };
}

// unsent waits 5, 15, 45 s and tries again; the same ticket makes that harmless.
function unsent() {
  state.wait = pauses[tries++] ?? 0;
  show('unsent', false);
  if (!state.wait) return;
  timer = setInterval(() => {
    state.wait -= 1;
    if (state.wait <= 0) go.send();
    else draw(false);
  }, 1000);
}

addEventListener('online', () => { if (step === 'unsent') go.send(); });
addEventListener('popstate', (event) => {
  if (parseLink(location.hash)) return location.reload();
  if (step === 'done' || !state.manifest) return;
  const before = event.state?.step ?? 'landing';
  if (before !== 'landing' && before !== 'link' && !state.ticket) return;
  clearInterval(timer);
  state.problem = null;
  show(before === 'link' && state.ticket ? 'attributes' : before, false);
});

async function open() {
  state.link = parseLink(location.hash);
  history.replaceState({ step: 'landing' }, '', location.pathname + location.search); // the secret leaves the address bar
  speak(current());
  try {
    state.manifest = await server.manifest();
    state.fingerprint = encode(server.fingerprint.slice(0, 8));
  } catch (error) {
    return end(error);
  }
  if (state.link && !server.belongs(state.link)) return show('mismatch', false);
  const now = Date.now();
  if (now < Date.parse(state.manifest.opens)) return show('early', false);
  if (now > Date.parse(state.manifest.closes)) return show('closed', false);
  const draft = loadDraft(server.round);
  if (draft && (!state.link || draft.ticket.place === placeOf(state.link))) Object.assign(state, draft);
  show('landing', false);
}

watch(() => step);
open();
