//! Badges for the site, each priority, each gap and each package: a drawing and shields.io endpoint JSON.

use super::output::OutputSet;
use crate::{
    diag::Diagnostic,
    graph::{coverage::Coverage, metrics::Tally, symbols::packages::Share},
    page::{schema, site::Site},
    render::badge::{self, Tone},
};

/// Adds every badge; the figures are those of the graph.
pub fn add(site: &Site<'_>, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    let metrics = &site.graph.metrics;
    let mut write = |name: &str, label: &str, message: &str, tone: Tone| {
        let svg = badge::badge(label, message, tone);
        super::build::add(output, found, &format!("badges/{name}.svg"), svg.into_bytes());
        let json = badge::endpoint(label, message, tone);
        super::build::add(output, found, &format!("badges/{name}.json"), json.into_bytes());
    };
    let (message, tone) = share(metrics.overall);
    write("coverage", "gaps covered", &message, tone);
    for group in &metrics.by_priority {
        let (message, tone) = share(group.tally);
        let name = group.label.to_lowercase().replace(' ', "-");
        write(&format!("coverage-{name}"), &format!("{} covered", group.label), &message, tone);
    }
    for (ix, finding) in &site.graph.gaps {
        let tone = match finding.coverage {
            Coverage::Covered => Tone::Good,
            Coverage::Partial => Tone::Fair,
            Coverage::Uncovered => Tone::Poor,
            Coverage::Waived => Tone::Neutral,
        };
        let name = format!("gaps/{}", site.route.of(*ix).stem());
        write(&name, &site.record(*ix).id, finding.coverage.name(), tone);
    }
}

/// Badges for the share of declarations with a comment: of all schemas, and of each package.
pub fn add_schemas(site: &Site<'_>, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    let packages = &site.graph.symbols.packages;
    if packages.is_empty() {
        return;
    }
    let all = packages.values().fold(Share::default(), |sum, package| sum.plus(package.documented));
    let each =
        packages.iter().map(|(name, package)| (schema::badge_name(site, name), package.documented));
    for (name, share) in each.chain([("badges/schemas".to_owned(), all)]) {
        let (message, tone) = match share.percent() {
            None => ("nothing declared".to_owned(), Tone::Neutral),
            Some(percent) => {
                let tone = match percent {
                    90.. => Tone::Good,
                    50.. => Tone::Fair,
                    _ => Tone::Poor,
                };
                (format!("{percent} %"), tone)
            }
        };
        let svg = badge::badge("schemas documented", &message, tone);
        super::build::add(output, found, &format!("{name}.svg"), svg.into_bytes());
        let json = badge::endpoint("schemas documented", &message, tone);
        super::build::add(output, found, &format!("{name}.json"), json.into_bytes());
    }
}

fn share(tally: Tally) -> (String, Tone) {
    let tone = match tally.percent() {
        None => return ("no gaps".to_owned(), Tone::Neutral),
        Some(100) => Tone::Good,
        Some(50..) => Tone::Fair,
        Some(_) => Tone::Poor,
    };
    (format!("{} of {}", tally.covered, tally.counted()), tone)
}
