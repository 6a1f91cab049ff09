//! What is left of the marks that documents use when a page drops the bytes it has no meaning for.
//!
//! The marks are data; what becomes of each is worked out by sending it through the same wrong
//! decoding. A remainder that two marks share says nothing, and is never repaired.

use std::collections::BTreeMap;

use super::page::Page;

/// The marks in common use in technical documents, by kind. A mark missing here is only ever
/// repaired when none of its bytes was lost; one that is hardly used only takes the certainty
/// from those that are.
const MARKS: &[&str] = &[
    // Punctuation, money, signs.
    "‐‑‒–—―‖‘’‚‛“”„‟†‡•‣․…‰′″‹›※‽⁂⁄⁇⁉€₤₹₿№℗℠™Ω℮ℹ⅓⅔⅛⅜⅝⅞",
    // Arrows.
    "←↑→↓↔↕↖↗↘↙↦↩↪↳↴↵⇄⇅⇆⇐⇑⇒⇓⇔⇨⇧⇩⟵⟶⟷⟸⟹⟺➔➙➜➝➞➡➤⤴⤵⬅⬆⬇⬈⬉⬊⬋",
    // Mathematics and technical signs.
    "∀∂∃∅∆∇∈∉∋∏∑−∓∕∗∘∙√∝∞∠∧∨∩∪∫∴∵∼≃≅≈≠≡≤≥≪≫⊂⊃⊆⊇⊕⊗⊢⊤⊥⋅⋆⋮⋯⌀⌃⌄⌈⌉⌊⌋⌘⌚⌛⌥⌨⏎⏏⏩⏪⏫⏬⏭⏮⏯⏰⏱⏲⏳⏸⏹⏺",
    // Boxes, blocks, shapes.
    "─━│┃┄┅┆┇┈┉┊┋┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┠┣┤┥┨┫┬┯┰┳┴┷┸┻┼┿╂╋╌╍═║╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬╭╮╯╰╱╲╳▀▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▐░▒▓▔▕■□▢▣▪▫▬▲△▴▵▶▷▸▹►▼▽▾▿◀◁◂◃◄◆◇◈◉◊○◌◎●◐◑◒◓◔◕◦◯◻◼◽◾",
    // Signs, ticks, crosses, stars, digits in circles.
    "☀☁☂☃★☆☎☐☑☒☕☘☝☠☢☣☮☯☰☹☺♀♂♠♣♥♦♪♫♻♾⚀⚐⚑⚒⚓⚔⚖⚗⚙⚛⚠⚡⚪⚫⚰⚽⛏⛑⛓⛔⛳⛵✂✅✈✉✊✋✌✍✎✏✒✓✔✕✖✗✘✚✝✦✧✨✪✭✰✱✳✴✶✻✽❄❇❌❍❎❏❐❑❒❓❔❖❗❘❙❚❛❜❝❞❣❤❥❯➕➖➗➢➥⬛⬜⭐⭑⭕①②③④⑤⑥⑦⑧⑨⑩",
    // Emoji of planning, building and reporting.
    "🎉🎊🎓🎖🎚🎛🎤🎥🎨🎬🎭🎮🎯🎲🏁🏃🏅🏆🏗🏛🏠🏢🏥🏦🏭🏷🐛🐞🐢🐳🐍🐙🐧🐘🐌👀👁👇👈👉👆👋👌👍👎👏👑👤👥👨👩👷💀💎💔💕💙💚💛💜💝💠💡💣💥💪💫💬💭💯💰💲💳💵💸💹💻💼💽💾💿📁📂📃📄📅📆📇📈📉📊📋📌📍📎📏📐📑📒📓📔📕📖📗📘📙📚📛📜📝📞📡📢📣📤📥📦📧📨📩📫📬📮📰📱📲📶📷📸📹📺📻🔀🔁🔂🔃🔄🔇🔊🔋🔌🔍🔎🔏🔐🔑🔒🔓🔔🔕🔖🔗🔘🔙🔚🔛🔜🔝🔞🔢🔤🔥🔦🔧🔨🔩🔪🔬🔭🔮🔰🔱🔲🔳🔴🔵🔶🔷🔸🔹🔺🔻🔼🔽🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛🕰🕳🕵🕷🕸🖇🖊🖌🖍🖐🖥🖨🖱🖼🗂🗃🗄🗑🗒🗓🗜🗝🗞🗡🗣🗨🗯🗳🗺😀😁😂😃😄😅😆😇😈😉😊😎😐😕😞😢😭😱🙂🙁🙃🙄🙅🙆🙇🙈🙋🙌🙏🚀🚂🚄🚆🚌🚑🚒🚗🚚🚛🚜🚢🚦🚧🚨🚩🚪🚫🚮🚶🚿🛑🛒🛟🛠🛡🛢🛣🛤🛫🛬🛰🛸🟠🟡🟢🟣🟤🟥🟦🟧🟨🟩🟪🟫🤔🤖🤝🤞🤷🥇🥈🥉🥳🦀🦄🦊🧑🧠🧩🧪🧫🧬🧭🧮🧰🧱🧲🧵🧹🧾🪄🪙🪛🪜🪝🪟🪣🪪🫠🫡",
];

