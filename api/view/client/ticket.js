// The cryptography of a ticket: VOPRF of RFC 9497 (mode 0x01, ristretto255-SHA512).
// Nothing here talks to the network or remembers anything.
import './oldest.js';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';

export const voprf = ristretto255_oprf.voprf;
const label = 'pulscheck/ticket/v1';

export function encode(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function decode(text) {
  if (!/^[\w-]*$/.test(text)) throw new Error('not base64url');
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
}

// fingerprint of the manifest's bytes as they came.
export const fingerprint = (bytes) => sha256(bytes);

// printed is how people compare a fingerprint: 1a2b 3c4d 5e6f 7081, as in mails and reports.
export const printed = (print) => [...print.slice(0, 8)].map((b, i) => (i && i % 2 === 0 ? ' ' : '') + b.toString(16).padStart(2, '0')).join('');

// ticketInput is label, round and nonce, separated by zero bytes.
export function ticketInput(round, nonce) {
  const head = new TextEncoder().encode(`${label}\0${round}\0`);
  const input = new Uint8Array(head.length + nonce.length);
  input.set(head);
  input.set(nonce, head.length);
  return input;
}

// ticketHash is the name of a spent ticket in the list of counted ones, hexadecimal.
export function ticketHash(round, nonce) {
  const input = ticketInput(round, nonce);
  const head = new TextEncoder().encode('pulscheck/spent/v1');
  const all = new Uint8Array(head.length + input.length);
  all.set(head);
  all.set(input, head.length);
  return Array.from(sha256(all), (b) => b.toString(16).padStart(2, '0')).join('');
}

// newClaim draws nonce and blind: what has to be kept until the ticket is finished.
export function newClaim(round) {
  const nonce = crypto.getRandomValues(new Uint8Array(32));
  const { blind, blinded } = voprf.blind(ticketInput(round, nonce));
  return { nonce, blind, blinded };
}

// finishClaim checks the proof against the manifest's key and throws if the server
// used another one: that would tag this respondent.
export function finishClaim(round, claim, issuerKey, evaluated, proof) {
  const input = ticketInput(round, claim.nonce);
  const output = voprf.finalize(input, claim.blind, evaluated, claim.blinded, issuerKey, proof);
  return { nonce: claim.nonce, output };
}
