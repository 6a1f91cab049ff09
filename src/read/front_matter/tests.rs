//! What is front matter, what it yields, and what is said of a broken one.

use super::*;

fn cut(text: &str) -> Split {
    split(&RelPath::new("a.md").expect("a good path"), text)
}

#[test]
fn yaml_fills_the_fields_and_keeps_the_rest() {
    let text = "---\nid: 007\ntitle: \"A: b\"\ndate: 2024-05-06\nstatus: 3\ncovers: GAP-1\n\
                tags: [a, 2]\nowner: {name: x, list: [1, null, 1.5, true]}\nno: ~\n---\nBody\n";
    let Split { front, covers, start, diagnostics } = cut(text);
    assert_eq!(diagnostics, []);
    assert_eq!(&text[start..], "Body\n");
    assert_eq!(front.id.as_deref(), Some("007"));
    assert_eq!(front.title.as_deref(), Some("A: b"));
    assert_eq!(front.date.as_deref(), Some("2024-05-06"));
    assert_eq!(front.status.as_deref(), Some("3"));
    assert_eq!((covers[0].id.as_str(), covers[0].line), ("GAP-1", 6));
    assert_eq!(front.tags, ["a", "2"]);
    assert_eq!(front.extra["no"], Value::Null);
    let Value::Map(owner) = &front.extra["owner"] else { panic!("a mapping is kept") };
    let list = [Value::Integer(1), Value::Null, Value::Number("1.5".into()), Value::Bool(true)];
    assert_eq!(owner["list"], Value::List(list.to_vec()));
}

#[test]
fn toml_fills_the_fields() {
    let text =
        "+++\r\nid = 7\r\ndate = 2024-05-06\r\ncovers = [\"GAP-1\"]\r\nx = { y = 1 }\r\n+++\r\nB";
    let Split { front, covers, start, diagnostics } = cut(text);
    assert_eq!(diagnostics, []);
    assert_eq!(&text[start..], "B");
    assert_eq!((front.id.as_deref(), front.date.as_deref()), (Some("7"), Some("2024-05-06")));
    assert_eq!((covers[0].id.as_str(), covers[0].line), ("GAP-1", 4));
    assert!(matches!(&front.extra["x"], Value::Map(map) if map["y"] == Value::Integer(1)));
}

#[test]
fn text_between_thematic_breaks_stays_text() {
    for text in [
        "---\nSome prose here.\n---\n",
        "---\n\nkey: value\n---\n",
        "---\n- a\n- b\n---\n",
        "---\nNote: read this.\n\nThen comes a paragraph of prose.\n\n---\n",
        "---\nid: x\n",
        "# Title\n---\nid: x\n---\n",
        "---",
        "",
    ] {
        let Split { front, start, diagnostics, .. } = cut(text);
        assert_eq!((start, diagnostics), (0, vec![]), "{text:?}");
        assert_eq!(front, FrontMatter::default(), "{text:?}");
    }
    let long = format!("---\nid: x\n{}---\n", "# more\n".repeat(MAX_LINES));
    assert_eq!(cut(&long).start, 0);
    assert_eq!(cut("---\n---\nx").start, 8);
}

#[test]
fn a_broken_block_is_cut_off_and_pointed_at() {
    for (text, line, body) in [
        ("---\nid: x\ntitle: [a\n---\nB", "title: [a", "B"),
        ("---\nid: x\nid: y\n---\nB", "id: y", "B"),
        ("---\nid: x\na: b: c\n---\nB", "a: b: c", "B"),
        ("+++\nid = 1\nb = \n+++\nB", "b = ", "B"),
        ("---\nid: x\ntitle: [a, b]\n---\nB", "title: [a, b]", "B"),
    ] {
        let split = cut(text);
        assert_eq!(&text[split.start..], body, "{text:?}");
        let [one] = &split.diagnostics[..] else { panic!("one finding: {:?}", split.diagnostics) };
        let span = one.span.expect("a place");
        assert_eq!(&text[span.start..span.end], line, "{}", one.message);
        assert!(!one.message.contains("line "), "{}", one.message);
    }
}

#[test]
fn anchors_and_depth_are_refused() {
    let split = cut("---\na: &x [1, 2]\nb: *x\n---\n");
    assert!(split.diagnostics[0].help.as_deref().is_some_and(|help| help.contains("anchors")));
    let deep = format!("---\na: {}1{}\n---\n", "[".repeat(60), "]".repeat(60));
    assert_eq!(cut(&deep).diagnostics.len(), 1);
}
