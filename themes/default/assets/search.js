// The palette: asks search-engine.js, and shows what it answers, as text only. `lacuna.js` loads both
// when a reader first searches.
(function () {
"use strict";
var root = document.currentScript.src.replace(/assets\/search\.js(\?.*)?$/, "");
var SHOWN = 6;

var load = window.lacunaFiles("lacunaSearch", "search");
var engine = LacunaSearch.create(load);
// The site changed under the reader: so did its index.
document.addEventListener("lacuna:changed", function () {
  load.forget();
  engine = LacunaSearch.create(load);
  onPage();
});

function make(tag, cls, text) {
  var el = document.createElement(tag);
  if (cls) el.className = cls;
  if (text) el.textContent = text;
  return el;
}
function fill(el, pieces) {
  pieces.forEach(function (piece) {
    if (piece[1]) el.appendChild(make("mark", "", piece[0]));
    else el.appendChild(document.createTextNode(piece[0]));
  });
}

// A search field with its answers. There is one in the palette, and one on the page of all records.
function Panel(place, name) {
  var panel = this;
  this.turn = 0;
  this.at = -1;
  this.limit = SHOWN;
  this.chosen = [];
  this.input = make("input", "find-input");
  this.input.type = "search";
  this.input.placeholder = "Search ids, titles and text";
  this.input.autocomplete = "off";
  this.input.spellcheck = false;
  [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"],
   ["aria-controls", name + "-list"], ["aria-label", "Search"]].forEach(function (pair) {
    panel.input.setAttribute(pair[0], pair[1]);
  });
  this.facets = make("div", "find-facets");
  this.state = make("p", "find-state muted");
  this.state.setAttribute("role", "status");
  this.list = make("ul", "find-list");
  this.list.id = name + "-list";
  this.list.setAttribute("role", "listbox");
  this.list.setAttribute("aria-label", "Results");
  this.more = make("button", "find-more", "Show more");
  this.more.type = "button";
  this.more.hidden = true;
  this.name = name;
  [this.input, this.facets, this.state, this.list, this.more].forEach(function (el) { place.appendChild(el); });
  this.input.addEventListener("input", function () {
    panel.limit = SHOWN;
    panel.turn++;
    panel.answered = false;
    panel.moved = false;
    panel.opening = null;
    panel.state.textContent = panel.input.value.trim() ? "Searching…" : "";
    clearTimeout(panel.timer);
    panel.timer = setTimeout(function () { panel.ask(); }, 60);
  });
  this.input.addEventListener("keydown", function (event) { panel.key(event); });
  this.more.addEventListener("click", function () {
    panel.limit += 2 * SHOWN;
    panel.ask();
  });
}

Panel.prototype.key = function (event) {
  var options = this.list.children;
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!options.length) return;
    var step = event.key === "ArrowDown" ? 1 : -1;
    this.moved = true;
    this.pick(this.at < 0 && step < 0 ? options.length - 1 : (this.at + step + options.length) % options.length);
  } else if (event.key === "Escape" && this.input.closest("dialog")) {
    // A search field would first be emptied.
    event.preventDefault();
    // A browser takes the focus off what is hidden a moment later: a key would still be typed there.
    this.input.blur();
    this.input.closest("dialog").close();
  } else if (event.key === "Enter") {
    event.preventDefault();
    this.opening = event.ctrlKey || event.metaKey ? "tab" : "here";
    // Who types faster than the answer comes wants the answer, not what stood there before.
    if (this.answered || this.moved) this.go();
  }
};

Panel.prototype.go = function () {
  var options = this.list.children, opening = this.opening;
  var link = options.length && options[Math.max(0, this.at)].querySelector("a");
  this.opening = null;
  if (!link) return;
  if (opening === "tab") open(link.href, "_blank", "noopener");
  else link.click();
};

Panel.prototype.pick = function (n) {
  var options = this.list.children;
  if (options[this.at]) options[this.at].setAttribute("aria-selected", "false");
  this.at = n;
  if (!options[n]) {
    this.input.removeAttribute("aria-activedescendant");
    return;
  }
  options[n].setAttribute("aria-selected", "true");
  options[n].scrollIntoView({block: "nearest"});
  this.input.setAttribute("aria-activedescendant", options[n].id);
};

// Titles first, for they come from little; then the texts.
Panel.prototype.ask = function () {
  var panel = this, turn = ++this.turn, query = this.input.value;
  if (!query.trim()) {
    this.show({hits: [], total: 0, facets: [], marked: new Set()}, "");
    return;
  }
  this.state.textContent = "Searching…";
  var options = {to: this.limit, chosen: this.chosen};
  var done = false;
  function failed() {
    if (turn === panel.turn) panel.state.textContent = "A file of the search index cannot be loaded.";
  }
  var phrase = query.indexOf('"') >= 0;
  if (!phrase) {
    engine.search(query, {to: this.limit, chosen: this.chosen, full: false}).then(function (answer) {
      if (turn === panel.turn && !done && answer.hits.length) panel.show(answer, "Searching texts…");
    }).catch(function () { /* the search of texts says so */ });
  }
  engine.search(query, options).then(function (answer) {
    if (turn !== panel.turn) return;
    done = panel.answered = true;
    var count = answer.total === 1 ? "1 result" : answer.total + " results";
    panel.show(answer, answer.total ? count : "Nothing was found. Fewer words may find more.");
    panel.quote(answer, turn);
    if (panel.opening) panel.go();
  }).catch(failed);
};

