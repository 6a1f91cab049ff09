//! Versions of a site beside each other: what a build of one leaves of the others, the list above
//! them, whose files are kept, and labels that cannot be.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes its own project and runs the program"
)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// A project whose sites lie in a folder beside it.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir().expect("a folder"));
        project.write("README.md", "# Ferries\n\nSee [the pier](docs/pier.md).\n");
        project
            .write("docs/pier.md", "---\ndate: 2026-03-04\n---\n# The pier\n\nBoats lie here.\n");
        project
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join("project").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("the project is writable");
    }

    fn out(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, out: &str, line: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_lacuna"))
            .args(line.split_whitespace())
            .arg(self.0.path().join("project"))
            .arg("-o")
            .arg(self.out(out))
            .output()
            .expect("the program starts")
    }

    #[track_caller]
    fn build(&self, out: &str, label: &str) {
        let run = self.run(out, &format!("build -q --version-label {label}"));
        assert!(run.status.success(), "{}", said(&run));
    }

    fn text(&self, name: &str) -> String {
        let path = self.out(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn files(&self, out: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.out(out), "", &mut files);
        files
    }
}

fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.expect("an entry");
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        match entry.file_type().expect("a type").is_dir() {
            true => collect(&entry.path(), &format!("{name}/"), files),
            false => drop(files.insert(name, fs::read(entry.path()).expect("a file"))),
        }
    }
}

fn said(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

#[track_caller]
fn assert_refused(run: &Output, why: &str) {
    assert_eq!(run.status.code(), Some(2), "{}", said(run));
    assert!(said(run).contains(why), "{}", said(run));
    assert!(run.stdout.is_empty());
}

const AT_THE_ROOT: &[&str] = &[
    ".lacuna-versions",
    ".nojekyll",
    "404.html",
    "_headers",
    "index.html",
    "robots.txt",
    "versions.html",
    "versions.js",
    "versions.json",
];

#[test]
fn a_version_leaves_the_others_byte_for_byte() {
    let project = Project::new();
    project.build("site", "v1");
    let first = project.files("site");
    let root: Vec<&str> =
        first.keys().map(String::as_str).filter(|name| !name.contains('/')).collect();
    assert_eq!(root, AT_THE_ROOT);
    project.write("docs/tide.md", "# The tide\n\nIt comes twice a day.\n");
    project.build("site", "v2");
    let second = project.files("site");
    for (name, bytes) in first.iter().filter(|(name, _)| name.starts_with("v1/")) {
        assert!(second.get(name) == Some(bytes), "{name} is not as it was");
    }
    assert_ne!(first["versions.js"], second["versions.js"]);
    assert_eq!(
        project.text("site/versions.js"),
        "lacunaVersions(\"versions\",{\"format\":1,\"default\":\"v2\",\"versions\":[\
         {\"label\":\"v2\",\"href\":\"v2/index.html\"},{\"label\":\"v1\",\"href\":\"v1/index.html\"}]})\n"
    );
    let json: serde_json::Value =
        serde_json::from_str(&project.text("site/versions.json")).expect("JSON");
    assert_eq!(json["versions"][0]["label"], "v2");
    assert!(project.text("site/index.html").contains("url=v2/index.html"));
    let (old, new) =
        (project.text("site/v1/assets/pages/p-0.js"), project.text("site/v2/assets/pages/p-0.js"));
    assert!(!old.contains("docs/tide.html") && new.contains("\"docs/tide.html\""));
    assert!(old.starts_with("lacunaPages(\"p-0\",[") && !new.contains("404.html"));
    let page = project.text("site/v2/docs/tide.html");
    assert!(page.contains(">Version v2</a>") && page.contains("../versions.html\""), "{page}");
    let list = project.text("site/versions.html");
    assert!(list.contains("<a href=\"v1/index.html\">v1</a>") && !list.contains("<style"));
}

#[test]
fn the_order_of_building_and_building_again_have_no_say() {
    let project = Project::new();
    for label in ["v2", "v10", "main"] {
        project.build("one", label);
    }
    for label in ["main", "v10", "v2", "v10"] {
        project.build("two", label);
    }
    let (one, two) = (project.files("one"), project.files("two"));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(two[name] == *bytes, "{name} differs");
    }
    let run = project.run("one", "build -q --verify --version-label v2");
    assert!(run.status.success(), "{}", said(&run));
}

