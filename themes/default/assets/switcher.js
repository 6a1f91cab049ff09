// The menu of versions. `lacuna.js` loads this file on pages that are one of several versions. The list
// lies above all versions, so that pages know of those that came later; each version says itself which
// pages it has. Pages of other releases read both: their form stays.
(function () {
"use strict";
var root = document.currentScript.src.replace(/assets\/switcher\.js(\?.*)?$/, "");
var above = new URL("../", root).href;

var versions = window.lacunaFiles("lacunaVersions", "../..");
var pages = window.lacunaFiles("lacunaPages", "../..");

function make(tag, cls, text) {
  var el = document.createElement(tag);
  if (cls) el.className = cls;
  if (text) el.textContent = text;
  return el;
}

// This page from the root of its version, as its address has it and as lists of pages have it.
function here() {
  var address = location.href.replace(/[?#].*$/, ""), name;
  if (address.indexOf(root) !== 0) return null;
  address = address.slice(root.length);
  try { name = decodeURIComponent(address); } catch (e) { return null; }
  if (/(^|\/)$/.test(name)) name += "index.html";
  // Some hosts leave out the ending.
  else if (!/\.html$/.test(name)) name += ".html";
  return {address: address, name: name};
}

// The address of this page in another version; its front page, if it has no such page.
function target(href) {
  var front = above + href, folder = href.replace(/index\.html$/, ""), page = here();
  if (!page) return Promise.resolve(front);
  return pages(folder + "assets/pages/index").then(function (hashes) {
    var n = pages.shelf(page.name, hashes.length);
    return pages(folder + "assets/pages/p-" + n, hashes[n]);
  }).then(function (there) {
    if (there.indexOf(page.name) < 0) return front;
    return above + folder + page.address + location.search + location.hash;
  }).catch(function () { return front; });
}
function point(link) {
  return target(link.getAttribute("data-front")).then(function (url) {
    link.href = url;
    return url;
  });
}

function menu(list, word) {
  var box = make("details", "versions"), rows = make("ul");
  box.appendChild(make("summary", "", word));
  list.versions.forEach(function (version) {
    var row = make("li"), link = make("a", "", version.label);
    link.href = above + version.href;
    link.setAttribute("data-front", version.href);
    if (link.href === root + "index.html") link.setAttribute("aria-current", "true");
    row.appendChild(link);
    if (version.label === list.default) row.appendChild(make("span", "muted", "latest"));
    rows.appendChild(row);
  });
  box.appendChild(rows);
  return box;
}
function linkOf(event) {
  return event.target.closest && event.target.closest(".versions a");
}

var plain = document.querySelector("a.version");
if (plain) {
  versions("versions").then(function (list) {
    // A list of a form that is not known yet has a page of its own.
    if (list.format !== 1 || list.versions.length < 2) return;
    plain.replaceWith(menu(list, plain.textContent));
  }, function () { /* the link will do */ });
}

// So that a new tab is opened at the right page, too.
function soon(event) {
  var link = linkOf(event);
  if (link) point(link);
}
document.addEventListener("pointerover", soon);
document.addEventListener("focusin", soon);
document.addEventListener("click", function (event) {
  var link = linkOf(event), open = document.querySelector(".versions[open]");
  if (open && !open.contains(event.target)) open.open = false;
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  point(link).then(function (url) { location.href = url; });
});
document.addEventListener("focusout", function (event) {
  var open = document.querySelector(".versions[open]");
  var to = event.relatedTarget;
  if (open && to && open.contains(event.target) && !open.contains(to)) open.open = false;
});
document.addEventListener("keydown", function (event) {
  var open = document.querySelector(".versions[open]");
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  if (open.contains(document.activeElement)) open.querySelector("summary").focus();
});
})();
