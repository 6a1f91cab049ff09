// Answers queries from the index in `assets/search/`. It touches no page: `create(load)` is given a
// function that brings a file of the index, so that it runs wherever scripts do. The other half, which
// writes the files, is src/search; words are cut by the same tables there.
(function (global) {
"use strict";

/* Words: src/search/words.rs */

var OTHER = [0x80, 0xA9, 0xAB, 0xB4, 0xB6, 0xB9, 0xBB, 0xBF, 0xD7, 0xD7, 0xF7, 0xF7, 0x37E, 0x37E, 0x387,
  0x387, 0x589, 0x58A, 0x60C, 0x60D, 0x61B, 0x61F, 0x66A, 0x66D, 0x6D4, 0x6D4, 0x964, 0x965, 0x2000,
  0x206F, 0x20A0, 0x20CF, 0x2100, 0x214F, 0x2190, 0x2BFF, 0x2E00, 0x2E7F, 0x3000, 0x3004, 0x3008, 0x3020,
  0x3030, 0x3030, 0x303D, 0x303F, 0x30FB, 0x30FB, 0xD800, 0xF8FF, 0xFD3E, 0xFD3F, 0xFE00, 0xFE6F, 0xFEFF,
  0xFEFF, 0xFF00, 0xFF0F, 0xFF1A, 0xFF20, 0xFF3B, 0xFF40, 0xFF5B, 0xFF65, 0xFFE0, 0xFFFF, 0x1F000,
  0x1FAFF, 0xE0000, 0x10FFFF];
var DENSE = [0x3040, 0x30FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xAC00, 0xD7AF, 0xF900, 0xFAFF, 0x20000,
  0x3FFFF];
var SILENT = [0x27, 0x27, 0xAD, 0xAD, 0x300, 0x36F, 0x200B, 0x200D, 0x2019, 0x2019];
var FOLDED = {a: "àáâãäåāăą", c: "çćĉċč", d: "ďđð", e: "èéêëēĕėęě", g: "ĝğġģ", h: "ĥħ", i: "ìíîïĩīĭįı",
  j: "ĵ", k: "ķ", l: "ĺļľŀł", n: "ñńņňŉ", o: "òóôõöøōŏő", r: "ŕŗř", s: "śŝşšș", t: "ţťŧț",
  u: "ùúûüũūŭůűų", w: "ŵ", y: "ýÿŷ", z: "źżž", ae: "æ", oe: "œ", ss: "ß", th: "þ", "σ": "ς"};
var LONGEST = 64;
var folds = new Map();
Object.keys(FOLDED).forEach(function (plain) {
  Array.from(FOLDED[plain]).forEach(function (c) { folds.set(c, plain); });
});

function within(ranges, code) {
  for (var n = 0; n < ranges.length; n += 2) {
    if (code < ranges[n]) return false;
    if (code <= ranges[n + 1]) return true;
  }
  return false;
}
// "w" for a word, "j" for what joins two, "d" for a script without spaces, "s" for silent, "" else.
function classOf(c) {
  var code = c.codePointAt(0);
  if (code < 0x80) {
    return /[A-Za-z0-9]/.test(c) ? "w" : /[_.\/-]/.test(c) ? "j" : c === "'" ? "s" : "";
  }
  if (within(SILENT, code)) return "s";
  if (within(OTHER, code)) return "";
  return within(DENSE, code) ? "d" : "w";
}
function fold(text) {
  var out = "";
  Array.from(text).forEach(function (c) {
    Array.from(c.toLowerCase()).forEach(function (low) {
      if (classOf(low) !== "s") out += folds.has(low) ? folds.get(low) : low;
    });
  });
  return out;
}
function number(text) {
  return /^0[0-9]*$/.test(text) ? text.replace(/^0+(?=.)/, "") : text;
}
function singular(word) {
  if (word.length < 4 || !/^[\x00-\x7f]*s$/.test(word)) return word;
  if (/ies$/.test(word) && !/[ea]ies$/.test(word)) return word.slice(0, -3) + "y";
  return /(ss|us|is)$/.test(word) ? word : word.slice(0, -1);
}
function humps(segment) {
  var parts = [], start = 0;
  function upper(at) { return /^[A-Z]$/.test(segment[at] || ""); }
  function lower(at) { return /^[a-z]$/.test(segment[at] || ""); }
  for (var at = 1; at < segment.length; at++) {
    var plural = at + 2 === segment.length && segment[at + 1] === "s";
    if (upper(at) && (/[a-z0-9]/.test(segment[at - 1]) || (upper(at - 1) && lower(at + 1) && !plural))) {
      parts.push([start, at]);
      start = at;
    }
  }
  parts.push([start, segment.length]);
  return parts;
}
// The words of a text: {text, whole, start, end}, places in UTF-16 units.
function words(text) {
  var found = [], chars = Array.from(text), places = [0];
  chars.forEach(function (c, n) { places.push(places[n] + c.length); });
  function add(word, whole, start, end) {
    found.push({text: word, whole: whole, start: places[start], end: places[end]});
  }
  function addWhole(word, start, end) {
    if (Array.from(word).length <= LONGEST) add(word, true, start, end);
  }
  function identifier(start, end) {
    var whole = "", segments = 0, at = start;
    while (at < end) {
      var spelled = [], where = [], begin = at;
      for (; at < end && classOf(chars[at]) !== "j"; at++) {
        if (classOf(chars[at]) === "w") { spelled.push(chars[at]); where.push(at); }
      }
      var own = number(fold(spelled.join(""))), parts = humps(spelled);
      parts.forEach(function (part) {
        var word = singular(number(fold(spelled.slice(part[0], part[1]).join(""))));
        add(Array.from(word).slice(0, LONGEST).join(""), false, where[part[0]], where[part[1] - 1] + 1);
      });
      if (parts.length > 1) addWhole(own, begin, at);
      whole += own;
      if (at < end) whole += chars[at++];
      segments++;
    }
    if (segments > 1) addWhole(whole, start, end);
  }
  for (var at = 0; at < chars.length;) {
    var kind = classOf(chars[at]), start = at;
    if (kind === "d") {
      while (at < chars.length && classOf(chars[at]) === "d") at++;
      if (at - start === 1) add(chars[start], false, start, at);
      for (var n = start; n + 1 < at; n++) add(chars[n] + chars[n + 1], false, n, n + 2);
    } else if (kind === "w") {
      var end = at, joined = false;
      for (; at < chars.length; at++) {
        var c = classOf(chars[at]);
        if (c === "w") { end = at + 1; joined = false; }
        else if (c === "j" && !joined && end === at) joined = true;
        else if (c !== "s" || joined) break;
      }
      identifier(start, end);
      at = end;
    } else at++;
  }
  return found;
}

/* Numbers: src/search/postings.rs and number.rs */

var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
var values = {};
Array.from(DIGITS).forEach(function (digit, n) { values[digit] = n; });

function Reader(text) { this.text = text; this.at = 0; }
Reader.prototype.digit = function () { return values[this.text[this.at++]]; };
Reader.prototype.number = function () {
  var sum = 0, scale = 1, digit;
  do {
    digit = this.digit();
    sum += (digit & 31) * scale;
    scale *= 32;
  } while (digit > 31);
  return sum;
};
// The documents of a word: {count, list: [[document, weight, place, part]]}.
function postings(text) {
  var reader = new Reader(text), found = {count: reader.number(), list: []}, last = 0;
  while (reader.at < text.length) {
    var step = reader.number(), digit = reader.digit();
    last += Math.floor(step / 2);
    found.list.push([last, digit >> 2, digit & 3, step % 2 ? reader.number() : 0]);
  }
  return found;
}
function shelf(number, part) {
  var mixed = number ^ Math.imul(part + 1, 0x9E3779B1);
  mixed = Math.imul(mixed, 0x85EBCA6B);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xC2B2AE35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/* Trees of words: src/search/tree.rs */

function Tree(letter, list, load) {
  this.letter = letter;
  this.load = load;
  this.leaves = new Map();
  this.words = new Map();
  var parts = list.split(" ");
  // The first prefix may be empty: the only file of a small tree.
  for (var n = 0; n + 1 < parts.length; n += 2) this.leaves.set(parts[n], parts[n + 1]);
}
// The file that would hold a word: that of the longest prefix.
Tree.prototype.leafOf = function (word) {
  var chars = Array.from(word);
  for (var n = chars.length; n >= 0; n--) {
    var key = chars.slice(0, n).join("");
    if (this.leaves.has(key)) return key;
  }
  return null;
};
// The files that hold words with a prefix, none when they are more than `most`.
Tree.prototype.leavesBelow = function (prefix, most) {
  var below = [], own = this.leafOf(prefix);
  this.leaves.forEach(function (_, key) { if (key.indexOf(prefix) === 0) below.push(key); });
  // Without a file of their own, all of them are in one file with others.
  if (!below.length && own !== null) below.push(own);
  return below.length <= most ? below : [];
};
// The words of a file: a sorted list of [word, postings as text].
Tree.prototype.read = function (key) {
  var tree = this;
  if (key === null) return Promise.resolve([]);
  if (!this.words.has(key)) {
    var file = Array.from(key).map(function (c) {
      return /[A-Za-z0-9]/.test(c) ? c : "_" + c.codePointAt(0).toString(16) + "_";
    }).join("");
    this.words.set(key, this.load(this.letter + "-" + file, this.leaves.get(key)).then(function (text) {
      return text ? text.split(",").map(function (row) { return row.split(" "); }) : [];
    }, function (error) { tree.words.delete(key); throw error; }));
  }
  return this.words.get(key);
};
Tree.prototype.readAll = function (keys) {
  var tree = this;
  return Promise.all(keys.map(function (key) { return tree.read(key); })).then(function (lists) {
    return [].concat.apply([], lists);
  });
};

// Whether two words differ by one letter: one too many, one missing, another one, or two exchanged.
function oneEdit(a, b) {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  var n = 0, x = a.length, y = b.length;
  while (n < x && n < y && a[n] === b[n]) n++;
  while (x > n && y > n && a[x - 1] === b[y - 1]) { x--; y--; }
  return x - n <= 1 && y - n <= 1
    || (x - n === 2 && y - n === 2 && a[n] === b[n + 1] && a[n + 1] === b[n]);
}

/* Queries */

// What a word found in another form counts for.
var PREFIX = 0.75, TYPO = 0.6;
// What places count for, beside the text: path, title, part of the id, the id.
var PLACES = [0.4, 1.5, 1.2, 2.2];
var HEADING = 0.5;
// Words of queries that are only looked for in the names when there are few others.
var FORMS = 40, SCATTERED = 4, FEW = 2;
var KINDS = {file: 0.6, entry: 0.8, research: 0.85, page: 0.9, symbol: 0.9, package: 0.95};

function parse(query) {
  var phrases = [];
  var rest = query.replace(/"([^"]*)"?/g, function (_, phrase) {
    if (phrase.trim()) phrases.push(phrase);
    return " " + phrase + " ";
  });
  var terms = [], seen = new Set(), list = words(rest.slice(0, 300));
  list.forEach(function (word) {
    var key = (word.whole ? "=" : "") + word.text;
    if (!word.text || seen.has(key) || terms.length >= 12) return;
    seen.add(key);
    terms.push({text: word.text, whole: word.whole, start: word.start, end: word.end, last: false});
  });
  // The word that is still being typed may be the start of a longer one.
  var end = rest.replace(/\s+$/, "").length;
  var open = end === rest.length || phrases.length === 0;
  var parts = terms.filter(function (term) { return !term.whole; });
  terms.forEach(function (term) {
    term.last = open && term.end === end;
    if (term.last) term.typed = fold(rest.slice(term.start, term.end)).replace(/^0+(?=\d)/, "");
  });
  var whole = list.filter(function (word) { return word.whole; }).pop();
  var all = rest.trim();
  var single = parts.length === 1 || (whole && whole.end - whole.start === all.length);
  return {
    terms: terms,
    phrases: phrases.map(function (phrase) {
      return words(phrase).filter(function (word) { return !word.whole; })
        .map(function (word) { return word.text; });
    }).filter(function (phrase) { return phrase.length > 1; }),
    parts: parts.length,
    single: single ? (whole || parts[0] || {}).text : null
  };
}