#[test]
fn addresses_are_those_below_the_label() {
    let project = Project::new();
    project.write("lacuna.toml", "base_url = \"https://x.org/d\"\n");
    project.build("site", "v1");
    project.build("site", "v2");
    let page = project.text("site/v1/docs/pier.html").replace("&#x2f;", "/");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://x.org/d/v1/docs/pier.html\">"));
    let missing = project.text("site/v1/404.html").replace("&#x2f;", "/");
    assert!(missing.contains("href=\"https://x.org/d/v1/assets/lacuna.css\""), "{missing}");
    assert!(missing.contains("href=\"https://x.org/d/v1/../versions.html\""), "{missing}");
    assert!(project.text("site/v1/sitemap.xml").contains("https://x.org/d/v1/docs/pier.html"));
    assert!(project.text("site/v1/feed.xml").contains("https://x.org/d/v1/"));
    assert!(project.text("site/v1/robots.txt").contains("Sitemap: https://x.org/d/v1/sitemap.xml"));
    assert!(project.text("site/robots.txt").contains("Sitemap: https://x.org/d/sitemap.xml"));
    assert!(project.text("site/sitemap.xml").contains("<loc>https://x.org/d/v2/sitemap.xml</loc>"));
    let missing = project.text("site/404.html");
    assert!(missing.contains("href=\"https://x.org/d/v2/assets/lacuna.css\""), "{missing}");
    assert!(project.text("site/index.html").contains("href=\"https://x.org/d/v2/\""));
    let headers = project.text("site/_headers");
    let paths: Vec<&str> = headers.lines().filter(|line| line.starts_with('/')).collect();
    let of =
        |label: &str| ["*", "*.md", "*.csv", "feed.xml"].map(|path| format!("/{label}/{path}"));
    assert_eq!(paths, [of("v2"), of("v1")].concat());
}

#[test]
fn files_of_others_are_kept_or_refused() {
    let project = Project::new();
    fs::create_dir_all(project.out("site/old")).expect("a folder");
    for (name, text) in
        [("CNAME", "x.org\n"), ("index.html", "mine"), ("old/a.html", "old"), ("robots.txt", "no")]
    {
        fs::write(project.out("site").join(name), text).expect("a file");
    }
    project.build("site", "v1");
    project.build("site", "v1");
    assert_eq!(project.text("site/CNAME"), "x.org\n");
    assert_eq!(project.text("site/index.html"), "mine");
    assert_eq!(project.text("site/robots.txt"), "no");
    assert_eq!(project.text("site/old/a.html"), "old");
    assert!(!project.text("site/.lacuna-versions").contains("index.html"));

    // A folder that no build made is no version, and is not taken for one.
    let run = project.run("site", "build -q --version-label old");
    assert_refused(&run, "it is not a site made by Lacuna");
    assert_eq!(project.text("site/old/a.html"), "old");
    assert!(!project.text("site/versions.json").contains("old"));

    fs::create_dir_all(project.out("other")).expect("a folder");
    fs::write(project.out("other/versions.json"), "{}").expect("a file");
    let run = project.run("other", "build -q --version-label v1");
    assert_refused(&run, "the list of versions lies at this place");
    assert_eq!(project.files("other").len(), 1, "nothing was written");

    let run = project.run("site", "clean");
    assert!(run.status.success(), "{}", said(&run));
    let left = project.files("site");
    assert_eq!(
        left.keys().collect::<Vec<_>>(),
        ["CNAME", "index.html", "old/a.html", "robots.txt"]
    );
}

