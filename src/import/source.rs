//! From a path to text or sheets: the bytes within bounds, their fingerprint, and what a file must not hold.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::encoding::{self, Encoding, Garbage};
use super::header::shown_name;
use super::workbook::{self, Sheet};
use crate::diagnostic::{Diagnostic, Fault, civil_number, codes, unreadable_file};

/// Larger files are refused before they are read: a million bookings take less than half of it, even in UTF-16.
const FILE_MAX: u64 = 160 << 20;
/// A line longer than this is no row of a table.
const LINE_MAX: usize = 1 << 20;
const WORKBOOK: &str = ".xlsx";
/// What a zip file, and so a workbook of Excel, begins with; and what an old workbook does.
const ZIP: &[u8] = b"PK\x03\x04";
const OLD_WORKBOOK: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A file's bytes under the name by which diagnostics call it.
pub(super) struct Source {
    pub name: String,
    bytes: Vec<u8>,
}

/// A file with tables in it.
pub(super) struct Opened {
    pub sha256: Option<String>,
    pub content: Result<Content, Diagnostic>,
}

/// What a file holds.
pub(super) enum Content {
    Text { text: String, encoding: Encoding },
    Sheets(Vec<Sheet>),
}

impl Source {
    /// Bytes that stand nowhere.
    pub(super) fn of(name: &str, bytes: Vec<u8>) -> Source {
        Source { name: shown_name(name), bytes }
    }

    /// Reads a file whole; `None` where there is none. One whose name looks like a civil registration number is not read.
    pub(super) fn read(path: &Path, name: &str) -> Result<Option<Source>, Diagnostic> {
        if civil_number::stands_in(name) {
            return Err(civil_number_fault().in_file(&shown_name(name)));
        }
        let name = shown_name(name);
        match read_bounded(path) {
            Ok(Some(bytes)) => Ok(Some(Source { name, bytes })),
            Ok(None) => Err(too_large(&name)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable_file(&error).in_file(&name)),
        }
    }

    /// The SHA-256 of the bytes as they stand on the disk, in hex.
    pub(super) fn sha256(&self) -> String {
        Sha256::digest(&self.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The text of a file that has to be UTF-8, without its byte-order mark.
    pub(super) fn utf8(&self) -> Result<&str, Diagnostic> {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
            Err(error) => Err(self.not_utf8(error.valid_up_to())),
        }
    }

    fn not_utf8(&self, valid: usize) -> Diagnostic {
        let line = self.bytes[..valid].iter().filter(|b| **b == b'\n').count() as u64 + 1;
        let fault = Fault::new(
            codes::NOT_UTF8,
            ["teksten er ikke UTF-8", "the text is not UTF-8"],
            ["Gem filen igen som UTF-8", "Save the file again as UTF-8"],
        );
        fault.in_file(&self.name).on_line(line)
    }

    /// The tables in the file: those of a workbook, or the text of another, in the encoding that it has or that was
    /// asked for.
    pub(super) fn open(self, asked: Option<Encoding>) -> Opened {
        let sha256 = Some(self.sha256());
        let Source { name, bytes } = self;
        let content = if bytes.starts_with(ZIP) {
            workbook::read(&bytes)
                .map_err(|fault| fault.in_file(&name))
                .and_then(|sheets| without_private(sheets, &name))
        } else if name.to_lowercase().ends_with(WORKBOOK) {
            // Excel wraps a workbook with a password into a file like those of old.
            let what = if bytes.starts_with(OLD_WORKBOOK) { "password" } else { "no zip" };
            Err(workbook::damaged(what).in_file(&name))
        } else if bytes.starts_with(OLD_WORKBOOK) {
            Err(old_workbook(&name))
        } else {
            text(bytes, asked, &name)
        };
        Opened { sha256, content }
    }
}

/// The sheets, unless the name of one looks like a civil registration number.
fn without_private(sheets: Vec<Sheet>, name: &str) -> Result<Content, Diagnostic> {
    match sheets.iter().find(|sheet| civil_number::stands_in(&sheet.name)) {
        Some(sheet) => Err(civil_number_fault().in_file(&format!("{name} [{}]", shown_name(&sheet.name)))),
        None => Ok(Content::Sheets(sheets)),
    }
}

/// The bytes of a file; `None` where there are too many. What is no file, such as a folder or a pipe, is an error.
fn read_bounded(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let data = std::fs::metadata(path)?;
    if !data.is_file() {
        return Err(io::Error::from(if data.is_dir() {
            io::ErrorKind::IsADirectory
        } else {
            io::ErrorKind::InvalidInput
        }));
    }
    if data.len() > FILE_MAX {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(data.len()).unwrap_or_default() + 1);
    // The file may have grown since.
    File::open(path)?.take(FILE_MAX + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= FILE_MAX).then_some(bytes))
}

fn text(bytes: Vec<u8>, asked: Option<Encoding>, name: &str) -> Result<Content, Diagnostic> {
    let (text, encoding) = encoding::decode(bytes, asked).map_err(|garbage| no_text(garbage, name))?;
    match long_line(&text) {
        Some(line) => Err(too_long().in_file(name).on_line(line)),
        None => Ok(Content::Text { text, encoding }),
    }
}

