// What was answered survives a reload of the tab, never on a shared device. It is gone
// once it was sent, and with the tab.
import { kiosk } from './kiosk.js';

const place = (round) => 'pulscheck.draft.' + round;

export function saveDraft(round, state) {
  if (kiosk || !state.ticket) return;
  const { ticket: { nonce, output, place: claim }, attributes, prefilled, answers, text, kind } = state;
  try {
    sessionStorage.setItem(place(round), JSON.stringify({ ticket: { nonce, output, place: claim }, attributes, prefilled, answers, text, kind }));
  } catch { /* memory only */ }
}

export function loadDraft(round) {
  try {
    return kiosk ? null : JSON.parse(sessionStorage.getItem(place(round)));
  } catch {
    return null;
  }
}

export function dropDraft(round) {
  try {
    sessionStorage.removeItem(place(round));
  } catch { /* nothing was saved */ }
}
