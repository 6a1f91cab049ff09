//! The index of the search: the same words in Rust and in the browser, the same bytes on every run,
//! few files for an edit, few bytes for an answer.

use std::io::Write;

use browser::{Browser, json};
use flate2::{Compression, write::GzEncoder};
use lacuna::search::words::{Extent, words};

#[path = "search/made.rs"]
mod made;

use made::{Index, index, pages};

const ENGINE: &str = include_str!("../themes/default/assets/search-engine.js");
const PALETTE: &str = include_str!("../themes/default/assets/search.js");

/// A text and its words; `=` stands before a whole identifier.
const WORDS: &[(&str, &str)] = &[
    ("", ""),
    ("Plain words, twice.", "plain word twice"),
    ("LAC-005", "lac 5 =lac-5"),
    (
        "cosmos.bank.v1beta1.MsgSend",
        "cosmo bank v1beta1 msg send =msgsend =cosmos.bank.v1beta1.msgsend",
    ),
    ("snake_case_name", "snake case name =snake_case_name"),
    ("docs/guide/search.md", "doc guide search md =docs/guide/search.md"),
    ("HTTPServer getURLs APIs", "http server =httpserver get url =geturls apis"),
    ("ends with a dot. -dash- a--b", "end with a dot dash a b"),
    (
        "queries categories species class status basis gas",
        "query category specy class status basis gas",
    ),
    ("0 00 007 1.20", "0 0 7 1 20 =1.20"),
    ("Café naïve Straße Ærø ŁÓDŹ", "cafe naive strasse aero lodz"),
    ("cafe\u{301} İstanbul ΟΔΟΣ", "cafe istanbul οδοσ"),
    ("don’t won't \u{ad}soft\u{ad}hyphen '", "dont wont softhyphen"),
    ("日本語の検索 中", "日本 本語 語の の検 検索 中"),
    ("한국어", "한국 국어"),
    ("поиск по сайту", "поиск по сайту"),
    ("a→b · “quoted” — 5€ 😀", "a b quoted 5"),
    ("x日本y", "x 日本 y"),
    ("a-日", "a 日"),
    ("<script>alert('1')</script>", "script alert 1 script"),
];

fn spelled(text: &str) -> String {
    let word = |word: lacuna::search::words::Word| match word.extent {
        Extent::Part => word.text,
        Extent::Whole => format!("={}", word.text),
    };
    words(text).into_iter().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn text_is_cut_into_words() {
    for (text, expected) in WORDS {
        assert_eq!(spelled(text), *expected, "{text:?}");
    }
    let long = "a_".repeat(40) + "b";
    assert!(!spelled(&long).contains('='), "an identifier of 81 characters is only its parts");
}

#[test]
fn the_browser_cuts_the_same_words() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let tab = browser.tab();
    tab.eval(ENGINE);
    let long = format!("{} {}", "x".repeat(90), "a_".repeat(40));
    let others =
        [long.as_str(), "O'Reilly's «a.b»...c", "ǅ ﬁ ½ ² ª", "a\u{200d}b\u{fe0f}c ٣٤ अनुच्छेद"];
    for text in WORDS.iter().map(|(text, _)| *text).chain(others) {
        let script = format!(
            "LacunaSearch.words({}).map(w => (w.whole ? '=' : '') + w.text).join(' ')",
            json!(text)
        );
        assert_eq!(tab.eval(&script), spelled(text), "{text:?}");
    }
}

#[test]
fn the_browser_forgives_one_letter() {
    let Some(browser) = Browser::find() else { return eprintln!("skipped: no Chromium") };
    let tab = browser.tab();
    tab.eval(ENGINE);
    for (a, b, near) in [
        ("coverage", "cvoerage", true),
        ("coverage", "coverge", true),
        ("coverage", "coveragge", true),
        ("coverage", "covarage", true),
        ("coverage", "coverage", false),
        ("coverage", "covera", false),
        ("abcd", "badc", false),
        ("abcd", "abdce", false),
    ] {
        let script = format!("LacunaSearch.oneEdit({}, {})", json!(a), json!(b));
        assert_eq!(tab.eval(&script), near, "{a} {b}");
    }
}

