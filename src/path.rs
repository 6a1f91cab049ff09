//! Paths relative to the root of a project, the only kind of path the stages know.

mod fold;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A path relative to the root: `/`-separated, with no `.`, `..`, empty part or leading slash.
///
/// A value of this type cannot name anything outside the root by its text alone. Whether a
/// symbolic link leads out is the business of the world that opens it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelPath(Arc<str>);

impl RelPath {
    /// Parses a path, dropping `.` and empty parts.
    ///
    /// `None` when the path is absolute, empty, holds a `..`, a backslash or a NUL.
    pub fn new(path: &str) -> Option<RelPath> {
        if path.starts_with('/') || path.split('/').any(|part| part == "..") {
            return None;
        }
        Self::resolve("", path)
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `b.md` of `a/b.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The name without its last extension: `b` of `a/b.md`. A leading dot starts no extension.
    pub fn stem(&self) -> &str {
        self.split_name().0
    }

    /// The last extension, as written: `Some("md")` of `a/b.md`.
    pub fn extension(&self) -> Option<&str> {
        self.split_name().1
    }

    /// Whether the extension is one of `extensions`, letter case aside.
    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        self.extension().is_some_and(|own| extensions.iter().any(|e| e.eq_ignore_ascii_case(own)))
    }

    /// The folder of the file, without a trailing slash; empty at the root.
    pub fn parent(&self) -> &str {
        self.0.rfind('/').map_or("", |at| &self.0[..at])
    }

    /// The names of the folders above the file, outermost first.
    pub fn folders(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.parent().split('/').filter(|part| !part.is_empty())
    }

    /// The paths of the folders above the file, outermost first: `a`, `a/b` of `a/b/c.md`.
    pub fn ancestors(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(at, _)| &self.0[..at])
    }

    /// Resolves `href` against the folder of this file; a leading `/` means the root.
    ///
    /// The query and the fragment are cut and percent-escapes decoded by the caller, before. A
    /// trailing slash is dropped. `None` when the target lies outside the root, is the root
    /// itself, or is no path (see [`RelPath::new`]).
    pub fn join(&self, href: &str) -> Option<RelPath> {
        match href.strip_prefix('/') {
            Some(from_root) => Self::resolve("", from_root),
            None => Self::resolve(self.parent(), href),
        }
    }

    /// The relative URL that leads from the page `from` to this file, percent-encoded where a
    /// URL asks for it: `../x/y.html`.
    pub fn relative_to(&self, from: &RelPath) -> String {
        let source: Vec<&str> = from.folders().collect();
        let target: Vec<&str> = self.folders().collect();
        let shared = source.iter().zip(&target).take_while(|(a, b)| a == b).count();
        let mut url = "../".repeat(source.len() - shared);
        for part in target[shared..].iter().copied() {
            encode(part, &mut url);
            url.push('/');
        }
        encode(self.name(), &mut url);
        // A colon in the first part would read as the scheme of an absolute URL.
        if url.split('/').next().is_some_and(|first| first.contains(':')) {
            url.insert_str(0, "./");
        }
        url
    }

    /// The path as a system sees it that tells apart neither letter case nor the ways of writing one
    /// letter: two files whose folded paths are equal are one file there.
    pub fn folded(&self) -> String {
        fold::folded(&self.0)
    }

    fn resolve(folder: &str, path: &str) -> Option<RelPath> {
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                // A backslash separates on Windows, as a colon there names a drive or a stream.
                _ if part.contains(['\\', '\0']) || (cfg!(windows) && part.contains(':')) => {
                    return None;
                }
                _ => parts.push(part),
            }
        }
        (!parts.is_empty()).then(|| RelPath(parts.join("/").into()))
    }

    fn split_name(&self) -> (&str, Option<&str>) {
        match self.name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => (stem, Some(extension)),
            _ => (self.name(), None),
        }
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl AsRef<str> for RelPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for RelPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<RelPath> for String {
    fn from(path: RelPath) -> String {
        path.0.as_ref().to_owned()
    }
}

impl TryFrom<String> for RelPath {
    type Error = String;

    fn try_from(path: String) -> Result<RelPath, String> {
        RelPath::new(&path).ok_or_else(|| format!("`{path}` is not a path below the root"))
    }
}

/// Appends `part` with the bytes that a URL path may not hold percent-encoded.
fn encode(part: &str, url: &mut String) {
    for letter in part.chars() {
        match letter {
            '\0'..=' '
            | '"'
            | '#'
            | '%'
            | '<'
            | '>'
            | '?'
            | '['
            | ']'
            | '^'
            | '`'
            | '{'
            | '|'
            | '}'
            | '\x7f' => {
                url.push_str(&format!("%{:02X}", u32::from(letter)));
            }
            _ => url.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RelPath {
        RelPath::new(text).expect("the tests name good paths")
    }

    #[test]
    fn parses_and_normalises() {
        for (given, wanted) in [
            ("a/b.md", Some("a/b.md")),
            ("./a//b.md", Some("a/b.md")),
            ("a/", Some("a")),
            ("/a", None),
            ("", None),
            (".", None),
            ("..", None),
            ("a/../b", None),
            ("a\\b", None),
            ("a\0b", None),
        ] {
            assert_eq!(RelPath::new(given).as_ref().map(RelPath::as_str), wanted, "{given:?}");
        }
    }

    #[test]
    fn takes_names_apart() {
        let p = path("a/b/c.Tar.MD");
        assert_eq!((p.name(), p.stem(), p.extension()), ("c.Tar.MD", "c.Tar", Some("MD")));
        assert!(p.has_extension(&["txt", "md"]));
        assert_eq!(p.parent(), "a/b");
        assert_eq!(p.folders().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(p.ancestors().collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!((path(".env").stem(), path(".env").extension()), (".env", None));
        assert_eq!(path("x").parent(), "");
    }

    #[test]
    fn joins() {
        for (from, href, wanted) in [
            ("a/b.md", "c.md", Some("a/c.md")),
            ("a/b.md", "../c.md", Some("c.md")),
            ("a/b.md", "../../c.md", None),
            ("a/b.md", "/c/d.md", Some("c/d.md")),
            ("a/b.md", "/../c.md", None),
            ("a/b.md", "x/../../a/./y/", Some("a/y")),
            ("a/b.md", "..", None),
            ("a/b.md", "..\\..\\etc", None),
            ("b.md", "", None),
        ] {
            let joined = path(from).join(href);
            assert_eq!(joined.as_ref().map(RelPath::as_str), wanted, "{from} + {href}");
        }
    }

    #[test]
    fn writes_relative_urls() {
        for (to, from, wanted) in [
            ("x/y.html", "a/b.html", "../x/y.html"),
            ("a/y.html", "a/b.html", "y.html"),
            ("y.html", "a/b/c.html", "../../y.html"),
            ("a/b/y.html", "a/c.html", "b/y.html"),
            ("a/b.html", "a/b.html", "b.html"),
            ("a b/50%#?.html", "c.html", "a%20b/50%25%23%3F.html"),
            ("a:b.html", "c.html", "./a:b.html"),
            ("été.html", "x/c.html", "../été.html"),
        ] {
            assert_eq!(path(to).relative_to(&path(from)), wanted);
        }
    }

    #[test]
    fn serialises_as_text_and_refuses_escapes() {
        let json = serde_json::to_string(&path("a/b")).expect("text serialises");
        assert_eq!(json, "\"a/b\"");
        assert!(serde_json::from_str::<RelPath>("\"../b\"").is_err());
    }
}
