// What each step shows. A screen is made from the state and the actions of steps.js.
import { arrow, button, h, lock, say } from './dom.js';
import { kiosk, resets, restart } from './kiosk.js';
import { besides, ends, offers, ways } from './board.js';
import { clock, current, date, duration, list, other, own, speak, t } from './texts.js';

const heading = (text) => h('h1', { tabindex: '-1' }, text);
const bar = (...buttons) => h('div', { class: 'bar' }, ...buttons);
const quiet = (...text) => h('p', { class: 'quiet' }, ...text);

// promises say what is kept and what is not, as far as this round asks for it.
function promises(m) {
  const kept = ['answers', 'process', m.roles.length > 0 && 'role', m.units.length > 0 && 'unit'].filter(Boolean);
  return [h('p', {}, t('intro.stored', { what: list(kept.map((k) => t('stored.' + k))) })), h('p', {}, t('intro.not-stored', { k: m.k }))];
}

// contact is whom to ask, in the words of the organisation.
const contact = (m) => (m?.contact ? t('contact', { contact: own(m.contact) }) : null);

export function header(state, redraw) {
  const m = state.manifest;
  const change = h('button', { type: 'button', class: 'link', lang: other(), onclick: () => { speak(other()); redraw(); } }, t('intro.language'));
  const again = kiosk && h('button', { type: 'button', class: 'link', onclick: restart }, t('kiosk.restart'));
  return h('header', {}, h('p', {}, h('strong', {}, m?.organisation ?? 'pulscheck'), m ? ` · ${own(m.title)}` : ''), h('div', {}, again, change));
}

// footer says whom to ask, and leads to what is public about the survey. A shared device
// stays on the survey.
export function footer({ manifest: m }, step) {
  const to = (href, name) => h('a', { href, target: '_blank', rel: 'noopener' }, t('links.' + name), h('span', { class: 'unseen' }, ' ' + t('links.window')));
  const asked = contact(m);
  return h('footer', {}, asked && h('p', {}, step === 'landing' ? t('intro.voluntary') + ' ' : '', asked),
    !kiosk && h('p', {}, m && to(`/r/${m.round}/privacy${current() === 'en' ? '?lang=en' : ''}`, 'privacy'), m && ' · ', to('/accessibility', 'accessibility')));
}

export function landing(state, go) {
  const m = state.manifest;
  const n = m.questionnaire.items.length;
  const facts = { questions: t('questions', { n }), time: duration(m.questionnaire.seconds), date: date(m.closes) };
  const soon = new Date(m.closes) - Date.now() < 30 * 60e3;
  const details = ['ticket', 'sealed', 'groups', 'visit', 'device', 'server', 'unanimous', 'style', 'link', 'list', 'kept', state.board?.audited && 'council'].filter(Boolean);
  return [
    heading(t('intro.heading')),
    quiet(t('intro.facts', facts)),
    soon && h('p', { class: 'note' }, t('ends-soon', { time: clock(m.closes) })),
    h('div', { class: 'promise' }, lock(), ...promises(m)),
    bar(button(t('intro.start'), go.start)),
    h('details', {}, h('summary', {}, t('intro.how-anonymous')), h('ul', {}, ...details.map((p) => h('li', {}, t('promise.' + p, { k: m.k })))),
      quiet(t('intro.fingerprint'), h('br'), h('code', {}, state.fingerprint), h('br'), t('intro.fingerprint-text'))),
    h('details', {}, h('summary', {}, t('intro.who-asks')), h('p', {}, t('intro.who-asks-text', { organisation: m.organisation }))),
    offers(state),
    !contact(m) && quiet(t('intro.voluntary')),
  ];
}

