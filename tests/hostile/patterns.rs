//! Texts that are slow to read somewhere: marks to make patterns of, patterns and shapes that were
//! slow in this program or in others. The tests try them at a size that suits tests, and
//! `cargo xtask growth` tries them in whole builds of 1 MiB.

/// Marks that Markdown, HTML, front matter and the readers of records know.
pub const MARKS: &[&str] = &[
    "[",
    "](",
    ")",
    "[a](<b",
    "![",
    "[^",
    "[^a]",
    "[^a]: ",
    "[[",
    "]]",
    "<b>",
    "</b>",
    "<a ",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?",
    "<details>\n\n",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    "```\n",
    "$",
    "$$",
    "> ",
    "- ",
    "1. ",
    "# ",
    "|",
    "|-|",
    "\n",
    "\n\n",
    "    ",
    "\\",
    "&#x6A;",
    "&amp",
    "a",
    "a b ",
    "é",
    "<http://a",
    "http://a.b ",
    "- [ ] ",
    "GAP-1 ",
    "ADR-2 ",
    "a.md:1-2 ",
    "Chunk-001.txt (lines 1-2) ",
    "27 gaps, ",
    "5 % ",
    "P0 ",
    "- **Status**: open\n",
    "## GAP-1: a\n",
    "---\n",
    "+++\n",
    "{{< ref \"",
    "{#a}",
    "{",
    "import a\n",
    "Ã©",
    "\t",
    "\r\n",
    "\"",
    "'",
    ":",
    "//",
    "/*",
    "\u{200b}",
];

/// Patterns that were slow somewhere, in this program or in others.
pub const KNOWN: &[&str] = &[
    "[a](<b",
    "[](",
    "a<!--",
    "> [^\n",
    "<div [^\n",
    ">",
    "*a **a ",
    "|a",
    "[r]",
    "[[a]] ",
    "<details>\n\n",
    "a.md:1-2 ",
    "Chunk-001.txt (lines 1-2) ",
    "<a href=a.md>",
    "- [ ] a\n",
    "# a\n\n",
    "![a](b.png) ",
    "[",
    "![",
    "[^",
    "[[",
    "<a ",
    "$",
    "# ",
    "~ ",
    ": ",
    "<b>",
    "</b>",
];

/// Makes a text of about so many bytes.
pub type Shape = fn(usize) -> String;

