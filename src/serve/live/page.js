// Brings the page that is shown to the state that the server has, in place.

// The parameter that makes the browser fetch a style sheet or an image again. It is added to
// addresses on the page, never to what this script asks the server for.
const VERSION = "lacuna-v";

// What the server sent before the theme's script added anything, until it was compared once.
let pristine = document.body ? document.body.outerHTML : null;
// The entity tag and the text of the page as it is shown.
let shown = {etag: null, text: null, status: "ok"};
// Style sheets that go as soon as their successor is there.
const outgoing = new WeakSet();
// Entity tags of style sheets, scripts and images, by address without VERSION.
const tags = new Map();
// Which of them have changed since the page was loaded, and in which generation.
const versions = new Map();

/**
 * Asks for this page and what belongs to it, and shows what changed.
 * Answers "ok", "gone" (the server has no such page), "failed" (ask again later) or "held" (its own
 * problems came in between).
 */
async function refresh(generation) {
  const headers = shown.etag ? {"If-None-Match": shown.etag} : {};
  // Asked for at once, but the page never waits for it.
  const parts = freshen(generation).then(() => true, () => false);
  let answer, text;
  try {
    answer = await fetch(location.pathname + location.search, {headers, cache: "no-store"});
    text = answer.status === 304 ? null : await answer.text();
  } catch (error) {
    return "failed";
  }
  if (isHeld()) return "held";
  const status = answer.status === 304 ? shown.status : take(answer, text);
  return await parts ? status : "failed";
}

/** Shows what the server answered. */
function take(answer, text) {
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) {
    location.replace(answer.url);
    return "ok";
  }
  if (answer.status >= 500) return "failed";
  const status = answer.status === 404 ? "gone" : "ok";
  if (text !== shown.text) show(text, status);
  shown = {etag: answer.headers.get("ETag"), text, status};
  return status;
}

/** Puts the state of the page that `text` holds in the place of the one that is shown. */
function show(text, status) {
  const next = new DOMParser().parseFromString(text, "text/html");
  const same = pristine === next.body.outerHTML;
  pristine = null;
  if (status === "gone") {
    // Made for no place in particular: its style and scripts may be named as from elsewhere.
    document.title = next.title;
  } else {
    if (!sameRules(next)) return reload();
    keepVersions(next);
    head(next);
  }
  // The first answer is most often what the browser has loaded a moment ago.
  if (same) return;
  document.dispatchEvent(new CustomEvent("lacuna:changing", {detail: next}));
  body(next);
  document.dispatchEvent(new CustomEvent("lacuna:changed"));
}

/** Whether scripts, policy and the like are those of the page that is shown: they cannot be swapped. */
function sameRules(next) {
  const rules = page => Array.from(page.querySelectorAll("script[src], meta[http-equiv]"))
    // What a script of the theme is loading just now is no part of the page.
    .filter(el => !el.async)
    .map(el => el.src || el.httpEquiv + " " + el.content).sort().join("\n");
  return rules(document) === rules(next);
}

/** Loads the page anew, at most once for one state of the site: never in a circle. */
function reload() {
  const key = "lacuna-live-reload";
  try {
    if (sessionStorage.getItem(key) === state.id) return;
    sessionStorage.setItem(key, state.id);
  } catch (error) { /* without storage there is no other way to tell */ }
  location.reload();
}

function head(next) {
  document.title = next.title;
  for (const {name, value} of next.documentElement.attributes) {
    // What a script of the theme has set besides (data-theme) stays.
    document.documentElement.setAttribute(name, value);
  }
  const key = el => el.outerHTML;
  const fixed = el => el.matches("title, script, meta[http-equiv], meta[charset]");
  const old = new Map(Array.from(document.head.children, el => [key(el), el]));
  const kept = new Set();
  const arriving = [];
  let last = null;
  for (const el of next.head.children) {
    if (fixed(el)) continue;
    let here = old.get(key(el));
    if (!here) {
      here = document.importNode(el, true);
      if (isSheet(here)) arriving.push(loaded(here));
      if (last) last.after(here);
      else document.head.append(here);
    }
    kept.add(here);
    last = here;
  }
  for (const el of old.values()) {
    if (fixed(el) || kept.has(el) || outgoing.has(el)) continue;
    // A style sheet goes when those that come are there: the page is never without.
    if (isSheet(el)) leave(el, Promise.all(arriving));
    else el.remove();
  }
}

