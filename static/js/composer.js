// The composer keeps what is being typed: on this device at once, on the server every 20 seconds. What the server has
// is removed here; signing out (stay.js) removes everything, because tablets are shared. Without this script each button saves.
(function () {
  "use strict";
  var PREFIX = "draft:";
  var SENT = "draft-sent";
  var EVERY = 20000;

  function store(action) { // private windows may refuse to keep anything
    try { return action(window.localStorage); } catch (problem) { return null; }
  }

  function forget(prefix) {
    store(function (kept) {
      Object.keys(kept).forEach(function (key) { if (key.indexOf(prefix) === 0) { kept.removeItem(key); } });
    });
  }

  // A step whose form went through: the next page is here, so the server has its words.
  function forgetStepBefore(current) {
    var before = store(function (kept) { return kept.getItem(SENT); });
    if (before && before !== current) {
      forget(before);
      store(function (kept) { kept.removeItem(SENT); });
    }
  }

  document.querySelectorAll("[data-sent]").forEach(function (mark) { forget(PREFIX + mark.dataset.draft + ":"); });

  var form = document.querySelector("form[data-saving]");
  if (!form) { forgetStepBefore(null); return; }

  var field = form.elements[form.dataset.field];
  var told = form.querySelector(".saved span");
  var count = form.querySelector("[data-count]");
  var key = PREFIX + form.dataset.draft + ":" + form.dataset.field;
  var onServer = field.value;
  var saving = false;

  function keepHere() {
    store(function (kept) {
      if (field.value === onServer) { kept.removeItem(key); } else { kept.setItem(key, field.value); }
    });
  }

  function showCount() {
    var most = Number(field.dataset.most || 0);
    if (!count || !most) { return; }
    count.hidden = false;
    count.textContent = Array.from(field.value).length + " / " + most;
  }

  function save() {
    if (saving || field.value === onServer) { return; }
    var words = field.value;
    var body = new URLSearchParams();
    body.set("csrf_token", form.elements.csrf_token.value);
    body.set(form.dataset.field, words);
    saving = true;
    fetch(form.dataset.saving, { method: "POST", body: body, credentials: "same-origin", redirect: "error", keepalive: true })
      .then(function (answer) {
        if (!answer.ok) { throw new Error(String(answer.status)); }
        return answer.text();
      })
      .then(function (sentence) {
        onServer = words;
        told.textContent = sentence;
        keepHere();
      })
      .catch(function () { told.textContent = form.dataset.keptWords; })
      .then(function () { saving = false; });
  }

  forgetStepBefore(key);
  var keptHere = store(function (kept) { return kept.getItem(key); });
  if (keptHere !== null && keptHere !== field.value) {
    field.value = keptHere;
    told.textContent = form.dataset.foundWords;
    save();
  }
  showCount();

  field.addEventListener("input", function () { keepHere(); showCount(); });
  form.addEventListener("submit", function () { store(function (kept) { kept.setItem(SENT, key); }); });
  document.addEventListener("visibilitychange", function () { if (document.hidden) { save(); } });
  window.setInterval(save, EVERY);
}());
