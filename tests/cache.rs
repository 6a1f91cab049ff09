//! What a build leaves for the next one: it saves work and never changes the site.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write projects, run the program and read what it wrote"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, SystemTime},
};

use tempfile::TempDir;

const FILES: &[(&str, &str)] = &[
    ("README.md", "# Mill\n\nSee [the wheel](docs/wheel.md).\n"),
    (
        "docs/wheel.md",
        "# The wheel\n\nIt turns.\n\n```mermaid\nflowchart LR\n  water --> wheel\n```\n",
    ),
    ("docs/stone.md", "# The stone\n\nIt grinds what [the wheel](wheel.md) drives.\n"),
    ("adr/0001-water.md", "# 1. Water\n\n## Status\n\nAccepted\n\n## Context\n\nNo wind here.\n"),
    (
        "gaps/g-1.md",
        "---\nid: G-1\ntitle: No miller\ntargets: [docs/miller.md]\n---\nNobody mills.\n",
    ),
];

/// A project, and where its site goes.
struct Mill {
    folder: TempDir,
}

/// A file of a site: its bytes, and when it was written.
type Files = BTreeMap<PathBuf, (Vec<u8>, SystemTime)>;

impl Mill {
    fn new() -> Self {
        let mill = Self { folder: TempDir::new().expect("a folder") };
        FILES.iter().for_each(|(path, text)| mill.write(path, text));
        mill
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("mill")
    }

    fn site(&self) -> PathBuf {
        self.root().join("site")
    }

    fn search(&self) -> PathBuf {
        self.site().join("assets/search")
    }

    fn cache(&self) -> PathBuf {
        self.root().join(".lacuna")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// What the program says of a build.
    #[track_caller]
    fn build(&self, arguments: &[&str]) -> String {
        let run = lacuna(&self.root(), arguments);
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(0), "{said}");
        said
    }

    fn files(&self) -> Files {
        let mut found = Files::new();
        collect(&self.site(), &mut found);
        found
    }

    /// Builds, and holds the site against one from nothing.
    #[track_caller]
    fn assert_right(&self, when: &str) -> String {
        let said = self.build(&["-v"]);
        let clean = self.folder.path().join("clean");
        let place = clean.to_str().expect("a path of ASCII").to_owned();
        self.build(&["--no-cache", "-o", &place]);
        let mut wanted = Files::new();
        collect(&clean, &mut wanted);
        let bytes = |files: Files, root: &Path| -> BTreeMap<PathBuf, Vec<u8>> {
            let below = |path: &Path| path.strip_prefix(root).expect("below").to_owned();
            files.into_iter().map(|(path, (bytes, _))| (below(&path), bytes)).collect()
        };
        let (site, wanted) = (bytes(self.files(), &self.site()), bytes(wanted, &clean));
        let differs: Vec<_> = wanted
            .keys()
            .chain(site.keys())
            .filter(|path| wanted.get(*path) != site.get(*path))
            .collect();
        assert!(differs.is_empty() && wanted.len() > 20, "{when}: {differs:?}");
        said
    }
}

impl Mill {
    /// Has the cache say, under its seal, that one page was made to the file of another: believed, it
    /// gives a wrong site.
    fn poison(&self) {
        let text = self.cached();
        let (stone, other) = ("\"docs/stone.html\"", "\"documents.html\"");
        assert!(text.contains(stone) && text.contains(other), "{text}");
        self.forge(&text.replace(stone, other));
        // As long as nothing changes, no page is looked at.
        self.write("gaps/g-1.md", &format!("{}Not even on Sundays.\n", FILES[4].1));
    }

    /// What the cache says.
    fn cached(&self) -> String {
        fs::read_to_string(self.cache().join("pages.json")).expect("the cache")
    }

    /// Writes a file of the cache, and a seal that fits it.
    fn seal(&self, name: &str, content: &[u8]) {
        let place = self.cache().join(name);
        keep_moment(&place, content);
        let seal = place.with_extension("seal");
        let told = fs::read_to_string(&seal).expect("the seal");
        let moment = told.lines().next().expect("a moment");
        let hash = lacuna::world::Hash::of(content);
        fs::write(seal, format!("{moment}\n{hash}\n")).expect("a seal");
    }

