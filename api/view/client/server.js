// Every request to the server. None carries a cookie, a referrer or an id of its own.
import { kiosk } from './kiosk.js';
import { decode, encode, fingerprint, finishClaim, newClaim } from './ticket.js';

export class Refusal extends Error {
  constructor(code, reference) {
    super(code);
    this.code = code;
    this.reference = reference; // under which the log has it; null = it has not
  }
}

export class Server {
  constructor(round) {
    this.round = round;
    this.base = `/api/v1/rounds/${encodeURIComponent(round)}`;
    this.claims = {}; // by place, for devices that may not keep them
  }

  async request(path, body) {
    const reply = await fetch(this.base + path, {
      method: body ? 'POST' : 'GET',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    });
    if (reply.ok) return reply;
    const problem = await reply.json().catch(() => ({}));
    throw new Refusal(problem.code ?? 'internal', reply.headers.get('x-reference'));
  }

  // manifest reads what everybody sees and remembers its fingerprint.
  async manifest() {
    const bytes = new Uint8Array(await (await this.request('/manifest')).arrayBuffer());
    this.fingerprint = fingerprint(bytes);
    const manifest = JSON.parse(new TextDecoder().decode(bytes));
    this.issuerKey = decode(manifest.issuer_key);
    return manifest;
  }

  // board reads what stands beside the questions. Nothing depends on it, so nobody waits
  // for it long.
  async board() {
    const late = new Promise((done) => { setTimeout(done, 2000); });
    try {
      return (await (await Promise.race([this.request('/board'), late]))?.json()) ?? null;
    } catch {
      return null;
    }
  }

  // outside says whether a round is "early" or "closed". A device whose clock is wrong
  // must shut nobody out, so the server's clock has the last word.
  async outside({ opens, closes }) {
    const at = (now) => (now < Date.parse(opens) ? 'early' : now > Date.parse(closes) ? 'closed' : '');
    if (!at(Date.now())) return '';
    const reply = await fetch(this.base + '/manifest', { method: 'HEAD', cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
    return at(Date.parse(reply.headers.get('date')) || Date.now());
  }

  // belongs says whether the link was written for this very manifest.
  belongs(link) {
    return encode(this.fingerprint.slice(0, 8)) === link.fingerprint;
  }

  async invitation({ handle, secret }) {
    return (await this.request('/invitation', { handle, secret })).json();
  }

  // ticket takes the ticket of a link. The claim is saved before it is sent, so that
  // a closed tab costs nobody the answer: the same request gives the same ticket.
  async ticket({ handle, secret }) {
    const place = placeOf({ handle });
    const claim = this.claims[place] ??= load(place) ?? newClaim(this.round);
    save(place, claim);
    const reply = await this.request('/tickets', { handle, secret, blinded: encode(claim.blinded) });
    const { evaluated, proof } = await reply.json();
    const ticket = finishClaim(this.round, claim, this.issuerKey, decode(evaluated), decode(proof));
    return { nonce: encode(ticket.nonce), output: encode(ticket.output), place };
  }

  async cast({ nonce, output, place }, ballot) {
    await this.request('/ballots', { ticket: { nonce, output }, ...ballot });
    remove(place);
  }
}

// placeOf names where the claim of a link is kept, without telling the handle.
export const placeOf = ({ handle }) => 'pulscheck.' + encode(fingerprint(decode(handle)));

// Storage may be forbidden; then the ticket lives as long as the tab.
function load(place) {
  try {
    const saved = JSON.parse(localStorage.getItem(place));
    return saved && Object.fromEntries(Object.entries(saved).map(([name, text]) => [name, decode(text)]));
  } catch {
    return null;
  }
}

function save(place, claim) {
  if (kiosk) return;
  try {
    localStorage.setItem(place, JSON.stringify(Object.fromEntries(Object.entries(claim).map(([name, b]) => [name, encode(b)]))));
  } catch { /* memory only */ }
}

function remove(place) {
  try {
    localStorage.removeItem(place);
  } catch { /* nothing was saved */ }
}

// parseLink reads handle, secret and fingerprint from a personal link or its end, with or
// without the gaps that paper tickets print.
export function parseLink(text) {
  const found = /(?:^|#)([\w-]{22})\.([\w-]{22})\.([\w-]{11})$/.exec(text.replace(/\s/g, ''));
  return found && { handle: found[1], secret: found[2], fingerprint: found[3] };
}
