//! Days as people write them: `2026-11-21`, counted in UTC.

/// Seconds of a day.
const DAY: i64 = 86_400;
/// The last second of the year 9999: dates have four digits.
const LAST: i64 = 253_402_300_799;

/// The day of a moment, in seconds since 1970-01-01; the nearest day that has four digits.
pub fn of_seconds(seconds: i64) -> String {
    let days = seconds.clamp(0, LAST) / DAY;
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The first second of a day, `YYYY-MM-DD`; none when there is no such day.
pub fn to_seconds(day: &str) -> Option<i64> {
    let mut parts = day.splitn(3, '-');
    let mut part = |digits: usize| {
        let text = parts.next().filter(|text| text.len() == digits)?;
        text.parse::<u16>().ok().map(i64::from)
    };
    let (year, month, date) = (part(4)?, part(2)?, part(2)?);
    let days = days_before(year, month) + date - 1;
    let seconds = days * DAY;
    // A day that does not exist is another one when it is written again.
    ((1..=12).contains(&month) && of_seconds(seconds) == day).then_some(seconds)
}

/// Days from 1970-01-01 to the first of a month (the proleptic Gregorian calendar; Howard Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms").
fn days_before(year: i64, month: i64) -> i64 {
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * month + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day since 1970-01-01 (the same source).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days - era * 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    (year + era * 400, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        assert_eq!(of_seconds(0), "1970-01-01");
        assert_eq!(of_seconds(11_016 * DAY), "2000-02-29");
        assert_eq!(of_seconds(20_788 * DAY), "2026-12-01");
        assert_eq!(of_seconds(i64::MAX), "9999-12-31");
        assert_eq!(of_seconds(-5), "1970-01-01");
    }

    #[test]
    fn dates_have_days() {
        for day in ["1970-01-01", "2000-02-29", "2026-12-01", "9999-12-31"] {
            assert_eq!(to_seconds(day).map(of_seconds).as_deref(), Some(day));
        }
        for text in ["2026-02-30", "2026-13-01", "2026-1-1", "x", "", "1969-12-31", "2026-11-21x"] {
            assert_eq!(to_seconds(text), None, "{text}");
        }
    }
}
