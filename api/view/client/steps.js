// The way through the survey: which step comes next, and what is kept between them.
// Answers live in this tab only, until they are sent once.
import { h, say, working } from './dom.js';
import { dropDraft, loadDraft, saveDraft } from './draft.js';
import { kiosk, thanked, watch } from './kiosk.js';
import * as screens from './screens.js';
import { Server, parseLink, placeOf, Refusal } from './server.js';
import { decode, printed, ticketHash } from './ticket.js';
import { own, speak, current, t, zoned } from './texts.js';

const root = document.getElementById('app');
const server = new Server(root.dataset.round);
const state = {
  manifest: null, board: null, failure: '', fingerprint: '', link: null, ticket: null, attributes: { process: null, role: null, unit: null },
  answers: {}, text: '', kind: null, problem: null, prefilled: false, reached: false, checkCode: '',
  process() { return this.manifest.processes.find((p) => p.key === this.attributes.process); },
  processName() { return this.process() ? own(this.process().name) : ''; },
  wording(item) { return own(item.text).replaceAll('{process}', this.processName()); },
};
const endings = {
  'invitation-invalid': 'invalid', 'ticket-invalid': 'invalid', 'not-found': 'invalid', 'ticket-already-issued': 'used', 'ticket-used': 'used',
  'round-closed': 'closed', 'round-not-open': 'early',
};
const pauses = [5, 15, 45];
let step = 'landing';
let tries = 0;
let timer = 0;
let busy = false; // a request is on its way
let changing = false; // one answer, from the review

function order() {
  const q = state.manifest.questionnaire;
  return ['landing', 'attributes', ...q.items.map((_, i) => 'q' + (i + 1)), ...(q.text_max > 0 ? ['comment'] : []), 'review'];
}

function draw(focus = true) {
  const number = /^q(\d+)$/.exec(step);
  const content = number ? screens.question(state, go, number[1] - 1) : (screens[step] ?? screens.notice)(state, go, step);
  root.replaceChildren(screens.header(state, () => draw(false)), h('main', { id: 'main' }, ...content), screens.footer(state, step));
  root.dataset.step = step;
  const title = root.querySelector('h1')?.textContent ?? '';
  const where = number ? t('question.number', { i: number[1], total: state.manifest.questionnaire.items.length }) : title;
  document.title = (state.problem ? t('error.prefix') : '') + where + (state.manifest ? ' – ' + own(state.manifest.title) : '');
  stick();
  if (focus) (root.querySelector('[role=alert]') ?? root.querySelector('h1'))?.focus();
}

// stick keeps the buttons in sight where they leave room enough for the question.
function stick() {
  const foot = root.querySelector('.foot');
  root.classList.toggle('stuck', innerHeight >= 640 && foot?.offsetHeight < innerHeight / 5);
}

function show(name, remember = true) {
  step = name;
  say('');
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
  state.failure = error.reference ?? error.code ?? 'offline';
  if (!(error instanceof Refusal)) return show('failed', false);
  show(endings[error.code] ?? 'failed', false);
}

const go = {
  to(name) { state.problem = null; show(name); },
  change(name) { changing = true; go.to(name); },
  again: open,
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
    if (busy) return undefined;
    busy = true;
    working(t('intro.loading'));
    try {
      const { locale, ...attributes } = await server.invitation(state.link);
      state.ticket = await server.ticket(state.link);
      state.link = { ...state.link, secret: '' }; // it has done its work
      Object.assign(state.attributes, attributes);
      state.prefilled = Boolean(attributes.process);
      if (locale && locale !== current() ) speak(locale);
      go.to('attributes');
    } catch (error) {
      end(error);
    } finally {
      busy = false;
    }
    return undefined;
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
    const over = [...written()].length - max;
    if (step === 'comment' && over > 0) return fail('text', t('comment.too-long', { n: over, max }));
    const all = order();
    go.to(changing ? 'review' : all[all.indexOf(step) + 1]);
    changing = false;
    return undefined;
  },

  async send() {
    clearInterval(timer);
    if (busy) return undefined;
    if (Object.keys(state.answers).length === 0) return fail('review', t('review.nothing'));
    busy = true;
    say('');
    working(t('review.sending'));
    try {
      await server.cast(state.ticket, ballot());
    } catch (error) {
      busy = false;
      return refused(error);
    }
    busy = false;
    state.checkCode = ticketHash(server.round, decode(state.ticket.nonce));
    state.ticket = null;
    dropDraft(server.round);
    thanked();
    state.answers = {};
    state.text = '';
    show('done', false);
    return history.replaceState({ step: 'done' }, '', location.pathname + location.search);
  },
};

// written is the comment as it is sent: without the invisible characters that no
// server takes.
function written() {
  return state.text.replace(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, '').trim().normalize('NFC');
}

function ballot() {
  const text = written();
  return { attributes: state.attributes, answers: state.answers, ...(text ? { text } : {}), ...(text && state.kind ? { text_kind: state.kind } : {}) };
}

function refused(error) {
  state.reached = error instanceof Refusal;
  if (state.reached && endings[error.code]) return end(error);
  return unsent();
}

// unsent waits 5, 15, 45 s and tries again; the same ticket makes that harmless. The
// page stays as it is meanwhile, so that the focus stays and nothing is told twice.
function unsent() {
  if (step !== 'unsent') show('unsent', false);
  else {
    working(t('unsent.again'), false);
    say(t('unsent.heading'));
  }
  let wait = pauses[tries++] ?? 0;
  const count = () => { document.getElementById('wait').textContent = wait ? t('unsent.wait', { n: wait }) : ''; };
  count();
  if (!wait) return;
  timer = setInterval(() => {
    wait -= 1;
    if (wait > 0) return count();
    return go.send();
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
  changing = false;
  show(before === 'link' && state.ticket ? 'attributes' : before, false);
});
addEventListener('resize', stick);

// open reads what everybody sees; it can be asked again after a failure.
async function open() {
  try {
    const board = server.board();
    state.manifest = await server.manifest();
    zoned(state.manifest.zone);
    state.board = await board;
    state.fingerprint = printed(server.fingerprint);
    if (state.link && !server.belongs(state.link)) return show('mismatch', false);
    const outside = await server.outside(state.manifest);
    if (outside) return show(outside, false);
  } catch (error) {
    return end(error);
  }
  const draft = loadDraft(server.round);
  if (draft && (!state.link || draft.ticket.place === placeOf(state.link))) Object.assign(state, draft);
  return show('landing', false);
}

if (document.documentElement.dataset.script !== 'old') { // see static/js/fallback.js
  state.link = parseLink(location.hash);
  history.replaceState({ step: 'landing' }, '', location.pathname + location.search); // the secret leaves the address bar
  speak(current());
  watch(() => step);
  open();
}
