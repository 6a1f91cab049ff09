//! Substance: whether a text says enough to fill a gap, by the rules of `[substance]`.

use crate::model::{
    source::{Facts, Kind, Outline},
    substance::{Amount, Filler, Substance},
};

/// Whether a text says enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It does; the words for people: "120 words".
    Enough(String),
    /// It does not; the rule that says so, a sentence without a full stop.
    Stub(String),
}

/// Judges a whole document.
pub(super) fn of_document(outline: &Outline, rules: &Substance) -> Verdict {
    match &outline.facts {
        Facts::Schema(schema) => match schema.symbols.len() {
            0 => Verdict::Stub("the schema declares nothing".to_owned()),
            1 => Verdict::Enough("1 symbol".to_owned()),
            many => Verdict::Enough(format!("{many} symbols")),
        },
        // A drawing says much in few words.
        _ if outline.classified.kind == Kind::Diagram && outline.amount.words > 0 => {
            Verdict::Enough(format!("a diagram of {} lines", outline.lines))
        }
        _ if outline.amount.words == 0 && !outline.headings.is_empty() => {
            Verdict::Stub("it has headings and no text".to_owned())
        }
        _ => of_text(outline.amount, rules.words, rules),
    }
}

/// Judges a section with its subsections.
pub(super) fn of_section(outline: &Outline, heading: usize, rules: &Substance) -> Verdict {
    let Some(first) = outline.headings.get(heading) else {
        return Verdict::Stub("the section is not there".to_owned());
    };
    let below = outline.headings[heading + 1..].iter().take_while(|h| h.level > first.level);
    let mut amount = first.amount;
    below.for_each(|heading| amount.add(heading.amount));
    if amount.words == 0 {
        return Verdict::Stub("the section has no text".to_owned());
    }
    of_text(amount, rules.section_words, rules)
}

fn of_text(amount: Amount, needed: u32, rules: &Substance) -> Verdict {
    let counted = amount.counted(&rules.allow);
    if counted >= needed && counted > 0 {
        return Verdict::Enough(words(counted));
    }
    if amount.words == 0 {
        return Verdict::Stub("it has no text".to_owned());
    }
    let filler: Vec<String> = Filler::ALL
        .into_iter()
        .filter(|kind| !rules.allow.contains(kind) && amount.of(*kind) > 0)
        .map(|kind| format!("{} of {}", amount.of(kind), kind.label()))
        .collect();
    Verdict::Stub(match filler.is_empty() {
        true => format!("it has {}, and {needed} are needed", words(counted)),
        false => format!(
            "of its {} {} do not count ({}), and {needed} are needed",
            words(amount.words),
            amount.words - counted,
            filler.join(", ")
        ),
    })
}

/// `1 word`, `2 words`.
fn words(count: u32) -> String {
    if count == 1 { "1 word".to_owned() } else { format!("{count} words") }
}
