//! What a build leaves for the next one: which files each page was made to, by the key of all it was
//! made from; what the search index has of each file; and the figures of past commits. It lies in `.lacuna/`, and is never needed: one that is
//! damaged, old, of another site or not of this machine counts as none.

#![expect(
    clippy::disallowed_methods,
    reason = "the cache is read and written here and nowhere else, in a folder of its own"
)]

use std::{
    collections::{BTreeMap, HashMap},
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::OnceLock,
    time::UNIX_EPOCH,
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    build::Build,
    compress::Twins,
    earlier::{Earlier, Whole},
    history::Known,
    output::{Item, OutputSet},
    publish::{MARKER, Standing},
};
use crate::{
    external::Kept,
    path::RelPath,
    search::Digest,
    world::{Hash, regular},
};

/// The folder at the root of a project.
pub const FOLDER: &str = ".lacuna";

/// The pages of the last build.
const PAGES: Name = Name { file: "pages.json", seal: "pages.seal" };
/// What the search index of the last build has of each file.
const DIGESTS: Name = Name { file: "search.bin", seal: "search.seal" };
/// The figures of past commits.
const HISTORY: Name = Name { file: "history.json", seal: "history.seal" };

/// What addresses elsewhere answered.
const EXTERNAL: Name = Name { file: "external.json", seal: "external.seal" };

/// What a cache file is called, and the proof of where it was written.
#[derive(Clone, Copy)]
struct Name {
    file: &'static str,
    seal: &'static str,
}

/// Tells this program from one of other source: set by `build.rs`.
pub const PROGRAM: &str = env!("LACUNA_SOURCE");

/// The longest cache that is read, in bytes: 1 GiB, for some hundred thousand pages.
const LONGEST: u64 = 1 << 30;

/// The cache of a project: where it lies.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// A file that is being written.
type Content = BufWriter<File>;

/// What is written of the pages.
#[derive(Debug, Serialize, Deserialize)]
struct Published {
    /// The program that wrote it.
    program: String,
    /// The site that it speaks of.
    site: Hash,
    /// The files of each page by its key.
    pages: BTreeMap<Hash, Vec<RelPath>>,
    /// Its compressed files.
    compressed: Twins,
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
    compressed: Twins,
    whole: Option<(Hash, usize)>,
    standing: Standing,
    cache: Cache,
    /// Read when first asked for: a build that changes nothing never asks.
    digests: OnceLock<HashMap<Hash, Vec<Digest>>>,
}

impl Cache {
    /// The cache of the project at `root`.
    pub fn of(root: &Path) -> Self {
        Self { folder: root.join(FOLDER) }
    }

    /// The pages of the site at `output`, if the cache speaks of that site; else none.
    pub fn load(&self, output: &Path) -> Option<Pages> {
        let content: Published = serde_json::from_slice(&self.read(PAGES)?).ok()?;
        let standing = Standing::look(output).ok().flatten()?;
        let fits = content.program == PROGRAM && content.site == standing.hash();
        let Published { pages, compressed, whole, .. } = content;
        let (cache, digests) = (self.clone(), OnceLock::new());
        fits.then_some(Pages { pages, compressed, whole, standing, cache, digests })
    }

    /// Keeps what is known of the site that was just published at `output`.
    ///
    /// # Errors
    /// When the folder cannot be written; the next build is then as slow as the first.
    pub fn save(&self, output: &Path, build: &mut Build) -> io::Result<()> {
        let site = Hash::of(&fs::read(output.join(MARKER))?);
        let whole = build.whole.map(|key| (key, build.pages));
        let pages = std::mem::take(&mut build.made);
        let compressed = std::mem::take(&mut build.compressed);
        let content = Published { program: PROGRAM.to_owned(), site, pages, compressed, whole };
        self.write(PAGES, |file| serde_json::to_writer(file, &content).map_err(io::Error::other))?;
        let Some((keys, digests)) = build.digests.take() else { return Ok(()) };
        let digests: Vec<_> = keys.into_iter().zip(digests.iter().map(|file| &**file)).collect();
        let kept = (PROGRAM, digests);
        self.write(DIGESTS, |file| postcard::to_io(&kept, file).map_err(io::Error::other).map(drop))
    }

    fn digests(&self) -> Option<HashMap<Hash, Vec<Digest>>> {
        Some(digests_of(&self.read(DIGESTS)?)?.into_iter().collect())
    }

    /// The figures of past commits by these settings; none when they are not known.
    pub fn history(&self, settings: Hash) -> Known {
        let past = self.read(HISTORY).and_then(|bytes| serde_json::from_slice::<Past>(&bytes).ok());
        let fits = |past: &Past| past.program == PROGRAM && past.settings == settings;
        past.filter(fits).map(|past| past.commits).unwrap_or_default()
    }

