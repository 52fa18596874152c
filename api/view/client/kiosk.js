// A shared device: nothing is kept, and whoever walks away leaves nothing behind.
// After 40 s without a touch the page asks, after 60 s it starts blank.
import { button, h, say } from './dom.js';
import { t } from './texts.js';

export const kiosk = new URLSearchParams(location.search).has('kiosk');

const asksAfter = 40;
const wipesAfter = 60;
const thanksFor = 20;
let idle = 0;
let left = 0; // seconds until the page after the thanks starts again, 0 = not there

export function restart() {
  location.replace(location.pathname + location.search);
}

// thanked starts the countdown after an answer arrived.
export function thanked() {
  if (kiosk) left = thanksFor;
}

export function resets() {
  const line = h('p', { id: 'resets' }, t('kiosk.resets', { n: left }));
  return kiosk && [line, button(t('kiosk.more-time'), () => { left = thanksFor; count(); }, 'secondary')];
}

function count() {
  const line = document.getElementById('resets');
  if (line) line.textContent = t('kiosk.resets', { n: left });
  if (line && left % 10 === 9) say(line.textContent); // not every second
}

// ask shows the question over the page, or takes it away.
function ask(seconds) {
  const open = document.getElementById('idle');
  document.getElementById('app').inert = seconds !== null;
  if (seconds === null) return open?.remove();
  const text = t('kiosk.still-here-text', { n: seconds });
  if (open) {
    open.querySelector('p').textContent = text;
    return undefined;
  }
  const yes = button(t('kiosk.yes'), () => { idle = 0; ask(null); });
  document.body.append(h('div', { id: 'idle', role: 'alertdialog', 'aria-modal': 'true', 'aria-labelledby': 'idle-head', 'aria-describedby': 'idle-text' },
    h('div', {}, h('h2', { id: 'idle-head' }, t('kiosk.still-here')), h('p', { id: 'idle-text' }, text), yes)));
  return yes.focus();
}

function tick(step) {
  if (left > 0) {
    left -= 1;
    count();
    if (left === 0) restart();
    return;
  }
  if (step() === 'landing') { // blank already
    idle = 0;
    return;
  }
  idle += 1;
  if (idle >= wipesAfter) restart();
  else if (idle >= asksAfter) ask(wipesAfter - idle);
}

// watch counts the seconds without a touch; step tells where the page is.
export function watch(step) {
  if (!kiosk) return;
  document.documentElement.classList.add('kiosk');
  for (const event of ['pointerdown', 'keydown', 'input']) {
    addEventListener(event, () => {
      if (document.getElementById('idle')) return;
      idle = 0;
    });
  }
  setInterval(tick, 1000, step);
}
