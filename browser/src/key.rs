//! Keys by the names that a page sees, and the numbers that Chromium wants beside them.

use serde_json::{Value, json};

/// Name, Windows code, and what the key types.
const KEYS: &[(&str, u32, &str)] = &[
    ("Backspace", 8, ""),
    ("Tab", 9, ""),
    ("Enter", 13, "\r"),
    ("Escape", 27, ""),
    ("Space", 32, " "),
    ("PageUp", 33, ""),
    ("PageDown", 34, ""),
    ("End", 35, ""),
    ("Home", 36, ""),
    ("ArrowLeft", 37, ""),
    ("ArrowUp", 38, ""),
    ("ArrowRight", 39, ""),
    ("ArrowDown", 40, ""),
    ("Delete", 46, ""),
];

const MODIFIERS: &[(&str, u32)] = &[("Alt", 1), ("Control", 2), ("Meta", 4), ("Shift", 8)];

/// The two events, down and up, of `Tab`, `/`, `Shift+Tab` or `Control+k`.
#[track_caller]
pub(crate) fn events(name: &str) -> [Value; 2] {
    let mut modifiers = 0;
    let mut rest = name;
    // The last part may be a plus itself.
    while let Some((held, after)) = rest.split_once('+').filter(|(held, _)| !held.is_empty()) {
        let known = MODIFIERS.iter().find(|(modifier, _)| *modifier == held);
        let Some((_, bit)) = known else { panic!("no modifier `{held}` in `{name}`") };
        modifiers |= bit;
        rest = after;
    }
    let mut letters = rest.chars();
    let (code, number, text) = match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => {
            let upper = letter.to_ascii_uppercase();
            (format!("Key{upper}"), u32::from(upper), rest)
        }
        (Some(letter), None) if letter.is_ascii_digit() => {
            (format!("Digit{letter}"), u32::from(letter), rest)
        }
        (Some(_), None) => (String::new(), 0, rest),
        _ => {
            let key = KEYS.iter().find(|(key, ..)| *key == rest);
            let Some((code, number, text)) = key else {
                panic!("no key `{rest}`; to type words, use `Tab::write`")
            };
            ((*code).to_owned(), *number, *text)
        }
    };
    // With Alt, Control or Meta a key is a command and types nothing.
    let text = if modifiers & 7 == 0 { text } else { "" };
    let event = |kind: &str, text: &str| {
        json!({
            "type": kind, "key": if rest == "Space" { " " } else { rest }, "code": code,
            "windowsVirtualKeyCode": number, "modifiers": modifiers, "text": text,
        })
    };
    [event(if text.is_empty() { "rawKeyDown" } else { "keyDown" }, text), event("keyUp", "")]
}
