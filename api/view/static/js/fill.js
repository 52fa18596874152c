// For browsers without modules: puts the personal link into the forms without script.
(function () {
  if (!/^#[\w-]+\.[\w-]+\.[\w-]+$/.test(location.hash)) return;
  var link = location.href;
  document.addEventListener('DOMContentLoaded', function () {
    var fields = document.getElementsByName('link');
    for (var i = 0; i < fields.length; i++) fields[i].value = link;
  });
})();
