//! Puts one folder or file in the place of another.

use std::fs;
use std::io;
use std::path::Path;

use super::leftover;

/// Puts a folder in the place of another, which is then empty, gone or where the new one was. False where the file
/// system does not let it: nothing has changed then.
///
/// # Errors
/// What the file system says where there is no folder to replace.
pub(super) fn folders(new: &Path, place: &Path) -> io::Result<bool> {
    if !place.exists() {
        return fs::rename(new, place).map(|()| true);
    }
    // A folder can be renamed over an empty one in one step; a full one is exchanged or, at worst, put aside.
    Ok(fs::rename(new, place).is_ok() || exchange(new, place).is_ok() || put_aside(new, place).is_ok())
}

/// Lets two folders change places in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(new: &Path, place: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, place, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_new: &Path, _place: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Renames the old folder aside and the new one to its place; killed between the two, the next run takes the old one
/// back.
fn put_aside(new: &Path, place: &Path) -> io::Result<()> {
    let aside = leftover::aside(place);
    fs::rename(place, &aside)?;
    if let Err(error) = fs::rename(new, place) {
        fs::rename(&aside, place)?;
        return Err(error);
    }
    // The new result stands; what is left of the old one is swept away by a later run.
    let _ = fs::remove_dir_all(&aside);
    Ok(())
}

/// Puts a file in the place of another in one step, also from another file system.
pub(super) fn file(new: &Path, place: &Path) -> io::Result<()> {
    if fs::rename(new, place).is_ok() {
        return Ok(());
    }
    let folder = place.parent().unwrap_or(Path::new("."));
    let near = tempfile::Builder::new().prefix(".pusterum-").tempfile_in(folder)?;
    fs::copy(new, near.path())?;
    near.persist(place)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(parent: &Path, name: &str, text: &str) -> std::path::PathBuf {
        let folder = parent.join(name);
        fs::create_dir(&folder).expect("a new folder");
        fs::write(folder.join("a"), text).expect("a new file");
        folder
    }

    #[test]
    fn a_folder_takes_the_place_of_another() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let (new, place) = (folder_with(root.path(), "new", "2"), folder_with(root.path(), "place", "1"));
        assert!(folders(&new, &place).expect("they are renamed"));
        assert_eq!(fs::read_to_string(place.join("a")).expect("it is there"), "2");
    }

    #[test]
    fn where_folders_cannot_be_exchanged_the_old_one_is_put_aside() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let (new, place) = (folder_with(root.path(), "new", "2"), folder_with(root.path(), "place", "1"));
        put_aside(&new, &place).expect("they are renamed");
        assert_eq!(fs::read_to_string(place.join("a")).expect("it is there"), "2");
        assert!(!new.exists() && !leftover::aside(&place).exists());
    }
}