    /// Writes a cache that is whole and sealed.
    fn forge(&self, text: &str) {
        self.seal("pages.json", text.as_bytes());
    }
}

fn lacuna(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .arg("build")
        .args(arguments)
        .arg(root)
        .env("SOURCE_DATE_EPOCH", "1893456000")
        .output()
        .expect("the program starts")
}

fn collect(folder: &Path, found: &mut Files) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            let written = fs::metadata(&path).and_then(|file| file.modified()).expect("a moment");
            found.insert(path.clone(), (fs::read(&path).expect("a file"), written));
        }
    }
}

/// The number before a word of the line `Files` in the summary.
fn counted(said: &str, word: &str) -> usize {
    let line = said.lines().find(|line| line.trim_start().starts_with("Files"));
    let words: Vec<&str> = line.unwrap_or_default().split([' ', ',']).collect();
    let at = words.iter().position(|found| *found == word);
    at.and_then(|at| words[at - 1].parse().ok()).unwrap_or(0)
}

/// Makes everything in the site old, so that what is written again shows.
fn age(files: &Files) {
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for path in files.keys() {
        let file = fs::File::options().append(true).open(path).expect("a file");
        file.set_modified(long_ago).expect("a moment");
    }
}

#[test]
fn a_second_build_writes_nothing_and_an_edit_what_it_must() {
    let mill = Mill::new();
    let first = mill.build(&[]);
    let all = mill.files().len() - 1; // but the marker
    assert_eq!((counted(&first, "written"), counted(&first, "unchanged")), (all, 0), "{first}");
    assert_eq!(fs::read_to_string(mill.cache().join(".gitignore")).ok().as_deref(), Some("*\n"));
    age(&mill.files());
    let before = mill.files();
    let second = mill.build(&[]);
    assert_eq!(mill.files(), before, "nothing is written");
    assert_eq!((counted(&second, "written"), counted(&second, "unchanged")), (0, all), "{second}");

    mill.write(
        "docs/stone.md",
        "# The stone\n\nIt grinds slowly what [the wheel](wheel.md) drives.\n",
    );
    let third = mill.build(&[]);
    let after = mill.files();
    let written: Vec<String> = after
        .iter()
        .filter(|(path, file)| before.get(*path) != Some(file))
        .map(|(path, _)| path.strip_prefix(mill.site()).expect("below").display().to_string())
        .collect();
    // The marker lists the hashes of all; the words of the page can be searched for, and a card
    // shows the first of them.
    let (index, others): (Vec<&String>, Vec<&String>) = written.iter().partition(|path| {
        path.starts_with("assets/search/") || path.starts_with("assets/preview/")
    });
    assert_eq!(others, [".lacuna-site", "docs/stone.html", "docs/stone.md"], "{third}");
    let changed = index.len() + 2;
    assert_eq!(
        (counted(&third, "written"), counted(&third, "unchanged")),
        (changed, all - changed),
        "{third}"
    );
}

