//! The project's own chores, run as `cargo xtask`: the whole gate, and the benchmark.
//!
//! `test` is what a change must pass; `bench build` times builds of a made corpus, `bench serve` the
//! way of an edit to the browser, beside Hugo when that is installed. Nothing here is part of the
//! published package.

#![expect(
    clippy::disallowed_methods,
    reason = "a chore starts programs, reads the clock and the environment, and writes its own folders"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use bench::past::What;

mod bench;
mod checkers;
mod chromium;
mod corpus;
mod deny;
mod fuzz;
mod growth;
mod soak;
mod test;

const USAGE: &str = "\
Usage: cargo xtask <CHORE>

Chores:
  test                        Format, lint, test, then build this repository strictly
  deny                        Check what the program depends on, by the rules of `deny.toml`
  audit                       Print what Lighthouse says of three pages of this repository
  bench build [--pages N]...  Time builds of a made corpus of N pages: cold, with nothing and
              [--rounds N]    with one page changed, against the cost of reading and writing
              [--binary PATH] (1,000 and 10,000 pages, 3 rounds, unless told otherwise),
              [--against PATH] and against another `lacuna`
  bench serve [--pages N]...  Time an edit from its save to its new bytes over HTTP, and look at
              [--edits N]     memory after many edits (1,000 and 10,000 pages, 30 edits of each
              [--many N]      kind, 1,000 for memory, unless told otherwise)
              [--binary PATH]
  bench ledger [--gaps N]     Time a made ledger against made research, and how that grows
              [--megabytes N] (5,000 gaps, 100 MB, 3 rounds, unless told otherwise)
              [--rounds N] [--binary PATH]
  bench schemas [--rounds N]  Time the site of all of google-proto-files (3 rounds)
              [--binary PATH]
  bench history               Time the history of a made repository, cold and warm
              [--documents N] (1,000 documents, 500 commits, 3 rounds, unless told otherwise)
              [--commits N] [--rounds N] [--binary PATH]
  bench diff                  Time comparisons of its revisions beside a check; same options
  fuzz [TARGET]...            Try the readers, the pages and the server with made inputs, each target
              [--seconds N]   of `fuzz/` for a while (60 seconds, one at a time, unless told
              [--beside N]    otherwise); needs cargo-fuzz
  growth [--made N]           Build one document of 1 MiB for each of the known slow texts and for N
         [--seed N] [--kib N] patterns made by chance (100, seed 1), and see that the time grows no
         [--seconds N]        faster than n^1.3 and stays under N seconds (2); `--as` names the
         [--as PATH]          document (docs/a.md unless told otherwise)
         [--binary PATH]
  soak [--minutes N]          Edit and read a served site of 1,000 pages for some time, and see that
              [--binary PATH] memory, descriptors and threads stay, and that the site is that of a
              [--seed N]      clean build (10 minutes, seed 1, unless told otherwise)
  corpus                      Fetch real schema trees into `.corpus/`, by name and version
  bench support               Print how verdicts on citations agree with those made by hand
  help                        Print this text";

/// Why a chore stopped.
pub enum Failure {
    /// The command line makes no sense.
    Usage(String),
    /// The chore ran, and something it needs or checks did not hold.
    Chore(String),
}

/// Turns anything printable into a failed chore, with what was being done.
pub fn failed<E: std::fmt::Display>(doing: &str) -> impl FnOnce(E) -> Failure {
    move |error| Failure::Chore(format!("{doing}: {error}"))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["help" | "-h" | "--help"] => {
            println!("{USAGE}");
            Ok(())
        }
        ["test"] => test::run(&repository()),
        ["test", extra, ..] => Err(Failure::Usage(format!("`test` takes no `{extra}`"))),
        ["deny"] => match deny::holds(&repository()) {
            Ok(false) => {
                Err(Failure::Chore("a dependency breaks a rule of `deny.toml`".to_owned()))
            }
            other => other.map(|_| ()),
        },
        ["deny", extra, ..] => Err(Failure::Usage(format!("`deny` takes no `{extra}`"))),
        ["audit"] => checkers::audit(&repository()),
        ["audit", extra, ..] => Err(Failure::Usage(format!("`audit` takes no `{extra}`"))),
        ["bench", "build", rest @ ..] => {
            bench::build::Plan::parse(rest).and_then(|plan| bench::build::run(&repository(), &plan))
        }
        ["bench", "serve", rest @ ..] => {
            bench::serve::Plan::parse(rest).and_then(|plan| bench::serve::run(&repository(), &plan))
        }
        ["bench", "ledger", rest @ ..] => bench::ledger::Plan::parse(rest)
            .and_then(|plan| bench::ledger::run(&repository(), &plan)),
        ["bench", "schemas", rest @ ..] => bench::schemas::Plan::parse(rest)
            .and_then(|plan| bench::schemas::run(&repository(), &plan)),
        ["bench", "history", rest @ ..] => bench::past::Plan::parse(What::History, rest)
            .and_then(|plan| bench::past::run(&repository(), &plan)),
        ["bench", "diff", rest @ ..] => bench::past::Plan::parse(What::Diff, rest)
            .and_then(|plan| bench::past::run(&repository(), &plan)),
        ["fuzz", rest @ ..] => {
            fuzz::Plan::parse(rest).and_then(|plan| fuzz::run(&repository(), &plan))
        }
        ["growth", rest @ ..] => {
            growth::Plan::parse(rest).and_then(|plan| growth::run(&repository(), &plan))
        }
        ["soak", rest @ ..] => {
            soak::Plan::parse(rest).and_then(|plan| soak::run(&repository(), &plan))
        }
        ["corpus"] => corpus::run(&repository()),
        ["corpus", extra, ..] => Err(Failure::Usage(format!("`corpus` takes no `{extra}`"))),
        ["bench", "support"] => test::support(&repository()),
        ["bench", other, ..] => Err(Failure::Usage(format!("there is no benchmark `{other}`"))),
        ["bench"] => Err(Failure::Usage(
            "`bench` needs `build`, `serve`, `ledger`, `schemas`, `history`, `diff` or `support`"
                .to_owned(),
        )),
        [other, ..] => Err(Failure::Usage(format!("there is no chore `{other}`"))),
        [] => Err(Failure::Usage("no chore was named".to_owned())),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(problem)) => {
            eprintln!("error: {problem}\n\n{USAGE}");
            ExitCode::from(2)
        }
        Err(Failure::Chore(problem)) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository, wherever the chore was started from.
fn repository() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}
