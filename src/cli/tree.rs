//! Lines of a tree in the terminal, never wider than the screen of a reader.

use crate::text::words::is_wide;

/// The most columns of a line.
pub const WIDTH: usize = 100;

/// A branch: a text, remarks under it, and branches below.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branch {
    /// The text beside the twig.
    pub text: String,
    /// Sentences below the text.
    pub remarks: Vec<String>,
    /// What hangs on it.
    pub branches: Vec<Branch>,
}

impl Branch {
    /// A branch that bears nothing yet.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Adds a sentence below.
    pub fn remark(mut self, remark: impl Into<String>) -> Self {
        self.remarks.push(remark.into());
        self
    }
}

/// Draws branches below a heading; nothing when there are none.
pub fn draw(heading: &str, branches: &[Branch], out: &mut String) {
    if branches.is_empty() {
        return;
    }
    out.push('\n');
    out.push_str(heading);
    out.push('\n');
    below(branches, "", out);
}

fn below(branches: &[Branch], prefix: &str, out: &mut String) {
    for (at, branch) in branches.iter().enumerate() {
        let is_last = at + 1 == branches.len();
        let (twig, stem) = if is_last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let inner = format!("{prefix}{stem}");
        let mut lines = wrap(&branch.text, WIDTH - columns(&inner) - 2).into_iter();
        push(out, &format!("{prefix}{twig}"), &lines.next().unwrap_or_default());
        lines.for_each(|line| push(out, &format!("{inner}  "), &line));
        // The stem goes on to the branches below.
        let bar = if branch.branches.is_empty() { "  " } else { "│ " };
        for remark in &branch.remarks {
            for line in wrap(remark, WIDTH - columns(&inner) - 2) {
                push(out, &format!("{inner}{bar}"), &line);
            }
        }
        below(&branch.branches, &inner, out);
    }
}

fn push(out: &mut String, prefix: &str, line: &str) {
    out.push_str(format!("{prefix}{line}").trim_end());
    out.push('\n');
}

/// Breaks a text into lines of at most so many columns, between words where that is possible.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(20);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let len = columns(word);
        if used > 0 && used + 1 + len > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        for letter in word.chars() {
            let wide = columns_of(letter);
            if used + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(letter);
            used += wide;
        }
    }
    lines.push(line);
    lines
}

fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

fn columns_of(letter: char) -> usize {
    if is_wide(letter) { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_keep_within_the_width() {
        let long = "word ".repeat(60);
        let leaf = Branch::new(long.clone()).remark("界".repeat(120));
        let tree = [Branch { branches: vec![leaf], ..Branch::new("top") }, Branch::new("last")];
        let mut out = String::new();
        draw("heading", &tree, &mut out);
        assert!(out.lines().all(|line| columns(line) <= WIDTH), "{out}");
        assert!(out.starts_with("\nheading\n├─ top\n│  └─ word word"), "{out}");
        assert!(out.ends_with("└─ last\n"), "{out}");
        let mut none = String::new();
        draw("nothing", &[], &mut none);
        assert_eq!(none, "");
    }
}
