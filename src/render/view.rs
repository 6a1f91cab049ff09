//! A view in a document becomes HTML: tables and lists, and drawings that need no script. Every
//! drawing says its figures in words too.

use std::{f64::consts::TAU, fmt::Write as _};

use super::{html::escape, layers};
use crate::{
    model::view::Shape,
    page::model::{ViewAnswer, ViewContent, ViewCount, ViewData, ViewProblem, ViewRow},
};

/// Different colours of bars and slices.
const TONES: usize = 6;

/// The HTML of a view; `source` is its block, shown when it cannot be answered.
pub fn draw(content: &ViewContent, source: &str) -> String {
    let answer = match content {
        ViewContent::Wrong(problems) => return wrong(problems, source),
        ViewContent::Answer(answer) => answer,
    };
    let body = match &answer.data {
        _ if answer.total == 0 => {
            format!("<p class=\"empty\">No {} answer this.</p>\n", answer.kind.name())
        }
        ViewData::Rows { columns, rows } if answer.shape == Shape::List => list(columns, rows),
        ViewData::Rows { columns, rows } => table(columns, rows),
        ViewData::Counts { field, counts } if answer.shape == Shape::Pie => pie(field, counts),
        ViewData::Counts { field, counts } => bars(field, counts),
        ViewData::Matrix { fields, columns, rows } => matrix(*fields, columns, rows),
        ViewData::Graph(drawing) => layers::draw(drawing),
    };
    format!("<div class=\"view\">\n{body}{}</div>\n", notice(answer))
}

/// How much of it is shown, with the way to the rest.
fn notice(answer: &ViewAnswer) -> String {
    let (name, href) = (answer.kind.name(), escape(&answer.all.href));
    let said = if answer.shown < answer.total {
        format!("{} of {} {name} shown.", answer.shown, answer.total)
    } else if matches!(answer.shape, Shape::Bar | Shape::Pie | Shape::Matrix) && answer.total > 0 {
        format!("{} {name} counted.", answer.total)
    } else {
        return String::new();
    };
    format!("<p class=\"hint\">{said} <a href=\"{href}\">{}</a></p>\n", escape(&answer.all.title))
}

fn wrong(problems: &[ViewProblem], source: &str) -> String {
    let mut html =
        String::from("<div class=\"view-wrong\">\n<p>This view cannot be shown:</p>\n<ul>\n");
    for problem in problems {
        let (line, column) = problem.place;
        let (message, help) = (ticks(&problem.message), ticks(&problem.help));
        writeln!(html, "<li>line {line}, column {column}: {message}; {help}</li>")
            .expect("a String takes whatever is written to it");
    }
    html.push_str(&format!("</ul>\n<pre><code>{}</code></pre>\n</div>\n", escape(source)));
    html
}

/// A sentence in which names stand between back-ticks.
fn ticks(text: &str) -> String {
    let parts = text.split('`').map(escape).enumerate();
    let part = |(n, part): (usize, std::borrow::Cow<'_, str>)| match n % 2 {
        0 => part.into_owned(),
        _ => format!("<code>{part}</code>"),
    };
    parts.map(part).collect()
}

/// The column that leads to the record.
fn linked(columns: &[&str]) -> usize {
    let of = |name: &str| columns.iter().position(|column| *column == name);
    of("title").or_else(|| of("id")).unwrap_or_default()
}

