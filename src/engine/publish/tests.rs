//! A site is published whole, and what is not ours survives.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::*;
use crate::engine::output::Item;

struct Place {
    root: tempfile::TempDir,
    site: PathBuf,
}

fn place() -> Place {
    let root = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(root.path().join("content")).expect("a folder");
    let site = root.path().join("site");
    Place { root, site }
}

impl Place {
    fn protected(&self) -> Protected {
        let root = self.root.path().to_owned();
        Protected { content: vec![root.join("content")], root, home: None }
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Published, PublishError> {
        publish(&output(files), &self.site, &self.protected())
    }

    fn refused(&self, folder: &Path) -> PublishErrorKind {
        let before = read(self.root.path());
        let error = publish(&output(&[("a", "1")]), folder, &self.protected());
        assert_eq!(read(self.root.path()), before, "a refusal changes nothing");
        error.expect_err("refused").kind
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.path().join(path);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// What lies beside the site: nothing of ours may be left there.
    fn beside(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root.path()).expect("the root");
        let name = |entry: std::io::Result<fs::DirEntry>| {
            entry.expect("an entry").file_name().to_string_lossy().into_owned()
        };
        let mut names: Vec<_> = entries.map(name).collect();
        names.sort();
        names
    }
}

fn output(files: &[(&str, &str)]) -> OutputSet {
    let mut output = OutputSet::default();
    for (route, text) in files {
        output.insert(route, *text).expect("a good route");
    }
    output
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    fn visit(root: &Path, here: &Path, all: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(here).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
            if path.is_dir() && !path.is_symlink() {
                all.insert(format!("{name}/"), String::new());
                visit(root, &path, all);
            } else if !path.ends_with(MARKER) {
                all.insert(name, fs::read_to_string(&path).expect("text"));
            }
        }
    }
    let mut all = BTreeMap::new();
    visit(folder, folder, &mut all);
    all
}

fn map(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
}

#[test]
fn writes_a_fresh_site_and_nothing_the_second_time() {
    let place = place();
    let files = [("index.html", "hi"), ("a/b.html", "page")];
    let done = place.publish(&files).expect("published");
    assert_eq!(done, Published { written: 2, removed: 0, unchanged: 0, bytes: 6 });
    assert_eq!(read(&place.site), map(&[("a/", ""), ("a/b.html", "page"), ("index.html", "hi")]));
    let marker = || {
        let path = place.site.join(MARKER);
        let time = fs::metadata(&path).and_then(|found| found.modified()).expect("a time");
        (fs::read_to_string(path).expect("the marker"), time)
    };
    let before = marker();
    let done = place.publish(&files).expect("published");
    assert_eq!(done, Published { written: 0, removed: 0, unchanged: 2, bytes: 0 });
    assert_eq!(marker(), before);
    assert_eq!(place.beside(), ["content", "site"]);
}

#[test]
fn replaces_what_changed_and_removes_what_is_gone() {
    let place = place();
    place.publish(&[("a.html", "1"), ("old/x.html", "2"), ("turn", "3")]).expect("published");
    let next = [("a.html", "one"), ("turn/y.html", "4")];
    let done = place.publish(&next).expect("published");
    assert_eq!(done, Published { written: 2, removed: 2, unchanged: 0, bytes: 4 });
    assert_eq!(read(&place.site), map(&[("a.html", "one"), ("turn/", ""), ("turn/y.html", "4")]));
    fs::write(place.site.join("a.html"), "broken").expect("a file");
    assert_eq!(place.publish(&next).expect("published").written, 1);
    assert_eq!(place.beside(), ["content", "site"]);
}

#[test]
fn keeps_what_is_not_ours() {
    let place = place();
    place.publish(&[("a.html", "1"), ("d/b.html", "1")]).expect("published");
    for path in ["site/CNAME", "site/.nojekyll", "site/.git/HEAD", "site/d/notes.txt"] {
        place.write(path, "mine");
    }
    for round in 0..5 {
        place.publish(&[("a.html", &format!("{round} and more"))]).expect("published");
    }
    let wanted = [
        (".git/", ""),
        (".git/HEAD", "mine"),
        (".nojekyll", "mine"),
        ("CNAME", "mine"),
        ("a.html", "4 and more"),
        ("d/", ""),
        ("d/notes.txt", "mine"),
    ];
    assert_eq!(read(&place.site), map(&wanted));
    assert_eq!(clean(&place.site, &place.protected()).expect("cleaned"), 1);
    assert!(place.site.join(".git/HEAD").exists() && !place.site.join(MARKER).exists());
    assert_eq!(place.refused(&place.site), PublishErrorKind::Foreign);
    assert_eq!(place.beside(), ["content", "site"]);
}

