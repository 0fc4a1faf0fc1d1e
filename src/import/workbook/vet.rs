//! Looks at a workbook before anything is made of it: whether it unpacks to what memory holds.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use crate::diagnostic::{Fault, codes};

/// What all parts of a workbook may unpack to, in bytes. A million bookings take about a third of it.
const UNPACKED_MAX: u64 = 1 << 30;
const PARTS_MAX: usize = 10_000;
/// Room is made for as many shared strings as their part announces, before any is read; more than this are refused.
const STRINGS_MAX: u64 = 5_000_000;
const STRINGS: &str = "sharedstrings.xml";
const STRING_COUNT: &[u8] = b"uniqueCount";
const BLOCK: usize = 1 << 16;
/// A count may lie across two blocks.
const OVERLAP: usize = 64;

/// Unpacks every part without keeping it, within bounds.
///
/// What a part says of its own size is asked first, which refuses an honest bomb at once; what it unpacks to is counted
/// all the same, since a part may lie.
pub(super) fn vet(bytes: &[u8]) -> Result<(), Fault> {
    within(bytes, UNPACKED_MAX)
}

fn within(bytes: &[u8], most: u64) -> Result<(), Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("zip"))?;
    if archive.len() > PARTS_MAX || archive.decompressed_size().is_some_and(|size| size > most.into()) {
        return Err(bomb());
    }
    let mut left = most;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|_| damaged("zip"))?;
        let holds_strings = part.name().is_ok_and(|name| name.to_lowercase().ends_with(STRINGS));
        let look: fn(&[u8]) -> bool = if holds_strings { announces_too_many } else { |_| false };
        // One byte more than there is room for shows that there is more.
        let unpacked = unpacked_size(part.take(left + 1), look).map_err(|_| damaged("zip"))?;
        left = unpacked.and_then(|size| left.checked_sub(size)).ok_or_else(bomb)?;
    }
    Ok(())
}

/// How much a part unpacks to; `None` where some block of it is not to be had.
fn unpacked_size(mut part: impl Read, is_refused: impl Fn(&[u8]) -> bool) -> io::Result<Option<u64>> {
    let (mut block, mut kept, mut total) = (vec![0; BLOCK], 0, 0);
    loop {
        let read = part.read(&mut block[kept..])?;
        if read == 0 {
            return Ok(Some(total));
        }
        let end = kept + read;
        total += read as u64;
        if is_refused(&block[..end]) {
            return Ok(None);
        }
        kept = end.min(OVERLAP);
        block.copy_within(end - kept..end, 0);
    }
}

/// Whether a block of the shared strings says that there are more than any file holds.
fn announces_too_many(block: &[u8]) -> bool {
    // In UTF-16 every other byte is zero.
    let text: Vec<u8> = block.iter().copied().filter(|byte| *byte != 0).collect();
    memchr::memmem::find_iter(&text, STRING_COUNT).any(|at| {
        let after = text[at + STRING_COUNT.len()..].iter().skip_while(|byte| b" \t\r\n='\"".contains(byte));
        let digits: Vec<u8> = after.take_while(|byte| byte.is_ascii_digit()).copied().collect();
        let count = String::from_utf8(digits).unwrap_or_default();
        !count.is_empty() && count.parse::<u64>().map_or(true, |count| count > STRINGS_MAX)
    })
}

/// The fault of a file that is no workbook; `what` of it is wrong is never what stands in the file.
pub(in crate::import) fn damaged(what: &'static str) -> Fault {
    Fault::new(
        codes::BAD_WORKBOOK,
        [&format!("filen er ikke en hel .xlsx-fil ({what})"), &format!("the file is no whole .xlsx file ({what})")],
        [
            "Åbn den i Excel, og gem den igen som .xlsx uden adgangskode, eller som »CSV UTF-8«",
            "Open it in Excel and save it again as .xlsx without a password, or as “CSV UTF-8”",
        ],
    )
}

fn bomb() -> Fault {
    let most = UNPACKED_MAX >> 20;
    Fault::new(
        codes::ZIP_BOMB,
        [&format!("filen fylder over {most} MB udpakket"), &format!("the file unpacks to more than {most} MB")],
        [
            "Åbn den ikke, hvis du ikke ved, hvor den kommer fra; gem ellers tabellen som »CSV UTF-8«",
            "Do not open it if you do not know where it comes from; otherwise save the table as “CSV UTF-8”",
        ],
    )
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    fn archive(name: &str, write: impl Fn(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(name, options.large_file(true)).expect("a part");
        write(&mut zip);
        zip.finish().expect("a zip").into_inner()
    }

    const MOST: u64 = 8 << 20;

    #[test]
    fn a_bomb_is_refused_whether_it_owns_up_or_lies() {
        let size = MOST as usize + 1;
        let mut bomb = archive("xl/worksheets/sheet1.xml", |zip| zip.write_all(&vec![0; size]).expect("zeros"));
        assert!(bomb.len() < size / 100, "{}", bomb.len());
        assert_eq!(within(&bomb, MOST).expect_err("a bomb").code, codes::ZIP_BOMB);
        assert!(within(&bomb, MOST + 1).is_ok());
        // The part now says wherever it says its size that it is small.
        let (honest, lie) = ((size as u32).to_le_bytes(), 9_u32.to_le_bytes());
        while let Some(at) = bomb.windows(honest.len()).rposition(|window| window == honest) {
            bomb[at..at + lie.len()].copy_from_slice(&lie);
        }
        assert!([codes::ZIP_BOMB, codes::BAD_WORKBOOK].contains(&within(&bomb, MOST).expect_err("a lying bomb").code));
    }

    #[test]
    fn a_count_of_strings_that_cannot_be_is_refused() {
        let strings =
            |count: &str| format!("<sst {}uniqueCount = '{count}'><si><t>a</t></si></sst>", " ".repeat(BLOCK - 20));
        let of = |count: &str| {
            vet(&archive("xl/SharedStrings.xml", |zip| zip.write_all(strings(count).as_bytes()).expect("text")))
        };
        assert!(of("1").is_ok());
        for count in ["99999999999", "99999999999999999999999"] {
            assert_eq!(of(count).expect_err("too many").code, codes::ZIP_BOMB);
        }
    }
}
