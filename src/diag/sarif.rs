//! SARIF 2.1.0 (OASIS Standard, "Static Analysis Results Interchange Format").
//!
//! The order is that of the findings and nothing of the clock or the machine is in it: the same
//! content gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    Code, Severity,
    finding::{Finding, Run},
    human::visible,
};

/// So many results are written, errors before warnings; code hosts show no more of one run.
pub const MOST_RESULTS: usize = 5000;

/// The name of the fingerprint in `partialFingerprints`; its number changes with the way it is made.
pub const FINGERPRINT: &str = "lacunaFinding/v1";

/// The name of the folder that paths are relative to.
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [OneRun; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OneRun {
    tool: Tool,
    automation_details: Id,
    original_uri_base_ids: BTreeMap<&'static str, Base>,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<ResultOf>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
struct Id {
    id: &'static str,
}

#[derive(Serialize)]
struct Base {
    description: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultOf {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    partial_fingerprints: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Text>,
}

/// The log, one JSON value.
pub fn render(findings: &[Finding<'_>], run: &Run<'_>) -> serde_json::Result<String> {
    let told = most_urgent(findings);
    let used: BTreeSet<&'static str> = told.iter().map(|one| one.diagnostic.code.name).collect();
    let codes: BTreeMap<&'static str, &'static Code> =
        told.iter().map(|one| (one.diagnostic.code.name, one.diagnostic.code)).collect();
    let index: BTreeMap<&str, usize> =
        used.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let left_out = findings.len() - told.len();
    let notification = (left_out > 0).then(|| Notification {
        level: "warning",
        message: Text {
            text: format!(
                "{left_out} more findings were left out after the first {MOST_RESULTS}; \
                 errors come before warnings"
            ),
        },
    });
    let root = Base { description: Text { text: "The folder where the check was run".to_owned() } };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [OneRun {
            tool: Tool {
                driver: Driver {
                    name: "Lacuna",
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: codes.values().map(|code| rule(code, run)).collect(),
                },
            },
            automation_details: Id { id: "lacuna/check/" },
            original_uri_base_ids: BTreeMap::from([(ROOT, root)]),
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: notification.into_iter().collect(),
            }],
            column_kind: "utf16CodeUnits",
            results: told
                .iter()
                .map(|one| result(one, run, index[one.diagnostic.code.name]))
                .collect(),
        }],
    };
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

/// The findings that are told, in their order.
fn most_urgent<'f, 'a>(findings: &'f [Finding<'a>]) -> Vec<&'f Finding<'a>> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|at| findings[*at].diagnostic.severity);
    order.truncate(MOST_RESULTS);
    order.sort_unstable();
    order.into_iter().map(|at| &findings[at]).collect()
}

fn rule(code: &'static Code, run: &Run<'_>) -> Rule {
    let text = code.text.trim();
    // The first line repeats the name.
    let body = text.split_once('\n').map_or(text, |(_, body)| body.trim());
    let first = body.split("\n\n").next().unwrap_or(code.summary);
    Rule {
        id: code.name,
        short_description: Text { text: code.summary.to_owned() },
        full_description: Text { text: first.replace('\n', " ") },
        help: Help { text: body.to_owned(), markdown: body.to_owned() },
        help_uri: run.page(code.name),
        default_configuration: Configuration { level: level(code.level) },
    }
}

fn result(finding: &Finding<'_>, run: &Run<'_>, rule_index: usize) -> ResultOf {
    let region = finding.place.map(|place| Region {
        start_line: place.start.line,
        start_column: place.start.utf16,
        end_line: place.end.line,
        end_column: place.end.utf16,
        snippet: finding.quote.map(|quote| Text { text: quote.to_owned() }),
    });
    ResultOf {
        rule_id: finding.diagnostic.code.name,
        rule_index,
        level: level(finding.diagnostic.severity),
        message: Text { text: message(&finding.message_and_help()) },
        locations: [Location {
            physical_location: Physical {
                artifact_location: Artifact {
                    uri: uri(&run.path(&finding.diagnostic.path)),
                    uri_base_id: ROOT,
                },
                region,
            },
        }],
        partial_fingerprints: BTreeMap::from([(
            FINGERPRINT,
            format!("{}:{}", finding.fingerprint, finding.nth),
        )]),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A message in which nothing is a link (section 3.11.6): `[text](address)` of the content is text.
fn message(text: &str) -> String {
    let text = visible(text);
    match text.contains("](") {
        true => text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]"),
        false => text,
    }
}

/// A path as a relative reference (RFC 3986): every byte but those that always stand for themselves
/// is written in hexadecimal.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte as char);
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diag::{Diagnostic, codes, finding::locate},
        path::RelPath,
    };

    #[test]
    fn paths_are_references_and_links_of_messages_are_text() {
        assert_eq!(uri("a b/ü%#?.md"), "a%20b/%C3%BC%25%23%3F.md");
        assert_eq!(message("see [a](http://x)"), r"see \[a\](http://x)");
        assert_eq!(message("`[[GAP-2]]` is no record"), "`[[GAP-2]]` is no record");
    }

    #[test]
    fn errors_are_the_last_to_be_left_out() {
        let path = RelPath::new("a.md").expect("a path");
        let mut found: Vec<Diagnostic> = (0..MOST_RESULTS + 3)
            .map(|n| Diagnostic::new(&codes::BROKEN_ANCHOR, &path, format!("m{n}")))
            .collect();
        found.push(Diagnostic::new(&codes::BROKEN_LINK, &path, "last"));
        let log = render(&locate(&found, |_| None), &Run::default()).expect("JSON");
        let log: serde_json::Value = serde_json::from_str(&log).expect("JSON");
        let run = &log["runs"][0];
        let results = run["results"].as_array().expect("results");
        assert_eq!(results.len(), MOST_RESULTS);
        assert_eq!(results[MOST_RESULTS - 1]["ruleId"], "broken-link");
        let said = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
        assert!(said.as_str().is_some_and(|said| said.starts_with("4 more")), "{said}");
    }
}
