// Two minutes before an unused session ends, asks whether somebody is still there; one press keeps the session.
(function () {
  "use strict";
  var box = document.querySelector("[data-stay]");
  if (!box || !window.fetch) { return; }
  var warnAfter = (Number(box.getAttribute("data-stay")) - 120) * 1000;
  var timer;

  function watch() {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { box.hidden = false; }, warnAfter);
  }

  box.querySelector("button").addEventListener("click", function () {
    var token = new URLSearchParams({ csrf_token: box.getAttribute("data-stay-token") });
    fetch(box.getAttribute("data-stay-url"), { method: "POST", body: token, credentials: "same-origin" })
      .then(function (answer) {
        if (answer.status !== 204) { window.location.reload(); return; }
        box.hidden = true;
        watch();
      })
      .catch(function () { box.hidden = false; });
  });
  watch();
}());
