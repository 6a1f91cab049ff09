//! The finished site before it is published: every file by its route.

use std::collections::BTreeMap;
use std::fmt;

use super::publish::{Aside, Slice};
use crate::world::{Hash, RelPath};

/// The longest name of a file or folder that common file systems take, in bytes.
const LONGEST_NAME: usize = 255;
/// The longest route in bytes: with the folder of the site before it, systems take some 4,000.
const LONGEST_ROUTE: usize = 2_000;

/// What a file of the site holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Bytes that wait on the disk.
    Aside(Slice),
    /// A file that lies in the folder of the site already, with this hash and length in bytes.
    Kept(Hash, u64),
    /// A file that was made to be looked at: nothing is left of it, and it cannot be published.
    Unkept,
}

/// The files of a site by route, ordered. A route is a path below the folder of the site.
#[derive(Clone, Debug, Default)]
pub struct OutputSet {
    /// Where the bytes of the files are until then.
    aside: Aside,
    items: BTreeMap<RelPath, Item>,
    /// Routes and their folders folded, as a system that ignores case sees them.
    folded: BTreeMap<String, Claim>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Claim {
    File(RelPath),
    Folder(RelPath),
}

/// A route that cannot be part of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteError {
    /// The route is absolute, empty, leaves the site, is too long for a file, or lies where the site
    /// keeps its own records (`.git`, the marker).
    Refused(String),
    /// Two files would lie at one place, at least where letter case does not count.
    Collision {
        /// The route that was refused.
        route: RelPath,
        /// The route that was there before.
        taken_by: RelPath,
    },
}

impl OutputSet {
    /// A site without a file yet; the bytes of its files will be there.
    pub fn waiting(aside: Aside) -> Self {
        Self { aside, ..Self::default() }
    }

    /// Takes the bytes of a file that is to be added.
    pub fn keep(&self, bytes: Vec<u8>) -> Item {
        self.aside.keep(bytes)
    }

    /// Adds a file that holds `bytes`.
    ///
    /// # Errors
    /// When the route cannot be used; see [`RouteError`].
    pub fn insert(&mut self, route: &str, bytes: impl Into<Vec<u8>>) -> Result<(), RouteError> {
        let item = self.keep(bytes.into());
        self.insert_item(route, item)
    }

    /// Adds a file.
    ///
    /// # Errors
    /// As [`OutputSet::insert`].
    pub fn insert_item(&mut self, route: &str, item: Item) -> Result<(), RouteError> {
        let refused = || RouteError::Refused(route.to_owned());
        let route = RelPath::new(route).ok_or_else(refused)?;
        let key = route.folded();
        let first = key.split('/').next().unwrap_or_default();
        if [".git", super::publish::MARKER, super::publish::VERSIONS_MARKER].contains(&first) {
            return Err(refused());
        }
        let names_fit = route.as_str().split('/').all(|name| name.len() <= LONGEST_NAME);
        if !names_fit || route.as_str().len() > LONGEST_ROUTE {
            return Err(refused());
        }
        let collision = |taken_by: &RelPath| {
            Err(RouteError::Collision { route: route.clone(), taken_by: taken_by.clone() })
        };
        if let Some(Claim::File(taken_by) | Claim::Folder(taken_by)) = self.folded.get(&key) {
            return collision(taken_by);
        }
        let folders: Vec<&str> = key.match_indices('/').map(|(at, _)| &key[..at]).collect();
        for folder in &folders {
            if let Some(Claim::File(taken_by)) = self.folded.get(*folder) {
                return collision(taken_by);
            }
        }
        for folder in folders {
            self.folded.entry(folder.to_owned()).or_insert_with(|| Claim::Folder(route.clone()));
        }
        self.folded.insert(key, Claim::File(route.clone()));
        self.items.insert(route, item);
        Ok(())
    }

    /// The file at a route.
    pub fn get(&self, route: &str) -> Option<&Item> {
        self.items.get(route)
    }

    /// The files, sorted by route.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&RelPath, &Item)> {
        self.items.iter()
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl fmt::Display for RouteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RouteError::Refused(route) => write!(f, "`{route}` cannot be a file of the site"),
            RouteError::Collision { route, taken_by } => {
                write!(f, "`{route}` would lie at the place of `{taken_by}`")
            }
        }
    }
}

impl std::error::Error for RouteError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_routes_that_leave_or_collide() {
        let mut output = OutputSet::default();
        for route in ["../x", "/etc/x", "", "a/../../x", "..\\x", ".git/config", ".lacuna-site"] {
            assert_eq!(output.insert(route, "x"), Err(RouteError::Refused(route.into())));
        }
        output.insert("b/Page.html", "x").expect("a free route");
        output.insert("B/other.html", "x").expect("a folder may be shared");
        output.insert("caf\u{e9}.html", "x").expect("a free route");
        for route in ["b/page.html", "B", "b/Page.html/c", "CAFE\u{301}.html"] {
            let error = output.insert(route, "y").expect_err(route);
            assert!(matches!(error, RouteError::Collision { .. }), "{route}");
        }
        output.insert("a.html", "x").expect("a free route");
        let routes: Vec<_> = output.iter().map(|(route, _)| route.as_str()).collect();
        assert_eq!(routes, ["B/other.html", "a.html", "b/Page.html", "caf\u{e9}.html"]);
        for route in ["x".repeat(256), "x/".repeat(1_001)] {
            assert_eq!(output.insert(&route, "x"), Err(RouteError::Refused(route.clone())));
        }
    }
}
