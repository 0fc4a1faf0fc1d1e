//! The two languages of everything that a planner sees.

use std::fmt;

/// Danish is the default: reports are for Danish planners.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    #[default]
    #[value(name = "da")]
    Danish,
    #[value(name = "en")]
    English,
}

impl Language {
    /// The text of the language chosen.
    pub fn pick<T>(self, danish: T, english: T) -> T {
        match self {
            Language::Danish => danish,
            Language::English => english,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.pick("da", "en"))
    }
}
