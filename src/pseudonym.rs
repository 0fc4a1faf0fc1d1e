//! Stable pseudonyms in place of civil registration numbers, for files that cannot be had without them.
//!
//! A pseudonym is the HMAC-SHA-256 of the number under a secret of one's own, cut to 64 bits: the same number becomes the
//! same pseudonym in every file and every week, whatever its spelling, and nobody without the secret can tell which
//! number it was or try all of them out. It is made of letters alone, so that it is never taken for a number itself.
//!
//! The key file holds a random secret and nothing else. Only its owner may read it. Who loses it gets other pseudonyms
//! from then on; who has it can find the number of a pseudonym by trying, so it belongs away from the data.

use std::borrow::Cow;
use std::fmt;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::diagnostic::civil_number::{self, CivilNumber};
use crate::diagnostic::{self, Text};

/// A secret under which numbers become pseudonyms.
#[derive(Clone)]
pub struct Key([u8; SECRET_BYTES]);

/// Why a key file cannot be used.
#[derive(Debug)]
pub enum NoKey {
    /// It can be read or written by others than its owner; its rights, as `chmod` takes them.
    OpenToOthers(u32),
    /// It is not what [`Key::open`] has written.
    NotAKey,
    Io(io::Error),
}

const SECRET_BYTES: usize = 32;
/// Bytes of a pseudonym: among a million people two have the same with a chance of one in forty million.
const PSEUDONYM_BYTES: usize = 8;
const PREFIX: &str = "cpr-";
/// A letter for each half byte: consonants, so that no words come about.
const LETTERS: &[u8; 16] = b"bcdfghjklmnpqrst";
/// The rights of group and others.
#[cfg(unix)]
const OF_OTHERS: u32 = 0o077;

impl NoKey {
    /// What is wrong and what to do about it.
    pub fn text(&self) -> Text {
        match self {
            NoKey::OpenToOthers(rights) => Text::new(
                format!(
                    "andre end ejeren kan læse eller ændre nøglen (rettigheder {rights:03o}). Giv filen chmod 600."
                ),
                format!(
                    "others than its owner may read or change the key (rights {rights:03o}). Give the file chmod 600."
                ),
            ),
            NoKey::NotAKey => Text::new(
                "filen er ikke en nøgle og er urørt. Vælg et navn, som ingen fil har; så laves en ny nøgle.",
                "the file is no key and is untouched. Choose a name that no file has; then a new key is made.",
            ),
            NoKey::Io(error) => {
                let Text { danish, english } = diagnostic::unwritable(error);
                Text::new(
                    format!(
                        "nøglen kan ikke læses eller laves ({danish}). Se efter, at mappen findes, og at du må skrive dér."
                    ),
                    format!(
                        "the key cannot be read or made ({english}). See that the folder is there and that you may write to it."
                    ),
                )
            }
        }
    }
}

impl From<io::Error> for NoKey {
    fn from(error: io::Error) -> Self {
        NoKey::Io(error)
    }
}

impl Key {
    /// The key of that file; where there is none, a new random one, readable by its owner alone.
    ///
    /// # Errors
    /// A file that others may read or write, one that holds anything else than a key, and what the file system says.
    /// Where files have no rights of this kind (not Unix), these are not asked.
    pub fn open(path: &Path) -> Result<Self, NoKey> {
        match File::open(path) {
            Ok(file) => Key::read(file),
            Err(error) if error.kind() == ErrorKind::NotFound => match Key::create(path) {
                // Somebody else was quicker.
                Err(NoKey::Io(error)) if error.kind() == ErrorKind::AlreadyExists => Key::read(File::open(path)?),
                made => made,
            },
            Err(error) => Err(error.into()),
        }
    }

    fn read(file: File) -> Result<Self, NoKey> {
        let about = file.metadata()?;
        if !about.is_file() {
            return Err(NoKey::NotAKey);
        }
        refuse_others(&about)?;
        let mut text = String::new();
        // Nothing longer than a key and its line end is looked at.
        let longest = 2 * SECRET_BYTES as u64 + 3;
        file.take(longest).read_to_string(&mut text).map_err(|error| match error.kind() {
            ErrorKind::InvalidData => NoKey::NotAKey,
            _ => NoKey::Io(error),
        })?;
        bytes_of(text.trim_end()).map(Key).ok_or(NoKey::NotAKey)
    }

    fn create(path: &Path) -> Result<Self, NoKey> {
        let mut secret = [0; SECRET_BYTES];
        getrandom::fill(&mut secret).map_err(io::Error::from)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // A temporary file is its owner's alone from the start, and takes its name only when it is whole.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        writeln!(file, "{}", letters(&secret))?;
        file.as_file().sync_all()?;
        file.persist_noclobber(path).map_err(|refused| refused.error)?;
        Ok(Key(secret))
    }