function Engine(load) {
  this.load = load;
  this.ready = null;
  this.shelves = new Map();
}

Engine.prototype.begin = function () {
  var engine = this;
  if (!this.ready) {
    this.ready = this.load("index", "").then(function (manifest) {
      engine.manifest = manifest;
      engine.names = new Tree("n", manifest.names, engine.load);
      engine.texts = new Tree("w", manifest.words, engine.load);
      return engine.load("columns", manifest.version);
    }).then(function (text) {
      var reader = new Reader(text), last = 0;
      engine.classOf = new Map();
      while (reader.at < text.length) {
        last += reader.number();
        engine.classOf.set(last, reader.number());
      }
    });
    this.ready.catch(function () { engine.ready = null; });
  }
  return this.ready;
};

// The forms of a term in a tree: [[word, postings, quality]].
Engine.prototype.forms = function (tree, term) {
  var exact = tree.read(tree.leafOf(term.text)).then(function (list) {
    return list.filter(function (row) { return row[0] === term.text; });
  });
  var longer = !term.last || term.whole ? Promise.resolve([])
    : tree.readAll(tree.leavesBelow(term.typed, SCATTERED)).then(function (list) {
        return list.filter(function (row) {
          return row[0].indexOf(term.typed) === 0 && row[0] !== term.text;
        });
      });
  return Promise.all([exact, longer]).then(function (both) {
    var forms = both[0].map(function (row) { return [row[0], postings(row[1]), 1]; });
    return both[1].map(function (row) {
      // The less is missing, the more it is what was meant.
      return [row[0], postings(row[1]), PREFIX * (0.6 + 0.4 * term.typed.length / row[0].length)];
    }).sort(function (a, b) { return b[2] - a[2] || b[1].count - a[1].count; })
      .slice(0, FORMS).concat(forms);
  });
};

