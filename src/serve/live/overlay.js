// What is wrong, over the page; and the quiet marks in its corner. All of it lives in a shadow root,
// so that neither the theme's style nor a change of the page reaches it. Text is only ever text:
// messages quote the files, and those are anybody's.

const host = document.createElement("lacuna-live");
const shadow = host.attachShadow({mode: "open"});
const style = make("link");
style.rel = "stylesheet";
style.href = "/_lacuna/live.css";
const dialog = make("dialog");
dialog.setAttribute("role", "alertdialog");
dialog.setAttribute("aria-labelledby", "title");
const corner = make("div", "corner");
const status = make("p", "status");
status.setAttribute("role", "status");
const again = make("button", "again");
again.type = "button";
corner.append(status, again);
shadow.append(style, dialog, corner);
// Behind the body, where no change of the page touches it.
document.documentElement.append(host);

// The problems that are known, and which list of them the reader has put away.
let problems = [];
let total = null;
const AWAY = "lacuna-live-dismissed";
let away = null;
try { away = sessionStorage.getItem(AWAY); } catch (error) { /* then it is asked once more */ }

again.addEventListener("click", () => {
  putAway(null);
  render();
});
// Escape and the button both end here; so does a dialog that went because all is mended.
let mended = false;
dialog.addEventListener("close", () => {
  if (mended) {
    mended = false;
    return;
  }
  putAway(JSON.stringify(problems));
  render();
  bringUp();
});

/** Takes the list of problems of the newest generation. */
function setProblems(list, sums) {
  problems = list;
  total = sums;
  render();
}

/** Whether the page has to stay as it is while the reader looks at what is wrong with it. */
function isHeld() {
  if (!isOpen()) return false;
  const source = document.querySelector('meta[name="lacuna:source"]');
  // The page of a part of a file says `path:line`.
  const own = path => source && (source.content + ":").startsWith(path + ":");
  return problems.some(problem => problem.fatal || own(problem.path));
}

/** Says something in the corner; nothing at all takes it away. */
function say(word) {
  if (status.textContent !== word) status.textContent = word;
}

function isOpen() {
  return problems.length > 0 && JSON.stringify(problems) !== away;
}

function putAway(list) {
  away = list;
  try {
    if (list) sessionStorage.setItem(AWAY, list);
    else sessionStorage.removeItem(AWAY);
  } catch (error) { /* it is put away as long as the page lasts */ }
}

function render() {
  again.hidden = problems.length === 0 || isOpen();
  again.textContent = count(problems.length, "problem");
  if (!isOpen()) {
    if (dialog.open) {
      mended = true;
      dialog.close();
    }
    dialog.replaceChildren();
    return;
  }
  const reading = dialog.querySelector(".list");
  const at = reading ? reading.scrollTop : 0;
  dialog.replaceChildren(heading(), list(), foot());
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(".list").scrollTop = at;
  if (shadow.activeElement === null) dialog.querySelector(".dismiss").focus();
}

function heading() {
  const bar = make("div", "bar");
  const title = make("h2", "", count(problems.length, "problem"));
  title.id = "title";
  const dismiss = make("button", "dismiss", "Dismiss");
  dismiss.type = "button";
  dismiss.setAttribute("aria-keyshortcuts", "Escape");
  dismiss.addEventListener("click", () => dialog.close());
  bar.append(title, dismiss);
  return bar;
}

function list() {
  const items = make("ol", "list");
  // A region that scrolls must be reachable by keyboard.
  items.tabIndex = 0;
  items.setAttribute("aria-labelledby", "title");
  for (const problem of problems) items.append(item(problem));
  return items;
}

function item(problem) {
  const entry = make("li");
  const first = make("p", "what");
  const severity = ["error", "warning", "info"].includes(problem.severity) ? problem.severity : "";
  first.append(make("span", "severity " + severity, problem.severity), " ",
    make("span", "message", problem.message));
  const place = [problem.path, problem.line, problem.column]
    .filter(Boolean).join(":");
  const second = make("p", "where");
  second.append(make("span", "place", place), " ", make("code", "rule", problem.code));
  entry.append(first, second);
  if (problem.excerpt) entry.append(make("pre", "", problem.excerpt));
  if (problem.help) entry.append(make("p", "help", problem.help));
  return entry;
}

function foot() {
  const parts = [];
  if (problems.some(problem => problem.fatal)) {
    const waits = document.querySelector('meta[name="lacuna:waits"]');
    parts.push(waits ? "The site is shown as soon as this is mended." : "The last good site is shown.");
  } else if (isHeld()) {
    parts.push("The page behind is the last good one; Escape shows it as it is now.");
  }
  if (total && total.errors + total.warnings > problems.length) {
    parts.push(`In all ${count(total.errors, "error")} and ${count(total.warnings, "warning")}.`);
  }
  const words = make("p", "foot", parts.join(" "));
  words.hidden = parts.length === 0;
  return words;
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function make(tag, cls, text) {
  const el = document.createElement(tag);
  if (cls) el.className = cls;
  if (text !== undefined && text !== null) el.textContent = text;
  return el;
}
