//! `cargo xtask growth`: whole builds of one document of 1 MiB that is made to be slow.
//!
//! The texts are those of `tests/hostile/patterns.rs`, and patterns made by chance from its marks.
//! What counts is the time of the processor, less that of a build of an empty document, so that a
//! busy machine changes little; all is in memory where the system allows, so that the disk does not
//! count. The time of each text must grow no faster than its length to the power of 1.3, judged over
//! a quarter, a half and the whole of the length, and stay under a limit.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bench::{measure, memory_home, options, release_binary, remove};
use crate::{Failure, failed};

#[path = "../../tests/hostile/patterns.rs"]
mod patterns;

/// The time may grow with the length of a text to this power, at most.
const EXPONENT: f64 = 1.3;

/// A build that takes less is too quick for an exponent, in seconds.
const QUICK: f64 = 0.3;

/// A text that looks slow is built so many times, and the least time of each length counts.
const REPEATS: usize = 3;

/// So many of the slowest are printed.
const PRINTED: usize = 10;

/// What to do.
pub struct Plan {
    /// How many patterns are made by chance.
    made: u32,
    seed: u32,
    kibibytes: u32,
    /// The most that a text may take.
    seconds: u32,
    /// The file of the project that the texts are written to.
    file: String,
    /// The program, when it is not to be built.
    binary: Option<PathBuf>,
}

impl Plan {
    /// Reads what follows `growth` on the command line.
    pub fn parse(words: &[&str]) -> Result<Self, Failure> {
        let file = "docs/a.md".to_owned();
        let mut plan =
            Self { made: 100, seed: 1, kibibytes: 1_024, seconds: 2, file, binary: None };
        options::each(words, |option, value| {
            match option {
                "--made" => plan.made = options::number(option, value)?,
                "--seed" => plan.seed = options::number(option, value)?,
                "--kib" => plan.kibibytes = options::number(option, value)?,
                "--seconds" => plan.seconds = options::number(option, value)?,
                "--as" => value.clone_into(&mut plan.file),
                "--binary" => plan.binary = Some(options::program(option, value)?),
                _ => return Err(Failure::Usage(format!("`growth` takes no `{option}`"))),
            }
            Ok(())
        })?;
        Ok(plan)
    }
}

/// How one text did.
struct Outcome {
    name: String,
    seconds: f64,
    /// None for a text that is built too quickly to tell.
    exponent: Option<f64>,
}

/// Builds every text, prints the slowest, and fails when one of them is too slow.
pub fn run(root: &Path, plan: &Plan) -> Result<(), Failure> {
    let binary = match &plan.binary {
        Some(binary) => binary.clone(),
        None => release_binary(root)?,
    };
    let work = memory_home()?.join(format!("lacuna-growth-{}", std::process::id()));
    let builder = Builder::new(&binary, work.join("project"), work.join("out"), &plan.file)?;
    let bytes = plan.kibibytes as usize * 1_024;
    let limit = f64::from(plan.seconds);
    let mut outcomes = Vec::new();
    for (name, shape) in patterns::SHAPES {
        outcomes.push(judged(&builder, (*name).to_owned(), (bytes, limit), shape)?);
    }
    let mut known: Vec<String> =
        patterns::KNOWN.iter().chain(patterns::MARKS).map(|known| (*known).to_owned()).collect();
    known.extend(patterns::made(plan.made as usize, u64::from(plan.seed)));
    for pattern in known {
        let text = |bytes| patterns::repeated(&pattern, bytes);
        outcomes.push(judged(&builder, format!("{pattern:?}"), (bytes, limit), &text)?);
    }
    remove(&work)?;

    outcomes.sort_by(|one, other| other.seconds.total_cmp(&one.seconds));
    println!("{} texts of {} KiB as {}; CPU seconds", outcomes.len(), plan.kibibytes, plan.file);
    outcomes.iter().take(PRINTED).for_each(|outcome| println!("{outcome}"));
    let is_slow = |outcome: &&Outcome| {
        outcome.seconds > limit || outcome.exponent.is_some_and(|exponent| exponent > EXPONENT)
    };
    let slow: Vec<String> = outcomes.iter().filter(is_slow).map(Outcome::to_string).collect();
    if slow.is_empty() {
        println!("none takes more than {limit} s or grows faster than n^{EXPONENT}");
        return Ok(());
    }
    let count = slow.len();
    Err(Failure::Chore(format!("{count} texts are too slow:\n{}", slow.join("\n"))))
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.exponent {
            Some(exponent) => write!(f, "{:7.2} s  n^{exponent:.2}  {}", self.seconds, self.name),
            None => write!(f, "{:7.2} s          {}", self.seconds, self.name),
        }
    }
}

