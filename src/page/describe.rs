//! What a page is about, in a sentence or two: for search engines, previews of links and lists.

use super::model::{Page, Text, View};
use crate::read::markdown;

/// The longest summary, in characters: more is cut by those who show it.
const LONGEST: usize = 200;

/// The beginning of a text is enough to find its first paragraph, in bytes.
const BEGINNING: usize = 16 << 10;

/// The description, else the first paragraph of the text, else what the kind of page holds.
pub fn summary(page: &Page) -> String {
    if !page.frame.description.is_empty() {
        return cut(&page.frame.description);
    }
    let named = |name: &str| page.texts.iter().find(|(own, _)| own == name);
    let text = ["content", "comment", "readme"].into_iter().find_map(named);
    let first = text.map(|(_, text)| first_paragraph(text)).unwrap_or_default();
    cut(&if first.is_empty() { of_kind(page) } else { first })
}

fn first_paragraph(text: &Text) -> String {
    match text {
        Text::Markdown { text, part, .. } => {
            let end = part.end.min(text.floor_char_boundary(part.start + BEGINNING));
            markdown::first_paragraph(&text[part.start..end])
        }
        Text::Comment(comment, _) => markdown::first_paragraph(comment),
        Text::Layers(_) | Text::Trend(_) | Text::Lines(..) | Text::Mermaid(_) | Text::Code(..) => {
            String::new()
        }
    }
}

fn of_kind(page: &Page) -> String {
    let site = &page.frame.site;
    let title = &page.frame.title;
    match &page.view {
        View::Home(home) if home.coverage.total > 0 => {
            let open = home.coverage.total - home.coverage.waived;
            format!("{} of {open} gaps are covered by what is written.", home.coverage.covered)
        }
        View::Home(home) => {
            let counts = home.counts.iter().map(|count| format!("{} {}", count.count, count.label));
            counts.collect::<Vec<_>>().join(", ")
        }
        View::DocumentIndex(_) => format!("Every document of {site}, by section."),
        View::DecisionIndex(_) => format!("Every decision of {site}, with its status."),
        View::ResearchIndex(_) => format!("The research of {site}, and how much of it is cited."),
        View::SchemaIndex(_) => format!("The packages of {site} and what needs what."),
        View::GapIndex(_) => format!("Every gap of {site}, and whether it is covered."),
        View::GapList(list) => {
            let open = list.coverage.total - list.coverage.waived;
            format!("{} of {open} gaps of {title} are covered.", list.coverage.covered)
        }
        View::Gap(gap) => format!("{}: {}", gap.row.coverage, gap.why),
        View::Decision(decision) => format!("A decision, {}.", decision.row.status),
        View::Chunk(chunk) => format!("{} lines of {}.", chunk.row.lines, chunk.row.path),
        View::Package(package) => {
            format!("{} declarations of the package {title}.", package.symbols.len())
        }
        View::Symbol(symbol) => format!("The {} {}.", symbol.row.shape, symbol.full_name),
        View::Source(source) => format!("{} lines of schema, {}.", source.lines, source.syntax),
        View::WellKnown(_) => format!("Types of google.protobuf that {site} uses."),
        View::Trace(_) => {
            "Which document answers which gap, and whether it really does.".to_owned()
        }
        View::Whole(_) => {
            "Research, the gaps that rest on it, and what answers them, as a drawing.".to_owned()
        }
        View::Orphans(_) => "What is written, and nothing leads to.".to_owned(),
        View::Badges(_) => format!("Figures of {site} to show elsewhere."),
        View::Drift(_) => "What the texts claim about each gap, against the files.".to_owned(),
        View::Plan(_) => "Which document to write next: the one that fills the most.".to_owned(),
        View::Search(_) => format!("Every record of {site}."),
        View::Diagnostics(_) => format!("What is wrong with the content of {site}."),
        View::Code(code) => format!("{}.", code.summary),
        View::Document(_) | View::Ledger(_) | View::Diagram(_) | View::Section(_) => String::new(),
        View::File(_) | View::NotFound | View::Failed => String::new(),
    }
}

/// At most so many characters, cut between words.
fn cut(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text };
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_between_words() {
        let long = "lamps and ".repeat(40);
        let short = cut(&long);
        assert!(short.chars().count() <= LONGEST + 1 && short.ends_with("lamps and…"), "{short}");
        assert_eq!(cut("a  short\none"), "a short one");
    }
}
