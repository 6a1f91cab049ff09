//! Nothing outside of the project is read, and nothing outside of the site is written.

use std::os::unix::fs::symlink;
use std::process::Command;

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
