//! The work for a text grows with its length and not with its square: patterns, made from the marks
//! that readers know, go through the whole pipeline at two lengths.
//!
//! What is measured is the time of the processor on one thread, so that a busy machine changes little.
//! `LACUNA_PATTERNS=1000` tries more patterns, `LACUNA_GROWTH_BYTES` longer ones.

use lacuna::{
    engine::{
        Options,
        build::{self, Making},
        earlier::Nothing,
        stages::Stages,
    },
    model::config::Config,
    render::theme::Theme,
    world::{Limits, Memory, Snapshot},
};

/// Marks that Markdown, HTML, front matter and the readers of records know.
const MARKS: &[&str] = &[
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
const KNOWN: &[&str] = &[
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
];

/// Longest run of a pattern, in bytes; the other is half of it.
const BYTES: usize = 24_000;
/// A text that takes less is too quick to be judged, in nanoseconds.
const QUICK: u64 = 150_000_000;
/// Twice the text may take so many times the time. Squares take four times.
const MOST: f64 = 3.2;

/// The time that this thread has run, in nanoseconds.
fn time() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok()
}

/// What a clean build of one document takes on this thread.
fn cost(pattern: &str, bytes: usize) -> Option<u64> {
    let text = format!("# A\n\n{}\n", pattern.repeat(bytes / pattern.len()));
    let world = Memory::new([("docs/a.md", text)]);
    let config = Config::default();
    let options = Options { config: &config, folder_name: "x", today: None };
    let (theme, _) = Theme::new(Default::default());
    let begun = time()?;
    let stages = Stages::default();
    let snapshot = Snapshot::take(&world, &Limits::default());
    let reading = stages.read(&snapshot, &config);
    let graph = stages.relate(&reading, options);
    let making = Making {
        stages: &stages,
        reading: &reading,
        graph: &graph,
        theme: &theme,
        world: &world,
        options,
    };
    let build = build::build(making, &Nothing);
    assert!(build.output.len() > 10);
    Some(time()? - begun)
}

/// Patterns of two or three marks, the same every time.
fn patterns(count: usize) -> Vec<String> {
    let mut state = 7_u64;
    let mut below = |bound: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    let mut made: Vec<String> = KNOWN.iter().map(|known| (*known).to_owned()).collect();
    while made.len() < KNOWN.len() + count {
        let marks = 2 + below(2);
        made.push((0..marks).map(|_| MARKS[below(MARKS.len())]).collect());
    }
    made
}

/// P26: no pattern costs the square of its length.
#[test]
fn work_grows_with_the_length_of_a_text() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(8 << 20).build();
    let pool = pool.expect("a thread can be started");
    let bytes = super::number("LACUNA_GROWTH_BYTES", BYTES);
    let slow = pool.install(|| {
        if time().is_none() {
            eprintln!("skipped: the system does not tell the time of a thread");
            return Vec::new();
        }
        cost("warm ", 1_000);
        let mut slow = Vec::new();
        for pattern in patterns(super::number("LACUNA_PATTERNS", 12)) {
            let ratio = || -> Option<f64> {
                let twice = cost(&pattern, bytes)?;
                if twice < QUICK {
                    return None;
                }
                Some(twice as f64 / cost(&pattern, bytes / 2)?.max(1) as f64)
            };
            // Looked at again, for the caches of the machine belong to others as well.
            let ratios = std::iter::repeat_with(ratio).take(3);
            let least = ratios.map_while(|r| r.filter(|r| *r > MOST)).collect::<Vec<_>>();
            if least.len() == 3 {
                slow.push(format!("{pattern:?} {least:?}"));
            }
        }
        slow
    });
    assert!(
        slow.is_empty(),
        "twice the text takes more than {MOST} times as long:\n{}",
        slow.join("\n")
    );
}
