// The pages are complete without this file. It adds a theme switch, copy buttons, tabs, a filter and
// an order for the log of decisions, a mark where one reads in the contents of a page, the menu of
// versions where there are several, and two things that are loaded when first used: the search, and
// cards of what links lead to.
//
// All that it adds is made by `enhance(page)` from the page and the address alone, and whatever a
// reader does is heard at the document. So `lacuna serve` can hand it the next state of a page before
// that is shown (`lacuna:changing`), and what comes in has the same shape as what it replaces.
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

var THEMES = ["auto", "light", "dark"];
var chosen = Math.max(0, THEMES.indexOf(stored()));

function theme(page) {
  var button = page.querySelector("button.theme");
  if (!button) return;
  button.textContent = "Theme: " + THEMES[chosen];
  button.hidden = false;
}
function nextTheme() {
  chosen = (chosen + 1) % THEMES.length;
  apply(THEMES[chosen]);
  try {
    if (chosen) localStorage.setItem(KEY, THEMES[chosen]);
    else localStorage.removeItem(KEY);
  } catch (e) { /* the choice lasts as long as the page */ }
  theme(document);
}

var assets = document.currentScript.src.replace(/lacuna\.js(\?.*)?$/, "");
var searching = null;

function loaded(name) {
  return new Promise(function (resolve, reject) {
    var script = make("script");
    script.src = assets + name;
    // It is no part of the page: the preview compares the scripts of two states of it.
    script.onload = function () { script.remove(); resolve(); };
    script.onerror = function () { script.remove(); reject(new Error(name)); };
    document.head.appendChild(script);
  });
}
// A loader of files of data, for the search, the cards and the versions. Each is a script, so that it
// can be had from a disk as well, and calls `callback` with its name and its data just before it counts
// as loaded. A name may begin with folders; the script does not know of them.
window.lacunaFiles = function (callback, folder) {
  var given = Object.create(null), asked = Object.create(null);
  window[callback] = function (name, data) { given[name] = data; };
  function load(name, version) {
    var mine = asked;
    if (!mine[name]) {
      mine[name] = loaded(folder + "/" + name + ".js" + (version ? "?v=" + version : ""));
      mine[name] = mine[name].then(function () {
        var own = name.slice(name.lastIndexOf("/") + 1), data = given[own];
        delete given[own];
        return data;
      });
      mine[name].catch(function () { delete mine[name]; });
    }
    return mine[name];
  }
  load.forget = function () { asked = Object.create(null); };
  // The file of several that knows of an address: FNV-1a of 32 bits, as the generator has it.
  load.shelf = function (text, count) {
    var bytes = new TextEncoder().encode(text), h = 0x811c9dc5;
    for (var i = 0; i < bytes.length; i++) h = Math.imul(h ^ bytes[i], 0x01000193);
    return (h & (count - 1)) >>> 0;
  };
  return load;
};
// The menu of versions, in the place of the link to their list.
function versions(page) {
  if (page !== document || !page.querySelector("a.version")) return;
  loaded("switcher.js").catch(function () { /* the link will do */ });
}
// The search, when its scripts are there. Whoever cannot load them has the list of all records.
function withSearch(then) {
  searching = searching || loaded("search-engine.js").then(function () { return loaded("search.js"); });
  searching.then(function () { then(window.LacunaPalette); }, function () {
    var link = document.querySelector("a.find-link");
    if (link) location.href = link.href;
  });
}
function openSearch() { withSearch(function (search) { search.open(); }); }

function find(page) {
  var button = page.querySelector("button.find"), link = page.querySelector("a.find-link");
  if (!button || !link) return;
  button.hidden = false;
  link.hidden = true;
  if (page === document && document.querySelector("[data-search]")) {
    withSearch(function (search) { search.page(); });
  }
}
function isTyping(event) {
  var el = event.target;
  return el.isContentEditable || /^(input|textarea|select)$/i.test(el.tagName);
}
document.addEventListener("keydown", function (event) {
  var slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event);
  var k = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
    && event.key.toLowerCase() === "k";
  if (!slash && !k) return;
  event.preventDefault();
  openSearch();
});

var previewing = null;

// The card of a linked record; its script is loaded at the first link that is pointed at.
function preview(event) {
  var link = event.target.closest && event.target.closest("main a[href]");
  if (!link || link.matches(".anchor, [data-lines] *, .pages a, .crumbs a")) return;
  previewing = previewing || loaded("preview.js");
  previewing.then(function () { LacunaPreview.over(link, event); }, function () { /* the link will do */ });
}

