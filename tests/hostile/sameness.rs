//! One tree gives one site, whatever the machine around it is like.

use super::{
    payloads,
    project::{Project, Site, files, run},
};

fn sources() -> Vec<(String, Vec<u8>)> {
    let project = payloads::project();
    let mut all: Vec<(String, Vec<u8>)> = files(&project.root()).into_iter().collect();
    // Few of them show as much as all.
    all.retain(|(path, _)| !path.contains("markup-") || path.ends_with("0.md"));
    all
}

fn assert_same(site: &Site, other: &Site, what: &str) {
    let differs: Vec<&String> = site
        .keys()
        .chain(other.keys())
        .filter(|path| site.get(*path) != other.get(*path))
        .collect();
    assert!(differs.is_empty(), "{what}: {differs:?}");
}

/// P46, P47, P48: threads, time zone, language, home, user, working folder, place of the project,
/// permissions of new files, the rest of the environment, the order of creation, and an ignore file
/// of the user: none of it is in the site.
#[test]
fn the_machine_is_not_in_the_site() {
    let sources = sources();
    let first = Project::new(sources.iter().map(|(path, bytes)| (path, bytes)));
    let build = |project: &Project, set: &[(&str, &str)], before: &str| {
        let mut command = project.building_under(before);
        command.env("SOURCE_DATE_EPOCH", "1893456000");
        command.envs(set.iter().copied()).current_dir(project.beside("."));
        run(&mut command).assert_graceful();
        files(&project.out())
    };
    let wanted = build(&first, &[("RAYON_NUM_THREADS", "1")], "true");
    assert!(wanted.len() > 100);
    // `LACUNA_REPEATS=20` looks as often for what only sometimes differs.
    for round in 0..super::number("LACUNA_REPEATS", 1) {
        for threads in ["1", "2", "16"].iter().skip(usize::from(round == 0)) {
            let site = build(&first, &[("RAYON_NUM_THREADS", threads)], "rm -rf out");
            assert_same(&wanted, &site, &format!("{threads} threads, round {round}"));
        }
    }
    let home = first.beside("home");
    super::project::put(&home.join(".config/git/ignore"), "*.md\n");
    super::project::put(&home.join(".gitconfig"), "[core]\n excludesFile = ~/.config/git/ignore\n");
    // Diagrams measure words. Fonts of the machine have no part in it, not even broken ones.
    for place in [".fonts/Arial.ttf", "fonts/Arial.ttf"] {
        super::project::put(&home.join(place), "no font");
    }
    let config = format!("<fontconfig><dir>{}</dir></fontconfig>", home.join("fonts").display());
    super::project::put(&home.join("fonts.conf"), config);
    let fonts = home.join("fonts.conf").to_string_lossy().into_owned();
    let home = home.to_string_lossy().into_owned();
    let around = [
        ("TZ", "Pacific/Kiritimati"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("HOME", home.as_str()),
        ("XDG_CONFIG_HOME", home.as_str()),
        ("USER", "somebody"),
        ("HOSTNAME", "elsewhere"),
        ("COLUMNS", "20"),
        ("NO_COLOR", "1"),
        ("GIT_DIR", "/nowhere"),
        ("LACUNA_SECRET", "hunter2"),
        ("FONTCONFIG_FILE", fonts.as_str()),
        ("XDG_DATA_HOME", home.as_str()),
    ];
    // Another place, and created in the other order.
    let second = Project::new(sources.iter().rev().map(|(path, bytes)| (path, bytes)));
    let site = build(&second, &around, "umask 077; cd /");
    assert_same(&wanted, &site, "another machine");
    // A language that systems have, not only one by name, and a repository that leads nowhere.
    for (path, text) in [
        (".git/HEAD", "ref: refs/heads/main\n"),
        (".git/config", "[core]\n\trepositoryformatversion = 0\n"),
        (".git/objects/x", ""),
        (".git/refs/x", ""),
    ] {
        second.write(path, text);
    }
    let site = build(&second, &[("LANG", "C.UTF-8"), ("LC_ALL", "C.UTF-8")], "umask 027; cd /");
    assert_same(&wanted, &site, "a repository, and another language");
}

/// P47: another user than the one who made the files, as far as the system lets a test be one.
#[cfg(target_os = "linux")]
#[test]
fn the_user_is_not_in_the_site() {
    let project = Project::new([
        ("README.md", "# Home\n\n```mermaid\nflowchart TD\n  A[Some words]-->B\n```\n"),
        ("docs/a.md", "# A\n\nText.\n"),
    ]);
    let wanted = project.site();
    let building = project.building();
    let mut command = std::process::Command::new("unshare");
    command.args(["--user", "--"]).arg(building.get_program()).args(building.get_args());
    std::fs::remove_dir_all(project.out()).expect("it is ours");
    let run = match command.output() {
        Ok(output) if !output.stderr.starts_with(b"unshare:") => super::project::Run::from(output),
        _ => return eprintln!("skipped: no `unshare` that may make another user"),
    };
    run.assert_code(0);
    assert_same(&wanted, &files(&project.out()), "nobody");
}

/// P49, P50: a page that is deleted is gone from everything, and what is kept for the next build never
/// brings it back. `tests/incremental.rs` does the same with random edits.
#[test]
fn a_deleted_page_is_gone_from_everything() {
    let project = Project::new([
        ("README.md", "# Home\n"),
        ("docs/kept.md", "# Kept\n\nText.\n"),
        (
            "docs/zebra.md",
            "---\nid: ZEBRA-1\ntags: [stripes]\n---\n# Zebra crossing\n\n[x](kept.md) quagga\n",
        ),
        (
            "gaps/g.md",
            "---\nid: G-1\ntitle: T\npriority: P1\ntargets: [docs/zebra.md]\n---\n\nText.\n",
        ),
        (
            "lacuna.toml",
            "base_url = \"https://example.org/\"\nsources = [\"docs\", \"gaps\", \"README.md\"]\n",
        ),
    ]);
    let out = project.out().to_string_lossy().into_owned();
    let build = || {
        run(&mut project.command(&["build", "-o", &out])).assert_graceful();
        files(&project.out())
    };
    let holds = |site: &Site, words: &str| {
        let found = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(words);
        site.iter().filter(|(_, b)| found(b)).map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    let before = build();
    assert!(holds(&before, "quagga").len() >= 2 && holds(&before, "Zebra crossing").len() > 4);
    std::fs::remove_file(project.root().join("docs/zebra.md")).expect("it is there");
    let after = build();
    for words in ["quagga", "Zebra crossing", "ZEBRA-1", "docs/zebra.html"] {
        assert_eq!(holds(&after, words), Vec::<String>::new(), "{words}");
    }
    assert!(before.contains_key("docs/zebra.html") && !after.contains_key("docs/zebra.html"));
}
