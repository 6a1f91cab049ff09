//! `cargo xtask bench serve`: from the save of a page to its new bytes over HTTP, ours and Hugo's
//! server in turn.
//!
//! Both servers run side by side on copies of the same corpus and wait while the other one works.
//! Each edit is made in one after the other. A page is asked for before it is edited, so that it is
//! one that somebody looks at. A body edit ends when the page shows it, a title edit when the page
//! shows it and when the navigation of a sibling does. Last, our server takes many edits, to see
//! what memory it keeps.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::corpus::{self, Corpus, Dice, probe};
use super::server::Server;
use super::{bench_home, median, options, peers, release_binary, remove, site};
use crate::{Failure, failed};

/// Longest wait for one edit.
const LONGEST: Duration = Duration::from_secs(30);

/// Longest wait for the first page.
const START: Duration = Duration::from_secs(600);

/// What to time.
pub struct Plan {
    /// Corpus sizes, in pages, ascending.
    pub pages: Vec<u32>,
    /// Edits of each kind that are timed.
    pub edits: u32,
    /// Edits after which memory is looked at.
    pub many: u32,
    /// The program, when it is not to be built.
    pub binary: Option<PathBuf>,
}

impl Plan {
    /// Reads what follows `bench serve` on the command line.
    pub fn parse(words: &[&str]) -> Result<Self, Failure> {
        let mut plan = Self { pages: Vec::new(), edits: 30, many: 1_000, binary: None };
        options::each(words, |option, value| {
            match option {
                "--pages" => plan.pages.push(options::number(option, value)?),
                "--edits" => plan.edits = options::number(option, value)?,
                "--many" => plan.many = options::number(option, value)?,
                "--binary" => plan.binary = Some(options::program(option, value)?),
                _ => return Err(Failure::Usage(format!("`bench serve` takes no `{option}`"))),
            }
            Ok(())
        })?;
        plan.pages = options::sizes(plan.pages);
        Ok(plan)
    }
}

/// Serves each corpus and prints its table, then how ours grew from the smallest to the largest.
pub fn run(root: &Path, plan: &Plan) -> Result<(), Failure> {
    let home = bench_home()?;
    let binary = match &plan.binary {
        Some(binary) => binary.clone(),
        None => release_binary(root)?,
    };
    let hugo = peers::hugo(&home);
    if hugo.is_none() {
        eprintln!("{}", peers::how_to_install(&home));
    }
    let mut grown: Vec<(u32, [f64; KINDS.len()])> = Vec::new();
    for &pages in &plan.pages {
        let corpus = corpus::make(root, &home, pages)?;
        let work = home.join(format!("work-{}", std::process::id()));
        remove(&work)?;
        let mut served = vec![ours(&binary, &corpus, &work)?];
        if let Some(hugo) = &hugo {
            served.push(hugos(hugo, &corpus, &work)?);
        }
        served.iter_mut().try_for_each(|site| site.wait_for_start(&corpus, pages / 3))?;
        println!("\n{pages} pages, {} edits of each kind", plan.edits);
        for site in &served {
            println!("  {:8} {}", site.name, site.memory("after its start"));
        }
        edit_in_turn(&mut served, &corpus, pages, plan.edits)?;
        print(&served);
        let ours = &mut served[0];
        grown.push((pages, std::array::from_fn(|kind| median_of(&ours.times[kind]))));
        let lost = many_edits(ours, &corpus, pages, plan.many)?;
        println!("  {:8} {}", ours.name, ours.memory(&format!("after {} edits", plan.many)));
        if lost > 0 {
            println!("  {lost} of them were never shown");
        }
        drop(served);
        remove(&work)?;
    }
    if let [(few, small), .., (many, large)] = grown.as_slice() {
        println!("\nours at {many} pages against ours at {few}");
        for (kind, name) in KINDS.iter().enumerate() {
            println!("  {name:28} x{:.2}", large[kind] / small[kind]);
        }
    }
    Ok(())
}

/// What is waited for.
const KINDS: [&str; 3] = ["body, on the page", "title, on the page", "title, beside a sibling"];

/// A server with its copy of the corpus, and its times so far.
struct Site {
    name: &'static str,
    server: Server,
    begun: Instant,
    /// Where its documents are.
    documents: PathBuf,
    /// The address of a page, by its path without an extension.
    route: fn(&str) -> String,
    /// Seconds of each edit by kind; none for one that was never shown.
    times: [Vec<Option<f64>>; KINDS.len()],
}