// Words of a tree that are one letter off.
Engine.prototype.typos = function (tree, term) {
  var word = term.text, keys = new Set();
  if (word.length < 4 || term.whole) return Promise.resolve([]);
  if (tree.leaves.size <= 3 * SCATTERED) tree.leaves.forEach(function (_, key) { keys.add(key); });
  var swapped = word[1] + word[0] + word.slice(2), later = word[0] + word[2] + word[1] + word.slice(3);
  [word, swapped, later, word.slice(1), word[0] + word.slice(2)].forEach(function (near) {
    keys.add(tree.leafOf(near));
  });
  keys.delete(null);
  return tree.readAll(Array.from(keys)).then(function (list) {
    return list.filter(function (row) { return oneEdit(row[0], word); }).map(function (row) {
      return [row[0], postings(row[1]), TYPO];
    });
  });
};

// What a term finds in a tree: document -> [score, place or heading, part].
Engine.prototype.find = function (tree, term, score) {
  var engine = this, all = this.manifest.documents;
  function gather(forms) {
    var found = new Map(), cut = false, matched = [];
    forms.forEach(function (form) {
      var count = form[1].count;
      var rare = Math.log(1 + (all - count + 0.5) / (count + 0.5));
      matched.push(form[0]);
      cut = cut || count > form[1].list.length;
      form[1].list.forEach(function (posting) {
        var value = form[2] * rare * score(posting[1], posting[2]);
        var best = found.get(posting[0]);
        if (!best || best[0] < value) found.set(posting[0], [value, posting[2], posting[3], form[2]]);
      });
    });
    return {found: found, cut: cut, words: matched};
  }
  return this.forms(tree, term).then(function (forms) {
    var result = gather(forms);
    if (result.found.size >= FEW) return result;
    return engine.typos(tree, term).then(function (more) { return gather(forms.concat(more)); });
  });
};

