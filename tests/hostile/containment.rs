//! Nothing outside of the project is read, and nothing outside of the site is written.

use std::{
    collections::BTreeMap,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use super::project::{Project, assert_nowhere, files, put, run};

/// What lies outside and may show nowhere.
const SECRET: &str = "hunter2-of-the-house";

fn project_with_secret(files: &[(&str, &str)]) -> Project {
    let project = Project::new(files.iter().copied());
    put(&project.beside("secret.txt"), SECRET);
    put(&project.beside("secret.md"), format!("# {SECRET}\n\n{SECRET}\n"));
    put(&project.beside("secrets/inner.md"), format!("# {SECRET}\n"));
    put(
        &project.beside("secret.proto"),
        format!("syntax = \"proto3\"; // {SECRET}\nmessage S {{}}\n"),
    );
    put(&project.beside("secret.png"), SECRET);
    project
}

/// P01, P02: links of the file system are named and not followed, also as folders, also when a page
/// refers to what would lie behind them.
#[test]
fn symbolic_links_are_named_and_not_followed() {
    let project = project_with_secret(&[(
        "docs/page.md",
        "# Page\n\n![x](folder/inner.md) [y](folder/inner.md) [z](file.md) ![i](image.png)\n\
         [l](file.md#L1-L2) file.md (lines 1-2) [s](folder/secret.txt) ![s](folder/secret.txt)\n\
         {{#include folder/secret.txt}} [p](passwd.md) folder/secret.txt (lines 1-1)\n",
    )]);
    put(&project.beside("secrets/secret.txt"), SECRET);
    symlink("/etc/passwd", project.root().join("docs/passwd.md")).expect("a link");
    symlink(project.beside("secret.md"), project.root().join("docs/file.md")).expect("a link");
    symlink(project.beside("secrets"), project.root().join("docs/folder")).expect("a link");
    symlink(project.beside("secret.png"), project.root().join("docs/image.png")).expect("a link");
    symlink(project.beside("secret.md"), project.root().join("lacuna.lock")).expect("a link");
    symlink(project.beside("secrets"), project.root().join("themes")).expect("a link");
    let run = project.build();
    run.assert_code(1);
    assert_nowhere(SECRET, &files(&project.out()), &run);
    assert_nowhere("root:x:0", &files(&project.out()), &run);
    let told = super::project::run(&mut project.command(&["check", "-v"]));
    told.assert_says(&["symlink-skipped", "docs/file.md", "docs/folder", "docs/image.png"]);
    assert_nowhere(SECRET, &files(&project.out()), &told);
}

/// P01: a configuration or a theme is the owner's; yet a link in place of the root's files of a
/// checkout is not followed.
#[test]
fn the_files_of_a_checkout_are_not_read_through_links() {
    let project = project_with_secret(&[("a.md", "# A\n\n[x](src/none.rs)\n")]);
    std::fs::create_dir(project.root().join(".git")).expect("a folder");
    let config = format!("[remote \"origin\"]\n url = https://github.com/{SECRET}/x\n");
    put(&project.beside("config"), config);
    symlink(project.beside("config"), project.root().join(".git/config")).expect("a link");
    let run = project.build();
    assert_nowhere(SECRET, &files(&project.out()), &run);
}

/// P03: addresses that climb out name nothing.
#[test]
fn references_that_climb_out_copy_nothing() {
    let mut text = String::from("# Page\n\n");
    for url in [
        "../../secret.png",
        "../../../../../../../../etc/passwd",
        "file:///etc/passwd",
        "/etc/passwd",
        "%2e%2e/%2e%2e/secret.png",
        "..%2f..%2fsecret.png",
        "%252e%252e/secret.png",
        "..\\..\\secret.png",
        "docs/../../secret.png",
        "//../secret.png",
        "~/secret.png",
        "\\\\host\\share\\secret.png",
    ] {
        text.push_str(&format!("![x]({url}) [y](<{url}>) <img src=\"{url}\">\n\n"));
    }
    let project = project_with_secret(&[("docs/page.md", &text)]);
    let run = project.build();
    run.assert_code(1);
    run.assert_says(&["docs/page.md:3:"]);
    let site = files(&project.out());
    assert_nowhere(SECRET, &site, &run);
    assert_nowhere("root:x:0", &site, &run);
}

/// P04: nothing is included: tables of contents and directives of other programs name files of the
/// project only.
#[test]
fn directives_of_other_programs_include_nothing() {
    let project = project_with_secret(&[
        (
            "src/SUMMARY.md",
            "# Summary\n\n- [a](../../secret.md)\n- [b](/etc/passwd)\n- [c](c.md)\n- [d](~/secret.md)\n",
        ),
        (
            "src/c.md",
            "# C\n\n{{#include ../../secret.md}}\n{{#playground /etc/passwd}}\n--8<-- \"../secret.md\"\n\
             {% include '../../secret.md' %}\n:::{include} ../../secret.md\n:::\n<<< @/../secret.md\n",
        ),
        ("mkdocs.yml", "docs_dir: ../secrets\nnav:\n  - a: ../../secret.md\n  - b: /etc/passwd\n"),
        ("docs/_category_.json", "{\"label\": \"x\", \"link\": {\"id\": \"../../secret\"}}"),
    ]);
    let run = project.build();
    run.assert_graceful();
    assert_nowhere(SECRET, &files(&project.out()), &run);
}

/// P05: addresses that front matter wishes for stay in the site, or are none.
#[test]
fn wished_addresses_stay_in_the_site() {
    let long = "x".repeat(300);
    let wishes = [
        "../../x",
        "/../x",
        "/etc/cron.d/x",
        "%2e%2e%2fx",
        "a/../../x",
        "..\\x",
        "",
        ".",
        "..",
        "/",
        "CON",
        "a\u{0}b",
        ".git/hooks/x",
        "/.git/config.html",
        ".lacuna-site",
        "x/../../y.html",
        &long,
    ];
    let project = project_with_secret(&[("README.md", "# Home\n")]);
    for (n, wish) in wishes.iter().enumerate() {
        let wish = serde_json::to_string(wish).expect("JSON is YAML");
        project.write(
            &format!("docs/w{n}.md"),
            format!(
                "---\nid: {wish}\nslug: {wish}\npermalink: {wish}\nurl: {wish}\naliases: [{wish}]\n\
                 redirect_from: [{wish}]\n---\n# W{n}\n\nText.\n"
            ),
        );
    }
    let before = super::project::names_in(&project.beside("."));
    let run = project.build();
    run.assert_graceful();
    let mut after = super::project::names_in(&project.beside("."));
    after.retain(|name| name != "out");
    assert_eq!(after, before, "nothing is written beside the site");
    let site = files(&project.out());
    for n in 0..wishes.len() {
        assert!(site.contains_key(&format!("docs/w{n}.html")), "w{n} is lost: {}", run.err);
    }
    let inside = |route: &&String| {
        !route.starts_with(".git") && route.split('/').all(|part| part != ".." && part.len() <= 255)
    };
    assert!(site.keys().all(|route| inside(&route)), "{:?}", site.keys());
}

/// P06: imports of schemas are names, never opened.
#[test]
fn imports_of_schemas_are_never_opened() {
    let project = project_with_secret(&[(
        "a/b.proto",
        "syntax = \"proto3\";\nimport \"../../secret.proto\";\nimport \"/etc/passwd\";\n\
         import \"link.proto\";\nimport \"..\\\\..\\\\secret.proto\";\nmessage A { S s = 1; }\n",
    )]);
    symlink(project.beside("secret.proto"), project.root().join("a/link.proto")).expect("a link");
    let run = project.build();
    run.assert_graceful();
    let site = files(&project.out());
    assert_nowhere(SECRET, &site, &run);
    assert_nowhere("root:x:0", &site, &run);
}

/// P07, P12: a folder that holds sources, a home or a repository is never a site.
#[test]
fn folders_of_others_are_refused_before_anything_is_written() {
    let project = project_with_secret(&[
        ("docs/a.md", "# A\n"),
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("lacuna.toml", "sources = [\"docs\"]\n"),
    ]);
    let before = files(&project.beside("."));
    for place in [
        "project",
        ".",
        "..",
        "/",
        "project/docs",
        "project/docs/a",
        "project/.git",
        "secrets",
        "secret.md",
    ] {
        let out = if place == "/" { "/".into() } else { project.beside(place) };
        let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
        command.args(["build", "--no-cache", "-o"]).arg(&out).arg(project.root());
        let run = run(&mut command);
        run.assert_code(2);
        assert_eq!(files(&project.beside(".")), before, "{place}");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
    command.args(["build", "--no-cache", "-o"]).arg(project.beside("secrets"));
    command.arg(project.root()).env("HOME", project.beside("secrets"));
    run(&mut command).assert_code(2);
    assert_eq!(files(&project.beside(".")), before);
}

/// P08, P09: what others put into a folder stays: a folder of theirs is refused as it is, and what they
/// put into a site outlives ten builds, while pages that are gone are removed.
#[test]
fn what_others_put_into_a_folder_stays() {
    let project = Project::new([("README.md", "# Home\n")]);
    put(&project.out().join("theirs.html"), "theirs");
    let theirs = files(&project.out());
    let refused = project.build();
    refused.assert_code(2);
    refused.assert_says(&["out"]);
    assert_eq!(files(&project.out()), theirs);
    std::fs::remove_dir_all(project.out()).expect("it is ours");

    project.build().assert_code(0);
    let theirs = ["CNAME", ".git/HEAD", "notes.txt", "docs/notes.txt"];
    theirs.iter().for_each(|path| put(&project.out().join(path), "theirs"));
    for round in 0..10 {
        project.write(&format!("docs/p{round}.md"), format!("# Page {round}\n"));
        if let Some(before) = usize::checked_sub(round, 1) {
            std::fs::remove_file(project.root().join(format!("docs/p{before}.md"))).expect("ours");
        }
        let site = project.site();
        let pages = (0..10).filter(|n| site.contains_key(&format!("docs/p{n}.html")));
        assert_eq!(pages.collect::<Vec<_>>(), [round]);
        assert!(site.contains_key(".nojekyll"), "which is of the site itself");
        for path in theirs {
            assert_eq!(site.get(path).map(Vec::as_slice), Some(b"theirs".as_slice()), "{path}");
        }
    }
}

/// P11: a build is one process that talks to nobody, reads its project and writes its site.
#[cfg(target_os = "linux")]
#[test]
fn a_build_starts_nothing_and_talks_to_nobody() {
    let project = project_with_secret(&[
        (
            "docs/a.md",
            "# A\n\n![x](https://example.org/x.png) ![y](y.png)\n\n```mermaid\nflowchart TD\n A-->B\n```\n",
        ),
        ("docs/y.png", "pixels"),
        ("a.proto", "syntax = \"proto3\"; import \"google/protobuf/any.proto\";\nmessage A {}\n"),
        (
            ".git/config",
            "[remote \"origin\"]\n url = https://github.com/a/b\n[core]\n fsmonitor = touch x\n",
        ),
        (".git/HEAD", "ref: refs/heads/main\n"),
    ]);
    let trace = project.beside("trace");
    for verb in ["build", "check"] {
        let building =
            if verb == "build" { project.building() } else { project.command(&["check"]) };
        let mut command = Command::new("strace");
        command.args([
            "-f",
            "-qq",
            "-e",
            "trace=execve,fork,vfork,socket,connect,openat,open,creat,openat2",
        ]);
        command.args(["-e", "signal=none", "-o"]).arg(&trace);
        command.arg(building.get_program()).args(building.get_args());
        let Ok(output) = command.output() else { return eprintln!("skipped: no strace") };
        let Ok(calls) = std::fs::read_to_string(&trace) else {
            return eprintln!(
                "skipped: strace may not trace: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        };
        if !calls.contains("execve(") {
            return eprintln!("skipped: strace saw nothing");
        }
        let count = |call: &str| calls.lines().filter(|line| line.contains(call)).count();
        assert_eq!(count("execve("), 1, "{verb}");
        assert_eq!(count("socket(") + count("connect(") + count("fork("), 0, "{verb}");
        let (root, out) = (project.root(), project.beside("."));
        let (root, out) = (root.to_string_lossy(), out.to_string_lossy());
        let out = out.trim_end_matches("/.");
        for line in calls.lines().filter(|line| line.contains("open")) {
            let Some(path) = line.split('"').nth(1) else { continue };
            let writes = ["O_WRONLY", "O_RDWR", "O_CREAT"].iter().any(|flag| line.contains(flag));
            let of_site = path.starts_with(&format!("{out}/out"))
                || path.starts_with(&format!("{out}/.out.lacuna-"));
            let of_system = [
                "/lib",
                "/usr/lib",
                "/etc/ld.so",
                "/proc/",
                "/sys/",
                "/dev/null",
                "/etc/localtime",
            ]
            .iter()
            .any(|start| path.starts_with(start));
            if writes {
                assert!(verb == "build" && of_site || path == "/dev/null", "{verb} writes {path}");
            } else if !line.contains("ENOENT") {
                let above = root.starts_with(path);
                let libraries = path.contains(".so") || path.contains("/rustlib/");
                let is_font = [".ttf", ".otf", ".ttc", ".pfb", "/fonts"];
                assert!(!is_font.iter().any(|end| path.contains(end)), "{verb} reads {path}");
                assert!(
                    path.starts_with(&*root) || of_site || of_system || above || libraries,
                    "{verb} reads {path}"
                );
            }
        }
    }
}

/// What takes the place of something, and where it leads; `$$` is the number of the process.
type Swap = (&'static str, &'static str);

/// What somebody does next: an edit of the project, which knows where the files of others are, and
/// arguments of the program.
type Step = (fn(&Project, &Path), &'static [&'static str]);

/// P10: whatever of a site or a cache is a link to somebody's files, or lies behind one, these files
/// are what they were. The program makes the site that it makes elsewhere, or says why it does not.
#[test]
fn nothing_is_changed_through_a_link() {
    let built = linked_project(&["build"]);
    let nothing = |_: &Project, _: &Path| {};
    let edit = |project: &Project, _: &Path| {
        std::fs::remove_file(project.root().join("docs/deep/page.md")).expect("it is there");
        project.write("docs/deep/page.md", "# Page\n\nOther words.\n");
    };
    let others = |project: &Project, _: &Path| {
        std::fs::remove_dir_all(project.root().join("docs")).expect("it is there");
        project.write("notes/new.md", "# New\n");
    };
    let steps: [Step; 5] = [
        (nothing, &["build"]),
        (others, &["build"]),
        (nothing, &["clean"]),
        (edit, &["build"]),
        (edit, &["build", "--no-cache"]),
    ];
    let in_site = [
        ("site/docs/deep/page.html", "page.html"),
        ("site/docs/deep/page.html", "folders"),
        ("site/docs/deep/page.html", "nothing"),
        ("site/docs/deep", "site/docs/deep"),
        ("site/docs", "site/docs"),
        ("site/docs", "folders/docs"),
        ("site/.lacuna-site", "site/.lacuna-site"),
        ("site/.lacuna-site", "page.html"),
        ("site", "site"),
    ];
    let mut outcomes = all_steps(&built, &steps[..4], &in_site);
    let beside_site = [
        (".site.lacuna-lock", "page.html"),
        (".site.lacuna-lock", "nothing"),
        (".site.lacuna-tmp-$$", "site"),
        (".site.lacuna-old-1", "site"),
    ];
    outcomes.extend(all_steps(&built, &steps[2..4], &beside_site));
    let in_cache = [
        (".lacuna", "cache"),
        (".lacuna/pages.json", "cache/pages.json"),
        (".lacuna/pages.json.$$", "cache/pages.json"),
        (".lacuna/pages.seal", "cache/pages.seal"),
        (".lacuna/search.bin", "page.html"),
        (".lacuna/.gitignore", "nothing"),
    ];
    let outcomes_of_cache = all_steps(&built, &steps[3..], &in_cache);
    assert!(outcomes_of_cache.iter().all(|code| *code == 0), "{outcomes_of_cache:?}");
    // Many of the others stop nobody either.
    assert!(outcomes.iter().filter(|code| **code < 2).count() > 15, "{outcomes:?}");
}

/// P10: the same of versions beside each other, and of a list of files that was made up.
#[test]
fn nothing_is_changed_through_a_link_beside_versions() {
    let built = linked_project(&["build", "--version-label", "1.0"]);
    let nothing = |_: &Project, _: &Path| {};
    let made_up = |project: &Project, victims: &Path| {
        let hash = lacuna::world::Hash::of(SECRET.as_bytes());
        let marker = format!(r#"{{"version":1,"files":{{"1.0/page.html":"{hash}"}}}}"#);
        std::fs::remove_file(project.root().join("site/.lacuna-versions")).expect("it is there");
        project.write("site/.lacuna-versions", marker);
        std::fs::remove_dir_all(project.root().join("site/1.0")).expect("it is there");
        symlink(victims, project.root().join("site/1.0")).expect("a link");
    };
    let steps: [Step; 4] = [
        (nothing, &["build", "--version-label", "1.0"]),
        (nothing, &["build", "--version-label", "2.0"]),
        (nothing, &["clean"]),
        (nothing, &["clean", "--version-label", "1.0"]),
    ];
    let swaps = [
        ("site/versions.json", "page.html"),
        ("site/.lacuna-versions", "site/.lacuna-versions"),
        ("site/.lacuna-versions-unfinished", "page.html"),
    ];
    all_steps(&built, &steps, &swaps);
    // Another version does not look into this one.
    let own = [steps[0], steps[2], steps[3]];
    all_steps(&built, &own, &[("site/1.0/docs", "folders/1.0/docs")]);
    // A folder that is a link is no version, and no list makes it one.
    let linked = all_steps(&built, &[steps[0], steps[3]], &[("site/1.0", "site/1.0")]);
    let listed = [1, 2, 3].map(|step| (made_up as fn(&Project, &Path), steps[step].1));
    let listed = all_steps(&built, &listed, &[("site/versions.json", "page.html")]);
    assert_eq!((linked, listed), (vec![2, 2], vec![2, 2, 2]));
}

/// A project with a site and a cache, and somebody's copies of both beside it; also only the folders
/// of the site, and a page.
fn linked_project(building: &[&str]) -> Project {
    let project = Project::new([
        ("README.md", "# Home\n\n[a page](docs/deep/page.md)\n"),
        ("docs/deep/page.md", "# Page\n\nWords.\n"),
    ]);
    run(&mut project.command(building)).assert_code(0);
    let (root, victims) = (project.root(), project.beside("victims"));
    std::fs::create_dir(&victims).expect("a folder");
    copy("-a", &root.join("site"), &victims.join("site"));
    copy("-a", &root.join(".lacuna"), &victims.join("cache"));
    copy("-a", &root.join("site"), &victims.join("folders"));
    for path in files(&victims.join("folders")).keys() {
        std::fs::remove_file(victims.join("folders").join(path)).expect("a file");
    }
    put(&victims.join("page.html"), SECRET);
    project
}

/// Every step on a copy of the project with every link; the exit codes.
fn all_steps(built: &Project, steps: &[Step], swaps: &[Swap]) -> Vec<i32> {
    let mut outcomes = Vec::new();
    // The files of the project are those of every copy: a file that is written to in place shows.
    let before = everything(&built.beside("."));
    for (change, arguments) in steps {
        let project = copied(built);
        change(&project, &built.beside("victims"));
        std::fs::remove_dir_all(project.root().join(".lacuna")).expect("it is there");
        run(&mut project.command(arguments)).assert_graceful();
        let wanted = files(&project.root().join("site"));
        for (at, to) in swaps {
            let what = format!("{at} to {to}, {arguments:?}");
            let project = copied(built);
            change(&project, &built.beside("victims"));
            let program = project.command(arguments);
            let mut command = Command::new("sh");
            command.args(["-c", SWAPPED, "sh"]);
            command.args([project.root().join(at), built.beside("victims").join(to)]);
            let run = run(command.arg(program.get_program()).args(program.get_args()));
            run.assert_graceful();
            let code = run.status.code().expect("an exit code");
            let after = everything(&built.beside("."));
            let differ: Vec<_> =
                before.iter().filter(|(path, was)| after.get(*path) != Some(*was)).collect();
            assert!(differ.is_empty() && before.len() == after.len(), "{what}: {differ:?}");
            let site = files(&project.root().join("site"));
            assert_nowhere(SECRET, &site, &run);
            if code == 2 {
                run.assert_says(&["error: "]);
            } else {
                let all = site.keys().chain(wanted.keys());
                let differ: Vec<_> =
                    all.filter(|path| site.get(*path) != wanted.get(*path)).collect();
                assert!(differ.is_empty(), "{what}: {differ:?}");
            }
            outcomes.push(code);
        }
    }
    outcomes
}

/// Puts a link in the place of what is there, and runs the program in the place of the shell, whose
/// number it then has.
const SWAPPED: &str = r#"at="${1%\$\$}"; [ "$at" = "$1" ] || at="$at$$"
if [ -d "${at%/*}" ]; then rm -rf "$at" && ln -s "$2" "$at" || exit 99; fi
shift 2; exec "$@""#;

/// A project of the same files: none is there twice.
fn copied(project: &Project) -> Project {
    let other = Project::new([] as [(&str, &str); 0]);
    std::fs::remove_dir(other.root()).expect("it is empty");
    copy("-al", &project.root(), &other.root());
    other
}

/// With the moments at which files were written: a cache is not believed otherwise.
fn copy(how: &str, from: &Path, to: &Path) {
    let status = Command::new("cp").arg(how).args([from, to]).status();
    assert!(status.expect("every system has `cp`").success());
}

/// Everything below a folder, folders too, with the moment at which it was written.
fn everything(folder: &Path) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
    let mut all = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let found = std::fs::symlink_metadata(&path).expect("it is there");
            let bytes =
                if found.is_file() { std::fs::read(&path).expect("a file") } else { Vec::new() };
            if found.is_dir() {
                waiting.push(path.clone());
            }
            all.insert(path, (found.modified().expect("a moment"), bytes));
        }
    }
    all
}
