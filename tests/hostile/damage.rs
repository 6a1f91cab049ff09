//! What a machine may do to a build: end it, give it no room, take away its files. The site is the old
//! one or the new one, and the next build needs nobody's help.

use std::{
    collections::BTreeMap,
    path::Path,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use lacuna::{
    engine::{
        Options,
        build::{self, Making},
        earlier::Nothing,
        publish::Aside,
        stages::Stages,
    },
    model::config::Config,
    path::RelPath,
    render::theme::Theme,
    world::{Limits, Listing, Memory, Snapshot, World, WorldError, WorldErrorKind},
};

use super::project::{Project, Site, files, names_in, run};

/// A project of some pages, all of which say a word.
fn saying(project: &Project, pages: usize, word: &str) {
    for n in 0..pages {
        project.write(&format!("docs/p{n}.md"), format!("# Page {n}\n\nIt says {word}.\n"));
    }
}

/// P35: a build that is killed at any moment leaves the old site or the new one.
#[cfg(unix)]
#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let kills = super::number("LACUNA_KILLS", 30);
    let project = Project::new([("README.md", "# Home\n")]);
    let site_of = |word: &str| -> Site {
        saying(&project, 40, word);
        project.build().assert_code(0);
        files(&project.out())
    };
    let sites = [site_of("one"), site_of("two")];
    assert_ne!(sites[0], sites[1]);
    let begun = Instant::now();
    saying(&project, 40, "one");
    project.build().assert_code(0);
    let whole = begun.elapsed();
    let mut state = 11_u64;
    let mut random = move |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below.max(1)
    };
    let (mut old, mut new) = (0, 0);
    for n in 0..kills {
        let before = files(&project.out());
        let now = usize::from(before == sites[0]);
        saying(&project, 40, ["one", "two"][now]);
        let mut child = project
            .building()
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        if n % 3 == 0 {
            thread::sleep(Duration::from_micros(random(whole.as_micros() as u64)));
        } else {
            // Near the moment when files are written and names exchanged.
            let written = |name: &String| name.starts_with(".out.lacuna-");
            while child.try_wait().expect("it is ours").is_none()
                && !names_in(&project.beside(".")).iter().any(written)
            {
                thread::sleep(Duration::from_micros(200));
            }
            thread::sleep(Duration::from_micros(random(whole.as_micros() as u64)));
        }
        // Fails only when it has ended already.
        let _ = child.kill();
        child.wait().expect("it is ours");
        let after = files(&project.out());
        assert!(after == before || after == sites[now], "kill {n}: a third site");
        old += usize::from(after == before);
        new += usize::from(after == sites[now]);
    }
    println!("{old} old sites, {new} new ones");
    project.build().assert_code(0);
    let left = names_in(&project.beside("."));
    assert_eq!(left, ["out", "project"], "the next build clears what was left");
}

