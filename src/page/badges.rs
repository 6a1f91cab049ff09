//! Every badge: what it says, which page it leads to, and the page that shows what to paste.

use super::{
    bare,
    board::{self, Facet},
    model::{BadgeGroup, BadgeRow, BadgesView, Page, Tally, View},
    rows, schema,
    site::Site,
};
use crate::{
    graph::{
        coverage::{Coverage, GapFinding},
        record::{RecordIx, RecordKind},
        symbols::packages::Share,
    },
    path::RelPath,
};

/// So many badges of a group are shown; the others have addresses made in the same way.
const SHOWN: usize = 40;

/// So many letters of a title stand on a badge.
const LETTERS: usize = 36;

/// What a badge tells at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As it should be.
    Good,
    /// Something is left to do.
    Fair,
    /// Needs attention.
    Poor,
    /// No judgement.
    Neutral,
}

/// A badge before it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// Its address without the ending: `badges/coverage-p0`.
    pub name: String,
    /// The left half.
    pub label: String,
    /// The right half.
    pub message: String,
    /// How it is coloured.
    pub standing: Standing,
    /// The page it leads to.
    pub page: RelPath,
}

/// Badges about one kind of thing: a heading, a fragment, and the badges.
pub type Group = (&'static str, &'static str, Vec<Badge>);

/// All badges but those of single gaps, by what they are about.
pub fn groups(site: &Site<'_>) -> Vec<Group> {
    let all = coverage(
        "badges/coverage".to_owned(),
        "gaps covered".to_owned(),
        &rows::tally_all(site, &site.route.badges()),
        site.route.index(RecordKind::Gap),
    );
    let facet = |facet: Facet| of_facet(site, facet);
    let groups = [
        ("The whole site", "lc-site", vec![all]),
        ("By priority", "lc-priorities", facet(Facet::Priority)),
        ("By ledger", "lc-ledgers", facet(Facet::Ledger)),
        ("By category", "lc-categories", facet(Facet::Category)),
        ("By phase", "lc-phases", facet(Facet::Phase)),
        ("Schemas", "lc-packages", of_schemas(site)),
    ];
    groups.into_iter().filter(|(_, _, badges)| !badges.is_empty()).collect()
}

/// The page of badges.
pub fn page(site: &Site<'_>) -> Page {
    let route = site.route.badges();
    let group = |(label, anchor, badges): Group| BadgeGroup {
        label,
        anchor,
        more: badges.len().saturating_sub(SHOWN),
        badges: badges.iter().take(SHOWN).map(|badge| row(site, &route, badge)).collect(),
    };
    let view = BadgesView {
        groups: groups(site).into_iter().map(group).collect(),
        absolute: site.base_url.is_some(),
    };
    bare(site, route, "Badges", View::Badges(view))
}

/// A badge with what to paste.
pub fn row(site: &Site<'_>, from: &RelPath, badge: &Badge) -> BadgeRow {
    let href = |ending: &str| match RelPath::new(&format!("{}{ending}", badge.name)) {
        Some(route) => site.href(from, &route),
        None => String::new(),
    };
    let base = site.base_url.map_or("", |url| url.trim_end_matches('/'));
    let words = format!("{}: {}", badge.label, badge.message);
    let slash = if base.is_empty() { "" } else { "/" };
    let markdown = format!(
        "[![{}]({base}{slash}{}.svg)]({base}{slash}{})",
        // Figures change, the words beside them stay.
        badge.label.replace(['[', ']'], ""),
        badge.name,
        badge.page
    );
    BadgeRow {
        words,
        image: href(".svg"),
        data: href(".json"),
        href: site.href(from, &badge.page),
        markdown,
    }
}

/// The badge of a gap.
pub fn of_gap(site: &Site<'_>, ix: RecordIx, finding: &GapFinding) -> Badge {
    let page = site.route.of(ix).clone();
    Badge {
        name: format!("badges/gaps/{}", page.stem()),
        label: site.record(ix).id.clone(),
        message: finding.coverage.name().to_owned(),
        standing: match finding.coverage {
            Coverage::Covered => Standing::Good,
            Coverage::Partial => Standing::Fair,
            Coverage::Uncovered => Standing::Poor,
            Coverage::Waived => Standing::Neutral,
        },
        page,
    }
}

fn of_facet(site: &Site<'_>, facet: Facet) -> Vec<Badge> {
    let tallies = board::tallies(site, &site.route.badges(), facet);
    let values = site.lookups.board.values(facet).iter();
    values
        .zip(&tallies)
        .map(|(value, tally)| {
            // The names of the priorities are older than those of the lists.
            let name = match facet {
                Facet::Priority => value.label.to_lowercase().replace(' ', "-"),
                _ => board::key(facet, value),
            };
            coverage(
                format!("badges/coverage-{name}"),
                format!("{} covered", short(&value.label)),
                tally,
                site.route.gap_list(&board::key(facet, value), 1),
            )
        })
        .collect()
}

/// A label that leaves room for the figure.
fn short(label: &str) -> String {
    match label.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", label[..end].trim_end()),
        None => label.to_owned(),
    }
}

fn coverage(name: String, label: String, tally: &Tally, page: RelPath) -> Badge {
    let (message, standing) = match tally.percent {
        None => ("no gaps".to_owned(), Standing::Neutral),
        Some(percent) => {
            let standing = match percent {
                100 => Standing::Good,
                50.. => Standing::Fair,
                _ => Standing::Poor,
            };
            (format!("{} of {}", tally.covered, tally.total - tally.waived), standing)
        }
    };
    Badge { name, label, message, standing, page }
}

/// The share of declarations with a comment: of all schemas, and of each package.
fn of_schemas(site: &Site<'_>) -> Vec<Badge> {
    let packages = &site.graph.symbols.packages;
    if packages.is_empty() {
        return Vec::new();
    }
    let all = packages.values().fold(Share::default(), |sum, package| sum.plus(package.documented));
    let index = site.route.index(RecordKind::Schema);
    let whole = ("badges/schemas".to_owned(), all, index);
    let each = packages.iter().map(|(name, package)| {
        (schema::badge_name(site, name), package.documented, site.route.package(name))
    });
    let badge = |(name, share, page): (String, Share, RelPath)| {
        let (message, standing) = match share.percent() {
            None => ("nothing declared".to_owned(), Standing::Neutral),
            Some(percent) => {
                let standing = match percent {
                    90.. => Standing::Good,
                    50.. => Standing::Fair,
                    _ => Standing::Poor,
                };
                (format!("{percent} %"), standing)
            }
        };
        Badge { name, label: "schemas documented".to_owned(), message, standing, page }
    };
    std::iter::once(whole).chain(each).map(badge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_counts_what_is_not_waived() {
        let tally = Tally {
            covered: 1,
            partial: 1,
            waived: 2,
            total: 4,
            percent: Some(50),
            ..Tally::default()
        };
        let page = RelPath::new("gaps/index.html").expect("a path");
        let badge = coverage("badges/coverage".into(), "gaps covered".into(), &tally, page);
        assert_eq!((badge.message.as_str(), badge.standing), ("1 of 2", Standing::Fair));
    }
}
