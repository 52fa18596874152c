// The page's own texts in both languages, as the server keeps them.
const texts = JSON.parse(document.getElementById('texts').textContent);
let language = (navigator.language || 'de').startsWith('de') ? 'de' : 'en';

export const current = () => language;
export const other = () => (language === 'de' ? 'en' : 'de');

export function speak(l) {
  language = l === 'en' ? 'en' : 'de';
  document.documentElement.lang = language;
}

// t gives a text with its places filled; n chooses the plural form.
export function t(key, values = {}) {
  let text = key.split('.').reduce((at, part) => at[part], texts[language]);
  if (typeof text === 'object') text = values.n === 1 ? text.one : text.other;
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

// own gives a text of the manifest.
export const own = (text) => text[language];

// zoned sets where the organisation is: a day is told as it is there.
let zone;
export function zoned(name) { zone = name; }

// Places and times read as one word each; English is the British one everywhere.
const written = (iso, form) => new Intl.DateTimeFormat(language === 'de' ? 'de' : 'en-GB', form).format(new Date(iso)).replace(/ /g, '\u00a0');
export const date = (iso) => written(iso, { day: 'numeric', month: 'long', timeZone: iso.length > 10 ? zone : 'UTC' });
export const clock = (iso) => written(iso, { hour: 'numeric', minute: '2-digit', timeZone: zone });

// list joins words as the language does; the oldest browsers join them with commas.
export const list = (words) => (Intl.ListFormat ? new Intl.ListFormat(language === 'de' ? 'de' : 'en-GB').format(words) : words.join(', '));

// duration tells seconds: below 50 rounded up to 10, from then on whole minutes.
export function duration(seconds) {
  return seconds < 50 ? t('about.seconds', { n: Math.ceil(seconds / 10) * 10 }) : t('about.minutes', { n: Math.ceil(seconds / 60) });
}
