//! What the walk finds, what it leaves out, and what a read refuses.

use super::*;

fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    root
}

fn names(listing: &Listing) -> Vec<&str> {
    listing.entries.iter().map(|entry| entry.path.as_str()).collect()
}

fn rel(path: &str) -> RelPath {
    RelPath::new(path).expect("a good path")
}

#[test]
fn lists_what_is_content() {
    let root = tree(&[
        ("a.md", "a"),
        ("b/c.md", "cc"),
        (".gitignore", "ignored.md\n"),
        ("b/ignored.md", ""),
        (".hidden/x.md", ""),
        (".git/config", ""),
        (".lacuna/x.md", ""),
        ("node_modules/x.md", ""),
        ("Cargo.toml", ""),
        ("target/x.md", ""),
        ("docs/target/kept.md", ""),
        ("site/x.html", ""),
        ("b/site/kept.html", ""),
        ("public/.lacuna-site", ""),
        ("public/docs/x.md", ""),
    ]);
    let disk = Disk::new(root.path(), &["/site/".into()]).expect("a folder");
    let listing = disk.list();
    let wanted = ["Cargo.toml", "a.md", "b/c.md", "b/site/kept.html", "docs/target/kept.md"];
    assert_eq!(names(&listing), wanted);
    assert_eq!(listing.entries[2].size, 2);
    assert_eq!(listing.problems, []);
}

#[test]
fn an_ignore_file_above_the_root_does_not_count() {
    let outer = tree(&[(".gitignore", "*.md\n"), (".git/config", ""), ("in/a.md", "a")]);
    let disk = Disk::new(&outer.path().join("in"), &[]).expect("a folder");
    assert_eq!(names(&disk.list()), ["a.md"]);
}

#[test]
fn a_bad_ignore_line_is_told_and_a_bad_exclude_refused() {
    let root = tree(&[(".gitignore", "a{b\n"), ("a.md", "")]);
    let listing = Disk::new(root.path(), &[]).expect("a folder").list();
    assert_eq!(names(&listing), ["a.md"]);
    assert_eq!(listing.problems[0].kind, WorldErrorKind::Pattern);
    let error = Disk::new(root.path(), &["a{b".into()]).expect_err("a bad pattern");
    assert_eq!(error.kind, WorldErrorKind::Pattern);
}

#[test]
fn a_missing_root_is_refused() {
    let error = Disk::new(Path::new("/no/such/folder"), &[]).expect_err("no folder");
    assert_eq!(error.kind, WorldErrorKind::Missing);
}

#[test]
fn a_read_keeps_the_limit_and_names_a_missing_file() {
    let root = tree(&[("a.md", "12345"), ("d/x.md", "")]);
    let disk = Disk::new(root.path(), &[]).expect("a folder");
    assert_eq!(disk.read_within(&rel("a.md"), 5).expect("fits"), b"12345");
    let kind = |path, limit| disk.read_within(&rel(path), limit).expect_err("refused").kind;
    assert_eq!(kind("a.md", 4), WorldErrorKind::TooLarge);
    assert_eq!(kind("b.md", 4), WorldErrorKind::Missing);
    assert_eq!(kind("d", 4), WorldErrorKind::NotAFile);
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_told_and_never_followed() {
    use std::os::unix::fs::symlink;
    let outside = tree(&[("secret.md", "secret")]);
    let root = tree(&[("a.md", "a")]);
    symlink(outside.path(), root.path().join("dir")).expect("a link");
    symlink(outside.path().join("secret.md"), root.path().join("file.md")).expect("a link");
    let disk = Disk::new(root.path(), &[]).expect("a folder");
    let listing = disk.list();
    assert_eq!(names(&listing), ["a.md"]);
    let told: Vec<_> = listing.problems.iter().map(|p| (p.path.as_str(), p.kind)).collect();
    assert_eq!(told, [("dir", WorldErrorKind::Symlink), ("file.md", WorldErrorKind::Symlink)]);
    disk.read(&rel("dir/secret.md")).expect_err("through a linked folder");
    disk.read(&rel("file.md")).expect_err("a linked file");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_told() {
    use std::os::unix::ffi::OsStrExt;
    let root = tree(&[("a.md", "a"), ("back\\slash.md", "")]);
    fs::write(root.path().join(OsStr::from_bytes(b"b\xff.md")), "b").expect("a file");
    let listing = Disk::new(root.path(), &[]).expect("a folder").list();
    assert_eq!(names(&listing), ["a.md"]);
    assert_eq!(listing.problems.len(), 2);
    assert!(listing.problems.iter().all(|problem| problem.kind == WorldErrorKind::Name));
}
