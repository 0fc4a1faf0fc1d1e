//! What somebody may have meant by a word that is not known.

use strsim::damerau_levenshtein;

/// A word this many letters off, for each three of its own, is still taken for a slip.
const LETTERS_PER_SLIP: usize = 3;

/// A word with at least so many letters may be the beginning of the one that was meant.
const BEGINNING: usize = 4;

/// The candidate that is spelt most like `word`, if one is near enough to be a slip of the pen or begins with it.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = folded(word);
    let far = (word.chars().count() / LETTERS_PER_SLIP).clamp(1, 3);
    let slips = |candidate: &str| match candidate.starts_with(&word) && word.len() >= BEGINNING {
        true => far,
        false => damerau_levenshtein(&word, candidate),
    };
    let near = candidates.into_iter().map(|candidate| (slips(&folded(candidate)), candidate));
    // Among equals the first by name, whatever the order they come in.
    near.filter(|(slips, _)| *slips <= far).min().map(|(_, candidate)| candidate)
}

/// The candidate that `id` may be a slip of, for ids and names that are numbered: `BA-S001` for `BA-S0O1`, `BA S1` or
/// `ba-s001`, never `BA-S002`. Digits tell people apart, so they must agree but for leading zeros; of the letters few may
/// differ, and what stands between does not count.
pub fn nearest_id<'a>(id: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (letters, digits) = parts(id);
    let far = (letters.chars().count() / LETTERS_PER_SLIP).min(3);
    let near = candidates.into_iter().filter_map(|candidate| {
        let (its_letters, its_digits) = parts(candidate);
        let slips = (its_digits == digits).then(|| damerau_levenshtein(&letters, &its_letters))?;
        (slips <= far).then_some((slips, candidate))
    });
    near.min().map(|(_, candidate)| candidate)
}

/// Small letters, the Danish ones as they are written where there are none.
fn folded(word: &str) -> String {
    word.to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa")
}

/// The letters of an id, folded, and its digits without leading zeros; an O or an l beside a digit is the digit that it
/// looks like.
fn parts(id: &str) -> (String, String) {
    let signs: Vec<char> = id.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(char::is_ascii_digit);
    let beside_digit = |at: usize| is_digit(at.checked_sub(1)) || is_digit(at.checked_add(1));
    let (mut letters, mut digits) = (String::new(), String::new());
    for (at, sign) in signs.iter().enumerate() {
        match sign {
            'o' | 'O' if beside_digit(at) => digits.push('0'),
            'l' | 'I' if beside_digit(at) => digits.push('1'),
            sign if sign.is_ascii_digit() => digits.push(*sign),
            sign => letters.push(*sign),
        }
    }
    (folded(&letters), digits.trim_start_matches('0').to_owned())
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
        assert_eq!(nearest("Koege", ["Ballerup", "Køge"]), Some("Køge"));
        assert_eq!(nearest("Balleurp", ["Ballerup", "Køge"]), Some("Ballerup"));
    }

    #[test]
    fn ids_with_other_digits_are_other_people() {
        let known = ["BA-S001", "BA-S010", "Omsorg A/S"];
        assert_eq!(nearest_id("BA-S0O1", known), Some("BA-S001"));
        assert_eq!(nearest_id("ba-s1", known), Some("BA-S001"));
        assert_eq!(nearest_id("BA-S002", known), None);
        assert_eq!(nearest_id("Omsorg AS", known), Some("Omsorg A/S"));
        assert_eq!(nearest_id("Plejen", known), None);
        assert_eq!(nearest_id("C1", ["S1", "P1"]), None);
        assert_eq!(nearest_id("17", ["0017", "18"]), Some("0017"));
    }
}
