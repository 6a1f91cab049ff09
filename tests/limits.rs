//! `[content]` and `[limits]`: what a key leaves out is told and shown, and more of it is not.

#![expect(clippy::disallowed_methods, reason = "these tests write projects and read sites")]

mod scripted;

use std::{fs, path::Path, process::Output};

use scripted::{Repository, lacuna, stderr, stdout};
use serde_json::Value;
use tempfile::TempDir;

/// A project in a folder of its own, with its site beside it.
struct Project(TempDir);

impl Project {
    fn new(files: &[(&str, &str)]) -> Self {
        let project = Self(TempDir::new().expect("a folder"));
        files.iter().for_each(|(path, text)| project.write(path, text));
        project
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join("project").join(path);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        lacuna(&self.0.path().join("project"), arguments)
    }

    /// What is told of the files, and a page of the site. What is kept from before is used.
    fn built(&self, page: &str) -> (String, String) {
        let run = self.run(&["build", "-o", "../site", "--verbose"]);
        assert!(matches!(run.status.code(), Some(0 | 1)), "{}", stderr(&run));
        (stderr(&run), self.page(page))
    }

    fn page(&self, page: &str) -> String {
        let path = self.0.path().join("site").join(page);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// What a configuration is refused with.
    fn refused(&self, configuration: &str) -> String {
        self.write("lacuna.toml", configuration);
        let run = self.run(&["check"]);
        assert_eq!(run.status.code(), Some(2), "{configuration}");
        stderr(&run)
    }
}

/// One key: the value at which a text is too much, one at which it is not, and what is said.
struct Case {
    key: &'static str,
    text: String,
    lowered: u32,
    raised: u32,
    /// On the page, or where there is none on that of all findings.
    shown: &'static str,
    told: &'static str,
}

#[test]
fn each_key_bounds_what_it_names_and_says_so() {
    let fence = |info: &str, code: &str| format!("```{info}\n{code}\n```\n\n");
    let diagram = |n: u32| fence("mermaid", &format!("flowchart TD\n  a{n} --> b\n  b --> c"));
    let quotes = format!("{} deep\n", ">".repeat(120));
    let words = "word ".repeat(40);
    for case in [
        Case {
            key: "text_bytes",
            text: words,
            lowered: 150,
            raised: 4_000,
            shown: "longer than 150 bytes and was not read",
            told: "file-too-large",
        },
        Case {
            key: "files",
            text: "Text.\n".to_owned(),
            lowered: 2,
            raised: 50,
            shown: "3 files were found and the limit is 2",
            told: "limit-reached",
        },
        Case {
            key: "nested_blocks",
            text: quotes,
            lowered: 7,
            raised: 130,
            shown: "Shown flat where it is nested deeper than 7 levels.",
            told: "nested deeper than 7 levels",
        },
        Case {
            key: "code_line_bytes",
            text: fence("rust", &"let a = 1; ".repeat(500)),
            lowered: 2_048,
            raised: 8_192,
            shown: "Shown without colours: a line is longer than 2 KiB.",
            told: "code that is shown without colours: a line is longer than 2 KiB",
        },
        Case {
            key: "code_block_bytes",
            text: fence("rust", &"let a = 1;\n".repeat(200)),
            lowered: 1_536,
            raised: 8_192,
            shown: "Shown without colours: the block is longer than 1.5 KiB.",
            told: "code that is shown without colours: the block is longer than 1.5 KiB",
        },
        Case {
            key: "diagram_bytes",
            text: diagram(1),
            lowered: 20,
            raised: 90,
            shown: "is longer than 20 bytes",
            told: "diagram-failed",
        },
        Case {
            key: "diagram_elements",
            text: diagram(2),
            lowered: 4,
            raised: 20,
            shown: "diagram has more than 4 nodes and edges",
            told: "diagram has more than 4 nodes and edges",
        },
        Case {
            key: "page_diagram_bytes",
            text: diagram(3) + &diagram(4),
            lowered: 60,
            raised: 2_048,
            shown: "This diagram is not drawn: the page has more than 60 bytes of them.",
            told: "more than 60 bytes of diagrams; the others are not drawn",
        },
        Case {
            key: "formula_bytes",
            text: format!("${}$\n", "x+".repeat(50) + "y"),
            lowered: 99,
            raised: 101,
            shown: "(formula of 101 bytes is longer than 99 bytes)",
            told: "math-failed",
        },
        Case {
            key: "page_formulas",
            text: "$a$ and $b$, then $c$ and $d$\n".to_owned(),
            lowered: 2,
            raised: 4,
            shown: "<code>c</code> <span class=\"limit-note\">(not set, nor those after it: the text \
                    has more than 2 formulas)</span> and <code>d</code>",
            told: "more than 2 formulas; the others are shown as source",
        },
    ] {
        let Case { key, text, lowered, raised, shown, told } = case;
        let project = Project::new(&[("README.md", "# Home\n\nText.\n")]);
        project.write("docs/a.md", &format!("# A\n\n{text}"));
        let say = |limit: u32| {
            project.write("lacuna.toml", &format!("[limits]\n{key} = {limit}\n"));
            let whole = ["text_bytes", "files"].contains(&key);
            project.built(if whole { "diagnostics.html" } else { "docs/a.html" })
        };
        for _ in 0..2 {
            let (said, page) = say(lowered);
            assert!(page.contains(shown), "{key}: {page}");
            assert!(said.contains(told), "{key}: {said}");
            let (said, page) = say(raised);
            assert!(!page.contains(shown), "{key}: {page}");
            assert!(!said.contains(told), "{key}: {said}");
        }
    }
}

#[test]
fn one_second_is_a_limit_of_its_own() {
    // Few drawings take a second anywhere: what is seen here is that the key is taken.
    let project = Project::new(&[
        ("a.md", "# A\n\n```mermaid\nflowchart TD\n  a --> b\n```\n"),
        ("lacuna.toml", "[limits]\ndiagram_seconds = 60\n"),
    ]);
    assert!(project.built("a.html").1.contains("figure class=\"diagram\""));
}

const RAW: &str = "# A\n\n<div id=\"place\">\n<b>bold *words*</b>\n</div>\n\n\
    Press <kbd>x</kbd> <script>run()</script>, <!-- not this -->or [[ADR-1]] and [there](#place).\n\n\
    <!-- nor\nthis -->\n\n> <details open>\n> <summary>More</summary>\n> [a](javascript:x)\n\n\
    <img src=x onerror=run()>\n\n- item <a href=\"javascript:run()\">go</a>\n";

#[test]
fn escaped_html_is_shown_and_is_no_markup() {
    let project = Project::new(&[
        ("docs/a.md", RAW),
        ("adr/0001-one.md", "---\nid: ADR-1\nstatus: accepted\n---\n# One\n\nText.\n"),
        (
            "s/a.proto",
            "syntax = \"proto3\";\npackage s;\n// Made <b>strong</b> by <i>it</i>.\nmessage M {\n  // A <kbd>key</kbd>.\n  string a = 1;\n}\n",
        ),
        ("lacuna.toml", ""),
    ]);
    let (said, page) = project.built("docs/a.html");
    assert!(page.contains("<kbd>x</kbd>") && said.contains("raw-html-removed"), "{page}");
    let schema = |project: &Project| {
        let all = fs::read_dir(project.0.path().join("site/schemas/s")).expect("pages of schemas");
        let all = all.map(|file| file.expect("a file").path());
        let pages = all.filter(|path| path.extension().is_some_and(|kind| kind == "html"));
        pages.map(|path| fs::read_to_string(path).expect("a page")).collect::<String>()
    };
    assert!(schema(&project).contains("<b>strong</b>"));

    project.write("lacuna.toml", "[content]\nraw_html = \"escape\"\n");
    let (said, page) = project.built("docs/a.html");
    assert!(!said.contains("raw-html-removed"), "{said}");
    let main = &page[page.find("<main").expect("a main part")..];
    for text in [
        "&lt;b&gt;bold *words*&lt;/b&gt;",
        "&lt;kbd&gt;x&lt;/kbd&gt; &lt;script&gt;run()&lt;/script&gt;",
        "&lt;details open&gt;",
        "&lt;summary&gt;More&lt;/summary&gt;",
        "&lt;img src=x onerror=run()&gt;",
        "&lt;a href=&quot;javascript:run()&quot;&gt;go&lt;/a&gt;",
        "href=\"../adr/0001-one.html\"",
        "<span id=\"place\"></span>",
    ] {
        assert!(main.contains(text), "{text}\n{main}");
    }
    for markup in ["<kbd", "<b>", "<details open", "onerror=run()>", "not this", "nor\nthis"] {
        assert!(!main.contains(markup), "{markup}\n{main}");
    }
    let twin = project.page("docs/a.md");
    assert!(twin.contains("```html\n<div id=\"place\">\n<b>bold"), "{twin}");
    assert!(twin.contains("\\<kbd>x\\</kbd>") && !twin.contains("not this"), "{twin}");
    let schema = schema(&project);
    assert!(schema.contains("&lt;b&gt;strong&lt;/b&gt;") && !schema.contains("<b>strong"));
}

#[test]
fn values_that_cannot_hold_are_refused_with_their_place() {
    let project = Project::new(&[("a.md", "# A\n")]);
    for (configuration, message, place) in [
        ("[content]\nraw_html = 'allow'\n", "nothing that content asks for runs", ":2:12"),
        ("[content]\nraw_html = 'escpae'\n", "did you mean `escape`?", ":2:12"),
        ("[content]\nraw_html = true\n", "`raw_html` must be text", ":2:12"),
        ("[content]\nrawhtml = 'escape'\n", "did you mean `raw_html`?", ":2:1"),
        ("content = 'x'\n", "must be a table", ":1:11"),
        ("limits = 3\n", "must be a table", ":1:10"),
        ("[limits]\ntext_byte = 1\n", "did you mean `text_bytes`?", ":2:1"),
        ("[limits]\nfiles = 0\n", "a whole number of files from 1 to 2000000", ":2:9"),
        ("[limits]\nfiles = -3\n", "a whole number of files from 1 to", ":2:9"),
        ("[limits]\ndiagram_seconds = 2.5\n", "number of seconds from 1 to 60", ":2:19"),
        ("[limits]\ndiagram_seconds = 61\n", "without the key it is 2", ":2:19"),
        ("[limits]\ncode_line_bytes = '4 KiB'\n", "number of bytes from 1 to 8192", ":2:19"),
        ("[limits]\nnested_blocks = 99999999999\n", "number of levels from 1 to 200", ":2:17"),
    ] {
        let said = project.refused(configuration);
        assert!(said.contains(message), "{configuration}: {said}");
        assert!(said.contains(&format!("lacuna.toml{place}\n")), "{configuration}: {said}");
    }
    project.write("lacuna.toml", "[limits]\ntext_bytes = 16_777_216\nfiles = 0x10\n");
    assert_eq!(project.run(&["check"]).status.code(), Some(0));
}

/// What a table of the guide says of the keys is what the program does.
#[test]
fn the_guide_lists_every_key_with_its_value() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guide/security.md");
    let guide = fs::read_to_string(guide).expect("a page of the guide");
    let mut usual = lacuna::model::limits::Limits::default();
    for limit in &lacuna::model::limits::ALL {
        let row = guide.lines().find(|line| line.contains(&format!("| `{}` |", limit.key)));
        let row = row.unwrap_or_else(|| panic!("no row of `{}`", limit.key)).replace(',', "");
        for value in [*(limit.place)(&mut usual), limit.most] {
            assert!(row.contains(&format!(" {value} |")), "{value} is not in {row}");
        }
    }
}

