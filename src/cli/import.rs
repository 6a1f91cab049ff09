//! `import`: writes the gaps of a ledger, a CSV or a `needs.json` as native records, one file each.

use std::{
    fs,
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
    /// The ledger, by its path from the root of the project or from here; or a CSV or JSON file
    /// anywhere, by its path from here.
    pub source: &'a str,
    /// The folder for the records, from the root of the project; else the project's own.
    pub to: Option<&'a str>,
    /// Types of needs to take.
    pub types: &'a [String],
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
    let folder = match wish.to {
        Some(to) => to.trim_end_matches('/').to_owned(),
        None => import::folder(&reading, settings),
    };
    let source = Source::of(&project, &reading, &wish)?;
    let (planned, notes) = match &source {
        Source::Ledger(ledger) => {
            let planned = import::plan(&reading, &graph, settings, ledger, &folder);
            (planned?, Vec::new())
        }
        Source::Table(text) => {
            let (drafts, notes) = import::table::drafts(text, source.name(&wish))?;
            (import::draft::plan(&drafts, settings, &folder)?, notes)
        }
        Source::Needs(text) => {
            let known = |id: &str| !graph.records.named(id).is_empty();
            let from = (source.name(&wish), wish.types);
            let (drafts, notes) = import::needs::drafts(text, from, known)?;
            (import::draft::plan(&drafts, settings, &folder)?, notes)
        }
    };

    let root = project.world.root();
    let mut new = Vec::new();
    let mut taken = Vec::new();
    for planned in &planned {
        if let Some(other) = import::elsewhere(&graph, planned) {
            taken.push(format!("{} has the id {} already", other, planned.id));
            continue;
        }
        let stated = import::in_ledger(&graph, planned);
        if let Some(ledger) = stated.filter(|_| !matches!(source, Source::Ledger(_))) {
            taken.push(format!("{ledger} has a gap with the id {} already", planned.id));
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
    let mut err = io::stderr().lock();
    notes.iter().try_for_each(|note| writeln!(err, "note: {}", visible(note)))?;
    drop(err);
    report(options, (&wish, &source), (&planned, &new))?;
    let is_exact = |planned: &Planned| planned.differs.is_empty() && planned.notes.is_empty();
    let exact = planned.iter().all(is_exact);
    Ok(if exact { Exit::Clean } else { Exit::Findings })
}

/// What gaps are read from.
enum Source {
    /// A gap analysis of the project.
    Ledger(RelPath),
    /// The text of a CSV file.
    Table(String),
    /// The text of a `needs.json`.
    Needs(String),
}

impl Source {
    /// The file that is named, by its ending.
    fn of(project: &Project, reading: &engine::Reading, wish: &Wish<'_>) -> Result<Self, Failure> {
        let is = |ending: &str| {
            let own = Path::new(wish.source).extension();
            own.is_some_and(|own| own.eq_ignore_ascii_case(ending))
        };
        if !wish.types.is_empty() && !is("json") {
            return Err(Failure(
                "error: only needs have a type\n  help: leave out `--type`, or name a `needs.json`"
                    .to_owned(),
            ));
        }
        match (is("csv"), is("json")) {
            (true, _) => text_of(wish.source).map(Self::Table),
            (_, true) => text_of(wish.source).map(Self::Needs),
            _ => path_of(project, reading, wish.source).map(Self::Ledger),
        }
    }

    /// What to call it: folders of this machine mean nothing to others.
    fn name<'a>(&'a self, wish: &Wish<'a>) -> &'a str {
        match self {
            Self::Ledger(ledger) => ledger.as_str(),
            _ => Path::new(wish.source).file_name().and_then(|name| name.to_str()).unwrap_or("-"),
        }
    }
}

/// The text of a file that need not be part of the project.
fn text_of(path: &str) -> Result<String, Failure> {
    #[expect(clippy::disallowed_methods, reason = "the file is an argument of the command line")]
    let text = fs::read_to_string(path);
    text.map_err(|error| {
        Failure(format!(
            "error: cannot read {}: {error}\n  help: name a file in UTF-8 by its path from here",
            visible(path)
        ))
    })
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
    (wish, source): (&Wish<'_>, &Source),
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
    for planned in planned {
        for note in &planned.notes {
            writeln!(err, "warning: {}: {}", visible(&planned.id), visible(note))?;
        }
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
    writeln!(err, "{done} {} of {}{rest}", records(new.len()), visible(source.name(wish)))?;
    if matches!(source, Source::Ledger(_)) && wish.mode == Mode::Write && !new.is_empty() {
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
