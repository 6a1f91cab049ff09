// Lines of a text by their numbers: one is chosen with a click, a range with Shift, and both with the
// keyboard. What is chosen is the fragment of the address, and can be copied as a citation that
// Lacuna reads, or as a link.
//
// As in `lacuna.js`, all that is added is made by `enhance(page)` from the page and the address.
(function () {
"use strict";
var NUMBER = "[data-lines] [id^=L]>a[href^='#L']";
var from = 0;

function make(tag, cls, text) {
  var el = document.createElement(tag);
  if (cls) el.className = cls;
  if (text) el.textContent = text;
  return el;
}
function chosen() {
  var m = /^#L(\d+)(?:-L?(\d+))?$/.exec(location.hash);
  if (!m) return null;
  var a = +m[1], b = +(m[2] || m[1]);
  return {first: Math.min(a, b), last: Math.max(a, b)};
}
function spelled(range, between) {
  return "L" + range.first + (range.last > range.first ? between + range.last : "");
}

function enhance(page) {
  var place = page.querySelector("[data-lines]");
  if (!place) return;
  if (place.hasAttribute("data-cite")) {
    var bar = make("div", "linebar");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Chosen lines");
    bar.hidden = true;
    bar.appendChild(make("output", "linebar-what"));
    [["cite", "Copy citation"], ["link", "Copy link"], ["none", "Clear"]].forEach(function (pair) {
      var button = make("button", "", pair[1]);
      button.type = "button";
      button.setAttribute("data-do", pair[0]);
      bar.appendChild(button);
    });
    place.appendChild(bar);
  }
  mark(page);
}
function mark(page) {
  var place = page.querySelector("[data-lines]"), range = chosen();
  if (!place) return;
  place.querySelectorAll(".hit").forEach(function (el) { el.classList.remove("hit"); });
  var last = 0;
  if (range) {
    for (var n = range.first; n <= range.last; n++) {
      var el = page.getElementById("L" + n);
      if (!el) break;
      el.classList.add("hit");
      last = n;
    }
  }
  var bar = place.querySelector(".linebar");
  if (!bar) return;
  bar.hidden = !last;
  bar.querySelector("output").textContent = !last ? "" : range.first === last ? "Line " + last
    : "Lines " + range.first + "–" + last;
}

// `reader` says whether the choice is one to come back to.
function choose(a, b, reader) {
  var range = {first: Math.min(a, b), last: Math.max(a, b)};
  var hash = "#" + spelled(range, "-L");
  try {
    history[reader === "new" ? "pushState" : "replaceState"](null, "", hash);
  } catch (e) {
    location.hash = hash;
  }
  mark(document);
}
function clear() {
  try {
    history.replaceState(null, "", location.pathname + location.search);
  } catch (e) {
    location.hash = "";
  }
  from = 0;
  mark(document);
}
function numberOf(link) { return +link.parentNode.id.slice(1); }

function citation(place, range) {
  var path = place.getAttribute("data-cite");
  // Only a link can hold a name with spaces.
  if (/[^\w.\/-]/.test(path)) {
    return "[" + path.replace(/^.*\//, "").replace(/[\\[\]]/g, "\\$&") + "](/"
      + encodeURI(path).replace(/[()#?]/g, escape) + "#" + spelled(range, "-L") + ")";
  }
  return path + (range.first === range.last ? " (line " + range.first + ")"
    : " (lines " + range.first + "-" + range.last + ")");
}
function copy(button, text) {
  var word = button.textContent;
  function say(what) {
    button.textContent = what;
    setTimeout(function () { button.textContent = word; }, 1500);
  }
  // Where the browser gives no clipboard, the reader copies by hand.
  function show() {
    var field = button.parentNode.querySelector("input") || make("input");
    field.readOnly = true;
    field.value = text;
    field.setAttribute("aria-label", word);
    button.parentNode.appendChild(field);
    field.select();
  }
  if (!navigator.clipboard) { show(); return; }
  navigator.clipboard.writeText(text).then(function () { say("Copied"); }, show);
}
function act(button) {
  var place = button.closest("[data-lines]"), range = chosen();
  if (!range) return;
  var what = button.getAttribute("data-do");
  if (what === "none") clear();
  else if (what === "cite") copy(button, citation(place, range));
  else {
    var own = document.querySelector("link[rel=canonical]");
    copy(button, (own ? own.href : location.href.replace(/#.*$/, "")) + "#" + spelled(range, "-L"));
  }
}

document.addEventListener("click", function (event) {
  var button = event.target.closest(".linebar button");
  if (button) { act(button); return; }
  var link = event.target.closest(NUMBER);
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  link.focus({preventScroll: true});
  var n = numberOf(link);
  if (event.shiftKey && from) choose(from, n, "same");
  else {
    from = n;
    choose(n, n, "new");
  }
});
document.addEventListener("keydown", function (event) {
  var link = event.target.closest && event.target.closest(NUMBER);
  if (event.key === "Escape" && (link || (event.target.closest && event.target.closest(".linebar")))) clear();
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  var n = numberOf(link);
  var step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step) {
    var next = document.getElementById("L" + (n + step));
    if (!next) return;
    event.preventDefault();
    next.querySelector("a").focus();
    if (!event.shiftKey) return;
    from = from || n;
    choose(from, n + step, "same");
  } else if (event.key === "Enter" && event.shiftKey && from) {
    event.preventDefault();
    choose(from, n, "same");
  }
});
// Shift and a click choose lines here, not words.
document.addEventListener("mousedown", function (event) {
  if (event.shiftKey && event.target.closest(NUMBER)) event.preventDefault();
});
// Lines that are on a further page: an address may be older than the division of the text.
function elsewhere(line) {
  var firsts = document.querySelector("[data-firsts]"), next = document.querySelector(".pages a[rel=next]");
  if (!firsts || !next || document.getElementById("L" + line)) return;
  var page = firsts.getAttribute("data-firsts").split(" ").filter(function (n) { return +n <= line; }).length;
  if (page > 1) location.replace(next.href.replace(/\.2\.html$/, "." + page + ".html") + location.hash);
}
function arrive() {
  var range = chosen();
  if (range) elsewhere(range.first);
  mark(document);
  if (!range) return;
  from = range.first;
  var first = document.getElementById("L" + range.first);
  if (first && document.querySelector("[data-lines]")) first.scrollIntoView({behavior: "instant"});
}
addEventListener("hashchange", arrive);
addEventListener("popstate", function () { mark(document); });
document.addEventListener("DOMContentLoaded", function () { enhance(document); arrive(); });
document.addEventListener("lacuna:changing", function (event) { enhance(event.detail); });
})();