/// The first line that is too long.
fn long_line(text: &str) -> Option<u64> {
    let (mut line, mut start) = (1, 0);
    for end in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]) {
        if end - start > LINE_MAX {
            return Some(line);
        }
        line += u64::from(text.as_bytes().get(end) == Some(&b'\n'));
        start = end + 1;
    }
    None
}

/// The fault of a row that is none.
pub(super) fn too_long() -> Fault {
    Fault::new(
        codes::ROW_TOO_LONG,
        ["rækken er længere end en megabyte", "the row is longer than a megabyte"],
        [
            "Se efter et anførselstegn, der ikke er lukket, og om filen er en tabel",
            "Look for a quotation mark that is not closed, and whether the file is a table",
        ],
    )
}

fn no_text(garbage: Garbage, name: &str) -> Diagnostic {
    let (line, fault) = match garbage {
        Garbage::Nul(line) => (
            line,
            Fault::new(
                codes::NUL_BYTE,
                [
                    "her står et nul-tegn; filen er beskadiget eller ikke en tekst",
                    "there is a zero character; the file is damaged or no text",
                ],
                ["Hent eller gem filen igen som »CSV UTF-8«", "Get the file again, or save it again as “CSV UTF-8”"],
            ),
        ),
        Garbage::NotText(line) => (
            line,
            Fault::new(
                codes::NOT_TEXT,
                [
                    "hverken UTF-8, UTF-16 eller Windows-1252; filen er ikke en tekst",
                    "neither UTF-8, UTF-16 nor Windows-1252; the file is no text",
                ],
                ["Gem filen igen som »CSV UTF-8« eller som .xlsx", "Save the file again as “CSV UTF-8” or as .xlsx"],
            ),
        ),
    };
    fault.in_file(name).on_line(line)
}

fn too_large(name: &str) -> Diagnostic {
    let most = FILE_MAX >> 20;
    let fault = Fault::new(
        codes::FILE_TOO_LARGE,
        [
            &format!("filen er større end {most} MB og læses ikke"),
            &format!("the file is larger than {most} MB and is not read"),
        ],
        [
            "Se efter, om det er den rigtige fil; hent kun de uger, der skal bruges",
            "See whether it is the right file; get only the weeks that are needed",
        ],
    );
    fault.in_file(name)
}

fn old_workbook(name: &str) -> Diagnostic {
    let fault = Fault::new(
        codes::UNSUPPORTED_FILE,
        ["filen er en gammel Excel-fil (.xls)", "the file is an old Excel file (.xls)"],
        ["Gem den igen som .xlsx eller »CSV UTF-8«", "Save it again as .xlsx or “CSV UTF-8”"],
    );
    fault.in_file(name)
}

/// The error of a place that holds what looks like a civil registration number.
pub(super) fn civil_number(file: &str, line: u64) -> Diagnostic {
    civil_number_fault().in_file(file).on_line(line)
}

/// The fault of what looks like a civil registration number.
pub(super) fn civil_number_fault() -> Fault {
    Fault::new(
        codes::CIVIL_NUMBER,
        ["her står noget, der ligner et CPR-nummer", "this looks like a civil registration number"],
        [
            "Fjern det; brug et id, der ikke er et CPR-nummer",
            "Remove it; use an id that is no civil registration number",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(bytes: &[u8]) -> Option<(&'static str, Option<u64>)> {
        let source = Source { name: "a.csv".to_owned(), bytes: bytes.to_vec() };
        source.open(None).content.err().map(|found| (found.code, found.line))
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let long = [b"a;b\n".to_vec(), vec![b'x'; LINE_MAX + 1]].concat();
        assert_eq!(code_of(&long), Some((codes::ROW_TOO_LONG, Some(2))));
        assert_eq!(code_of(b"a;b\n\0"), Some((codes::NUL_BYTE, Some(2))));
        assert_eq!(code_of(b"a;b\n\xe6\x01"), Some((codes::NOT_TEXT, Some(2))));
        assert_eq!(code_of(OLD_WORKBOOK), Some((codes::UNSUPPORTED_FILE, None)));
        assert_eq!(code_of(b"PK\x03\x04"), Some((codes::BAD_WORKBOOK, None)));
        assert_eq!(code_of("æ;b\r\n1;2".as_bytes()), None);
    }

    #[test]
    fn a_file_beyond_all_bounds_is_not_read() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let path = place.path().join("huge.csv");
        File::create(&path).and_then(|file| file.set_len(2 << 30)).expect("a sparse file");
        let found = Source::read(&path, "huge.csv").err().expect("it is refused");
        assert_eq!(found.code, codes::FILE_TOO_LARGE);
    }

    #[cfg(unix)]
    #[test]
    fn what_never_ends_is_not_read() {
        let found = Source::read(Path::new("/dev/zero"), "zero.csv").err().expect("it is refused");
        assert_eq!(found.code, codes::UNREADABLE_FILE);
    }
}
