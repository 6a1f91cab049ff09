//! Badges: for the site, each priority, ledger, category, phase, gap and package a drawing and the
//! data that shields.io reads.

use super::output::OutputSet;
use crate::{
    diag::{Diagnostic, codes},
    page::{
        badges::{self, Standing},
        site::Site,
    },
    path::RelPath,
    render::{
        badge::{self, Tone},
        svg::{self, SvgError},
    },
};

/// Adds every badge; the figures are those of the graph.
pub fn add(site: &Site<'_>, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    let mut write = |name: &str, label: &str, message: &str, tone: Tone| {
        let route = format!("{name}.svg");
        match svg::clean(&badge::badge(label, message, tone)) {
            Ok(svg) => super::build::add(output, found, &route, svg.into_bytes()),
            Err(error) => found.extend(failed(&route, &error)),
        }
        let json = badge::endpoint(label, message, tone);
        super::build::add(output, found, &format!("{name}.json"), json.into_bytes());
    };
    let gaps = site.graph.gaps.iter().map(|(ix, finding)| badges::of_gap(site, *ix, finding));
    for badge in badges::groups(site).into_iter().flat_map(|(_, _, group)| group).chain(gaps) {
        let tone = match badge.standing {
            Standing::Good => Tone::Good,
            Standing::Fair => Tone::Fair,
            Standing::Poor => Tone::Poor,
            Standing::Neutral => Tone::Neutral,
        };
        write(&badge.name, &badge.label, &badge.message, tone);
    }
}

/// A badge that the last stage refuses: its words have no part in how it is drawn.
fn failed(route: &str, error: &SvgError) -> Option<Diagnostic> {
    let path = RelPath::new(route)?;
    let message = format!("a fault of the program: this badge cannot be made: {error}");
    let help = "report it with the words of the gap";
    Some(Diagnostic::new(&codes::PAGE_FAILED, &path, message).help(help))
}