/// P36: a full disk is named, and the old site stays.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site() {
    let project = Project::new([("README.md", "# Home\n\nThe old site.\n")]);
    let small = project.beside("small");
    std::fs::create_dir(&small).expect("a folder");
    let may_mount = Command::new("unshare")
        .args(["-Urm", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs \"$0\""])
        .arg(&small)
        .output()
        .is_ok_and(|output| output.status.success());
    if !may_mount {
        return eprintln!("skipped: nothing can be mounted here");
    }
    let bigger = Project::new([("README.md", "# Home\n\nThe new site.\n")]);
    for n in 0..60 {
        bigger.write(&format!("docs/p{n}.md"), format!("# Page {n}\n\n{}\n", "words ".repeat(300)));
    }
    bigger.build().assert_code(0);
    let need: usize =
        files(&bigger.out()).values().map(|bytes| bytes.len().div_ceil(4096) * 4).sum();
    // Builds the small site, then the larger one, and tells the hashes before and after.
    let script = "mount -t tmpfs -o size=$SIZE tmpfs \"$PLACE\" || exit 90; \
        \"$LACUNA\" build -q --no-cache -o \"$PLACE/out\" \"$OLD\" 2>/dev/null || exit 91; \
        sum() { (cd \"$PLACE/out\" && find . -type f | sort | xargs -d '\\n' sha256sum | sha256sum); }; \
        before=$(sum); \"$LACUNA\" build -q --no-cache -o \"$PLACE/out\" \"$NEW\"; code=$?; after=$(sum); \
        echo \"code $code\"; [ \"$before\" = \"$after\" ] && echo same || echo other; ls -A \"$PLACE\"";
    let mut full = 0;
    for percent in [10, 20, 30, 40, 50, 60, 70, 80, 90, 110, 200] {
        let size = format!("{}k", need * percent / 100);
        let output = Command::new("unshare")
            .args(["-Urm", "sh", "-c", script])
            .env("SIZE", size)
            .env("PLACE", &small)
            .env("LACUNA", env!("CARGO_BIN_EXE_lacuna"))
            .env("OLD", project.root())
            .env("NEW", bigger.root())
            .output()
            .expect("a shell");
        let run = super::project::Run::from(output);
        if run.status.code() == Some(91) {
            continue; // Not even the old site fits.
        }
        assert_eq!(run.status.code(), Some(0), "{percent} %: {}{}", run.out, run.err);
        let lines: Vec<&str> = run.out.lines().collect();
        if lines.contains(&"code 0") {
            assert!(lines.contains(&"other"), "{percent} %: {}", run.out);
        } else {
            full += 1;
            assert!(
                lines.contains(&"code 2") && lines.contains(&"same"),
                "{percent} %: {}{}",
                run.out,
                run.err
            );
            assert!(run.err.contains("No space left") && run.err.contains("small/"), "{}", run.err);
            assert_eq!(lines.last(), Some(&"out"), "{percent} %: something is left: {}", run.out);
        }
    }
    assert!(full > 0, "no disk was too small");
}

/// P37: a folder that may not be written to is named, and the old site stays.
#[cfg(target_os = "linux")]
#[test]
fn a_site_that_may_not_be_replaced_stays() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let project = Project::new([("README.md", "# Home\n\nOld.\n"), ("docs/a.md", "# A\n")]);
    let parent = project.beside("parent");
    std::fs::create_dir(&parent).expect("a folder");
    let out = parent.join("out");
    let command = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
        command.args(["build", "--no-cache", "-o"]).arg(&out).arg(project.root());
        command
    };
    run(&mut command()).assert_code(0);
    let before = files(&out);
    project.write("README.md", "# Home\n\nNew.\n");
    let allow = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    allow(&project.beside("."), 0o755);
    allow(&parent, 0o555);
    let is_bound = std::fs::write(parent.join("probe"), "").is_err();
    let mut command = command();
    if !is_bound {
        std::fs::remove_file(parent.join("probe")).expect("it is ours");
        command.uid(65_534).gid(65_534);
    }
    let output = command.output();
    allow(&parent, 0o755);
    let Ok(output) = output else {
        return eprintln!("skipped: the program cannot be run as nobody");
    };
    let run = super::project::Run::from(output);
    run.assert_code(2);
    run.assert_says(&["Permission denied", "parent"]);
    assert_eq!(files(&out), before);
    assert_eq!(names_in(&parent), ["out"]);
}

/// P37: folders of the site that may not be written to: the site is the old one or the new one, and
/// when they may be again, the next build leaves nothing over.
#[cfg(target_os = "linux")]
#[test]
fn folders_of_a_site_that_may_not_be_written_spoil_nothing() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let allow = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    for locked in ["out", "out/docs"] {
        let project = Project::new([("README.md", "# Home\n\nOld.\n"), ("docs/a.md", "# A\n")]);
        for place in [".", "project", "project/docs"] {
            allow(&project.beside(place), 0o777);
        }
        let is_root = rustix::process::geteuid().is_root();
        let build = || {
            let mut command = project.building();
            if is_root {
                command.uid(65_534).gid(65_534);
            }
            command.output().map(super::project::Run::from)
        };
        let Ok(first) = build() else {
            return eprintln!("skipped: the program cannot be run as nobody");
        };
        first.assert_code(0);
        let old = files(&project.out());
        for file in ["README.md", "docs/a.md"] {
            project.write(file, "# New\n\nNew.\n");
        }
        allow(&project.beside(locked), 0o555);
        let run = build().expect("it ran before");
        run.assert_graceful();
        let between = files(&project.out());
        let Ok(entries) = std::fs::read_dir(project.beside(".")) else { return };
        for entry in entries.flatten().filter(|entry| entry.path().is_dir()) {
            // What was moved aside may still be locked.
            allow(&entry.path(), 0o777);
            let docs = entry.path().join("docs");
            if docs.is_dir() {
                allow(&docs, 0o777);
            }
        }
        build().expect("it ran before").assert_code(0);
        let new = files(&project.out());
        assert_ne!(old, new);
        assert!(between == old || between == new, "{locked}: a third site: {}", run.err);
        if between == old {
            run.assert_code(2);
            run.assert_says(&["Permission denied", "out"]);
        }
        assert_eq!(names_in(&project.beside(".")), ["out", "project"], "{locked}: {}", run.err);
    }
}

