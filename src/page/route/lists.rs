//! The addresses of lists that have several pages: gaps, the matrix, what nothing links to.

use super::{Routes, to_path};
use crate::path::RelPath;

/// The folder of the lists of gaps.
const LISTS: &str = "gaps/by/";
/// The folder of traceability.
const TRACE: &str = "trace/";
/// The folder of further pages of what has a page elsewhere.
const FURTHER: &str = "trace/pages/";
/// The beginning of lists by letters.
const LETTERS: &str = "files/all-";

impl Routes {
    /// One page of a list of gaps by its name, counted from 1.
    pub fn gap_list(&self, name: &str, page: usize) -> RelPath {
        to_path(&match page {
            1 => format!("{LISTS}{name}.html"),
            n => format!("{LISTS}{name}.{n}.html"),
        })
    }

    /// One page of the drift board, counted from 1.
    pub fn drift(&self, page: usize) -> RelPath {
        to_path(&match page {
            1 => "drift.html".to_owned(),
            n => format!("{TRACE}drift.{n}.html"),
        })
    }

    /// One page of the matrix of gaps by documents, counted from 1.
    pub fn trace(&self, page: usize) -> RelPath {
        to_path(&match page {
            1 => format!("{TRACE}index.html"),
            n => format!("{TRACE}{n}.html"),
        })
    }

    /// One page of the whole graph, counted from 1.
    pub fn whole(&self, page: usize) -> RelPath {
        to_path(&match page {
            1 => format!("{TRACE}graph.html"),
            n => format!("{TRACE}graph.{n}.html"),
        })
    }

    /// One page of what nothing links to, counted from 1.
    pub fn orphans(&self, page: usize) -> RelPath {
        to_path(&match page {
            1 => format!("{TRACE}orphans.html"),
            n => format!("{TRACE}orphans.{n}.html"),
        })
    }

    /// One page of the plan, counted from 1.
    pub fn plan(&self, page: usize) -> RelPath {
        to_path(&match page {
            1 => "plan.html".to_owned(),
            n => format!("{TRACE}plan.{n}.html"),
        })
    }

    /// One page of diagnostics, counted from 1.
    pub fn diagnostics(&self, page: usize) -> RelPath {
        to_path(&match page {
            1 => "diagnostics.html".to_owned(),
            n => format!("{TRACE}diagnostics.{n}.html"),
        })
    }

    /// One page of the list of documents, counted from 1.
    pub fn documents(&self, page: usize) -> RelPath {
        to_path(&match page {
            1 => "documents.html".to_owned(),
            n => format!("{TRACE}documents.{n}.html"),
        })
    }

    /// One page of the log of decisions, counted from 1.
    pub fn decisions(&self, page: usize) -> RelPath {
        to_path(&match page {
            1 => "decisions/index.html".to_owned(),
            n => format!("{TRACE}decisions.{n}.html"),
        })
    }

    /// One page of the list of research, counted from 1.
    pub fn research(&self, page: usize) -> RelPath {
        to_path(&match page {
            1 => "research/index.html".to_owned(),
            n => format!("{TRACE}research.{n}.html"),
        })
    }

    /// One page of the list of packages, counted from 1.
    pub fn schemas(&self, page: usize) -> RelPath {
        to_path(&match page {
            1 => "schemas/index.html".to_owned(),
            n => format!("{TRACE}schemas.{n}.html"),
        })
    }

    /// The list of all records, or one page of those whose titles begin with a letter.
    pub fn all(&self, letter: Option<(char, usize)>) -> RelPath {
        to_path(&match letter {
            None => "search.html".to_owned(),
            Some((letter, 1)) => format!("{LETTERS}{letter}.html"),
            Some((letter, n)) => format!("{LETTERS}{letter}.{n}.html"),
        })
    }

    /// The letter and the page of a list of records at a route.
    pub fn letter_at(&self, route: &RelPath) -> Option<(char, usize)> {
        let (letter, page) = paged(route.as_str().strip_prefix(LETTERS)?)?;
        Some((letter.parse().ok()?, page))
    }

    /// One page of a record or of lines that has several, counted from 1; `first` is the page that
    /// has the address of the record or of the lines.
    pub fn further(&self, first: &RelPath, page: usize) -> RelPath {
        match page {
            1 => first.clone(),
            n => to_path(&format!("{FURTHER}{}.{n}.html", stem(first))),
        }
    }

    /// The text of a record whose first page has no room for it.
    pub fn text(&self, first: &RelPath) -> RelPath {
        to_path(&format!("{FURTHER}{}.text.html", stem(first)))
    }

    /// Whether a route is that of a further page or of a text.
    pub fn is_further(&self, route: &RelPath) -> bool {
        route.as_str().starts_with(FURTHER)
    }

    /// The name and the page of a list of gaps at a route.
    pub fn list_at<'r>(&self, route: &'r RelPath) -> Option<(&'r str, usize)> {
        paged(route.as_str().strip_prefix(LISTS)?)
    }

    /// The name and the page of traceability at a route: `orphans`, `drift`, or nothing for the matrix.
    pub fn trace_at<'r>(&self, route: &'r RelPath) -> Option<(&'r str, usize)> {
        let name = route.as_str().strip_prefix(TRACE)?;
        match name.strip_suffix(".html")? {
            "index" => Some(("", 1)),
            number => match number.parse::<usize>() {
                Ok(n) => (n > 1 && n.to_string() == number).then_some(("", n)),
                Err(_) => paged(name),
            },
        }
    }
}

fn stem(page: &RelPath) -> &str {
    page.as_str().strip_suffix(".html").unwrap_or(page.as_str())
}

/// `name.2.html` is the second page of `name`, `name.html` the first.
fn paged(file: &str) -> Option<(&str, usize)> {
    let stem = file.strip_suffix(".html")?;
    match stem.rsplit_once('.') {
        Some((name, number)) => {
            let page: usize = number.parse().ok().filter(|n| *n > 1)?;
            // `02` and `+2` are no addresses of ours.
            (page.to_string() == number).then_some((name, page))
        }
        None => Some((stem, 1)),
    }
}

/// The pages of lists have folders of their own: how many there are, and what they are called,
/// changes with what is found, which no address of a document may depend on.
pub(super) fn beside_lists(route: RelPath) -> RelPath {
    let text = route.as_str();
    let within = |folder: &&str| {
        text.get(..folder.len()).is_some_and(|start| start.eq_ignore_ascii_case(folder))
    };
    match [LISTS, TRACE].iter().find(|folder| within(folder)) {
        Some(folder) => {
            let (start, rest) = text.split_at(folder.len() - 1);
            to_path(&format!("{start}-{rest}"))
        }
        None => route,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_one_page() {
        let routes = Routes::default();
        for (name, n) in [("priority-p0", 1), ("priority-p0", 12)] {
            let route = routes.gap_list(name, n);
            assert_eq!(routes.list_at(&route), Some((name, n)), "{route}");
        }
        for n in [1, 3] {
            assert_eq!(routes.trace_at(&routes.trace(n)), Some(("", n)));
            assert_eq!(routes.trace_at(&routes.orphans(n)), Some(("orphans", n)));
        }
        for other in ["gaps/by/x.1.html", "gaps/by/x.02.html", "gaps/by/x.txt", "gaps/x.html"] {
            assert_eq!(routes.list_at(&to_path(other)), None, "{other}");
        }
        for other in ["trace/1.html", "trace/02.html", "trace/+2.html"] {
            assert_ne!(routes.trace_at(&to_path(other)).map(|(name, _)| name), Some(""), "{other}");
        }
    }
}
