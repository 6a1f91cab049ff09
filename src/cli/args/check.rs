//! The arguments of `check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Project;

/// The arguments of `check`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Check {
    /// The project
    #[command(flatten)]
    pub project: Project,

    /// The form of the findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: FindingsFormat,

    /// Fail only on findings that this file does not have
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Write the baseline: all findings the first time, later only without those that are gone
    #[arg(long, requires = "baseline")]
    pub write_baseline: bool,

    /// Add new findings to the baseline that is written
    #[arg(long, requires = "write_baseline")]
    pub accept_new: bool,

    /// Judge the change since this revision: by its gate, levels, waivers and baseline
    #[arg(long, value_name = "REV", conflicts_with = "write_baseline")]
    pub base: Option<String>,

    /// Ask for the addresses of others that the texts link to; this uses the network
    #[arg(long)]
    pub external: bool,

    /// Report everything and fail on nothing
    #[arg(long)]
    pub informational: bool,
}

/// What becomes of the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaselineWork {
    /// It is compared with.
    Compare,
    /// What is gone is removed from it; it is made when there is none.
    Shrink,
    /// It is made anew from all findings.
    Renew,
}

impl Check {
    /// What is asked for with the baseline; the options need each other.
    pub fn baseline_work(&self) -> BaselineWork {
        match (self.write_baseline, self.accept_new) {
            (_, true) => BaselineWork::Renew,
            (true, false) => BaselineWork::Shrink,
            _ => BaselineWork::Compare,
        }
    }
}

/// The form of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FindingsFormat {
    /// For people: the line at fault, and help
    Human,
    /// One line a finding, as editors read it
    Concise,
    /// One JSON value
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions, for annotations
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// A JUnit report
    Junit,
}

/// Examples for `--help`.
pub const EXAMPLES: &str = "\
Examples:
  lacuna check --strict                     Fail on warnings too
  lacuna check --format github              Annotate a pull request
  lacuna check --format sarif > lacuna.sarif
  lacuna check --baseline lacuna-baseline.json --write-baseline
                                            Set aside what is wrong now
  lacuna check --baseline lacuna-baseline.json
                                            Fail on new findings only
  lacuna check --base origin/main           Judge a branch by the policy of main";
