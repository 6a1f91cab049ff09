// Draws the whole graph from `trace/graph.js`: a column a kind, in the order that the generator found.
// The choice of what is drawn is in the address. Everything it shows is text, and stands in the list
// below the drawing, too.
(function () {
"use strict";
var SVG = "http://www.w3.org/2000/svg";
var WIDTH = 205, BETWEEN = 72, ROW = 27, BOX = 21, TOP = 34, MARGIN = 6;
// More is drawn when the reader asks for it.
var MOST = 500;
var data, near, words, place, parts, all = false, chosen = -1;

function make(tag, cls, text) {
  var el = document.createElement(tag);
  if (cls) el.className = cls;
  if (text) el.textContent = text;
  return el;
}
function draw(tag, attributes, text) {
  var el = document.createElementNS(SVG, tag);
  Object.keys(attributes).forEach(function (name) { el.setAttribute(name, attributes[name]); });
  if (text) el.textContent = text;
  return el;
}
function isGap(n) { return data.nodes[n][5].length > 0; }
function wordOf(n) { return data.columns[data.nodes[n][0]][0]; }
function nameOf(n) {
  var node = data.nodes[n];
  return node[2].indexOf(node[1]) < 0 ? node[1] + " " + node[2] : node[2];
}

window.lacunaGraph = function (given) {
  data = given;
  near = data.nodes.map(function () { return []; });
  for (var i = 0; i < data.ways.length; i += 2) {
    near[data.ways[i]].push(data.ways[i + 1]);
    near[data.ways[i + 1]].push(data.ways[i]);
  }
  words = data.nodes.map(function (node) { return (node[1] + " " + node[2]).toLowerCase(); });
  build();
};

function build() {
  place = document.querySelector("[data-graph]");
  place.textContent = "";
  var form = make("form", "filter facets graph-tools");
  form.setAttribute("role", "search");
  var text = make("input");
  text.type = "search";
  text.name = "q";
  text.placeholder = "Filter by words";
  text.setAttribute("aria-label", "Filter by words");
  form.appendChild(text);
  data.facets.forEach(function (facet) {
    var select = make("select");
    select.name = facet.name;
    select.setAttribute("aria-label", facet.label);
    select.hidden = facet.values.length < 2;
    [["", "Any " + facet.label.toLowerCase()]].concat(facet.values).forEach(function (value) {
      var option = make("option", "", value[1]);
      option.value = value[0];
      select.appendChild(option);
    });
    form.appendChild(select);
  });
  var kinds = make("fieldset");
  kinds.appendChild(make("legend", "vh", "Kinds"));
  data.columns.forEach(function (column, n) {
    if (!data.nodes.some(function (node) { return node[0] === n; })) return;
    var label = make("label"), box = make("input");
    box.type = "checkbox";
    box.name = "kind";
    box.value = column[0];
    box.checked = true;
    label.appendChild(box);
    label.appendChild(document.createTextNode(" " + column[1]));
    kinds.appendChild(label);
  });
  form.appendChild(kinds);
  var count = make("p", "graph-count muted");
  count.setAttribute("role", "status");
  var more = make("button", "", "Draw all");
  more.type = "button";
  var told = make("div", "graph-told");
  told.setAttribute("aria-live", "polite");
  var view = make("div", "graph-view");
  view.tabIndex = 0;
  view.setAttribute("role", "region");
  view.setAttribute("aria-label", "Drawing of the graph");
  parts = {form: form, count: count, more: more, told: told, view: view};
  [form, count, told, view].forEach(function (el) { place.appendChild(el); });
  restore();
  form.addEventListener("input", function () { all = false; chosen = -1; keep(); show(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  more.addEventListener("click", function () { all = true; show(); });
  view.addEventListener("click", click);
  view.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && chosen >= 0) pick(-1);
  });
  show();
}

function fields() { return Array.prototype.slice.call(parts.form.querySelectorAll("input[type=search], select")); }
function boxes() { return Array.prototype.slice.call(parts.form.querySelectorAll("input[type=checkbox]")); }

// The choice of the address; without one, as much as can be taken in.
function restore() {
  var query = new URLSearchParams(location.search);
  fields().forEach(function (field) {
    field.value = query.get(field.name) || "";
    if (field.selectedIndex < 0) field.value = "";
  });
  var without = (query.get("without") || "").split(" ");
  boxes().forEach(function (box) { box.checked = without.indexOf(box.value) < 0; });
  if (location.search) return;
  ["priority", "ledger"].forEach(function (name) {
    var select = parts.form.querySelector("select[name=" + name + "]");
    if (wanted().length > MOST && select && select.options.length > 2) select.selectedIndex = 1;
  });
}
function keep() {
  var query = new URLSearchParams();
  fields().forEach(function (field) { if (field.value) query.set(field.name, field.value); });
  var without = boxes().filter(function (box) { return !box.checked; });
  if (without.length) query.set("without", without.map(function (box) { return box.value; }).join(" "));
  // An address that says nothing would narrow a large graph again.
  var text = query.toString() || "all";
  try { history.replaceState(null, "", location.pathname + "?" + text); } catch (e) { /* local files */ }
}

// The nodes that the choice asks for: those that answer to it, and what is joined to them.
function wanted() {
  var want = parts.form.querySelector("input[type=search]").value.toLowerCase().split(/\s+/).filter(Boolean);
  var at = data.facets.map(function (facet) {
    var value = parts.form.querySelector("select[name=" + facet.name + "]").value;
    return value ? facet.values.findIndex(function (v) { return v[0] === value; }) : -1;
  });
  var narrowed = at.some(function (n) { return n >= 0; });
  function fits(n) {
    return at.every(function (value, facet) { return value < 0 || data.nodes[n][5][facet] === value; });
  }
  var in_ = new Uint8Array(data.nodes.length);
  data.nodes.forEach(function (node, n) {
    var own = isGap(n) ? fits(n) : !narrowed;
    if (own && want.every(function (w) { return words[n].indexOf(w) >= 0; })) in_[n] = 1;
  });
  if (narrowed || want.length) {
    data.nodes.forEach(function (node, n) {
      if (in_[n] !== 1) return;
      near[n].forEach(function (other) {
        if (!in_[other] && (!isGap(other) || fits(other))) in_[other] = 2;
      });
    });
  }
  var kinds = {};
  boxes().forEach(function (box) { kinds[box.value] = box.checked; });
  var found = [];
  data.nodes.forEach(function (node, n) { if (in_[n] && kinds[wordOf(n)]) found.push(n); });
  return found;
}

function show() {
  var found = wanted(), drawn = found;
  if (!all && found.length > MOST) drawn = fewer(found);
  var total = data.nodes.length;
  parts.count.textContent = drawn.length === total ? "All " + total + " records are drawn. "
    : drawn.length + " of " + total + " records are drawn"
      + (drawn.length < found.length ? "; " + found.length + " answer to the choice. " : ". ");
  parts.more.textContent = "Draw all " + found.length;
  if (drawn.length < found.length) parts.count.appendChild(parts.more);
  parts.view.textContent = "";
  if (drawn.length) parts.view.appendChild(picture(drawn));
  else parts.view.appendChild(make("p", "empty", "Nothing answers to this choice."));
  pick(chosen);
}
// From every column as large a share as it has of all.
function fewer(found) {
  var seen = {}, sizes = {};
  found.forEach(function (n) { var c = data.nodes[n][0]; sizes[c] = (sizes[c] || 0) + 1; });
  return found.filter(function (n) {
    var c = data.nodes[n][0];
    seen[c] = (seen[c] || 0) + 1;
    return seen[c] <= Math.max(1, Math.floor(sizes[c] * MOST / found.length));
  });
}

function picture(drawn) {
  // Two columns side by side on a phone.
  var narrow = matchMedia("(max-width: 44rem)").matches;
  WIDTH = narrow ? 150 : 205;
  BETWEEN = narrow ? 40 : 72;
  var columns = [], spots = {}, tallest = 0;
  data.columns.forEach(function (column, c) {
    var rows = drawn.filter(function (n) { return data.nodes[n][0] === c; });
    if (rows.length) columns.push({words: column, rows: rows});
    tallest = Math.max(tallest, rows.length);
  });
  var height = TOP + tallest * ROW + MARGIN;
  var width = columns.length * (WIDTH + BETWEEN) - BETWEEN + 2 * MARGIN;
  var svg = draw("svg", {viewBox: "0 0 " + width + " " + height, width: width, height: height,
    role: "group", "aria-label": "Records by kind, with the ways between them"});
  var ways = draw("g", {"class": "ways"});
  svg.appendChild(ways);
  columns.forEach(function (column, c) {
    var x = MARGIN + c * (WIDTH + BETWEEN);
    svg.appendChild(draw("text", {"class": "head", x: x, y: 18}, column.words[1] + " " + column.rows.length));
    var gap = (tallest - column.rows.length) * ROW / (column.rows.length + 1);
    // A short column is spread only as far as the eye can follow.
    gap = Math.min(gap, ROW);
    column.rows.forEach(function (n, row) {
      spots[n] = {x: x, y: TOP + row * (ROW + gap) + gap / 2, n: n};
    });
  });
  for (var i = 0; i < data.ways.length; i += 2) {
    var a = spots[data.ways[i]], b = spots[data.ways[i + 1]];
    if (!a || !b) continue;
    var x = a.x + WIDTH, bend = Math.max(30, (b.x - x) / 2), y = a.y + BOX / 2, low = b.y + BOX / 2;
    ways.appendChild(draw("path", {"data-a": a.n, "data-b": b.n,
      d: "M" + x + " " + y + "C" + (x + bend) + " " + y + " " + (b.x - bend) + " " + low + " " + b.x + " " + low}));
  }
  drawn.forEach(function (n) { svg.appendChild(box(n, spots[n])); });
  return svg;
}
// As much of a label as a box holds, by the width that letters have in most fonts.
function cut(label) {
  var room = WIDTH - 24;
  for (var i = 0; i < label.length; i++) {
    room -= /[A-Z_MWm@%&]/.test(label[i]) || label.charCodeAt(i) > 0x2e80 ? 9.2 : /[ .,:;!|()\/ijlrtf-]/.test(label[i]) ? 4.6 : 7.1;
    if (room < 0) return label.slice(0, i).trim() + "…";
  }
  return label;
}
function box(n, spot) {
  var node = data.nodes[n], numbered = isGap(n) || wordOf(n) === "decision";
  var label = cut(numbered ? nameOf(n) : node[1]);
  var el = draw("a", {"data-n": n, "class": "n-" + wordOf(n) + (node[4] ? " is-" + node[4] : ""), tabindex: 0
  });
  if (node[3]) el.setAttribute("href", node[3]);
  el.appendChild(draw("title", {}, wordOf(n) + ": " + nameOf(n) + (node[4] ? ", " + node[4] : "")));
  el.appendChild(draw("rect", {x: spot.x, y: spot.y, width: WIDTH, height: BOX, rx: 4}));
  el.appendChild(draw("text", {x: spot.x + 8, y: spot.y + 15}, label));
  return el;
}

// The first click says what a node is joined to, the second leads to its page.
function click(event) {
  var el = event.target.closest("[data-n]");
  if (!el) { if (chosen >= 0) pick(-1); return; }
  var n = +el.getAttribute("data-n");
  if (event.ctrlKey || event.metaKey || event.shiftKey || (n === chosen && data.nodes[n][3])) return;
  event.preventDefault();
  pick(n);
}
function pick(n) {
  chosen = n;
  var beside = {};
  if (n >= 0) near[n].concat(n).forEach(function (other) { beside[other] = true; });
  parts.view.classList.toggle("picked", n >= 0);
  parts.view.querySelectorAll("[data-n]").forEach(function (el) {
    var other = +el.getAttribute("data-n");
    el.classList.toggle("near", !!beside[other]);
    el.classList.toggle("here", other === n);
  });
  parts.view.querySelectorAll("path").forEach(function (el) {
    var on = +el.getAttribute("data-a") === n || +el.getAttribute("data-b") === n;
    el.classList.toggle("near", on);
    if (on) el.parentNode.appendChild(el);
  });
  parts.told.textContent = "";
  if (n >= 0) tell(n);
}
function link(n) {
  var node = data.nodes[n];
  var el = make(node[3] ? "a" : "span", "", nameOf(n));
  if (node[3]) el.href = node[3];
  return el;
}
function tell(n) {
  var node = data.nodes[n], head = make("p", "graph-name");
  head.appendChild(make("span", "kind", wordOf(n)));
  head.appendChild(document.createTextNode(" "));
  head.appendChild(link(n));
  if (node[4]) {
    head.appendChild(document.createTextNode(" "));
    head.appendChild(make("span", "pill " + (isGap(n) ? "c-" : "s-") + node[4], node[4]));
  }
  parts.told.appendChild(head);
  data.columns.forEach(function (column, c) {
    var others = near[n].filter(function (other) { return data.nodes[other][0] === c; });
    if (!others.length) return;
    var row = make("p");
    row.appendChild(make("b", "", column[1] + " " + others.length + ": "));
    others.slice(0, 12).forEach(function (other, at) {
      if (at) row.appendChild(document.createTextNode(", "));
      row.appendChild(link(other));
    });
    if (others.length > 12) row.appendChild(document.createTextNode(" and " + (others.length - 12) + " more, marked in the drawing"));
    parts.told.appendChild(row);
  });
}

function loaded() {
  var place = document.querySelector("[data-graph]");
  if (!place) return;
  var script = make("script");
  script.src = place.getAttribute("data-graph");
  script.onload = function () { script.remove(); };
  document.head.appendChild(script);
}
document.addEventListener("DOMContentLoaded", loaded);
// A page that comes in has the drawing of the last one until its own data is there.
document.addEventListener("lacuna:changing", function (event) {
  var next = event.detail.querySelector("[data-graph]"), old = document.querySelector("[data-graph]");
  if (!next || !old) return;
  Array.prototype.forEach.call(old.childNodes, function (child) {
    next.appendChild(event.detail.importNode(child, true));
  });
});
document.addEventListener("lacuna:changed", function () {
  var now = document.querySelector("[data-graph]");
  if (now && now.getAttribute("data-graph") !== last) loaded();
  last = now ? now.getAttribute("data-graph") : "";
});
var last = "";
document.addEventListener("DOMContentLoaded", function () {
  var now = document.querySelector("[data-graph]");
  last = now ? now.getAttribute("data-graph") : "";
});
})();
