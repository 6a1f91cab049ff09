//! `cargo xtask bench schemas`: all of `google-proto-files` built to a site.
//!
//! Printed are the medians over cold builds into memory: pages in a second of wall time, CPU time
//! and peak memory. A site is published whole or not at all, so a build's first page is there when
//! its last one is: the time to a first page is the wall time. The small corpora are built too, so
//! that the cost of a page shows how it grows.

use std::path::{Path, PathBuf};

use super::{measure, median, memory_home, release_binary, remove};
use crate::{Failure, corpus, failed};

/// What to time.
pub struct Plan {
    /// Rounds; the median is printed.
    pub rounds: u32,
    /// The program, when it is not to be built.
    pub binary: Option<PathBuf>,
}

impl Plan {
    /// Reads what follows `bench schemas` on the command line.
    pub fn parse(words: &[&str]) -> Result<Self, Failure> {
        let mut plan = Self { rounds: 3, binary: None };
        let mut rest = words.iter();
        while let Some(&option) = rest.next() {
            let value =
                rest.next().ok_or_else(|| Failure::Usage(format!("`{option}` needs a value")))?;
            match (option, value.parse::<u32>()) {
                ("--rounds", Ok(rounds)) if rounds > 0 => plan.rounds = rounds,
                ("--rounds", _) => {
                    return Err(Failure::Usage(format!(
                        "`--rounds` needs a number, not `{value}`"
                    )));
                }
                ("--binary", _) => plan.binary = Some(PathBuf::from(value)),
                _ => return Err(Failure::Usage(format!("`bench schemas` takes no `{option}`"))),
            }
        }
        Ok(plan)
    }
}

/// Fetches the corpora where needed, builds each and prints the figures.
pub fn run(root: &Path, plan: &Plan) -> Result<(), Failure> {
    let program = match &plan.binary {
        Some(binary) => binary.clone(),
        None => release_binary(root)?,
    };
    let home = memory_home()?;
    let out = home.join(format!("lacuna-schemas-{}", std::process::id()));
    println!(
        "{:26} {:>7} {:>8} {:>8} {:>9} {:>9} {:>12}",
        "corpus", "pages", "wall s", "CPU s", "peak MiB", "pages/s", "CPU ms/page"
    );
    for corpus in &corpus::ALL {
        let folder = corpus::fetch(root, corpus)?;
        let command = [
            program.as_os_str(),
            "build".as_ref(),
            folder.as_os_str(),
            "-o".as_ref(),
            out.as_os_str(),
            "-q".as_ref(),
        ]
        .map(std::ffi::OsStr::to_owned);
        let mut runs = Vec::new();
        let mut pages = 0;
        for _ in 0..plan.rounds {
            remove(&out)?;
            runs.push(measure::run_any(&command, &[0, 1]).map_err(failed("lacuna build"))?);
            pages = count_pages(&out)?;
        }
        remove(&out)?;
        let wall = median(runs.iter().map(|run| run.wall));
        let cpu = median(runs.iter().map(measure::Run::cpu));
        let peak = median(runs.iter().map(|run| run.peak_mib));
        let count = f64::from(pages);
        println!(
            "{:26} {pages:7} {wall:8.2} {cpu:8.2} {peak:9.0} {:9.0} {:12.2}",
            corpus.name,
            count / wall,
            cpu / count * 1e3
        );
    }
    println!("\nA site is published whole: the time to a first page is the wall time.");
    Ok(())
}

fn count_pages(folder: &Path) -> Result<u32, Failure> {
    let mut pages = 0;
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).map_err(failed("cannot read the site"))?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                pages += 1;
            }
        }
    }
    Ok(pages)
}