    /// Keeps the figures of past commits by these settings.
    ///
    /// # Errors
    /// When the folder cannot be written; the next time is then as slow as the first.
    pub fn save_history(&self, settings: Hash, commits: Known) -> io::Result<()> {
        let past = Past { program: PROGRAM.to_owned(), settings, commits };
        self.write(HISTORY, |file| serde_json::to_writer(file, &past).map_err(io::Error::other))
    }

    /// What addresses elsewhere answered; none when it is not known.
    pub fn external(&self) -> Option<Kept> {
        serde_json::from_slice(&self.read(EXTERNAL)?).ok()
    }

    /// Keeps what addresses elsewhere answered.
    ///
    /// # Errors
    /// When the folder cannot be written; all are then asked again the next time.
    pub fn save_external(&self, kept: &Kept) -> io::Result<()> {
        self.write(EXTERNAL, |file| serde_json::to_writer(file, kept).map_err(io::Error::other))
    }

    fn write(
        &self,
        name: Name,
        write: impl FnOnce(&mut Content) -> io::Result<()>,
    ) -> io::Result<()> {
        self.make_folder()?;
        self.put(name.file, write)?;
        let place = self.folder.join(name.file);
        let (hash, _) = Hash::of_reader(regular::open(&place)?)?;
        self.put(name.seal, |file| write!(file, "{}", seal(&place, hash)?))
    }

    /// Puts a file in the place of whatever lies there: a link that came with the content is
    /// replaced and never written through.
    fn put(
        &self,
        name: &str,
        write: impl FnOnce(&mut Content) -> io::Result<()>,
    ) -> io::Result<()> {
        let waiting = self.folder.join(format!("{name}.{}", std::process::id()));
        if fs::symlink_metadata(&waiting).is_ok() {
            fs::remove_file(&waiting)?;
        }
        let mut file = Content::new(File::create_new(&waiting)?);
        let written = write(&mut file)
            .and_then(|()| Ok(file.into_inner().map(drop)?))
            .and_then(|()| fs::rename(&waiting, self.folder.join(name)));
        if written.is_err() {
            // The first error is the one to tell.
            drop(fs::remove_file(&waiting));
        }
        written
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

    fn read(&self, name: Name) -> Option<Vec<u8>> {
        if self.is_taken() {
            return None;
        }
        let place = self.folder.join(name.file);
        let content = bytes(&place)?;
        let told = bytes(&self.folder.join(name.seal))?;
        (told == seal(&place, Hash::of(&content)).ok()?.as_bytes()).then_some(content)
    }
}

/// Reads what the search index has of each file, by the key of all it was made from, as it lies in
/// the cache; none when this program did not write it.
pub fn digests_of(bytes: &[u8]) -> Option<Vec<(Hash, Vec<Digest>)>> {
    let (program, digests): (&str, Vec<_>) = postcard::from_bytes(bytes).ok()?;
    (program == PROGRAM).then_some(digests)
}

/// Reads the pages of the last build as they lie in the cache: the files of each by its key; none
/// when this program did not write it.
pub fn pages_of(bytes: &[u8]) -> Option<BTreeMap<Hash, Vec<RelPath>>> {
    let content: Published = serde_json::from_slice(bytes).ok()?;
    (content.program == PROGRAM).then_some(content.pages)
}

/// Proof that the cache is whole and was written on this machine: a moment that nobody can put into a
/// repository. A cache that came with the content could name pages that this program never made.
fn seal(place: &Path, content: Hash) -> io::Result<String> {
    let written = fs::symlink_metadata(place)?.modified()?;
    let since = written.duration_since(UNIX_EPOCH).map_err(io::Error::other)?;
    Ok(format!("{}\n{content}\n", since.as_nanos()))
}

fn bytes(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = regular::open(path).ok()?;
    io::Read::read_to_end(&mut io::Read::take(file, LONGEST), &mut bytes).ok()?;
    Some(bytes)
}

impl Earlier for Pages {
    fn files(&self, key: Hash) -> Option<Vec<(RelPath, Item)>> {
        let routes = self.pages.get(&key)?;
        routes.iter().map(|route| Some((route.clone(), self.standing.item(route)?))).collect()
    }

    fn digests(&self, key: Hash) -> Option<Vec<Digest>> {
        self.digests.get_or_init(|| self.cache.digests().unwrap_or_default()).get(&key).cloned()
    }

    fn compressed(&self, route: &RelPath, from: Hash) -> Option<Item> {
        let is_of_it = self.compressed.get(route) == Some(&from);
        if is_of_it { self.standing.item(route) } else { None }
    }

    fn bytes(&self, route: &RelPath) -> Option<Vec<u8>> {
        self.standing.bytes(route)
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
        let (made, compressed) = (self.pages.clone(), self.compressed.clone());
        Some(Whole { output, pages, made, compressed })
    }
}