Panel.prototype.show = function (answer, state) {
  var panel = this, picked = this.moved && this.list.children[this.at];
  var kept = picked ? picked.getAttribute("data-page") : null, at = 0;
  this.state.textContent = state;
  this.list.textContent = "";
  answer.hits.forEach(function (hit, n) {
    var item = make("li", "find-hit");
    item.id = panel.name + "-" + n;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    var link = make("a");
    link.href = root + hit.href;
    link.tabIndex = -1;
    var head = make("span", "find-head");
    head.appendChild(make("span", "kind", hit.kind));
    if (hit.id && hit.title.indexOf(hit.id) < 0) head.appendChild(make("span", "id", hit.id));
    var title = make("span", "find-title");
    fill(title, LacunaSearch.mark(hit.title, answer.marked, 300).pieces);
    head.appendChild(title);
    link.appendChild(head);
    item.appendChild(link);
    // Texts that answer after the titles leave the reader's choice where it was.
    item.setAttribute("data-page", hit.href);
    if (kept === hit.href) at = n;
    item.addEventListener("mousemove", function () { if (panel.at !== n) panel.pick(n); });
    panel.list.appendChild(item);
  });
  this.input.setAttribute("aria-expanded", String(answer.hits.length > 0));
  this.more.hidden = answer.total <= answer.hits.length;
  this.pick(answer.hits.length ? at : -1);
  this.choices(answer.facets);
};

// Sections and snippets, each from the text of its own page.
Panel.prototype.quote = function (answer, turn) {
  var panel = this;
  answer.hits.forEach(function (hit, n) {
    engine.quote(hit, answer.marked).then(function (quote) {
      var item = panel.list.children[n];
      if (turn !== panel.turn || !quote || !item) return;
      var link = item.querySelector("a");
      if (quote.section) {
        var section = make("span", "find-section");
        fill(section, quote.sectionPieces);
        link.appendChild(section);
      }
      if (quote.anchor && hit.href.indexOf("#") < 0 && quote.count) link.href = root + hit.href + "#" + encodeURIComponent(quote.anchor);
      var text = make("span", "find-quote");
      fill(text, quote.pieces);
      link.appendChild(text);
    }, function () { /* the title alone will do */ });
  });
};

Panel.prototype.choices = function (facets) {
  var panel = this, focused = document.activeElement && document.activeElement.getAttribute("data-facet");
  this.facets.textContent = "";
  facets.forEach(function (facet, n) {
    var chosen = panel.chosen[n] || [];
    chosen.forEach(function (value) {
      if (!facet.values.some(function (pair) { return pair[0] === value; })) facet.values.push([value, 0]);
    });
    if (facet.values.length < 2 && !chosen.length) return;
    var group = make("div", "find-facet");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", facet.name);
    facet.values.forEach(function (pair) {
      var button = make("button", "", pair[0] + " ");
      button.type = "button";
      button.appendChild(make("small", "", String(pair[1])));
      button.setAttribute("aria-pressed", String(chosen.indexOf(pair[0]) >= 0));
      button.setAttribute("data-facet", facet.name + " " + pair[0]);
      button.addEventListener("click", function () {
        var at = chosen.indexOf(pair[0]);
        panel.chosen[n] = at < 0 ? chosen.concat(pair[0]) : chosen.filter(function (value) { return value !== pair[0]; });
        panel.limit = SHOWN;
        panel.ask();
      });
      group.appendChild(button);
      if (focused === button.getAttribute("data-facet")) setTimeout(function () { button.focus(); }, 0);
    });
    panel.facets.appendChild(group);
  });
};

var dialog, palette;

function openPalette() {
  if (!dialog) {
    dialog = make("dialog", "find-dialog");
    dialog.setAttribute("aria-label", "Search");
    var box = make("div", "find-box");
    dialog.appendChild(box);
    palette = new Panel(box, "find");
    box.appendChild(make("p", "find-keys muted", "↑ ↓ to choose · Enter to open · Ctrl Enter in a new tab · Esc to close"));
    // Outside of the box is the dialog itself.
    dialog.addEventListener("click", function (event) {
      if (event.target === dialog || event.target.closest(".find-hit a")) dialog.close();
    });
  }
  // A page that changes under the reader may have lost it.
  if (!dialog.isConnected) document.body.appendChild(dialog);
  if (!dialog.open) dialog.showModal();
  palette.input.focus();
  palette.input.select();
}

// On the page of all records the field stands above the list, with the query of the address.
function onPage() {
  var place = document.querySelector("[data-search]");
  if (!place || place.firstChild) return;
  var panel = new Panel(place, "find-page");
  panel.input.value = new URLSearchParams(location.search).get("q") || "";
  panel.input.addEventListener("input", function () {
    try {
      var q = panel.input.value;
      history.replaceState(null, "", location.pathname + (q ? "?q=" + encodeURIComponent(q) : ""));
    } catch (e) { /* some browsers refuse for local files */ }
  });
  if (panel.input.value) panel.ask();
}

window.LacunaPalette = {open: openPalette, page: onPage, engine: function () { return engine; }};
})();