/// A world whose files were there when they were listed.
struct Fickle(Memory);

impl World for Fickle {
    fn list(&self) -> Listing {
        self.0.list()
    }

    fn read_within(&self, path: &RelPath, limit: u64) -> Result<Vec<u8>, WorldError> {
        let failed = |kind, what: &str| {
            Err(WorldError { path: path.to_string(), kind, message: what.to_owned() })
        };
        match path.name() {
            "gone.md" | "gone.png" => failed(WorldErrorKind::Missing, "it is gone"),
            "folder.md" => failed(WorldErrorKind::NotAFile, "it is not a regular file"),
            "broken.md" | "broken.proto" => failed(WorldErrorKind::Io, "input/output error"),
            "grown.md" => failed(WorldErrorKind::TooLarge, "it is too large"),
            "short.md" => self.0.read_within(path, limit).map(|bytes| bytes[..9].to_vec()),
            _ => self.0.read_within(path, limit),
        }
    }
}

/// P39: files that vanish, shrink, grow or become folders between the walk and the read are told, and
/// the others are a site.
#[test]
fn files_that_change_while_they_are_read_are_told() {
    let text = "# Title\n\nText with [a link](sound.md) ![i](gone.png).\n";
    let names = ["gone.md", "folder.md", "broken.md", "grown.md", "short.md", "sound.md"];
    let mut all: Vec<(String, &str)> =
        names.iter().map(|name| (format!("docs/{name}"), text)).collect();
    all.push(("broken.proto".to_owned(), "syntax = \"proto3\";"));
    all.push(("docs/gone.png".to_owned(), "pixels"));
    let world = Fickle(Memory::new(all));
    let config = Config::default();
    let options = Options { config: &config, folder_name: "x", today: None };
    let (theme, _) = Theme::new(BTreeMap::new());
    let stages = Stages::default();
    let snapshot = Snapshot::take(&world, &Limits::default());
    let reading = stages.read(&snapshot, &config);
    let graph = stages.relate(&reading, options);
    let (stages, reading, graph, theme) = (&stages, &reading, &graph, &theme);
    let making =
        Making { stages, reading, graph, theme, world: &world, options, aside: &Aside::memory() };
    let build = build::build(making, &Nothing);
    let told = |path: &str| build.diagnostics.iter().any(|d| d.path.as_str() == path);
    for path in [
        "docs/gone.md",
        "docs/folder.md",
        "docs/broken.md",
        "docs/grown.md",
        "broken.proto",
        "docs/gone.png",
    ] {
        assert!(told(path), "{path} is not told: {:?}", build.diagnostics);
    }
    assert!(build.output.get("docs/sound.html").is_some());
    assert!(build.output.get("docs/short.html").is_some());
}

/// P39: the same on a disk, where somebody is busy while builds run.
#[test]
fn builds_beside_a_busy_hand_end_gracefully() {
    let project = Project::new([("README.md", "# Home\n")]);
    saying(&project, 30, "first");
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let docs = project.root().join("docs");
            let mut n = 0_usize;
            while !done.load(Ordering::Relaxed) {
                let (one, other) = (docs.join(format!("p{}.md", n % 30)), docs.join("away.md"));
                // Each may fail, for the last round left things as it liked.
                let _ = std::fs::rename(&one, &other);
                let _ = std::fs::create_dir(&one);
                let _ = std::fs::remove_dir(&one);
                let _ = std::fs::write(&one, "# Page\n\n[x](p1.md)\n");
                let _ = std::fs::write(&other, "");
                n += 1;
            }
        });
        let runs: Vec<_> = (0..6).map(|_| project.build()).collect();
        done.store(true, Ordering::Relaxed);
        runs.iter().for_each(super::project::Run::assert_graceful);
    });
    let run = project.build();
    run.assert_graceful();
    assert_eq!(names_in(&project.beside(".")), ["out", "project"]);
}