fn ours(binary: &Path, corpus: &Corpus, work: &Path) -> Result<Site, Failure> {
    let folder = copy(corpus, work, "plain")?;
    let arguments = |port: u16| {
        let port = port.to_string();
        [binary.as_os_str(), "serve".as_ref(), folder.as_os_str(), "--port".as_ref()]
            .into_iter()
            .map(OsString::from)
            .chain([port.into()])
            .collect()
    };
    let begun = Instant::now();
    let server = Server::start(arguments, &work.join("lacuna.log"))
        .map_err(failed("cannot start lacuna serve"))?;
    let route = |page: &str| format!("/docs/{page}.html");
    let times = Default::default();
    Ok(Site { name: "lacuna", server, begun, documents: folder.join("docs"), route, times })
}

fn hugos(binary: &Path, corpus: &Corpus, work: &Path) -> Result<Site, Failure> {
    let folder = copy(corpus, work, "hugo")?;
    let arguments = |port: u16| {
        let port = port.to_string();
        let options = ["server", "--noBuildLock", "--bind", "127.0.0.1", "--port", port.as_str()];
        [binary.as_os_str()]
            .into_iter()
            .chain(options.map(std::ffi::OsStr::new))
            .chain(["--source".as_ref(), folder.as_os_str()])
            .map(OsString::from)
            .collect()
    };
    let begun = Instant::now();
    let server = Server::start(arguments, &work.join("hugo.log"))
        .map_err(failed("cannot start hugo server"))?;
    let route = |page: &str| format!("/{page}/");
    let times = Default::default();
    Ok(Site { name: "hugo", server, begun, documents: folder.join("content"), route, times })
}

fn copy(corpus: &Corpus, work: &Path, dialect: &str) -> Result<PathBuf, Failure> {
    let folder = work.join(dialect);
    site::copy(&corpus.folder.join(dialect), &folder).map_err(failed("cannot copy a corpus"))?;
    Ok(folder)
}

impl Site {
    fn wait_for_start(&mut self, corpus: &Corpus, page: u32) -> Result<(), Failure> {
        let route = (self.route)(&corpus.page(page));
        let took = self.server.until(&route, &probe(page, "0"), self.begun, START);
        let Some(took) = took else {
            return Err(Failure::Chore(format!("{} never served {route}", self.name)));
        };
        self.server.rest();
        println!("{} serves its first page after {:.2} s", self.name, took.as_secs_f64());
        Ok(())
    }

    fn memory(&self, when: &str) -> String {
        match self.server.resident_mib() {
            Some(mib) => format!("{mib:.0} MiB {when}"),
            None => format!("memory unknown {when}"),
        }
    }

    /// Changes the text of a page in one write, and returns the moment before it.
    fn edit(
        &self,
        corpus: &Corpus,
        page: u32,
        change: impl FnOnce(&str) -> Option<String>,
    ) -> Result<Instant, Failure> {
        let path = self.documents.join(corpus.page(page)).with_extension("md");
        let text = std::fs::read_to_string(&path).map_err(failed("cannot read a page"))?;
        let Some(text) = change(&text) else {
            return Err(Failure::Chore(format!("{} cannot be edited", path.display())));
        };
        let start = Instant::now();
        std::fs::write(&path, text).map_err(failed("cannot edit a page"))?;
        Ok(start)
    }

    fn edit_body(&mut self, corpus: &Corpus, page: u32, value: &str) -> Result<(), Failure> {
        let route = (self.route)(&corpus.page(page));
        // What is waited for below; a failure would show there.
        let _ = self.server.get(&route);
        let new = probe(page, value);
        let start = self.edit(corpus, page, |text| with_probe(text, page, &new))?;
        let shown = self.server.until(&route, &new, start, LONGEST);
        self.times[0].push(shown.map(|took| took.as_secs_f64()));
        Ok(())
    }

    fn edit_title(&mut self, corpus: &Corpus, page: u32, value: &str) -> Result<(), Failure> {
        let route = (self.route)(&corpus.page(page));
        // A navigation may list some of many siblings only: one that lists this page is asked.
        let file = self.documents.join(corpus.page(page)).with_extension("md");
        let text = std::fs::read_to_string(&file).map_err(failed("cannot read a page"))?;
        let title = title(&text).unwrap_or_default().to_owned();
        let mut siblings = corpus.siblings(page).map(|other| (self.route)(&corpus.page(other)));
        let lists = |route: &String| self.server.get(route).is_ok_and(|page| holds(&page, &title));
        let Some(beside) = siblings.find(lists) else {
            return Err(Failure::Chore(format!("no page lists {route}")));
        };
        // As above.
        let _ = self.server.get(&route);
        let start = self.edit(corpus, page, |text| with_title(text, value))?;
        let shown = self.server.until(&route, value, start, LONGEST);
        let listed = self.server.until(&beside, value, start, LONGEST);
        self.times[1].push(shown.map(|took| took.as_secs_f64()));
        self.times[2].push(listed.map(|took| took.as_secs_f64()));
        Ok(())
    }
}

