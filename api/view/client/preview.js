// Stands in for server.js and draft.js where a survey is tried out before it opens: it asks
// no server and keeps nothing, so an answer given here ends with the page.
export class Refusal extends Error {}

export class Server {
  constructor(round) {
    this.round = round;
    this.fingerprint = new Uint8Array(8); // there is none before a round opens
  }

  async manifest() {
    this.shown = JSON.parse(document.getElementById('preview').textContent);
    return this.shown;
  }

  async board() { return null; }

  async outside() { return ''; }

  belongs() { return true; }

  // invitation is that of somebody of the first process and role.
  async invitation() {
    const first = (list) => list[0]?.key ?? null;
    return { process: first(this.shown.processes), role: first(this.shown.roles), unit: first(this.shown.units), locale: null };
  }

  async ticket() { return { nonce: '', output: '', place: '' }; }

  async cast() { /* goes nowhere */ }
}

export const placeOf = () => '';
export const parseLink = () => ({ preview: true });
export const saveDraft = () => {};
export const loadDraft = () => null;
export const dropDraft = () => {};
