//! `cargo xtask bench build`: builds of a made corpus, ours and Hugo's in turn.
//!
//! Cold means that the output folder and our cache are removed before each run; the corpus itself
//! is in the page cache after a first uncounted round. Our cold build is followed by one with
//! nothing changed and one with one body changed, and by the limit: the same files read and the
//! same bytes written by a program that does nothing else. Output goes to memory (`/dev/shm`) and
//! to disk, each with its own table, since creating files on a disk can cost more than making their
//! contents.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::corpus::{self, probe};
use super::measure::{self, Run};
use super::peers::{self, Program};
use super::site::{self, Site};
use super::{bench_home, limit, median, options, release_binary, remove};
use crate::{Failure, failed};

/// What to time.
pub struct Plan {
    /// Corpus sizes, in pages, ascending.
    pub pages: Vec<u32>,
    /// Counted rounds; one more comes first and is not counted.
    pub rounds: u32,
    /// The program, when it is not to be built.
    pub binary: Option<PathBuf>,
    /// Another `lacuna`, to compare with.
    pub against: Option<PathBuf>,
}

impl Plan {
    /// Reads what follows `bench build` on the command line.
    pub fn parse(words: &[&str]) -> Result<Self, Failure> {
        let mut plan = Self { pages: Vec::new(), rounds: 3, binary: None, against: None };
        options::each(words, |option, value| {
            match option {
                "--pages" => plan.pages.push(options::number(option, value)?),
                "--rounds" => plan.rounds = options::number(option, value)?,
                "--binary" => plan.binary = Some(options::program(option, value)?),
                "--against" => plan.against = Some(options::program(option, value)?),
                _ => return Err(Failure::Usage(format!("`bench build` takes no `{option}`"))),
            }
            Ok(())
        })?;
        plan.pages = options::sizes(plan.pages);
        Ok(plan)
    }
}

/// Makes the corpora, builds the release binary, and prints the tables of each size and place.
pub fn run(root: &Path, plan: &Plan) -> Result<(), Failure> {
    let home = bench_home()?;
    let ours = match &plan.binary {
        Some(binary) => binary.clone(),
        None => release_binary(root)?,
    };
    let hugo = peers::hugo(&home);
    if hugo.is_none() {
        eprintln!("{}", peers::how_to_install(&home));
    }

    let mut seconds_per_page: BTreeMap<&str, Vec<(u32, f64)>> = BTreeMap::new();
    for &pages in &plan.pages {
        let corpus = corpus::make(root, &home, pages)?;
        // Builds leave a cache in the project, and one page is edited.
        let work = home.join(format!("work-{}", std::process::id()));
        remove(&work)?;
        site::copy(&corpus.folder.join("plain"), &work).map_err(failed("cannot copy a corpus"))?;
        let mut others = Vec::new();
        others.extend(plan.against.as_deref().map(|b| peers::lacuna("against", b, &work)));
        let peer = corpus.folder.join("hugo");
        others.extend(hugo.as_deref().map(|hugo| peers::hugo_build(hugo, &peer)));
        let bench = Bench {
            ours: peers::lacuna("lacuna", &ours, &work),
            others,
            page: work.join("docs").join(corpus.page(pages / 3)).with_extension("md"),
            probe: [probe(pages / 3, "0"), probe(pages / 3, "1")],
            work,
        };
        for (place, folder) in places(&home) {
            let rounds = bench.rounds(&folder, plan.rounds)?;
            bench.print(pages, place, &rounds);
            let wall = median(rounds.iter().map(|round| round.cold[0].wall));
            seconds_per_page.entry(place).or_default().push((pages, wall / f64::from(pages)));
        }
        bench.print_timings(&places(&home)[0].1)?;
        remove(&bench.work)?;
    }
    print_growth(&seconds_per_page);
    Ok(())
}

/// The folders outputs are written to, memory first.
fn places(home: &Path) -> Vec<(&'static str, PathBuf)> {
    let memory = Path::new("/dev/shm");
    let mut places = Vec::new();
    if memory.is_dir() {
        places.push(("memory", memory.join(format!("lacuna-bench-{}", std::process::id()))));
    }
    places.push(("disk", home.join("out")));
    places
}

