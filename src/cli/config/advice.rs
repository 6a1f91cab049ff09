//! Names that were perhaps meant.

/// The likeliest name, or how to learn of all.
pub(super) fn advice(what: &str, name: &str, known: &[&str]) -> String {
    let name = name.to_lowercase();
    let most = (name.chars().count() / 3).max(1);
    let near = known.iter().map(|known| (strsim::damerau_levenshtein(&name, known), *known)).min();
    if let Some((distance, meant)) = near
        && distance <= most
    {
        return format!("did you mean `{meant}`?");
    }
    let listed = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match what.split_once(" of ") {
        Some((noun, of)) => format!("the {noun}s of {of} are {listed}"),
        None if known.len() == 1 => format!("the only {what} is {listed}"),
        None => format!("the {what}s are {listed}"),
    }
}

/// The noun with its article.
pub(super) fn article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}
