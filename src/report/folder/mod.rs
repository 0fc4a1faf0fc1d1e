//! The folder of a result: new, empty or an earlier result; whatever else stands in it is never touched. Made-up and
//! imported weeks are brought to their place in the same way; each kind of result has a file that lists all of it.
//!
//! A result is put together in a folder beside it and then takes the place of the earlier one, where the file system
//! can do so in one step (rename over an empty folder, exchange of two folders). A run that is killed leaves the
//! earlier result whole. Only where other files must be kept, or the folder cannot be renamed (a mount point), are the
//! files replaced one by one, the summary that names them last.

mod leftover;
mod swap;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use tempfile::TempDir;

use super::SUMMARY;
use super::summary::FORMAT;
use crate::diagnostic::of_file;

/// Why a folder cannot take a result.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It holds files that are no result's; some of them by name.
    #[error("the folder holds other files: {}", .0.join(", "))]
    ForeignFiles(Vec<String>),
    /// It is a file, or a link that leads nowhere.
    #[error("it is no folder")]
    NotAFolder,
    /// The result would lie within the input.
    #[error("it lies in the folder of the week")]
    InsideWeek,
    /// Nothing can be written there.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// A folder that may take a result.
#[derive(Debug)]
pub struct Target {
    /// With links followed, as far as it exists.
    path: PathBuf,
    /// The files of the earlier result there.
    earlier: BTreeSet<PathBuf>,
    /// Other files, which must be kept: beside an earlier result, or hidden ones.
    others: Vec<PathBuf>,
    /// The file that names all others of a result of its kind.
    manifest: &'static str,
}

/// A result that is being put together beside its place.
#[derive(Debug)]
pub struct Staging {
    place: PathBuf,
    manifest: &'static str,
    /// Deleted with all that is in it when this is dropped.
    scratch: TempDir,
    folder: PathBuf,
}

/// What of a list of files tells a result.
#[derive(Deserialize)]
struct Manifest {
    format: u32,
    files: Vec<PathBuf>,
}

/// The most foreign files that a refusal names.
const NAMED: usize = 5;

impl Target {
    /// Looks at a folder, repairs what a killed run may have left beside it, and says whether it may take a result:
    /// so it is known before planning.
    ///
    /// # Errors
    /// Why it may not.
    pub fn open(folder: &Path, week: &Path) -> Result<Target, Refusal> {
        if lies_within(folder, week) {
            return Err(Refusal::InsideWeek);
        }
        Target::repaired(resolved(folder)?, SUMMARY)
    }

    /// Looks at a folder that may take something else than a result, of which `manifest` names all files: new, empty or
    /// an earlier one of its kind. It must not lie in any of the folders that it is made from.
    ///
    /// # Errors
    /// Why it may not.
    pub fn open_for(manifest: &'static str, folder: &Path, sources: &[&Path]) -> Result<Target, Refusal> {
        match sources.iter().any(|source| lies_within(folder, source)) {
            true => Err(Refusal::InsideWeek),
            false => Target::repaired(resolved(folder)?, manifest),
        }
    }

    /// Looks at a folder that must be new or empty: an earlier result is in the way there too.
    ///
    /// # Errors
    /// Why it may not take anything.
    pub fn open_new(folder: &Path) -> Result<Target, Refusal> {
        let target = Target::repaired(resolved(folder)?, SUMMARY)?;
        let earlier: Vec<String> = target.earlier.iter().take(NAMED).map(|file| file.display().to_string()).collect();
        if earlier.is_empty() { Ok(target) } else { Err(Refusal::ForeignFiles(earlier)) }
    }

    /// Looks at a folder for an answer to a question: like [`Target::open`], but an earlier plan is in the way too, as the
    /// answer would take its place.
    ///
    /// # Errors
    /// Why it may not take the answer.
    pub fn open_for_answer(folder: &Path, week: &Path) -> Result<Target, Refusal> {
        let target = Target::open(folder, week)?;
        let roster = Path::new(super::ROSTER);
        if target.earlier.contains(roster) {
            Err(Refusal::ForeignFiles(vec![super::ROSTER.to_owned()]))
        } else {
            Ok(target)
        }
    }

