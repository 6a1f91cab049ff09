//! Citations in a text: each stands in the text, in order, with lines that can be; and the words of
//! one alone cite the same.
#![no_main]

use lacuna::read::citation;
use lacuna_fuzz::{assert_same, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let found = citation::find(&text);
    assert_same(&found, &citation::find(&text), "what is cited");
    assert_eq!(citation::parse_one(&text), found.first().map(|first| first.citation.clone()));
    let mut from = 0;
    for cited in &found {
        let (span, citation) = (cited.span, &cited.citation);
        let words = text.get(span.start..span.end);
        assert!(words.is_some_and(|words| !words.is_empty()), "{cited:?} of {text:?}");
        assert!(span.start >= from, "{cited:?} begins before the one before it, in {text:?}");
        from = span.start;
        assert!(!citation.target.trim().is_empty(), "{cited:?} cites nothing, in {text:?}");
        if let Some((first, last)) = citation.lines {
            assert!(1 <= first && first <= last, "{cited:?} cites no lines, in {text:?}");
        }
    }
});
