// Elements are made from text only, never from HTML: nothing that somebody typed or
// named can become markup.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((c) => c != null && c !== false));
  return element;
}

const ns = 'http://www.w3.org/2000/svg';

function picture(name, box, d) {
  const svg = document.createElementNS(ns, 'svg');
  const path = document.createElementNS(ns, 'path');
  svg.setAttribute('viewBox', box);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', name);
  path.setAttribute('d', d);
  svg.append(path);
  return svg;
}

export const lock = () => picture('lock', '0 0 16 16', 'M4 7V5a4 4 0 0 1 8 0v2h1v8H3V7Zm2 0h4V5a2 2 0 0 0-4 0Z');
export const arrow = () => picture('arrow', '0 0 18 12', 'M1 6h15M11 1l5 5-5 5');

export const button = (text, onclick, kind = 'primary') => h('button', { type: 'button', class: kind, onclick }, text);

// say has a screen reader tell something once, without moving the focus.
export function say(text) {
  document.getElementById('say').textContent = text;
}

// working tells that the main button was pressed, or that it may be again; it keeps
// the focus.
export function working(text, on = true) {
  const main = document.querySelector('.bar .primary');
  if (!main) return;
  main.textContent = text;
  if (on) main.setAttribute('aria-disabled', 'true');
  else main.removeAttribute('aria-disabled');
}