/// Everything that is run on one corpus.
struct Bench {
    ours: Program,
    others: Vec<Program>,
    /// A copy of the corpus, to build and to edit.
    work: PathBuf,
    /// The page that is edited.
    page: PathBuf,
    /// The line that an edit changes, before and after.
    probe: [String; 2],
}

/// The costs of one round.
struct Round {
    /// Ours first.
    cold: Vec<Run>,
    unchanged: Run,
    edited: Run,
    /// How many files the edit touched.
    touched: usize,
    limit: Run,
}

impl Bench {
    /// Runs everything once a round; the first round warms the page cache and is thrown away.
    fn rounds(&self, folder: &Path, rounds: u32) -> Result<Vec<Round>, Failure> {
        let mut measured = Vec::new();
        for round in 0..=rounds {
            std::fs::create_dir_all(folder).map_err(failed("cannot make the output folder"))?;
            let mut ran = self.round_of_ours(&folder.join(self.ours.name))?;
            for program in &self.others {
                let out = folder.join(program.name);
                ran.cold.push(self.cold(program, &out)?);
                remove(&out)?;
            }
            if round > 0 {
                measured.push(ran);
            }
        }
        remove(folder)?;
        Ok(measured)
    }

    /// A round without the other programs.
    fn round_of_ours(&self, out: &Path) -> Result<Round, Failure> {
        let cold = self.cold(&self.ours, out)?;
        let built = site::read(out).map_err(failed("cannot read the site"))?;
        let stamps = || site::stamps(out).map_err(failed("cannot look at the site"));
        let before = stamps()?;
        let unchanged = build(&self.ours, out)?;
        if let Some(path) = site::touched(&before, &stamps()?).first() {
            let path = path.display();
            return Err(Failure::Chore(format!("nothing was changed, and {path} was written")));
        }
        self.edit([&self.probe[0], &self.probe[1]])?;
        let edited = build(&self.ours, out);
        self.edit([&self.probe[1], &self.probe[0]])?;
        let edited = edited?;
        let touched = site::touched(&before, &stamps()?);
        self.check_edit(out, &built, &touched)?;
        remove(out)?;
        let limit = limit::run(&self.work.join("docs"), &built, out)
            .map_err(failed("cannot measure the limit"))?;
        remove(out)?;
        Ok(Round { cold: vec![cold], unchanged, edited, touched: touched.len(), limit })
    }

    /// Only files that hold something else may have been written, the page among them.
    fn check_edit(&self, out: &Path, built: &Site, touched: &[PathBuf]) -> Result<(), Failure> {
        let mut found = false;
        for path in touched {
            let bytes = std::fs::read(out.join(path)).map_err(failed("cannot read the site"))?;
            if built.get(path) == Some(&bytes) {
                let path = path.display();
                return Err(Failure::Chore(format!("{path} holds what it held, and was written")));
            }
            let probe = self.probe[1].as_bytes();
            found |= bytes.windows(probe.len()).any(|part| part == probe);
        }
        if found {
            return Ok(());
        }
        Err(Failure::Chore("the edit is on no page".to_owned()))
    }

    fn edit(&self, [from, to]: [&str; 2]) -> Result<(), Failure> {
        let text = std::fs::read_to_string(&self.page).map_err(failed("cannot read a page"))?;
        if !text.contains(from) {
            let page = self.page.display();
            return Err(Failure::Chore(format!("{page} has no line `{from}`")));
        }
        std::fs::write(&self.page, text.replacen(from, to, 1)).map_err(failed("cannot edit a page"))
    }

    /// A build from nothing.
    fn cold(&self, program: &Program, out: &Path) -> Result<Run, Failure> {
        remove(out)?;
        remove(&self.work.join(".lacuna"))?;
        build(program, out)
    }

