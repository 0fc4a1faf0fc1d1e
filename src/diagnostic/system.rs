//! What the system says of a file, in both languages.

use std::io;

use super::{Fault, codes};

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
