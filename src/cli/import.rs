//! `import`: writes the gaps of a ledger as native records, one file each.

use std::{
    io::{self, Write},
    path::Path,
};

use super::{
    Failure,
    args::{Options, Verbosity},
    exit::Exit,
    explain::relative_to_root,
    project::Project,
};
use crate::{
    diag::human::visible,
    engine::{
        self,
        create::{self, Place},
        import::{self, Planned, Refusal},
    },
    path::RelPath,
};

/// What to import, and where to.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// The ledger, by its path from the root of the project or from here.
    pub ledger: &'a str,
    /// The folder for the records, from the root of the project; else the project's own.
    pub to: Option<&'a str>,
    /// Whether to write.
    pub mode: Mode,
}

/// Whether files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// They are.
    Write,
    /// Only what would be written is printed.
    DryRun,
}

/// Plans the records, refuses when one would replace something else, and writes them.
pub fn import(options: &Options, dir: &Path, wish: Wish<'_>) -> Result<Exit, Failure> {
    let project = Project::open(options, dir)?;
    let reading = project.read();
    let settings = project.settings();
    let graph = engine::relate(&reading, settings);
    let ledger = path_of(&project, &reading, wish.ledger)?;
    let folder = match wish.to {
        Some(to) => to.trim_end_matches('/').to_owned(),
        None => import::folder(&reading, settings),
    };
    let planned =
        import::plan(&reading, &graph, settings, &ledger, &folder).map_err(Failure::from)?;

    let root = project.world.root();
    let mut new = Vec::new();
    let mut taken = Vec::new();
    for planned in &planned {
        if let Some(other) = import::elsewhere(&graph, planned) {
            taken.push(format!("{} has the id {} already", other, planned.id));
            continue;
        }
        let place = create::look(root, &planned.path, planned.text.as_bytes());
        match place.map_err(|error| cannot(&planned.path, &error))? {
            Place::Free => new.push(planned),
            Place::Same => {}
            Place::Taken => taken.push(format!("{} exists and differs", planned.path)),
        }
    }
    if !taken.is_empty() {
        return Err(refusal(&taken));
    }
    if wish.mode == Mode::Write {
        for planned in &new {
            create::create(root, &planned.path, planned.text.as_bytes())
                .map_err(|error| cannot(&planned.path, &error))?;
        }
    }
    report(options, &wish, &ledger, (&planned, &new))?;
    let exact = planned.iter().all(|planned| planned.differs.is_empty());
    Ok(if exact { Exit::Clean } else { Exit::Findings })
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let Refusal { message, help } = refusal;
        Self(format!("error: {}\n  help: {}", visible(&message), visible(&help)))
    }
}

/// The ledger by its path from the root, else from the working folder.
fn path_of(project: &Project, reading: &engine::Reading, ledger: &str) -> Result<RelPath, Failure> {
    let from_root = RelPath::new(ledger.strip_prefix("./").unwrap_or(ledger));
    let known = |path: &RelPath| reading.outlines.iter().any(|outline| outline.path == *path);
    let from_here = || relative_to_root(project, ledger);
    from_root.filter(known).or_else(from_here).or_else(|| RelPath::new(ledger)).ok_or_else(|| {
        Failure(format!(
            "error: `{}` is no file of this project\n  \
             help: name a gap analysis below the folder of the project",
            visible(ledger)
        ))
    })
}

/// The records on the standard output, what to know of them on the standard error.
fn report(
    options: &Options,
    wish: &Wish<'_>,
    ledger: &RelPath,
    (planned, new): (&[Planned], &[&Planned]),
) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for planned in new {
        let words = format!("{}  {}: {}", planned.path, planned.id, planned.title);
        writeln!(out, "{}", visible(&words))?;
        if wish.mode == Mode::DryRun && options.verbosity() == Verbosity::Verbose {
            for line in planned.text.lines() {
                writeln!(out, "    {}", visible(line))?;
            }
        }
    }
    let mut err = io::stderr().lock();
    for planned in planned.iter().filter(|planned| !planned.differs.is_empty()) {
        let differs = planned.differs.join(", ");
        let words = format!("warning: {} does not say all of {differs}", planned.path);
        writeln!(err, "{}", visible(&words))?;
    }
    if options.verbosity() == Verbosity::Quiet {
        return Ok(());
    }
    let records =
        |count: usize| format!("{count} {}", if count == 1 { "record" } else { "records" });
    let done = if wish.mode == Mode::Write { "Wrote" } else { "Would write" };
    let same = planned.len() - new.len();
    let rest =
        if same > 0 { format!("; {} were there already", records(same)) } else { String::new() };
    writeln!(err, "{done} {} of {}{rest}", records(new.len()), visible(ledger.as_str()))?;
    if wish.mode == Mode::Write && !new.is_empty() {
        writeln!(
            err,
            "The gap analysis still holds the same gaps: remove it, or leave it out with `exclude`"
        )?;
    }
    Ok(())
}

fn refusal(taken: &[String]) -> Failure {
    let mut message =
        String::from("error: nothing was written, for it would replace other records\n");
    for line in taken {
        message.push_str(&format!("  {}\n", visible(line)));
    }
    message.push_str("  help: move them away, or name another folder with `--to`");
    Failure(message)
}

fn cannot(path: &RelPath, error: &io::Error) -> Failure {
    Failure(format!("error: cannot write {}: {error}", visible(path.as_str())))
}
