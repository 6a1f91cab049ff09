//! Each form: where things stand in it, and that nothing of the content breaks out of it.

use super::*;

/// Two broken links, one behind letters outside the basic plane, in a file with a hostile name.
fn broken() -> TempDir {
    project(&[
        ("README.md", "# Ferry\n\nSee the [fares](fares.md).\n"),
        ("docs/a, b:c% [x].md", "# Hostile\n\n👩👩 and [`::error::x`](a\u{202e}<b>&\".md \"t\")\n"),
    ])
}

#[test]
fn concise_is_one_line_a_finding() {
    let folder = broken();
    let run = check(folder.path(), &["--format", "concise"]);
    assert_eq!(code(&run), Some(1));
    let out = stdout(&run);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}");
    assert!(lines[0].starts_with("README.md:3:"), "{out}");
    assert!(lines[0].contains(": error[broken-link]: "), "{out}");
    assert!(lines[1].starts_with("docs/a, b:c% [x].md:3:"), "{out}");
    assert!(!out.contains('\u{202e}'), "{out}");
    assert!(stderr(&run).contains("Findings"), "the summary is no data");
}

#[test]
fn paths_are_those_of_where_the_program_was_started() {
    let folder = project(&[("site/docs/a.md", "# A\n\n[x](gone.md)\n")]);
    let run = check(folder.path(), &["--format", "concise", "site"]);
    assert!(stdout(&run).starts_with("site/docs/a.md:3:"), "{}", stdout(&run));
    let within = json(&check(&folder.path().join("site"), &["--format", "json"]));
    let above = json(&check(folder.path(), &["--format", "json", "site"]));
    let fingerprint = |value: &serde_json::Value| value["findings"][0]["fingerprint"].clone();
    assert_eq!(fingerprint(&within), fingerprint(&above));
}

#[test]
fn sarif_has_the_structure_of_the_standard() {
    let folder = broken();
    put(folder.path(), "lacuna.toml", "base_url = 'https://example.org/x/'\n");
    let run = check(folder.path(), &["--format", "sarif"]);
    assert_eq!(code(&run), Some(1));
    let log = json(&run);
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().is_some_and(|schema| schema.contains("sarif-2.1.0")));
    assert_eq!(log["runs"].as_array().map(Vec::len), Some(1));
    let one = &log["runs"][0];
    assert_eq!(one["columnKind"], "utf16CodeUnits");
    assert!(one["originalUriBaseIds"]["%SRCROOT%"].is_object());
    let driver = &one["tool"]["driver"];
    assert_eq!(driver["name"], "Lacuna");
    let rules = driver["rules"].as_array().expect("rules");
    let results = one["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        let rule = &rules[index];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().is_some_and(|text| text.contains("mend")));
        assert_eq!(rule["helpUri"], "https://example.org/x/codes/broken-link.html");
        assert!(
            ["none", "note", "warning", "error"]
                .contains(&rule["defaultConfiguration"]["level"].as_str().expect("a level"))
        );
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("an address");
        assert!(uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b)), "{uri}");
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        let prints = result["partialFingerprints"].as_object().expect("fingerprints");
        assert_eq!(prints.keys().collect::<Vec<_>>(), ["lacunaFinding/v1"]);
    }
    let region = &results[1]["locations"][0]["physicalLocation"]["region"];
    // Two letters of two code units each, " and " and what stands before the address.
    let text = "👩👩 and [`::error::x`](a\u{202e}<b>&\".md \"t\")";
    let column = region["startColumn"].as_u64().expect("a column") as usize;
    let units: Vec<u16> = text.encode_utf16().collect();
    let snippet = region["snippet"]["text"].as_str().expect("a snippet");
    let end = region["endColumn"].as_u64().expect("a column") as usize;
    assert_eq!(String::from_utf16_lossy(&units[column - 1..end - 1]), snippet);
    assert_eq!(region["startLine"], 3);
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let folder = broken();
    let prints = |run: &Output| -> Vec<serde_json::Value> {
        let log = json(run);
        let results = log["runs"][0]["results"].as_array().expect("results").clone();
        results.iter().map(|result| result["partialFingerprints"].clone()).collect()
    };
    let before = check(folder.path(), &["--format", "sarif"]);
    let again = check(folder.path(), &["--format", "sarif"]);
    assert_eq!(before.stdout, again.stdout, "the same content gives the same bytes");
    put(
        folder.path(),
        "README.md",
        "# Ferry\n\nA new paragraph.\n\nAnd one more. See the [fares](fares.md).\n",
    );
    assert_eq!(prints(&before), prints(&check(folder.path(), &["--format", "sarif"])));
    put(folder.path(), "README.md", "# Ferry\n\nSee the [fares](prices.md).\n");
    assert_ne!(prints(&before), prints(&check(folder.path(), &["--format", "sarif"])));
}

