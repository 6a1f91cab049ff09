//! Text becomes words: identifiers whole and in parts, numbers without leading zeros, scripts without
//! spaces in pairs. `themes/default/assets/search-engine.js` does the same for queries and marks, from
//! the same tables; `tests/search.rs` runs both.

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What is looked up: folded, in lower case.
    pub text: String,
    /// Whether it is an identifier that its parts stand for as well.
    pub extent: Extent,
}

/// What a word is of its identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// A word by itself, or one part of an identifier.
    Part,
    /// A whole identifier of several parts: `lac-5`, `msgsend`.
    Whole,
}

/// An identifier that is longer, in characters, is only known by its parts.
const LONGEST: usize = 64;

/// What a character is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    /// Binds two words to an identifier.
    Joiner,
    /// Of a script without spaces.
    Dense,
    /// Left out of the word it stands in: accents that stand alone, apostrophes.
    Silent,
    Other,
}

/// From U+0080: what is no word. First and last.
const OTHER: &[(u32, u32)] = &[
    (0x80, 0xA9),
    (0xAB, 0xB4),
    (0xB6, 0xB9),
    (0xBB, 0xBF),
    (0xD7, 0xD7),
    (0xF7, 0xF7),
    (0x37E, 0x37E),
    (0x387, 0x387),
    (0x589, 0x58A),
    (0x60C, 0x60D),
    (0x61B, 0x61F),
    (0x66A, 0x66D),
    (0x6D4, 0x6D4),
    (0x964, 0x965),
    (0x2000, 0x206F),
    (0x20A0, 0x20CF),
    (0x2100, 0x214F),
    (0x2190, 0x2BFF),
    (0x2E00, 0x2E7F),
    (0x3000, 0x3004),
    (0x3008, 0x3020),
    (0x3030, 0x3030),
    (0x303D, 0x303F),
    (0x30FB, 0x30FB),
    (0xD800, 0xF8FF),
    (0xFD3E, 0xFD3F),
    (0xFE00, 0xFE6F),
    (0xFEFF, 0xFEFF),
    (0xFF00, 0xFF0F),
    (0xFF1A, 0xFF20),
    (0xFF3B, 0xFF40),
    (0xFF5B, 0xFF65),
    (0xFFE0, 0xFFFF),
    (0x1F000, 0x1FAFF),
    (0xE0000, 0x10FFFF),
];

/// Scripts without spaces: kana, Han, Hangul.
const DENSE: &[(u32, u32)] = &[
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
];

/// Accents that stand alone, soft hyphens, apostrophes, joiners without width; and `'`.
const SILENT: &[(u32, u32)] = &[(0xAD, 0xAD), (0x300, 0x36F), (0x200B, 0x200D), (0x2019, 0x2019)];

/// Letters with accents, and what they are without. The letters of one group share the answer.
const FOLDED: &[(&str, &str)] = &[
    ("a", "àáâãäåāăą"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęě"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįı"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŉ"),
    ("o", "òóôõöøōŏő"),
    ("r", "ŕŗř"),
    ("s", "śŝşšș"),
    ("t", "ţťŧț"),
    ("u", "ùúûüũūŭůűų"),
    ("w", "ŵ"),
    ("y", "ýÿŷ"),
    ("z", "źżž"),
    ("ae", "æ"),
    ("oe", "œ"),
    ("ss", "ß"),
    ("th", "þ"),
    ("σ", "ς"),
];

/// The words of a text, in order; a whole identifier follows its parts.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    each_word(text, |text, extent| found.push(Word { text: text.to_owned(), extent }));
    found
}

/// Gives the text and the extent of each word of a text to `take`.
pub fn each_word(text: &str, mut take: impl FnMut(&str, Extent)) {
    let mut rest = text.char_indices().peekable();
    let mut plain = String::new();
    while let Some((start, c)) = rest.next() {
        match class(c) {
            Class::Dense => {
                let mut run = vec![c];
                while let Some((_, c)) = rest.next_if(|(_, c)| class(*c) == Class::Dense) {
                    run.push(c);
                }
                if let [one] = run[..] {
                    take(one.encode_utf8(&mut [0; 4]), Extent::Part);
                }
                let pair = |pair: &[char]| pair.iter().collect::<String>();
                run.windows(2).for_each(|two| take(&pair(two), Extent::Part));
            }
            Class::Word => {
                let end = end_of_run(&text[start..]) + start;
                while rest.next_if(|(at, _)| *at < end).is_some() {}
                let run = &text[start..end];
                if is_plain(run) {
                    // Nearly all words are such: the same as below, in one go.
                    plain.clear();
                    plain.push_str(run);
                    plain.make_ascii_lowercase();
                    singular(&mut plain);
                    take(&plain, Extent::Part);
                } else {
                    identifier(run, &mut take);
                }
            }
            _ => {}
        }
    }
}