// Code in several languages, one behind the other: one is shown at a time, and the choice of a
// language holds for all of the page.
function tabs(page) {
  page.querySelectorAll("main .tabs").forEach(function (box, n) {
    var names = make("div", "tab-names");
    names.setAttribute("role", "tablist");
    box.querySelectorAll(":scope > .tab").forEach(function (tab, m) {
      var name = tab.querySelector(".tab-name");
      var button = make("button", "", name.textContent);
      button.type = "button";
      button.id = "lc-tab-" + n + "-" + m;
      button.setAttribute("role", "tab");
      tab.id = "lc-panel-" + n + "-" + m;
      tab.setAttribute("role", "tabpanel");
      tab.setAttribute("aria-labelledby", button.id);
      button.setAttribute("aria-controls", tab.id);
      name.hidden = true;
      names.appendChild(button);
    });
    box.insertBefore(names, box.firstChild);
    var first = Array.prototype.find.call(names.children, function (b) { return b.textContent === language; });
    openTab(first || names.firstChild);
  });
}
var language = null;

function openTab(button) {
  Array.prototype.forEach.call(button.parentNode.children, function (other) {
    var tab = button.parentNode.parentNode.querySelector("#" + other.getAttribute("aria-controls"));
    other.setAttribute("aria-selected", String(other === button));
    other.tabIndex = other === button ? 0 : -1;
    tab.classList.toggle("closed", other !== button);
  });
}
function pickTab(button) {
  var top = button.getBoundingClientRect().top;
  language = button.textContent;
  document.querySelectorAll(".tab-names > button").forEach(function (other) {
    if (other.textContent === language) openTab(other);
  });
  // What opened above must not move what the reader looks at.
  scrollBy({top: button.getBoundingClientRect().top - top, behavior: "instant"});
}
document.addEventListener("keydown", function (event) {
  var button = event.target.closest && event.target.closest(".tab-names > button");
  if (!button) return;
  var all = button.parentNode.children, at = Array.prototype.indexOf.call(all, button);
  var to = {ArrowRight: at + 1, ArrowLeft: at - 1 + all.length, Home: 0, End: all.length - 1}[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all[to % all.length].focus();
  pickTab(all[to % all.length]);
});

function copying(page) {
  if (!navigator.clipboard) return;
  page.querySelectorAll("main pre").forEach(function (pre) {
    var wrap = make("div", "code");
    var button = make("button", "copy", "Copy");
    button.type = "button";
    pre.parentNode.insertBefore(wrap, pre);
    wrap.appendChild(pre);
    wrap.appendChild(button);
  });
}
function copy(button) {
  function say(word) {
    button.textContent = word;
    setTimeout(function () { button.textContent = "Copy"; }, 1500);
  }
  var pre = button.parentNode.querySelector("pre").cloneNode(true);
  // The numbers of lines are no part of the code.
  pre.querySelectorAll("a[href^='#L']").forEach(function (number) { number.remove(); });
  navigator.clipboard.writeText(pre.textContent).then(
    function () { say("Copied"); }, function () { say("Not allowed"); });
}

function rowsOf(table) {
  return Array.prototype.slice.call(table.tBodies[0].rows);
}
function choicesOf(table) {
  return (table.getAttribute("data-choices") || "").split(" ");
}

function filter(page) {
  var table = page.querySelector("table[data-filter]");
  if (!table) return;
  var rows = rowsOf(table);
  var query = new URLSearchParams(location.search);
  var form = make("form", "filter");
  form.setAttribute("role", "search");
  var text = make("input");
  text.type = "search";
  text.placeholder = "Filter by words";
  text.setAttribute("aria-label", "Filter by words");
  text.value = query.get("q") || "";
  form.appendChild(text);
  choicesOf(table).forEach(function (name) {
    var select = make("select");
    select.setAttribute("aria-label", "Any " + name);
    var seen = [];
    rows.forEach(function (row) {
      var value = row.getAttribute("data-" + name);
      if (value && seen.indexOf(value) < 0) seen.push(value);
    });
    seen.sort();
    [""].concat(seen).forEach(function (value) {
      var option = make("option", "", value || "Any " + name);
      option.value = value;
      select.appendChild(option);
    });
    select.value = query.get(name) || "";
    if (select.selectedIndex < 0) select.value = "";
    select.hidden = select.options.length < 3;
    form.appendChild(select);
  });
  var count = make("output", "muted");
  count.setAttribute("aria-live", "polite");
  form.appendChild(count);
  var wrap = table.parentNode;
  wrap.parentNode.insertBefore(form, wrap);
  narrow(page);
}

// The lower-case text of each row, taken once: a long table is searched at every key.
var words = new WeakMap();

function narrow(page) {
  var table = page.querySelector("table[data-filter]");
  var form = page.querySelector("form.filter");
  var rows = rowsOf(table);
  var names = choicesOf(table);
  var selects = Array.prototype.slice.call(form.querySelectorAll("select"));
  var want = form.querySelector("input").value.toLowerCase().split(/\s+/).filter(Boolean);
  var shown = 0;
  rows.forEach(function (row) {
    if (!words.has(row)) words.set(row, row.textContent.toLowerCase());
    var text = words.get(row);
    var ok = selects.every(function (select, n) {
      return !select.value || row.getAttribute("data-" + names[n]) === select.value;
    }) && want.every(function (w) { return text.indexOf(w) >= 0; });
    row.hidden = !ok;
    if (ok) shown++;
  });
  var noun = table.getAttribute("data-filter");
  form.querySelector("output").textContent = shown === rows.length ? rows.length + " " + noun
    : shown + " of " + rows.length + " " + noun;
}
function keepFilter(form) {
  var names = choicesOf(document.querySelector("table[data-filter]"));
  var q = new URLSearchParams();
  var text = form.querySelector("input").value;
  if (text) q.set("q", text);
  form.querySelectorAll("select").forEach(function (select, i) {
    if (select.value) q.set(names[i], select.value);
  });
  var s = q.toString();
  try {
    history.replaceState(null, "", location.pathname + (s ? "?" + s : "") + location.hash);
  } catch (e) { /* some browsers refuse for local files */ }
}

function sorting(page) {
  // A page that comes in takes over the order that the reader chose.
  var chosenOrder = {};
  if (page !== document) {
    document.querySelectorAll("th[data-sort][aria-sort]").forEach(function (th) {
      chosenOrder[th.textContent] = th.getAttribute("aria-sort");
    });
  }
  page.querySelectorAll("th[data-sort]").forEach(function (th) {
    var name = th.textContent;
    var button = make("button", "", name);
    button.type = "button";
    th.textContent = "";
    th.appendChild(button);
    if (Object.prototype.hasOwnProperty.call(chosenOrder, name)) order(th, chosenOrder[name]);
  });
}
function order(th, direction) {
  th.parentNode.querySelectorAll("[aria-sort]").forEach(function (other) {
    other.removeAttribute("aria-sort");
  });
  th.setAttribute("aria-sort", direction);
  var body = th.closest("table").tBodies[0];
  var rows = Array.prototype.slice.call(body.rows).map(function (row) {
    var cell = row.cells[th.cellIndex];
    return [cell.getAttribute("data-key") || cell.textContent, row];
  });
  rows.sort(function (a, b) {
    var by = a[0].localeCompare(b[0], undefined, {numeric: true});
    return direction === "descending" ? -by : by;
  });
  rows.forEach(function (pair) { body.appendChild(pair[1]); });
}

// Marks the entry of the contents whose section is being read: the last heading above the fold.
function reading() {
  var links = document.querySelectorAll(".toc a[href^='#']");
  if (!links.length) return;
  var now = null;
  links.forEach(function (a) {
    var heading = document.getElementById(decodeURIComponent(a.hash.slice(1)));
    if (heading && (!now || heading.getBoundingClientRect().top < innerHeight / 4)) now = a;
  });
  links.forEach(function (a) {
    if (a === now) a.setAttribute("aria-current", "true");
    else a.removeAttribute("aria-current");
  });
}
var waiting = false;
function soon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(function () { waiting = false; reading(); });
}