#[test]
fn no_content_speaks_to_the_runner() {
    let folder = broken();
    put(folder.path(), "lacuna.toml", "title = '::add-mask::x ##[error]y'\n");
    let run = check(folder.path(), &["--format", "github"]);
    assert_eq!(code(&run), Some(1));
    let out = stdout(&run);
    assert_eq!(out.lines().count(), 2, "{out}");
    for line in out.lines() {
        assert!(line.starts_with("::error file="), "{line}");
        let (properties, _) = line[2..].split_once("::").expect("a command");
        let keys: Vec<&str> = properties["error ".len()..]
            .split(',')
            .map(|pair| pair.split_once('=').expect("a pair").0)
            .collect();
        assert_eq!(keys, ["file", "line", "endLine", "col", "endColumn", "title"], "{line}");
    }
    assert!(out.contains("file=docs/a%2C b%3Ac%25 [x].md,"), "{out}");
    let said = stderr(&run);
    assert!(said.lines().all(|line| !line.trim_start().starts_with("::")), "{said}");
    assert!(!said.contains("##["), "{said}");
}

#[test]
fn gitlab_tells_repetitions_apart() {
    let folder = project(&[("a.md", "# A\n\n[x](gone.md)\n\n[x](gone.md)\n")]);
    let report = json(&check(folder.path(), &["--format", "gitlab"]));
    let issues = report.as_array().expect("a list");
    assert_eq!(issues.len(), 2);
    assert_ne!(issues[0]["fingerprint"], issues[1]["fingerprint"]);
    assert_eq!(issues[0]["severity"], "major");
    assert_eq!(issues[1]["location"]["lines"]["begin"], 5);
    assert_eq!(issues[0]["location"]["path"], "a.md");
}

#[test]
fn junit_is_well_formed_and_counts_what_fails() {
    let folder = broken();
    put(folder.path(), "b.md", "# B\n\n[\u{1}\u{1b}](c\u{1}&<.md) and [q](README.md#none)\n");
    let run = check(folder.path(), &["--format", "junit"]);
    let out = stdout(&run);
    let is_char = |c: char| c == '\n' || (c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}');
    assert!(out.chars().all(is_char), "{out}");
    let mut cases = 0;
    let mut failures = 0;
    let mut open = Vec::new();
    let names = regular_tags(&out);
    for (name, kind) in names {
        match kind {
            Tag::Open => {
                cases += usize::from(name == "testcase");
                failures += usize::from(name == "failure");
                open.push(name);
            }
            Tag::Close => assert_eq!(open.pop().as_deref(), Some(name.as_str()), "{out}"),
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert!(out.contains(&format!("tests=\"{cases}\" failures=\"{failures}\"")), "{out}");
    assert!(cases > failures && failures >= 2, "warnings pass: {out}");
    let strict = stdout(&check(folder.path(), &["--format", "junit", "--strict"]));
    assert!(strict.contains(&format!("tests=\"{cases}\" failures=\"{cases}\"")), "{strict}");
}

#[test]
fn junit_of_nothing_has_one_case_that_passes() {
    let folder = project(&[("a.md", "# A\n\nAll is well.\n")]);
    let run = check(folder.path(), &["--format", "junit"]);
    assert_eq!(code(&run), Some(0));
    assert!(stdout(&run).contains("tests=\"1\" failures=\"0\""), "{}", stdout(&run));
}

#[test]
fn json_says_what_fails_and_informational_fails_on_nothing() {
    let folder = broken();
    let report = json(&check(folder.path(), &["--format", "json"]));
    assert_eq!(report["version"], "1");
    assert_eq!(report["findings"][0]["fails"], true);
    assert_eq!(report["findings"][0]["code"], "broken-link");
    let run = check(folder.path(), &["--format", "json", "--informational", "--strict"]);
    assert_eq!(code(&run), Some(0));
    let report = json(&run);
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(2));
    assert_eq!(report["findings"][0]["fails"], false);
}

enum Tag {
    Open,
    Close,
}

/// The tags of XML that holds elements and text alone, each of a self-closing one twice.
fn regular_tags(xml: &str) -> Vec<(String, Tag)> {
    let mut tags = Vec::new();
    for part in xml.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("each tag is closed");
        assert!(!text.contains('>'), "{text}");
        if tag.starts_with('?') {
            continue;
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        let is_entity = |rest: &str| {
            ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|known| rest.starts_with(known))
        };
        assert!(part.split('&').skip(1).all(is_entity), "{part}");
        let name = tag.trim_matches('/').split(' ').next().unwrap_or_default().to_owned();
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) => tags.push((name, Tag::Close)),
            (_, true) => tags.extend([(name.clone(), Tag::Open), (name, Tag::Close)]),
            _ => tags.push((name, Tag::Open)),
        }
    }
    tags
}
