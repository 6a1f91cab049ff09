//! Saves, storms and systems at their limits: the real program shows in the end what a clean
//! build writes.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    ISLAND, assert_served_as_built,
    serving::{Project, Served},
};

/// Runs a tool in the root of the project; `false` when it is not installed.
fn runs(project: &Project, program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(project.root()).stdin(Stdio::null());
    // No setting of the machine, and no signature.
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for name in ["GIT_AUTHOR", "GIT_COMMITTER"] {
        command.env(format!("{name}_NAME"), "Writer");
        command.env(format!("{name}_EMAIL"), "writer@example.org");
    }
    let Ok(run) = command.output() else { return false };
    assert!(run.status.success(), "{program} {arguments:?}: {run:?}");
    true
}

/// Saves a text as `docs/pier.md`; `false` when the tool for it is not installed.
type Save = fn(&Project, &str) -> bool;

const PAGE: &str = "docs/pier.md";

const SAVES: &[(&str, Save)] = &[
    ("a plain write, as VS Code", |project, text| {
        project.write(PAGE, text);
        true
    }),
    ("vim, backupcopy=no", |project, text| {
        let settings =
            ["-N", "-u", "NONE", "-i", "NONE", "-es", "--cmd", "set backup backupcopy=no"];
        let steps = ["-c", &substitution(text), "-c", "wq", PAGE];
        runs(project, "vim", &[settings.as_slice(), &steps].concat())
    }),
    ("sed -i", |project, text| {
        runs(project, "sed", &["-i", substitution(text).trim_start_matches('%'), PAGE])
    }),
    ("mv over it", |project, text| {
        fs::write(project.beside("pier.new"), text).expect("written");
        runs(project, "mv", &["../pier.new", PAGE])
    }),
    ("a safe write, as JetBrains", |project, text| {
        project.write("docs/pier.md___jb_tmp___", text);
        project.rename(PAGE, "docs/pier.md___jb_old___");
        project.rename("docs/pier.md___jb_tmp___", PAGE);
        project.remove("docs/pier.md___jb_old___");
        true
    }),
];

/// What makes the page to `text`, for tools that edit it themselves.
fn substitution(text: &str) -> String {
    let said = text.rsplit_once("says ").map_or("", |(_, rest)| rest.trim_end());
    format!("%s/says .*/says {said}/")
}

/// `LACUNA_SAVES=100` saves more often, and then wants every save on the page within a second.
#[test]
fn every_kind_of_save_is_shown_every_time() {
    let wished: Option<u32> = std::env::var("LACUNA_SAVES").ok().and_then(|text| text.parse().ok());
    let project = Project::new(ISLAND);
    let served = Served::start(&project, &["--no-reload"]);
    served.shows("docs/pier.html", "Planks and posts");
    for (what, save) in SAVES {
        // Also what an editor finds its place by.
        project.write(PAGE, "# The pier\n\nThe post says nothing yet\n");
        served.shows("docs/pier.html", "nothing yet");
        let mut slowest = Duration::ZERO;
        for round in 0..wished.unwrap_or(4) {
            let words = format!("{round} by {}", what.replace(['=', ','], " "));
            let known = save(&project, &format!("# The pier\n\nThe post says {words}\n"));
            if !known {
                println!("skipped: {what}: the tool is not installed");
                break;
            }
            let saved = Instant::now();
            served.shows("docs/pier.html", &format!("says {words}<"));
            slowest = slowest.max(saved.elapsed());
        }
        println!("{what}: shown after {} ms at the latest", slowest.as_millis());
        assert!(wished.is_none() || slowest < Duration::from_secs(1), "{what}: {slowest:?}");
    }
}

