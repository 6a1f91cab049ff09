//! The single-byte pages that UTF-8 is wrongly read in, each as a table of 256 characters.

use std::{collections::BTreeMap, sync::LazyLock};

use encoding_rs::Encoding;

/// A single-byte encoding.
#[derive(Debug)]
pub struct Page {
    /// Its name, as people and iconv know it.
    pub name: &'static str,
    /// The bytes that mean no character, which programs drop or replace.
    pub lost: Vec<u8>,
    upper: [char; 128],
    bytes: BTreeMap<char, u8>,
}

impl Page {
    /// What a byte reads as.
    pub fn read(&self, byte: u8) -> char {
        if byte < 0x80 { char::from(byte) } else { self.upper[usize::from(byte & 0x7f)] }
    }

    /// The byte, of 0x80 or more, that reads as `c`.
    pub fn byte(&self, c: char) -> Option<u8> {
        self.bytes.get(&c).copied()
    }

    fn new(name: &'static str, upper: [char; 128]) -> Self {
        let byte = |index: usize| index as u8 | 0x80;
        let bytes = upper.iter().enumerate().map(|(index, c)| (*c, byte(index))).collect();
        let lost = upper.iter().enumerate();
        // A page that leaves a byte without meaning gives the C1 control of its number (WHATWG
        // Encoding); Mac Roman gives the Apple logo a place in the private use area.
        let lost = lost.filter(|(_, c)| matches!(c, '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}'));
        Self { name, lost: lost.map(|(index, _)| byte(index)).collect(), upper, bytes }
    }
}

/// The pages, the likeliest first. No more than fit the bits of [`Masks`].
pub static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    use encoding_rs as e;
    let known: [(&'static str, &'static Encoding); 10] = [
        ("Windows-1252", e::WINDOWS_1252),
        ("MacRoman", e::MACINTOSH),
        ("Windows-1254", e::WINDOWS_1254),
        ("Windows-1250", e::WINDOWS_1250),
        ("Windows-1251", e::WINDOWS_1251),
        ("ISO-8859-2", e::ISO_8859_2),
        ("ISO-8859-15", e::ISO_8859_15),
        ("Windows-1257", e::WINDOWS_1257),
        ("Windows-1253", e::WINDOWS_1253),
        ("IBM866", e::IBM866),
    ];
    let mut pages: Vec<Page> =
        known.into_iter().map(|(name, encoding)| Page::new(name, upper_of(encoding))).collect();
    pages.extend([
        Page::new("ISO-8859-1", latin_1(&[])),
        // ISO 8859-9 differs from ISO 8859-1 in six letters.
        Page::new(
            "ISO-8859-9",
            latin_1(&[
                (0xd0, 'Ğ'),
                (0xdd, 'İ'),
                (0xde, 'Ş'),
                (0xf0, 'ğ'),
                (0xfd, 'ı'),
                (0xfe, 'ş'),
            ]),
        ),
        Page::new("CP437", upper_from(CP437)),
        Page::new("CP850", upper_from(CP850)),
    ]);
    pages
});

/// Bytes 0x80 to 0xFF of the page of the first IBM PC; encoding_rs follows the web, which never
/// used it, but a Windows console still does.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// Bytes 0x80 to 0xFF of the console page of western Europe.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

fn upper_of(encoding: &'static Encoding) -> [char; 128] {
    let bytes: Vec<u8> = (0x80..=0xff).collect();
    upper_from(&encoding.decode_without_bom_handling(&bytes).0)
}

/// Positions without a character in the text become the C1 control of their number.
fn upper_from(text: &str) -> [char; 128] {
    let mut upper = latin_1(&[]);
    for (slot, c) in upper.iter_mut().zip(text.chars()) {
        if c != '\u{fffd}' {
            *slot = c;
        }
    }
    upper
}

fn latin_1(changes: &[(u8, char)]) -> [char; 128] {
    let mut upper = std::array::from_fn(|index| char::from(index as u8 | 0x80));
    for (byte, c) in changes {
        upper[usize::from(byte & 0x7f)] = *c;
    }
    upper
}

/// The part a character can play in damaged text: one bit for each page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Masks {
    /// Opens a sequence of two bytes.
    pub lead2: u16,
    /// Opens a sequence of three bytes.
    pub lead3: u16,
    /// Opens a sequence of four bytes.
    pub lead4: u16,
    /// Continues a sequence.
    pub tail: u16,
}

/// The masks of every character that some page has.
pub struct Parts {
    /// For each character of the first plane, its place in `masks`; 0 for those of no page.
    places: Vec<u16>,
    masks: Vec<Masks>,
}

impl Parts {
    /// The parts a character can play; none for a character of no page.
    pub fn of(&self, c: char) -> Masks {
        let place = self.places.get(c as usize).copied().unwrap_or_default();
        self.masks[usize::from(place)]
    }
}

/// The parts of all characters, made once.
pub static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let mut parts = Parts { places: vec![0; 0x1_0000], masks: vec![Masks::default()] };
    for (number, page) in PAGES.iter().enumerate() {
        let bit = 1 << number;
        for byte in 0x80..=0xff {
            let at = page.read(byte) as usize;
            if parts.places[at] == 0 {
                parts.places[at] = parts.masks.len() as u16;
                parts.masks.push(Masks::default());
            }
            let masks = &mut parts.masks[usize::from(parts.places[at])];
            match byte {
                0x80..=0xbf => masks.tail |= bit,
                0xc2..=0xdf => masks.lead2 |= bit,
                0xe0..=0xef => masks.lead3 |= bit,
                0xf0..=0xf4 => masks.lead4 |= bit,
                _ => {}
            }
        }
    }
    parts
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_read_and_write_every_byte() {
        assert!(PAGES.len() <= 16, "a mask has 16 bits");
        for page in PAGES.iter() {
            for byte in 0x80..=0xff {
                assert_eq!(page.byte(page.read(byte)), Some(byte), "{} {byte:x}", page.name);
            }
        }
    }

    #[test]
    fn pages_know_what_they_lose() {
        let lost = |name: &str| {
            let page = PAGES.iter().find(|page| page.name == name).expect("a page of this name");
            page.lost.clone()
        };
        assert_eq!(lost("Windows-1254"), [0x81, 0x8d, 0x8e, 0x8f, 0x90, 0x9d, 0x9e]);
        assert_eq!(lost("MacRoman"), [0xf0]);
    }
}
