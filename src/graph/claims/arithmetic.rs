//! Sums, means, products and shares.

use super::Counted;
use crate::model::statement::{Amount, Bound, Figure, Part, Statement};

/// The parts added up.
pub fn sum(stated: &Statement, parts: &[Part], of: &str) -> Counted {
    let total = total(parts);
    let holds = stated.amount.admits(total.low, total.high, Figure(0));
    Counted::of(holds, total, format!("{of}: {} = {total}", terms(parts, " + ")))
}

/// The mean of the parts. Half of the last digit that is stated may be lost by rounding.
pub fn mean(stated: &Statement, parts: &[Part], of: &str) -> Counted {
    let mean = mean_of(parts);
    let holds = stated.amount.admits(mean.low, mean.high, half_digit(stated.amount.low));
    Counted::of(holds, mean, format!("the mean of {of} is {mean}"))
}

/// The factors multiplied.
pub fn product(stated: &Statement, parts: &[Part]) -> Counted {
    let multiply = |end: fn(&Part) -> Figure| {
        parts.iter().try_fold(1000_i64, |product, part| {
            let exact = i128::from(product) * i128::from(end(part).0) / 1000;
            i64::try_from(exact).ok().filter(|value| *value <= Figure::MOST)
        })
    };
    let (Some(low), Some(high)) =
        (multiply(|part| part.amount.low), multiply(|part| part.amount.high))
    else {
        return Counted::not_countable("the product is too large to be counted");
    };
    let product = Amount { low: Figure(low), high: Figure(high), bound: Bound::Exact };
    let holds = stated.amount.admits(product.low, product.high, Figure(0));
    Counted::of(holds, product, format!("{} = {product}", terms(parts, " × ")))
}

/// The part in percent of the whole, rounded or cut off.
pub fn share(stated: &Statement, part: Figure, whole: Figure) -> Counted {
    let share = Figure((i128::from(part.0) * 100_000 / i128::from(whole.0.max(1))) as i64);
    let digit = half_digit(stated.amount.low);
    let rounded = stated.amount.admits(share, share, digit);
    let cut = share.0 >= stated.amount.low.0 && share.0 < stated.amount.low.0 + 2 * digit.0;
    // Two places are enough to see where it was rounded.
    let shown = Figure(share.0 / 10 * 10);
    Counted::of(rounded || cut, format!("{shown}%"), format!("{part} of {whole} is {shown}%"))
}

/// All parts together, with a fifth of what is only meant about so.
pub fn total(parts: &[Part]) -> Amount {
    let loose = |part: &Part, end: Figure| match part.amount.bound {
        Bound::About => end.0.abs() / 5,
        _ => 0,
    };
    let low = parts.iter().map(|part| part.amount.low.0 - loose(part, part.amount.low)).sum();
    let high: i64 =
        parts.iter().map(|part| part.amount.high.0 + loose(part, part.amount.high)).sum();
    let exact = parts.iter().all(|part| part.amount.bound == Bound::Exact);
    if exact {
        return Amount { low: Figure(low), high: Figure(high), bound: Bound::Exact };
    }
    let plain = |end: fn(&Part) -> i64| Figure(parts.iter().map(end).sum());
    let bound = if parts.iter().any(|part| part.amount.bound == Bound::AtLeast) {
        Bound::AtLeast
    } else {
        Bound::About
    };
    Amount { low: plain(|part| part.amount.low.0), high: plain(|part| part.amount.high.0), bound }
}

/// The mean of the parts, to one place.
pub fn mean_of(parts: &[Part]) -> Amount {
    let count = parts.len().max(1) as i64;
    let mean = |end: fn(&Part) -> i64| {
        let sum: i64 = parts.iter().map(end).sum();
        Figure((sum / count + 50) / 100 * 100)
    };
    let (low, high) = (mean(|part| part.amount.low.0), mean(|part| part.amount.high.0));
    Amount { low, high, bound: Bound::Exact }
}

/// Half of the last digit with which a figure is written.
fn half_digit(figure: Figure) -> Figure {
    match figure.0 {
        whole if whole % 1000 == 0 => Figure(500),
        tenth if tenth % 100 == 0 => Figure(50),
        _ => Figure(5),
    }
}

/// The parts as a reader would write them, the first few.
pub fn terms(parts: &[Part], sign: &str) -> String {
    let shown: Vec<String> = parts.iter().take(12).map(|part| part.amount.to_string()).collect();
    let more = parts.len().checked_sub(12).filter(|more| *more > 0);
    let more = more.map(|more| format!("{sign}{more} more")).unwrap_or_default();
    shown.join(sign) + &more
}
