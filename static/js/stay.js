// Keeps a session while somebody writes, asks two minutes before it ends for want of use, and tidies up at signing out.
(function () {
  "use strict";

  // The next child on this tablet must not find unsent words in the browser; the server keeps them for their author.
  document.querySelectorAll("form[action$='/sign-out'], form[action$='/not-me']").forEach(function (form) {
    form.addEventListener("submit", function () {
      try {
        Object.keys(window.localStorage).forEach(function (key) {
          if (key.indexOf("draft:") === 0) { window.localStorage.removeItem(key); }
        });
      } catch (problem) { /* a browser without storage has nothing to forget */ }
    });
  });

  var box = document.querySelector("[data-stay]");
  if (!box || !window.fetch) { return; }
  var button = box.querySelector("button");
  var page = document.querySelector("main > .inside") || document.body;
  var warnAfter = (Number(box.getAttribute("data-stay")) - 120) * 1000;
  var keepEvery = 5 * 60 * 1000;
  var kept = Date.now();
  var timer;

  function watch() {
    window.clearTimeout(timer);
    timer = window.setTimeout(warn, warnAfter);
  }

  function warn() {
    page.insertBefore(box, page.firstChild);
    box.hidden = false;
    box.scrollIntoView({ block: "center" });
    button.focus();
  }

  function keep() {
    kept = Date.now();
    var token = new URLSearchParams({ csrf_token: box.getAttribute("data-stay-token") });
    return fetch(box.getAttribute("data-stay-url"), { method: "POST", body: token, credentials: "same-origin" })
      .then(function (answer) {
        if (answer.status !== 204) { return false; }
        box.hidden = true;
        watch();
        return true;
      })
      .catch(function () { return false; });
  }

  button.addEventListener("click", function () {
    // An ended session leads to the sign-in; steps that were saved are still there afterwards.
    keep().then(function (stays) { if (!stays) { window.location.reload(); } });
  });
  document.addEventListener("input", function () {
    if (Date.now() - kept > keepEvery) { keep(); }
  });
  watch();
}());
