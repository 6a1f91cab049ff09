//! Chains of supersession: in lists, and drawn with the renderer of diagrams.

use std::{collections::BTreeSet, fmt::Write as _, sync::Arc};

use crate::{
    graph::record::{RecordIx, RecordKind},
    model::decision::{Extent, RelationKind},
    page::{
        model::{DecisionRow, Text},
        rows,
        site::Site,
    },
    path::RelPath,
};

/// More decisions than these are no drawing.
const MOST: usize = 40;
/// Longer titles are cut in a drawing.
const LONGEST: usize = 44;

/// Every chain of two decisions or more, oldest first, in the order of their first.
pub fn all(site: &Site<'_>) -> Vec<Vec<RecordIx>> {
    let mut seen = BTreeSet::new();
    let mut chains = Vec::new();
    for ix in site.of_kind(RecordKind::Decision) {
        if seen.contains(&ix) {
            continue;
        }
        let chain = site.graph.decisions.chain(ix);
        seen.extend(chain.iter().copied());
        if chain.len() > 1 {
            chains.push(chain);
        }
    }
    chains
}

/// A chain in steps: what has as many older decisions behind it stands side by side.
pub fn steps(site: &Site<'_>, route: &RelPath, chain: &[RecordIx]) -> Vec<Vec<DecisionRow>> {
    let mut steps: Vec<(usize, Vec<DecisionRow>)> = Vec::new();
    for ix in chain {
        let age = site.graph.decisions.age(*ix);
        let row = rows::decision(site, route, *ix);
        match steps.last_mut() {
            Some((own, rows)) if *own == age => rows.push(row),
            _ => steps.push((age, vec![row])),
        }
    }
    steps.into_iter().map(|(_, rows)| rows).collect()
}

/// A drawing of chains: an arrow leads from the older to the newer, a dotted one where only a part
/// was replaced. None when they are too many, or one after the other says it all.
pub fn drawing(site: &Site<'_>, route: &RelPath, chain: &[RecordIx]) -> Option<Text> {
    if !(2..=MOST).contains(&chain.len()) {
        return None;
    }
    let mut source = String::from("flowchart LR\n");
    for ix in chain {
        let row = rows::decision(site, route, *ix);
        let words = format!("{} {}", row.id, cut(&row.link.title));
        // A String takes every write.
        let _ = writeln!(source, "  d{}[\"{}\"]", ix.0, escaped(&words));
    }
    let inside: BTreeSet<RecordIx> = chain.iter().copied().collect();
    let mut arrows = BTreeSet::new();
    for ix in chain {
        for related in site.graph.decisions.of(*ix) {
            let Some(to) = related.to.filter(|to| inside.contains(to)) else { continue };
            let (new, old) = match related.kind {
                RelationKind::Supersedes => (related.from, to),
                RelationKind::SupersededBy => (to, related.from),
                _ => continue,
            };
            arrows.insert((old, new, related.extent));
        }
    }
    for (old, new, extent) in &arrows {
        // What one side says of the whole, the other need not say again of a part.
        if *extent == Extent::Part && arrows.contains(&(*old, *new, Extent::Whole)) {
            continue;
        }
        let arrow = if *extent == Extent::Part { "-. in part .->" } else { "-->" };
        let _ = writeln!(source, "  d{} {arrow} d{}", old.0, new.0);
    }
    Some(Text::Mermaid(Arc::from(source)))
}

fn cut(title: &str) -> String {
    if title.chars().count() <= LONGEST {
        return title.to_owned();
    }
    let start: String = title.chars().take(LONGEST - 1).collect();
    format!("{}…", start.trim_end())
}

/// A title without the signs that would end a quoted label, or be read as markup in it.
fn escaped(text: &str) -> String {
    let plain = |letter: char| match letter {
        '"' | '`' => '\'',
        '<' => '‹',
        '>' => '›',
        '#' => '＃',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    text.chars().map(plain).collect()
}