/// Builds a text at three lengths, again when it looks slow.
fn judged(
    builder: &Builder<'_>,
    name: String,
    (bytes, limit): (usize, f64),
    text: &dyn Fn(usize) -> String,
) -> Result<Outcome, Failure> {
    let lengths = [bytes / 4, bytes / 2, bytes];
    let mut least = [f64::INFINITY; 3];
    for _ in 0..REPEATS {
        for (least, length) in least.iter_mut().zip(lengths).rev() {
            *least = least.min(builder.seconds(&name, &text(length))?);
            if *least < QUICK && length == bytes {
                return Ok(Outcome { name, seconds: *least, exponent: None });
            }
        }
        if exponent(least) <= EXPONENT && least[2] <= limit {
            break;
        }
    }
    let outcome = Outcome { name, seconds: least[2], exponent: Some(exponent(least)) };
    eprintln!("{outcome}");
    Ok(outcome)
}

/// The power of the length with which times grow that were taken at a length, twice and four times
/// that: the slope of the line of least squares through their logarithms.
fn exponent(times: [f64; 3]) -> f64 {
    // Less than a tick is noise.
    let [first, _, last] = times.map(|time| time.max(0.005));
    (last / first).log2() / 2.0
}

/// A project of one document, built again and again.
struct Builder<'a> {
    binary: &'a Path,
    project: PathBuf,
    out: PathBuf,
    file: PathBuf,
    /// What a build of an empty document takes.
    nothing: f64,
}

impl<'a> Builder<'a> {
    fn new(binary: &'a Path, project: PathBuf, out: PathBuf, file: &str) -> Result<Self, Failure> {
        let file = project.join(file);
        let parent = file.parent().unwrap_or(&project);
        fs::create_dir_all(parent).map_err(failed("cannot make the project"))?;
        let mut builder = Self { binary, project, out, file, nothing: 0.0 };
        let mut nothing = f64::INFINITY;
        for _ in 0..REPEATS {
            nothing = nothing.min(builder.seconds("nothing", "# A\n")?);
        }
        builder.nothing = nothing;
        Ok(builder)
    }

    /// The seconds of the processor that a text costs.
    fn seconds(&self, name: &str, text: &str) -> Result<f64, Failure> {
        remove(&self.out)?;
        fs::write(&self.file, text).map_err(failed("cannot write the document"))?;
        let arguments = [
            self.binary.as_os_str(),
            "build".as_ref(),
            "--quiet".as_ref(),
            "--no-cache".as_ref(),
            "--output-dir".as_ref(),
            self.out.as_os_str(),
            self.project.as_os_str(),
        ];
        let arguments: Vec<_> = arguments.into_iter().map(ToOwned::to_owned).collect();
        let run = measure::run_any(&arguments, &[0, 1]);
        let run = run.map_err(failed(&format!("the build of {name}")))?;
        Ok((run.cpu() - self.nothing).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponent_is_that_of_the_length() {
        assert!((exponent([1.0, 2.0, 4.0]) - 1.0).abs() < 1e-9);
        assert!((exponent([1.0, 4.0, 16.0]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn every_shape_has_its_length() {
        for (name, shape) in patterns::SHAPES {
            for bytes in [20_000, 200_000] {
                let length = shape(bytes).len();
                assert!((bytes / 2..bytes * 2).contains(&length), "{name}: {length}");
            }
        }
        assert_eq!(patterns::made(9, 3), patterns::made(9, 3));
    }
}
