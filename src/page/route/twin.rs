//! The addresses of the Markdown twins: each stands beside its page.

use super::to_path;
use crate::path::RelPath;

/// The twin of a page: `docs/X.html` has `docs/X.md`.
pub fn twin(page: &RelPath) -> RelPath {
    let stem = page.as_str().strip_suffix(".html").unwrap_or(page.as_str());
    to_path(&format!("{stem}.md"))
}

/// The page that would have its twin here; none where no twin can be.
pub fn page_of_twin(route: &RelPath) -> Option<RelPath> {
    RelPath::new(&format!("{}.html", route.as_str().strip_suffix(".md")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twin_leads_back_to_its_page() {
        for page in ["index.html", "docs/a.b.html", "research/c.txt.html", "x.md.lines.html"] {
            let page = to_path(page);
            assert_eq!(page_of_twin(&twin(&page)), Some(page));
        }
        assert_eq!(page_of_twin(&to_path("assets/lacuna.css")), None);
    }
}
