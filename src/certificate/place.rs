//! Where a certificate is written: in one step, and never over anything but an earlier certificate.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::file::BEGINNING;

/// Why a certificate cannot be written somewhere.
#[derive(Debug, thiserror::Error)]
pub enum NoPlace {
    #[error("another file stands there")]
    AnotherFile,
    /// The week or the result, whose files are not this room's.
    #[error("it lies in the folder of the week or of the result")]
    InsideFolder,
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// A file that may be written, or replaced as an earlier certificate.
#[derive(Debug)]
pub struct Place {
    folder: PathBuf,
    name: OsString,
}

impl Place {
    /// Sees that a certificate can be written there, without leaving anything: so it is known before planning.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn open(path: &Path, others: &[&Path]) -> Result<Place, NoPlace> {
        let full = std::path::absolute(path)?;
        let full = if full.exists() { full.canonicalize()? } else { full };
        let (Some(folder), Some(name)) = (full.parent(), full.file_name()) else {
            return Err(NoPlace::AnotherFile);
        };
        let folder = folder.canonicalize()?;
        if others.iter().any(|other| other.canonicalize().is_ok_and(|other| folder.starts_with(other))) {
            return Err(NoPlace::InsideFolder);
        }
        if full.exists() && !is_certificate(&full) {
            return Err(NoPlace::AnotherFile);
        }
        let place = Place { folder, name: name.to_owned() };
        place.scratch()?;
        Ok(place)
    }

    /// Writes it beside its place and brings it there in one step.
    ///
    /// # Errors
    /// What the file system says; an earlier certificate is whole then.
    pub fn write(&self, text: &str) -> io::Result<()> {
        let scratch = self.scratch()?;
        let file = scratch.path().join(&self.name);
        fs::write(&file, text)?;
        fs::rename(&file, self.folder.join(&self.name))
    }

    fn scratch(&self) -> io::Result<tempfile::TempDir> {
        tempfile::Builder::new().prefix(".pusterum-certificate-").tempdir_in(&self.folder)
    }
}

/// Whether a file begins as a certificate does; only such a file is ever replaced.
fn is_certificate(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let mut beginning = [0; BEGINNING.len()];
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut beginning));
    read.is_ok() && beginning == *BEGINNING.as_bytes()
}