#[test]
fn refuses_to_replace_what_is_not_ours() {
    let place = place();
    place.publish(&[("b", "1")]).expect("published");
    place.write("site/a", "mine");
    assert_eq!(place.refused(&place.site), PublishErrorKind::Conflict);
    let kind = place.publish(&[("a/b.html", "1")]).expect_err("below a file").kind;
    assert_eq!(kind, PublishErrorKind::Conflict);
    assert_eq!(read(&place.site), map(&[("a", "mine"), ("b", "1")]));
}

#[test]
fn refuses_folders_that_are_not_for_sites() {
    let place = place();
    place.write("content/a.md", "a");
    place.write("repository/.git/HEAD", "ref");
    place.write("full/notes.txt", "mine");
    place.write("file", "mine");
    let root = place.root.path();
    for (folder, kind) in [
        (Path::new("/"), PublishErrorKind::Protected),
        (root, PublishErrorKind::Protected),
        (&root.join("content/.."), PublishErrorKind::Protected),
        (root.parent().expect("a parent"), PublishErrorKind::Protected),
        (&root.join("content"), PublishErrorKind::Protected),
        (&root.join("content/site"), PublishErrorKind::Protected),
        (&root.join("repository"), PublishErrorKind::Foreign),
        (&root.join("full"), PublishErrorKind::Foreign),
        (&root.join("file"), PublishErrorKind::NotAFolder),
    ] {
        assert_eq!(place.refused(folder), kind, "{}", folder.display());
    }
    let home = Protected { home: Some(root.join("full")), ..place.protected() };
    let error = publish(&output(&[("a", "1")]), &root.join("full"), &home).expect_err("the home");
    assert_eq!(error.kind, PublishErrorKind::Protected);
    clean(&root.join("full"), &place.protected()).expect_err("not ours");
}