#[test]
fn compressed_files_come_and_go_with_their_files() {
    let twins = |mill: &Mill, page: &str| -> Vec<bool> {
        ["", ".gz", ".br"].map(|end| mill.site().join(format!("{page}{end}")).exists()).into()
    };
    let mill = Mill::new();
    mill.build(&[]);
    assert_eq!(twins(&mill, "docs/stone.html"), [true, false, false], "only on request");
    mill.write("lacuna.toml", "compress = [\"gzip\", \"brotli\"]\n");
    mill.assert_right("compressed files of pages that were made before");
    assert_eq!(twins(&mill, "docs/stone.html"), [true; 3]);
    assert_eq!(twins(&mill, "assets/lacuna.js"), [true; 3]);
    age(&mill.files());
    let before = mill.files();
    let said = mill.assert_right("nothing changed");
    assert_eq!(counted(&said, "written"), 0, "{said}");
    assert_eq!(mill.files(), before, "nothing is made again");

    mill.write("docs/stone.md", "# The stone\n\nIt grinds what [the wheel](wheel.md) turns.\n");
    mill.assert_right("an edit");
    let after = mill.files();
    for (page, changes) in [("docs/stone.html", true), ("docs/wheel.html", false)] {
        for end in ["", ".gz", ".br"] {
            let path = mill.site().join(format!("{page}{end}"));
            assert_eq!(before[&path] != after[&path], changes, "{}", path.display());
        }
    }
    fs::remove_file(mill.site().join("docs/wheel.html.gz")).expect("a compressed file");
    fs::write(mill.site().join("docs/wheel.html.br"), b"x").expect("a compressed file");
    mill.assert_right("one is gone and one is damaged");
    fs::remove_file(mill.root().join("docs/stone.md")).expect("a document");
    mill.assert_right("a document is gone");
    assert_eq!(twins(&mill, "docs/stone.html"), [false; 3]);
    mill.write("lacuna.toml", "compress = [\"brotli\"]\n");
    mill.assert_right("one form is left");
    assert_eq!(twins(&mill, "docs/wheel.html"), [true, false, true]);
}

/// A way to spoil the cache of a mill that was built.
type Spoil = fn(&Mill);

#[test]
fn a_cache_that_cannot_be_trusted_is_silently_none() {
    let spoils: &[(&str, Spoil)] = &[
        ("damaged", |mill| {
            let place = mill.cache().join("pages.json");
            let mut bytes = fs::read(&place).expect("the cache");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            keep_moment(&place, &bytes);
        }),
        ("truncated", |mill| {
            let place = mill.cache().join("pages.json");
            let bytes = fs::read(&place).expect("the cache");
            keep_moment(&place, &bytes[..bytes.len() / 3]);
        }),
        ("empty", |mill| keep_moment(&mill.cache().join("pages.json"), b"")),
        ("not text", |mill| keep_moment(&mill.cache().join("pages.json"), b"\xff\xfe\n\0")),
        ("of another project", |mill| {
            let other = Mill::new();
            other.write("docs/wheel.md", "# Another wheel\n\nIt stands.\n");
            other.build(&[]);
            other.poison();
            fs::remove_dir_all(mill.cache()).expect("the cache");
            copy(&other.cache(), &mill.cache());
        }),
        ("copied with its project", |mill| {
            let place = mill.cache().join("pages.json");
            let bytes = fs::read(&place).expect("the cache");
            fs::remove_file(&place).expect("the cache");
            fs::write(&place, bytes).expect("a file");
        }),
        ("without a seal", |mill| {
            fs::remove_file(mill.cache().join("pages.seal")).expect("the seal");
        }),
        ("of another program", |mill| mill.forge(&of_program(&mill.cached(), "0"))),
        ("of an older program, which kept less", |mill| {
            let text = of_program(&mill.cached(), "0");
            let (less, _) = text.split_once(",\"compressed\":").expect("the end of the pages");
            mill.forge(&format!("{less}}}"));
        }),
        ("of a newer program, which keeps more", |mill| {
            let text = of_program(&mill.cached(), "f");
            mill.forge(&text.replacen('{', "{\"version\":9,\"more\":[{}],", 1));
        }),
        ("of a newer program, of another form", |mill| {
            mill.seal("pages.json", b"LACUNA\x02\0\0\0\xff\xff\xff\xff\xff\xff\xff\x7f");
            mill.seal("search.bin", b"\x05other\xff\xff\xff\xff\xff\xff\xff\xff\x7f");
        }),
    ];
    for (what, spoil) in spoils {
        let mill = Mill::new();
        mill.build(&[]);
        mill.poison();
        spoil(&mill);
        mill.write("docs/wheel.md", "# The wheel\n\nIt turns faster.\n");
        let said = mill.assert_right(what);
        assert!(!said.contains("cache") && !said.contains(".lacuna"), "{what}: {said}");
        // And a good one is there again.
        let said = mill.build(&[]);
        assert_eq!(counted(&said, "written"), 0, "{what}: {said}");
    }
}

