//! `man`: the help texts as manual pages, one a command.

#![expect(clippy::disallowed_methods, reason = "`man` makes the folder that it is told to fill")]

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{Failure, args::Cli};
use crate::{diag::human::visible, engine::replace};

/// Prints the page of the program, or writes the pages of all commands to a folder.
pub fn man(to: Option<&Path>) -> Result<(), Failure> {
    let pages = pages()?;
    let Some(folder) = to else {
        let (_, page) = pages.last().expect("the program has a page");
        io::stdout().lock().write_all(page)?;
        return Ok(());
    };
    let failure = |path: &Path, error: io::Error| {
        Failure(format!("error: {}: {error}", visible(&path.display().to_string())))
    };
    fs::create_dir_all(folder).map_err(|error| failure(folder, error))?;
    for (name, page) in &pages {
        let path = folder.join(name);
        replace::replace(&path, page).map_err(|error| failure(&path, error))?;
    }
    let shown = visible(&folder.display().to_string());
    writeln!(io::stderr().lock(), "Wrote {} manual pages to {shown}", pages.len())?;
    Ok(())
}

/// The name and the text of every page, that of the program last.
fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let mut pages = Vec::new();
    add(&program, &mut pages)?;
    Ok(pages)
}

fn add(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    command.get_subcommands().try_for_each(|inner| add(inner, pages))?;
    let version = env!("CARGO_PKG_VERSION");
    let man = Man::new(command.clone()).source(format!("lacuna {version}"));
    let mut text = Vec::new();
    man.render(&mut text)?;
    pages.push((man.get_filename(), text));
    Ok(())
}
