//! Front matter: cut off at a character of the text, the same each time, and what is left of the text
//! is never cut again.
#![no_main]

use lacuna::read::front_matter;
use lacuna_fuzz::{assert_none, assert_same, path, places, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let path = path("docs/a.md");
    let split = front_matter::split(&path, &text);
    assert!(text.is_char_boundary(split.start), "it ends at {}", split.start);
    assert_none(places::faults_of(&split.diagnostics, &text), &text);
    for cover in &split.covers {
        assert!(text.get(cover.span.start..cover.span.end).is_some(), "{cover:?}");
        assert!(cover.span.end <= split.start, "a cover outside: {cover:?}");
    }
    let again = front_matter::split(&path, &text);
    assert_same(&(split.start, &split.front), &(again.start, &again.front), "what is read");
    // Text behind it changes nothing.
    if split.start > 0 && text[..split.start].ends_with('\n') {
        let alone = front_matter::split(&path, &text[..split.start]);
        assert_same(&(split.start, &split.front), &(alone.start, &alone.front), "the head alone");
    }
});
