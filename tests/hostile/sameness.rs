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
    for threads in ["2", "16"] {
        let site = build(&first, &[("RAYON_NUM_THREADS", threads)], "rm -rf ../out");
        assert_same(&wanted, &site, &format!("{threads} threads"));
    }
    let home = first.beside("home");
    super::project::put(&home.join(".config/git/ignore"), "*.md\n");
    super::project::put(&home.join(".gitconfig"), "[core]\n excludesFile = ~/.config/git/ignore\n");
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
    ];
    // Another place, and created in the other order.
    let second = Project::new(sources.iter().rev().map(|(path, bytes)| (path, bytes)));
    let site = build(&second, &around, "umask 077; cd /");
    assert_same(&wanted, &site, "another machine");
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
