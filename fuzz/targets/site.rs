//! A file of any kind, by the first byte, from its bytes to every page of a small site: inert, with
//! diagnostics whose places lie in the text, and the same when it is made again.
#![no_main]

use lacuna_fuzz::{
    assert_none, assert_same, places,
    project::{self, Shown, contained},
    text,
};
use libfuzzer_sys::{Corpus, fuzz_target};

/// Where the file lies, which says what it is taken for.
const PATHS: &[(u8, &str)] = &[
    (b'd', "docs/a.md"),
    (b'l', "docs/gap-analysis-a.md"),
    (b'a', "docs/adr/0002-a.md"),
    (b'g', "docs/gaps/gap-2.md"),
    (b's', "schemas/a.proto"),
    (b'm', "docs/a.mmd"),
    (b'r', "research/Chunk-002.txt"),
    (b'i', "research/INDEX.txt"),
    (b'v', "docs/c.svg"),
    (b'k', "lacuna.lock"),
];

fuzz_target!(init: contained(), |data: &[u8]| -> Corpus {
    let Some((kind, data)) = data.split_first() else { return Corpus::Reject };
    let Some((_, path)) = PATHS.iter().find(|(letter, _)| letter == kind) else {
        return Corpus::Reject;
    };
    let made = project::made(path, data, Shown::All);
    assert_none(made.faults(), &String::from_utf8_lossy(data));
    if let Some(text) = text(data) {
        let own = made.diagnostics.iter().filter(|found| found.path.as_str() == *path);
        assert_none(places::faults_of(&own.cloned().collect::<Vec<_>>(), &text), &text);
    }
    // One in four, told by the input itself: it takes as long as all the rest.
    if data.len() % 4 == 0 {
        assert_same(&made, &project::made(path, data, Shown::All), "a site");
    }
    Corpus::Keep
});
