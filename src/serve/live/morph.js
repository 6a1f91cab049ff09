// Makes one tree equal to another by changing as little as can be: what is the same in both stays the
// same node, and with it the focus, the selection, the place on the page and what a reader has opened.
//
// Documents change by a paragraph or a row that comes, goes or is rewritten. So children are matched
// first from both ends as long as they are equal, then by id, then by equality anywhere, and only
// then by kind. The time grows with the number of nodes.

/** Makes an element equal to another of the same name. */
function morph(old, next) {
  for (const {name, namespaceURI, value} of next.attributes) {
    if (old.getAttribute(name) === value || isReaders(name, old)) continue;
    old.setAttributeNS(namespaceURI, name, value);
  }
  for (const attribute of Array.from(old.attributes)) {
    if (next.hasAttribute(attribute.name) || isReaders(attribute.name, old)) continue;
    old.removeAttributeNode(attribute);
  }
  morphChildren(old, next);
}

/** Whether an attribute is the reader's: what was opened or closed by hand stays so. */
function isReaders(name, el) {
  return name === "open" && el.matches("details, dialog");
}

function morphChildren(parent, next) {
  let olds = Array.from(parent.childNodes);
  let news = Array.from(next.childNodes);
  let start = 0;
  let end = 0;
  const most = Math.min(olds.length, news.length);
  while (start < most && olds[start].isEqualNode(news[start])) start++;
  while (end < most - start && olds.at(-1 - end).isEqualNode(news.at(-1 - end))) end++;
  const behind = end ? olds.at(-end) : null;
  olds = olds.slice(start, olds.length - end);
  news = news.slice(start, news.length - end);

  const partners = match(olds, news);
  const staying = new Set(partners);
  for (const old of olds) if (!staying.has(old)) old.remove();
  let cursor = olds.find(old => staying.has(old)) || behind;
  news.forEach((node, at) => {
    const old = partners[at];
    if (!old) {
      parent.insertBefore(document.importNode(node, true), cursor);
      return;
    }
    if (old === cursor) cursor = cursor.nextSibling;
    else move(parent, old, cursor);
    if (isElement(old)) {
      if (!old.isEqualNode(node)) morph(old, node);
    } else {
      rewrite(old, node.data);
    }
  });
}

/** The old node of each new one, where there is one that fits; none is given twice. */
function match(olds, news) {
  const partners = new Array(news.length).fill(null);
  const places = new Map(olds.map((old, at) => [old, at]));
  const free = new Set(olds);
  const pair = (at, old) => {
    partners[at] = old;
    free.delete(old);
  };
  for (const key of [name, outer]) {
    const waiting = new Map();
    for (const old of free) {
      const said = key(old);
      if (said && !waiting.has(said)) waiting.set(said, []);
      if (said) waiting.get(said).push(old);
    }
    for (const list of waiting.values()) list.reverse();
    news.forEach((node, at) => {
      const list = partners[at] ? null : waiting.get(key(node));
      if (list && list.length) pair(at, list.pop());
    });
  }
  // What is left is rewritten, but only between the neighbours that it had before; elements first,
  // for the white space between them fits anywhere.
  for (const isTurn of [isElement, node => !isElement(node)]) {
    const bounds = [];
    let bound = olds.length;
    for (let at = news.length - 1; at >= 0; at--) {
      bounds[at] = bound;
      if (partners[at]) bound = places.get(partners[at]);
    }
    let from = 0;
    news.forEach((node, at) => {
      if (!partners[at] && isTurn(node)) {
        let to = from;
        while (to < bounds[at] && !(free.has(olds[to]) && isAlike(olds[to], node))) to++;
        if (to < bounds[at]) pair(at, olds[to]);
      }
      if (partners[at]) from = places.get(partners[at]) + 1;
    });
  }
  return partners;
}

function isElement(node) {
  return node.nodeType === Node.ELEMENT_NODE;
}

/** A key by id. */
function name(node) {
  const id = isElement(node) && node.getAttribute("id");
  return id ? node.localName + "#" + id : null;
}

/** A key by all that a node is; white space is everywhere, and says nothing of where it belongs. */
function outer(node) {
  return isElement(node) ? node.outerHTML : node.data.trim() && node.data;
}

function isAlike(old, node) {
  return old.nodeType === node.nodeType && old.localName === node.localName
    && old.namespaceURI === node.namespaceURI && !(name(old) && name(node));
}

/** Moves a node with its state where the browser can, and otherwise without. */
function move(parent, node, before) {
  try {
    parent.moveBefore(node, before);
  } catch (error) {
    parent.insertBefore(node, before);
  }
}

/** Replaces only the letters that differ, so that a selection in the others stays. */
function rewrite(text, data) {
  const most = Math.min(text.length, data.length);
  let start = 0;
  let end = 0;
  while (start < most && text.data[start] === data[start]) start++;
  while (end < most - start && text.data.at(-1 - end) === data.at(-1 - end)) end++;
  if (start === data.length && start === text.length) return;
  text.replaceData(start, text.length - end - start, data.slice(start, data.length - end));
}
