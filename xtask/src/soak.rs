//! `cargo xtask soak`: a served site under edits and clients for some time, to see what it keeps.
//!
//! The site has 1,000 pages. Twice a second a file is changed, made, renamed or removed, as the dice
//! of the seed say; 50 clients read pages, ask for what is not there, and open and leave streams of
//! events. Every five seconds the memory, the open descriptors and the threads of the server are
//! noted. In the end every file of a clean build must be served, byte for byte.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::bench::corpus::{self, Corpus, Dice, probe};
use crate::bench::server::Server;
use crate::bench::{bench_home, median, options, release_binary, remove, site};
use crate::{Failure, failed};

const PAGES: u32 = 1_000;
const CLIENTS: u32 = 50;

/// Between two edits.
const EDIT: Duration = Duration::from_millis(500);

/// Between two looks at the server.
const LOOK: Duration = Duration::from_secs(5);

/// Longest wait for the first page, and for the last edit.
const START: Duration = Duration::from_secs(120);

/// The median memory of the last quarter of the time against that of the second quarter, at most.
const MEMORY: f64 = 1.1;

/// So many more descriptors, or threads, at rest in the end than at rest in the beginning, at most.
const MORE: f64 = 5.0;

/// What a page has more when it is served than when it is built.
const LIVE: &str = "<link rel=\"stylesheet\" href=\"/_lacuna/live.css\">\
                    <script src=\"/_lacuna/live.js\" defer></script>";

/// What to do.
pub struct Plan {
    minutes: u32,
    seed: u32,
    /// The program, when it is not to be built.
    binary: Option<PathBuf>,
}

impl Plan {
    /// Reads what follows `soak` on the command line.
    pub fn parse(words: &[&str]) -> Result<Self, Failure> {
        let mut plan = Self { minutes: 10, seed: 1, binary: None };
        options::each(words, |option, value| {
            match option {
                "--minutes" => plan.minutes = options::number(option, value)?,
                "--seed" => plan.seed = options::number(option, value)?,
                "--binary" => plan.binary = Some(options::program(option, value)?),
                _ => return Err(Failure::Usage(format!("`soak` takes no `{option}`"))),
            }
            Ok(())
        })?;
        Ok(plan)
    }
}

/// Serves, edits, asks and looks, then prints the figures.
///
/// Fails when something grew, when an answer was missing, or when the site differs from a clean build.
pub fn run(root: &Path, plan: &Plan) -> Result<(), Failure> {
    let home = bench_home()?;
    let binary = match &plan.binary {
        Some(binary) => binary.clone(),
        None => release_binary(root)?,
    };
    let corpus = corpus::make(root, &home, PAGES)?;
    let work = home.join(format!("soak-{}", std::process::id()));
    remove(&work)?;
    let folder = work.join("plain");
    site::copy(&corpus.folder.join("plain"), &folder).map_err(failed("cannot copy the corpus"))?;
    let arguments = |port: u16| {
        [binary.as_os_str(), "serve".as_ref(), folder.as_os_str(), "--port".as_ref()]
            .into_iter()
            .map(OsString::from)
            .chain([port.to_string().into()])
            .collect()
    };
    let begun = Instant::now();
    let mut server =
        Server::start(arguments, &work.join("log")).map_err(failed("cannot start lacuna serve"))?;
    let first = format!("/docs/{}.html", corpus.page(0));
    if server.until(&first, &probe(0, "0"), begun, START).is_none() {
        return Err(Failure::Chore(format!("{first} was never served")));
    }
    println!("{PAGES} pages, {CLIENTS} clients, {} minutes, seed {}", plan.minutes, plan.seed);

    let length = Duration::from_secs(60 * u64::from(plan.minutes));
    let mut writer = Writer::new(&corpus, &folder, plan.seed);
    server.rest();
    let at_first = Held::of(&server)?;
    let (held, clients) = together(&server, &corpus, &mut writer, plan.seed, length)?;

    // A last page tells that the server has seen everything before it.
    let end = format!("end-{}", plan.seed);
    fs::write(folder.join("docs/end.md"), format!("# The end\n\n{end}\n"))
        .map_err(failed("cannot write the last page"))?;
    let shown = server.until("/docs/end.html", &end, Instant::now(), START);
    server.rest();
    let at_last = Held::of(&server)?;
    println!("{} edits, {clients}", writer.edits);
    let mut faults = judge(&at_first, &held, &at_last);
    if clients.unanswered > 0 {
        faults.push(format!("{} questions without an answer", clients.unanswered));
    }
    if shown.is_none() {
        faults.push("the last edit was never shown".to_owned());
    }
    faults.extend(differences(&server, &binary, &folder, &work)?);
    drop(server);
    if faults.is_empty() {
        println!("nothing grew, and the site is that of a clean build");
        return remove(&work);
    }
    println!("the files are in {}", work.display());
    Err(Failure::Chore(faults.join("\n       ")))
}