#[test]
fn a_change_does_not_choose_how_much_it_may_ask_for() {
    let Some(repository) = Repository::new() else { return };
    let diagram = "# A\n\n```mermaid\nflowchart TD\n  a --> b\n  b --> c\n```\n";
    repository.write("docs/a.md", "# A\n\nText.\n");
    repository.write("lacuna.toml", "[limits]\ndiagram_elements = 3\n");
    repository.commit("The base");
    repository.git(&["checkout", "-q", "-b", "change"]);
    repository.write("docs/a.md", diagram);
    repository.write("docs/long.md", &"word ".repeat(100));
    repository.write("lacuna.toml", "[limits]\ntext_bytes = 100\n[content]\nraw_html = 'escape'\n");
    repository.commit("More for everybody");
    let messages = |arguments: &[&str]| -> String {
        let run = lacuna(repository.root(), arguments);
        let value: Value = serde_json::from_str(&stdout(&run)).expect("JSON");
        let all = value["findings"].as_array().expect("findings").iter();
        all.map(|finding| format!("{}: {}\n", finding["code"], finding["message"])).collect()
    };
    let own = messages(&["check", "--format", "json"]);
    assert!(own.contains("file-too-large") && !own.contains("diagram-failed"), "{own}");
    let judged = messages(&["check", "--format", "json", "--base", "main"]);
    assert!(!judged.contains("file-too-large"), "{judged}");
    for part in [
        "diagram has more than 3 nodes and edges",
        "`[content]` is otherwise than in main",
        "`[limits]` are otherwise than in main",
    ] {
        assert!(judged.contains(part), "{part}\n{judged}");
    }
    // A comparison treats both sides as the older one has it, and says so.
    for range in ["main", "main..change"] {
        let run = lacuna(repository.root(), &["diff", range, "--format", "json"]);
        let said = stderr(&run);
        assert!(said.contains("`[content]` and `[limits]` of main count for both sides"), "{said}");
        assert!(stdout(&run).contains("diagram-failed"), "{}", stdout(&run));
        assert!(!stdout(&run).contains("file-too-large"), "{}", stdout(&run));
    }
}