function body(next) {
  const focused = document.activeElement;
  const seen = inSight();
  // Not every browser keeps what is read in its place, and none does always: it is done here.
  const root = document.documentElement.style;
  root.overflowAnchor = "none";
  morph(document.body, next.body);
  // A browser without `moveBefore` loses the focus of what is moved.
  if (focused !== document.activeElement && focused.isConnected) focused.focus({preventScroll: true});
  const kept = seen.find(({el, text}) => el.isConnected && el.textContent === text);
  if (kept) {
    const by = kept.el.getBoundingClientRect().top - kept.top;
    if (by) scrollBy({top: by, behavior: "instant"});
  }
  requestAnimationFrame(() => { root.overflowAnchor = ""; });
}

/** The first few things that are being read, and where they are in the window; none at the top. */
function inSight() {
  const seen = [];
  if (!scrollY) return seen;
  const main = document.querySelector("main") || document.body;
  for (const el of main.querySelectorAll("p, li, tr, pre, dt, h1, h2, h3, h4, h5, h6, [id]")) {
    const {top, height} = el.getBoundingClientRect();
    if (top < 0 || top > innerHeight || !height) continue;
    seen.push({el, top, text: el.textContent});
    if (seen.length === 20) break;
  }
  return seen;
}

/** Finds out which style sheets, scripts and images of the page have other bytes than it shows. */
async function freshen(generation) {
  const parts = () => Array.from(
    document.querySelectorAll("link[rel~=stylesheet], script[src], img[src]"),
    el => ({el, url: plain(el.src || el.href)})).filter(({url}) => url);
  const urls = new Set(parts().map(({url}) => url));
  await Promise.all(Array.from(urls, async url => {
    if (!await hasChanged(url)) return;
    versions.set(url, generation);
    for (const {el, url: own} of parts()) {
      if (own !== url || outgoing.has(el)) continue;
      if (el.localName === "script") return reload();
      if (isSheet(el)) swap(el, versioned(url));
      else el.src = versioned(url);
    }
  }));
}

/** Whether a file is another than the one that the page uses. */
async function hasChanged(url) {
  if (!tags.has(url)) {
    // What the browser has kept is what the page was made with; this asks nobody.
    const kept = await fetch(url, {cache: "force-cache"});
    tags.set(url, kept.headers.get("ETag"));
    await kept.arrayBuffer();
  }
  const known = tags.get(url);
  const answer = await fetch(url, {
    headers: known ? {"If-None-Match": known} : {}, cache: "no-store", method: "HEAD",
  });
  if (!answer.ok) return false;
  const now = answer.headers.get("ETag");
  tags.set(url, now);
  return now !== known;
}

/** Puts a new style sheet beside the old one, which goes when the new one is there. */
function swap(link, href) {
  const fresh = link.cloneNode();
  fresh.href = href;
  leave(link, loaded(fresh));
  link.after(fresh);
}

/** Removes a style sheet as soon as something has happened. */
function leave(link, when) {
  outgoing.add(link);
  when.then(() => link.remove());
}

function loaded(link) {
  return new Promise(done => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
  });
}

function isSheet(el) {
  return el.matches("link[rel~=stylesheet]");
}

/** An address of this server without VERSION; nothing for other servers and for what is no file. */
function plain(address) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return null;
  url.searchParams.delete(VERSION);
  return url.href;
}

function versioned(url) {
  const address = new URL(url);
  address.searchParams.set(VERSION, versions.get(url));
  return address.href;
}

/** Names the newest version of sheets and images in a page that comes in, as they are shown now. */
function keepVersions(next) {
  for (const el of next.querySelectorAll("link[rel~=stylesheet], img[src]")) {
    const name = el.localName === "img" ? "src" : "href";
    const url = plain(el.getAttribute(name));
    if (url && versions.has(url)) el.setAttribute(name, versioned(url));
  }
}
