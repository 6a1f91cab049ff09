//! The arguments of `init`.

use clap::{Args, ValueEnum};

use super::Project;

/// The arguments of `init`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Init {
    /// The project
    #[command(flatten)]
    pub project: Project,

    /// Write a workflow, too, that checks every change and publishes the site
    #[arg(long, value_name = "HOST")]
    pub ci: Option<CiHost>,

    /// Let the workflow take Lacuna from this repository on GitHub
    #[arg(long, value_name = "OWNER/REPO", requires = "ci", value_parser = source)]
    pub from: Option<String>,
}

/// A host that runs workflows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CiHost {
    /// GitHub Actions and GitHub Pages
    Github,
    /// GitLab CI and GitLab Pages
    Gitlab,
}

/// Accepts what can stand in a workflow without quotes.
fn source(text: &str) -> Result<String, String> {
    let plain = |part: &str| {
        !part.starts_with(['-', '.'])
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
            && !part.is_empty()
    };
    match text.split_once('/') {
        Some((owner, name)) if plain(owner) && plain(name) => Ok(text.to_owned()),
        _ => Err("a repository on GitHub is written OWNER/REPO".to_owned()),
    }
}

/// Examples for `--help`.
pub const EXAMPLES: &str = "\
Examples:
  lacuna init
  lacuna init --ci github --from OWNER/lacuna";