/// Where the identifier at the start of a text ends: a joiner counts only before a word.
fn end_of_run(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices();
    let mut joined = false;
    for (at, c) in &mut chars {
        match class(c) {
            Class::Word => {
                end = at + c.len_utf8();
                joined = false;
            }
            Class::Silent if !joined => {}
            Class::Joiner if !joined && end == at => joined = true,
            _ => break,
        }
    }
    end
}

/// Whether a run is one part as it stands: letters without accents, of which at most the first is a
/// capital.
fn is_plain(run: &str) -> bool {
    let mut bytes = run.bytes();
    run.len() <= LONGEST
        && bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_lowercase())
}

fn identifier(run: &str, take: &mut impl FnMut(&str, Extent)) {
    let mut whole = String::new();
    let mut segments = 0;
    for piece in run.split_inclusive(is_joiner) {
        let segment = piece.trim_end_matches(is_joiner);
        let spelled: Vec<char> = segment.chars().filter(|c| class(*c) == Class::Word).collect();
        let parts = humps(&spelled);
        let own = number(fold(&spelled));
        if parts.len() > 1 {
            parts.iter().for_each(|part| take(&part_of(fold(part)), Extent::Part));
            take_whole(&own, take);
        } else {
            take(&part_of(own.clone()), Extent::Part);
        }
        whole.push_str(&own);
        whole.push_str(&piece[segment.len()..]);
        segments += 1;
    }
    if segments > 1 {
        take_whole(&whole, take);
    }
}

fn take_whole(text: &str, take: &mut impl FnMut(&str, Extent)) {
    if text.chars().count() <= LONGEST {
        take(text, Extent::Whole);
    }
}

fn part_of(text: String) -> String {
    let mut text = number(text);
    singular(&mut text);
    let cut = text.char_indices().nth(LONGEST).map(|(at, _)| at);
    text.truncate(cut.unwrap_or(text.len()));
    text
}

/// `MsgSend` is `Msg`, `Send`; `HTTPServer` is `HTTP`, `Server`; `APIs` is one.
fn humps(segment: &[char]) -> Vec<&[char]> {
    let upper = |at: usize| segment.get(at).is_some_and(char::is_ascii_uppercase);
    let lower = |at: usize| segment.get(at).is_some_and(|c| c.is_ascii_lowercase());
    let mut parts = Vec::new();
    let mut start = 0;
    for at in 1..segment.len() {
        let plural = at + 2 == segment.len() && segment[at + 1] == 's';
        let after_lower = upper(at) && (lower(at - 1) || segment[at - 1].is_ascii_digit());
        let before_lower = upper(at) && upper(at - 1) && lower(at + 1) && !plural;
        if after_lower || before_lower {
            parts.push(&segment[start..at]);
            start = at;
        }
    }
    parts.push(&segment[start..]);
    parts
}

fn fold(chars: &[char]) -> String {
    let mut folded = String::with_capacity(chars.len());
    for c in chars {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        for c in c.to_lowercase().filter(|c| class(*c) != Class::Silent) {
            match FOLDED.iter().find(|(_, letters)| letters.contains(c)) {
                Some((plain, _)) => folded.push_str(plain),
                None => folded.push(c),
            }
        }
    }
    folded
}

/// Numbers lose their leading zeros: `005` is `5`.
fn number(text: String) -> String {
    if !text.starts_with('0') || !text.bytes().all(|b| b.is_ascii_digit()) {
        return text;
    }
    let short = text.trim_start_matches('0');
    if short.is_empty() { "0".to_owned() } else { short.to_owned() }
}

/// Takes the plural off an English word (Harman's S-stemmer, 1991). Words of other languages that end
/// alike lose the same letters in index and query, so that they still meet.
fn singular(word: &mut String) {
    let ends = |end: &str| word.ends_with(end);
    if word.len() < 4 || !word.is_ascii() || !ends("s") {
        return;
    }
    if ends("ies") && !ends("eies") && !ends("aies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if !ends("ss") && !ends("us") && !ends("is") {
        word.truncate(word.len() - 1);
    }
}

fn is_joiner(c: char) -> bool {
    matches!(c, '_' | '.' | '/' | '-')
}

fn class(c: char) -> Class {
    let within = |ranges: &[(u32, u32)]| {
        let at = ranges.partition_point(|(_, last)| *last < u32::from(c));
        ranges.get(at).is_some_and(|(first, _)| *first <= u32::from(c))
    };
    if c.is_ascii_alphanumeric() {
        Class::Word
    } else if is_joiner(c) {
        Class::Joiner
    } else if c.is_ascii() {
        if c == '\'' { Class::Silent } else { Class::Other }
    } else if within(SILENT) {
        Class::Silent
    } else if within(OTHER) {
        Class::Other
    } else if within(DENSE) {
        Class::Dense
    } else {
        Class::Word
    }
}
