//! The files that the scripts of the gap board and of the whole graph read. They are scripts
//! themselves, because a page that was opened from disk may load nothing else.

use super::output::OutputSet;
use crate::{
    diag::Diagnostic,
    page::{board, site::Site, whole},
};

/// Adds the data of both.
pub fn add(site: &Site<'_>, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    let graph = whole::data(site);
    if !graph.ways.is_empty() {
        let data = serde_json::to_string(&graph).expect("names and numbers are JSON");
        let script = format!("lacunaGraph({data});\n");
        super::build::add(output, found, "trace/graph.js", script.into_bytes());
    }
    if site.lookups.board.all.is_empty() {
        return;
    }
    let data = serde_json::to_string(&board::data(site)).expect("names and numbers are JSON");
    // Ends of lines in JSON and, until 2019, in a script.
    let data = data.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let script = format!("lacunaBoard({data});\n");
    super::build::add(output, found, "gaps/data.js", script.into_bytes());
}
