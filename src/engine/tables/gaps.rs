//! The tables of gaps and of their targets. The columns of a gap that no file but its own can say are
//! those that a record is written from: `lacuna import` reads them.

use std::collections::BTreeMap;

use super::{
    Context,
    cell::{Cell, Rows},
};
use crate::{
    engine::import::{record, yaml::Yaml},
    graph::{
        coverage::{self, GapFinding},
        record::{Part, RecordIx},
    },
    page::site::Site,
    path::RelPath,
};

/// The columns of the table of gaps.
pub const COLUMNS: &[&str] = &[
    "id",
    "title",
    "priority",
    "coverage",
    "drift",
    "claim",
    "status",
    "claims",
    "percent",
    "category",
    "phase",
    "impact",
    "effort",
    "depends_on",
    "evidence",
    "targets",
    "tasks",
    "tags",
    "waived_reason",
    "waived_owner",
    "waived_until",
    "number",
    "priorities",
    "why",
    "path",
    "line",
    "ledger",
    "url",
];

/// Those that are worked out or say where the gap stands: nobody imports them.
pub const DERIVED: &[&str] =
    &["coverage", "drift", "claim", "why", "path", "line", "ledger", "url"];

/// Those that hold several values.
pub const LISTS: &[&str] =
    &["claims", "effort", "depends_on", "evidence", "targets", "tasks", "tags", "priorities"];

/// Every gap, in the order of the files.
pub fn gaps(from: Context<'_>) -> Rows {
    let all = from.site.graph.gaps.iter();
    let rows = all.filter_map(|(ix, finding)| gap(from, *ix, finding));
    let rows = rows.map(|mut cells| {
        COLUMNS.iter().map(|column| cells.remove(column).unwrap_or(Cell::Nothing)).collect()
    });
    Rows { columns: COLUMNS, rows: rows.collect() }
}

/// What is known of a gap, by column.
pub fn gap(
    from: Context<'_>,
    ix: RecordIx,
    finding: &GapFinding,
) -> Option<BTreeMap<&'static str, Cell>> {
    let site = from.site;
    let record = site.record(ix);
    let gap = coverage::gap_of(site.corpus, record)?;
    // Seen from the root, and from no file: paths are those that lead there from anywhere.
    let nowhere = RelPath::new("-.md").expect("a name is a path");
    let said = record::entries(
        from.of_records(),
        (record, gap, finding),
        &nowhere,
        record::Wording::AsWritten,
    );
    let mut cells: BTreeMap<&'static str, Cell> = BTreeMap::new();
    for (key, value) in said {
        match (key, value) {
            // The words count where they say more than the name.
            ("priority", words) => {
                let name = gap.priority.as_ref().map(|priority| priority.value.name());
                let told = lines(&words);
                let same = told.len() == 1 && name == told.first().map(String::as_str);
                cells.insert("priority", name.into());
                cells.insert("priorities", Cell::List(if same { Vec::new() } else { told }));
            }
            ("waived", Yaml::Map(entries)) => {
                for (key, value) in entries {
                    let column = match key {
                        "reason" => "waived_reason",
                        "owner" => "waived_owner",
                        _ => "waived_until",
                    };
                    cells.insert(column, cell(value));
                }
            }
            ("imported_from" | "waived", _) => {}
            (key, value) if LISTS.contains(&key) => {
                drop(cells.insert(key, Cell::List(lines(&value))))
            }
            (key, value) => drop(cells.insert(key, cell(value))),
        }
    }
    let whole = record.part == Part::Whole;
    let tags = if whole { site.outline(ix).front.tags.as_slice() } else { &[] };
    cells.extend([
        ("coverage", finding.coverage.name().into()),
        ("drift", finding.drift.name().into()),
        ("claim", gap.claim.status.name().into()),
        ("tags", Cell::List(tags.to_vec())),
        ("why", (&finding.why).into()),
        ("path", (&record.path).into()),
        ("line", record.lines.0.into()),
        ("ledger", (!whole).then_some(&record.path).into()),
        ("url", site.route.of(ix).into()),
    ]);
    Some(cells)
}

fn cell(value: Yaml) -> Cell {
    match value {
        value if value.is_empty() => Cell::Nothing,
        Yaml::Text(text) => Cell::Text(text),
        Yaml::Number(number) => number.into(),
        Yaml::True => true.into(),
        Yaml::List(_) | Yaml::Map(_) => Cell::List(lines(&value)),
    }
}

/// The values of a list, each on a line: text as it is, everything else as front matter has it.
fn lines(value: &Yaml) -> Vec<String> {
    let line = |value: &Yaml| match value {
        Yaml::Text(text) if is_plain(text) => text.clone(),
        other => other.flow(),
    };
    match value {
        Yaml::List(values) => values.iter().map(line).collect(),
        value if value.is_empty() => Vec::new(),
        value => vec![line(value)],
    }
}

/// Whether a text on a line of its own is read as itself.
pub fn is_plain(text: &str) -> bool {
    text == text.trim() && !text.is_empty() && !text.starts_with(['{', '"']) && !text.contains('\n')
}

/// Every target of every gap, with its state.
pub fn targets(site: &Site<'_>) -> Rows {
    let mut rows = Vec::new();
    for (ix, finding) in &site.graph.gaps {
        rows.extend(finding.targets.iter().map(|target| {
            vec![
                (&site.record(*ix).id).into(),
                (&target.name).into(),
                target.section.as_ref().into(),
                target.intent.name().into(),
                target.role.group().into(),
                target.state.name().into(),
                (&target.why).into(),
                target.path.as_ref().into(),
                target.anchor.as_ref().into(),
                (&site.record(*ix).path).into(),
                target.named_at.map(|(line, _)| line).into(),
            ]
        }));
    }
    Rows {
        columns: &[
            "gap", "target", "section", "intent", "group", "state", "why", "found", "anchor",
            "path", "line",
        ],
        rows,
    }
}
