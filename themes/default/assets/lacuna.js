// The pages are complete without this file. It adds a theme switch, line ranges, copy buttons, and
// filters and an order for the lists of gaps and decisions.
(function () {
"use strict";
var root = document.documentElement;
var KEY = "lacuna-theme";

function stored() {
  try { return localStorage.getItem(KEY); } catch (e) { return null; }
}
function apply(theme) {
  if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);
  else root.removeAttribute("data-theme");
}
apply(stored());

function make(tag, cls, text) {
  var el = document.createElement(tag);
  if (cls) el.className = cls;
  if (text) el.textContent = text;
  return el;
}

function theme() {
  var button = document.querySelector("button.theme");
  if (!button) return;
  var order = ["auto", "light", "dark"];
  var at = Math.max(0, order.indexOf(stored()));
  function show() {
    button.textContent = "Theme: " + order[at];
  }
  button.addEventListener("click", function () {
    at = (at + 1) % order.length;
    apply(order[at]);
    try {
      if (at) localStorage.setItem(KEY, order[at]);
      else localStorage.removeItem(KEY);
    } catch (e) { /* the choice lasts as long as the page */ }
    show();
  });
  show();
  button.hidden = false;
}

function lines() {
  var box = document.querySelector("[data-lines]");
  if (!box) return;
  var hits = [];
  var from = 0;
  function mark() {
    hits.forEach(function (el) { el.classList.remove("hit"); });
    hits = [];
    var m = /^#L(\d+)(?:-L?(\d+))?$/.exec(location.hash);
    if (!m) return;
    var a = +m[1], b = +(m[2] || m[1]);
    if (a > b) { var c = a; a = b; b = c; }
    from = a;
    for (var n = a; n <= b; n++) {
      var el = document.getElementById("L" + n);
      if (!el) break;
      el.classList.add("hit");
      hits.push(el);
    }
    if (hits.length && m[2]) hits[0].scrollIntoView({behavior: "instant"});
  }
  box.addEventListener("click", function (event) {
    var a = event.target.closest(".line > a");
    if (!a) return;
    var n = +a.parentNode.id.slice(1);
    if (event.shiftKey && from) {
      event.preventDefault();
      var first = Math.min(from, n), last = Math.max(from, n), keep = from;
      location.hash = first === last ? "L" + n : "L" + first + "-L" + last;
      setTimeout(function () { from = keep; }, 0);
    } else {
      from = n;
    }
  });
  addEventListener("hashchange", mark);
  mark();
}

function copying() {
  if (!navigator.clipboard) return;
  document.querySelectorAll("main pre").forEach(function (pre) {
    var wrap = make("div", "code");
    var button = make("button", "copy", "Copy");
    button.type = "button";
    pre.parentNode.insertBefore(wrap, pre);
    wrap.appendChild(pre);
    wrap.appendChild(button);
    button.addEventListener("click", function () {
      function say(word) {
        button.textContent = word;
        setTimeout(function () { button.textContent = "Copy"; }, 1500);
      }
      navigator.clipboard.writeText(pre.textContent).then(
        function () { say("Copied"); }, function () { say("Not allowed"); });
    });
  });
}

function filter() {
  var table = document.querySelector("table[data-filter]");
  if (!table) return;
  var rows = Array.prototype.slice.call(table.tBodies[0].rows);
  var words = rows.map(function (row) { return row.textContent.toLowerCase(); });
  var query = new URLSearchParams(location.search);
  var form = make("form", "filter");
  form.setAttribute("role", "search");
  var text = make("input");
  text.type = "search";
  text.placeholder = "Filter by words";
  text.setAttribute("aria-label", "Filter by words");
  form.appendChild(text);
  function choice(name, all) {
    var select = make("select");
    select.setAttribute("aria-label", all);
    var seen = [];
    rows.forEach(function (row) {
      var value = row.getAttribute("data-" + name);
      if (value && seen.indexOf(value) < 0) seen.push(value);
    });
    seen.sort();
    [""].concat(seen).forEach(function (value) {
      var option = make("option", "", value || all);
      option.value = value;
      select.appendChild(option);
    });
    form.appendChild(select);
    return select;
  }
  var names = (table.getAttribute("data-choices") || "priority coverage").split(" ");
  var noun = table.getAttribute("data-filter");
  var selects = names.map(function (name) { return choice(name, "Any " + name); });
  selects.forEach(function (select) {
    if (select.options.length < 3) select.hidden = true;
  });
  var count = make("output", "muted");
  count.setAttribute("aria-live", "polite");
  form.appendChild(count);
  text.value = query.get("q") || "";
  selects.forEach(function (select, i) {
    select.value = query.get(names[i]) || "";
    if (select.selectedIndex < 0) select.value = "";
  });

  function run(save) {
    var want = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row, i) {
      var ok = selects.every(function (select, n) {
        return !select.value || row.getAttribute("data-" + names[n]) === select.value;
      }) && want.every(function (w) { return words[i].indexOf(w) >= 0; });
      row.hidden = !ok;
      if (ok) shown++;
    });
    count.textContent = shown === rows.length ? rows.length + " " + noun
      : shown + " of " + rows.length + " " + noun;
    if (!save) return;
    var q = new URLSearchParams();
    if (text.value) q.set("q", text.value);
    selects.forEach(function (select, i) { if (select.value) q.set(names[i], select.value); });
    var s = q.toString();
    try {
      history.replaceState(null, "", location.pathname + (s ? "?" + s : "") + location.hash);
    } catch (e) { /* some browsers refuse for local files */ }
  }
  form.addEventListener("input", function () { run(true); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  var wrap = table.parentNode;
  wrap.parentNode.insertBefore(form, wrap);
  run(false);
}

function sorting() {
  document.querySelectorAll("th[data-sort]").forEach(function (th) {
    var body = th.closest("table").tBodies[0];
    var button = make("button", "", th.textContent);
    button.type = "button";
    th.textContent = "";
    th.appendChild(button);
    function key(row) {
      var cell = row.cells[th.cellIndex];
      return cell.getAttribute("data-key") || cell.textContent;
    }
    button.addEventListener("click", function () {
      var down = th.getAttribute("aria-sort") === "ascending";
      th.parentNode.querySelectorAll("[aria-sort]").forEach(function (other) {
        other.removeAttribute("aria-sort");
      });
      th.setAttribute("aria-sort", down ? "descending" : "ascending");
      var rows = Array.prototype.slice.call(body.rows).map(function (row) {
        return [key(row), row];
      });
      rows.sort(function (a, b) {
        var order = a[0].localeCompare(b[0], undefined, {numeric: true});
        return down ? -order : order;
      });
      rows.forEach(function (pair) { body.appendChild(pair[1]); });
    });
  });
}

document.addEventListener("DOMContentLoaded", function () {
  theme();
  lines();
  copying();
  filter();
  sorting();
});
})();
