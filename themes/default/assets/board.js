// The gap board: narrows, orders and shows every gap, however many there are. Its state is in the
// address, so that a view can be sent to somebody. Without this file the lists are plain pages.
//
// The gaps come as a script (`data.js`), the one thing that a page opened from disk may load.
(function () {
"use strict";
var STEP = 100;
var board = null, loaded = "", wanted = "";
var state = {};
var shown = STEP;
var WORDS = {open: "says open", partial: "says partial", done: "says done", unknown: "no claim"};
var COLUMNS = [["gap", "Gap"], ["priority", "Priority"], ["coverage", "Coverage"], ["claim", "Claim"],
  ["", "Filled by"]];

function make(tag, cls, text) {
  var el = document.createElement(tag);
  if (cls) el.className = cls;
  if (text !== undefined) el.textContent = text;
  return el;
}
function facet(name) {
  return board.facets.findIndex(function (f) { return f.name === name; });
}

// The address holds what was chosen: after `?`, or after `#` where a browser keeps `?` from changing.
function read() {
  var hash = location.hash.slice(1);
  var query = new URLSearchParams(hash.indexOf("=") > 0 ? hash : location.search);
  state = {};
  query.forEach(function (value, name) { state[name] = value; });
}
function write(keep) {
  var query = new URLSearchParams();
  Object.keys(state).forEach(function (name) { if (state[name]) query.set(name, state[name]); });
  var text = query.toString();
  var hash = location.hash.indexOf("=") > 0 ? "" : location.hash;
  try {
    var to = location.pathname + (text ? "?" + text : "") + hash;
    history[keep ? "pushState" : "replaceState"](null, "", to);
  } catch (e) {
    location.replace("#" + text);
  }
}

function chosen() {
  var words = (state.q || "").toLowerCase().split(/\s+/).filter(Boolean);
  var picks = board.facets.map(function (f) {
    if (!state[f.name]) return -2;
    return f.values.findIndex(function (v) { return v[0] === state[f.name]; });
  });
  var rows = board.gaps.filter(function (gap) {
    return picks.every(function (want, n) { return want === -2 || gap.at[n] === want; }) &&
      (!state.drift || gap.drift === state.drift) &&
      words.every(function (w) { return gap.text.indexOf(w) >= 0; });
  });
  if (!state.sort) return rows;
  var at = facet(state.sort), down = state.dir === "desc" ? -1 : 1;
  return rows.map(function (gap, n) { return [gap, n]; }).sort(function (a, b) {
    var by = at < 0 ? a[0].id.localeCompare(b[0].id, undefined, {numeric: true})
      : a[0].at[at] - b[0].at[at];
    return by * down || a[1] - b[1];
  }).map(function (pair) { return pair[0]; });
}

function pill(cls, text) { return make("span", "pill " + cls, text); }
function row(gap) {
  var tr = make("tr");
  var main = make("td", "main");
  var link = make("a", "", gap.title);
  link.href = gap.href;
  main.append(make("span", "id", gap.id), " ", link);
  var value = function (name) {
    var n = facet(name);
    return gap.at[n] < 0 ? ["", ""] : board.facets[n].values[gap.at[n]];
  };
  var priority = make("td");
  priority.append(value("priority")[0] === "none" ? make("span", "muted", "unranked")
    : pill("p-" + value("priority")[1], value("priority")[1]));
  var coverage = make("td");
  coverage.append(pill("c-" + value("coverage")[1], value("coverage")[1]));
  var claim = make("td"), said = value("claim")[0];
  claim.append(make("span", "claim" + (said === "unknown" ? " muted" : ""), WORDS[said]));
  if (gap.drift === "overclaimed" || gap.drift === "underclaimed") {
    claim.append(" ", pill("drift", gap.drift));
  }
  var targets = make("td", "targets");
  gap.targets.forEach(function (t) {
    var one = make("span", "target t-" + t[1], t[0]);
    one.title = t[1];
    one.append(make("span", "vh", " (" + t[1] + ")"));
    targets.append(one);
  });
  if (!gap.targets.length) targets.append(make("span", "muted", "nothing named"));
  if (gap.more) targets.append(make("span", "muted", "and " + gap.more + " more"));
  tr.append(main, priority, coverage, claim, targets);
  return tr;
}

function form(page, box) {
  var form = make("form", "filter facets");
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Narrow the gaps");
  var text = make("input");
  text.type = "search";
  text.name = "q";
  text.placeholder = "Filter by words";
  text.setAttribute("aria-label", "Filter by words");
  form.append(text);
  board.facets.forEach(function (f) {
    if (f.values.length < 2) return;
    var select = make("select");
    select.name = f.name;
    select.setAttribute("aria-label", f.label);
    [["", "Any " + f.label.toLowerCase()]].concat(f.values).forEach(function (v) {
      var option = make("option", "", v[1]);
      option.value = v[0];
      select.append(option);
    });
    form.append(select);
  });
  var drift = make("select");
  drift.name = "drift";
  drift.setAttribute("aria-label", "Claim against finding");
  [["", "Any drift"], ["overclaimed", "overclaimed"], ["underclaimed", "underclaimed"],
    ["agrees", "claim holds"]].forEach(function (v) {
    var option = make("option", "", v[1]);
    option.value = v[0];
    drift.append(option);
  });
  var clear = make("button", "", "Clear");
  clear.type = "reset";
  var count = make("output", "muted");
  count.setAttribute("aria-live", "polite");
  form.append(drift, clear, count);
  box.insertBefore(form, box.querySelector(".table-wrap"));
}

function heads(table) {
  var tr = make("tr");
  COLUMNS.forEach(function (c) {
    var th = make("th");
    th.scope = "col";
    if (c[0]) {
      var button = make("button", "", c[1]);
      button.type = "button";
      button.value = c[0];
      th.append(button);
    } else {
      th.textContent = c[1];
    }
    tr.append(th);
  });
  table.tHead.replaceChildren(tr);
}

// Shows what the address says. The first time it takes the place of the plain list.
function show(page) {
  var box = page.querySelector("[data-board]");
  if (!box || !board) return;
  var table = box.querySelector("table");
  if (!box.querySelector("form.facets")) {
    form(page, box);
    heads(table);
    while (table.tBodies.length > 1) table.tBodies[1].remove();
    table.tBodies[0].removeAttribute("aria-label");
    table.tBodies[0].removeAttribute("id");
    box.querySelectorAll(".states, .pages").forEach(function (el) { el.hidden = true; });
    var more = make("button", "more-rows");
    more.type = "button";
    table.parentNode.after(more);
    if (page === document && window.IntersectionObserver) {
      new IntersectionObserver(function (seen) {
        if (seen.some(function (s) { return s.isIntersecting; })) grow();
      }, {rootMargin: "600px"}).observe(more);
    }
  }
  box.querySelectorAll("form.facets [name]").forEach(function (el) {
    var value = state[el.name] || "";
    if (el.value !== value) el.value = value;
    if (el.selectedIndex < 0) el.value = "";
    el.classList.toggle("on", el.value !== "");
  });
  table.querySelectorAll("th > button").forEach(function (button) {
    var on = state.sort === button.value;
    if (on) button.parentNode.setAttribute("aria-sort", state.dir === "desc" ? "descending" : "ascending");
    else button.parentNode.removeAttribute("aria-sort");
  });
  var rows = chosen();
  var body = table.tBodies[0];
  body.replaceChildren.apply(body, rows.slice(0, shown).map(row));
  var all = board.gaps.length, noun = all === 1 ? " gap" : " gaps";
  box.querySelector("output").textContent = rows.length === all ? all + noun
    : rows.length + " of " + all + noun;
  rest(box, rows.length);
  page.querySelectorAll(".heat a[data-facets]").forEach(function (a) {
    var q = new URLSearchParams(a.getAttribute("data-facets"));
    var on = Array.from(q).every(function (p) { return state[p[0]] === p[1]; });
    if (on) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
  });
}
function rest(box, all) {
  var more = box.querySelector(".more-rows");
  more.hidden = all <= shown;
  more.textContent = "Show " + Math.min(STEP, all - shown) + " more of " + (all - shown);
}
function grow() {
  var box = document.querySelector("[data-board]");
  var rows = chosen();
  var body = box.querySelector("table").tBodies[0];
  rows.slice(shown, shown + STEP).forEach(function (gap) { body.append(row(gap)); });
  shown += STEP;
  rest(box, rows.length);
}
function again(keep) {
  shown = STEP;
  write(keep);
  show(document);
}

window.lacunaBoard = function (data) {
  data.gaps.forEach(function (gap) {
    gap.text = (gap.id + " " + gap.title + " " + gap.targets.map(function (t) { return t[0]; }).join(" "))
      .toLowerCase();
  });
  board = data;
  loaded = wanted;
  read();
  show(document);
  if (state.priority || state.ledger || state.category || state.phase || state.coverage || state.claim) {
    var heading = document.getElementById("lc-gaps");
    if (heading && !scrollY) heading.scrollIntoView({behavior: "instant"});
  }
};
function load() {
  var box = document.querySelector("[data-board]");
  wanted = box ? box.getAttribute("data-board") : "";
  if (!wanted || wanted === loaded) return;
  var script = make("script");
  script.src = wanted;
  document.head.append(script);
  script.onload = function () { script.remove(); };
}

document.addEventListener("DOMContentLoaded", load);
document.addEventListener("lacuna:changing", function (event) { show(event.detail); });
document.addEventListener("lacuna:changed", load);
addEventListener("popstate", function () { if (board) { read(); shown = STEP; show(document); } });
document.addEventListener("input", function (event) {
  if (!event.target.closest("form.facets")) return;
  state[event.target.name] = event.target.value;
  again(false);
});
document.addEventListener("submit", function (event) {
  if (event.target.matches("form.facets")) event.preventDefault();
});
document.addEventListener("reset", function (event) {
  if (!event.target.matches("form.facets")) return;
  event.preventDefault();
  state = {};
  again(true);
});
document.addEventListener("click", function (event) {
  var el = event.target.closest("[data-board] th > button, .more-rows, .heat a[data-facets]");
  if (!el || !board || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (el.matches(".more-rows")) return grow();
  if (el.matches("a")) {
    if (!document.querySelector("[data-board]")) return;
    event.preventDefault();
    state = Object.fromEntries(new URLSearchParams(el.getAttribute("data-facets")));
    again(true);
    var heading = document.getElementById("lc-gaps");
    heading.tabIndex = -1;
    heading.focus();
    return;
  }
  state.dir = state.sort === el.value && state.dir !== "desc" ? "desc" : "";
  state.sort = el.value;
  again(false);
});
})();
