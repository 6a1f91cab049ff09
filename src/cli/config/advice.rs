//! Names that were perhaps meant.

/// The likeliest name, or how to learn of all.
pub(super) fn advice(what: &str, name: &str, known: &[&str]) -> String {
    let name = name.to_lowercase();
    let most = (name.chars().count() / 3).max(1);
    let distance = |known: &str| strsim::damerau_levenshtein(&name, &known.to_lowercase());
    let near = known.iter().map(|known| (distance(known), *known)).min();
    if let Some((distance, meant)) = near
        && distance <= most
    {
        return format!("did you mean `{meant}`?");
    }
    let listed = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match what.split_once(" of ") {
        Some((noun, of)) => format!("the {} of {of} are {listed}", plural(noun)),
        None if known.len() == 1 => format!("the only {what} is {listed}"),
        None => format!("the {} are {listed}", plural(what)),
    }
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// The noun with its article.
pub(super) fn article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}
