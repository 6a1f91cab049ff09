//! Badges: for the site, each priority, ledger, category, phase, gap and package a drawing and the
//! data that shields.io reads.

use super::output::OutputSet;
use crate::{
    diag::Diagnostic,
    page::{
        badges::{self, Standing},
        site::Site,
    },
    render::badge::{self, Tone},
};

/// Adds every badge; the figures are those of the graph.
pub fn add(site: &Site<'_>, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    let mut write = |name: &str, label: &str, message: &str, tone: Tone| {
        let svg = badge::badge(label, message, tone);
        super::build::add(output, found, &format!("{name}.svg"), svg.into_bytes());
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
