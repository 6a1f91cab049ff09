//! The arguments of `cite`.

use clap::Args;

use super::Project;

/// Shown below the help.
pub(super) const EXAMPLES: &str = "\
Examples:
  lacuna cite --accept              Accept all citations; the first time this writes lacuna.lock
  lacuna cite --check               Fail when a cited text moved, was edited or is lost, for CI
  lacuna cite --fix --dry-run       Show the new numbers of moved texts
  lacuna cite --accept --only GAP-2 Accept the citations of one gap";

/// The arguments of `cite`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Cite {
    /// The project
    #[command(flatten)]
    pub project: Project,

    /// Print what moved, was edited or is lost, and fail if anything did (the default)
    #[arg(long, group = "work")]
    pub check: bool,

    /// Write the new numbers of moved texts into the citations, after showing each line
    #[arg(long, group = "work")]
    pub fix: bool,

    /// Accept the cited lines as they are now, and write `lacuna.lock`
    #[arg(long, group = "work")]
    pub accept: bool,

    /// Show what would be written, and write nothing
    #[arg(long, conflicts_with = "check")]
    pub dry_run: bool,

    /// Look only at the citations of this gap or file; may be given again
    #[arg(long, value_name = "ID|FILE")]
    pub only: Vec<String>,
}

/// The work that `cite` is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CiteWork {
    /// Say how things are, and what could be done.
    Look,
    /// Say how things are.
    Check,
    /// Rewrite the ranges of moved texts.
    Fix,
    /// Renew the lock.
    Accept,
}

impl Cite {
    /// The work asked for; the options exclude each other.
    pub fn work(&self) -> CiteWork {
        match (self.check, self.fix, self.accept) {
            (true, ..) => CiteWork::Check,
            (_, true, _) => CiteWork::Fix,
            (.., true) => CiteWork::Accept,
            _ => CiteWork::Look,
        }
    }
}
