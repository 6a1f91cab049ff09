//! Names as a system sees them that takes letter case, and how a letter is put together, for nothing.

use icu_normalizer::ComposingNormalizerBorrowed;

/// The text in normalisation form C (Unicode Standard Annex 15), without letter case.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let composed = ComposingNormalizerBorrowed::new_nfc();
    // Through capitals, for letters whose small forms are several: `ß` and `ss`, `ſ` and `s`.
    let small = composed.normalize(text).to_uppercase().to_lowercase();
    composed.normalize(&small).into_owned()
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn spellings_of_one_name_are_one() {
        for (one, other) in [
            ("Foo.md", "foo.md"),
            ("\u{e9}.md", "e\u{301}.md"),
            ("\u{c9}.md", "e\u{301}.md"),
            ("stra\u{df}e", "STRASSE"),
            ("\u{212a}", "k"),
            ("\u{3c3}", "\u{3c2}"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(folded("e.md"), folded("\u{e9}.md"));
    }
}