    /// The text with a pseudonym in place of every civil registration number.
    pub fn pseudonymised<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut replaced = String::new();
        let mut after = 0;
        for number in civil_number::find(text) {
            replaced.push_str(&text[after..number.place.start]);
            replaced.push_str(&self.pseudonym(&number));
            after = number.place.end;
        }
        if after == 0 { Cow::Borrowed(text) } else { Cow::Owned(replaced + &text[after..]) }
    }

    fn pseudonym(&self, number: &CivilNumber) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(number.digits());
        PREFIX.to_owned() + &letters(&mac.finalize().into_bytes()[..PSEUDONYM_BYTES])
    }
}

/// The secret is never shown.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(unix)]
fn refuse_others(about: &Metadata) -> Result<(), NoKey> {
    use std::os::unix::fs::MetadataExt;
    let rights = about.mode() & 0o777;
    if rights & OF_OTHERS == 0 { Ok(()) } else { Err(NoKey::OpenToOthers(rights)) }
}

#[cfg(not(unix))]
fn refuse_others(_: &Metadata) -> Result<(), NoKey> {
    Ok(())
}

fn letters(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    halves.map(|half| char::from(LETTERS[usize::from(half)])).collect()
}

fn bytes_of(letters: &str) -> Option<[u8; SECRET_BYTES]> {
    let half = |letter: &u8| LETTERS.iter().position(|known| known == letter).and_then(|half| u8::try_from(half).ok());
    let halves: Option<Vec<u8>> = letters.as_bytes().iter().map(half).collect();
    let halves = halves.filter(|halves| halves.len() == 2 * SECRET_BYTES)?;
    let bytes: Vec<u8> = halves.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk() -> (tempfile::TempDir, std::path::PathBuf) {
        let desk = tempfile::tempdir().expect("a temporary folder");
        let path = desk.path().join("secret.key");
        (desk, path)
    }

    #[test]
    fn a_number_has_one_pseudonym_in_every_spelling_and_under_the_same_key() {
        let (_desk, path) = desk();
        let key = Key::open(&path).expect("made");
        let again = Key::open(&path).expect("read");
        let first = key.pseudonymised("010260-1234").into_owned();
        for text in ["0102601234", "102601234", "01.02.1960-1234", "010260 1234"] {
            assert_eq!(again.pseudonymised(text), first, "{text}");
        }
        assert_ne!(key.pseudonymised("010260-1235"), first);
    }

    #[test]
    fn other_keys_give_other_pseudonyms() {
        let ((_one, path), (_other, other)) = (desk(), desk());
        let of = |path| Key::open(path).expect("made").pseudonymised("010260-1234").into_owned();
        assert_ne!(of(&path), of(&other));
    }

    /// RFC 4231 has no key of letters; computed with `openssl dgst -sha256 -hmac`.
    #[test]
    fn a_pseudonym_is_the_beginning_of_the_hmac() {
        let key = Key(*b"0123456789abcdef0123456789abcdef");
        assert_eq!(key.pseudonymised("010260-1234"), "cpr-fdrjmrbjtrshfcnq");
    }

    #[test]
    fn the_text_around_stays_and_nothing_that_looks_like_a_number_is_left() {
        let (_desk, path) = desk();
        let key = Key::open(&path).expect("made");
        let text = key.pseudonymised("æ 010260-1234, tlf. 98765432; 0202611234.");
        assert!(text.starts_with("æ cpr-") && text.contains(", tlf. 98765432; cpr-") && text.ends_with('.'), "{text}");
        assert!(!civil_number::stands_in(&text));
        assert!(matches!(key.pseudonymised("BA-C0001"), Cow::Borrowed(_)));
    }

    #[test]
    fn the_key_file_holds_letters_only_and_is_its_owners_alone() {
        let (_desk, path) = desk();
        Key::open(&path).expect("made");
        let text = std::fs::read_to_string(&path).expect("it is there");
        assert_eq!(text.trim_end().len(), 64);
        assert!(text.trim_end().bytes().all(|b| LETTERS.contains(&b)), "{text}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let rights = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
            assert_eq!(rights(&path), 0o600);
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("it is ours");
            let refused = Key::open(&path).expect_err("others may read it");
            assert!(refused.text().english.contains("(rights 640)"), "{refused:?}");
            assert!(refused.text().danish.contains("chmod 600"), "{refused:?}");
        }
    }

    #[test]
    fn a_file_that_holds_anything_else_is_refused_and_stays_as_it_is() {
        let (_desk, path) = desk();
        for text in ["", "010260-1234\n", "b", &"b".repeat(63), &"b".repeat(65), &"b".repeat(10_000)] {
            let mut file = tempfile::NamedTempFile::new_in(path.parent().expect("a folder")).expect("a file");
            file.write_all(text.as_bytes()).expect("written");
            assert!(matches!(Key::open(file.path()), Err(NoKey::NotAKey)), "{} letters", text.len());
            assert_eq!(std::fs::read_to_string(file.path()).expect("there"), text);
        }
    }

    #[test]
    fn a_key_cannot_be_made_where_there_is_no_folder() {
        let (desk, _) = desk();
        assert!(matches!(Key::open(&desk.path().join("none/secret.key")), Err(NoKey::Io(_))));
        assert!(Key::open(desk.path()).is_err());
    }
}
