//! Tests of the schema reader.

use std::sync::Arc;

use super::*;
use crate::model::{
    schema::{Field, ImportKind, Method, Shape, Streaming, Symbol, Type},
    source::Kind,
};

fn source(text: &str) -> Source {
    let path = RelPath::new("api/shop.proto").expect("a good path");
    let classified = Classified { kind: Kind::Schema, why: String::new() };
    read(&path, classified, &Arc::from(text))
}

fn parsed(text: &str) -> Schema {
    let source = source(text);
    assert_eq!(source.diagnostics, [], "{text}");
    facts(&source)
}

fn facts(source: &Source) -> Schema {
    match &source.outline.facts {
        Facts::Schema(schema) => Schema::clone(schema),
        other => panic!("a schema was expected, not {other:?}"),
    }
}

fn fields(symbol: &Symbol) -> &[Field] {
    match &symbol.shape {
        Shape::Message { fields, .. } => fields,
        other => panic!("a message was expected, not {other:?}"),
    }
}

fn methods(symbol: &Symbol) -> &[Method] {
    match &symbol.shape {
        Shape::Service { methods } => methods,
        other => panic!("a service was expected, not {other:?}"),
    }
}

fn pairs(options: &[(String, String)]) -> Vec<(&str, &str)> {
    options.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn named(name: &str) -> Type {
    Type::Named { name: name.into() }
}

fn scalar(name: &str) -> Type {
    Type::Scalar { name: name.into() }
}

#[test]
fn nested_types_follow_their_parents_with_full_names() {
    let text = "syntax = \"proto3\";\npackage a.b;\nimport public \"x/y.proto\";\n\
                enum First { ZERO = 0; }\n\
                message Outer {\n  enum Deep { NONE = 0; }\n  message Inner { Outer.Deep d = 1; }\n  .a.b.First f = 2;\n}\n\
                service Last {}\n";
    let schema = parsed(text);
    let names: Vec<_> =
        schema.symbols.iter().map(|s| (s.name.as_str(), s.short.as_str())).collect();
    assert_eq!(
        names,
        [
            ("a.b.First", "First"),
            ("a.b.Outer", "Outer"),
            ("a.b.Outer.Deep", "Deep"),
            ("a.b.Outer.Inner", "Inner"),
            ("a.b.Last", "Last"),
        ]
    );
    let outer = &schema.symbols[1];
    assert_eq!((&text[outer.span.start..outer.span.end], outer.line), ("Outer", 5));
    assert_eq!((&fields(outer)[0].ty, fields(outer)[0].line), (&named(".a.b.First"), 8));
    assert_eq!(fields(&schema.symbols[3])[0].ty, named("Outer.Deep"));
    assert_eq!((schema.syntax.as_str(), schema.package.as_str()), ("proto3", "a.b"));
    let import = &schema.imports[0];
    assert_eq!((import.path.as_str(), import.kind), ("x/y.proto", ImportKind::Public));
    assert_eq!(&text[import.span.start..import.span.end], "import public \"x/y.proto\";");
}

#[test]
fn maps_oneofs_and_labels_are_as_written() {
    let schema = parsed(
        "syntax = \"proto3\";\nmessage M {\n  map<string, Price> prices = 1;\n  optional int32 a = 2;\n  \
         oneof pay { bool cash = 3; Card card = 4; }\n  repeated bytes r = 5;\n  double plain = 6;\n}",
    );
    assert_eq!(schema.symbols.len(), 1);
    let fields = fields(&schema.symbols[0]);
    let value = Box::new(named("Price"));
    assert_eq!(fields[0].ty, Type::Map { key: "string".into(), value });
    let seen: Vec<_> = fields
        .iter()
        .map(|f| (f.name.as_str(), f.number, f.label.as_str(), f.oneof.as_deref()))
        .collect();
    assert_eq!(
        seen,
        [
            ("prices", 1, "", None),
            ("a", 2, "optional", None),
            ("cash", 3, "", Some("pay")),
            ("card", 4, "", Some("pay")),
            ("r", 5, "repeated", None),
            ("plain", 6, "", None),
        ]
    );
    assert_eq!((&fields[2].ty, &fields[4].ty), (&scalar("bool"), &scalar("bytes")));
}

#[test]
fn proto2_is_read_with_groups_and_extensions() {
    let schema = parsed(
        "message Old {\n  required string id = 1 [default = \"a, b\"];\n  \
         repeated group Line = 2 { optional int32 n = 1; }\n  extensions 100 to max;\n}\n\
         extend Old { optional int32 more = 100; }",
    );
    assert_eq!(schema.syntax, "proto2");
    let names: Vec<_> = schema.symbols.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Old", "Old.Line", "more"]);
    let fields = fields(&schema.symbols[0]);
    assert_eq!(fields[0].default.as_deref(), Some("\"a, b\""));
    let group = Type::Group { name: "Line".into() };
    assert_eq!((fields[0].label.as_str(), &fields[1].ty), ("required", &group));
    let Shape::Message { extensions, .. } = &schema.symbols[0].shape else { panic!("a message") };
    assert_eq!(extensions[..], ["100 to max"]);
    let Shape::Extension { extendee, field } = &schema.symbols[2].shape else { panic!("more") };
    assert_eq!((extendee.as_str(), field.number, field.label.as_str()), ("Old", 100, "optional"));
}

#[test]
fn services_name_their_streams() {
    let schema = parsed(
        "syntax = \"proto3\";\nservice S {\n  rpc A(X) returns (.p.Y);\n  rpc B(stream X) returns (Y);\n  \
         rpc C(X) returns (stream Y);\n  rpc D(stream X) returns (stream Y) { option deprecated = true; }\n}",
    );
    let methods = methods(&schema.symbols[0]);
    let streams: Vec<_> = methods.iter().map(|m| m.streaming).collect();
    assert_eq!(streams, [Streaming::None, Streaming::Client, Streaming::Server, Streaming::Both]);
    assert_eq!((methods[0].input.as_str(), methods[0].output.as_str()), ("X", ".p.Y"));
    assert!(methods[3].deprecated && !methods[2].deprecated);
    assert_eq!(methods[3].line, 6);
}

#[test]
fn reserved_ranges_are_inclusive() {
    let schema = parsed(
        "syntax = \"proto3\";\nmessage M { reserved 2, 9 to 11, 100 to max; reserved \"foo\", \"bar\"; }\n\
         enum E { Z = 0; reserved -3 to -1, 7, 40 to max; reserved \"OLD\"; }",
    );
    let reserved = |at: usize| match &schema.symbols[at].shape {
        Shape::Message { reserved, .. } | Shape::Enum { reserved, .. } => reserved.clone(),
        Shape::Service { .. } | Shape::Extension { .. } => Vec::new(),
    };
    assert_eq!(reserved(0), ["2", "9 to 11", "100 to max", "\"foo\"", "\"bar\""]);
    assert_eq!(reserved(1), ["-3 to -1", "7", "40 to max", "\"OLD\""]);
}

#[test]
fn options_are_as_written_and_deprecation_is_seen() {
    let schema = parsed(
        "syntax = \"proto3\";\noption go_package = \"a;b\";\n\
         message M {\n  option deprecated = true;\n  \
         string s = 1 [json_name = \"S\", deprecated = true, (v.rules).string = { min_len: 1 }];\n}\n\
         enum E { option allow_alias = true; Z = 0; A = 1 [deprecated = true]; }\n\
         service S { rpc A(X) returns (X) {\n  option (http) = {\n    get: \"/v1\"\n  };\n} }",
    );
    assert_eq!(pairs(&schema.options), [("go_package", "\"a;b\"")]);
    assert!(schema.symbols[0].deprecated && !schema.symbols[1].deprecated);
    let field = &fields(&schema.symbols[0])[0];
    assert!(field.deprecated);
    assert_eq!(
        pairs(&field.options),
        [("deprecated", "true"), ("(v.rules).string", "{ min_len: 1 }")]
    );
    assert_eq!(field.json_name.as_deref(), Some("S"));
    let Shape::Enum { values, .. } = &schema.symbols[1].shape else { panic!("E is an enum") };
    assert_eq!([values[0].deprecated, values[1].deprecated], [false, true]);
    assert_eq!(pairs(&schema.symbols[1].options), [("allow_alias", "true")]);
    let method = &methods(&schema.symbols[2])[0];
    assert_eq!(pairs(&method.options), [("(http)", "{\n    get: \"/v1\"\n  }")]);
}

#[test]
fn comments_lose_their_signs() {
    let source = source(
        "// Licence.\n\n// About the\n// file.\nsyntax = \"proto3\";\n\n/* The package. */\npackage p;\n\n\
         // Stands apart.\n\n\
         /**\n * A message:\n *\n * * one\n *   * two\n */\nmessage M { // trails\n  \
         /// Third slash.\n  ///   code\n  int32 a = 1;  // behind\n}\n\n\
         /* Plain\n\n     kept apart\n       deeper */\nenum E {\n  // ----------\n  // Zero\n  // ----------\n  Z = 0;\n}\n",
    );
    assert_eq!(source.diagnostics, []);
    assert_eq!(source.outline.amount.words, 22);
    let schema = facts(&source);
    assert_eq!(schema.comment, "Licence.\n\nAbout the\nfile.\n\nThe package.");
    let m = &schema.symbols[0];
    assert_eq!(m.comment, "A message:\n\n* one\n  * two\n\ntrails");
    assert_eq!(fields(m)[0].comment, "Third slash.\n  code\n\nbehind");
    assert_eq!(schema.symbols[1].comment, "Plain\n\nkept apart\n  deeper");
    let Shape::Enum { values, .. } = &schema.symbols[1].shape else { panic!("E is an enum") };
    assert_eq!(values[0].comment, "Zero");
}

#[test]
fn a_broken_file_keeps_its_header() {
    let text =
        "syntax = \"proto3\"; // package no;\npackage a.b;\nimport \"c.proto\";\nmessage é M { }\n";
    let source = source(text);
    let [diagnostic] = &source.diagnostics[..] else { panic!("{:?}", source.diagnostics) };
    assert_eq!((diagnostic.code.name, diagnostic.help.is_some()), ("proto-parse", true));
    let span = diagnostic.span.expect("a place");
    assert_eq!(&text[span.start..span.end], "é");
    let schema = facts(&source);
    assert_eq!((schema.syntax.as_str(), schema.package.as_str()), ("proto3", "a.b"));
    assert_eq!((schema.imports[0].path.as_str(), schema.symbols.len()), ("c.proto", 0));
    assert_eq!((source.outline.title.as_str(), source.outline.lines), ("shop.proto", 4));
}

#[test]
fn the_place_of_an_import_ends_with_the_file() {
    let text = "package a; nonsense import \"b.proto\"; import \"c.proto\"";
    let imports = facts(&source(text)).imports;
    let written = |import: &Import| text[import.span.start..import.span.end].to_owned();
    assert_eq!(imports.iter().map(written).collect::<Vec<_>>(), ["import \"c.proto\""]);
    let text = "import \"b.proto\"; nonsense; import \"c.proto\"\u{3000}";
    let places = facts(&source(text)).imports.into_iter().map(|import| import.span);
    let places: Vec<&str> = places.map(|span| &text[span.start..span.end]).collect();
    assert_eq!(places, ["import \"b.proto\";", "import \"c.proto\""]);
}

#[test]
fn errors_without_a_place_get_one() {
    for (text, wanted) in [
        ("syntax = \"proto3\";\nmessage M {\n", "{"),
        ("package a;\npackage b;\n", "package b"),
        ("message ü", "ü"),
    ] {
        let source = source(text);
        let span = source.diagnostics[0].span.expect("a place");
        assert_eq!(&text[span.start..span.end], wanted);
    }
}

#[test]
fn places_in_editions_are_those_of_the_file() {
    for statement in [
        "edition = \"2023\"",
        "edition=\"2023\"",
        "edition\r\n  =\r\n'2023'",
        "edition   =  \"2023\"",
    ] {
        let text = format!("// Über.\n{statement};\npackage p;\nmessage M {{ int32 a = 1; }}\n");
        let schema = parsed(&text);
        assert_eq!((schema.syntax.as_str(), schema.package.as_str()), ("edition 2023", "p"));
        let symbol = &schema.symbols[0];
        assert_eq!(&text[symbol.span.start..symbol.span.end], "M", "{statement}");
        assert_eq!(schema.comment, "Über.");

        let text = format!("{statement};\nmessage M {{ reserved a; foo }}\n");
        let source = source(&text);
        let span = source.diagnostics[0].span.expect("a place");
        assert_eq!(&text[span.start..span.end], "}", "{statement}");
        assert_eq!(facts(&source).syntax, "edition 2023");
    }
}

#[test]
fn editions_may_say_what_proto3_may_not() {
    let text = "edition = \"2024\";\npackage p;\nimport option \"o.proto\";\noption features.enum_type = CLOSED;\n\
                export message M {\n  // Kept.\n  int32 a = 1 [default = 7, features.field_presence = IMPLICIT];\n  \
                reserved b, c;\n  reserved 4;\n  local enum E { ONE = 1; reserved TWO; }\n  reserved d;\n}\n";
    let schema = parsed(text);
    assert_eq!(schema.syntax, "edition 2024");
    assert_eq!(schema.imports[0].kind, ImportKind::Option);
    assert_eq!(pairs(&schema.options), [("features.enum_type", "CLOSED")]);
    let [m, e] = &schema.symbols[..] else { panic!("{:?}", schema.symbols) };
    let field = &fields(m)[0];
    assert_eq!((field.default.as_deref(), field.comment.as_str()), (Some("7"), "Kept."));
    assert_eq!(pairs(&field.options), [("features.field_presence", "IMPLICIT")]);
    assert_eq!(&text[m.span.start..m.span.end], "M");
    let reserved = |symbol: &Symbol| match &symbol.shape {
        Shape::Message { reserved, .. } | Shape::Enum { reserved, .. } => reserved.join(" "),
        _ => String::new(),
    };
    assert_eq!(reserved(m), "4 \"b\" \"c\" \"d\"");
    assert_eq!(reserved(e), "\"TWO\"");
}

#[test]
fn oneofs_have_comments_and_options() {
    let schema = parsed(
        "syntax = \"proto3\";\nmessage M {\n  optional int32 o = 1;\n  // How it is paid.\n  \
         oneof pay {\n    option (must) = true;\n    bool cash = 2;\n  }\n}",
    );
    let Shape::Message { oneofs, .. } = &schema.symbols[0].shape else { panic!("a message") };
    let [pay] = &oneofs[..] else { panic!("{oneofs:?}") };
    assert_eq!((pay.name.as_str(), pay.comment.as_str()), ("pay", "How it is paid."));
    assert_eq!(pairs(&pay.options), [("(must)", "true")]);
}

#[test]
fn licences_are_not_comments_on_the_package() {
    let schema = parsed(
        "// Copyright 2026 Somebody\n//\n// Use it as you like.\n\n// Shops.\n\nsyntax = \"proto3\";\n\
         // SPDX-License-Identifier: MIT\npackage p;\n",
    );
    assert_eq!(schema.comment, "Shops.");
}

#[test]
fn an_empty_file_is_a_schema() {
    for text in ["", "\n", "// only words\n"] {
        let schema = parsed(text);
        assert_eq!(schema, Schema { syntax: "proto2".into(), ..Schema::default() });
    }
}

#[test]
fn carriage_returns_change_nothing_but_places() {
    let text = "// File.\n//\n// More.\nsyntax = \"proto3\";\n\n/* A\n *\n * - b\n */\nmessage M {\n  // f\n  int32 a = 1; // t\n}\n";
    let crlf = text.replace('\n', "\r\n");
    let (plain, mut other) = (parsed(text), parsed(&crlf));
    let span = other.symbols[0].span;
    assert_eq!(&crlf[span.start..span.end], "M");
    assert_eq!(plain.comment, "File.\n\nMore.");
    assert_eq!(plain.symbols[0].comment, "A\n\n- b");
    other.symbols[0].span = plain.symbols[0].span;
    assert_eq!(plain, other);
}

/// Every prefix, and every text with one byte taken out or doubled, is read to the end.
#[test]
fn no_text_panics() {
    let text = "edition = \"2023\";\n/* é */ package p.q; import 'x';\nmessage M { // t\n /* a */ map<string, N> m = 0x1F [d = \"\\x4\\u00e9\", (e) = { a: [1.5f, -inf] # c\n }];\n oneof o { int32 i = 2; } reserved 1 to max, 5; }\n// x\n\n// y\nenum E { A = -1; }\nservice S { rpc R(stream M) returns (.p.M) { option (o).p = 1e5; } }\n";
    for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        source(&text[..at]);
        source(&text[at..]);
        if let Some(letter) = text[at..].chars().next() {
            source(&format!("{}{}", &text[..at], &text[at + letter.len_utf8()..]));
            source(&format!("{}{letter}{}", &text[..at], &text[at..]));
        }
    }
}
