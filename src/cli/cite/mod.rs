//! `cite`: whether the cited lines still say what they said, and what to do when they do not.

mod accept;
mod fix;
mod show;

pub(super) use show::changed;

use std::io::{self, Write};

use super::{
    Failure,
    args::{Cite, CiteWork, Options, Verbosity},
    colour,
    exit::Exit,
    project::Project,
};
use crate::{
    diag::human,
    engine::{Reading, accept::Choice},
    graph::anchor::{Anchored, LockState},
};

/// Does what the arguments ask for.
pub fn cite(options: &Options, arguments: &Cite) -> Result<Exit, Failure> {
    let project = Project::open(options, &arguments.project.dir)?;
    let reading = project.read();
    let work = Work { options, arguments, project: &project, reading: &reading };
    work.check_names()?;
    match arguments.work() {
        CiteWork::Look | CiteWork::Check => work.check(),
        CiteWork::Fix => fix::fix(&work),
        CiteWork::Accept => accept::accept(&work),
    }
}

/// What every part of the command looks at.
struct Work<'a> {
    options: &'a Options,
    arguments: &'a Cite,
    project: &'a Project,
    reading: &'a Reading,
}

impl<'a> Work<'a> {
    /// The citations that are asked for.
    fn chosen(&self) -> impl Iterator<Item = &'a Anchored> {
        let choice = self.choice();
        self.reading.anchors.all.iter().filter(move |one| choice.takes(&one.key))
    }

    fn choice(&self) -> Choice<'a> {
        match self.arguments.only.as_slice() {
            [] => Choice::All,
            names => Choice::Named(names),
        }
    }

    /// A name that fits nothing is a slip, and would look like success.
    fn check_names(&self) -> Result<(), Failure> {
        let all = &self.reading.anchors.all;
        let fits = |name: &&String| {
            let one = std::slice::from_ref(*name);
            all.iter().any(|anchored| Choice::Named(one).takes(&anchored.key))
        };
        match self.arguments.only.iter().find(|name| !fits(name)) {
            None => Ok(()),
            Some(name) => Err(Failure(format!(
                "error: no citation of lines stands in `{}`\n  \
                 help: name a gap by its id, or a file by its path from the root of the project",
                human::visible(name)
            ))),
        }
    }

    fn check(&self) -> Result<Exit, Failure> {
        self.print_faults()?;
        let faults = self.chosen().filter(|one| one.finding.is_fault()).count();
        let new = self.chosen().filter(|one| !one.finding.is_fault() && one.accepted.is_none());
        let strict = self.options.strict && new.count() > 0;
        self.print_summary()?;
        if self.arguments.work() == CiteWork::Look {
            self.print_hint()?;
        }
        let clean = faults == 0 && !strict && self.reading.anchors.lock != LockState::Invalid;
        Ok(if clean { Exit::Clean } else { Exit::Findings })
    }

    /// Everything that is not as accepted, worst nearest the prompt.
    fn print_faults(&self) -> Result<(), Failure> {
        let stdout = io::stdout();
        let color = colour(self.options, &stdout);
        let mut out = stdout.lock();
        self.print_lock_fault(&mut out, color)?;
        let verbose = self.options.verbosity() == Verbosity::Verbose;
        let mut shown: Vec<&Anchored> =
            self.chosen().filter(|one| verbose || one.finding.is_fault()).collect();
        shown.sort_by_key(|one| show::weight(&one.finding));
        for one in shown {
            write!(out, "{}", show::anchored(one, color))?;
        }
        out.flush()?;
        Ok(())
    }

    fn print_lock_fault(&self, out: &mut impl Write, color: human::Color) -> io::Result<()> {
        let Some(fault) = &self.reading.lock.fault else { return Ok(()) };
        let text = self.reading.lock.text.as_deref();
        writeln!(out, "{}\n", human::render(fault, text, color).trim_end())
    }

    fn print_summary(&self) -> Result<(), Failure> {
        if self.options.verbosity() == Verbosity::Quiet {
            return Ok(());
        }
        let unused = self.reading.anchors.unused.len();
        let summary = show::summary(self.chosen(), self.reading.anchors.lock, unused);
        write!(io::stderr().lock(), "{summary}")?;
        Ok(())
    }

    fn print_hint(&self) -> Result<(), Failure> {
        if self.options.verbosity() != Verbosity::Quiet {
            let hint = show::hint(self.chosen());
            write!(io::stderr().lock(), "{hint}")?;
        }
        Ok(())
    }
}