function ofName(weight, place) { return PLACES[place] * (weight + 1) / 16; }
function ofText(weight, heading) { return (weight + 1) / 16 + (heading ? HEADING : 0); }

// Ranks the documents that names, and when `full` also texts, have found.
Engine.prototype.rank = function (query, full) {
  var engine = this, parsed = parse(query);
  return this.begin().then(function () {
    return Promise.all(parsed.terms.map(function (term) {
      return Promise.all([
        engine.find(engine.names, term, ofName),
        full ? engine.find(engine.texts, term, ofText) : null
      ]);
    }));
  }).then(function (results) {
    var all = new Map(), marked = new Set(), needed = 0, wanted = 0;
    results.forEach(function (pair, n) {
      var term = parsed.terms[n], name = pair[0], text = pair[1];
      // A word of nearly every page need not be in the list of this one.
      var must = !term.whole && !(text && text.cut);
      var union = new Set(name.found.keys());
      if (text) text.found.forEach(function (_, id) { union.add(id); });
      // A rare word says more of what is meant than `how` or `to`; one that is nowhere says nothing.
      var worth = must && union.size
        ? Math.log(1 + (engine.manifest.documents - union.size + 0.5) / (union.size + 0.5)) : 0;
      if (must) needed++;
      wanted += worth;
      [name, text].forEach(function (side) {
        if (side) side.words.forEach(function (word) { marked.add(word); });
      });
      function merge(side, isName) {
        side.found.forEach(function (hit, id) {
          var doc = all.get(id);
          if (!doc) all.set(id, doc = {id: id, score: 0, terms: 0, worth: 0, named: 0, parts: {}, exact: false, at: -1});
          if (doc.at !== n && must) { doc.terms++; doc.worth += worth; }
          doc.at = n;
          doc.score += hit[0] * (term.whole ? 1.5 : 1);
          if (isName) {
            if (must && hit[1] > 0) doc.named++;
            if (hit[1] === 3 && hit[3] === 1 && term.text === parsed.single) doc.exact = true;
          } else {
            doc.parts[hit[2]] = (doc.parts[hit[2]] || 0) + hit[0];
          }
        });
      }
      if (text) merge(text, false);
      merge(name, true);
    });
    var list = [];
    all.forEach(function (doc) {
      if (!engine.classOf.has(doc.id)) return;
      if (!full && doc.terms < needed) return;
      doc.class = engine.manifest.classes[engine.classOf.get(doc.id)];
      var share = wanted > 0 ? doc.worth / wanted : 1;
      doc.score *= share * share * (KINDS[doc.class[0]] || 1);
      if (needed && doc.named >= needed) doc.score *= 1.4;
      if (doc.exact) doc.score += 1000;
      var best = -1;
      doc.part = 0;
      Object.keys(doc.parts).forEach(function (part) {
        if (doc.parts[part] > best) { best = doc.parts[part]; doc.part = +part; }
      });
      list.push(doc);
    });
    list.sort(function (a, b) { return b.score - a.score || a.id - b.id; });
    // What has few of the words is no answer when others have all.
    if (list.length && full) {
      var most = list.reduce(function (most, doc) { return Math.max(most, doc.worth); }, 0);
      list = list.filter(function (doc) { return doc.worth * 2 >= most || doc.exact; });
    }
    return {list: list, marked: marked, parsed: parsed};
  });
};

