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

export const date = (iso) => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(new Date(iso));
export const clock = (iso) => new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }).format(new Date(iso));

// duration tells seconds: below 50 rounded up to 10, from then on whole minutes.
export function duration(seconds) {
  const de = language === 'de';
  if (seconds < 50) return `${de ? 'etwa' : 'about'} ${Math.ceil(seconds / 10) * 10} ${de ? 'Sekunden' : 'seconds'}`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes === 1) return de ? 'etwa eine Minute' : 'about one minute';
  return de ? `etwa ${minutes} Minuten` : `about ${minutes} minutes`;
}
