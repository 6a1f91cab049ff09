//! Repositories that nobody prepared: one tiny one for each program that documents are written for,
//! built without configuration. Asserted are the order of reading and where links lead.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories, run the program and read its output"
)]

use std::{path::Path, process::Command};

use scraper::{Html, Selector};
use tempfile::TempDir;

/// A built site, with what the program said.
struct Site {
    folder: TempDir,
    said: String,
}

impl Site {
    /// Writes the files and builds them.
    fn of(files: &[(&str, &str)], arguments: &[&str]) -> Self {
        let folder = TempDir::new().expect("a folder");
        for (path, text) in files {
            let path = folder.path().join("in").join(path);
            std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
            .args(["build", "-v", "-o"])
            .arg(folder.path().join("out"))
            .args(arguments)
            .arg(folder.path().join("in"))
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        Self { folder, said }
    }

    fn text(&self, page: &str) -> String {
        let path = self.folder.path().join("out").join(page);
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{page}: {e}\n{}", self.said))
    }

    fn exists(&self, page: &str) -> bool {
        Path::new(&self.folder.path().join("out").join(page)).exists()
    }

    fn select(&self, page: &str, css: &str) -> Vec<(String, String)> {
        let html = Html::parse_document(&self.text(page));
        let selector = Selector::parse(css).expect("a selector");
        html.select(&selector)
            .map(|e| {
                let text =
                    e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
                (text, e.value().attr("href").unwrap_or_default().to_owned())
            })
            .collect()
    }

    /// The sidebar of a page: titles in order.
    fn side(&self, page: &str) -> String {
        let links = self.select(page, "nav.side li a");
        links.into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(" | ")
    }

    fn crumbs(&self, page: &str) -> String {
        let links = self.select(page, "nav.crumbs a");
        links.into_iter().skip(1).map(|(text, _)| text).collect::<Vec<_>>().join(" / ")
    }

    /// From a page on by "next": the addresses of all pages, each seen from the one before.
    fn next(&self, page: &str) -> String {
        self.select(page, "a.next").pop().map(|(_, href)| href).unwrap_or_default()
    }

    /// Where the link with these words leads, in the text of a page.
    fn link(&self, page: &str, words: &str) -> String {
        let links = self.select(page, ".prose a:not(.anchor)");
        let found = links.into_iter().find(|(text, _)| text == words).map(|(_, href)| href);
        found.unwrap_or_else(|| panic!("no link `{words}` on {page}\n{}", self.text(page)))
    }
}

#[test]
fn a_book_is_read_in_the_order_of_its_summary() {
    let site = Site::of(
        &[
            ("README.md", "# Rope\n\nSee [the guide](guide/src/knots/bowline.md).\n"),
            ("guide/book.toml", "[book]\ntitle = \"Rope\"\n"),
            (
                "guide/src/SUMMARY.md",
                "# Summary\n\n[Welcome](README.md)\n\n# Knots\n\n- [All knots](knots/README.md)\n  \
                 - [Tying a bowline](knots/bowline.md)\n  - [Hitches](knots/a-hitch.md)\n\
                 - [Later]()\n\n# Care\n\n- [Drying](care.md)\n",
            ),
            (
                "guide/src/README.md",
                "# The rope book\n\n[Dry it](care.html#how) and [knots](knots/index.html).\n",
            ),
            ("guide/src/knots/README.md", "# Knots of all kinds\n"),
            ("guide/src/knots/bowline.md", "# Bowline\n\n[Hitch](a-hitch.md)\n"),
            ("guide/src/knots/a-hitch.md", "# Hitch\n"),
            ("guide/src/care.md", "# Care\n\n## How {#how}\n\nIn the shade.\n"),
            ("guide/src/orphan.md", "# Orphan\n"),
        ],
        &[],
    );
    assert_eq!(site.side("guide/src/knots/bowline.html"), "Tying a bowline | Hitches");
    assert_eq!(
        site.crumbs("guide/src/knots/bowline.html"),
        "Documents / Guide / Knots / All knots"
    );
    assert_eq!(site.next("guide/src/README.html"), "knots/README.html");
    assert_eq!(site.next("guide/src/knots/README.html"), "bowline.html");
    assert_eq!(site.next("guide/src/knots/bowline.html"), "a-hitch.html");
    assert_eq!(site.next("guide/src/knots/a-hitch.html"), "../care.html");
    assert_eq!(site.link("guide/src/README.html", "Dry it"), "care.html#how");
    assert_eq!(site.link("guide/src/README.html", "knots"), "knots/README.html");
    assert_eq!(site.crumbs("guide/src/orphan.html"), "Documents / Guide / Not in the contents");
    assert!(!site.said.contains("error"), "{}", site.said);
}

#[test]
fn mkdocs_has_its_nav() {
    let site = Site::of(
        &[
            (
                "mkdocs.yml",
                "site_name: Lamp\nnav:\n  - Home: index.md\n  - Using it:\n    - Lighting: use/light.md\n    \
                 - use/trim.md\n  - About: about.md\nmarkdown_extensions:\n  - x: !!python/name:a.b\n",
            ),
            ("docs/index.md", "# Lamp\n\n[Light](use/light.md#the-wick) ![plan](/img/plan.png)\n"),
            ("docs/use/light.md", "# Light\n\n## The wick\n\n<img src=\"../../img/plan.png\">\n"),
            (
                "docs/use/trim.md",
                "# Trimming\n\n## Long {: #long }\n\n[up](../about/) [own](#long)\n",
            ),
            ("docs/about.md", "# About\n"),
            ("docs/img/plan.png", "png"),
        ],
        &[],
    );
    assert_eq!(site.side("docs/use/light.html"), "Lighting | Trimming");
    assert_eq!(site.crumbs("docs/use/light.html"), "Documents / Lamp / Using it");
    assert_eq!(site.next("docs/index.html"), "use/light.html");
    assert_eq!(site.next("docs/use/light.html"), "trim.html");
    assert_eq!(site.next("docs/use/trim.html"), "../about.html");
    assert_eq!(site.link("docs/index.html", "Light"), "use/light.html#the-wick");
    assert_eq!(site.link("docs/use/trim.html", "up"), "../about.html");
    assert_eq!(site.link("docs/use/trim.html", "own"), "trim.html#long");
    assert!(site.text("docs/index.html").contains("src=\"img/plan.png\""));
    assert!(!site.said.contains("error"), "{}", site.said);
}

#[test]
fn docusaurus_has_positions_slugs_and_code_of_mdx() {
    let site = Site::of(
        &[
            ("docusaurus.config.js", "module.exports = {}\n"),
            (
                "docs/02-advanced/_category_.json",
                "{\"label\": \"Going further\", \"position\": 3}\n",
            ),
            ("docs/02-advanced/tuning.md", "---\nsidebar_label: Tune\n---\n# Tuning it\n"),
            (
                "docs/intro.mdx",
                "---\nsidebar_position: 1\nslug: /\n---\nimport Tabs from '@theme/Tabs';\n\n# Intro\n\n\
                 {/* hidden words */}\n\n<Tabs>\n\n[Tune](/docs/advanced/tuning) [Set up](@site/docs/set-up.md) \
                 [by id](./start-here)\n\n</Tabs>\n",
            ),
            (
                "docs/set-up.md",
                "---\nsidebar_position: 2\nslug: start-here\n---\n# Set up\n\n![x](/img/a.svg)\n",
            ),
            ("docs/secret.md", "---\ndraft: true\n---\n# Secret\n"),
            ("static/img/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ],
        &[],
    );
    assert_eq!(site.side("docs/intro.html"), "Intro | Set up | Going further");
    assert_eq!(site.next("docs/set-up.html"), "02-advanced/tuning.html");
    assert_eq!(site.side("docs/02-advanced/tuning.html"), "Tune");
    assert_eq!(site.link("docs/intro.html", "Tune"), "02-advanced/tuning.html");
    assert_eq!(site.link("docs/intro.html", "Set up"), "set-up.html");
    assert_eq!(site.link("docs/intro.html", "by id"), "set-up.html");
    let intro = site.text("docs/intro.html");
    assert!(!intro.contains("@theme/Tabs") && !intro.contains("hidden words"), "{intro}");
    assert!(site.text("docs/set-up.html").contains("src=\"../static/img/a.svg\""));
    assert!(!site.exists("docs/secret.html"));
    assert!(
        site.said.contains("draft-left-out") && site.said.contains("mdx-skipped"),
        "{}",
        site.said
    );
    assert!(!site.said.contains("error"), "{}", site.said);
}

#[test]
fn drafts_are_read_when_asked_for() {
    let files = [("a.md", "+++\ndraft = true\n+++\n# A\n"), ("b.md", "# B\n\n[a](a.md)\n")];
    assert!(Site::of(&files, &["--drafts"]).exists("a.html"));
    let without = Site::of(&files, &[]);
    assert!(!without.exists("a.html"));
    assert!(without.said.contains("a draft that was left out"), "{}", without.said);
    assert!(!without.said.contains("error"), "{}", without.said);
}

#[test]
fn hugo_has_weights_references_and_aliases() {
    let site = Site::of(
        &[
            ("hugo.toml", "title = 'Sails'\n"),
            ("content/en/docs/_index.md", "---\ntitle: Handbook\n---\n"),
            (
                "content/en/docs/reef.md",
                "---\ntitle: Reefing\nweight: 20\naliases: [/old/reef/, shrink/]\n---\n\nText\n",
            ),
            (
                "content/en/docs/hoist.md",
                "---\ntitle: Hoisting\nlinkTitle: Hoist\nweight: 10\n---\n\n[a]({{< ref \"reef.md\" >}}) \
                 [b]({{% relref \"/docs/mend#x\" %}}) [c](/docs/mend/) [d](../mend/)\n",
            ),
            ("content/en/docs/mend/index.md", "---\ntitle: Mending\nweight: 30\n---\n\n## X\n"),
        ],
        &[],
    );
    assert_eq!(site.side("content/en/docs/hoist.html"), "Hoist | Reefing | Mending");
    assert_eq!(site.crumbs("content/en/docs/hoist.html"), "Documents / Handbook");
    assert_eq!(site.link("content/en/docs/hoist.html", "a"), "reef.html");
    assert_eq!(site.link("content/en/docs/hoist.html", "b"), "mend/index.html#x");
    assert_eq!(site.link("content/en/docs/hoist.html", "c"), "mend/index.html");
    assert_eq!(site.link("content/en/docs/hoist.html", "d"), "mend/index.html");
    for alias in ["old/reef/index.html", "content/en/docs/shrink/index.html"] {
        let page = site.text(alias);
        assert!(page.contains("http-equiv=\"refresh\"") && page.contains("reef.html"), "{page}");
        assert!(!page.contains("<script"));
    }
    assert!(!site.said.contains("error"), "{}", site.said);
}

const PLAIN: &[(&str, &str)] = &[
    (
        "README.md",
        "# Anchor\n\n[start](docs/) [lib](src/lib.rs#L2-L3) [make](/Makefile) [dir](src) \
         [ci](.github/workflows/ci.yml) [issues](../../issues) [old](#old) [[Deep Water]] \
         [ten](docs/10-last.md)\n\n<a name=\"old\"></a>\n\n| a |\n|---|\n| [cell](docs/2-next.md) |\n",
    ),
    ("Makefile", "all:\n"),
    ("src/lib.rs", "one\ntwo\nthree\n"),
    (
        "docs/1-first.md",
        "# First\n\n[root](../README.md#anchor) [ref][r]\n\n[r]: /docs/2-next.md\n",
    ),
    ("docs/2-next.md", "# Next\n"),
    ("docs/10-last.md", "# Last\n"),
    ("docs/deep/Deep-Water.md", "# Deep water\n"),
    (".github/workflows/ci.yml", "on: push\n"),
];

#[test]
fn a_plain_repository_without_a_remote_shows_its_files() {
    let site = Site::of(PLAIN, &[]);
    assert_eq!(site.side("docs/2-next.html"), "First | Next | Last | Deep");
    assert_eq!(site.link("README.html", "start"), "docs/index.html");
    assert_eq!(site.link("README.html", "lib"), "files/src/lib.rs.html#L2-L3");
    assert_eq!(site.link("README.html", "make"), "files/Makefile.html");
    assert_eq!(site.link("README.html", "dir"), "files/src/index.html");
    assert_eq!(site.link("README.html", "old"), "README.html#old");
    assert_eq!(site.link("README.html", "Deep Water"), "docs/deep/Deep-Water.html");
    assert_eq!(site.link("README.html", "cell"), "docs/2-next.html");
    assert_eq!(site.link("docs/1-first.html", "ref"), "2-next.html");
    let shown = site.text("files/src/lib.rs.html");
    assert!(shown.contains("id=\"L2-L3\"") && shown.contains("id=\"L3\""), "{shown}");
    assert!(site.text("index.html").contains("Deep Water"), "the README is on the front page");
    // Hidden files and pages of the host exist for all that is known.
    assert!(site.said.contains("12 resolved\n"), "{}", site.said);
    assert!(!site.said.contains("error"), "{}", site.said);
}

#[test]
fn a_checkout_leads_to_its_remote_and_tells_no_secret() {
    let mut files = PLAIN.to_vec();
    files.push((".git/HEAD", "ref: refs/heads/main\n"));
    files.push((
        ".git/config",
        "[remote \"origin\"]\n\turl = https://me:hunter2@github.com/sea/anchor.git\n\
         [branch \"main\"]\n\tremote = origin\n\tmerge = refs/heads/main\n",
    ));
    let site = Site::of(&files, &[]);
    let web = "https://github.com/sea/anchor";
    assert_eq!(site.link("README.html", "lib"), format!("{web}/blob/main/src/lib.rs#L2-L3"));
    assert_eq!(site.link("README.html", "dir"), format!("{web}/tree/main/src"));
    assert_eq!(site.link("README.html", "ci"), format!("{web}/blob/main/.github/workflows/ci.yml"));
    assert_eq!(site.link("README.html", "issues"), format!("{web}/issues"));
    let edit = site.select("docs/2-next.html", ".source a");
    assert_eq!(edit[1].1, format!("{web}/edit/main/docs/2-next.md"));
    assert!(!site.exists("files/src/lib.rs.html"));
    assert!(!site.text("README.html").contains("hunter2") && !site.said.contains("hunter2"));
    assert!(!site.said.contains("error"), "{}", site.said);
}

#[test]
fn ids_have_short_addresses_and_collisions_are_told() {
    let site = Site::of(
        &[
            ("adr/0001-x.md", "# ADR-1: Use rope\n\nStatus: accepted\n"),
            ("a.md", "---\nid: tide-table\naliases: [/old/]\n---\n# Tides\n"),
            ("b.md", "---\naliases: [/old/, /a.html]\n---\n# Other\n"),
        ],
        &[],
    );
    assert!(site.text("r/tide-table/index.html").contains("url=../../a.html"));
    assert!(site.text("r/ADR-1/index.html").contains("0001-x.html"));
    assert!(site.text("old/index.html").contains("url=../a.html"));
    assert_eq!(site.said.matches("warning[alias-taken]").count(), 2, "{}", site.said);
}

#[test]
fn the_folder_of_a_checkout_changes_nothing() {
    let mut files = PLAIN.to_vec();
    files.push((".lacuna-test", "x"));
    let (one, other) = (Site::of(&files, &[]), Site::of(&files, &[]));
    for page in
        ["index.html", "README.html", "docs/index.html", "files/src/lib.rs.html", "documents.html"]
    {
        assert_eq!(one.text(page), other.text(page), "{page}");
    }
}