#[test]
fn a_checkout_and_a_root_that_is_made_anew_end_as_a_clean_build() {
    let project = Project::new(ISLAND);
    if !runs(&project, "git", &["init", "-q", "-b", "main"]) {
        println!("skipped: git is not installed");
        return;
    }
    let write_log = |words: &str| {
        for n in 0..1000 {
            let text = format!("# Crossing {n}\n\nThe sea was {words}.\n");
            project.write(&format!("docs/log/{:02}/{n}.md", n % 40), text);
        }
    };
    let commit = |subject: &str| {
        runs(&project, "git", &["add", "-A"]);
        runs(&project, "git", &["commit", "-q", "-m", subject]);
    };
    write_log("calm");
    commit("Calm");
    runs(&project, "git", &["checkout", "-q", "-b", "storm"]);
    write_log("rough");
    project.rename("docs/walks", "docs/strolls");
    commit("Storm");

    let served = Served::start(&project, &["--no-reload"]);
    served.shows("docs/log/39/999.html", "sea was rough");
    runs(&project, "git", &["checkout", "-q", "main"]);
    served.shows("docs/log/39/999.html", "sea was calm");
    served.shows("docs/walks/north.html", "Over the hill");
    assert_served_as_built(&served, &project, "after a checkout of 1,000 files");

    // The root goes, and comes back as another one. Until then the last good site is shown, be it
    // one of a tree that was half gone.
    fs::remove_dir_all(project.root()).expect("it is there");
    served.says("the last good site is shown");
    assert_eq!(served.get("").status, 200);
    fs::create_dir(project.root()).expect("a folder");
    ISLAND.iter().for_each(|(path, text)| project.write(path, text));
    served.misses("docs/log/39/999.html");
    assert_served_as_built(&served, &project, "after the root was made anew");

    // So it is while the configuration cannot be read; what is saved meanwhile is not lost.
    project.write("lacuna.toml", "title = [\n");
    served.says("lacuna.toml:1");
    project.write(PAGE, "# The pier\n\nSaved meanwhile.\n");
    assert_eq!(served.get("docs/timetable.html").status, 200);
    project.write("lacuna.toml", "title = \"Holm\"\n");
    served.shows("docs/pier.html", "Saved meanwhile");
    assert_served_as_built(&served, &project, "after a broken configuration");
}

/// The program in a user namespace of its own that allows so many watches or instances of inotify:
/// the machine keeps its limits. `None`, with the reason printed, where that cannot be had.
fn served_with_limit(project: &Project, limit: &str, most: usize) -> Option<Served> {
    let limit = Path::new("/proc/sys/user").join(limit);
    let set = format!("echo {most} > {}", limit.display());
    let tried = Command::new("unshare").args(["-U", "-r", "sh", "-c", &set]).output();
    if !tried.as_ref().is_ok_and(|run| run.status.success()) {
        println!("skipped: no user namespace with a limit of its own: {tried:?}");
        return None;
    }
    let mut command = Command::new("unshare");
    command.args(["-U", "-r", "sh", "-c", &format!("{set} && exec \"$0\" \"$@\"")]);
    command.arg(env!("CARGO_BIN_EXE_lacuna")).args(["serve", "--port", "0", "--no-reload"]);
    command.arg(project.root());
    Some(Served::run(command))
}

#[test]
fn a_limit_of_the_system_is_told_and_no_save_is_missed() {
    let project = Project::new(ISLAND);
    let polled = "all files are looked at every 1000 ms: ";
    for (limit, why) in [
        ("max_inotify_watches", "the system cannot watch so many folders"),
        ("max_inotify_instances", "too many programs watch files"),
    ] {
        // No instance at all, or watches for less than the folders.
        let most = if limit.ends_with("watches") { 3 } else { 0 };
        let Some(served) = served_with_limit(&project, limit, most) else { return };
        served.says(&format!("{polled}{why}"));
        for round in 0..2 {
            let words = format!("Round {round} of {limit}.");
            project.write(PAGE, format!("# The pier\n\n{words}\n"));
            served.shows("docs/pier.html", &words);
        }
        project.write("docs/deep/down/bell.md", "# The bell\n");
        served.shows("docs/deep/down/bell.html", "The bell");
        fs::remove_dir_all(project.path("docs/deep")).expect("it is there");
        served.misses("docs/deep/down/bell.html");
        assert_served_as_built(&served, &project, limit);
    }

    // Enough for the beginning, and not for the folders that come.
    let Some(served) = served_with_limit(&project, "max_inotify_watches", 20) else { return };
    served.shows("docs/pier.html", "Round 1");
    assert!(!served.said().contains(polled), "{}", served.said());
    for n in 0..20 {
        project.write(&format!("docs/{n}/bell.md"), format!("# Bell {n}\n"));
    }
    served.shows("docs/19/bell.html", "Bell 19");
    served.says(&format!("{polled}the system cannot watch so many folders"));
    project.write("docs/7/bell.md", "# The cracked bell\n");
    served.shows("docs/7/bell.html", "The cracked bell");
    assert_served_as_built(&served, &project, "a limit that is met later");
}
