//! `cargo xtask bench build`: cold builds of a made corpus, ours and Hugo's in turn.
//!
//! A round runs every program once, so a slow minute of the machine hits all alike; ratios are
//! taken inside a round and the median of them is printed. Quote the ratios, not the times.
//! Cold means that the output folder is removed before each run; the corpus itself is in the page
//! cache after a first uncounted round. Output goes to memory (`/dev/shm`) and to disk, each with
//! its own table, since creating files on a disk can cost more than making their contents.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Failure, failed};
use measure::Run;
use peers::Program;

mod corpus;
pub mod ledger;
mod measure;
mod peers;
pub mod schemas;

/// What to time.
pub struct Plan {
    /// Corpus sizes, in pages, ascending.
    pub pages: Vec<u32>,
    /// Counted rounds; one more comes first and is not counted.
    pub rounds: u32,
}

impl Plan {
    /// Reads what follows `bench build` on the command line.
    pub fn parse(words: &[&str]) -> Result<Self, Failure> {
        let mut plan = Self { pages: Vec::new(), rounds: 3 };
        let mut rest = words.iter();
        while let Some(&word) = rest.next() {
            let (option, inline) = match word.split_once('=') {
                Some((option, value)) => (option, Some(value)),
                None => (word, None),
            };
            let mut number = || {
                let value = inline.or_else(|| rest.next().copied());
                let value =
                    value.ok_or_else(|| Failure::Usage(format!("`{option}` needs a number")))?;
                match value.replace(['_', ','], "").parse::<u32>() {
                    Ok(count) if count > 0 => Ok(count),
                    _ => Err(Failure::Usage(format!(
                        "`{option}` needs a whole number above 0, not `{value}`"
                    ))),
                }
            };
            match option {
                "--pages" => plan.pages.push(number()?),
                "--rounds" => plan.rounds = number()?,
                _ => return Err(Failure::Usage(format!("`bench build` takes no `{word}`"))),
            }
        }
        if plan.pages.is_empty() {
            plan.pages = vec![1_000, 10_000];
        }
        plan.pages.sort_unstable();
        plan.pages.dedup();
        Ok(plan)
    }
}

/// Makes the corpora, builds the release binary, and prints one table per size and place.
pub fn run(root: &Path, plan: &Plan) -> Result<(), Failure> {
    let home = bench_home()?;
    let ours = release_binary(root)?;
    let hugo = peers::hugo(&home);
    if hugo.is_none() {
        eprintln!("{}", peers::how_to_install(&home));
    }

    let mut seconds_per_page: BTreeMap<&str, Vec<(u32, f64)>> = BTreeMap::new();
    for &pages in &plan.pages {
        let made = corpus::make(root, &home, pages)?;
        let mut programs = vec![peers::lacuna(&ours, &made.join("plain"))];
        if let Some(hugo) = &hugo {
            programs.push(peers::hugo_build(hugo, &made.join("hugo")));
        }
        for (place, folder) in places(&home) {
            let rounds = measure_rounds(&programs, &folder, plan.rounds)?;
            print_table(pages, place, &programs, &rounds);
            let wall = median(rounds.iter().map(|round| round[0].wall));
            seconds_per_page.entry(place).or_default().push((pages, wall / f64::from(pages)));
        }
    }
    print_growth(&seconds_per_page);
    Ok(())
}

/// Where corpora and peers are kept: `$LACUNA_BENCH`, or a folder in the user's cache.
fn bench_home() -> Result<PathBuf, Failure> {
    let home = match (std::env::var_os("LACUNA_BENCH"), std::env::var_os("HOME")) {
        (Some(chosen), _) => PathBuf::from(chosen),
        (None, Some(user)) => PathBuf::from(user).join(".cache/lacuna-bench"),
        (None, None) => {
            return Err(Failure::Chore(
                "neither LACUNA_BENCH nor HOME says where to keep the corpus".to_owned(),
            ));
        }
    };
    std::fs::create_dir_all(&home).map_err(failed("cannot make the benchmark's folder"))?;
    home.canonicalize().map_err(failed("cannot find the benchmark's folder"))
}

/// Builds `lacuna` optimised and returns the path of the binary.
fn release_binary(root: &Path) -> Result<PathBuf, Failure> {
    let built = Command::new(crate::test::cargo_path())
        .args(["build", "--release", "--package", "lacuna"])
        .current_dir(root)
        .status()
        .map_err(failed("cannot start cargo"))?;
    if !built.success() {
        return Err(Failure::Chore("the release build failed".to_owned()));
    }
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    Ok(root.join(target).join("release").join(format!("lacuna{}", std::env::consts::EXE_SUFFIX)))
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

/// Runs every program once a round; the first round warms the page cache and is thrown away.
fn measure_rounds(
    programs: &[Program],
    folder: &Path,
    rounds: u32,
) -> Result<Vec<Vec<Run>>, Failure> {
    let mut measured = Vec::new();
    for round in 0..=rounds {
        let mut runs = Vec::new();
        for program in programs {
            let out = folder.join(program.name);
            remove(&out)?;
            std::fs::create_dir_all(folder).map_err(failed("cannot make the output folder"))?;
            let run = measure::run(&program.arguments(&out))
                .map_err(|error| Failure::Chore(format!("{}: {error}", program.name)))?;
            remove(&out)?;
            runs.push(run);
        }
        if round > 0 {
            measured.push(runs);
        }
    }
    remove(folder)?;
    Ok(measured)
}

fn remove(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(failed("cannot remove an output folder"))?;
    }
    Ok(())
}

/// One line a program: medians over the rounds, and our share of the other's cost round by round.
fn print_table(pages: u32, place: &str, programs: &[Program], rounds: &[Vec<Run>]) {
    println!("\n{pages} pages, output in {place}, {} rounds, medians", rounds.len());
    println!(
        "{:10} {:>9} {:>9} {:>9} {:>9}  {:>9} {:>9}",
        "program", "wall s", "pages/s", "CPU s", "peak MiB", "ours/wall", "ours/CPU"
    );
    for (index, program) in programs.iter().enumerate() {
        let middle = |of: fn(&Run) -> f64| median(rounds.iter().map(|round| of(&round[index])));
        let ratio = |of: fn(&Run) -> f64| {
            median(rounds.iter().map(|round| of(&round[0]) / of(&round[index])))
        };
        let wall = middle(|run| run.wall);
        print!(
            "{:10} {:9.2} {:9.0} {:9.2} {:9.0}",
            program.name,
            wall,
            f64::from(pages) / wall,
            middle(Run::cpu),
            middle(|run| run.peak_mib),
        );
        if index > 0 {
            print!("  {:9.3} {:9.3}", ratio(|run| run.wall), ratio(Run::cpu));
        }
        println!();
    }
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

/// The middle value; of an even count, the mean of the middle two; of none, 0.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    match (sorted.len(), sorted.len() / 2) {
        (0, _) => 0.0,
        (count, middle) if count % 2 == 1 => sorted[middle],
        (_, middle) => f64::midpoint(sorted[middle - 1], sorted[middle]),
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
    }

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), 2.0);
        assert_eq!(median([4.0, 1.0].into_iter()), 2.5);
    }
}