/// Characters that only occur inside other marks.
const JOINERS: [char; 4] = ['\u{200b}', '\u{200d}', '\u{feff}', '\u{fe0f}'];

/// What remained of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remainder {
    /// Of this mark and no other.
    Of(char),
    /// Of two marks or more.
    Shared,
}

/// For one page, what the damaged remainders stand for: by first character, longest first.
#[derive(Debug)]
pub struct Remainders(BTreeMap<char, Vec<(String, Remainder)>>);

impl Remainders {
    /// Sends every mark through the page in each way programs lose bytes.
    pub fn of(page: &Page) -> Self {
        let mut all: BTreeMap<String, Remainder> = BTreeMap::new();
        let marks = MARKS.iter().flat_map(|kind| kind.chars()).chain(JOINERS);
        for mark in marks {
            for key in Loss::ALL.iter().filter_map(|loss| loss.of(mark, page)) {
                all.entry(key)
                    .and_modify(|known| {
                        if *known != Remainder::Of(mark) {
                            *known = Remainder::Shared;
                        }
                    })
                    .or_insert(Remainder::Of(mark));
            }
        }
        let mut by_first: BTreeMap<char, Vec<(String, Remainder)>> = BTreeMap::new();
        for (key, remainder) in all {
            if let Some(first) = key.chars().next() {
                by_first.entry(first).or_default().push((key, remainder));
            }
        }
        for keys in by_first.values_mut() {
            keys.sort_by_key(|(key, _)| std::cmp::Reverse(key.chars().count()));
        }
        Self(by_first)
    }

    /// The longest remainder at the start of `text`, with its length in bytes.
    pub fn at_start(&self, text: &str) -> Option<(usize, Remainder)> {
        let keys = self.0.get(&text.chars().next()?)?;
        let (key, remainder) = keys.iter().find(|(key, _)| text.starts_with(key.as_str()))?;
        Some((key.len(), *remainder))
    }
}

/// A way in which bytes without a meaning, and characters one cannot see, go missing.
#[derive(Clone, Copy, Debug)]
enum Loss {
    /// The meaningless bytes are dropped.
    Dropped,
    /// Dropped, and each no-break space became a space.
    Spaced,
    /// Dropped, and soft hyphens with them.
    Unhyphened,
    /// Each meaningless byte became U+FFFD.
    Replaced,
}

impl Loss {
    const ALL: [Self; 4] = [Self::Dropped, Self::Spaced, Self::Unhyphened, Self::Replaced];

    /// What remains of a mark; `None` when nothing was lost, or too little is left to tell.
    fn of(self, mark: char, page: &Page) -> Option<String> {
        let mut buffer = [0; 4];
        let bytes = mark.encode_utf8(&mut buffer).bytes();
        let whole: String = bytes.clone().map(|byte| page.read(byte)).collect();
        let left: String = bytes
            .filter_map(|byte| {
                let lost = page.lost.contains(&byte);
                match (self, page.read(byte)) {
                    (Self::Replaced, _) if lost => Some('\u{fffd}'),
                    _ if lost => None,
                    (Self::Spaced, '\u{a0}') => Some(' '),
                    (Self::Unhyphened, '\u{ad}') => None,
                    (_, c) => Some(c),
                }
            })
            .collect();
        // A mark whose first byte was lost needs more to be known by.
        let headless = left.chars().next() != whole.chars().next();
        let least = if headless { 3 } else { 2 };
        (left != whole && left.chars().count() >= least).then_some(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::repair::page::PAGES;

    #[test]
    fn a_remainder_names_its_mark_or_none() {
        let page = PAGES.iter().find(|p| p.name == "Windows-1254").expect("a page of this name");
        let remainders = Remainders::of(page);
        assert_eq!(remainders.at_start("âŒ no"), Some((4, Remainder::Of('❌'))));
        assert_eq!(remainders.at_start("ğŸ¯ aim"), Some((6, Remainder::Of('🎯'))));
        assert_eq!(remainders.at_start("âš\u{20}Low"), Some((5, Remainder::Of('⚠'))));
        // A note, a folder, a pin, a ruler: all end in a byte that this page drops.
        assert_eq!(remainders.at_start("ğŸ“ x"), Some((7, Remainder::Shared)));
        assert_eq!(remainders.at_start("plain"), None);
    }
}
