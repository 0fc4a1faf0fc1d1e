//! From a path to decoded text: the bytes, their fingerprint, and what the text must not hold.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Fault, codes};

/// A file's bytes under the name by which diagnostics call it.
pub(super) struct Source {
    pub name: String,
    bytes: Vec<u8>,
}

const BYTE_ORDER_MARK: char = '\u{feff}';

impl Source {
    /// Reads a file whole; `None` where there is none.
    pub(super) fn read(path: &Path, name: &str) -> Result<Option<Source>, Diagnostic> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(Some(Source { name: name.to_owned(), bytes })),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(name, &error)),
        }
    }

    /// The SHA-256 of the bytes as they stand on the disk, in hex.
    pub(super) fn sha256(&self) -> String {
        Sha256::digest(&self.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The text without its byte-order mark.
    pub(super) fn text(&self) -> Result<&str, Diagnostic> {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => Ok(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)),
            Err(error) => Err(self.not_utf8(error.valid_up_to())),
        }
    }

    fn not_utf8(&self, valid: usize) -> Diagnostic {
        let line = self.bytes[..valid].iter().filter(|b| **b == b'\n').count() as u64 + 1;
        let fault = Fault::new(
            codes::NOT_UTF8,
            ["teksten er ikke UTF-8", "the text is not UTF-8"],
            ["Gem filen igen som »CSV UTF-8«", "Save the file again as “CSV UTF-8”"],
        );
        fault.in_file(&self.name).on_line(line)
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> Diagnostic {
    let fault = Fault::new(
        codes::UNREADABLE_FILE,
        [&format!("filen kan ikke læses ({})", error.kind()), &format!("the file cannot be read ({})", error.kind())],
        ["Se efter, at det er en fil, og at du må læse den", "See that it is a file and that you may read it"],
    );
    fault.in_file(name)
}

/// The error of a place that holds what looks like a civil registration number.
pub(super) fn civil_number(file: &str, line: u64) -> Diagnostic {
    let fault = Fault::new(
        codes::CIVIL_NUMBER,
        ["her står noget, der ligner et CPR-nummer", "this looks like a civil registration number"],
        [
            "Fjern det; brug et id, der ikke er et CPR-nummer",
            "Remove it; use an id that is no civil registration number",
        ],
    );
    fault.in_file(file).on_line(line)
}