/// A cache that says that another program wrote it.
fn of_program(text: &str, digit: &str) -> String {
    let (head, rest) = text.split_once("\"program\":\"").expect("it names the program");
    let (name, rest) = rest.split_once('"').expect("the end of the name");
    format!("{head}\"program\":\"{}\"{rest}", digit.repeat(name.len()))
}

/// The files of a cache.
const CACHE: [&str; 5] = ["pages.json", "pages.seal", "search.bin", "search.seal", ".gitignore"];

/// A mill whose cache gives a wrong site when it is believed, and what is right.
struct Poisoned {
    mill: Mill,
    wanted: BTreeMap<PathBuf, Vec<u8>>,
}

impl Poisoned {
    fn new() -> Self {
        let mill = Mill::new();
        mill.build(&[]);
        mill.poison();
        mill.write("docs/wheel.md", "# The wheel\n\nIt turns faster.\n");
        let clean = mill.folder.path().join("clean");
        mill.build(&["--no-cache", "-o", clean.to_str().expect("a path of ASCII")]);
        let wanted = bytes_below(&clean);
        assert!(wanted.len() > 20);
        Self { mill, wanted }
    }

    /// A copy of the mill, with the moments at which its files were written.
    fn mill(&self) -> Mill {
        let mill = Mill { folder: TempDir::new().expect("a folder") };
        let copied = Command::new("cp").arg("-a").args([self.mill.root(), mill.root()]).status();
        assert!(copied.expect("every system has `cp`").success());
        mill
    }

    /// The files of the site that are wrong after a build, which must end with `code`.
    #[track_caller]
    fn wrong_after(&self, mill: &Mill, code: i32, what: &str) -> Vec<PathBuf> {
        let run = lacuna(&mill.root(), &[]);
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(code), "{what}: {said}");
        assert!(!said.contains("panicked") && !said.contains("a fault of"), "{what}: {said}");
        let site = bytes_below(&mill.site());
        let all: BTreeSet<&PathBuf> = site.keys().chain(self.wanted.keys()).collect();
        let differ = all.into_iter().filter(|path| self.wanted.get(*path) != site.get(*path));
        differ.cloned().collect()
    }
}

fn bytes_below(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = Files::new();
    collect(root, &mut files);
    let below = |path: PathBuf| path.strip_prefix(root).expect("below").to_owned();
    files.into_iter().map(|(path, (bytes, _))| (below(path), bytes)).collect()
}

/// Numbers that depend on the seed alone (SplitMix64).
fn random(seed: &mut u64, bound: usize) -> usize {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
}

/// A number that a person may ask for.
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// P45: every file of the cache, cut off at several lengths and with bits that turned over. More with
/// `LACUNA_FLIPS=1000`, the same again with `LACUNA_SEED`.
#[test]
fn damage_anywhere_in_the_cache_changes_nothing() {
    let poisoned = Poisoned::new();
    let believed = poisoned.wrong_after(&poisoned.mill(), 1, "as it is");
    assert!(!believed.is_empty(), "a cache that is believed gives a wrong site");
    let seed = number("LACUNA_SEED", 1);
    let flips = number("LACUNA_FLIPS", 2);
    println!("seed {seed}, {flips} builds for each file");
    let state = &mut seed.clone();
    for name in CACHE {
        let length = fs::read(poisoned.mill.cache().join(name)).expect("a file").len();
        let mut cuts = vec![0, length / 2, length - 1];
        cuts.dedup();
        let mut ways: Vec<(usize, Option<usize>)> = cuts.into_iter().map(|at| (at, None)).collect();
        ways.extend((0..flips).map(|_| (random(state, length), Some(random(state, 8)))));
        for (at, bit) in ways {
            let mill = poisoned.mill();
            let place = mill.cache().join(name);
            let mut bytes = fs::read(&place).expect("a file");
            match bit {
                Some(bit) => bytes[at] ^= 1 << bit,
                None => bytes.truncate(at),
            }
            keep_moment(&place, &bytes);
            let what = format!("{name}, byte {at}, bit {bit:?}, seed {seed}");
            // Else that of the pages is whole.
            let (code, expected) =
                if name.starts_with("pages") { (0, &vec![]) } else { (1, &believed) };
            assert_eq!(&poisoned.wrong_after(&mill, code, &what), expected, "{what}");
        }
    }
    // Without a build there is time for each bit of a seal, and for many of what it seals.
    let mill = poisoned.mill();
    let cache = lacuna::engine::cache::Cache::of(&mill.root());
    assert!(cache.load(&mill.site()).is_some());
    for (name, every) in [("pages.seal", 1), ("pages.json", 331)] {
        let place = mill.cache().join(name);
        let whole = fs::read(&place).expect("a file");
        for bit in (0..whole.len() * 8).step_by(every) {
            let mut bytes = whole.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            keep_moment(&place, &bytes);
            assert!(cache.load(&mill.site()).is_none(), "{name}, bit {bit}");
        }
        keep_moment(&place, &whole);
    }
}

