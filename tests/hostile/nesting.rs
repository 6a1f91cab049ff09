//! What stands in itself a hundred thousand times ends no process.

use super::{
    inert,
    project::{Project, files, page},
};

/// P27: every reader and every writer has a depth at which it stops.
#[test]
fn nothing_is_too_deep_to_be_read() {
    let deep = 100_000;
    let md = |text: String| format!("# A\n\n{text}\n\nThe end.\n");
    let mut steps = String::new();
    for n in 0..1_000 {
        steps.push_str(&format!("{}- <b>step {n}\n", "  ".repeat(n)));
    }
    let summary: String = (0..800).map(|n| format!("{}- [a](a.md)\n", "  ".repeat(n))).collect();
    let nav: String = (0..1_500).map(|n| format!("{}- a:\n", " ".repeat(n))).collect();
    let cases: Vec<(&str, String)> = vec![
        ("quotes.md", md(">".repeat(deep) + " x")),
        ("list.md", md("- ".repeat(deep / 2) + "x")),
        ("numbers.md", md("1. ".repeat(deep / 3) + "x")),
        ("emphasis.md", md("*".repeat(deep) + "x" + &"*".repeat(deep))),
        ("stars.md", md("*a **b ".repeat(deep / 10))),
        ("brackets.md", md("[".repeat(deep))),
        ("images.md", md("![".repeat(deep / 2))),
        ("raw.md", md("<details>\n\n".repeat(deep / 20))),
        ("inline.md", md(format!("x {}", "<b>".repeat(deep / 10)))),
        ("script.md", md(format!("{}<script>", "<b>".repeat(deep / 10)))),
        ("quoted.md", md(">".repeat(deep / 10) + " <b>x")),
        ("steps.md", md(steps)),
        ("math.md", md(format!("${}$ ${}$", "{".repeat(2_000), "\\sqrt".repeat(700)))),
        ("yaml.md", format!("---\na: {}\n---\n# A\n\nThe end.\n", "[".repeat(deep))),
        ("maps.md", format!("---\na: {}\n---\n# A\n\nThe end.\n", "{a: ".repeat(deep / 3))),
        ("toml.md", format!("+++\na = {}\n+++\n# A\n\nThe end.\n", "[".repeat(deep))),
        ("keys.md", format!("+++\n{}b = 1\n+++\n# A\n\nThe end.\n", "a.".repeat(deep / 2))),
        ("src/SUMMARY.md", format!("# Summary\n\n{summary}")),
        ("mkdocs.yml", format!("nav:\n{nav}")),
        ("j/_category_.json", "[".repeat(deep)),
        ("k/_category_.json", "{\"a\":".repeat(deep / 5)),
        ("message.proto", format!("syntax=\"proto3\";{}", "message A{".repeat(deep))),
        ("option.proto", format!("syntax=\"proto3\";option (a)={{{}", "a:{".repeat(deep))),
        (
            "group.proto",
            format!("syntax=\"proto2\";message A{{{}", "optional group G=1{".repeat(deep / 2)),
        ),
        (
            "comment.proto",
            format!("syntax=\"proto3\";\n// {}\nmessage A{{}}", ">".repeat(deep / 2)),
        ),
        ("comments.proto", "/*".repeat(deep)),
        ("subgraph.mmd", format!("flowchart TD\n{}", "subgraph a\n".repeat(5_000))),
        ("loop.mmd", format!("sequenceDiagram\na->>b: x\n{}", "loop x\n".repeat(5_000))),
        (
            "mind.mmd",
            format!("mindmap\n{}", (0..350).map(|n| " ".repeat(n) + "a\n").collect::<String>()),
        ),
        ("chart.mmd", format!("flowchart TD\n{}", "a[".repeat(deep / 4))),
    ];
    let names: Vec<&str> = cases.iter().map(|(name, _)| *name).collect();
    let project = Project::new(cases);
    let run = project.build();
    run.assert_code(1);
    run.assert_says(&["proto-parse", "front-matter-invalid"]);
    let site = files(&project.out());
    for name in names.iter().filter(|name| name.ends_with(".md") && !name.contains("SUMMARY")) {
        let route = name.replace(".md", ".html");
        assert!(page(&site, &route).contains("The end."), "{name} lost its end");
    }
    let faults = inert::faults(&site);
    assert!(faults.is_empty(), "{faults:?}");
    project.check().assert_says(&[
        "limit-reached",
        "nested deeper than 100 levels",
        "more than 100 elements",
    ]);
}

/// P27: a configuration that is too deep is refused as one that cannot be read.
#[test]
fn a_configuration_that_is_too_deep_is_refused() {
    let project = Project::new([("lacuna.toml", format!("a = {}", "[".repeat(100_000)))]);
    project.check().assert_code(2);
}

/// P34: what makes a page fail in the tests of the library is not in the program: a theme that asks
/// for it has a mistake, and a title is a title.
#[test]
fn nothing_makes_the_program_fail_on_purpose() {
    let project = Project::new([
        ("a.md", "# This page fails on purpose\n\n{{ fault_on_purpose() }}\n"),
        ("gaps/g-1.md", "---\nid: G-1\ntitle: T\n---\nText.\n"),
        ("themes/default/gap.html", "{{ fault_on_purpose() }}"),
    ]);
    let run = project.build();
    run.assert_code(1);
    run.assert_says(&["template-error", "unknown function"]);
    let site = files(&project.out());
    assert!(page(&site, "a.html").contains("fault_on_purpose()"));
}

/// P34: comments and texts without a word are texts.
#[test]
fn texts_without_a_word_are_texts() {
    let project = Project::new([
        (
            "a.proto",
            "syntax = \"proto3\";\n// >\nmessage A {}\n// -\nmessage B {\n // #\n string a = 1; }\n",
        ),
        ("b.md", "> \n"),
        ("c.md", "#\n\n##\n"),
        ("d.md", "-\n-\n"),
        ("e.md", "[^1]\n\n[^1]:\n"),
        ("f.md", "---\ntitle: \"\"\n---\n"),
        ("g.txt", "\n\n\n"),
        ("h.mmd", "\n"),
        ("i.proto", ""),
        ("j.md", "\u{200b}\n\n# \u{200b}\n"),
        ("adr/0001-x.md", "#\n\n##\n"),
        ("gaps/g.md", "---\nid: G-1\n---\n"),
        ("GAP-ANALYSIS.md", "# Gap analysis\n\n##\n\n- **Status**:\n- **Priority**:\n"),
    ]);
    project.build().assert_graceful();
    assert!(files(&project.out()).contains_key("index.html"));
}
