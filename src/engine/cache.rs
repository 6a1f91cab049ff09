//! What a build leaves for the next one: which files each page was made to, by the key of all it was
//! made from; and the figures of past commits. It lies in `.lacuna/`, and is never needed: one that is
//! damaged, old, of another site or not of this machine counts as none.

#![expect(
    clippy::disallowed_methods,
    reason = "the cache is read and written here and nowhere else, in a folder of its own"
)]

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    build::{Build, Earlier, Whole},
    history::Known,
    output::{Item, OutputSet},
    publish::{MARKER, Standing},
};
use crate::{
    path::RelPath,
    world::{Hash, regular},
};

/// The folder at the root of a project.
pub const FOLDER: &str = ".lacuna";

/// The pages of the last build.
const PAGES: Name = Name { file: "pages.json", seal: "pages.seal" };
/// The figures of past commits.
const HISTORY: Name = Name { file: "history.json", seal: "history.seal" };

/// What a cache file is called, and the proof of where it was written.
#[derive(Clone, Copy)]
struct Name {
    file: &'static str,
    seal: &'static str,
}

/// Tells this program from one of other source: set by `build.rs`.
const PROGRAM: &str = env!("LACUNA_SOURCE");

/// The longest cache that is read, in bytes: 256 MiB.
const LONGEST: u64 = 256 << 20;

/// The cache of a project: where it lies.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// What is written.
#[derive(Debug, Serialize, Deserialize)]
struct Content {
    /// The program that wrote it.
    program: String,
    /// The site that it speaks of.
    site: Hash,
    /// The files of each page by its key.
    pages: BTreeMap<Hash, Vec<RelPath>>,
    /// The key of everything that the whole site was made from, and how many pages it has.
    whole: Option<(Hash, usize)>,
}

/// What is kept of the history.
#[derive(Debug, Serialize, Deserialize)]
struct Past {
    /// The program that wrote it.
    program: String,
    /// The settings by which the commits were judged.
    settings: Hash,
    /// The figures of each commit.
    commits: Known,
}

/// The pages of the last build that still lie where they were published.
#[derive(Debug)]
pub struct Pages {
    pages: BTreeMap<Hash, Vec<RelPath>>,
    whole: Option<(Hash, usize)>,
    standing: Standing,
}

impl Cache {
    /// The cache of the project at `root`.
    pub fn of(root: &Path) -> Self {
        Self { folder: root.join(FOLDER) }
    }

    /// The pages of the site at `output`, if the cache speaks of that site; else none.
    pub fn load(&self, output: &Path) -> Option<Pages> {
        let content: Content = serde_json::from_str(&self.read(PAGES)?).ok()?;
        let standing = Standing::look(output).ok().flatten()?;
        let fits = content.program == PROGRAM && content.site == standing.hash();
        let Content { pages, whole, .. } = content;
        fits.then_some(Pages { pages, whole, standing })
    }

    /// Keeps what is known of the site that was just published at `output`.
    ///
    /// # Errors
    /// When the folder cannot be written; the next build is then as slow as the first.
    pub fn save(&self, output: &Path, build: &mut Build) -> io::Result<()> {
        let site = Hash::of(&fs::read(output.join(MARKER))?);
        let whole = build.whole.map(|key| (key, build.pages));
        let pages = std::mem::take(&mut build.made);
        let content = Content { program: PROGRAM.to_owned(), site, pages, whole };
        self.write(PAGES, &serde_json::to_string(&content).map_err(io::Error::other)?)
    }

    /// The figures of past commits by these settings; none when they are not known.
    pub fn history(&self, settings: Hash) -> Known {
        let past = self.read(HISTORY).and_then(|text| serde_json::from_str::<Past>(&text).ok());
        let fits = |past: &Past| past.program == PROGRAM && past.settings == settings;
        past.filter(fits).map(|past| past.commits).unwrap_or_default()
    }

    /// Keeps the figures of past commits by these settings.
    ///
    /// # Errors
    /// When the folder cannot be written; the next time is then as slow as the first.
    pub fn save_history(&self, settings: Hash, commits: Known) -> io::Result<()> {
        let past = Past { program: PROGRAM.to_owned(), settings, commits };
        self.write(HISTORY, &serde_json::to_string(&past).map_err(io::Error::other)?)
    }

    fn write(&self, name: Name, text: &str) -> io::Result<()> {
        self.make_folder()?;
        self.put(name.file, &format!("{}\n{text}", Hash::of(text.as_bytes())))?;
        self.put(name.seal, &seal(&self.folder.join(name.file))?)
    }

    /// Puts a file in the place of whatever lies there: a link that came with the content is
    /// replaced and never written through.
    fn put(&self, name: &str, text: &str) -> io::Result<()> {
        let waiting = self.folder.join(format!("{name}.{}", std::process::id()));
        if fs::symlink_metadata(&waiting).is_ok() {
            fs::remove_file(&waiting)?;
        }
        File::create_new(&waiting)?.write_all(text.as_bytes())?;
        fs::rename(&waiting, self.folder.join(name))
    }

    /// Whether something else than a folder is in its place, be it a link to one.
    fn is_taken(&self) -> bool {
        fs::symlink_metadata(&self.folder).is_ok_and(|found| !found.is_dir())
    }

    /// The folder is not for version control, and says so by itself.
    fn make_folder(&self) -> io::Result<()> {
        if self.is_taken() {
            return Err(io::Error::other(format!("{} is not a folder", self.folder.display())));
        }
        fs::create_dir_all(&self.folder)?;
        let ignore = self.folder.join(".gitignore");
        if fs::symlink_metadata(&ignore).is_ok() {
            return Ok(());
        }
        fs::write(ignore, "*\n")
    }

    fn read(&self, name: Name) -> Option<String> {
        if self.is_taken() {
            return None;
        }
        let place = self.folder.join(name.file);
        let told = text(&self.folder.join(name.seal))?;
        if told != seal(&place).ok()? {
            return None;
        }
        let written = text(&place)?;
        let (hash, text) = written.split_once('\n')?;
        (hash == Hash::of(text.as_bytes()).to_string()).then(|| text.to_owned())
    }
}

/// Proof that the cache was written on this machine: a moment that nobody can put into a
/// repository. A cache that came with the content could name pages that this program never made.
fn seal(place: &Path) -> io::Result<String> {
    let written = fs::symlink_metadata(place)?.modified()?;
    let since = written.duration_since(UNIX_EPOCH).map_err(io::Error::other)?;
    Ok(since.as_nanos().to_string())
}

fn text(path: &Path) -> Option<String> {
    let mut text = String::new();
    let file = regular::open(path).ok()?;
    io::Read::read_to_string(&mut io::Read::take(file, LONGEST), &mut text).ok()?;
    Some(text)
}

impl Earlier for Pages {
    fn files(&self, key: Hash) -> Option<Vec<(RelPath, Item)>> {
        let routes = self.pages.get(&key)?;
        routes.iter().map(|route| Some((route.clone(), self.standing.item(route)?))).collect()
    }

    fn whole(&self, key: Hash) -> Option<Whole> {
        let (_, pages) = self.whole.filter(|(whole, _)| *whole == key)?;
        let routes: Vec<&RelPath> = self.standing.routes().collect();
        let items = routes.par_iter().map(|route| Some((*route, self.standing.item(route)?)));
        let items: Option<Vec<(&RelPath, Item)>> = items.collect();
        let mut output = OutputSet::default();
        for (route, item) in items? {
            output.insert_item(route.as_str(), item).ok()?;
        }
        Some(Whole { output, pages, made: self.pages.clone() })
    }
}
