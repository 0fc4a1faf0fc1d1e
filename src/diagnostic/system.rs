//! What the system says of a file, in both languages.

use std::error::Error;
use std::fmt;
use std::io;

use super::{Fault, Text, codes};

/// What the system said, with the name of the file of a result that it is about.
#[derive(Debug)]
struct OfFile {
    name: String,
    why: Text,
    /// In the system's own words.
    system: String,
}

impl fmt::Display for OfFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.system)
    }
}

impl Error for OfFile {}

/// The error with the name of the file that it is about.
pub fn of_file(name: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), OfFile { name: name.to_owned(), why: unwritable(error), system: error.to_string() })
}

/// Why something cannot be written, without the system's English and the names of files that people never gave.
pub fn unwritable(error: &io::Error) -> Text {
    if let Some(OfFile { name, why: Text { danish, english }, .. }) = error.get_ref().and_then(|e| e.downcast_ref()) {
        return Text::new(format!("{name}: {danish}"), format!("{name}: {english}"));
    }
    let (danish, english) = match error.kind() {
        io::ErrorKind::NotFound => ("stien findes ikke", "there is no such path"),
        io::ErrorKind::PermissionDenied => ("du har ikke ret til det", "you have no right to"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ("disken er fuld", "the disk is full"),
        io::ErrorKind::FileTooLarge => ("filen bliver for stor", "the file becomes too large"),
        io::ErrorKind::ReadOnlyFilesystem => ("disken kan kun læses", "the disk can only be read"),
        io::ErrorKind::NotADirectory => ("en del af stien er ikke en mappe", "a part of the path is no folder"),
        io::ErrorKind::IsADirectory => ("det er en mappe", "it is a folder"),
        io::ErrorKind::AlreadyExists => {
            ("der er allerede noget med det navn", "there is something of that name already")
        }
        _ => {
            return Text::spoken(|language| format!("{}: {error}", language.pick("systemet siger", "the system says")));
        }
    };
    Text::new(danish, english)
}

/// The fault of a file that the system does not give.
pub fn unreadable_file(error: &io::Error) -> Fault {
    let kind = error.kind();
    let (danish, english) = match kind {
        io::ErrorKind::IsADirectory => ("det er en mappe".to_owned(), "it is a folder".to_owned()),
        io::ErrorKind::PermissionDenied => ("du må ikke læse den".to_owned(), "you may not read it".to_owned()),
        io::ErrorKind::NotFound => ("den findes ikke".to_owned(), "it is not there".to_owned()),
        _ => (format!("systemet siger: {kind}"), format!("the system says: {kind}")),
    };
    Fault::new(
        codes::UNREADABLE_FILE,
        [&format!("filen kan ikke læses; {danish}"), &format!("the file cannot be read; {english}")],
        ["Se efter, at det er en fil, og at du må læse den", "See that it is a file and that you may read it"],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_told_in_words_with_the_file() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        assert_eq!(unwritable(&full()), Text::new("disken er fuld", "the disk is full"));
        let named = of_file("roster.csv", &full());
        assert_eq!(unwritable(&named).danish, "roster.csv: disken er fuld");
        assert_eq!(named.kind(), io::ErrorKind::StorageFull);
        assert_eq!(unwritable(&io::Error::other("odd")).english, "the system says: odd");
    }
}