#[test]
fn a_site_with_and_one_without_versions_do_not_mix() {
    let project = Project::new();
    let run = project.run("plain", "build -q");
    assert!(run.status.success(), "{}", said(&run));
    let before = project.files("plain");
    assert!(!before.contains_key("version.json") && !before.contains_key("assets/pages/index.js"));
    assert!(!String::from_utf8_lossy(&before["index.html"]).contains("versions.html"));
    let run = project.run("plain", "build -q --version-label v1");
    assert_refused(&run, "it holds a site without versions; remove that with `lacuna clean`");
    assert!(before == project.files("plain"));

    project.build("several", "v1");
    let before = project.files("several");
    let run = project.run("several", "build -q");
    assert_refused(&run, "name the version to build with `--version-label`");
    assert!(before == project.files("several"));
}

#[test]
fn a_version_is_cleaned_and_leaves_the_list() {
    let project = Project::new();
    project.build("site", "v1");
    let one = project.files("site");
    project.build("site", "v2");
    let run = project.run("site", "clean --version-label v2");
    assert!(run.status.success(), "{}", said(&run));
    assert!(said(&run).contains("site/v2"), "{}", said(&run));
    assert!(one == project.files("site"), "what is left is as if v2 had never been");
    let run = project.run("site", "clean --version-label v1");
    assert!(run.status.success(), "{}", said(&run));
    assert!(!project.out("site").exists());
    let run = project.run("site", "clean --version-label v1");
    assert!(run.status.success(), "{}", said(&run));
}

#[test]
fn labels_that_cannot_be_are_refused() {
    let project = Project::new();
    for label in ["../v1", "a/b", "..", ".git", "-v1", "con", "versions.json", "v1.", "a\\b", ""] {
        let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
            .args(["build", "-q"])
            .arg(format!("--version-label={label}"))
            .arg(project.0.path().join("project"))
            .arg("-o")
            .arg(project.out("site"))
            .output()
            .expect("the program starts");
        assert_refused(&run, "label");
        assert!(!project.out("site").exists(), "{label}");
    }
    project.build("site", "V1-été");
    let before = project.files("site");
    let run = project.run("site", "build -q --version-label v1-ÉTÉ");
    assert_refused(&run, "write the label as it is written here");
    assert!(before == project.files("site"));
}

#[test]
fn a_version_that_was_interrupted_is_made_good() {
    let project = Project::new();
    project.build("site", "v1");
    project.build("site", "v2");
    let whole = project.files("site");
    // As after a crash between the version and the list: the list is old, or half of it is there.
    fs::write(project.out("site/versions.js"), "lacunaVersions(").expect("a file");
    fs::remove_file(project.out("site/versions.json")).expect("a file");
    fs::write(project.out("site/.lacuna-versions-unfinished"), "{").expect("a file");
    project.build("site", "v2");
    assert!(whole == project.files("site"));
}

#[test]
fn versions_that_are_built_at_one_time_are_all_listed() {
    let project = Project::new();
    let labels = ["v1", "v2", "v3", "v4"];
    let runs: Vec<_> = labels
        .iter()
        .map(|label| {
            Command::new(env!("CARGO_BIN_EXE_lacuna"))
                .args(["build", "-q", "--no-cache", "--version-label", label])
                .arg(project.0.path().join("project"))
                .arg("-o")
                .arg(project.out("site"))
                .spawn()
                .expect("the program starts")
        })
        .collect();
    for mut run in runs {
        assert!(run.wait().expect("it ends").success());
    }
    let list = project.text("site/versions.json");
    for label in labels {
        assert!(list.contains(&format!("\"{label}\"")), "{list}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let project = Project::new();
    let elsewhere = project.out("elsewhere");
    fs::create_dir_all(&elsewhere).expect("a folder");
    fs::create_dir_all(project.out("site")).expect("a folder");
    std::os::unix::fs::symlink(&elsewhere, project.out("site/v1")).expect("a link");
    let run = project.run("site", "build -q --version-label v1");
    assert_refused(&run, "it is a symbolic link");
    std::os::unix::fs::symlink(elsewhere.join("x"), project.out("site/versions.js"))
        .expect("a link");
    let run = project.run("site", "build -q --version-label v2");
    assert_refused(&run, "the list of versions lies at this place");
    assert_eq!(fs::read_dir(&elsewhere).expect("a folder").count(), 0);
}
