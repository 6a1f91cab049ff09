// Hears of new states of the site. Only one of the tabs that are shown keeps a stream open and tells
// the others, for a browser opens no more than six connections to one server; a tab that is hidden
// keeps none, and catches up when it is shown.

// The newest generation heard of, the one that this tab shows, and that of the problems. The page
// may change when those are known, or do not come.
const state = {id: null, generation: 0, shown: null, problems: 0, ready: false};

const channel = "BroadcastChannel" in window ? new BroadcastChannel("lacuna-live") : null;
let stream = null;
// Whether this tab is the one that has the stream, or tries to get it back.
let leading = false;
// Ends the waiting for the lock, or gives it back.
let release = null;
let retry = 0;
let delay = 0;
// The newest event of each kind, for tabs that are shown later.
let newest = {};
const FIRST_DELAY = 250;
const LONGEST_DELAY = 2000;
// How long a page waits for the problems of its generation, which decide whether it may change.
const GRACE = 50;

function start() {
  if (release || document.visibilityState !== "visible") return;
  if (!channel || !navigator.locks) {
    // Without a secure context (another machine's address) each shown tab has its own.
    release = () => {};
    return lead();
  }
  const waiting = new AbortController();
  let giveBack = null;
  release = () => {
    waiting.abort();
    if (giveBack) giveBack();
  };
  navigator.locks.request("lacuna-live", {signal: waiting.signal}, () => {
    if (waiting.signal.aborted) return;
    lead();
    return new Promise(done => { giveBack = done; });
  }).catch(() => { /* hidden before it was its turn */ });
  channel.postMessage({type: "hello"});
}

function stop() {
  if (release) release();
  release = null;
  leading = false;
  clearTimeout(later);
  close();
}

function lead() {
  leading = true;
  newest = {};
  open();
}

function close() {
  clearTimeout(retry);
  if (stream) stream.close();
  stream = null;
}

function open() {
  close();
  stream = new EventSource("/_lacuna/events");
  for (const type of ["generation", "problems"]) {
    stream.addEventListener(type, event => tell({type, data: JSON.parse(event.data)}));
  }
  stream.addEventListener("open", () => {
    delay = 0;
    tell({type: "connected"});
  });
  stream.addEventListener("error", () => {
    // A browser tries again by itself only after some failures, and late.
    close();
    tell({type: "lost"});
    delay = Math.min(LONGEST_DELAY, delay * 2 || FIRST_DELAY);
    retry = setTimeout(open, delay);
  });
}

/** Passes an event on to the other tabs, and hears it here. */
function tell(event) {
  newest[event.type === "lost" ? "connected" : event.type] = event;
  if (channel) channel.postMessage(event);
  hear(event);
}

if (channel) {
  channel.addEventListener("message", ({data}) => {
    if (data.type === "hello") {
      if (!leading) return;
      // The problems first: they decide whether the page may change.
      for (const type of ["connected", "problems", "generation"]) {
        if (newest[type]) channel.postMessage(newest[type]);
      }
    } else if (release && !leading) {
      hear(data);
    }
  });
}

function hear({type, data}) {
  if (type === "lost") return say("Reconnecting…");
  if (type === "connected") {
    // The next server counts from the beginning.
    state.problems = 0;
    return say(notice);
  }
  if (type === "problems") {
    state.problems = data.generation;
    state.ready = true;
    setProblems(data.problems, data.total);
    return bringUp();
  }
  state.generation = data.generation;
  state.id = data.session + "/" + data.generation;
  state.ready = state.problems >= data.generation;
  if (state.ready) return bringUp();
  setTimeout(() => {
    state.ready = true;
    bringUp();
  }, GRACE);
}

// What the corner says while nothing is amiss with the connection.
let notice = "";
let working = false;
let later = 0;

/** Shows the newest state, unless the page has to stay; one at a time. */
async function bringUp() {
  if (working || !state.ready || state.id === state.shown || isHeld()) return;
  working = true;
  const id = state.id;
  const outcome = await refresh(state.generation);
  working = false;
  clearTimeout(later);
  if (outcome === "failed") {
    say("Reconnecting…");
    later = setTimeout(bringUp, LONGEST_DELAY);
    return;
  }
  if (outcome === "held") return;
  state.shown = id;
  notice = outcome === "gone" ? "This page does not exist now" : "";
  say(notice);
  bringUp();
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") stop();
  else start();
});
addEventListener("pagehide", stop);
addEventListener("pageshow", start);
document.addEventListener("securitypolicyviolation", event => {
  if (event.effectiveDirective !== "connect-src" || !event.blockedURI.includes("/_lacuna/")) return;
  stop();
  say("");
  console.warn("lacuna: to show changes, the policy of the theme needs connect-src 'self'");
});
say("");
start();