fn table(columns: &[&'static str], rows: &[ViewRow]) -> String {
    let mut html = String::from("<div class=\"table-wrap\"><table class=\"stack\">\n<thead><tr>");
    for column in columns {
        html.push_str(&format!("<th scope=\"col\">{}</th>", head(column)));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    let link = linked(columns);
    for row in rows {
        html.push_str("<tr>");
        for (n, (column, value)) in columns.iter().zip(&row.cells).enumerate() {
            let class = if n == link { " class=\"main\"" } else { "" };
            html.push_str(&format!("<td{class}>{}</td>", cell(column, value, row, n == link)));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table></div>\n");
    html
}

fn list(columns: &[&'static str], rows: &[ViewRow]) -> String {
    let link = linked(columns);
    let mut html = String::from("<ul>\n");
    for row in rows {
        let cells = columns.iter().zip(&row.cells).enumerate();
        let said = cells.filter(|(n, (_, value))| *n == link || !value.is_empty());
        let words = said.map(|(n, (column, value))| match n == link {
            true => cell(column, value, row, true),
            false => format!("<span class=\"muted\">{}</span>", cell(column, value, row, false)),
        });
        let words: Vec<String> = words.collect();
        html.push_str(&format!("<li>{}</li>\n", words.join(" ")));
    }
    html.push_str("</ul>\n");
    html
}

fn cell(column: &str, value: &str, row: &ViewRow, is_link: bool) -> String {
    let words = escape(value);
    if is_link {
        let words = if value.is_empty() { "untitled".into() } else { words };
        return format!("<a href=\"{}\">{words}</a>", escape(&row.href));
    }
    // A state has the colours that it has everywhere.
    let is_word = !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric());
    match column {
        "coverage" if is_word => format!("<span class=\"pill c-{words}\">{words}</span>"),
        "priority" if is_word => format!("<span class=\"pill p-{words}\">{words}</span>"),
        "status" if is_word => format!("<span class=\"pill d-{words}\">{words}</span>"),
        "id" => format!("<span class=\"id\">{words}</span>"),
        "path" | "folder" if !value.is_empty() => format!("<code>{words}</code>"),
        _ => words.into_owned(),
    }
}

/// `priority` heads its column as `Priority`.
fn head(field: &str) -> String {
    let mut letters = field.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The colour of a value: coverage has its own, other values take turns.
fn tone(field: &str, value: &str, n: usize) -> String {
    match value {
        "covered" | "partial" | "uncovered" | "waived" if field == "coverage" => {
            format!("b-{value}")
        }
        _ => format!("tone-{}", n % TONES),
    }
}

fn bars(field: &str, counts: &[ViewCount]) -> String {
    let most = counts.iter().map(|count| count.count).max().unwrap_or(1).max(1);
    let mut html = format!(
        "<div class=\"table-wrap\"><table class=\"bars\">\n<thead><tr><th scope=\"col\">{}</th>\
         <th scope=\"col\" class=\"num\">Records</th><td></td></tr></thead>\n<tbody>\n",
        head(field)
    );
    for count in counts {
        let tone = tone(field, &count.value, 0);
        html.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td class=\"num\">{n}</td><td class=\"barcol\">\
             <svg class=\"bar\" viewBox=\"0 0 {most} 1\" preserveAspectRatio=\"none\" \
             aria-hidden=\"true\"><rect class=\"{tone}\" x=\"0\" y=\"0\" width=\"{n}\" \
             height=\"1\"/></svg></td></tr>\n",
            escape(&count.value),
            n = count.count,
        ));
    }
    html.push_str("</tbody></table></div>\n");
    html
}

fn pie(field: &str, counts: &[ViewCount]) -> String {
    let all: usize = counts.iter().map(|count| count.count).sum();
    let mut slices = String::new();
    let mut keys = String::new();
    let mut before = 0;
    for (n, count) in counts.iter().enumerate() {
        let tone = tone(field, &count.value, n);
        let end = before + count.count;
        slices.push_str(&slice(before, end, all, &tone));
        before = end;
        keys.push_str(&format!(
            "<li class=\"k-{tone}\"><b>{}</b> {} <span class=\"muted\">{} %</span></li>\n",
            count.count,
            escape(&count.value),
            (count.count * 100 + all / 2) / all.max(1),
        ));
    }
    format!(
        "<figure class=\"pie\"><svg viewBox=\"-1.02 -1.02 2.04 2.04\" aria-hidden=\"true\">\
         {slices}</svg>\n<ul class=\"legend\" aria-label=\"By {}\">\n{keys}</ul></figure>\n",
        escape(field)
    )
}

/// A slice of a circle around the origin, clockwise from the top.
fn slice(from: usize, to: usize, all: usize, tone: &str) -> String {
    if to - from == all {
        return format!("<circle class=\"{tone}\" r=\"1\"/>");
    }
    let place = |part: usize| {
        let angle = part as f64 / all as f64 * TAU;
        // Rounded, so that every machine writes the same; no zero has a sign.
        let short = |number: f64| (number * 1000.0).round() / 1000.0 + 0.0;
        (short(angle.sin()), short(-angle.cos()))
    };
    let ((x, y), (end_x, end_y)) = (place(from), place(to));
    let large = u8::from((to - from) * 2 > all);
    format!("<path class=\"{tone}\" d=\"M0 0L{x} {y}A1 1 0 {large} 1 {end_x} {end_y}Z\"/>")
}

fn matrix(
    (down, across): (&str, &str),
    columns: &[String],
    rows: &[(String, Vec<usize>)],
) -> String {
    let most = rows.iter().flat_map(|(_, numbers)| numbers).copied().max().unwrap_or(1).max(1);
    let mut html = format!(
        "<div class=\"table-wrap\"><table class=\"numbers\">\n<thead><tr><th scope=\"col\">{} by \
         {}</th>",
        head(down),
        escape(across)
    );
    for column in columns {
        html.push_str(&format!("<th scope=\"col\" class=\"num\">{}</th>", escape(column)));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for (row, numbers) in rows {
        html.push_str(&format!("<tr><th scope=\"row\">{}</th>", escape(row)));
        for number in numbers {
            // Five steps from nothing to the largest number.
            let heat = (number * 4).div_ceil(most);
            html.push_str(&format!("<td class=\"num heat-{heat}\">{number}</td>"));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table></div>\n");
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_fill_the_circle() {
        assert_eq!(slice(0, 4, 4, "t"), "<circle class=\"t\" r=\"1\"/>");
        assert_eq!(slice(0, 1, 4, "t"), "<path class=\"t\" d=\"M0 0L0 -1A1 1 0 0 1 1 0Z\"/>");
        assert_eq!(slice(1, 4, 4, "t"), "<path class=\"t\" d=\"M0 0L1 0A1 1 0 1 1 0 -1Z\"/>");
    }
}
