// The code behind "#" goes into the field and out of the address bar; it is sent only by
// the button, in the body of the form. Without this script it is typed.
(function () {
  'use strict';
  var code = /^#([0-9A-Za-z-]{26,40})$/.exec(location.hash);
  if (location.hash) history.replaceState(null, '', location.pathname);
  if (!code) return;
  ['de', 'en'].forEach(function (l) { document.getElementById('code-' + l).value = code[1]; });
  var mine = (navigator.language || 'de').slice(0, 2) === 'en' ? 'en' : 'de';
  document.querySelector('form[lang=' + mine + '] button').focus();
})();
