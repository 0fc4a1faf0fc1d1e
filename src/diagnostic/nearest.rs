//! What somebody may have meant by a word that is not known.

/// A word this many letters off, for each three of its own, is still taken for a slip.
const LETTERS_PER_SLIP: usize = 3;

/// A word with at least so many letters may be the beginning of the one that was meant.
const BEGINNING: usize = 4;

/// The candidate that is spelt most like `word`, if one is near enough to be a slip of the pen or begins with it.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let far = (word.chars().count() / LETTERS_PER_SLIP).clamp(1, 3);
    let slips = |candidate: &str| match candidate.starts_with(&word) && word.len() >= BEGINNING {
        true => far,
        false => distance(&word, candidate),
    };
    candidates
        .into_iter()
        .map(|candidate| (slips(&candidate.to_lowercase()), candidate))
        .filter(|(slips, _)| *slips <= far)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// The Levenshtein distance: letters added, left out or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_other_words_are_not() {
        let known = ["day_from", "day_to", "max_visits"];
        assert_eq!(nearest("dayfrom", known), Some("day_from"));
        assert_eq!(nearest("Max_Visit", known), Some("max_visits"));
        assert_eq!(nearest("max_", known), Some("max_visits"));
        assert_eq!(nearest("seniority", known), None);
    }
}
