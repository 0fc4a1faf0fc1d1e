//! Names of files from ids, which may hold anything.

use std::collections::HashSet;

/// Longer ids are cut in file names.
const LONGEST: usize = 80;

/// Names that Windows keeps for itself, whatever their ending.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// An id with nothing in it that a file's name must not have on any system.
pub(super) fn safe(id: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let name: String = id.chars().take(LONGEST).map(safe).collect();
    if is_reserved(&name.to_lowercase()) { name + "_" } else { name }
}

/// `com1` and `lpt9` are reserved too.
fn is_reserved(name: &str) -> bool {
    let numbered = ["com", "lpt"].iter().filter_map(|port| name.strip_prefix(port));
    let is_digit = |rest: &str| rest.chars().count() == 1 && rest.chars().all(char::is_numeric);
    RESERVED.contains(&name) || numbered.into_iter().any(is_digit)
}

/// The name, with a number where another one differs at most in capitals.
pub(super) fn unique(name: String, names: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| names.insert(name.to_lowercase()));
    free.unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_names_of_files() {
        assert_eq!(safe("../Æble & Co: 1"), "___Æble___Co__1");
        assert_eq!(["CON", "com1", "Com", "nuller"].map(safe), ["CON_", "com1_", "Com", "nuller"]);
        let mut names = HashSet::new();
        let named = ["a_b", "A_B", "a_b"].map(|name| unique(name.into(), &mut names));
        assert_eq!(named, ["a_b", "A_B-2", "a_b-3"]);
    }
}
