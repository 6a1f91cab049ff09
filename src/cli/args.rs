//! The arguments of the command line.

mod check;
mod cite;
mod export;
mod init;

use std::{
    net::IpAddr,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::config::check_base_url;
use crate::model::{day, version::Label};
pub use check::{BaselineWork, Check, FindingsFormat};
pub use cite::{Cite, CiteWork};
pub use export::{Export, ExportFormat};
pub use init::{CiHost, Init};

const EXAMPLES: &str = "\
Examples:
  lacuna serve --open           Show this folder as a site while you write
  lacuna build                  Compile this folder into site/
  lacuna check --strict         Fail on warnings too, for CI
  lacuna status                 Say how each gap stands
  lacuna next                   Say which document to write next
  lacuna explain GAP-002        Show the proof of one gap
  lacuna explain broken-link    Tell what a diagnostic means

Exit codes:
  0  nothing is at fault
  1  the content has errors, or warnings with --strict
  2  the work could not be done";

/// Compiles research, decisions, schemas, gap analyses and Markdown into one site.
#[derive(Clone, Debug, PartialEq, Eq, Parser)]
#[command(name = "lacuna", version, after_help = EXAMPLES)]
#[command(arg_required_else_help = true, infer_subcommands = false)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub options: Options,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The options that stand before or after the command.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Options for every command")]
pub struct Options {
    /// Write the site to this folder instead of `site`
    #[arg(short, long, global = true, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,

    /// Publish under this address, for the site map and canonical links
    #[arg(short = 'u', long, global = true, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,

    /// Read this file instead of `lacuna.toml`
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Fail on warnings too
    #[arg(long, global = true)]
    pub strict: bool,

    /// Read documents that say they are drafts, too
    #[arg(long, global = true)]
    pub drafts: bool,

    /// Print diagnostics and nothing else
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Print more about what was done
    #[arg(short, long, global = true)]
    pub verbose: bool,

    /// Colour the output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}

impl Options {
    /// How much to print.
    pub fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        }
    }
}

/// How much is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Diagnostics only.
    Quiet,
    /// Diagnostics and a summary.
    Normal,
    /// Everything worth knowing.
    Verbose,
}

/// When to colour the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The arguments of `serve`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Serve {
    /// The project
    #[command(flatten)]
    pub project: Project,

    /// Open the site in a browser
    #[arg(long)]
    pub open: bool,

    /// Listen on this port, and no other [default: 4000, or the next free one]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,

    /// Listen on this address; anything but this machine's own lets the network in
    #[arg(long, value_name = "ADDRESS", default_value_t = Self::HOST)]
    pub host: IpAddr,

    /// Answer to this name, too; may be given several times
    #[arg(long = "allow-host", value_name = "NAME")]
    pub allow_hosts: Vec<String>,

    /// Look at all files every so many milliseconds, where the system tells of no changes
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u64).range(50..))]
    pub poll: Option<u64>,

    /// Leave pages as they were loaded
    #[arg(long)]
    pub no_reload: bool,
}

/// The arguments of `build`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Build {
    /// The project
    #[command(flatten)]
    pub project: Project,

    /// Build a second time from nothing, and fail if any file differs
    #[arg(long)]
    pub verify: bool,

    /// Say how long each stage took
    #[arg(long)]
    pub timings: bool,

    /// Neither use nor leave anything in `.lacuna`
    #[arg(long)]
    pub no_cache: bool,

    /// Write the site as this version, to a folder of that name beside those of other versions
    #[arg(long, value_name = "LABEL", value_parser = Label::new)]
    pub version_label: Option<Label>,
}

