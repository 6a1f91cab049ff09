//! The files that the scripts of the gap board and of the whole graph read. They are scripts
//! themselves, because a page that was opened from disk may load nothing else.

use super::output::OutputSet;
use crate::{
    diag::Diagnostic,
    page::{board, site::Site, whole},
    text::script,
};

/// Adds the data of both.
pub fn add(site: &Site<'_>, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    let graph = whole::data(site);
    if !graph.ways.is_empty() {
        let data = serde_json::to_string(&graph).expect("names and numbers are JSON");
        let script = script::call("lacunaGraph", &data);
        super::build::add(output, found, "trace/graph.js", script.into_bytes());
    }
    if site.lookups.board.all.is_empty() {
        return;
    }
    let data = serde_json::to_string(&board::data(site)).expect("names and numbers are JSON");
    let script = script::call("lacunaBoard", &data);
    super::build::add(output, found, "gaps/data.js", script.into_bytes());
}