/// The text of a page with another probe.
fn with_probe(text: &str, page: u32, new: &str) -> Option<String> {
    let start = text.find(&probe(page, ""))?;
    let end = text[start..].find('\n').map_or(text.len(), |len| start + len);
    Some(format!("{}{new}{}", &text[..start], &text[end..]))
}

/// The title in the front matter of a page.
fn title(text: &str) -> Option<&str> {
    Some(text.lines().find_map(|line| line.strip_prefix("title: "))?.trim_matches('"'))
}

fn holds(answer: &[u8], text: &str) -> bool {
    answer.windows(text.len()).any(|part| part == text.as_bytes())
}

/// The text of a page with `more` at the end of its title, wherever it stands.
fn with_title(text: &str, more: &str) -> Option<String> {
    let title = title(text)?;
    Some(text.replace(title, &format!("{title} {more}")))
}

/// Makes the same edits in every site, one site after the other.
fn edit_in_turn(
    sites: &mut [Site],
    corpus: &Corpus,
    pages: u32,
    edits: u32,
) -> Result<(), Failure> {
    let mut dice = Dice::new(pages, 21);
    for edit in 0..edits {
        let [body, title] = [dice.below(pages), dice.below(pages)];
        for site in sites.iter_mut() {
            site.edit_body(corpus, body, &format!("b{edit}"))?;
            site.server.rest();
        }
        for site in sites.iter_mut() {
            site.edit_title(corpus, title, &format!("Retitled{edit}x"))?;
            site.server.rest();
        }
    }
    Ok(())
}

/// Edits bodies as fast as they are shown; how many never were.
fn many_edits(site: &mut Site, corpus: &Corpus, pages: u32, edits: u32) -> Result<usize, Failure> {
    let mut dice = Dice::new(pages, 22);
    site.times = Default::default();
    for edit in 0..edits {
        site.edit_body(corpus, dice.below(pages), &format!("m{edit}"))?;
    }
    site.server.rest();
    Ok(site.times[0].iter().filter(|took| took.is_none()).count())
}

fn median_of(times: &[Option<f64>]) -> f64 {
    median(times.iter().flatten().copied())
}

/// A line for each kind of edit and server; ratios are taken edit by edit.
fn print(sites: &[Site]) {
    println!(
        "  {:24} {:8} {:>9} {:>9} {:>6}  {:>9}",
        "edit", "server", "median ms", "worst ms", "never", "ours/it"
    );
    for (kind, name) in KINDS.iter().enumerate() {
        for (index, site) in sites.iter().enumerate() {
            let times = &site.times[kind];
            let worst = times.iter().flatten().copied().fold(0.0, f64::max);
            print!(
                "  {name:24} {:8} {:9.1} {:9.1} {:6}",
                site.name,
                median_of(times) * 1e3,
                worst * 1e3,
                times.iter().filter(|took| took.is_none()).count(),
            );
            if index > 0 {
                let both = sites[0].times[kind].iter().zip(times);
                let ratios = both.filter_map(|(ours, theirs)| Some((*ours)? / (*theirs)?));
                print!("  {:9.3}", median(ratios));
            }
            println!();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_change_what_is_waited_for_and_nothing_else() {
        let text = "---\ntitle: \"One way\"\n---\n\n# One way\n\nPROBE-7: 0\n\nEnd.\n";
        let body = with_probe(text, 7, &probe(7, "b1"));
        assert_eq!(body.as_deref(), Some(text.replace(": 0", ": b1").as_str()));
        let title = with_title(text, "Two").expect("it has a title");
        assert_eq!(title, text.replace("One way", "One way Two"));
        assert_eq!((with_probe("none", 7, ""), with_title("none", "")), (None, None));
    }

    #[test]
    fn the_plan_has_defaults() {
        let plan = |words: &[&str]| Plan::parse(words).ok().map(|plan| (plan.edits, plan.many));
        assert_eq!(plan(&[]), Some((30, 1_000)));
        assert_eq!(plan(&["--edits=5", "--many", "20"]), Some((5, 20)));
        assert_eq!(plan(&["--rounds", "3"]), None);
    }
}
