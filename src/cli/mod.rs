//! Floor 7, the command line: arguments in, text and an exit code out.

pub mod args;
pub mod build;
mod check;
pub mod cite;
pub mod color;
pub mod config;
mod diff;
pub mod exit;
pub mod explain;
mod explain_ledger;
mod explain_support;
pub mod export;
mod history;
pub mod import;
pub mod init;
mod layout;
mod man;
mod new;
mod next;
pub mod project;
pub mod proof;
pub mod report;
mod serve;
mod status;
pub mod tree;

use std::io::{self, IsTerminal, Write};

use clap::{CommandFactory, Parser};

use crate::{
    diag::human::{Color, visible},
    engine::publish::{self, Root},
};
use args::{Cli, Command, Options};
use color::{Stream, Wishes};
use exit::Exit;
use project::Project;

/// A run that could not do its work: what to say before exiting with [`Exit::Misuse`].
#[derive(Debug)]
pub struct Failure(pub String);

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(format!("error: cannot write the output: {error}"))
    }
}

/// Runs the program with the arguments of the process.
pub fn main() -> Exit {
    exit::speak_calmly_on_panic();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return misuse_of_arguments(&error),
    };
    match run(&cli) {
        Ok(exit) => exit,
        Err(Failure(message)) => {
            // Nothing can be done when the standard error is closed.
            let _ = writeln!(io::stderr().lock(), "{}", message.trim_end());
            Exit::Misuse
        }
    }
}

fn run(cli: &Cli) -> Result<Exit, Failure> {
    let options = &cli.options;
    match &cli.command {
        Command::Build(wish) => build::build(options, wish),
        Command::Serve(wish) => serve::serve(options, wish).map(|()| Exit::Clean),
        Command::Check(wish) => check::check(options, wish),
        Command::Export(wish) => export::export(options, wish),
        Command::Cite(arguments) => cite::cite(options, arguments),
        Command::Status { project, format } => status::status(options, &project.dir, *format),
        Command::Next { project, max, format } => next::next(options, &project.dir, *max, *format),
        Command::Diff(arguments) => diff::diff(options, arguments),
        Command::History(arguments) => history::history(options, arguments),
        Command::Explain { what, project } => explain::explain(options, &project.dir, what),
        Command::Import { source, project, to, types, dry_run } => {
            let mode = if *dry_run { import::Mode::DryRun } else { import::Mode::Write };
            let wish = import::Wish { source, to: to.as_deref(), types, mode };
            import::import(options, &project.dir, wish)
        }
        Command::New(wish) => new::new(options, wish),
        Command::Init(wish) => {
            let said = init::init(wish).map_err(|e| Failure(format!("error: {e}")))?;
            said.iter().try_for_each(|line| writeln!(io::stderr().lock(), "{line}"))?;
            Ok(Exit::Clean)
        }
        Command::Clean(wish) => clean(options, wish),
        Command::Completion { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "lacuna", &mut script);
            io::stdout().lock().write_all(&script)?;
            Ok(Exit::Clean)
        }
        Command::Man { to } => man::man(to.as_deref()).map(|()| Exit::Clean),
    }
}

fn clean(options: &Options, wish: &args::Clean) -> Result<Exit, Failure> {
    let project = Project::open(options, &wish.project.dir)?;
    let (folder, protected) = (&project.output, project.protected());
    let label = wish.version_label.as_ref();
    let removed = if label.is_some() || publish::holds_versions(folder) {
        Root::new(folder, &protected).and_then(|root| root.clean(label))
    } else {
        publish::clean(folder, &protected)
    };
    let removed = removed.map_err(|error| Failure(format!("error: {error}")))?;
    let place = label.map_or_else(|| folder.clone(), |label| folder.join(label.as_str()));
    let shown = visible(&place.display().to_string());
    let files = if removed == 1 { "file" } else { "files" };
    writeln!(io::stderr().lock(), "Removed {removed} {files} of {shown}")?;
    Ok(Exit::Clean)
}

/// Colour on a stream, by the option and the environment.
pub(crate) fn colour(options: &Options, stream: &impl IsTerminal) -> Color {
    #[expect(clippy::disallowed_methods, reason = "the command line speaks for the environment")]
    let variable = |name: &str| std::env::var(name).ok();
    let (no_color, force, term) =
        (variable("NO_COLOR"), variable("CLICOLOR_FORCE"), variable("TERM"));
    let wishes = Wishes {
        no_color: no_color.as_deref(),
        clicolor_force: force.as_deref(),
        term: term.as_deref(),
    };
    color::color(options.color, Stream::of(stream), wishes)
}

fn misuse_of_arguments(error: &clap::Error) -> Exit {
    let color = colour(&Options::default(), &io::stderr());
    let text = error.render();
    let shown = match color {
        Color::Always => text.ansi().to_string(),
        Color::Never => text.to_string(),
    };
    // Nothing can be done when the streams are closed. Help and version are data.
    if error.use_stderr() {
        let _ = write!(io::stderr().lock(), "{shown}");
        Exit::Misuse
    } else {
        let _ = write!(io::stdout().lock(), "{shown}");
        Exit::Clean
    }
}
