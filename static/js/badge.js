// A badge's square opens this page with the secret behind "#": it is taken out of the address and sent.
// The pictures are tapped without a new page each; without scripts every tap is a form that is sent.
(function () {
  "use strict";

  function readAddress() {
    var form = document.getElementById("badge-form");
    var secret = location.hash.slice(1);
    if (!form || !/^[A-Za-z0-9_-]{22}$/.test(secret)) { return; }
    history.replaceState(null, "", location.pathname + location.search);
    form.elements.badge_code.value = secret;
    form.submit();
  }

  function tapPictures(form) {
    var size = Number(form.dataset.pictures);
    var stops = form.querySelectorAll(".picked li");
    var back = form.querySelector("button[name=back]");
    var status = form.querySelector("[data-words]");

    function chosen() { return form.querySelectorAll("input[name=picture]"); }

    function show() {
      var count = chosen().length;
      stops.forEach(function (stop, place) {
        stop.classList.toggle("on", place < count);
        stop.firstElementChild.hidden = place >= count;
      });
      back.hidden = count === 0;
      status.textContent = status.dataset.words.replace("#", count);
    }

    function add(key) {
      var known = Array.from(chosen()).some(function (one) { return one.value === key; });
      if (known || chosen().length >= size) { return; }
      var input = document.createElement("input");
      input.type = "hidden";
      input.name = "picture";
      input.value = key;
      form.insertBefore(input, stops[0].parentNode);
      show();
      if (chosen().length === size) { form.submit(); }
    }

    form.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button) { return; }
      event.preventDefault();
      if (button === back) {
        var all = chosen();
        form.removeChild(all[all.length - 1]);
        show();
      } else {
        add(button.value);
      }
    });
  }

  readAddress();
  window.addEventListener("hashchange", readAddress);
  document.querySelectorAll("form[data-pictures]").forEach(tapPictures);
}());