    fn repaired(path: PathBuf, manifest: &'static str) -> Result<Target, Refusal> {
        leftover::restore(&path)?;
        let target = Target::at(path, manifest)?;
        target.try_out()?;
        Ok(target)
    }

    fn at(path: PathBuf, manifest: &'static str) -> Result<Target, Refusal> {
        match fs::metadata(&path) {
            Ok(data) if data.is_dir() => Self::of_existing(path, manifest),
            Ok(_) => Err(Refusal::NotAFolder),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Target { path, earlier: BTreeSet::new(), others: Vec::new(), manifest })
            }
            Err(error) => Err(error.into()),
        }
    }

    fn of_existing(path: PathBuf, manifest: &'static str) -> Result<Target, Refusal> {
        let earlier = named_files(&path, manifest).unwrap_or_default();
        let others: Vec<PathBuf> = files_below(&path)?.into_iter().filter(|file| !earlier.contains(file)).collect();
        let visible = others.iter().filter(|file| !is_hidden(file)).map(|file| file.display().to_string());
        let visible: Vec<String> = visible.take(NAMED).collect();
        if earlier.is_empty() && !visible.is_empty() {
            return Err(Refusal::ForeignFiles(visible));
        }
        Ok(Target { path, earlier, others, manifest })
    }

    /// Tries whether a result can be put together there, without leaving anything.
    fn try_out(&self) -> io::Result<()> {
        let exists = |folder: &&Path| folder.is_dir();
        let parent = self.path.ancestors().skip(1).find(exists).unwrap_or(Path::new("."));
        self.scratch(parent).map(|_| ())
    }

    /// Makes the folder in which the result is put together.
    ///
    /// # Errors
    /// What the file system says.
    pub fn stage(self) -> io::Result<Staging> {
        let parent = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(parent)?;
        leftover::sweep(&self.path);
        let scratch = self.scratch(parent)?;
        // The scratch folder is closed to others; the result is as open as any new folder.
        let folder = scratch.path().join("result");
        fs::create_dir(&folder)?;
        Ok(Staging { place: self.path, manifest: self.manifest, scratch, folder })
    }

    /// A folder beside the place, or in it: a folder may be open to writing though its parent is not.
    fn scratch(&self, parent: &Path) -> io::Result<TempDir> {
        let within = |folder: &Path| tempfile::Builder::new().prefix(&leftover::prefix(&self.path)).tempdir_in(folder);
        match within(parent) {
            Err(error) if self.path.is_dir() => within(&self.path).map_err(|_| error),
            made => made,
        }
    }
}

impl Staging {
    /// Where to put the files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All that would be left behind if the run ended now.
    pub fn scratch(&self) -> &Path {
        self.scratch.path()
    }

    /// Brings the result to its place.
    ///
    /// # Errors
    /// What the file system says; the earlier result is whole then, unless files had to be replaced one by one.
    pub fn install(self) -> io::Result<PathBuf> {
        // Much may have happened since the place was opened: planning takes its time.
        let now =
            Target::at(self.place.clone(), self.manifest).map_err(|refusal| io::Error::other(refusal.to_string()))?;
        if !now.others.is_empty() || !swap::folders(&self.folder, &now.path)? {
            self.replace_files(&now)?;
        }
        Ok(self.place)
    }

    /// Replaces the files one by one: the manifest last, then what the earlier result had and this one has not.
    fn replace_files(&self, now: &Target) -> io::Result<()> {
        let mut files = files_below(&self.folder)?;
        if let Some(taken) = files.iter().find(|file| now.others.contains(file)) {
            return Err(of_file(&taken.to_string_lossy(), &io::ErrorKind::AlreadyExists.into()));
        }
        files.sort_by_key(|file| (file.as_path() == Path::new(self.manifest), file.clone()));
        self.announce(&files, now)?;
        for file in &files {
            if let Some(parent) = now.path.join(file).parent() {
                fs::create_dir_all(parent)?;
            }
            swap::file(&self.folder.join(file), &now.path.join(file))?;
        }
        for old in now.earlier.iter().filter(|old| !files.contains(old)) {
            remove(&now.path, old);
        }
        Ok(())
    }

