//! Schemas as a reader of the site meets them: links from documents and comments, what is wrong with
//! a tree, and how much of it is documented.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories, run the program and read its output"
)]

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A shop in three packages, as somebody might have it.
const SHOP: &[(&str, &str)] = &[
    (
        "proto/shop/v1/order.proto",
        "// What customers order.\nedition = \"2023\";\npackage shop.v1;\n\
         import \"shop/v1/money.proto\";\nimport \"google/protobuf/timestamp.proto\";\nimport \"vendor/rules.proto\";\n\
         // An order, paid in [money][shop.v1.Money], see `OrderService.Place` and `lines`.\n\
         message Order {\n  // Lines.\n  repeated Line lines = 1;\n  Money total = 2 [default = 3, (buf.validate.field).required = true];\n  \
         google.protobuf.Timestamp placed_at = 3;\n  reserved old_total;\n  // A line.\n  message Line { string sku = 1; }\n}\n\
         // Takes orders.\nservice OrderService {\n  // Places <one> order.\n  rpc Place(Order) returns (Order) { option (google.api.http) = { post: \"/v1/orders\" body: \"*\" }; }\n}\n",
    ),
    (
        "proto/shop/v1/money.proto",
        "syntax = \"proto3\";\npackage shop.v1;\nimport \"shop/v1/order.proto\";\n// Money.\nmessage Money { int64 units = 1; }\n",
    ),
    (
        "proto/copy/money.proto",
        "syntax = \"proto3\";\npackage shop.v1;\nmessage Money { int64 units = 1; }\n",
    ),
    (
        "proto/stock/stock.proto",
        "syntax = \"proto3\";\npackage stock;\nimport \"shop/v1/order.proto\";\nmessage Level { shop.v1.Order.Line line = 1; }\n",
    ),
    (
        "docs/orders.md",
        "# Orders\n\nSee [[proto:shop.v1.Order.placed_at]], [[shop.v1.Order.lines]], [[shop.v1.OrderService]].\n",
    ),
    (
        "docs/GAP-ANALYSIS.md",
        "# Gap analysis\n\n### 1. **Orders have no type**\n- **Status**: NOT DOCUMENTED\n- **Priority**: P0\n\
         - **Evidence**: docs/orders.md (lines 1-3)\n- **Recommendation**: Document created: `proto:shop.v1.Order`\n",
    ),
];

struct Built {
    repository: TempDir,
    site: TempDir,
}

impl Built {
    fn page(&self, route: &str) -> String {
        let path = self.site.path().join("site").join(route);
        let text = std::fs::read_to_string(&path);
        // Templates write a slash in its other spelling.
        text.unwrap_or_else(|error| panic!("{route}: {error}")).replace("&#x2f;", "/")
    }

    fn export(&self) -> Value {
        let run = lacuna(&["export", "--format", "json"], self.repository.path());
        serde_json::from_slice(&run).expect("the export is JSON")
    }
}

fn build(files: &[(&str, &str)]) -> Built {
    let repository = TempDir::new().expect("a folder for the repository");
    for (path, text) in files {
        let path = repository.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(path, text).expect("the file is written");
    }
    let site = TempDir::new().expect("a folder for the site");
    let out = site.path().join("site");
    lacuna(&["build", "-q", "-o", &out.to_string_lossy()], repository.path());
    Built { repository, site }
}

fn lacuna(arguments: &[&str], repository: &Path) -> Vec<u8> {
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(arguments)
        .arg(repository)
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(matches!(run.status.code(), Some(0 | 1)), "{said}");
    run.stdout
}

#[test]
fn documents_link_to_symbols_and_their_members() {
    let site = build(SHOP);
    let page = site.page("docs/orders.html");
    let export = site.export();
    let found = export["diagnostics"].as_array().expect("a list");
    assert!(found.iter().any(|one| one["code"] == "proto-symbol-duplicate"), "{found:?}");
    let of_orders: Vec<_> = found.iter().filter(|one| one["path"] == "docs/orders.md").collect();
    assert!(of_orders.is_empty(), "a symbol is no address: {of_orders:?}");
    for href in ["Order.html#placed_at", "Order.html#lines", "OrderService.html"] {
        assert!(page.contains(&format!("href=\"../schemas/shop.v1/{href}\"")), "{href}: {page}");
    }
}

#[test]
fn comments_link_to_symbols() {
    let site = build(SHOP);
    let page = site.page("schemas/shop.v1/Order.html");
    for href in ["Money.html", "OrderService.html#Place", "Order.html#lines"] {
        assert!(page.contains(&format!("<a href=\"{href}\"")), "{href}\n{page}");
    }
    assert!(site.page("schemas/shop.v1/OrderService.html").contains("Places &lt;one&gt; order."));
}

#[test]
fn a_symbol_shows_what_matters() {
    let site = build(SHOP);
    let page = site.page("schemas/shop.v1/Order.html");
    for part in [
        "<li>required</li>",
        "default <code>3</code>",
        "<code>&quot;old_total&quot;</code>",
        "well-known.html#Timestamp",
        "<a href=\"Order.Line.html\"><code>Line</code></a>",
        "proto/shop/v1/order.proto.html#L8",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let line = site.page("schemas/shop.v1/Order.Line.html");
    assert!(line.contains("stock.Level"), "{line}");
    let service = site.page("schemas/shop.v1/OrderService.html");
    assert!(service.contains("POST") && service.contains("<code>/v1/orders</code>"), "{service}");
    assert!(site.page("schemas/well-known.html").contains("id=\"Timestamp\""));
}

#[test]
fn what_is_wrong_with_a_tree_is_told_and_its_pages_stay() {
    let site = build(SHOP);
    let export = site.export();
    let found: Vec<(&str, &str)> = export["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|d| Some((d["code"].as_str()?, d["path"].as_str()?)))
        .filter(|(code, _)| code.starts_with("proto-"))
        .collect();
    // The copy stands first in the order of paths.
    let wanted = [
        ("proto-symbol-duplicate", "proto/shop/v1/money.proto"),
        ("proto-import-cycle", "proto/shop/v1/money.proto"),
        ("proto-import-missing", "proto/shop/v1/order.proto"),
    ];
    for one in wanted {
        assert!(found.contains(&one), "{one:?} is not among {found:?}");
    }
    assert_eq!(found.len(), wanted.len(), "{found:?}");
    assert!(site.page("schemas/shop.v1/Money.html").contains("units"));
}

#[test]
fn a_gap_may_be_filled_by_a_symbol() {
    let export = build(SHOP).export();
    let target = &export["gaps"][0]["targets"][0];
    assert_eq!(target["resolved"], "proto/shop/v1/order.proto", "{target}");
    assert_eq!(target["state"], "covers", "{target}");
}

#[test]
fn the_share_of_comments_is_on_page_badge_and_export() {
    let site = build(SHOP);
    let export = site.export();
    let package = &export["schemas"][0];
    assert_eq!(package["name"], "shop.v1");
    // With a comment: Order, lines, Line, OrderService, Place. Without: total, placed_at, sku, and
    // Money with its field, for the copy that stands first has none.
    assert_eq!((&package["documented"], &package["declarations"]), (&5.into(), &10.into()));
    assert_eq!(package["percent"], 50);
    assert_eq!(package["needed_by"][0], "stock");
    assert!(site.page("badges/schemas/shop.v1.json").contains("50 %"));
    assert!(site.page("badges/schemas.svg").contains("schemas documented"));
    let page = site.page("schemas/shop.v1/index.html");
    assert!(page.contains("5 of 10 declarations have a comment"), "{page}");
}