/// P45: what is wrong and sealed cannot make a build fail, and never brings a page back that is not
/// its own.
#[test]
fn wrong_bits_under_a_good_seal_end_well() {
    let mill = Mill::new();
    mill.build(&[]);
    mill.write("docs/wheel.md", "# The wheel\n\nIt turns faster.\n");
    let clean = mill.folder.path().join("clean");
    mill.build(&["--no-cache", "-o", clean.to_str().expect("a path of ASCII")]);
    let sound = Poisoned { wanted: bytes_below(&clean), mill };
    let seed = number("LACUNA_SEED", 1);
    let flips = number("LACUNA_FLIPS", 4);
    println!("seed {seed}, {flips} builds for each file");
    let state = &mut seed.clone();
    for name in ["pages.json", "search.bin"] {
        for _ in 0..flips {
            let mill = sound.mill();
            let mut bytes = fs::read(mill.cache().join(name)).expect("a file");
            let (at, bit) = (random(state, bytes.len()), random(state, 8));
            bytes[at] ^= 1 << bit;
            mill.seal(name, &bytes);
            let what = format!("{name}, byte {at}, bit {bit}, seed {seed}");
            let mut wrong = sound.wrong_after(&mill, 0, &what);
            // The words of a text are believed, and the list of hashes follows them.
            if name == "search.bin" {
                wrong.retain(|path| !path.starts_with("assets") && !path.ends_with(".lacuna-site"));
            }
            assert!(wrong.is_empty(), "{what}: {wrong:?}");
        }
    }
}

/// P45: a folder, a link, a pipe or a file that may not be read in the place of each file of the
/// cache, and of its folder.
#[cfg(target_os = "linux")]
#[test]
fn whatever_stands_for_a_file_of_the_cache_is_no_cache() {
    use std::os::unix::{
        fs::{MetadataExt, PermissionsExt, symlink},
        process::CommandExt,
    };

    let poisoned = Poisoned::new();
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    let fifo = |place: &Path| {
        let made = Command::new("mkfifo").arg(place).status();
        assert!(made.expect("every system has `mkfifo`").success());
    };
    for name in CACHE.into_iter().chain([""]) {
        for what in ["a folder", "a link", "a link to nothing", "a pipe", "unreadable"] {
            let mill = poisoned.mill();
            let place = if name.is_empty() { mill.cache() } else { mill.cache().join(name) };
            let elsewhere = mill.folder.path().join("elsewhere");
            if what != "unreadable" {
                fs::rename(&place, &elsewhere).expect("it is there");
            }
            match what {
                "a folder" => fs::create_dir_all(place.join("folder")).expect("a folder"),
                "a link" => symlink(&elsewhere, &place).expect("a link"),
                "a link to nothing" => symlink("nothing", &place).expect("a link"),
                "a pipe" => fifo(&place),
                _ => fs::set_permissions(&place, fs::Permissions::from_mode(0o000)).expect("ours"),
            }
            let mut command = Command::new("timeout");
            command.arg("60").arg(env!("CARGO_BIN_EXE_lacuna")).arg("build").arg(mill.root());
            if what == "unreadable" && is_root {
                // The one user who may read everything builds as nobody.
                let mut owned = Command::new("chown");
                let owned = owned.args(["-R", "65534:65534"]).arg(mill.folder.path()).status();
                assert!(owned.expect("every system has `chown`").success());
                command.uid(65_534).gid(65_534);
            }
            command.env("SOURCE_DATE_EPOCH", "1893456000");
            let run = command.output().expect("every system has `timeout`");
            let said = String::from_utf8_lossy(&run.stderr);
            if what == "unreadable" && run.status.code() == Some(126) {
                eprintln!("skipped: the program cannot be run as nobody");
                continue;
            }
            // Else the cache of pages is whole, and believed.
            let is_of_pages = name.starts_with("pages") || name.is_empty();
            let code = if is_of_pages { 0 } else { 1 };
            assert_eq!(run.status.code(), Some(code), "{name}: {what}: {said}");
            assert_eq!(bytes_below(&mill.site()) == poisoned.wanted, is_of_pages, "{name}: {what}");
            if what == "a link" {
                assert!(elsewhere.exists(), "{name}");
            }
        }
    }
}

