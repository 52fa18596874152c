// What stands beside the questions: where support is found, and what came of what was
// said before. Everybody gets the same; the page picks for its reader.
import { h } from './dom.js';
import { kiosk } from './kiosk.js';
import { current, date, own, t } from './texts.js';

const nameOf = (list, key) => { const found = list.find((one) => one.key === key); return found ? own(found.name) : ''; };

// offers lists the support for the reader's process and role, all of it before those are
// known.
export function offers(state) {
  const { manifest: m, attributes: { process, role } } = state;
  const fits = (o) => !process || ((!o.process || o.process === process) && (!o.role || !role || o.role === role));
  const mine = (state.board?.offers ?? []).filter(fits);
  if (mine.length === 0) return null;
  const line = (o) => {
    const whom = [process ? '' : nameOf(m.processes, o.process), nameOf(m.roles, o.role)].filter(Boolean).join(', ');
    const what = [o.who, own(o.when), own(o.where)].filter(Boolean).join(' · ');
    return h('li', {}, whom && h('strong', {}, whom + ': '), what);
  };
  return h('details', { open: state.checkCode ? true : null }, h('summary', {}, t('support.summary')), h('ul', {}, ...mine.map(line)));
}

// besides tells what was done since last time, nothing in the first iteration.
export function besides(state) {
  const pairs = state.board?.pairs ?? [];
  const what = (p) => {
    const key = { done: p.day ? 'did-since' : 'did', working: own(p.did) ? 'working-on' : 'working', not_yet: 'not-yet' }[p.status];
    return t('since.' + key, { did: own(p.did), date: p.day && date(p.day) });
  };
  if (pairs.length === 0) return [];
  return [h('h2', {}, t('since.heading')), h('ul', { class: 'pairs' },
    ...pairs.map((p) => h('li', {}, h('p', {}, t('since.said', { said: own(p.said) })), h('p', {}, what(p)))))];
}

// ends says until when there is an answer to this round.
export const ends = (state) => (state.board ? ' ' + t('since.ends', { date: date(state.board.ends) }) : null);

// ways lead to the open door and to the public page of the programme. A shared device
// stays on the survey.
export function ways({ manifest, board }) {
  if (kiosk || !manifest) return [];
  const to = (href, text) => h('p', {}, h('a', { href }, text));
  return [to('/d/' + manifest.round, t('door.ask')), board && to(`/p/${board.programme}${current() === 'en' ? '?lang=en' : ''}`, t('door.page'))];
}