export function link(state, go) {
  const input = h('input', { id: 'link', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', ...wrong(state, 'link') });
  const submit = (event) => { event.preventDefault(); go.useLink(input.value); };
  return [
    heading(t('link.heading')), h('p', {}, t('link.explain')), problem(state, 'link'),
    h('form', { onsubmit: submit, novalidate: true }, h('label', { for: 'link' }, t('link.label')), input, bar(h('button', { class: 'primary' }, t('link.go')))),
  ];
}

export function attributes(state, go) {
  const m = state.manifest;
  const choose = (name, list, empty) => {
    const select = h('select', { id: name, ...wrong(state, name), onchange: () => { state.attributes[name] = select.value || null; } },
      h('option', { value: '' }, empty), ...list.map((c) => h('option', { value: c.key, selected: state.attributes[name] === c.key }, own(c.name))));
    return h('div', { class: 'field' }, h('label', { for: name }, t('attributes.' + name)), select);
  };
  return [
    heading(t('attributes.heading')), quiet(t(state.prefilled ? 'attributes.explain' : 'attributes.explain-paper')), problem(state, 'process'),
    choose('process', m.processes, t('attributes.choose')),
    m.roles.length > 0 && choose('role', m.roles, t('attributes.withhold')),
    m.units.length > 0 && choose('unit', m.units, t('attributes.withhold')),
    bar(button(t('question.back'), go.back, 'secondary'), button(t('question.next'), go.next)),
  ];
}

function progress(state, i, total) {
  const segments = Array.from({ length: total }, (_, at) => h('i', { class: at < i ? 'past' : at === i ? 'now' : '' }));
  const where = t('question.number', { i: i + 1, total });
  const end = where.indexOf(i + 1) + String(i + 1).length;
  const more = h('div', { class: 'note', id: 'anonymous', hidden: true }, ...promises(state.manifest));
  const anonymous = h('button', { type: 'button', class: 'link anonymous', 'aria-expanded': 'false', 'aria-controls': 'anonymous', onclick: () => {
    more.hidden = !more.hidden;
    anonymous.setAttribute('aria-expanded', String(!more.hidden));
  } }, lock(), t('question.anonymous'));
  return [
    h('div', { class: 'where' }, h('p', {}, h('strong', {}, where.slice(0, end)), where.slice(end)), anonymous),
    h('div', { class: 'progress', 'aria-hidden': 'true' }, ...segments), more,
  ];
}

export function question(state, go, i) {
  const { items, scales } = state.manifest.questionnaire;
  const item = items[i];
  const next = button('', go.next);
  const name = () => next.replaceChildren(...(item.key in state.answers ? [t('question.next'), arrow()] : [t('question.skip')]));
  const { lo, hi, labels } = scales[item.scale];
  const values = Array.from({ length: hi - lo + 1 }, (_, at) => lo + at);
  if (labels.CS) values.push('CS');
  const radios = values.map((value) => h('input', {
    type: 'radio', name: item.key, value, checked: state.answers[item.key] === value,
    onchange: () => { state.answers[item.key] = value; name(); go.keep(); },
  }));
  // While the focus is in the question, a digit chooses and Enter goes on: two keys.
  const keys = (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const radio = radios[event.key - 1];
    if (radio) {
      radio.focus();
      radio.click();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go.next();
    }
  };
  name();
  return [
    ...progress(state, i, items.length),
    h('fieldset', { onkeydown: keys }, h('legend', {}, h('span', { class: 'quiet' }, state.processName(), ' '), heading(state.wording(item))),
      ...values.map((v, at) => h('label', { class: v === 'CS' ? 'opt apart' : 'opt' }, radios[at], h('span', {}, own(labels[v]))))),
    h('div', { class: 'foot' }, bar(button(t('question.back'), go.back, 'secondary'), next),
      h('p', { class: 'small centre' }, `${t('question.voluntary')} ${t('question.left', { time: duration(6 * (items.length - i)) })}`),
      h('p', { class: 'small centre keys' }, t('question.keys', { n: values.length }))),
  ];
}

export function comment(state, go) {
  const max = state.manifest.questionnaire.text_max;
  const kinds = ['praise', 'obstacle', 'idea'].map((kind) => h('label', { class: 'chip' }, h('input', {
    type: 'radio', name: 'kind', value: kind, checked: state.kind === kind, onchange: () => { state.kind = kind; },
  }), h('span', {}, t('comment.' + kind))));
  const left = quiet();
  const area = h('textarea', { id: 'text', rows: '5', 'aria-describedby': 'hint', ...wrong(state, 'text'), oninput: () => { state.text = area.value; count(); go.keep(); } });
  let before = max;
  const count = () => {
    const n = max - [...area.value.trim().normalize('NFC')].length;
    left.textContent = n < 0 ? t('comment.too-long', { n: -n, max }) : t('comment.left', { n });
    left.className = n < 0 ? 'wrong' : 'quiet';
    if ([50, 0, -1].some((mark) => n <= mark && mark < before)) say(left.textContent); // also when much is pasted at once
    before = n;
  };
  area.value = state.text;
  count();
  return [
    quiet(t('comment.eyebrow')), heading(own(state.manifest.questionnaire.comment)), problem(state, 'text'),
    h('fieldset', {}, h('legend', {}, t('comment.kind')), h('div', { class: 'chips' }, ...kinds)),
    h('label', { for: 'text' }, t('comment.label')), area, h('p', { class: 'quiet', id: 'hint' }, t('comment.hint')), left,
    bar(button(t('question.back'), go.back, 'secondary'), button(t('question.next'), go.next)),
  ];
}

export function review(state, go) {
  const { items, scales } = state.manifest.questionnaire;
  const row = (item, i) => {
    const answer = state.answers[item.key];
    return h('li', {}, h('p', {}, state.wording(item)), h('div', {},
      h('strong', {}, answer === undefined ? t('review.none') : own(scales[item.scale].labels[answer])),
      h('button', { type: 'button', class: 'link', 'aria-label': `${t('review.change')}: ${t('question.number', { i: i + 1, total: items.length })}`, onclick: () => go.change('q' + (i + 1)) }, t('review.change'))));
  };
  const send = button(t('review.send'), go.send);
  const blank = items.filter((i) => !(i.key in state.answers)).length;
  return [
    heading(t('review.heading')), problem(state, 'review'),
    blank > 0 && blank < items.length && quiet(t('review.blank', { n: blank })),
    button(t('review.skip'), () => send.focus(), 'link skip'),
    h('ol', { class: 'review' }, ...items.map(row)),
    state.text.trim() && h('blockquote', {}, state.text.trim()),
    bar(button(t('question.back'), go.back, 'secondary'), send),
  ];
}

export function unsent(state, go) {
  return [heading(t('unsent.heading')), h('p', {}, t(state.reached ? 'unsent.busy' : 'unsent.offline'), ' ', t('unsent.kept')),
    h('p', { id: 'wait' }), bar(button(t('unsent.again'), go.send))];
}

export function done(state) {
  return [h('div', { class: 'thanks' }, heading(t('done.heading'))), ...besides(state), h('h2', {}, t('done.next')),
    h('p', {}, t('done.next-text', { date: date(state.manifest.closes) }), ends(state)), offers(state), ...ways(state), quiet(t('done.close')),
    ...(resets() || []),
    h('details', {}, h('summary', {}, t('check.summary')), h('p', {}, t('check.text')), h('p', {}, h('code', {}, state.checkCode)),
      h('p', {}, h('a', { href: `/api/v1/rounds/${state.manifest.round}/tickets.txt` }, t('check.list'))))];
}

// notice is the end of a way: used, closed, early, invalid, mismatch, failed. The two
// that can be mended lead on.
export function notice(state, go, name) {
  const m = state.manifest;
  const when = m && { date: date(name === 'early' ? m.opens : m.closes) };
  const ended = name === 'closed' && Date.now() < Date.parse(m.closes); // before its time: when, the manifest cannot know
  return [heading(t(ended ? 'closed.ended' : name + '.heading', when ?? {})), h('p', {}, t(name + '.explain')),
    name === 'failed' && quiet(t('failed.reference', { code: state.failure })),
    ...(name === 'used' ? besides(state) : []),
    ...(['used', 'closed'].includes(name) ? ways(state) : []),
    name === 'failed' && bar(button(t('failed.again'), go.again)),
    name === 'invalid' && m && bar(button(t('link.heading'), () => go.to('link')))];
}

function problem(state, place) {
  if (state.problem?.place !== place) return null;
  const field = () => document.getElementById(place);
  return h('div', { class: 'problem', role: 'alert', tabindex: '-1', id: 'problem' }, h('strong', {}, t('error.heading')),
    h('p', { id: 'problem-text' }, state.problem.text), ['link', 'process', 'text'].includes(place) && button(t('error.go'), () => field().focus(), 'link'));
}

// wrong marks the field that a problem speaks of.
const wrong = (state, place) => (state.problem?.place === place ? { 'aria-invalid': 'true', 'aria-describedby': 'problem-text hint' } : {});