/// More files than the limit are told, and never left out in silence.
#[test]
fn too_many_files_are_told() {
    let world = Memory::new((0..20).map(|n| (format!("a{n:02}.md"), "# A\n\nText.\n")));
    let limits = Limits { files: 10, ..Limits::default() };
    let snapshot = Snapshot::take(&world, &limits);
    let reading = Stages::default().read(&snapshot, &Config::default());
    let told = reading.diagnostics.iter().find(|d| d.code.name == "limit-reached");
    let told = told.expect("the limit is told");
    assert!(told.message.contains("20 files") && told.message.contains("10"), "{}", told.message);
    assert_eq!(reading.outlines.len(), 10);
}

/// What the system does instead of a call.
#[derive(Clone, Copy, Debug)]
enum Instead {
    /// It fails.
    Fails,
    /// It kills the process.
    Kills,
}

/// P35, P36, P37: each call that changes the disk fails, or is the last one: the first, the second and
/// so on. The site is the old one or the new one, and the next build makes the new one and leaves
/// nothing beside it. `LACUNA_FAULTS=1000` tries every call instead of some of each kind.
#[cfg(target_os = "linux")]
#[test]
fn every_call_may_fail_or_be_the_last() {
    const CALLS: &[&str] = &[
        "openat",
        "mkdir",
        "write",
        "ftruncate",
        "chmod",
        "flock",
        "linkat",
        "rename",
        "renameat2",
        "unlink",
        "unlinkat",
        "rmdir",
    ];
    let most = super::number("LACUNA_FAULTS", 2);
    let [old, new] = ["old", "new"].map(|word| {
        let project = Project::new([("README.md", format!("# Home\n\nThe {word} site.\n"))]);
        project.write(&format!("docs/{word}.md"), format!("# {word}\n\nOnly here.\n"));
        project
    });
    let out = old.out();
    let build = |project: &Project| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
        command.args(["build", "--no-cache", "-o"]).arg(&out).arg(project.root());
        command.env("RAYON_NUM_THREADS", "1");
        command
    };
    let traced = |call: &str, more: &[&str]| {
        let building = build(&new);
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-e", "signal=none", "-e"]).arg(format!("trace={call}"));
        command.args(more).arg("-o").arg(old.beside("trace"));
        command.arg(building.get_program()).args(building.get_args());
        command.env("RAYON_NUM_THREADS", "1");
        command.output()
    };
    run(&mut build(&new)).assert_code(0);
    let wanted = files(&out);
    run(&mut build(&old)).assert_code(0);
    let before = files(&out);
    assert_ne!(before, wanted);
    let [mut failed, mut killed] = [0, 0];
    for call in CALLS {
        run(&mut build(&old)).assert_code(0);
        if traced(call, &[]).is_err() {
            return eprintln!("skipped: no strace");
        }
        let trace = std::fs::read_to_string(old.beside("trace")).unwrap_or_default();
        let whens = whens(&trace, call, &old.beside(".").to_string_lossy());
        let step = whens.len().div_ceil(most).max(1);
        for (k, instead) in whens
            .iter()
            .step_by(step)
            .flat_map(|k| [Instead::Fails, Instead::Kills].map(|instead| (*k, instead)))
        {
            run(&mut build(&old)).assert_code(0);
            let how = match instead {
                Instead::Fails => "error=EIO",
                Instead::Kills => "signal=KILL",
            };
            let inject = format!("inject={call}:{how}:when={k}");
            let Ok(output) = traced(call, &["-e", &inject]) else { return };
            let run_k = super::project::Run::from(output);
            let after = files(&out);
            let is_old = after == before;
            let what = format!("{call} {k} {instead:?}: {}", run_k.err);
            assert!(is_old || after == wanted, "a third site after {what}");
            match instead {
                Instead::Fails => {
                    run_k.assert_graceful();
                    let is_told = run_k.status.code() == Some(2);
                    assert!(!is_old || is_told, "a failure is not told: {what}");
                    failed += usize::from(is_told);
                }
                Instead::Kills => killed += usize::from(run_k.status.code().is_none()),
            }
            run(&mut build(&new)).assert_code(0);
            assert!(files(&out) == wanted, "another site after {what}");
            let mut left = names_in(&old.beside("."));
            // A lock that nobody holds stops nobody, and a build with nothing to do leaves it.
            left.retain(|name| name.starts_with('.') && name != ".out.lacuna-lock");
            assert!(left.is_empty(), "{left:?} are left after {what}");
        }
    }
    println!("{failed} builds failed, {killed} were killed");
    assert!(failed > 0 && killed > 0, "no call was made to fail");
}

