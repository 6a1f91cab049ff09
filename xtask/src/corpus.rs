//! `cargo xtask corpus`: real schema trees for tests and benchmarks, fetched from the registries of
//! packages by name and version into `.corpus/`, which is not committed.
//!
//! Each archive is checked against the checksum written here before it is unpacked. What cannot be
//! fetched is told and left out: a machine without a network runs every other test.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Failure, failed};

/// A tree of schemas that a registry has.
pub struct Corpus {
    /// The folder below `.corpus/`, the name of the package.
    pub name: &'static str,
    version: &'static str,
    from: Registry,
    /// SHA-256 of the archive.
    sha256: &'static str,
    /// Whether tests fetch it.
    pub size: Size,
}

/// How large a corpus is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Some hundred pages.
    Small,
    /// Tens of thousands of pages: only for the benchmark.
    Large,
}

#[derive(Clone, Copy)]
enum Registry {
    Crates,
    Npm,
    PyPi,
}

/// The corpora, the small ones first.
pub const ALL: [Corpus; 3] = [
    Corpus {
        name: "opentelemetry-proto",
        version: "0.33.1",
        from: Registry::Crates,
        sha256: "d576f5dddc3299341bcd85a04be17b2564844c0c9563214f02d85f2524d1afae",
        size: Size::Small,
    },
    Corpus {
        name: "googleapis-common-protos",
        version: "1.76.0",
        from: Registry::PyPi,
        sha256: "59e13344a9f3651aa201a03e2bee815a3bf43a4baf1f9ff8a9b62a840ce25fac",
        size: Size::Small,
    },
    Corpus {
        name: "google-proto-files",
        version: "5.0.3",
        from: Registry::Npm,
        sha256: "73a90e656be2ef3ba03fabc82bbb3b5213d29bd4ceb41e25364250d25606200c",
        size: Size::Large,
    },
];

/// Fetches every corpus that is not there.
pub fn run(root: &Path) -> Result<(), Failure> {
    for corpus in &ALL {
        fetch(root, corpus)?;
    }
    Ok(())
}

/// Fetches the small corpora for tests; what cannot be had is told and left out.
pub fn small(root: &Path) {
    for corpus in ALL.iter().filter(|corpus| corpus.size == Size::Small) {
        if let Err(Failure::Chore(why) | Failure::Usage(why)) = fetch(root, corpus) {
            eprintln!("--- {}: {why}; the tests on it are skipped", corpus.name);
        }
    }
}

/// The folder of a corpus.
pub fn folder(root: &Path, corpus: &Corpus) -> PathBuf {
    root.join(".corpus").join(corpus.name)
}

/// Fetches, checks and unpacks a corpus unless its folder holds this version.
pub fn fetch(root: &Path, corpus: &Corpus) -> Result<PathBuf, Failure> {
    let folder = folder(root, corpus);
    let stamp = root.join(".corpus").join(format!("{}.version", corpus.name));
    if folder.is_dir() && std::fs::read_to_string(&stamp).is_ok_and(|have| have == corpus.version) {
        return Ok(folder);
    }
    eprintln!("--- fetching {} {}", corpus.name, corpus.version);
    let downloads = root.join(".corpus/download").join(corpus.name);
    renew(&downloads)?;
    download(&downloads, corpus)?;
    let archive = archive(&downloads)?;
    let sum = sha256(&archive)?;
    if sum != corpus.sha256 {
        return Err(Failure::Chore(format!(
            "the archive of {} {} has the checksum {sum}, not {}",
            corpus.name, corpus.version, corpus.sha256
        )));
    }
    renew(&folder)?;
    unpack(&archive, &folder, corpus.from)?;
    std::fs::write(&stamp, corpus.version).map_err(failed("cannot note the version"))?;
    std::fs::remove_dir_all(&downloads).map_err(failed("cannot remove the archive"))?;
    Ok(folder)
}

/// Has the client of the registry put the archive into a folder.
fn download(folder: &Path, corpus: &Corpus) -> Result<(), Failure> {
    let exact = match corpus.from {
        Registry::Npm => format!("{}@{}", corpus.name, corpus.version),
        _ => format!("{}=={}", corpus.name, corpus.version),
    };
    let mut command = match corpus.from {
        Registry::Crates => return crate_archive(folder, corpus),
        Registry::Npm => client("npm", &["pack", "--silent", &exact]),
        Registry::PyPi => client(
            "python3",
            &["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", &exact],
        ),
    };
    run_quietly(command.current_dir(folder))
}

/// Cargo fetches whatever a manifest needs, and keeps the archives in its cache.
fn crate_archive(folder: &Path, corpus: &Corpus) -> Result<(), Failure> {
    let manifest = format!(
        "[package]\nname = \"fetch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
         [dependencies]\n{} = {{ version = \"={}\", default-features = false }}\n",
        corpus.name, corpus.version
    );
    std::fs::create_dir_all(folder.join("src")).map_err(failed("cannot make a package"))?;
    std::fs::write(folder.join("src/lib.rs"), "").map_err(failed("cannot make a package"))?;
    std::fs::write(folder.join("Cargo.toml"), manifest).map_err(failed("cannot make a package"))?;
    let mut cargo = Command::new(crate::test::cargo_path());
    run_quietly(cargo.args(["fetch", "--quiet"]).current_dir(folder))?;
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let cache = home.map(|home| home.join("registry/cache")).unwrap_or_default();
    let name = format!("{}-{}.crate", corpus.name, corpus.version);
    let registries = std::fs::read_dir(cache).map_err(failed("cannot find the cache of cargo"))?;
    let found = registries.flatten().map(|registry| registry.path().join(&name));
    let found = found.into_iter().find(|path| path.is_file());
    let found = found.ok_or_else(|| Failure::Chore(format!("cargo did not keep {name}")))?;
    std::fs::copy(found, folder.join(name)).map_err(failed("cannot copy the archive"))?;
    Ok(())
}

fn client(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

fn run_quietly(command: &mut Command) -> Result<(), Failure> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(failed(&format!("cannot start {program}")))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no reason given");
    Err(Failure::Chore(format!("{program} could not fetch it: {}", last.trim())))
}

fn archive(folder: &Path) -> Result<PathBuf, Failure> {
    let entries = std::fs::read_dir(folder).map_err(failed("cannot read the downloads"))?;
    let is_archive = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        matches!(ending, Some("crate" | "tgz" | "whl"))
    };
    entries
        .flatten()
        .map(|entry| entry.path())
        .find(is_archive)
        .ok_or_else(|| Failure::Chore("the download left no archive".to_owned()))
}

fn sha256(archive: &Path) -> Result<String, Failure> {
    let output = Command::new("sha256sum")
        .arg(archive)
        .output()
        .map_err(failed("cannot start sha256sum"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    Ok(said.split_whitespace().next().unwrap_or_default().to_owned())
}

fn unpack(archive: &Path, folder: &Path, from: Registry) -> Result<(), Failure> {
    let mut command = match from {
        // Both hold one folder with everything in it.
        Registry::Crates | Registry::Npm => {
            let mut tar = client("tar", &["--extract", "--gzip", "--strip-components=1", "--file"]);
            tar.arg(archive).arg("--directory").arg(folder);
            tar
        }
        Registry::PyPi => {
            let mut python = client("python3", &["-m", "zipfile", "-e"]);
            python.arg(archive).arg(folder);
            python
        }
    };
    run_quietly(&mut command)
}

/// An empty folder.
fn renew(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(failed("cannot remove an old folder"))?;
    }
    std::fs::create_dir_all(folder).map_err(failed("cannot make a folder"))
}
