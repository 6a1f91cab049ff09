//! Which revisions to compare, in the spelling of git.

use crate::diag::human::visible;

/// Two revisions, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range<'a> {
    /// The older side.
    pub base: &'a str,
    /// The newer side.
    pub head: Head<'a>,
    /// Three dots: compare with the last commit that both have.
    pub is_from_merge_base: bool,
}

/// The newer side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head<'a> {
    /// The files as they are.
    WorkingTree,
    /// A revision.
    Revision(&'a str),
}

impl<'a> Range<'a> {
    /// Reads `BASE`, `BASE..HEAD` and `BASE...HEAD`; an empty side is `HEAD`, as git has it.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let (base, head, is_from_merge_base) = match text.split_once("...") {
            Some((base, head)) => (base, Some(head), true),
            None => match text.split_once("..") {
                Some((base, head)) => (base, Some(head), false),
                None => (text, None, false),
            },
        };
        let name = |text: &'a str| if text.is_empty() { "HEAD" } else { text };
        // No name of a revision begins or ends with a dot (git-check-ref-format).
        let is_bad = |text: &str| {
            text.contains("..")
                || text.starts_with('.')
                || text.ends_with('.')
                || text.chars().any(char::is_control)
        };
        if text.is_empty() || is_bad(base) || head.is_some_and(is_bad) {
            return None;
        }
        let head = head.map_or(Head::WorkingTree, |head| Head::Revision(name(head)));
        Some(Self { base: name(base), head, is_from_merge_base })
    }
}

/// What to say of a range that is none.
pub(super) fn misuse(text: &str) -> String {
    format!(
        "error: `{}` names no revisions\n  = help: write `main`, `main..HEAD` or `main...HEAD`",
        visible(text)
    )
}

/// What to say where no files are checked out.
pub(super) fn without_files(text: &str) -> String {
    let text = visible(text);
    format!(
        "error: a bare repository has no files to compare with {text}\n  \
         = help: name both sides: `{text}..HEAD`"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_git_does() {
        let check = |text, base, head, is_from_merge_base| {
            assert_eq!(
                Range::parse(text),
                Some(Range { base, head, is_from_merge_base }),
                "{text}"
            );
        };
        check("main", "main", Head::WorkingTree, false);
        check("main..", "main", Head::Revision("HEAD"), false);
        check("..v1.2", "HEAD", Head::Revision("v1.2"), false);
        check("a/b~3..c^", "a/b~3", Head::Revision("c^"), false);
        check("main...x", "main", Head::Revision("x"), true);
        for text in ["", " ", "a..b..c", "a....b", "a\nb"] {
            assert_eq!(Range::parse(text), None, "{text:?}");
        }
    }
}
