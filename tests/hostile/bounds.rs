//! No text costs more than its size and the limits allow, and what a limit leaves out is told.

use std::{
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use super::project::{Project, Run, files, page, run};

/// The most memory that a command used, in KiB, and how it ended. Polled, for the mark only rises.
#[cfg(target_os = "linux")]
fn peak(command: &mut std::process::Command) -> (u64, Run) {
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("it is ours").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(now.unwrap_or(0));
        thread::sleep(Duration::from_millis(1));
    }
    (peak, child.wait_with_output().expect("it ended").into())
}

/// P28: YAML that unfolds, refers to itself or repeats itself is one message.
#[test]
fn yaml_that_unfolds_is_refused() {
    let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..10 {
        laughs.push_str(&format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")));
    }
    let keys: String = (0..190).map(|n| format!("k{n}: x\n")).collect();
    let wide = format!("a: [{}]", "x, ".repeat(1_000_000));
    for (front, code) in [
        (laughs.as_str(), 1),
        ("a: &a [*a]", 1),
        ("a: 1\n<<: &x {a: 1}\nb: *x", 1),
        (wide.as_str(), 1),
        ("title: a\ntitle: b", 1),
        (keys.as_str(), 0),
    ] {
        let project = Project::new([("a.md", format!("---\n{front}\n---\n# A\n\nText.\n"))]);
        let run = project.check();
        run.assert_code(code);
        if code == 1 {
            run.assert_says(&["front-matter-invalid", "a.md:"]);
        }
    }
}

/// P28: the same cost little time and memory, also a million keys.
#[cfg(target_os = "linux")]
#[test]
fn yaml_that_unfolds_costs_little() {
    const MOST: u64 = 50 * 1024;
    let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..10 {
        laughs.push_str(&format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")));
    }
    let keys: String = (0..1_000_000).map(|n| format!("k{n}: x, ")).collect();
    let text = |front: &str| format!("---\n{front}\n---\n# A\n\nText.\n");
    for (what, front) in [("laughs", laughs), ("a million keys", format!("a: {{{keys}}}"))] {
        let project = Project::new([("a.md", text(&front))]);
        // The text itself is read, kept and shown: what counts is what YAML adds to it.
        let plain = Project::new([("a.md", text(&front).replace("---", "===").replace(':', ";"))]);
        // A look in between may come before the program has begun.
        let looks = (0..5).map(|_| peak(&mut plain.command(&["check"])).0);
        let usual = looks.max().unwrap_or(0);
        let begun = Instant::now();
        let (peak, run) = peak(&mut project.command(&["check"]));
        let took = begun.elapsed();
        run.assert_code(1);
        run.assert_says(&["front-matter-invalid", "a.md:"]);
        assert!(peak < usual + MOST, "{what}: {peak} KiB, {usual} KiB as words");
        assert!(took < Duration::from_secs(10), "{what}: {took:?}");
    }
}

/// P29: code that would take long to colour is shown without colours, and the page says why.
#[test]
fn code_too_long_to_colour_is_shown_plain() {
    let fence = |language: &str, code: &str| format!("# A\n\n```{language}\n{code}\n```\n");
    let project = Project::new([
        ("line.md", fence("rust", &"[".repeat(100_000))),
        ("json.md", fence("json", &format!("{{\"a\":[{}1]}}", "1,".repeat(100_000)))),
        ("block.md", fence("rust", &"let a = 1;\n".repeat(30_000))),
        ("parens.md", fence("rust", &"(".repeat(4_096))),
        ("markdown.md", fence("markdown", &"[".repeat(4_000))),
        ("plain.md", fence("text", &"x".repeat(100_000))),
    ]);
    let site = project.site();
    for (name, note) in [
        ("line.html", "a line is longer than 4 KiB"),
        ("json.html", "a line is longer than 4 KiB"),
        ("block.html", "the block is longer than 256 KiB"),
    ] {
        assert!(page(&site, name).contains(note), "{name}");
    }
    for name in ["parens.html", "plain.html"] {
        assert!(!page(&site, name).contains("code-note"), "{name}");
    }
}

/// P30: a diagram that is too much is a box with its source, and nothing else is affected.
#[test]
fn diagrams_that_are_too_much_are_boxes() {
    let nodes: String = (0..10_000).map(|n| format!("  n{n}\n")).collect();
    let edges: String = (0..50_000).map(|n| format!("  a{n}-->b{n}\n")).collect();
    let diagrams = [
        "xychart-beta\n  x-axis 1 --> 1\n  bar [1, 2]".to_owned(),
        format!("flowchart TD\n{nodes}"),
        format!("flowchart TD\n{edges}"),
        format!("flowchart TD\n  a[{}]", "x".repeat(1_000_000)),
        "flowchart TD\n  a --> b\n  style a fill:#\u{e9}\u{20ac}".to_owned(),
        format!("flowchart TD\n{}{}", "subgraph a\n".repeat(3_000), "end\n".repeat(3_000)),
        format!("flowchart TD\n a{}", "(".repeat(30_000)),
    ];
    let mut text = String::from("# Diagrams\n\n");
    for diagram in &diagrams {
        text.push_str(&format!("```mermaid\n{diagram}\n```\n\n"));
    }
    text.push_str("The end is here.\n");
    let project = Project::new([("a.md", text.as_str()), ("b.md", "# B\n\nFine.\n")]);
    let run = project.build();
    run.assert_code(0);
    run.assert_says(&["diagram-failed", "a.md:3:1"]);
    let site = files(&project.out());
    let shown = page(&site, "a.html");
    assert!(shown.contains("The end is here.") && page(&site, "b.html").contains("Fine."));
    let boxes =
        shown.matches("diagram-error").count() + shown.matches("figure class=\"diagram\"").count();
    assert_eq!(boxes, diagrams.len());
    assert!(shown.contains("is longer than 65536 bytes"));
}

/// P30: what a page draws is limited in sum, and what is left out is told.
#[test]
fn a_page_draws_so_much_and_no_more() {
    let one = |n: usize| {
        format!("```mermaid\nflowchart TD\n  a{n} --> b\n%% {}\n```\n\n", "x".repeat(30_000))
    };
    let text: String = (0..10).map(one).collect();
    let project = Project::new([("a.md", format!("# A\n\n{text}"))]);
    let run = project.build();
    run.assert_code(0);
    run.assert_says(&["limit-reached", "256 KiB of diagrams"]);
    let site = files(&project.out());
    let shown = page(&site, "a.html");
    let drawn = shown.matches("figure class=\"diagram\"").count();
    assert!((6..10).contains(&drawn), "{drawn} are drawn");
    assert_eq!(shown.matches("This diagram is not drawn").count(), 10 - drawn);
}

/// P31: a template that would never end fails, and says where.
#[test]
fn templates_end() {
    for template in [
        "{% for a in range(100000) %}{% for b in range(100000) %}{{ b }}{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'document.html' %}",
        "{% extends 'document.html' %}",
        "{{ 'a' * 1000000000 }}",
        "{{ range(1000000000) }}",
        "{% for a in range(1000000000) %}x{% endfor %}",
        &"{% if true %}".repeat(100_000),
        &format!("{{{{ {} }}}}", "(".repeat(100_000)),
        &format!("{{{{ {} }}}}", "[".repeat(100_000)),
        &format!("{{{{ {}1 }}}}", "-".repeat(100_000)),
        &format!("{{{{ '}}}}' ~ {}1 }}}}", "not ".repeat(100_000)),
        &format!("{{{{ {}1 }}}}", "1 +".repeat(100_000)),
        &format!("{{{{ frame{} }}}}", ".b".repeat(100_000)),
        &format!("{{{{ frame{} }}}}", "|e".repeat(100_000)),
        &format!("{{% if a %}}{}{{% endif %}}", "{% elif a %}".repeat(100_000)),
    ] {
        let project = Project::new([
            ("docs/a.md", "# A\n\nText.\n"),
            ("themes/t/document.html", template),
            ("lacuna.toml", "theme = \"t\"\nsources = [\"docs\"]\n"),
        ]);
        let run = project.check();
        let built = project.build();
        for run in [&run, &built] {
            run.assert_code(1);
            run.assert_says(&["template-error", "document.html"]);
        }
        assert!(files(&project.out()).contains_key("index.html"), "{template}");
    }
}

/// P32: a file that is too long is not read at all.
#[cfg(target_os = "linux")]
#[test]
fn files_that_are_too_long_cost_nothing() {
    let project = Project::new([("a.md", "# A\n\nText.\n")]);
    let begun = Instant::now();
    let (usual, _) = peak(&mut project.command(&["check"]));
    let usual_time = begun.elapsed();
    for name in ["huge.md", "huge.proto", "huge.txt", "huge.toml"] {
        project.write(name, "x");
        let file = std::fs::File::options().write(true).open(project.root().join(name));
        file.and_then(|file| file.set_len(200_000_000)).expect("a sparse file");
    }
    let took = || {
        let begun = Instant::now();
        let (peak, run) = peak(&mut project.command(&["check"]));
        (begun.elapsed(), peak, run)
    };
    // The machine may be busy with something else: the quicker of three.
    let (took, peak, run) =
        [took(), took(), took()].into_iter().min_by_key(|run| run.0).expect("3");
    run.assert_code(0);
    run.assert_says(&["file-too-large", "huge.md", "huge.proto", "huge.txt"]);
    assert!(peak < usual + 64 * 1024, "{peak} KiB, {usual} KiB without the files");
    assert!(
        took < usual_time + Duration::from_secs(1),
        "{took:?}, {usual_time:?} without the files"
    );
}

/// The most memory that a build of 200,000 small files may take.
#[cfg(target_os = "linux")]
const MOST_KIB: u64 = 2 << 20;

/// A project of so many small files.
#[cfg(target_os = "linux")]
fn of_many(count: usize) -> Project {
    let project = Project::new([("README.md", "# Home\n")]);
    for n in 0..count {
        let text = format!("# Page {n}\n\n[next](p{}.md)\n", (n + 1) % 100);
        project.write(&format!("docs/{}/p{}.md", n / 100, n % 100), text);
    }
    project
}

/// P33: a file costs so much memory that 200,000 of them fit into 2 GiB, for a check keeps no page.
#[cfg(target_os = "linux")]
#[test]
fn memory_follows_what_is_read_and_not_the_site() {
    const FEW: usize = 500;
    const MANY: usize = 1_500;
    let [few, many] = [FEW, MANY].map(|count| {
        let (peak, run) = peak(&mut of_many(count).command(&["check"]));
        run.assert_graceful();
        let documents = format!("{},{:03} documents", (count + 1) / 1_000, (count + 1) % 1_000);
        run.assert_says(&[documents.trim_start_matches("0,")]);
        peak
    });
    let of_all = (many - few) * 200_000 / (MANY - FEW) as u64;
    assert!(of_all < MOST_KIB, "{few} KiB for {FEW} files, {many} KiB for {MANY}");
}

/// P33, P38: many files need neither as many descriptors nor 2 GiB of memory, and too few descriptors
/// give an error and no other site.
#[cfg(target_os = "linux")]
#[test]
fn many_files_need_few_descriptors() {
    let count = super::number("LACUNA_FILES", 500);
    let project = of_many(count);
    let (peak, run_64) = peak(&mut project.building_under("ulimit -n 64"));
    assert!(peak < MOST_KIB, "{peak} KiB");
    run_64.assert_graceful();
    assert_eq!(run_64.status.code(), Some(0), "{}", run_64.err);
    let site = files(&project.out());
    assert!(site.len() > count, "{}", site.len());
    for few in [24, 12, 8, 5] {
        let run = run(&mut project.building_under(&format!("ulimit -n {few}")));
        if run.status.code() == Some(127) {
            continue; // The shell itself cannot start anything.
        }
        let said = &run.err;
        run.assert_graceful();
        assert!(files(&project.out()) == site, "{few} descriptors give another site: {said}");
    }
}
