//! The alignment of columns, as classes: the policy of the pages lets no style stand in an element.

/// What the writer of HTML says of an aligned cell, and what is said instead. Columns begin at the
/// left unless told otherwise.
const CELLS: [(&str, &str); 6] = [
    ("<th style=\"text-align: left\">", "<th>"),
    ("<td style=\"text-align: left\">", "<td>"),
    ("<th style=\"text-align: center\">", "<th class=\"to-center\">"),
    ("<td style=\"text-align: center\">", "<td class=\"to-center\">"),
    ("<th style=\"text-align: right\">", "<th class=\"to-right\">"),
    ("<td style=\"text-align: right\">", "<td class=\"to-right\">"),
];

/// A rendered text with the alignment of its cells as classes. No text holds such a tag of its own:
/// words are escaped, and raw HTML keeps no style.
pub(super) fn by_class(body: String) -> String {
    if !body.contains(" style=\"text-align: ") {
        return body;
    }
    CELLS.iter().fold(body, |body, (style, class)| body.replace(style, class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_classes_and_words_stay() {
        let words = "&lt;td style=\"text-align: right\"&gt;";
        let styled = format!(
            "<th style=\"text-align: left\">a</th><th>b</th><td style=\"text-align: right\">{words}</td>"
        );
        let expected = format!("<th>a</th><th>b</th><td class=\"to-right\">{words}</td>");
        assert_eq!(by_class(styled), expected);
    }
}
