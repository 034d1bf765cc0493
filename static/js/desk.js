// The moderation desk by keyboard: keys press what stands on the page, the claim is kept while a note is open, and
// the preview shows what the child will read. Without this script the same forms do the same.
(function () {
  "use strict";

  var RENEW_EVERY = 4 * 60 * 1000;
  var panels = all("[data-panel]");

  function all(selector, inside) {
    return Array.prototype.slice.call((inside || document).querySelectorAll(selector));
  }

  // A claim: told once when the note is shown, and again while somebody looks at it.
  function keepClaim(form) {
    function tell() {
      if (document.hidden) { return; }
      var body = new FormData(form);
      body.append("quiet", "1");
      fetch(form.action, {method: "POST", body: body, credentials: "same-origin"}).then(function (answer) {
        if (answer.status === 204) {
          all("[data-mine]", form).forEach(function (mark) { mark.hidden = false; });
          all("[data-take]", form).forEach(function (button) { button.hidden = true; });
        } else if (answer.status === 409 || answer.status === 404) {
          form.hidden = true;
          all("[data-taken]").forEach(function (note) { note.hidden = false; });
        }
      }).catch(function () { /* offline: the claim lapses, deciding still checks */ });
    }
    tell();
    window.setInterval(tell, RENEW_EVERY);
    document.addEventListener("visibilitychange", tell);
  }

  // The preview: the words of the chosen reason, one's own sentence, and how it goes on.
  function preview(form) {
    var shown = document.querySelector("[data-preview]");
    var about = document.querySelector("[data-preview-for]");
    var before = shown && [shown.textContent, about.textContent];
    var own = form.querySelector("input[name=words]");
    var isBeside = window.matchMedia("(min-width:47.5em)"); // where the stylesheet puts the preview beside the note
    function show() {
      var chosen = form.querySelector("input[type=radio]:checked");
      all("[data-words]", form).forEach(function (words) {
        words.hidden = isBeside.matches || !chosen || words.parentNode.htmlFor !== chosen.id;
      });
      if (shown && chosen && form.closest("details").open) {
        var label = chosen.parentNode.querySelector("label");
        var words = label.querySelector("[data-words]").textContent;
        shown.textContent = [words, own.value.trim(), form.getAttribute("data-next")].filter(Boolean).join("\n");
        about.textContent = form.getAttribute("data-for").replace("%(reason)s", label.firstChild.textContent);
      } else if (shown && !panels.some(function (panel) { return panel.open; })) {
        shown.textContent = before[0];
        about.textContent = before[1];
      }
    }
    form.addEventListener("input", show);
    form.addEventListener("change", show);
    form.closest("details").addEventListener("toggle", show);
    show();
  }

  function open(panel) {
    panels.forEach(function (other) { if (other !== panel) { other.open = false; } });
    panel.open = true;
    var first = panel.querySelector("input[type=radio]:checked") || panel.querySelector("input[type=radio]");
    if (first) { // the child's words stay in sight as far as they can
      first.focus({preventScroll: true});
      first.parentNode.scrollIntoView({block: "nearest"});
    }
  }

  function press(target) {
    if (target.tagName !== "SUMMARY") {
      var tick = target.form && target.form.querySelector("input[type=checkbox]");
      if (tick && !tick.checked) { tick.focus(); } else { target.click(); }
    } else if (target.parentNode.open) {
      target.parentNode.open = false;
      target.focus();
    } else if (target.parentNode.hasAttribute("data-panel")) {
      open(target.parentNode);
    } else {
      target.parentNode.open = true;
      target.focus();
      target.parentNode.scrollIntoView({block: "nearest"});
    }
  }

  function move(by) {
    var links = all("[data-queue]");
    var at = links.indexOf(document.activeElement);
    if (at < 0) { at = links.findIndex(function (link) { return link.hasAttribute("aria-current"); }); }
    var next = links[Math.min(links.length - 1, Math.max(0, at + by))];
    if (next) { next.focus(); }
  }

  function isTyping(target) {
    if (target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT") { return true; }
    return target.tagName === "INPUT" && ["radio", "checkbox", "submit", "button"].indexOf(target.type) < 0;
  }

  function switchedOff() {
    try { return window.localStorage.getItem("desk-keys") === "off"; } catch (problem) { return false; }
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    var openPanel = panels.filter(function (panel) { return panel.open; })[0];
    if (event.key === "Escape" && openPanel) {
      openPanel.open = false;
      openPanel.querySelector("summary").focus();
      return;
    }
    if (event.repeat || isTyping(event.target) || switchedOff()) { return; }
    var inQueue = event.target.hasAttribute && event.target.hasAttribute("data-queue");
    var steps = {j: 1, k: -1, ArrowDown: inQueue ? 1 : 0, ArrowUp: inQueue ? -1 : 0};
    var by = steps[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    var target = /^[0-9?]$/.test(event.key) && document.querySelector('[data-key="' + event.key + '"]');
    if (target && !(event.key === "1" && openPanel)) { // a reason is being chosen: 1 must not publish
      event.preventDefault();
      press(target);
    } else if (by) {
      event.preventDefault();
      move(by);
    }
  }

  // One key may be too easy to hit (WCAG 2.1.4): they can be switched off on this computer.
  function keySwitch(place) {
    var button = place.querySelector("button");
    function show() {
      button.textContent = button.getAttribute(switchedOff() ? "data-off" : "data-on");
      button.setAttribute("aria-pressed", String(!switchedOff()));
    }
    button.addEventListener("click", function () {
      try { window.localStorage.setItem("desk-keys", switchedOff() ? "on" : "off"); } catch (problem) { return; }
      show();
    });
    place.hidden = false;
    show();
  }

  all("[data-claim]").forEach(keepClaim);
  all("[data-panel] form").forEach(preview);
  all("[data-key-switch]").forEach(keySwitch);
  document.addEventListener("keydown", onKey);
}());
