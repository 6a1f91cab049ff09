//! What the last stage lets through, and what it makes of the rest.

use super::*;

fn kept(markup: &str) {
    let sealed = seal(markup.to_owned());
    assert_eq!(sealed.removed(), None, "{markup}");
    assert_eq!(sealed.into_markup(), markup);
}

fn changed(markup: &str, wanted: &str, name: &str) {
    let sealed = seal(markup.to_owned());
    assert_eq!(sealed.removed(), Some(name), "{markup}");
    assert_eq!(sealed.clone().into_markup(), wanted);
    assert_eq!(seal(sealed.into_markup()).removed(), None, "{wanted}");
}

#[test]
fn what_generators_write_stays_as_it_is() {
    kept("plain & simple");
    kept("<p>a &lt;b&gt; <a class=\"x\" href=\"../b.html#c:d\" title=\"a > <b\">c</a><br />\n</p>");
    kept("<a href=\"https://a.example/?q=1&amp;r=%20\" rel=\"noopener\">a</a>");
    kept("<img src=\"assets/a%20b.svg\" alt=\"\" loading=\"lazy\">");
    kept("<input type=\"checkbox\" disabled checked aria-label=\"done\">");
    kept(
        "<svg viewBox=\"0 0 1 1\"><a href=\"a.html\"><title>a</title><rect x=\"1\"/>\
         <text x=\"1\">b</text></a></svg><p>c</p>",
    );
    kept("<math display=\"block\"><mrow><mi>x</mi><mo stretchy=\"false\">&lt;</mo></mrow></math>");
}

#[test]
fn what_nobody_should_have_written_becomes_words() {
    changed("<script>x</script>", "&lt;script>x&lt;/script>", "script");
    changed("<iframe src=\"a\">", "&lt;iframe src=\"a\">", "iframe");
    changed("a <!-- b --> c", "a &lt;!-- b --> c", "!--");
    changed("<p onclick=\"x()\">a</p>", "<p>a</p>", "onclick");
    changed("<p style=\"color:red\" class=\"b\">a</p>", "<p class=\"b\">a</p>", "style");
    changed("<a href='x.html'>a</a>", "<a>a</a>", "href");
    changed("<p\nid = \"a\">a</p>", "<p>a</p>", "id");
    changed("<P>a", "&lt;P>a", "P");
    changed("<a b", "&lt;a b", "a");
    changed("<img/onerror=x src=\"a.png\">", "<img/ src=\"a.png\">", "onerror");
    changed("<input type=\"text\">", "&lt;input type=\"text\">", "input");
}

#[test]
fn no_address_runs_or_leads_a_picture_elsewhere() {
    for address in [
        "javascript:x",
        "JAVASCRIPT&colon;x",
        "java&#10;script:x",
        "\u{1}javascript&#58;x",
        "data:text/html,x",
        "&#x6A;avascript:x",
    ] {
        changed(&format!("<a href=\"{address}\">a</a>"), "<a>a</a>", "href");
    }
    for address in
        ["https://b.example/a.png", "//b.example/a.png", "data:image/png,x", "/\\b.example"]
    {
        changed(&format!("<img src=\"{address}\">"), "<img>", "src");
    }
}

/// Where two languages meet, cleaned markup has come to life again in other programs.
#[test]
fn no_tag_of_one_language_stands_in_another() {
    changed("<title><a title=\"</title><img>\">", "&lt;title><a title=\"</title><img>\">", "title");
    changed("<svg><p></svg>", "<svg>&lt;p></svg>", "p");
    changed("<svg><title><b></title></svg>", "<svg><title>&lt;b></title></svg>", "b");
    changed("<svg><style>a</style></svg>", "<svg>&lt;style>a&lt;/style></svg>", "style");
    changed("<svg></p></svg>", "<svg>&lt;/p></svg>", "/p");
    changed("<math><mi><b></mi></math>", "<math><mi>&lt;b></mi></math>", "b");
    changed("<math><svg></math>", "<math>&lt;svg></math>", "svg");
    changed("<rect/>", "&lt;rect/>", "rect");
    kept("<svg><svg></svg><g></g></svg><p></p>");
    kept("<svg/><svg><title/></svg><p></p>");
}

#[test]
fn addresses_of_a_theme_do_not_run() {
    let page = "<!doctype html><!-- <a href=\"javascript:1\"> --><title><a href=\"javascript:2\">\
         </title><script src=\"https://a.example/x.js\">'<a href=\"javascript:3\">'</script>\
         <a HREF = javascript&#58;4 onclick=\"ours()\">a</a><form action='vbscript:5'></form>";
    let sealed = addresses(page.to_owned());
    assert_eq!(sealed.removed(), Some("HREF"));
    let wanted = page.replace("javascript&#58;4", "#").replace("vbscript:5", "#");
    assert_eq!(sealed.into_markup(), wanted);
}
