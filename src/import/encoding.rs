//! From bytes to text: which encoding a file has.
//!
//! A byte-order mark decides; without one, text that is valid UTF-8 is UTF-8 (Danish letters in Windows-1252 practically
//! never are), zero bytes at every other place are UTF-16, and the rest is Windows-1252, as Danish spreadsheets write.
//! Windows-1252 gives nearly every byte a letter, so what holds control characters then is refused: it is no text.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How a file's letters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16Little,
    Utf16Big,
    Windows1252,
}

/// Why bytes are no text, and the line where that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Garbage {
    /// A zero byte, or the zero character.
    Nul(u64),
    /// Control characters, or UTF-16 with half a character.
    NotText(u64),
}

/// So many bytes tell UTF-16 without a mark from other text.
const SAMPLE: usize = 512;

impl Encoding {
    pub(super) fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Little | Encoding::Utf16Big => "UTF-16",
            Encoding::Windows1252 => "Windows-1252",
        }
    }

    fn of(bytes: &[u8]) -> Encoding {
        match encoding_rs::Encoding::for_bom(bytes) {
            Some((encoding, _)) if encoding == UTF_16LE => Encoding::Utf16Little,
            Some((encoding, _)) if encoding == UTF_16BE => Encoding::Utf16Big,
            Some(_) => Encoding::Utf8,
            None => Encoding::without_mark(bytes),
        }
    }

    fn without_mark(bytes: &[u8]) -> Encoding {
        let sample = &bytes[..bytes.len().min(SAMPLE)];
        let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
        let (even, odd) = (zeros(0), zeros(1));
        // Most letters of a table have a zero byte in UTF-16, and always the same one of the two.
        match sample.len() / 4 {
            some if some > 0 && odd > some && even == 0 => Encoding::Utf16Little,
            some if some > 0 && even > some && odd == 0 => Encoding::Utf16Big,
            _ if std::str::from_utf8(bytes).is_ok() => Encoding::Utf8,
            _ => Encoding::Windows1252,
        }
    }
}

/// The text of a file without its byte-order mark, and the encoding that it has or that was asked for.
pub(super) fn decode(bytes: Vec<u8>, asked: Option<Encoding>) -> Result<(String, Encoding), Garbage> {
    let own = Encoding::of(&bytes);
    // The two kinds of UTF-16 have one name, so the bytes say which it is.
    let encoding = match asked {
        Some(Encoding::Utf16Little) if own == Encoding::Utf16Big => own,
        Some(asked) => asked,
        None => own,
    };
    let text = match encoding {
        Encoding::Utf8 => utf8(bytes)?,
        Encoding::Utf16Little => no_controls(wide(&bytes, UTF_16LE)?)?,
        Encoding::Utf16Big => no_controls(wide(&bytes, UTF_16BE)?)?,
        Encoding::Windows1252 => no_controls(narrow(&bytes)?)?,
    };
    match memchr::memchr(0, text.as_bytes()) {
        Some(at) => Err(Garbage::Nul(line_of(text.as_bytes(), at))),
        None => Ok((text, encoding)),
    }
}

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

fn utf8(mut bytes: Vec<u8>) -> Result<String, Garbage> {
    if bytes.starts_with(UTF8_MARK) {
        bytes.drain(..UTF8_MARK.len());
    }
    String::from_utf8(bytes).map_err(|error| {
        let (valid, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
        match memchr::memchr(0, bytes) {
            Some(at) => Garbage::Nul(line_of(bytes, at)),
            None => Garbage::NotText(line_of(bytes, valid)),
        }
    })
}

fn wide(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Result<String, Garbage> {
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    if broken {
        let at = text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
        return Err(Garbage::NotText(line_of(text.as_bytes(), at)));
    }
    Ok(text.into_owned())
}

fn narrow(bytes: &[u8]) -> Result<String, Garbage> {
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(Garbage::Nul(line_of(bytes, at)));
    }
    Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned())
}

fn no_controls(text: String) -> Result<String, Garbage> {
    match text.find(|c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\0')) {
        Some(at) => Err(Garbage::NotText(line_of(text.as_bytes(), at))),
        None => Ok(text),
    }
}

/// The line of a byte, from 1.
fn line_of(bytes: &[u8], at: usize) -> u64 {
    memchr::memchr_iter(b'\n', &bytes[..at]).count() as u64 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Æblegård;ø\n";

    fn utf16(little: bool, mark: &str) -> Vec<u8> {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        format!("{mark}{TEXT}").encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn danish_letters_are_right_in_every_encoding() {
        let cases = [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8),
            (format!("\u{feff}{TEXT}").into_bytes(), Encoding::Utf8),
            (WINDOWS_1252.encode(TEXT).0.into_owned(), Encoding::Windows1252),
            (utf16(true, "\u{feff}"), Encoding::Utf16Little),
            (utf16(false, "\u{feff}"), Encoding::Utf16Big),
            (utf16(true, ""), Encoding::Utf16Little),
            (utf16(false, ""), Encoding::Utf16Big),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(decode(bytes.clone(), None), Ok((TEXT.into(), encoding)), "{bytes:x?}");
        }
    }

    #[test]
    fn what_is_no_text_is_told_with_its_line() {
        let cases: [(&[u8], Garbage); 5] = [
            (b"a\nb\0c", Garbage::Nul(2)),
            (b"\xe6\n\n\0", Garbage::Nul(3)),
            (b"a\n\xe6\x02", Garbage::NotText(2)),
            (b"\x81", Garbage::NotText(1)),
            (b"\xff\xfea\0\n\0\0\xd8", Garbage::NotText(2)),
        ];
        for (bytes, garbage) in cases {
            assert_eq!(decode(bytes.to_vec(), None), Err(garbage), "{bytes:x?}");
        }
    }

    #[test]
    fn an_encoding_that_is_asked_for_is_taken() {
        assert_eq!(decode("æ".as_bytes().to_vec(), Some(Encoding::Windows1252)).map(|(text, _)| text), Ok("Ã¦".into()));
        assert_eq!(decode(b"\xe6".to_vec(), Some(Encoding::Utf8)), Err(Garbage::NotText(1)));
    }
}
