//! What a diagnostic code means: the text of `lacuna explain CODE` as a page.

use super::{
    bare,
    model::{CodeRow, CodeView, Link, Page, Text, View},
    site::Site,
};
use crate::{
    diag::{Code, codes},
    path::RelPath,
};

/// The heading that every text has, before what can be done.
const MEND: &str = "\n## How to mend it\n";

/// The page of a code.
pub fn page(site: &Site<'_>, code: &'static Code) -> Page {
    let route = site.route.code(code);
    let diagnostics = site.route.diagnostics(1);
    let crumb = Link { title: "Diagnostics".to_owned(), href: site.href(&route, &diagnostics) };
    let view = CodeView { level: super::diagnostics::severity(code.level), summary: code.summary };
    let mut page = bare(site, route, code.name, View::Code(view));
    page.frame.breadcrumbs.push(crumb);
    // The first line repeats the name.
    let text = code.text.split_once('\n').map_or(code.text, |(_, body)| body);
    let (meaning, mend) = text.split_once(MEND).unwrap_or((text, ""));
    for (name, part) in [("content", meaning), ("mend", mend)] {
        let part = part.trim();
        if !part.is_empty() {
            page.texts.push((name.to_owned(), Text::Comment(part.to_owned(), Vec::new())));
        }
    }
    page
}

/// All codes, as seen from a page.
pub fn rows(site: &Site<'_>, from: &RelPath) -> Vec<CodeRow> {
    let row = |code: &&'static Code| CodeRow {
        link: Link { title: code.name.to_owned(), href: site.href(from, &site.route.code(code)) },
        level: super::diagnostics::severity(code.level),
        summary: code.summary,
    };
    let mut rows: Vec<CodeRow> = codes::ALL.iter().map(row).collect();
    rows.sort_by(|a, b| a.link.title.cmp(&b.link.title));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_the_name_a_meaning_and_a_remedy() {
        for code in codes::ALL {
            let (name, body) = code.text.split_once('\n').expect("more than a line");
            assert_eq!(name, format!("# {}", code.name));
            let (meaning, mend) = body.split_once(MEND).expect(code.name);
            assert!(meaning.split_whitespace().count() >= 5, "{}", code.name);
            assert!(mend.split_whitespace().count() >= 4, "{}", code.name);
        }
    }
}
