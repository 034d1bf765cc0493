// The quick way out of a page of help: the next page takes its place, so that "back" does not return to it.
// Without scripts the link simply leads away.
(function () {
  "use strict";
  document.querySelectorAll("[data-quick-exit]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      window.location.replace(link.href);
    });
  });
}());
