//! The words of citations, as data: lines, sections, chunks and what joins their numbers, in the
//! languages met so far. Every word is lower case; to read another language, add its words here.

/// "Line" and "lines", with the cases in which they follow a file name.
#[rustfmt::skip]
pub(super) const LINES: &[&str] = &[
    // English
    "line", "lines", "line(s)", "ln", "ln.", "l.", "ll.", "lns.",
    // German
    "zeile", "zeilen", "zeile(n)", "z.",
    // French
    "ligne", "lignes", "ligne(s)", "lg.",
    // Spanish
    "línea", "líneas", "línea(s)", "linea", "lineas",
    // Portuguese
    "linha", "linhas", "linha(s)",
    // Italian
    "riga", "righe",
    // Dutch
    "regel", "regels", "regel(s)",
    // Russian
    "строка", "строки", "строку", "строке", "строках", "строк",
    // Chinese and Japanese
    "行", "行号", "行番号",
];

/// Plurals after which a colon and one number give a size: "Lines: 622".
pub(super) const SIZES: &[&str] =
    &["lines", "zeilen", "lignes", "líneas", "lineas", "linhas", "righe", "regels", "строк"];

/// "Section", "chapter", "clause".
#[rustfmt::skip]
pub(super) const SECTIONS: &[&str] = &[
    "section", "sections", "sect.", "sec.", "chapter", "ch.", "clause", "§", "§§",
    "abschnitt", "abschnitte", "kapitel", "ziffer",
    "chapitre", "sección", "secciones", "capítulo", "seção", "seções", "secção",
    "sezione", "sezioni", "capitolo", "sectie", "paragraaf", "hoofdstuk",
    "раздел", "раздела", "разделе", "глава", "главе", "пункт",
];

/// "Chunk", as written and in the singular that names the file.
#[rustfmt::skip]
pub(super) const CHUNKS: &[(&str, &str)] = &[
    ("chunk", "chunk"), ("chunks", "chunk"),
    ("bloco", "bloco"), ("blocos", "bloco"),
    ("bloque", "bloque"), ("bloques", "bloque"),
    ("blocco", "blocco"), ("blocchi", "blocco"),
    ("чанк", "чанк"), ("чанки", "чанк"), ("чанков", "чанк"), ("чанках", "чанк"),
];

/// What joins two items of a list. Words need a space after them.
pub(super) const AND: &[&str] =
    &[",", "&", "、", "，", "and", "und", "e", "y", "et", "en", "и", "和", "と"];

/// What stands between the first and the last number of a range. Words need spaces around them.
pub(super) const TO: &[&str] = &[
    "to", "through", "thru", "until", "bis", "à", "a", "al", "até", "ao", "tot", "t/m", "по", "до",
];

/// Signs between the first and the last number of a range.
pub(super) const DASHES: &[char] = &['-', '–', '—', '‑', '−', '〜', '～', '~', '至', '到'];

/// What may stand between a file and its lines: "at line 25", "nas linhas 3-4".
pub(super) const AT: &[&str] = &[
    "at", "on", "in", "from", "see", "the", "aux", "à la", "en las", "en la", "nas", "na", "alle",
    "alla", "op", "ab", "в", "на", "с", "的", "の",
];

/// What may stand between lines and the file they are of: "lines 3-4 of a.md".
pub(super) const OF: &[&str] = &[
    "of", "in", "from", "von", "aus", "du", "de", "da", "do", "del", "di", "in", "van", "uit",
    "из", "в",
];
