//! `SUMMARY.md` of mdBook and GitBook: a list of chapters, with parts as headings.

use crate::{
    model::contents::{Contents, ContentsEntry},
    path::RelPath,
    read::lines::{self, LineKind},
};

/// Reads a table of contents; none when the file lists fewer than two chapters.
///
/// The format is mdBook's (guide, "SUMMARY.md"): `[Title](file.md)` before and after the numbered
/// chapters, `- [Title](file.md)` for those, `- [Title]()` for one that is not written, `# Part`.
pub fn summary(file: &RelPath, text: &str) -> Option<Contents> {
    let mut entries: Vec<ContentsEntry> = Vec::new();
    // The indentation of the open items, so that two and four spaces mean the same.
    let mut open: Vec<usize> = Vec::new();
    let mut below_part = 0;
    for line in lines::scan(text, 0).iter().filter(|line| line.kind == LineKind::Prose) {
        let indent = line.text.len() - line.text.trim_start().len();
        let said = line.text.trim();
        if let Some(part) = said.strip_prefix('#') {
            let title = part.trim_matches(['#', ' ']).to_owned();
            open.clear();
            if !entries.is_empty() || !is_own_title(&title) {
                entries.push(ContentsEntry { title: Some(title), to: None, depth: 0 });
                below_part = 1;
            }
            continue;
        }
        let item = ["- ", "* ", "+ "].iter().find_map(|mark| said.strip_prefix(mark));
        let Some((title, address)) = chapter(item.unwrap_or(said)) else { continue };
        let depth = match item {
            None => {
                open.clear();
                // A chapter without a number ends a part.
                below_part = 0;
                0
            }
            Some(_) => {
                open.retain(|outer| *outer < indent);
                open.push(indent);
                open.len() - 1 + below_part
            }
        };
        let path = address.split('#').next().unwrap_or_default();
        let to = file.join(path).filter(|_| !path.is_empty());
        entries.push(ContentsEntry { title: Some(title), to, depth });
    }
    let chapters = entries.iter().filter(|entry| entry.to.is_some()).count();
    let root = file.parent().to_owned();
    (chapters >= 2).then(|| Contents { file: file.clone(), root, entries })
}

fn is_own_title(title: &str) -> bool {
    matches!(title.to_lowercase().as_str(), "summary" | "table of contents" | "contents")
}

/// The title and the address of `[Title](file.md)`, which is all that stands there.
fn chapter(text: &str) -> Option<(String, &str)> {
    let (title, address) = text.strip_prefix('[')?.rsplit_once("](")?;
    let address = address.strip_suffix(')')?.trim();
    let address = address.split_once(" \"").map_or(address, |(address, _)| address);
    let address = address.trim_start_matches('<').trim_end_matches('>');
    if address.contains("://") {
        return None;
    }
    Some((lines::plain(title), address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_parts_and_depth_are_read() {
        let text = "# Summary\n\n[Welcome](README.md)\n\n# Use\n\n- [Start](start.md)\n    \
            - [Install](use/install.md)\n- [Later]()\n\n[Thanks](thanks.md)\n";
        let file = RelPath::new("book/src/SUMMARY.md").expect("a path");
        let contents = summary(&file, text).expect("a table of contents");
        let shown: Vec<String> = contents
            .entries
            .iter()
            .map(|e| {
                let to = e.to.as_ref().map_or("-", |to| to.as_str());
                format!("{} {} {to}", e.depth, e.title.as_deref().unwrap_or_default())
            })
            .collect();
        assert_eq!(
            shown,
            [
                "0 Welcome book/src/README.md",
                "0 Use -",
                "1 Start book/src/start.md",
                "2 Install book/src/use/install.md",
                "1 Later -",
                "0 Thanks book/src/thanks.md",
            ]
        );
        assert_eq!(contents.root, "book/src");
        assert_eq!(summary(&file, "# Summary\n\nWe did it.\n"), None);
    }
}
