//! The remote of a checkout, from `.git/config` and `.git/HEAD` read as text; no git is run.

use std::collections::BTreeMap;

use crate::model::repository::{Forge, Repository, Revision};

/// The repository that the remote `origin` names; `head` says which branch is checked out.
///
/// A branch counts as known to the remote when the checkout follows one of it; the name it has
/// there is used. For any other, links show what the remote shows first.
pub fn origin(config: &str, head: &str) -> Option<Repository> {
    let settings = settings(config);
    let url = settings.get(&("remote".to_owned(), "origin".to_owned(), "url".to_owned()))?;
    let (web, forge) = web_address(url)?;
    Some(Repository { web, forge, revision: revision(&settings, head) })
}

/// The repository of an address that the configuration gives.
pub fn configured(url: &str, branch: Option<&str>) -> Option<Repository> {
    let (web, forge) = web_address(url)?;
    let branch = branch.filter(|name| is_plain(name)).map(|name| Revision::Branch(name.to_owned()));
    Some(Repository { web, forge, revision: branch.unwrap_or(Revision::Default) })
}

type Settings = BTreeMap<(String, String, String), String>;

/// The entries of a git configuration by section, subsection and key (git-config(1)).
fn settings(config: &str) -> Settings {
    let mut found = Settings::new();
    let mut section = (String::new(), String::new());
    for line in config.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            let (name, sub) = header.split_once(char::is_whitespace).unwrap_or((header, ""));
            section = (name.to_lowercase(), sub.trim().trim_matches('"').to_owned());
        } else if !line.starts_with(['#', ';'])
            && let Some((key, value)) = line.split_once('=')
        {
            let value = value.split([';', '#']).next().unwrap_or_default().trim().trim_matches('"');
            let key = (section.0.clone(), section.1.clone(), key.trim().to_lowercase());
            // The first address of a remote is the one that is fetched.
            found.entry(key).or_insert_with(|| value.to_owned());
        }
    }
    found
}

fn revision(settings: &Settings, head: &str) -> Revision {
    let head = head.trim();
    if let Some(branch) =
        head.strip_prefix("ref:").and_then(|r| r.trim().strip_prefix("refs/heads/"))
    {
        let of =
            |key: &str| settings.get(&("branch".to_owned(), branch.to_owned(), key.to_owned()));
        let merge = of("merge").and_then(|merge| merge.strip_prefix("refs/heads/"));
        return match (of("remote").map(String::as_str), merge) {
            (Some("origin"), Some(name)) if is_plain(name) => Revision::Branch(name.to_owned()),
            _ => Revision::Default,
        };
    }
    let is_hash = head.len() >= 40 && head.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hash { Revision::Commit(head.to_owned()) } else { Revision::Default }
}

/// The address a person would open for the address of a remote, without user and password.
fn web_address(url: &str) -> Option<(String, Forge)> {
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (scheme, rest.to_owned()),
        // `git@host:owner/name`; a slash before the colon is a path on this machine.
        None => match url.split_once(':') {
            Some((host, path)) if !host.contains('/') => ("ssh", format!("{host}/{path}")),
            _ => return None,
        },
    };
    if !matches!(scheme, "https" | "http" | "ssh" | "git" | "git+ssh") {
        return None;
    }
    let (host, path) = rest.split_once('/')?;
    let host = host.rsplit('@').next().unwrap_or(host).to_lowercase();
    let (name, port) = host.split_once(':').unwrap_or((&host, ""));
    let name = match name {
        "ssh.github.com" => "github.com",
        "altssh.gitlab.com" => "gitlab.com",
        "altssh.bitbucket.org" => "bitbucket.org",
        name => name,
    };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let fits =
        |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_~/+".contains(&b));
    if !name.contains('.') || !fits(name) || path.is_empty() || !fits(path) || path.contains("..") {
        return None;
    }
    let web = match (scheme, port) {
        ("http", "") => format!("http://{name}/{path}"),
        ("http" | "https", port)
            if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) =>
        {
            format!("{scheme}://{name}:{port}/{path}")
        }
        _ => format!("https://{name}/{path}"),
    };
    Some((web, forge(name)))
}

fn forge(host: &str) -> Forge {
    let has = |word: &str| host.split(['.', '-']).any(|part| part == word);
    if has("github") {
        Forge::GitHub
    } else if has("gitlab") {
        Forge::GitLab
    } else if host == "bitbucket.org" {
        Forge::Bitbucket
    } else if has("codeberg") || has("gitea") || has("forgejo") {
        Forge::Gitea
    } else {
        Forge::Other
    }
}

/// Whether a name of a branch can stand in an address as it is.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.contains("..")
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./+".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_remotes_lead_to_pages() {
        for (url, wanted) in [
            ("https://github.com/o/n.git", Some("https://github.com/o/n GitHub")),
            ("https://me:secret@github.com/o/n", Some("https://github.com/o/n GitHub")),
            ("git@gitlab.example.org:g/s/n.git", Some("https://gitlab.example.org/g/s/n GitLab")),
            ("ssh://git@codeberg.org:22/o/n/", Some("https://codeberg.org/o/n Gitea")),
            ("git@bitbucket.org:o/n.git", Some("https://bitbucket.org/o/n Bitbucket")),
            ("https://h.example:8443/o/n", Some("https://h.example:8443/o/n Other")),
            ("/srv/git/n.git", None),
            ("file:///srv/n.git", None),
            ("https://h.example/o/\"><script>", None),
            ("../n", None),
        ] {
            let found = web_address(url).map(|(web, forge)| format!("{web} {forge:?}"));
            assert_eq!(found.as_deref(), wanted, "{url}");
        }
    }

    #[test]
    fn the_branch_is_that_of_the_remote() {
        let config = "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = git@github.com:o/n.git\n\
            [branch \"mine\"]\n\tremote = origin\n\tmerge = refs/heads/trunk\n";
        let revision = |head: &str| origin(config, head).expect("a repository").revision;
        assert_eq!(revision("ref: refs/heads/mine\n"), Revision::Branch("trunk".into()));
        assert_eq!(revision("ref: refs/heads/new\n"), Revision::Default);
        let hash = "0123456789012345678901234567890123456789";
        assert_eq!(revision(hash), Revision::Commit(hash.into()));
        assert_eq!(origin("[remote \"fork\"]\nurl = git@github.com:o/n.git", ""), None);
    }
}
