// Cards of linked records: what a link leads to, shown beside it when a mouse rests on it or the
// keyboard reaches it. `lacuna.js` loads this file at the first such link. A card is text only; it can
// be pointed at, and Escape puts it away.
(function () {
"use strict";
var root = document.currentScript.src.replace(/assets\/preview\.js(\?.*)?$/, "");
var REST = 350, LEAVE = 200;

var load = window.lacunaFiles("lacunaPreview", "preview");

// The address of a link from the root of the site, page and fragment; none for a page elsewhere, and
// for a place on this one.
function addressOf(link) {
  var url, here = location.href.replace(/[?#].*$/, "");
  try { url = new URL(link.getAttribute("href"), document.baseURI); } catch (e) { return null; }
  var page = url.href.replace(/[?#].*$/, "");
  if (page.indexOf(root) !== 0 || page === here) return null;
  page = page.slice(root.length);
  if (/(^|\/)$/.test(page)) page += "index.html";
  try {
    return {page: decodeURIComponent(page), fragment: decodeURIComponent(url.hash.slice(1))};
  } catch (e) { return null; }
}
function find(address) {
  return load("index").then(function (versions) {
    function from(key) {
      var n = load.shelf(key, versions.length);
      return load("p-" + n, versions[n]).then(function (cards) {
        return Object.prototype.hasOwnProperty.call(cards, key) ? cards[key] : null;
      });
    }
    if (!address.fragment) return from(address.page);
    return from(address.page + "#" + address.fragment).then(function (card) {
      return card || from(address.page);
    });
  });
}

function make(tag, cls, text) {
  var el = document.createElement(tag);
  if (cls) el.className = cls;
  if (text) el.textContent = text;
  return el;
}
function linesOf(fragment) {
  var m = /^L(\d+)(?:-L?(\d+))?$/.exec(fragment);
  if (!m) return "";
  return m[2] && m[2] !== m[1] ? "lines " + m[1] + "–" + m[2] : "line " + m[1];
}
function fill(box, card, fragment) {
  box.textContent = "";
  var head = make("p", "preview-head");
  head.appendChild(make("span", "kind", card[0]));
  if (card[1]) head.appendChild(make("span", "id", card[1]));
  card[3].forEach(function (mark) {
    head.appendChild(make("span", mark[0] ? "pill " + mark[0] : "muted", mark[1]));
  });
  var lines = linesOf(fragment);
  if (lines) head.appendChild(make("span", "muted", lines));
  box.appendChild(head);
  box.appendChild(make("p", "preview-title", card[2]));
  if (card[4]) box.appendChild(make("p", "preview-lead", card[4]));
  if (card[5].length) {
    var list = make("dl", "preview-members");
    card[5].forEach(function (member) {
      list.appendChild(make("dt", "", member[0]));
      list.appendChild(make("dd", "", member[1]));
    });
    box.appendChild(list);
    if (card[6]) box.appendChild(make("p", "muted preview-more", "and " + card[6] + " more"));
  }
}

var box, shown = null, timer = 0, turn = 0;

function place(link) {
  // Of a link over two lines, the first piece.
  var at = link.getClientRects()[0] || link.getBoundingClientRect();
  var width = box.offsetWidth, height = box.offsetHeight, room = 8;
  var left = Math.max(room, Math.min(at.left, document.documentElement.clientWidth - width - room));
  var below = at.bottom + 6, above = at.top - height - 6;
  var top = below + height > innerHeight - room && above > room ? above : below;
  box.style.left = Math.round(left + scrollX) + "px";
  box.style.top = Math.round(top + scrollY) + "px";
}
function show(link, card, fragment) {
  hide();
  if (!box) {
    box = make("div", "preview");
    box.id = "lc-preview";
    box.setAttribute("role", "tooltip");
  }
  fill(box, card, fragment);
  // A page that changes under the reader may have lost it.
  if (!box.isConnected) document.body.appendChild(box);
  box.hidden = false;
  shown = {link: link, title: link.getAttribute("title")};
  // The browser's own tip would lie over the card.
  if (shown.title !== null) link.removeAttribute("title");
  link.setAttribute("aria-describedby", "lc-preview");
  place(link);
}
function hide() {
  clearTimeout(timer);
  turn++;
  if (!shown) return;
  if (shown.title !== null) shown.link.setAttribute("title", shown.title);
  shown.link.removeAttribute("aria-describedby");
  shown = null;
  box.hidden = true;
}
// A mouse on its way to the card may cross what lies between.
function leave() {
  clearTimeout(timer);
  turn++;
  timer = setTimeout(hide, LEAVE);
}

function over(link, event) {
  var wanted = event.type === "focusin" ? ":focus-visible" : ":hover";
  clearTimeout(timer);
  if (shown && shown.link === link) return;
  if (shown) timer = setTimeout(hide, LEAVE);
  var address = addressOf(link);
  if (!address || !link.matches(wanted)) return;
  var mine = ++turn;
  clearTimeout(timer);
  timer = setTimeout(function () {
    find(address).then(function (card) {
      if (mine !== turn || !link.isConnected || !link.matches(wanted)) return;
      if (card) show(link, card, address.fragment);
      else hide();
    }, function () { /* the link alone will do */ });
  }, REST);
}

document.addEventListener("pointerover", function (event) {
  var target = event.target;
  if (!shown && !timer) return;
  if (box && box.contains(target)) clearTimeout(timer);
  else if (!target.closest || !target.closest("main a[href]")) leave();
});
document.addEventListener("focusout", function (event) {
  if (shown && shown.link === event.target) leave();
});
document.addEventListener("keydown", function (event) {
  if (event.key === "Escape") hide();
});
document.addEventListener("pointerdown", function (event) {
  if (!box || !box.contains(event.target)) hide();
});
document.addEventListener("lacuna:changing", hide);
// The site changed under the reader: so did its cards.
document.addEventListener("lacuna:changed", load.forget);

window.LacunaPreview = {over: over};
})();