#[test]
fn the_index_is_the_same_on_any_number_of_threads() {
    let pages = pages(60);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let many = rayon::ThreadPoolBuilder::new().num_threads(5).build().expect("threads");
    assert_eq!(one.install(|| index(&pages)), many.install(|| index(&pages)));
}

fn changed(before: &Index, after: &Index) -> Vec<String> {
    let differs = |route: &&String| before.get(*route) != after.get(*route);
    let gone = before.keys().filter(|route| !after.contains_key(*route));
    after.keys().filter(differs).chain(gone).cloned().collect()
}

#[test]
fn an_edit_changes_a_handful_of_files() {
    let mut pages = pages(300);
    let before = index(&pages);
    pages[150].1.push_str("\nA sentence about zymurgy was added.\n");
    let edited = changed(&before, &index(&pages));
    assert!(!edited.is_empty(), "the words are new");
    assert!(edited.len() <= 12, "{} of {}: {edited:?}", edited.len(), before.len());
}

#[test]
fn a_page_that_comes_or_goes_renumbers_no_other() {
    let mut pages = pages(300);
    let before = index(&pages);
    let (path, _) = pages.remove(150);
    pages.push((path, "# Quite new\n\nWith a few words.\n".to_owned()));
    // As many files as hold the words of the page, and not all of them.
    let texts = |index: &Index| index.keys().filter(|route| route.contains("/t-")).count();
    let replaced = changed(&before, &index(&pages));
    let shelves = replaced.iter().filter(|route| route.contains("/d-") || route.contains("/t-"));
    assert!(shelves.count() <= 6, "of {} texts: {replaced:?}", texts(&before));
}

fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it").len()
}

/// What a first answer loads at most: the scripts, the manifest, the columns, the largest files of
/// names and words for two words, and titles and texts of six hits, each in a file of its own.
fn first_answer(index: &Index) -> usize {
    let sizes = |letter: &str| {
        let prefix = format!("assets/search/{letter}");
        let files = index.iter().filter(|(route, _)| route.starts_with(&prefix));
        let mut sizes: Vec<usize> = files.map(|(_, bytes)| compressed(bytes)).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        sizes
    };
    let count = |letter: &str| sizes(letter).len();
    let largest = |letter: &str, count: usize| sizes(letter).into_iter().take(count).sum::<usize>();
    let mean = |letter: &str| {
        let sizes = sizes(letter);
        sizes.iter().sum::<usize>() / sizes.len()
    };
    let scripts = compressed(ENGINE.as_bytes()) + compressed(PALETTE.as_bytes());
    let parts = [
        ("scripts", scripts),
        ("manifest", sizes("index").iter().sum()),
        ("columns", sizes("columns").iter().sum()),
        ("names", largest("n-", 2)),
        ("words", largest("w-", 2)),
        ("documents", 6 * mean("d-")),
        ("texts", 6 * mean("t-")),
    ];
    println!("{parts:?}");
    let (names, words, texts) = (count("n-"), count("w-"), count("t-"));
    println!("{} files: {names} of names, {words} of words, {texts} of texts", index.len());
    parts.iter().map(|(_, size)| size).sum()
}

#[test]
fn a_first_answer_is_small() {
    let bytes = first_answer(&index(&pages(2_000)));
    println!("{bytes} bytes for a first answer among 2,000 pages");
    assert!(bytes < 70_000, "{bytes} bytes");
}

#[test]
fn the_scripts_of_the_site_stay_small() {
    let own = include_str!("../themes/default/assets/lacuna.js").len() + PALETTE.len();
    assert!(own <= 60_000, "{own} bytes");
}

/// `LACUNA_CORPUS=folder cargo test --test search -- --ignored --nocapture` measures a folder.
#[test]
#[ignore = "measures a folder that is named"]
#[expect(clippy::disallowed_methods, reason = "the folder is named by a variable")]
fn a_first_answer_of_a_folder() {
    let folder = std::env::var("LACUNA_CORPUS").expect("LACUNA_CORPUS names a folder");
    let disk = lacuna::world::Disk::new(std::path::Path::new(&folder), &[]).expect("a folder");
    let index = made::index_of(&disk, &lacuna::model::config::Config::default());
    let raw: usize = index.values().map(Vec::len).sum();
    println!("{raw} bytes in all");
    let bytes = first_answer(&index);
    println!("{bytes} bytes for a first answer");
    assert!(bytes < 100_000, "{bytes} bytes");
}