    /// One line a program: medians over the rounds, and our share of the other's cost round by
    /// round. Then what our other builds cost of a cold one.
    fn print(&self, pages: u32, place: &str, rounds: &[Round]) {
        println!("\n{pages} pages, output in {place}, {} rounds, medians", rounds.len());
        println!(
            "{:10} {:>9} {:>9} {:>9} {:>9}  {:>9} {:>9}",
            "program", "wall s", "pages/s", "CPU s", "peak MiB", "ours/wall", "ours/CPU"
        );
        let names = [self.ours.name].into_iter().chain(self.others.iter().map(|other| other.name));
        for (index, name) in names.enumerate() {
            let middle =
                |of: fn(&Run) -> f64| median(rounds.iter().map(|round| of(&round.cold[index])));
            let wall = middle(|run| run.wall);
            print!(
                "{name:10} {wall:9.2} {:9.0} {:9.2} {:9.0}",
                f64::from(pages) / wall,
                middle(Run::cpu),
                middle(|run| run.peak_mib),
            );
            if index > 0 {
                print!("  {}", ratios(rounds, |round| (&round.cold[0], &round.cold[index])));
            }
            println!();
        }
        let touched = median(rounds.iter().map(|round| round.touched as f64));
        let share = |what: &str, of: fn(&Round) -> &Run, note: &str| {
            println!("{what:28} {}{note}", ratios(rounds, |round| (of(round), &round.cold[0])));
        };
        println!("\n{:28} {:>9} {:>9}", "of our cold build", "wall", "CPU");
        share("again, nothing changed", |round| &round.unchanged, "  no file written");
        share("again, one body changed", |round| &round.edited, &format!("  {touched} written"));
        share("the limit: read and write", |round| &round.limit, "");
        let over = ratios(rounds, |round| (&round.cold[0], &round.limit));
        println!("{:28} {over}", "our cold build, in limits");
    }

    /// What the program itself says of a cold build.
    fn print_timings(&self, folder: &Path) -> Result<(), Failure> {
        std::fs::create_dir_all(folder).map_err(failed("cannot make the output folder"))?;
        let out = folder.join(self.ours.name);
        remove(&self.work.join(".lacuna"))?;
        let arguments = self.ours.arguments(&out);
        let told = Command::new(&arguments[0])
            .args(&arguments[1..])
            .arg("--timings")
            .stdin(Stdio::null())
            .output()
            .map_err(failed("lacuna"))?;
        print!("{}", String::from_utf8_lossy(&told.stderr));
        remove(folder)
    }
}

fn build(program: &Program, out: &Path) -> Result<Run, Failure> {
    measure::run(&program.arguments(out))
        .map_err(|error| Failure::Chore(format!("{}: {error}", program.name)))
}

/// The medians of the ratios of wall and CPU time of two runs of each round.
fn ratios(rounds: &[Round], of: impl Fn(&Round) -> (&Run, &Run)) -> String {
    let middle = |cost: fn(&Run) -> f64| {
        let ratio = |round| {
            let (over, under) = of(round);
            cost(over) / cost(under)
        };
        median(rounds.iter().map(ratio))
    };
    format!("{:9.3} {:9.3}", middle(|run| run.wall), middle(Run::cpu))
}

/// How the cost of one page changes from the smallest corpus to the largest; 1.00 is linear.
fn print_growth(seconds_per_page: &BTreeMap<&str, Vec<(u32, f64)>>) {
    for (place, sizes) in seconds_per_page {
        if let [(few, small), .., (many, large)] = sizes.as_slice() {
            println!(
                "\ncost of a page, output in {place}: {:.3} ms at {few} pages, {:.3} ms at {many}: x{:.2}",
                small * 1e3,
                large * 1e3,
                large / small,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_has_defaults_and_takes_sizes_in_any_order() {
        let plan = |words: &[&str]| Plan::parse(words).ok().map(|plan| (plan.pages, plan.rounds));
        assert_eq!(plan(&[]), Some((vec![1_000, 10_000], 3)));
        assert_eq!(
            plan(&["--pages", "2_000", "--rounds=5", "--pages=50"]),
            Some((vec![50, 2_000], 5))
        );
        assert_eq!(plan(&["--pages"]), None);
        assert_eq!(plan(&["--pages", "0"]), None);
        assert_eq!(plan(&["--fast"]), None);
        assert_eq!(plan(&["--against", "no/such/program"]), None);
    }
}