#[test]
fn a_marker_that_leads_out_is_refused() {
    let place = place();
    place.write("victim", "mine");
    let hash = crate::world::Hash::of(b"");
    let marker = format!(r#"{{"version":1,"files":{{"../victim":"{hash}"}}}}"#);
    place.write(&format!("site/{MARKER}"), &marker);
    assert_eq!(place.refused(&place.site), PublishErrorKind::Marker);
    clean(&place.site, &place.protected()).expect_err("a bad marker");
    assert!(place.root.path().join("victim").exists());
}

#[test]
fn publishes_what_waited_on_the_disk_and_cleans_all() {
    let place = place();
    let folder = place.root.path().join("deep/er/site");
    let run = |text: &str| {
        let mut output = OutputSet::waiting(Aside::below(&folder, 2));
        output.insert("index.html", "hi").expect("a good route");
        output.insert("img/image.svg", text).expect("a good route");
        assert!(matches!(output.get("img/image.svg"), Some(Item::Aside(_))));
        publish(&output, &folder, &place.protected()).expect("published")
    };
    assert_eq!(run("pixels").bytes, 8);
    assert_eq!(run("pixels").unchanged, 2);
    assert_eq!(run("other!").written, 1);
    assert_eq!(fs::read_to_string(folder.join("img/image.svg")).expect("written"), "other!");
    assert_eq!(clean(&folder, &place.protected()).expect("cleaned"), 2);
    assert!(!folder.exists());
    assert_eq!(clean(&folder, &place.protected()).expect("clean already"), 0);
}

#[test]
fn what_was_made_to_be_looked_at_is_not_published() {
    let place = place();
    let mut output = OutputSet::waiting(Aside::nowhere());
    output.insert("index.html", "hi").expect("a good route");
    let error = publish(&output, &place.site, &place.protected()).expect_err("nothing to publish");
    assert!(error.message.contains("cannot be published"), "{error}");
    assert!(!place.site.exists());
}

#[test]
fn repairs_what_a_crash_left() {
    let place = place();
    place.publish(&[("a.html", "1")]).expect("published");
    place.write("site/.git/HEAD", "mine");
    // Between the two renames, where names cannot be exchanged: there is no site.
    let old = place.root.path().join(".site.lacuna-old-1");
    fs::rename(&place.site, &old).expect("moved");
    place.write(".site.lacuna-tmp-1/x.html", "half");
    fs::copy(old.join(MARKER), place.root.path().join(".site.lacuna-tmp-1").join(MARKER))
        .expect("a marker");
    fs::remove_file(place.root.path().join(".site.lacuna-tmp-1/x.html")).expect("removed");
    assert_eq!(place.publish(&[("a.html", "1")]).expect("published").unchanged, 1);
    assert_eq!(read(&place.site).get(".git/HEAD").map(String::as_str), Some("mine"));
    // After the exchange, before what is not ours was moved.
    let old = place.root.path().join(".site.lacuna-tmp-2");
    fs::create_dir(&old).expect("a folder");
    fs::copy(place.site.join(MARKER), old.join(MARKER)).expect("a marker");
    fs::rename(place.site.join(".git"), old.join(".git")).expect("moved");
    place.publish(&[("a.html", "1")]).expect("published");
    assert_eq!(read(&place.site).get(".git/HEAD").map(String::as_str), Some("mine"));
    assert_eq!(place.beside(), ["content", "site"]);
}

#[test]
fn a_marker_cut_short_does_not_stop_the_next_publication() {
    let place = place();
    place.publish(&[("a.html", "1")]).expect("published");
    let staging = place.root.path().join(".site.lacuna-tmp-1");
    fs::create_dir(&staging).expect("a folder");
    Manifest::new([].into()).store(&staging).expect("stored");
    assert!(Manifest::load(&staging).expect("whole").is_some());
    fs::remove_dir_all(&staging).expect("removed");
    place.write(".site.lacuna-tmp-1/.lacuna-site-unfinished", "{\"version");
    place.publish(&[("a.html", "2")]).expect("published");
    assert_eq!(place.beside(), ["content", "site"]);
}

#[test]
fn one_publication_at_a_time() {
    let place = place();
    let lock = Lock::take(Siblings::of(&place.site).named("lock")).expect("free");
    let error = place.publish(&[("a.html", "1")]).expect_err("taken");
    assert_eq!(error.kind, PublishErrorKind::Busy);
    assert!(error.message.contains(&std::process::id().to_string()), "{error}");
    drop(lock);
    place.write(".site.lacuna-lock", "1");
    place.publish(&[("a.html", "1")]).expect("a stale lock stops no one");
    assert_eq!(place.beside(), ["content", "site"]);
}

#[cfg(unix)]
#[test]
fn never_writes_through_a_link() {
    use std::os::unix::fs::symlink;
    let place = place();
    place.publish(&[("a.html", "1"), ("d/b.html", "1")]).expect("published");
    place.write("victim/b.html", "mine");
    let victim = place.root.path().join("victim");
    fs::remove_file(place.site.join("a.html")).expect("removed");
    symlink(victim.join("b.html"), place.site.join("a.html")).expect("a link");
    place.publish(&[("a.html", "1"), ("d/b.html", "2")]).expect("published");
    assert!(!place.site.join("a.html").is_symlink());
    fs::remove_dir_all(place.site.join("d")).expect("removed");
    symlink(&victim, place.site.join("d")).expect("a link");
    let error = place.publish(&[("a.html", "1"), ("d/b.html", "2")]).expect_err("in the way");
    assert_eq!(error.kind, PublishErrorKind::Conflict);
    assert_eq!(fs::read_to_string(victim.join("b.html")).expect("there"), "mine");
    symlink(&place.site, place.root.path().join("linked")).expect("a link");
    for name in ["linked", "linked/"] {
        let folder = place.root.path().join(name);
        let error = publish(&output(&[]), &folder, &place.protected()).expect_err("a link");
        assert_eq!(error.kind, PublishErrorKind::NotAFolder);
    }
}
