//! What a wrong word was probably meant to be.

/// The known word nearest to what was written: the same but for capitals, hyphens and spaces, or a few letters off.
pub(crate) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Comparing a text of kilobytes with every word would cost more than it says.
    if written.len() > 60 {
        return None;
    }
    let plain = as_name(written);
    let most = written.chars().count().div_euclid(3).max(1);
    known
        .into_iter()
        .map(|word| {
            let distance = if plain.as_deref() == Some(word) { 0 } else { strsim::damerau_levenshtein(written, word) };
            (distance, word)
        })
        // A word that shares no letter is not near, however short both are.
        .filter(|(distance, word)| *distance <= most && *distance < word.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// The text written as names are: `payOfMonth`, `pay-of-month` and `Pay of month` become `pay_of_month`. None where
/// it holds something that no name can be made of.
pub(super) fn as_name(written: &str) -> Option<String> {
    let mut name = String::new();
    let mut after_lower = false;
    for character in written.trim().chars() {
        match character {
            'A'..='Z' => {
                if after_lower {
                    name.push('_');
                }
                name.push(character.to_ascii_lowercase());
            }
            'a'..='z' | '0'..='9' => name.push(character),
            // Two signs together are no name but something else, such as `income - tax`.
            '-' | '_' | ' ' | '.' if !name.ends_with('_') => name.push('_'),
            _ => return None,
        }
        after_lower = character.is_ascii_lowercase() || character.is_ascii_digit();
    }
    name.starts_with(|it: char| it.is_ascii_lowercase()).then_some(name)
}
