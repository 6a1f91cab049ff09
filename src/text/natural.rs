//! Names with numbers in them: how they sort, and the number that says a place.

/// Numbers are compared as if they had so many digits.
const DIGITS: usize = 12;

/// A text that sorts as people count: `Part 2` before `Part 10`.
pub fn natural(text: &str) -> String {
    let text = text.to_lowercase();
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (digits, after) = number.split_at(end);
        out.push_str(before);
        out.extend(std::iter::repeat_n('0', DIGITS.saturating_sub(end)));
        out.push_str(digits);
        rest = after;
    }
    out.push_str(rest);
    out.push(' ');
    out
}

/// `intro` of `01-intro` and `2. intro`; a date and a version stay.
pub fn without_number(name: &str) -> &str {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &name[digits..];
    let after = rest.trim_start_matches(['-', '_', '.', ' ']);
    let is_order = (1..=3).contains(&digits)
        && after.len() < rest.len()
        && after.starts_with(|c: char| c.is_alphabetic());
    if is_order { after } else { name }
}

/// The place that a number before a name says, in thousandths: 2,000 of `02-intro`, nothing of a
/// date.
pub fn number(name: &str) -> Option<i64> {
    let rest = without_number(name);
    let digits = name[..name.len() - rest.len()].trim_end_matches(|c: char| !c.is_ascii_digit());
    digits.parse::<i64>().ok().map(|number| number * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_says_a_place_and_a_date_does_not() {
        assert_eq!((number("02-x"), number("x"), number("2024-01-02-x")), (Some(2000), None, None));
        assert!(natural("Part 2") < natural("part 10"));
    }

    #[test]
    fn numbers_for_order_are_no_part_of_a_name() {
        for (name, wanted) in [
            ("01-intro", "intro"),
            ("2. Use", "Use"),
            ("2024-01-02-post", "2024-01-02-post"),
            ("0.12.0", "0.12.0"),
            ("3d", "3d"),
            ("7", "7"),
        ] {
            assert_eq!(without_number(name), wanted);
        }
    }
}