#[test]
fn texts_that_were_looked_through_are_not_again() {
    let mill = Mill::new();
    mill.build(&[]);
    let place = mill.cache().join("search.bin");
    // The index is made to say another word than the text has.
    let spoiled = || {
        let mut bytes = fs::read(&place).expect("the cache");
        let at = find(&bytes, b"grinds what").expect("the text is kept");
        bytes[at..][..6].copy_from_slice(b"grunts");
        bytes
    };
    let says_grunts = || {
        let index = mill.files().into_iter().filter(|(path, _)| path.starts_with(mill.search()));
        index.map(|(_, (bytes, _))| bytes).any(|bytes| find(&bytes, b"grunts what").is_some())
    };
    mill.seal("search.bin", &spoiled());
    mill.write("docs/wheel.md", "# The wheel\n\nIt turns faster.\n");
    mill.build(&[]);
    assert!(says_grunts(), "what is kept is believed");
    mill.write("docs/stone.md", FILES[2].1.replace("It", "Now it").as_str());
    mill.assert_right("the file was edited");
    keep_moment(&place, &spoiled());
    mill.write("docs/wheel.md", "# The wheel\n\nIt turns faster than ever.\n");
    mill.assert_right("its hash does not fit");
    fs::remove_file(mill.cache().join("search.seal")).expect("the seal");
    mill.write("docs/wheel.md", "# The wheel\n\nIt turns slower.\n");
    mill.assert_right("without a seal");
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Writes a file that looks as old as before: the seal still fits.
fn keep_moment(place: &Path, bytes: &[u8]) {
    let moment = fs::metadata(place).and_then(|file| file.modified()).expect("a moment");
    fs::write(place, bytes).expect("a file");
    let file = fs::File::options().append(true).open(place).expect("a file");
    file.set_modified(moment).expect("a moment");
}

/// Copies the files of a folder, with their moments.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (place, from) = (to.join(entry.file_name()), entry.path());
        fs::copy(&from, &place).expect("a copy");
        let moment = fs::metadata(&from).and_then(|file| file.modified()).expect("a moment");
        let file = fs::File::options().append(true).open(&place).expect("a file");
        file.set_modified(moment).expect("a moment");
    }
}

#[test]
fn a_page_that_somebody_changed_is_written_again() {
    let mill = Mill::new();
    mill.build(&[]);
    let page = mill.site().join("docs/stone.html");
    let text = fs::read_to_string(&page).expect("a page");
    let tampered = text.replace("grinds", "grunts");
    assert!(text != tampered && text.len() == tampered.len());
    // Of the same length and, as far as the clock tells, the same age.
    keep_moment(&page, tampered.as_bytes());
    let said = mill.assert_right("tampered");
    assert_eq!(counted(&said, "written"), 1, "{said}");
    assert_eq!(fs::read_to_string(&page).ok(), Some(text));
    fs::remove_file(&page).expect("a page");
    mill.assert_right("removed");
}