/// The arguments of `clean`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Clean {
    /// The project
    #[command(flatten)]
    pub project: Project,

    /// Remove this version, and leave the others
    #[arg(long, value_name = "LABEL", value_parser = Label::new)]
    pub version_label: Option<Label>,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Compile the project into a site
    #[command(
        after_help = "Examples:\n  lacuna build docs -o public -u https://example.org/docs/\n  \
                            lacuna build --version-label v2"
    )]
    Build(Build),

    /// Show the site in a browser while you write, and follow every save
    #[command(after_help = "Examples:\n  lacuna serve --open\n  \
                            lacuna serve docs --port 8080\n\n\
                            Keys: o open, r rebuild from nothing, c clear, q quit")]
    Serve(Serve),

    /// Report what is wrong without writing anything
    #[command(after_help = check::EXAMPLES)]
    Check(Check),

    /// Print all that is known of the project, for other programs
    #[command(after_help = export::EXAMPLES)]
    Export(Export),

    /// Say how each gap stands, the worst last
    #[command(after_help = "Examples:\n  lacuna status\n  \
                            lacuna status --format markdown > comment.md")]
    Status {
        /// The project
        #[command(flatten)]
        project: Project,
        /// The form of the output
        #[arg(long, value_name = "FORMAT", default_value = "table")]
        format: ReportFormat,
    },

    /// Say which document to write next, and from what
    #[command(after_help = "Examples:\n  lacuna next\n  lacuna next --max 3")]
    Next {
        /// The project
        #[command(flatten)]
        project: Project,
        /// Name at most so many documents
        #[arg(long, value_name = "N", default_value = "10")]
        max: NonZeroUsize,
        /// The form of the output
        #[arg(long, value_name = "FORMAT", default_value = "table")]
        format: ReportFormat,
    },

    /// Compare two revisions: gaps, coverage, decisions, schemas, citations, diagnostics
    #[command(after_help = DIFF)]
    Diff(Diff),

    /// Show how coverage went from commit to commit
    #[command(after_help = "Examples:\n  lacuna history\n  \
                            lacuna history --since 2026-01-01 --max 12")]
    History(History),

    /// Tell why: the proof of a record, the kind of a file, the meaning of a code
    #[command(after_help = "Examples:\n  lacuna explain GAP-002\n  lacuna explain docs/a.md\n  \
                            lacuna explain broken-link")]
    Explain {
        /// An id, a file or the code of a diagnostic
        what: String,
        /// The project
        #[command(flatten)]
        project: Project,
    },

    /// Compare the cited lines with what they were when they were accepted
    #[command(after_help = cite::EXAMPLES)]
    Cite(Cite),

    /// Write the gaps of a gap analysis, a CSV or a needs.json as records, one file each
    #[command(after_help = "Examples:\n  lacuna import docs/GAP-ANALYSIS.md --dry-run\n  \
                            lacuna import docs/GAP-ANALYSIS.md --to docs/gaps\n  \
                            lacuna import gaps.csv\n  \
                            lacuna import needs.json --type req --type spec")]
    Import {
        /// The gap analysis, or a file that ends in `.csv` or `.json`
        #[arg(value_name = "FILE")]
        source: String,
        /// The project
        #[command(flatten)]
        project: Project,
        /// Write to this folder of the project instead of the one that holds its records
        #[arg(long, value_name = "FOLDER")]
        to: Option<String>,
        /// Take needs of this type; may be given again [gap, or all where the file has none]
        #[arg(long = "type", value_name = "TYPE")]
        types: Vec<String>,
        /// Print what would be written, and write nothing
        #[arg(long)]
        dry_run: bool,
    },

    /// Write a new decision, gap record or document, in the manner of the project
    #[command(after_help = NEW)]
    New(New),

    /// Write a commented `lacuna.toml`, and a workflow for CI
    #[command(after_help = init::EXAMPLES)]
    Init(Init),

    /// Remove the site that was built
    #[command(after_help = "Examples:\n  lacuna clean\n  lacuna clean --version-label v1")]
    Clean(Clean),

    /// Print the completion script of a shell
    #[command(after_help = "Example:\n  \
                            lacuna completion fish > ~/.config/fish/completions/lacuna.fish")]
    Completion {
        /// The shell
        shell: Shell,
    },

    /// Print the manual page, or write those of all commands
    #[command(after_help = "Examples:\n  lacuna man | man -l -\n  \
                            lacuna man --to ~/.local/share/man/man1")]
    Man {
        /// Write the pages of all commands to this folder
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
    },
}

impl Command {
    /// The folder of the project, for the commands that have one.
    pub fn root(&self) -> Option<&Path> {
        match self {
            Self::Build(Build { project, .. })
            | Self::Serve(Serve { project, .. })
            | Self::Check(Check { project, .. })
            | Self::Export(Export { project, .. })
            | Self::Import { project, .. }
            | Self::Status { project, .. }
            | Self::Next { project, .. }
            | Self::Init(Init { project, .. })
            | Self::Clean(Clean { project, .. }) => Some(&project.dir),
            Self::Cite(cite) => Some(&cite.project.dir),
            Self::Diff(diff) => Some(&diff.project.dir),
            Self::History(history) => Some(&history.project.dir),
            Self::New(new) => Some(&new.dir),
            Self::Explain { project, .. } => Some(&project.dir),
            Self::Completion { .. } | Self::Man { .. } => None,
        }
    }
}

/// The project a command works on.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Project {
    /// The folder of the project
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
}

/// The arguments of `diff`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Diff {
    /// What to compare with, as git names it; without `..HEAD` the files as they are now
    #[arg(value_name = "BASE[..HEAD]")]
    pub range: String,

    /// The project
    #[command(flatten)]
    pub project: Project,

    /// The form of the output
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: DiffFormat,

    /// Link the entries to the pages of a site at this address
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub preview: Option<String>,
}

/// The arguments of `history`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct History {
    /// The project
    #[command(flatten)]
    pub project: Project,

    /// Leave out what is older than this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub since: Option<i64>,

    /// Look at no more than so many commits, spread evenly
    #[arg(long, value_name = "N", default_value = "100")]
    pub max: NonZeroUsize,

    /// The form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: HistoryFormat,
}

/// The form of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HistoryFormat {
    /// Text for a terminal, at most 80 columns wide
    Table,
    /// One JSON document, described in `schemas/lacuna/v1/history.proto`
    Json,
}