/// Which calls of a kind are tried, counted from 1 on each thread as `strace` counts them. Files are
/// also opened by the loader and to be read: of these only those of the site count.
#[cfg(target_os = "linux")]
fn whens(trace: &str, call: &str, folder: &str) -> Vec<usize> {
    let folder = folder.trim_end_matches('.');
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let [mut whens, mut others] = [const { std::collections::BTreeSet::new() }; 2];
    for line in trace.lines().filter(|line| line.contains(&format!("{call}("))) {
        let count = counts.entry(line.split(' ').next().unwrap_or_default()).or_default();
        *count += 1;
        let of_site = [format!("{folder}out"), format!("{folder}.out")];
        if call != "openat" || of_site.iter().any(|place| line.contains(place)) {
            whens.insert(*count);
        } else {
            others.insert(*count);
        }
    }
    // Another thread would fail at the same count.
    whens.difference(&others).copied().collect()
}

/// Two builds into one folder at once: at least one of them publishes, the other does too or says that
/// it should wait; the site is that of one of them, and nothing is left over.
#[test]
fn two_builds_at_once_leave_the_site_of_one() {
    let rounds = super::number("LACUNA_PAIRS", 15);
    let projects = ["one", "two"].map(|word| {
        let project = Project::new([("README.md", "# Home\n")]);
        saying(&project, 20, word);
        project
    });
    let out = projects[0].out();
    let building = |project: &Project| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
        command.args(["build", "--no-cache", "-o"]).arg(&out).arg(project.root());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let sites = [1, 0].map(|n| {
        run(&mut building(&projects[n])).assert_code(0);
        files(&out)
    });
    let (mut refused, mut wins) = (0, [0, 0]);
    for n in 0..rounds {
        let first = n % 2;
        let children =
            [first, 1 - first].map(|n| building(&projects[n]).spawn().expect("the program starts"));
        let runs = children
            .map(|child| super::project::Run::from(child.wait_with_output().expect("it is ours")));
        for run in &runs {
            run.assert_graceful();
            if run.status.code() == Some(2) {
                refused += 1;
                run.assert_says(&["another process", "publishes here", "wait until it ends"]);
            }
        }
        assert!(runs.iter().any(|run| run.status.code() == Some(0)), "nobody published");
        let site = files(&out);
        let of = sites.iter().position(|known| *known == site);
        wins[of.expect("the site is that of one of the two")] += 1;
        assert_eq!(names_in(&projects[0].beside(".")), ["out", "project"], "round {n}");
    }
    println!("{refused} of {} builds were refused; each site won: {wins:?}", 2 * rounds);
}

/// Two builds of one project at once, which share what is kept for the next build: each ends well, and
/// what they keep gives the site of a clean build.
#[test]
fn two_builds_of_one_project_keep_what_can_be_trusted() {
    let rounds = super::number("LACUNA_PAIRS", 6);
    let project = Project::new([("README.md", "# Home\n")]);
    let outs = ["out", "other"].map(|name| project.beside(name));
    let building = |out: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
        command.args(["build", "-o"]).arg(out).arg(project.root());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    for n in 0..rounds {
        saying(&project, 20, &format!("word {n}"));
        let children =
            [&outs[0], &outs[1]].map(|out| building(out).spawn().expect("the program starts"));
        for child in children {
            let output = child.wait_with_output().expect("it is ours");
            super::project::Run::from(output).assert_code(0);
        }
        run(&mut building(&outs[0])).assert_code(0);
        let kept = files(&outs[0]);
        assert!(kept == files(&outs[1]), "round {n}: two sites of one project");
        std::fs::remove_dir_all(&outs[0]).expect("it is ours");
        project.build().assert_code(0);
        assert!(kept == files(&outs[0]), "round {n}: another site than that of a clean build");
    }
    let left = names_in(&project.beside("."));
    assert_eq!(left, ["other", "out", "project"]);
}
