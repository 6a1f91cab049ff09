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

/// P47: the folder in which the program is started, and how the project is named from there.
#[test]
fn the_way_to_the_project_is_not_in_the_site() {
    let project = Project::new(FEW);
    let wanted = project.site();
    std::fs::create_dir(project.beside("other")).expect("a folder");
    for (from, root, out) in [
        ("project", ".", "../out"),
        ("other", "../project", "../out"),
        (".", "project/docs/..", "out"),
    ] {
        std::fs::remove_dir_all(project.out()).expect("it is ours");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_lacuna"));
        command.args(["build", "--no-cache", "-o", out, root]).current_dir(project.beside(from));
        run(&mut command).assert_code(0);
        assert_same(&wanted, &files(&project.out()), &format!("{root} from {from}"));
    }
}

/// P47: the day, as `SOURCE_DATE_EPOCH` and as the clock has it, and the moments at which files were
/// written. A waiver that ends is the one thing that the day decides.
#[test]
fn the_day_is_not_in_the_site() {
    let epochs = [None, Some("0"), Some("1893456000"), Some("32503680000")];
    let build = |project: &Project, epoch: Option<&str>| {
        let mut command = project.building();
        match epoch {
            Some(epoch) => command.env("SOURCE_DATE_EPOCH", epoch),
            None => command.env_remove("SOURCE_DATE_EPOCH"),
        };
        run(&mut command).assert_graceful();
        files(&project.out())
    };
    let project = Project::new(sources());
    let wanted = build(&project, epochs[0]);
    for (epoch, seconds) in [(epochs[1], 1), (epochs[2], 4_102_444_800), (epochs[3], 0)] {
        let moment = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        for path in files(&project.root()).keys() {
            let file = std::fs::File::options().append(true).open(project.root().join(path));
            file.and_then(|file| file.set_modified(moment)).expect("it is ours");
        }
        assert_same(&wanted, &build(&project, epoch), &format!("{epoch:?}"));
    }
    let waived = Project::new([(
        "gaps/g-1.md",
        "---\nid: G-1\ntitle: T\nwaived:\n  reason: Money\n  owner: Team\n  until: 2030-06-01\n---\nX\n",
    )]);
    let sites: Vec<Site> = epochs[1..].iter().map(|epoch| build(&waived, *epoch)).collect();
    assert_same(&sites[0], &sites[1], "before it ends");
    assert_ne!(sites[1], sites[2], "after its end");
}

/// A project of few files.
const FEW: [(&str, &str); 2] = [
    ("README.md", "# Home\n\n```mermaid\nflowchart TD\n  A[Some words]-->B\n```\n"),
    ("docs/a.md", "# A\n\nText.\n"),
];

/// P47: another user than the one who made the files, and a machine of another name, as far as the
/// system lets a test be one.
#[cfg(target_os = "linux")]
#[test]
fn the_user_and_the_name_of_the_machine_are_not_in_the_site() {
    let project = Project::new(FEW);
    let wanted = project.site();
    let named = "hostname elsewhere.example && [ \"$(uname -n)\" = elsewhere.example ] && exec \"$0\" \"$@\"";
    let around: [(&str, &[&str]); 2] = [
        ("another user", &["--user", "--"]),
        ("another name", &["--user", "--map-root-user", "--uts", "--", "sh", "-c", named]),
    ];
    for (what, before) in around {
        let building = project.building();
        let mut command = std::process::Command::new("unshare");
        command.args(before).arg(building.get_program()).args(building.get_args());
        std::fs::remove_dir_all(project.out()).expect("it is ours");
        let run = match command.output() {
            Ok(output) if !output.stderr.starts_with(b"unshare:") => {
                super::project::Run::from(output)
            }
            _ => return eprintln!("skipped: no `unshare` that may make {what}"),
        };
        if run.status.code() == Some(127) {
            return eprintln!("skipped: no `hostname`");
        }
        run.assert_code(0);
        assert_same(&wanted, &files(&project.out()), what);
    }
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