#[test]
fn without_a_cache_nothing_is_left_and_nothing_read() {
    let mill = Mill::new();
    mill.build(&["--no-cache"]);
    assert!(!mill.cache().exists());
    mill.build(&[]);
    assert!(mill.cache().join("pages.json").is_file());
    let before = fs::read(mill.cache().join("pages.json")).ok();
    mill.write("docs/stone.md", "# The stone\n\nIt stands.\n");
    mill.build(&["--no-cache"]);
    assert_eq!(fs::read(mill.cache().join("pages.json")).ok(), before, "it is left alone");
    mill.assert_right("after a build that told the cache nothing");
}

#[test]
fn verify_says_that_all_is_well_and_names_what_is_not() {
    let mill = Mill::new();
    let first = mill.build(&["--verify"]);
    assert!(first.contains("Verified"), "{first}");
    let again = mill.build(&["--verify"]);
    assert!(again.contains("Verified"), "{again}");

    mill.poison();
    let run = lacuna(&mill.root(), &["--verify"]);
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(1), "{said}");
    let wrong = "docs/stone.html is not what a build from nothing gives";
    assert!(
        said.lines().any(|line| line.starts_with("error: ") && line.ends_with(wrong)),
        "{said}"
    );
    assert!(!said.contains("Verified"), "{said}");
}

/// What lies in the place of the cache is nobody's to follow or to replace.
#[cfg(unix)]
#[test]
fn whatever_lies_in_its_place_is_left_alone() {
    use std::os::unix::fs::symlink;

    let mill = Mill::new();
    fs::write(mill.cache(), "mine").expect("a file");
    mill.assert_right("a file");
    assert_eq!(fs::read_to_string(mill.cache()).ok().as_deref(), Some("mine"));

    let elsewhere = mill.folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).expect("a folder");
    fs::remove_file(mill.cache()).expect("a file");
    symlink(&elsewhere, mill.cache()).expect("a link");
    mill.assert_right("a link to a folder");
    assert_eq!(fs::read_dir(&elsewhere).expect("a folder").count(), 0, "nothing is written there");

    // Links inside it that came with the content.
    fs::remove_file(mill.cache()).expect("a link");
    fs::create_dir(mill.cache()).expect("a folder");
    let precious = mill.folder.path().join("precious");
    fs::write(&precious, "precious").expect("a file");
    for name in ["pages.json", "pages.seal", "search.bin", "search.seal", ".gitignore"] {
        symlink(&precious, mill.cache().join(name)).expect("a link");
    }
    mill.assert_right("links in the folder");
    assert_eq!(fs::read_to_string(&precious).ok().as_deref(), Some("precious"));
    let said = mill.build(&[]);
    assert_eq!(counted(&said, "written"), 0, "{said}");
}

/// A project that may not be written to, for a user whom the system holds to that.
#[cfg(target_os = "linux")]
#[test]
fn a_project_that_may_only_be_read_is_built_elsewhere() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};

    let mill = Mill::new();
    let out = mill.folder.path().join("out");
    fs::create_dir(&out).expect("a folder");
    let allow = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    allow(mill.folder.path(), 0o755);
    allow(&out, 0o777);
    allow(&mill.root(), 0o555);
    let is_bound = fs::write(mill.root().join("probe"), "").is_err();
    let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
    command.arg("build").arg("-o").arg(out.join("site")).arg(mill.root());
    if !is_bound {
        // The one user who is never refused builds as nobody.
        fs::remove_file(mill.root().join("probe")).expect("it is ours");
        command.uid(65_534).gid(65_534);
    }
    let run = command.output();
    allow(&mill.root(), 0o755);
    // Where the program lies in a folder that nobody else may enter, there is nothing to see.
    let Ok(run) = run else { return eprintln!("skipped: the program cannot be run as nobody") };
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(0), "{said}");
    assert!(out.join("site/docs/wheel.html").is_file());
    assert!(!mill.cache().exists() && !said.contains(".lacuna"), "{said}");
}
