//! The name of a file in a mapping, in which a `*` stands for what changes from week to week.

/// A name without a path. In it, each `*` stands for any letters, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct FileName(String);

const ANY: char = '*';

impl FileName {
    pub(in crate::import) fn new(name: &str) -> Self {
        FileName(name.to_owned())
    }

    /// As it stands in the mapping.
    pub(in crate::import) fn written(&self) -> &str {
        &self.0
    }

    /// Whether a file of that name is meant.
    pub(in crate::import) fn fits(&self, name: &str) -> bool {
        let mut parts = self.0.split(ANY);
        let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
        let mut parts: Vec<&str> = parts.collect();
        let Some(last) = parts.pop() else { return rest.is_empty() };
        for part in parts {
            match rest.split_once(part) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
        rest.ends_with(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters() {
        let fits = |written: &str, name: &str| FileName::new(written).fits(name);
        for (written, name) in [
            ("Vagter.csv", "Vagter.csv"),
            ("Vagter uge *.csv", "Vagter uge 48.csv"),
            ("*.xlsx", ".xlsx"),
            ("*", "Vagter.csv"),
            ("*vagter*uge*.csv", "Hold vagter i uge 48.csv"),
            ("a*b*b", "abb"),
        ] {
            assert!(fits(written, name), "{written} {name}");
        }
        for (written, name) in [
            ("Vagter.csv", "Vagter.csv.csv"),
            ("Vagter uge *.csv", "Vagter uge 48.xlsx"),
            ("a*a", "a"),
            ("a*b*b", "ab"),
            ("*x*", "Vagter.csv"),
        ] {
            assert!(!fits(written, name), "{written} {name}");
        }
    }
}