    /// Adds the new files to the earlier result's list, so that they are known if this run is killed halfway.
    fn announce(&self, files: &[PathBuf], now: &Target) -> io::Result<()> {
        if now.earlier.is_empty() {
            return Ok(());
        }
        let place = now.path.join(self.manifest);
        let mut summary: serde_json::Value = serde_json::from_slice(&fs::read(&place)?)?;
        let all: BTreeSet<&PathBuf> = now.earlier.iter().chain(files).collect();
        summary["files"] = serde_json::to_value(all)?;
        let announced = self.scratch.path().join(self.manifest);
        fs::write(&announced, serde_json::to_vec_pretty(&summary)?)?;
        swap::file(&announced, &place)
    }
}

/// Whether a folder, which need not exist, is that of the week or lies in it.
pub fn lies_within(folder: &Path, week: &Path) -> bool {
    resolved(folder).is_ok_and(|path| week.canonicalize().is_ok_and(|week| path.starts_with(week)))
}

/// The folder's path with links followed, also where the last parts do not exist yet.
fn resolved(folder: &Path) -> Result<PathBuf, Refusal> {
    let full = std::path::absolute(folder)?;
    let mut missing = Vec::new();
    let mut known = full.as_path();
    loop {
        match (known.canonicalize(), known.parent(), known.file_name()) {
            (Ok(real), ..) => return Ok(missing.iter().rev().fold(real, |path, part| path.join(part))),
            (Err(_), ..) if known.is_symlink() => return Err(Refusal::NotAFolder),
            (Err(_), Some(parent), Some(name)) => {
                missing.push(name.to_owned());
                known = parent;
            }
            (Err(_), ..) => return Ok(full.clone()),
        }
    }
}

/// Removes a file of an earlier result, and its folders where nothing is left in them.
fn remove(folder: &Path, file: &Path) {
    let _ = fs::remove_file(folder.join(file));
    let inner = file.ancestors().skip(1).take_while(|inner| *inner != Path::new(""));
    // A folder that still holds something is not removed.
    inner.for_each(|inner| drop(fs::remove_dir(folder.join(inner))));
}

/// The files that the manifest in a folder names, if it is one of ours.
fn named_files(folder: &Path, manifest: &str) -> Option<BTreeSet<PathBuf>> {
    let own = Path::new(manifest);
    let text = fs::read(folder.join(own)).ok()?;
    let manifest: Manifest = serde_json::from_slice(&text).ok()?;
    let inside = |file: &PathBuf| file.components().all(|part| matches!(part, Component::Normal(_)));
    let named: BTreeSet<PathBuf> = manifest.files.into_iter().filter(inside).collect();
    (manifest.format == FORMAT && named.contains(own)).then_some(named)
}

/// All files below a folder, by their path within it; links are files, and so are empty folders.
fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(inner) = open.pop() {
        let mut empty = true;
        for entry in fs::read_dir(folder.join(&inner))? {
            let entry = entry?;
            empty = false;
            let path = inner.join(entry.file_name());
            if entry.file_type()?.is_dir() { open.push(path) } else { files.push(path) }
        }
        if empty && inner != Path::new("") {
            files.push(inner);
        }
    }
    files.sort();
    Ok(files)
}

/// Whether it is one of the files that systems put into folders on their own, such as `.gitkeep` or `.DS_Store`.
fn is_hidden(file: &Path) -> bool {
    let name = file.iter().next().unwrap_or_default().to_string_lossy().into_owned();
    name.starts_with('.') || ["Thumbs.db", "desktop.ini"].contains(&name.as_str())
}