/// What the server holds at a moment.
struct Held {
    mebibytes: f64,
    descriptors: f64,
    threads: f64,
}

impl Held {
    fn of(server: &Server) -> Result<Self, Failure> {
        let figures = (server.resident_mib(), server.descriptors(), server.threads());
        match figures {
            (Some(mebibytes), Some(descriptors), Some(threads)) => {
                Ok(Self { mebibytes, descriptors, threads })
            }
            _ => Err(Failure::Chore("the server ended, or this system has no /proc".to_owned())),
        }
    }
}

/// What the clients asked.
#[derive(Default)]
struct Asked {
    pages: u64,
    streams: u64,
    unanswered: u64,
}

impl std::fmt::Display for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} pages read, {} streams of events", self.pages, self.streams)
    }
}

/// Edits, asks and looks at once, for a time.
fn together(
    server: &Server,
    corpus: &Corpus,
    writer: &mut Writer<'_>,
    seed: u32,
    length: Duration,
) -> Result<(Vec<Held>, Asked), Failure> {
    let (is_over, counts) = (AtomicBool::new(false), Counts::default());
    let begun = Instant::now();
    let held = thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (is_over, counts) = (&is_over, &counts);
            scope.spawn(move || ask(server, corpus, seed, client, (is_over, counts)));
        }
        let outcome = edit_and_look(server, writer, begun, length);
        is_over.store(true, Ordering::Relaxed);
        outcome
    })?;
    Ok((held, counts.into()))
}

/// Makes an edit at each beat until the time is over, and notes what the server holds.
fn edit_and_look(
    server: &Server,
    writer: &mut Writer<'_>,
    begun: Instant,
    length: Duration,
) -> Result<Vec<Held>, Failure> {
    let mut held = Vec::new();
    let (mut beats, mut next_look) = (0, LOOK);
    while begun.elapsed() < length {
        writer.edit().map_err(failed("cannot edit"))?;
        if begun.elapsed() >= next_look {
            held.push(Held::of(server)?);
            next_look += LOOK;
        }
        beats += 1;
        thread::sleep((EDIT * beats).saturating_sub(begun.elapsed()));
    }
    Ok(held)
}

#[derive(Default)]
struct Counts {
    pages: AtomicU64,
    streams: AtomicU64,
    unanswered: AtomicU64,
}

impl From<Counts> for Asked {
    fn from(counts: Counts) -> Self {
        Self {
            pages: counts.pages.into_inner(),
            streams: counts.streams.into_inner(),
            unanswered: counts.unanswered.into_inner(),
        }
    }
}

