//! What can be wrong with a repository, in words that say what to do.

use std::{fmt, path::Path};

use super::{Commit, Id, Repository};
use crate::diag::human::visible;

/// Why a revision cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitError {
    /// The sort of problem.
    pub fault: GitFault,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// The sort of a [`GitError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GitFault {
    /// No repository holds the folder.
    NoRepository,
    /// No revision has the name.
    Unknown,
    /// An object is missing or damaged.
    Unreadable,
    /// A tree has more entries than any project.
    TooMany,
    /// Two revisions share no history.
    Unrelated,
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n  = help: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for GitError {}

const FETCH: &str = "fetch the whole history with `git fetch --unshallow`; \
                     with actions/checkout, set `fetch-depth: 0`";

/// Words of a library on one line.
pub(super) fn words(error: &dyn fmt::Display) -> String {
    let text = error.to_string();
    let text = text.lines().next().unwrap_or_default();
    visible(text).chars().take(200).collect()
}

pub(super) fn of_opening(root: &Path, error: &gix::Error) -> GitError {
    let root = visible(&root.display().to_string());
    if error.is_not_found() {
        return GitError {
            fault: GitFault::NoRepository,
            message: format!("{root} is not in a git repository"),
            help: Some("run this where the project was cloned, or `git init` and commit".into()),
        };
    }
    GitError {
        fault: GitFault::Unreadable,
        message: format!("the git repository of {root} cannot be opened: {}", words(error)),
        help: None,
    }
}

pub(super) fn outside(root: &Path) -> GitError {
    let root = visible(&root.display().to_string());
    GitError {
        fault: GitFault::NoRepository,
        message: format!("{root} is not below the folder that git has checked out"),
        help: None,
    }
}

pub(super) fn unknown(name: &str, why: &str, repository: &Repository) -> GitError {
    let name = visible(name);
    let help = match (repository.is_shallow(), name.strip_prefix("origin/")) {
        (true, _) => format!("this clone is shallow and lacks older commits: {FETCH}"),
        (false, branch) => {
            let branch = branch.unwrap_or(&name);
            format!(
                "fetch it with `git fetch origin {branch}`; with actions/checkout, set \
                 `fetch-depth: 0` and name the branch `origin/{branch}`"
            )
        }
    };
    let message = format!("git knows no revision `{name}`: {why}");
    GitError { fault: GitFault::Unknown, message, help: Some(help) }
}

pub(super) fn unreadable(id: Id, error: &dyn fmt::Display, repository: &Repository) -> GitError {
    let help = if repository.is_partial {
        "this clone leaves out files until git asks for them; clone without `--filter`".to_owned()
    } else if repository.is_shallow() {
        format!("this clone is shallow: {FETCH}")
    } else {
        "find out what is damaged with `git fsck`, and clone again if it is".to_owned()
    };
    GitError {
        fault: GitFault::Unreadable,
        message: format!("the git object {id} cannot be read: {}", words(error)),
        help: Some(help),
    }
}

pub(super) fn unrelated(one: &Commit, other: &Commit, repository: &Repository) -> GitError {
    let (one, other) = (one.id.short(), other.id.short());
    GitError {
        fault: GitFault::Unrelated,
        message: format!("{one} and {other} have no commit in common"),
        help: Some(match repository.is_shallow() {
            true => format!("this clone is shallow: {FETCH}"),
            false => "compare them with two dots: `BASE..HEAD`".to_owned(),
        }),
    }
}

pub(super) fn too_many(commit: &Commit, most: usize) -> GitError {
    GitError {
        fault: GitFault::TooMany,
        message: format!("the tree of {} has more than {most} entries", commit.id.short()),
        help: None,
    }
}
