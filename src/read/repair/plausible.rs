//! Whether a character is one that people write, and how little it can be there by chance.

/// How much a character that could be read from damaged text proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Two characters that healthy text may hold, though seldom: `É…`, `√π`.
    Slight,
    /// Two characters that no spelling puts there: the `Ã©` in `cafÃ©`.
    Telling,
    /// Three characters or more that make one.
    Strong,
}

/// Weighs a character read from the damaged characters `from`, between `before` and `after`;
/// `None` when it is one that documents do not hold.
pub fn weigh(c: char, before: &str, from: &str, after: &str) -> Option<Weight> {
    match c {
        // With the controls of C1, which text damaged twice holds in between.
        '\u{80}'..='\u{17f}'
        | '\u{192}'
        | '\u{1a0}'
        | '\u{1a1}'
        | '\u{1af}'
        | '\u{1b0}'
        | '\u{1cd}'..='\u{1dc}'
        | '\u{218}'..='\u{21b}'
        | '\u{2c6}'
        | '\u{2dc}'
        // Accents that stand for themselves, as Apple's file names have them.
        | '\u{300}'..='\u{304}'
        | '\u{308}'
        | '\u{30a}'..='\u{30c}'
        | '\u{327}'
        | '\u{328}'
        // Greek, Cyrillic, Hebrew, Arabic.
        | '\u{386}'..='\u{3ce}'
        | '\u{401}'..='\u{45f}'
        | '\u{490}'
        | '\u{491}'
        | '\u{5d0}'..='\u{5ea}'
        | '\u{60c}'..='\u{669}'
        | '\u{67e}'..='\u{6d2}'
        | '\u{6f0}'..='\u{6f9}' => Some(of_two(before, from, after)),
        _ => is_known(c).then_some(Weight::Strong),
    }
}

/// A pair is telling when it breaks the spelling of a word: a capital or a sign right after a
/// small letter, followed by something that cannot follow a capital.
fn of_two(before: &str, from: &str, after: &str) -> Weight {
    let in_word = before.ends_with(|c: char| c.is_ascii_lowercase())
        || after.starts_with(|c: char| c.is_ascii_lowercase());
    let mut chars = from.chars();
    let (Some(lead), Some(tail)) = (chars.next(), chars.next()) else { return Weight::Slight };
    // What may stand behind a capital: the end of a quotation or a sentence, a footnote, a mark.
    let may_follow = tail.is_alphabetic()
        || matches!(tail, '\u{a0}' | '\u{ad}' | '\u{2010}'..='\u{2026}' | '»' | '›' | '«' | '‹')
        || matches!(tail, '´' | '¸' | '·' | '•' | '¹' | '²' | '³' | 'ª' | 'º' | '™' | '®');
    let capital = lead.is_uppercase() && !lead.is_ascii();
    match (capital, may_follow) {
        (true, false) => Weight::Telling,
        (true, true) if in_word && before.ends_with(|c: char| c.is_ascii_lowercase()) => {
            Weight::Telling
        }
        _ => Weight::Slight,
    }
}

/// Characters of three and four bytes that documents hold: no private use, no unassigned block,
/// nothing that ends a line.
fn is_known(c: char) -> bool {
    matches!(c,
        '\u{900}'..='\u{ecd}' // Scripts of India, Thai, Lao.
        | '\u{10a0}'..='\u{10ff}'
        | '\u{1e00}'..='\u{1fff}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2010}'..='\u{2027}'
        | '\u{202f}'..='\u{205e}'
        | '\u{2060}'
        | '\u{2070}'..='\u{209c}'
        | '\u{20a0}'..='\u{20c0}'
        | '\u{20e3}'
        | '\u{2100}'..='\u{2426}'
        | '\u{2460}'..='\u{2bff}'
        | '\u{3000}'..='\u{30ff}'
        | '\u{3105}'..='\u{312f}'
        | '\u{3200}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f8ff}' // Apple's logo: what Mac Roman makes of the first byte of emoji.
        | '\u{fb00}'..='\u{fb06}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{feff}'
        | '\u{ff01}'..='\u{ffee}'
        | '\u{fffd}'
        | '\u{1d400}'..='\u{1d7ff}'
        | '\u{1f000}'..='\u{1faff}'
        | '\u{20000}'..='\u{2fa1f}'
    )
}