Engine.prototype.shelf = function (name, version) {
  var engine = this, key = name + "?" + version;
  if (!this.shelves.has(key)) {
    var coming = this.load(name, version);
    this.shelves.set(key, coming);
    coming.catch(function () { engine.shelves.delete(key); });
  }
  return this.shelves.get(key);
};

// Title, address and id of a document.
Engine.prototype.describe = function (doc) {
  var count = this.manifest.shelves.length;
  var n = Math.floor(doc.id / (Math.pow(2, this.manifest.bits) / count));
  return this.shelf("d-" + n, this.manifest.shelves[n]).then(function (rows) {
    var row = rows[doc.id] || ["", "", "", ""];
    return {doc: doc, title: row[0], href: row[1], id: row[2], versions: row[3],
      kind: doc.class[0], columns: doc.class};
  });
};

Engine.prototype.part = function (hit, part) {
  var version = hit.versions.substr(part * 4, 4);
  if (!version) return Promise.resolve([]);
  var n = shelf(hit.doc.id, part) & (this.manifest.texts - 1);
  return this.shelf("t-" + n, version).then(function (rows) { return rows[hit.doc.id + "." + part] || []; });
};

// Searches. `chosen` is one list of values for each column, empty for any. Gives the hits from `from`
// to `to`, how many there are, and for each column how often each value is among them.
Engine.prototype.search = function (query, options) {
  var engine = this, from = options.from || 0, to = options.to || 8, chosen = options.chosen || [];
  return this.rank(query, options.full !== false).then(function (ranked) {
    if (options.full === false || !ranked.parsed.phrases.length) return ranked;
    // Phrases are looked for in the texts of the best.
    return Promise.all(ranked.list.slice(0, 16).map(function (doc) {
      return engine.describe(doc).then(function (hit) { return engine.hasPhrases(hit, ranked.parsed.phrases); })
        .then(function (has) { return has ? doc : null; });
    })).then(function (list) {
      ranked.list = list.filter(Boolean);
      return ranked;
    });
  }).then(function (ranked) {
    function fits(doc, but) {
      return doc.class.every(function (value, n) {
        return n === but || !chosen[n] || !chosen[n].length || chosen[n].indexOf(value) >= 0;
      });
    }
    var facets = engine.manifest.columns.map(function (name, n) {
      var counts = {};
      ranked.list.forEach(function (doc) {
        if (doc.class[n] && fits(doc, n)) counts[doc.class[n]] = (counts[doc.class[n]] || 0) + 1;
      });
      return {name: name, values: Object.keys(counts).sort().map(function (value) { return [value, counts[value]]; })};
    });
    var list = ranked.list.filter(function (doc) { return fits(doc, -1); });
    return Promise.all(list.slice(from, to).map(function (doc) { return engine.describe(doc); }))
      .then(function (hits) {
        return {hits: hits, total: list.length, facets: facets, marked: ranked.marked};
      });
  });
};

