//! Where the sources of a project can be seen on the web, and the addresses of files there.

use crate::path::RelPath;

/// A repository on the web.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Repository {
    /// Its address without a trailing slash: `https://github.com/owner/name`. Never holds a user or
    /// a password.
    pub web: String,
    /// Whose addresses it has.
    pub forge: Forge,
    /// Which version is shown.
    pub revision: Revision,
}

/// The software that shows a repository, by the shape of its addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Forge {
    /// `/blob/main/a.rs#L1-L2`.
    GitHub,
    /// `/-/blob/main/a.rs#L1-2`.
    GitLab,
    /// `/src/main/a.rs#lines-1:2`.
    Bitbucket,
    /// Gitea, Forgejo, Codeberg: `/src/branch/main/a.rs#L1-L2`.
    Gitea,
    /// Nothing is known of the addresses of its files.
    Other,
}

/// The version of the files that links show.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Revision {
    /// A branch that the remote has.
    Branch(String),
    /// A commit that is checked out without a branch.
    Commit(String),
    /// Whatever the remote shows first.
    Default,
}

/// First and last line, from 1.
type Lines = Option<(u32, u32)>;

impl Repository {
    /// The address of a file, or of lines of it.
    pub fn file(&self, path: &RelPath, lines: Lines) -> Option<String> {
        let at = encoded(path);
        let plain = match self.forge {
            // Without it the host renders the text, and there are no lines to lead to.
            Forge::GitHub if lines.is_some() && path.has_extension(&["md", "mdx"]) => "?plain=1",
            _ => "",
        };
        let url = format!("{}/{at}{plain}", self.tree("blob")?);
        Some(url + &lines.map_or(String::new(), |lines| self.fragment(lines)))
    }

    /// The address of a commit, by its full name.
    pub fn commit(&self, id: &str) -> Option<String> {
        let web = &self.web;
        Some(match self.forge {
            Forge::GitHub | Forge::Gitea => format!("{web}/commit/{id}"),
            Forge::GitLab => format!("{web}/-/commit/{id}"),
            Forge::Bitbucket => format!("{web}/commits/{id}"),
            Forge::Other => return None,
        })
    }

    /// The address of a folder.
    pub fn folder(&self, path: &RelPath) -> Option<String> {
        Some(format!("{}/{}", self.tree("tree")?, encoded(path)))
    }

    /// Where a file can be edited: only a branch can be written to.
    pub fn edit(&self, path: &RelPath) -> Option<String> {
        let Revision::Branch(branch) = &self.revision else { return None };
        let (web, at) = (&self.web, encoded(path));
        Some(match self.forge {
            Forge::GitHub => format!("{web}/edit/{branch}/{at}"),
            Forge::GitLab => format!("{web}/-/edit/{branch}/{at}"),
            Forge::Bitbucket => format!("{web}/src/{branch}/{at}?mode=edit"),
            Forge::Gitea => format!("{web}/_edit/{branch}/{at}"),
            Forge::Other => return None,
        })
    }

    /// A page that stands beside the files, as `../../issues/7` in a file at the root: hosts resolve
    /// such an address against that of the file, `blob/main/README.md`.
    pub fn beside(&self, rest: &str) -> Option<String> {
        let known = match self.forge {
            Forge::GitHub | Forge::Gitea => is_page(rest),
            Forge::GitLab | Forge::Bitbucket | Forge::Other => false,
        };
        known.then(|| format!("{}/{rest}", self.web))
    }

    fn tree(&self, what: &str) -> Option<String> {
        let web = &self.web;
        let name = match &self.revision {
            Revision::Branch(name) => name.as_str(),
            Revision::Commit(_) | Revision::Default => "HEAD",
        };
        Some(match (self.forge, &self.revision) {
            (Forge::GitHub, _) => format!("{web}/{what}/{name}"),
            (Forge::GitLab, _) => format!("{web}/-/{what}/{name}"),
            (Forge::Bitbucket, _) => format!("{web}/src/{name}"),
            (Forge::Gitea, Revision::Branch(name)) => format!("{web}/src/branch/{name}"),
            (Forge::Gitea, Revision::Commit(hash)) => format!("{web}/src/commit/{hash}"),
            (Forge::Gitea, Revision::Default) | (Forge::Other, _) => return None,
        })
    }

    fn fragment(&self, (start, end): (u32, u32)) -> String {
        match (self.forge, start == end) {
            (Forge::Bitbucket, true) => format!("#lines-{start}"),
            (Forge::Bitbucket, false) => format!("#lines-{start}:{end}"),
            (_, true) => format!("#L{start}"),
            (Forge::GitLab, false) => format!("#L{start}-{end}"),
            (_, false) => format!("#L{start}-L{end}"),
        }
    }
}

/// Whether an address below that of a repository is a page of the host and no file.
pub fn is_page(rest: &str) -> bool {
    PAGES.contains(&rest.split(['/', '?', '#']).next().unwrap_or_default())
}

/// Pages of a repository that READMEs link to by climbing out of the files.
const PAGES: &[&str] = &[
    "actions",
    "commits",
    "compare",
    "discussions",
    "issues",
    "labels",
    "milestones",
    "projects",
    "pull",
    "pulls",
    "pulse",
    "releases",
    "security",
    "stargazers",
    "tags",
    "wiki",
    "workflows",
];

/// The path as part of an address.
fn encoded(path: &RelPath) -> String {
    // Seen from a file beside it at the root, the address of a path is all of it.
    let here = RelPath::new("x").expect("a name is a path");
    path.relative_to(&here).trim_start_matches("./").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(forge: Forge, revision: Revision) -> Vec<Option<String>> {
        let web = "https://h.example/o/n".to_owned();
        let repository = Repository { web, forge, revision };
        let path = RelPath::new("src/a b.rs").expect("a path");
        let all = [
            repository.file(&path, None),
            repository.file(&path, Some((3, 9))),
            repository.edit(&path),
        ];
        let short =
            |url: String| url.replace("https://h.example/o/n/", "").replace("src/a%20b.rs", "F");
        all.into_iter().map(|url| url.map(short)).collect()
    }

    #[test]
    fn every_host_has_its_own_addresses() {
        let main = || Revision::Branch("main".into());
        for (forge, revision, wanted) in [
            (Forge::GitHub, main(), "blob/main/F blob/main/F#L3-L9 edit/main/F"),
            (Forge::GitLab, main(), "-/blob/main/F -/blob/main/F#L3-9 -/edit/main/F"),
            (Forge::Bitbucket, main(), "src/main/F src/main/F#lines-3:9 src/main/F?mode=edit"),
            (Forge::Gitea, main(), "src/branch/main/F src/branch/main/F#L3-L9 _edit/main/F"),
            (Forge::GitHub, Revision::Default, "blob/HEAD/F blob/HEAD/F#L3-L9 -"),
            (
                Forge::Gitea,
                Revision::Commit("c0".into()),
                "src/commit/c0/F src/commit/c0/F#L3-L9 -",
            ),
            (Forge::Gitea, Revision::Default, "- - -"),
            (Forge::Other, main(), "- - -"),
        ] {
            let found: Vec<String> = urls(forge, revision)
                .into_iter()
                .map(|url| url.unwrap_or_else(|| "-".into()))
                .collect();
            assert_eq!(found.join(" "), wanted);
        }
    }
}
