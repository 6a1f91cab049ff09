//! A new document for a gap: where the gap wants it, with what is known of the matter.

use std::fmt::Write as _;

use super::{Known, Plan, Refusal, default_folder, naming, titled};
use crate::{
    engine::import::yaml::{Yaml, front_matter},
    graph::{
        citation::Cited,
        coverage::{self, GapFinding, TargetState},
        record::{Record, RecordIx},
    },
    model::gap::Evidence,
    path::RelPath,
    text::LineIndex,
};

/// So many lines of one citation are quoted.
const MOST_QUOTED: u32 = 20;

/// Plans a document that is to fill a gap.
///
/// # Errors
/// When the title is no line of text, or no gap has the id.
pub fn document(known: Known<'_>, title: &str, gap: &str) -> Result<Plan, Refusal> {
    let title = titled(title)?;
    let (ix, finding) = find(&known, gap)?;
    let record = known.graph.records.get(ix);
    let path = place(&known, title, record, finding)?;
    let entries =
        [("title", Yaml::Text(title.to_owned())), ("covers", Yaml::texts([record.id.as_str()]))];
    let mut text = format!("{}\n# {title}\n", front_matter(&entries));
    let _ = write!(
        text,
        "\n<!-- To be written for {}: {} -->\n",
        record.id,
        record.title.replace("--", "- -")
    );
    if !finding.evidence.is_empty() {
        text.push_str("\n## Evidence\n");
    }
    for (evidence, cited) in &finding.evidence {
        text.push_str(&quoted(&known, evidence, cited));
    }
    Ok(Plan { create: Some((path, text)), id: record.id.clone(), ..Plan::default() })
}

fn find<'a>(known: &Known<'a>, id: &str) -> Result<(RecordIx, &'a GapFinding), Refusal> {
    let named = known.graph.records.named(id).iter();
    let gaps: Vec<_> = named.filter_map(|ix| Some((*ix, known.graph.gaps.get(ix)?))).collect();
    match gaps.as_slice() {
        [one] => Ok(*one),
        [] => {
            let ids: Vec<&str> = known
                .graph
                .gaps
                .keys()
                .take(5)
                .map(|ix| known.graph.records.get(*ix).id.as_str())
                .collect();
            let help = match ids.as_slice() {
                [] => "the project has no gap yet; `lacuna new gap TITLE` writes one".to_owned(),
                ids => format!("its gaps are {}, …: see `lacuna status`", ids.join(", ")),
            };
            Err(Refusal::new(format!("no gap has the id `{id}`"), help))
        }
        _ => Err(Refusal::new(
            format!("several gaps have the id `{id}`"),
            "give one of them another id",
        )),
    }
}

/// The path of the first document that the gap names and that is not there, else one of its title.
fn place(
    known: &Known<'_>,
    title: &str,
    record: &Record,
    finding: &GapFinding,
) -> Result<RelPath, Refusal> {
    let missing = finding.targets.iter().find(|target| {
        target.state == TargetState::Missing
            && target.path.is_none()
            && target.name.ends_with(".md")
    });
    let gap = coverage::gap_of(known.reading.corpus(known.options), record);
    let native = gap.is_some_and(|gap| gap.id.is_some()) && record.anchor.is_none();
    let folder = default_folder(known, &["docs", "content"], "docs");
    let wanted = match missing.map(|target| target.name.as_str()) {
        Some(name) if name.starts_with('.') => record.path.join(name),
        Some(name) if name.contains('/') || native => RelPath::new(name.trim_start_matches('/')),
        Some(name) => record.path.join(name),
        None => RelPath::new(&format!("{folder}/{}.md", naming::words(title, '-'))),
    };
    wanted.ok_or_else(|| {
        Refusal::new(
            "the gap names a document outside the project",
            "correct the target of the gap",
        )
    })
}

/// A citation, and the lines it leads to.
fn quoted(known: &Known<'_>, evidence: &Evidence, cited: &Cited) -> String {
    let citation = &evidence.citation;
    let target = cited.path.as_ref().map_or(citation.target.as_str(), RelPath::as_str);
    let name = match (cited.lines.or(citation.lines), &citation.section) {
        (Some((first, last)), _) if first == last => format!("{target} (line {first})"),
        (Some((first, last)), _) => format!("{target} (lines {first}-{last})"),
        (None, Some(section)) => format!("{target}, {section}"),
        _ => target.to_owned(),
    };
    let mut out = format!("\n- {name}\n");
    let lines = cited.lines.filter(|_| cited.state.holds());
    let Some(((first, last), text)) =
        lines.zip(cited.path.as_ref().and_then(|path| known.reading.text(path)))
    else {
        return out;
    };
    let index = LineIndex::new(text);
    let shown = last.min(first.saturating_add(MOST_QUOTED - 1));
    let quote: Vec<&str> = (first..=shown)
        .map(|number| {
            let span = index.span(number, text);
            text.get(span.start..span.end).unwrap_or_default().trim_end()
        })
        .collect();
    // In a comment, for words that are only quoted would pass for the text that is to come.
    out.push_str("\n<!--\n");
    for line in quote {
        let _ = writeln!(out, "{}", line.replace("--", "- -"));
    }
    if shown < last {
        let _ = writeln!(out, "… and {} more lines", last - shown);
    }
    out.push_str("-->\n");
    out
}