function holds(list, phrase) {
  for (var n = 0; n + phrase.length <= list.length; n++) {
    var at = 0;
    while (at < phrase.length && list[n + at] === phrase[at]) at++;
    if (at === phrase.length) return true;
  }
  return false;
}
// Looks where the words are most often first, and then elsewhere.
Engine.prototype.hasPhrases = function (hit, phrases) {
  var engine = this, likely = Object.keys(hit.doc.parts).map(Number), others = [];
  for (var n = 0; n < Math.min(hit.versions.length / 4, 40); n++) if (likely.indexOf(n) < 0) others.push(n);
  function look(numbers, left) {
    return Promise.all(numbers.map(function (n) { return engine.part(hit, n); })).then(function (parts) {
      var texts = left === phrases ? [hit.title] : [];
      parts.forEach(function (rows) { rows.forEach(function (row) { texts.push(row[1], row[2]); }); });
      var lists = texts.map(function (text) {
        return words(text).filter(function (word) { return !word.whole; }).map(function (word) { return word.text; });
      });
      return left.filter(function (phrase) {
        return !lists.some(function (list) { return holds(list, phrase); });
      });
    });
  }
  return look(likely, phrases).then(function (left) {
    return left.length && others.length ? look(others, left) : left;
  }).then(function (left) { return left.length === 0; });
};

var AROUND = 200;

// A text in pieces, [words, whether marked], `most` characters around the densest marks.
function mark(text, marked, most) {
  var marks = words(text).filter(function (word) { return marked.has(word.text); });
  var best = 0, bestCount = 0;
  marks.forEach(function (first, n) {
    var seen = new Set();
    for (var m = n; m < marks.length && marks[m].end < first.start + most; m++) seen.add(marks[m].text);
    if (seen.size > bestCount) { bestCount = seen.size; best = n; }
  });
  var start = marks.length ? Math.max(0, marks[best].start - Math.floor(most / 4)) : 0;
  if (start > 0) {
    var space = text.slice(start, start + 30).search(/\s/);
    if (space >= 0 && start + space < marks[best].start) start += space + 1;
  }
  var end = Math.min(text.length, start + most);
  if (end < text.length) {
    var back = text.slice(start, end).search(/\s\S*$/);
    if (back > most / 2) end = start + back;
  }
  var pieces = [], at = start;
  if (start > 0) pieces.push(["… ", false]);
  marks.sort(function (a, b) { return a.start - b.start || b.end - a.end; }).forEach(function (word) {
    if (word.start < at || word.end > end) return;
    if (word.start > at) pieces.push([text.slice(at, word.start), false]);
    pieces.push([text.slice(word.start, word.end), true]);
    at = word.end;
  });
  if (at < end) pieces.push([text.slice(at, end), false]);
  if (end < text.length) pieces.push([" …", false]);
  return {pieces: pieces, count: bestCount};
}

// The section of a hit that says most of the query: {section, anchor, pieces}.
Engine.prototype.quote = function (hit, marked) {
  return this.part(hit, hit.doc.part).then(function (rows) {
    var best = null;
    rows.forEach(function (row) {
      var text = mark(row[2], marked, AROUND), title = mark(row[1], marked, AROUND);
      var count = text.count * 2 + title.count;
      if (!best || count > best.count) {
        best = {count: count, anchor: row[0], section: row[1], sectionPieces: title.pieces, pieces: text.pieces};
      }
    });
    return best;
  });
};

global.LacunaSearch = {
  create: function (load) { return new Engine(load); },
  words: words,
  mark: mark,
  oneEdit: oneEdit
};
})(typeof globalThis === "undefined" ? window : globalThis);
