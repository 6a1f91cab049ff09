//! Numbers as text: digits to the base of 64 that need no escape in a script.

/// The digits. Five bits a digit; the sixth says that more follow.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes a number, the lowest five bits first.
pub fn push_number(out: &mut String, mut number: u64) {
    loop {
        let digit = (number & 31) as usize;
        number >>= 5;
        let more = if number > 0 { 32 } else { 0 };
        out.push(char::from(DIGITS[digit | more]));
        if number == 0 {
            return;
        }
    }
}

/// Writes a number below 64 as one digit.
pub fn push_digit(out: &mut String, digit: u8) {
    out.push(char::from(DIGITS[usize::from(digit & 63)]));
}

/// The first 24 bits of a hash, for addresses that change with the content.
pub fn version(bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes);
    hash.as_bytes()[..4].iter().map(|byte| char::from(DIGITS[usize::from(byte & 63)])).collect()
}

/// Where a word stands in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// The document.
    pub document: u32,
    /// How much the document is about the word, 0 to 15.
    pub weight: u8,
    /// Where it stands: in a list of names a `Place`, in the text whether in a heading.
    pub place: u8,
    /// The part of the text that says most of it.
    pub part: u32,
}

/// The most documents that one word leads to: a word of every page tells none from another.
pub const MOST: usize = 1024;

/// The documents of a word: how many there are, then the steps from one to the next.
pub fn text(mut postings: Vec<Posting>) -> String {
    let mut text = String::new();
    let out = &mut text;
    push_number(out, postings.len() as u64);
    if postings.len() > MOST {
        // The best of them, and of equals the first: the same on every machine.
        postings.sort_by_key(|p| (std::cmp::Reverse((p.place, p.weight)), p.document));
        postings.truncate(MOST);
    }
    postings.sort_by_key(|posting| posting.document);
    let mut last = 0;
    for posting in postings {
        let step = u64::from(posting.document - last);
        last = posting.document;
        push_number(out, step << 1 | u64::from(posting.part > 0));
        push_digit(out, posting.weight << 2 | posting.place);
        if posting.part > 0 {
            push_number(out, u64::from(posting.part));
        }
    }
    text
}
