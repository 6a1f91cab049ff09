//! The workflow that `lacuna init --ci` writes beside the configuration.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use crate::{
    cli::{args::CiHost, config::display},
    diag::human::visible,
    engine::create::{Place, create, look},
    path::RelPath,
    world::git::Repository,
};

/// Who is named where nobody has said where Lacuna is taken from.
const NOBODY: &str = "OWNER/lacuna";

/// Writes the workflow unless its file is there, and says what was done.
///
/// It stands where the host looks for it: at the root of the repository, which may be above the
/// project. The error is a sentence.
pub(super) fn write(dir: &Path, host: CiHost, from: Option<&str>) -> Result<Vec<String>, String> {
    let (root, below) = place(dir);
    let path = match host {
        CiHost::Github => ".github/workflows/lacuna.yml",
        CiHost::Gitlab => ".gitlab-ci.yml",
    };
    let path = RelPath::new(path).ok_or("the path of the workflow is no path")?;
    let shown = visible(&display(&root.join(path.as_str())));
    let text = workflow(host, from.unwrap_or(NOBODY), &below);
    let looked = look(&root, &path, text.as_bytes());
    let create = |place| match place {
        Place::Free => create(&root, &path, text.as_bytes()),
        Place::Same | Place::Taken => Err(ErrorKind::AlreadyExists.into()),
    };
    match looked.and_then(create) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Ok(vec![format!("{shown} exists and was left as it is")]);
        }
        Err(error) => return Err(format!("cannot write {shown}: {error}")),
    }
    let mut said = vec![format!("Wrote {shown}")];
    if from.is_none() {
        said.push(
            "Replace OWNER in it by the account that you take Lacuna from, or give it with `--from`"
                .to_owned(),
        );
    }
    if host == CiHost::Github {
        said.push("To publish, choose GitHub Actions as the source under Settings, Pages".into());
    }
    Ok(said)
}

/// The root of the repository that holds a folder, and the folder from there on; the folder itself
/// and `.` where there is no repository.
fn place(dir: &Path) -> (PathBuf, String) {
    let own = || (dir.to_owned(), ".".to_owned());
    let Ok(repository) =
        dir.canonicalize().map_err(drop).and_then(|root| Repository::of(&root).map_err(drop))
    else {
        return own();
    };
    match repository.project() {
        (Some(_), "") | (None, _) => own(),
        (Some(top), below) => (top.to_owned(), below.trim_end_matches('/').to_owned()),
    }
}

/// The workflow of a host: Lacuna is taken from `source` in the version of this program.
fn workflow(host: CiHost, source: &str, directory: &str) -> String {
    let text = match host {
        CiHost::Github => include_str!("github.yml"),
        CiHost::Gitlab => include_str!("gitlab.yml"),
    };
    // A text of JSON is one of YAML, too.
    let directory = serde_json::Value::from(directory).to_string();
    text.replace("SOURCE", source)
        .replace("VERSION", concat!("v", env!("CARGO_PKG_VERSION")))
        .replace(": DIRECTORY\n", &format!(": {directory}\n"))
}