/// Texts that no repetition makes: nesting, lists of names that all differ, code and diagrams.
pub const SHAPES: &[(&str, Shape)] = &[
    ("emphasis in emphasis", |bytes| "*".repeat(bytes / 2) + "x" + &"*".repeat(bytes / 2)),
    ("both emphases in each other", |bytes| {
        let half = bytes / 12;
        "**a _b ".repeat(half) + &"_ ** ".repeat(half)
    }),
    ("links in links", |bytes| "[".repeat(bytes / 5) + "a" + &"](b)".repeat(bytes / 5)),
    ("images in images", |bytes| "![".repeat(bytes / 6) + "a" + &"](b)".repeat(bytes / 6)),
    ("lists in lists", |bytes| nested(bytes, |n| format!("{}- a\n", "  ".repeat(n)))),
    ("quotes in quotes", |bytes| nested(bytes, |n| format!("{} a\n\n", ">".repeat(n + 1)))),
    ("tags in tags", |bytes| "<b>".repeat(bytes / 7) + &"</b>".repeat(bytes / 7)),
    ("runs of backticks, each of its own length", |bytes| {
        nested(bytes, |n| format!("{}a", "`".repeat(n + 1)))
    }),
    ("fences, each of its own length", |bytes| {
        nested(bytes, |n| format!("{}\na\n", "`".repeat(n + 3)))
    }),
    ("a table of one row", |bytes| {
        format!(
            "{}|\n{}|\n{}|\n",
            "|a".repeat(bytes / 6),
            "|-".repeat(bytes / 6),
            "|b".repeat(bytes / 6)
        )
    }),
    ("a table of empty rows", |bytes| {
        format!(
            "{}|\n{}|\n{}",
            "|a".repeat(1_000),
            "|-".repeat(1_000),
            "|\n".repeat(bytes / 2 - 2_001)
        )
    }),
    ("a table of rows", |bytes| format!("|a|b|\n|-|-|\n{}", "|a|b|\n".repeat(bytes / 6))),
    ("definitions of references", |bytes| numbered(bytes, |n| format!("[r{n}]: x{n}\n"))),
    ("definitions that are used", |bytes| numbered(bytes, |n| format!("[r{n}]\n\n[r{n}]: x\n\n"))),
    ("footnotes", |bytes| numbered(bytes, |n| format!("a[^{n}]\n\n[^{n}]: b\n\n"))),
    ("headings", |bytes| numbered(bytes, |n| format!("# a{n}\n\n"))),
    ("headings that end in numbers", |bytes| numbered(bytes, |n| format!("# a\n\n# a-{n}\n\n"))),
    ("ids of headings", |bytes| numbered(bytes, |n| format!("# a {{#i{n}}}\n\n"))),
    ("ids of tags", |bytes| numbered(bytes, |n| format!("<a id=i{n}></a>\n\n"))),
    ("links to headings", |bytes| numbered(bytes, |n| format!("# a{n}\n\n[x](#a{n})\n\n"))),
    ("links to no heading", |bytes| numbered(bytes, |n| format!("# a{n}\n\n[x](#b{n})\n\n"))),
    ("names of no section", |bytes| numbered(bytes, |n| format!("# a{n}\n\n[[a#b{n}]]\n\n"))),
    ("links to nowhere", |bytes| numbered(bytes, |n| format!("[x](no{n}.md) "))),
    ("names of records", |bytes| numbered(bytes, |n| format!("GAP-{n} [[ADR-{n}]] "))),
    ("references in one block", |bytes| "<div>\n".to_owned() + &"& ".repeat(bytes / 2)),
    ("signs in one block", |bytes| "<div>\n".to_owned() + &"\u{a7}".repeat(bytes / 2)),
    ("signs beside a tag", |bytes| "<b>x</b> ".to_owned() + &"\u{a7} ".repeat(bytes / 3)),
    ("code beside a tag", |bytes| format!("<b>x</b>\n\n```\n{}\n```\n", "& ".repeat(bytes / 2))),
    ("ends of nothing", |bytes| "</b>&amp\u{200b}P0 ".repeat(bytes / 15)),
    ("a long description", |bytes| format!("<b>x</b> ![{}](a.png)", "\u{a7}".repeat(bytes / 2))),
    ("a long attribute", |bytes| format!("<img alt=\"{}\">", "&amp;".repeat(bytes / 5))),
    ("citations", |bytes| numbered(bytes, |n| format!("a{n}.md:1-{n} "))),
    ("covers", |bytes| numbered(bytes, |n| format!("<!-- covers: G-{n} -->\n\n"))),
    ("claims", |bytes| numbered(bytes, |n| format!("{n} gaps, {n} % of {n} lines.\n\n"))),
    ("tags", |bytes| {
        format!("---\ntags: [{}]\n---\n# A\n", numbered(bytes, |n| format!("t{n}, ")))
    }),
    ("front matter of brackets", |bytes| format!("---\na: {}\n---\n# A\n", "[".repeat(bytes))),
    ("front matter of keys", |bytes| {
        format!("---\n{}---\n# A\n", numbered(bytes, |n| format!("k{n}: x\n")))
    }),
    ("front matter in TOML", |bytes| format!("+++\na = {}\n+++\n# A\n", "[".repeat(bytes))),
    ("code of one line", |bytes| format!("```rust\n{}\n```\n", "[".repeat(bytes))),
    ("code of many lines", |bytes| format!("```rust\n{}```\n", "let a = 1;\n".repeat(bytes / 11))),
    ("JSON of one line", |bytes| format!("```json\n[{}1]\n```\n", "1,".repeat(bytes / 2))),
    ("blocks of code", |bytes| "```rust\nfn a() {}\n```\n\n".repeat(bytes / 23)),
    ("a fence of long words", |bytes| format!("```{}\na\n```\n", "x".repeat(bytes))),
    ("formulas", |bytes| "$\\frac{a}{b}$ ".repeat(bytes / 14)),
    ("a long formula", |bytes| format!("$${}$$\n", "a^{b}".repeat(bytes / 5))),
    ("a diagram of nodes", |bytes| {
        format!("```mermaid\nflowchart TD\n{}```\n", numbered(bytes, |n| format!("  a{n}\n")))
    }),
    ("one word", |bytes| "x".repeat(bytes)),
    ("one line of words", |bytes| numbered(bytes, |n| format!("w{n} "))),
    ("empty lines", |bytes| "\n".repeat(bytes)),
    ("spaces", |bytes| " ".repeat(bytes) + "a"),
];

/// Numbered pieces until there are so many bytes.
fn numbered(bytes: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for n in 1.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&piece(n));
    }
    text
}

/// Pieces, each a little longer than the one before: their number is the root of the length.
fn nested(bytes: usize, piece: impl Fn(usize) -> String) -> String {
    numbered(bytes, |n| piece(n - 1))
}

/// A pattern again and again, below a title.
pub fn repeated(pattern: &str, bytes: usize) -> String {
    format!("# A\n\n{}\n", pattern.repeat(bytes / pattern.len()))
}

/// Patterns of two to four marks, the same for the same seed.
pub fn made(count: usize, seed: u64) -> Vec<String> {
    let mut state = seed;
    let mut below = |bound: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    let mut pattern = || {
        let marks = 2 + below(3);
        (0..marks).map(|_| MARKS[below(MARKS.len())]).collect()
    };
    (0..count).map(|_| pattern()).collect()
}
