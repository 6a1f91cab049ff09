//! `lacuna init`: a `lacuna.toml` that explains itself, and a workflow.

#![cfg_attr(test, expect(clippy::disallowed_methods, reason = "its tests make folders"))]
#![expect(clippy::disallowed_types, reason = "`init` writes one file where none is")]

mod ci;

use std::{fs::OpenOptions, io::ErrorKind, io::Write, path::Path};

use super::args::Init;
use crate::{diag::human::visible, model::config::FILE_NAME};

/// Every setting, commented out, with what holds when it is left so.
const TEMPLATE: &str = r##"# Settings of lacuna. Every one is optional: remove the `# ` before a key to set it.

# The title of the site; the name of this folder otherwise.
# title = "My project"

# Where the site is published, for the site map and canonical addresses.
# base_url = "https://example.org/docs/"

# The look: `default`, or the name of a folder in `themes/` that replaces parts of it.
# theme = "default"

# Folders and files to read; everything otherwise.
# sources = ["README.md", "docs"]

# Show the last change of each page and coverage over time, read from git. Then a clone without the
# whole history gives another site.
# history = true

# Compressed files beside those of the site, for servers that hand them out.
# compress = ["gzip", "brotli"]

# Files to leave out.
# exclude = ["docs/drafts/**"]

# What files are, where their name and place do not tell. The kinds are document, decision,
# research, schema, ledger, gap and diagram.
# [[collection]]
# kind = "decision"
# path = "docs/rfc/**"

# The fewest words of a document, and of a section, that is more than a stub; and the kinds of
# filler that count as text all the same (todo, lorem, placeholder).
# [substance]
# words = 50
# section_words = 20
# allow = []

# A gap that stays open on purpose. The last day is optional.
# [[waiver]]
# gap = "CGA-4"
# reason = "Out of scope for this year"
# owner = "Ann"
# until = 2026-12-31

# How much findings weigh: error, warning, info or off. `lacuna explain CODE` tells of each.
# [diagnostics]
# broken-anchor = "error"
# empty-file = "off"

# The same for a folder and all below it.
# [[diagnostics.folder]]
# path = "docs/old"
# broken-link = "warning"

# What must hold for `lacuna check` to pass: the least covered percentage of all gaps, of a
# priority, ledger, dimension or phase; the most gaps whose claim does not hold.
# [gate]
# coverage = 50
# max_drift = 0
# expired_waivers = "fail"
# no_regression = true
# allow_empty = false
# [gate.priority]
# P0 = 100

# What becomes of raw HTML: `sanitize` keeps what code hosts permit, `escape` shows the characters.
# [content]
# raw_html = "sanitize"

# How much work texts may ask for; beyond it things are left out and told.
# [limits]
# text_bytes = 16_777_216
# files = 200_000
# nested_blocks = 100
# code_line_bytes = 4_096
# code_block_bytes = 262_144
# diagram_bytes = 65_536
# diagram_elements = 1_000
# diagram_seconds = 2
# page_diagram_bytes = 262_144
# formula_bytes = 4_096
# page_formulas = 10_000

# Addresses that `lacuna check --external` does not ask for, and hosts of a private network that it
# may ask.
# [external]
# skip = ["https://intranet.example.org/**"]
# allow = ["wiki.example.org"]

# How much a gap counts by its priority, in `lacuna next` and on the drift board.
# [weights]
# P0 = 8
# P1 = 4
# P2 = 2
# P3 = 1
# P4 = 1
# none = 1
"##;

/// Writes a commented `lacuna.toml` and the workflow that is asked for unless they are there, and
/// says what was done.
///
/// Nothing else is written, and nothing is ever overwritten. The error is a sentence.
pub fn init(wish: &Init) -> Result<Vec<String>, String> {
    let dir = &wish.project.dir;
    let mut said = settings(dir)?;
    if let Some(host) = wish.ci {
        said.extend(ci::write(dir, host, wish.from.as_deref())?);
    }
    Ok(said)
}

fn settings(dir: &Path) -> Result<Vec<String>, String> {
    let path = dir.join(FILE_NAME);
    let shown = visible(&super::config::display(&path));
    let written = match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file.write_all(TEMPLATE.as_bytes()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Ok(vec![format!("{shown} exists and was left as it is")]);
        }
        Err(error) => Err(error),
    };
    written.map_err(|error| format!("cannot write {shown}: {error}"))?;
    Ok(vec![
        format!("Wrote {shown}; every setting in it is optional"),
        "Add `site/` to .gitignore, for `lacuna build` writes there".to_owned(),
    ])
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{cli::config, model::config::Config};

    #[test]
    fn writes_one_file_once() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let said = settings(dir.path()).expect("the folder is writable");
        assert!(said.iter().any(|line| line.contains("`site/`")), "{said:?}");
        assert_eq!(fs::read_dir(dir.path()).expect("the folder is there").count(), 1);

        let path = dir.path().join(FILE_NAME);
        fs::write(&path, "title = \"Mine\"").expect("the file is writable");
        let said = settings(dir.path()).expect("an existing file is no error");
        assert!(said[0].ends_with("left as it is"), "{said:?}");
        assert_eq!(fs::read_to_string(&path).expect("still there"), "title = \"Mine\"");
        assert!(settings(&dir.path().join("missing")).is_err());
    }

    #[test]
    fn the_template_is_valid_as_written_and_uncommented() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        settings(dir.path()).expect("the folder is writable");
        let loaded = config::load(dir.path(), None).expect("the template is valid");
        assert_eq!(loaded.config, Config::default());

        let is_setting = |line: &&str| line.starts_with('[') || line.contains(" = ");
        let settings: Vec<_> = TEMPLATE
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .filter(is_setting)
            .collect();
        fs::write(dir.path().join(FILE_NAME), settings.join("\n")).expect("writable");
        let loaded = config::load(dir.path(), None).map_err(|error| error.to_string());
        let config = loaded.expect("each setting is valid").config;
        assert_eq!((config.collection.len(), config.diagnostics.codes.len()), (1, 2));
        assert_eq!((config.gate.rules.len(), config.diagnostics.folder.len()), (5, 1));
    }
}
