//! Draws coverage over time: one line for all gaps and one a priority, with its name at its end.

use std::fmt::Write as _;

use super::html::escape;
use crate::page::model::{Trend, TrendLine};

const WIDTH: usize = 640;
const HEIGHT: usize = 200;
const LEFT: usize = 54;
const RIGHT: usize = 92;
const TOP: usize = 12;
const BOTTOM: usize = 24;
/// Names at the ends of lines stand so far apart.
const LETTERS: usize = 16;

/// The drawing as inline SVG.
pub fn draw(trend: &Trend) -> String {
    let mut svg = format!(
        "<div class=\"trend\"><svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
        escape(&trend.title)
    );
    // A String takes every write.
    for percent in [0, 50, 100] {
        let y = height(percent);
        let _ = write!(
            svg,
            "<path class=\"rule\" d=\"M{LEFT} {y}H{}\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{percent} %</text>",
            WIDTH - RIGHT,
            LEFT - 6,
            y + 4
        );
    }
    let names = names(&trend.lines);
    // The line of all gaps is drawn last and lies over the others.
    for (n, line) in trend.lines.iter().enumerate().rev() {
        let _ = write!(svg, "<path class=\"way s{n}\" d=\"{}\"/>", way(&line.points));
        if let Some((y, percent)) = names[n] {
            let _ = write!(
                svg,
                "<text class=\"name s{n}\" x=\"{}\" y=\"{}\">{} {percent} %</text>",
                WIDTH - RIGHT + 8,
                y + 4,
                escape(&line.label)
            );
        }
    }
    let _ = writeln!(
        svg,
        "<text x=\"{LEFT}\" y=\"{0}\">{1}</text><text x=\"{2}\" y=\"{0}\" text-anchor=\"end\">{3}</text></svg></div>",
        HEIGHT - 6,
        escape(&trend.first),
        WIDTH - RIGHT,
        escape(&trend.last)
    );
    svg
}

fn height(percent: usize) -> usize {
    TOP + (HEIGHT - TOP - BOTTOM) * (100 - percent.min(100)) / 100
}

/// The line as a path; it is broken where there is nothing to count.
fn way(points: &[Option<u8>]) -> String {
    let last = points.len().saturating_sub(1).max(1);
    let mut path = String::new();
    let mut pen = 'M';
    for (n, point) in points.iter().enumerate() {
        let Some(percent) = point else {
            pen = 'M';
            continue;
        };
        let x = LEFT + (WIDTH - LEFT - RIGHT) * n / last;
        let _ = write!(path, "{pen}{x} {}", height(usize::from(*percent)));
        pen = 'L';
    }
    path
}

/// Where each name stands, beside the last point of its line, and the share there.
fn names(lines: &[TrendLine]) -> Vec<Option<(usize, u8)>> {
    let mut names: Vec<Option<(usize, u8)>> = lines
        .iter()
        .map(|line| {
            let percent = line.points.last().copied().flatten()?;
            Some((height(usize::from(percent)), percent))
        })
        .collect();
    let mut order: Vec<usize> = (0..names.len()).filter(|n| names[*n].is_some()).collect();
    order.sort_by_key(|n| names[*n]);
    // From the bottom up, so that the last one stays inside.
    let mut floor = HEIGHT - BOTTOM;
    for n in order.iter().rev() {
        if let Some((y, _)) = &mut names[*n] {
            *y = (*y).min(floor);
            floor = y.saturating_sub(LETTERS);
        }
    }
    // Then from the top down, for the first ones may have been pushed out there.
    let mut ceiling = TOP;
    for n in order {
        if let Some((y, _)) = &mut names[n] {
            *y = (*y).max(ceiling);
            ceiling = *y + LETTERS;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_lie_over_each_other() {
        let line = |label: &str, points: &[Option<u8>]| TrendLine {
            label: label.to_owned(),
            points: points.to_vec(),
        };
        let lines = [
            line("all", &[Some(0), Some(0)]),
            line("P0", &[None, Some(0)]),
            line("<", &[Some(9), None]),
        ];
        let places = names(&lines);
        assert!(places[0].expect("a name").0.abs_diff(places[1].expect("a name").0) >= LETTERS);
        assert_eq!(places[2], None);
        let high = [100, 95, 91, 82].map(|percent| line("P", &[Some(percent)]));
        let places: Vec<usize> = names(&high).into_iter().flatten().map(|(y, _)| y).collect();
        assert!(places[0] >= TOP, "{places:?}");
        assert!(places.windows(2).all(|pair| pair[1] >= pair[0] + LETTERS), "{places:?}");
        let trend = Trend {
            title: "a \"b\"".into(),
            first: "2026-01-01".into(),
            last: "2026-02-01".into(),
            lines: lines.to_vec(),
        };
        let svg = draw(&trend);
        assert!(svg.contains("aria-label=\"a &quot;b&quot;\"") && !svg.contains("style="), "{svg}");
    }
}