function enhance(page) {
  theme(page);
  versions(page);
  find(page);
  tabs(page);
  copying(page);
  filter(page);
  sorting(page);
}

document.addEventListener("click", function (event) {
  var button = event.target.closest("button");
  if (!button) return;
  if (button.matches("button.theme")) nextTheme();
  else if (button.matches("button.find")) openSearch();
  else if (button.matches("main .code > .copy")) copy(button);
  else if (button.matches("th[data-sort] > button")) {
    var th = button.parentNode;
    order(th, th.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending");
  } else if (button.matches(".tab-names > button")) pickTab(button);
});
document.addEventListener("input", function (event) {
  var form = event.target.closest("form.filter:not(.facets)");
  if (!form) return;
  narrow(document);
  keepFilter(form);
});
document.addEventListener("submit", function (event) {
  if (event.target.matches("form.filter:not(.facets)")) event.preventDefault();
});
document.addEventListener("pointerover", function (event) {
  if (event.pointerType === "mouse") preview(event);
});
document.addEventListener("focusin", preview);
addEventListener("scroll", soon, {passive: true});
addEventListener("resize", soon);
// What an address names may be on a further page by now: the first page has a way to each.
function further() {
  var place = document.getElementById(location.hash.slice(1)), way = place && place.closest(".further a");
  if (way) location.replace(way.href + location.hash);
}
addEventListener("hashchange", further);
document.addEventListener("DOMContentLoaded", function () { enhance(document); reading(); further(); });
document.addEventListener("lacuna:changing", function (event) {
  words = new WeakMap();
  enhance(event.detail);
});
document.addEventListener("lacuna:changed", function () {
  words = new WeakMap();
  reading();
});
})();