/// One client: what it does is told by the seed and its number, when by the machine.
fn ask(
    server: &Server,
    corpus: &Corpus,
    seed: u32,
    client: u32,
    (is_over, counts): (&AtomicBool, &Counts),
) {
    let mut dice = Dice::new(client, 100 + u64::from(seed));
    while !is_over.load(Ordering::Relaxed) {
        let answered = match dice.below(10) {
            0..3 => {
                counts.streams.fetch_add(1, Ordering::Relaxed);
                let length = Duration::from_millis(100 + u64::from(dice.below(2_000)));
                server.listen(length).map(|heard| heard > 0)
            }
            kind => {
                counts.pages.fetch_add(1, Ordering::Relaxed);
                let page = corpus.page(dice.below(PAGES));
                let path = match kind {
                    3 => "/index.html".to_owned(),
                    4 => "/diagnostics.html".to_owned(),
                    5 => "/docs/not-there.html".to_owned(),
                    6 => format!("/docs/{page}.md"),
                    _ => format!("/docs/{page}.html"),
                };
                let status = |answer: Vec<u8>| {
                    answer.starts_with(b"HTTP/1.0 200 ") || answer.starts_with(b"HTTP/1.0 404 ")
                };
                server.get(&path).map(status)
            }
        };
        if !answered.unwrap_or(false) {
            counts.unanswered.fetch_add(1, Ordering::Relaxed);
        }
        thread::sleep(Duration::from_millis(50 + u64::from(dice.below(250))));
    }
}

/// Changes the sources, one file at a time.
struct Writer<'a> {
    corpus: &'a Corpus,
    docs: PathBuf,
    dice: Dice,
    edits: u32,
    /// Pages that were made and not removed, by name.
    made: Vec<String>,
}

impl<'a> Writer<'a> {
    fn new(corpus: &'a Corpus, folder: &Path, seed: u32) -> Self {
        let (docs, dice) = (folder.join("docs"), Dice::new(seed, 99));
        Self { corpus, docs, dice, edits: 0, made: Vec::new() }
    }

    fn edit(&mut self) -> std::io::Result<()> {
        self.edits += 1;
        let (n, page) = (self.edits, self.dice.below(PAGES));
        let place = self.docs.join(self.corpus.page(page)).with_extension("md");
        match self.dice.below(10) {
            0 => {
                let text = fs::read_to_string(&place)?;
                let title = text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("x");
                fs::write(&place, text.replace(title, &format!("Title {n} of page {page}")))
            }
            1 => {
                let name = format!("made-{n}");
                let link = self.corpus.page(page);
                fs::write(self.made_at(&name), format!("# Made {n}\n\n[One]({link}.md)\n"))?;
                self.made.push(name);
                Ok(())
            }
            2 if !self.made.is_empty() => {
                let at = self.dice.below(u32::try_from(self.made.len()).unwrap_or(1));
                let name = self.made.swap_remove(at as usize);
                fs::remove_file(self.made_at(&name))
            }
            3 if !self.made.is_empty() => {
                let at = self.dice.below(u32::try_from(self.made.len()).unwrap_or(1)) as usize;
                let name = format!("moved-{n}");
                fs::rename(self.made_at(&self.made[at]), self.made_at(&name))?;
                self.made[at] = name;
                Ok(())
            }
            // Broken for as long as nobody edits it again: a link to nowhere.
            4 => self.with_probe(&place, page, &format!("[gone](gone-{n}.md)")),
            _ => self.with_probe(&place, page, &n.to_string()),
        }
    }

    fn made_at(&self, name: &str) -> PathBuf {
        self.docs.join(name).with_extension("md")
    }

    fn with_probe(&self, place: &Path, page: u32, value: &str) -> std::io::Result<()> {
        let text = fs::read_to_string(place)?;
        let old = text.lines().find(|line| line.starts_with(&probe(page, "")));
        let new = probe(page, value);
        // A page of another shape would make every edit none.
        let old = old.ok_or_else(|| std::io::Error::other("a page without its probe"))?.to_owned();
        fs::write(place, text.replacen(&old, &new, 1))
    }
}