/// The form of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Text for a terminal
    Human,
    /// Markdown for a comment on a pull request or the summary of a workflow
    Markdown,
    /// One JSON document, described in `schemas/lacuna/v1/changes.proto`
    Json,
}

const DIFF: &str = "\
Examples:
  lacuna diff main                  Compare the files as they are now with main
  lacuna diff origin/main...HEAD    Compare the last commit with where it left main
  lacuna diff v1.0..v1.1 --format markdown
                                    Compare two releases, for a comment

Exit codes:
  0  nothing got worse
  1  something got worse: a gap is open again, weakened or taken away, less is covered, a schema
     breaks, a citation broke, an error or a warning is new
  2  the revisions could not be compared";

/// The arguments of `new`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct New {
    /// What to write
    #[command(subcommand)]
    pub what: NewWhat,

    /// The folder of the project
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,

    /// Show what would be written, and write nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
}

/// What `new` writes.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum NewWhat {
    /// A decision with the next number, like those that are there
    Decision {
        /// Its title
        title: String,
        /// Supersede this decision, by number, id or file; may be given again
        #[arg(long, value_name = "N|ID|FILE")]
        supersedes: Vec<String>,
    },
    /// A gap record with the next id
    Gap {
        /// Its title
        title: String,
        /// Its priority, such as P1
        #[arg(long, value_name = "P")]
        priority: Option<String>,
        /// A citation of research, such as "notes.md (lines 3-9)"; may be given again
        #[arg(long, value_name = "CITE")]
        evidence: Vec<String>,
    },
    /// A document for a gap, with the evidence of the gap
    Document {
        /// Its title
        title: String,
        /// The id of the gap it is to fill
        #[arg(long = "for", value_name = "GAP-ID")]
        gap: String,
    },
}

const NEW: &str = "\
Examples:
  lacuna new decision \"Use hemp ropes\"
  lacuna new decision \"Use wire ropes\" --supersedes 7
  lacuna new gap \"Nobody knows the tides\" --priority P1 --evidence \"notes/sea.md (lines 3-9)\"
  lacuna new document \"Tides\" --for GAP-004 --dry-run";

/// The form of a report for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Text for a terminal, at most 80 columns wide
    Table,
    /// One JSON document, described in `schemas/lacuna/v1/report.proto`
    Json,
    /// Markdown for a comment on a pull request
    Markdown,
}

/// The first second of a day.
fn day(text: &str) -> Result<i64, String> {
    day::to_seconds(text).ok_or_else(|| "a day is written like 2026-11-21".to_owned())
}

fn base_url(url: &str) -> Result<String, String> {
    check_base_url(url).map(|()| url.to_owned())
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, error::ErrorKind};

    use super::*;

    fn parse(line: &str) -> Result<Cli, ErrorKind> {
        Cli::try_parse_from(line.split(' ')).map_err(|error| error.kind())
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn options_stand_before_or_after_the_command() {
        let before = parse("lacuna -o out -u https://x.org --strict -q --color never build docs");
        let after = parse("lacuna build docs -o out -u https://x.org --strict -q --color never");
        assert_eq!(before, after);
        let cli = after.expect("valid");
        assert_eq!(cli.command.root(), Some(Path::new("docs")));
        assert_eq!(cli.options.output_dir.as_deref(), Some(Path::new("out")));
        assert_eq!(cli.options.verbosity(), Verbosity::Quiet);
        assert_eq!(cli.options.color, ColorChoice::Never);
    }

    #[test]
    fn every_command_has_its_defaults() {
        for line in [
            "build",
            "check",
            "cite",
            "export",
            "status",
            "next",
            "history",
            "diff main",
            "init",
            "clean",
            "explain A-1",
            "import a",
            "new decision a",
        ] {
            let cli = parse(&format!("lacuna {line}")).expect("valid");
            assert_eq!(cli.command.root(), Some(Path::new(".")), "{line}");
            assert_eq!(cli.options, Options::default(), "{line}");
        }
        assert_eq!(
            parse("lacuna completion bash").map(|cli| cli.command.root().is_none()),
            Ok(true)
        );
    }

    #[test]
    fn refuses_what_makes_no_sense() {
        assert_eq!(parse("lacuna build -q -v"), Err(ErrorKind::ArgumentConflict));
        assert_eq!(parse("lacuna cite --check --fix"), Err(ErrorKind::ArgumentConflict));
        assert_eq!(parse("lacuna -u ftp://x build"), Err(ErrorKind::ValueValidation));
        assert_eq!(parse("lacuna export --format xml"), Err(ErrorKind::InvalidValue));
        assert_eq!(parse("lacuna next --max 0"), Err(ErrorKind::ValueValidation));
        assert_eq!(parse("lacuna diff"), Err(ErrorKind::MissingRequiredArgument));
        assert_eq!(parse("lacuna history --since 2026-02-30"), Err(ErrorKind::ValueValidation));
        assert_eq!(parse("lacuna --version"), Err(ErrorKind::DisplayVersion));
        assert_eq!(parse("lacuna bild"), Err(ErrorKind::InvalidSubcommand));
    }
}
