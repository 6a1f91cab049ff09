//! The file that the script of the gap board reads. It is a script itself, because a page that was
//! opened from disk may load nothing else.

use super::output::OutputSet;
use crate::{
    diag::Diagnostic,
    page::{board, site::Site},
};

/// Adds the data of the board.
pub fn add(site: &Site<'_>, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    if site.lookups.board.all.is_empty() {
        return;
    }
    let data = serde_json::to_string(&board::data(site)).expect("names and numbers are JSON");
    let script = format!("lacunaBoard({data});\n");
    super::build::add(output, found, "gaps/data.js", script.into_bytes());
}