/// Prints the figures, and says what grew.
fn judge(at_first: &Held, held: &[Held], at_last: &Held) -> Vec<String> {
    type Figure = fn(&Held) -> f64;
    let figures: [(&str, Figure); 3] = [
        ("memory, MiB", |held| held.mebibytes),
        ("descriptors", |held| held.descriptors),
        ("threads", |held| held.threads),
    ];
    println!(
        "{:12} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "", "at first", "first", "median", "max", "last"
    );
    for (name, figure) in figures {
        let of = |held: Option<&Held>| held.map_or(0.0, figure);
        let most = held.iter().map(figure).fold(0.0, f64::max);
        println!(
            "{name:12} {:9.0} {:9.0} {:9.0} {most:9.0} {:9.0}",
            figure(at_first),
            of(held.first()),
            median(held.iter().map(figure)),
            figure(at_last),
        );
    }
    let quarter = held.len() / 4;
    let memory = |part: &[Held]| median(part.iter().map(|held| held.mebibytes));
    let early = memory(&held[quarter..2 * quarter]);
    let late = memory(&held[held.len() - quarter..]);
    println!("memory of the last quarter against the second: {late:.0} MiB, {early:.0} MiB");
    let mut faults = Vec::new();
    if late > early * MEMORY {
        faults.push(format!("memory grew from {early:.0} to {late:.0} MiB"));
    }
    for (name, figure) in &figures[1..] {
        let (before, after) = (figure(at_first), figure(at_last));
        if after > before + MORE {
            faults.push(format!("{name} grew from {before} to {after}"));
        }
    }
    faults
}

/// The files of a clean build that are served otherwise.
fn differences(
    server: &Server,
    binary: &Path,
    folder: &Path,
    work: &Path,
) -> Result<Vec<String>, Failure> {
    let out = work.join("site");
    let status = Command::new(binary)
        .arg("build")
        .arg(folder)
        .arg("-o")
        .arg(&out)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(failed("cannot start the build"))?;
    // 1 tells of broken links, which were made on purpose.
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(Failure::Chore(format!("the clean build failed: {status}")));
    }
    let built = site::read(&out).map_err(failed("cannot read the clean build"))?;
    let mut faults = Vec::new();
    let mut compared = 0;
    for (path, bytes) in built.iter().filter(|(path, _)| *path != Path::new(site::MARKER)) {
        let route = format!("/{}", path.display());
        let answer = server.get(&route).unwrap_or_default();
        let end = answer.windows(4).position(|end| end == b"\r\n\r\n");
        let body = end.map_or(&[][..], |end| &answer[end + 4..]);
        compared += 1;
        if plain(&route, body) != *bytes {
            faults.push(format!("{route} is served otherwise than it is built"));
        }
    }
    println!("{compared} files compared with a clean build, {} differ", faults.len());
    faults.truncate(10);
    Ok(faults)
}

/// A page without what makes it live.
fn plain(route: &str, body: &[u8]) -> Vec<u8> {
    if !route.ends_with(".html") {
        return body.to_vec();
    }
    let text = String::from_utf8_lossy(body);
    text.replacen(LIVE, "", 1).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_told_from_what_comes_and_goes() {
        let held = |mebibytes, descriptors| Held { mebibytes, descriptors, threads: 9.0 };
        let flat: Vec<Held> = (0..40).map(|n| held(100.0 + f64::from(n % 3), 60.0)).collect();
        assert_eq!(judge(&held(90.0, 12.0), &flat, &held(101.0, 13.0)), Vec::<String>::new());
        let rising: Vec<Held> = (0..40).map(|n| held(100.0 + f64::from(n), 60.0)).collect();
        assert_eq!(judge(&held(90.0, 12.0), &rising, &held(140.0, 30.0)).len(), 2);
    }

    #[test]
    fn the_plan_has_defaults() {
        let plan = |words: &[&str]| Plan::parse(words).ok().map(|plan| (plan.minutes, plan.seed));
        assert_eq!(plan(&[]), Some((10, 1)));
        assert_eq!(plan(&["--minutes", "3", "--seed=7"]), Some((3, 7)));
        assert_eq!(plan(&["--rounds", "3"]), None);
    }
}
