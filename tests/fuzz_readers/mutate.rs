//! Damages files as people, systems and attackers do.

use rand_chacha::ChaCha8Rng;

use super::{below, words};

const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];
/// The largest input, so that many fit into a second.
const LONGEST: usize = 12_000;

/// A table with some cells, rows, delimiters or letters changed, in some encoding.
pub fn table(bytes: &[u8], other: &[u8], dice: &mut ChaCha8Rng) -> Vec<u8> {
    let mut text = some_rows(&String::from_utf8_lossy(bytes), dice);
    for _ in 0..=below(dice, 5) {
        text = match below(dice, 10) {
            0..4 => with_cell(&text, dice),
            4 => with_row(&text, dice),
            5 => text.replace(';', &char::from(DELIMITERS[below(dice, 4)]).to_string()),
            6 => inserted(&text, words::CELLS, dice),
            7 => spliced(&text, &some_rows(&String::from_utf8_lossy(other), dice), dice),
            8 => text.replace('\n', ["\r\n", "\r", "\n\n", "\"\n"][below(dice, 4)]),
            _ => format!("{}{text}", ["\u{feff}", "sep=,\n", "\n\n", "Titel\n", ";;;\n"][below(dice, 5)]),
        };
    }
    damaged(encoded(&text, dice), dice)
}

/// A text with words of its grammar put in and pieces taken out.
pub fn text(bytes: &[u8], words: &[&str], dice: &mut ChaCha8Rng) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    for _ in 0..=below(dice, 4) {
        text = match below(dice, 4) {
            0 | 1 => inserted(&text, words, dice),
            2 => with_row(&text, dice),
            _ => spliced(&text.clone(), &text, dice),
        };
    }
    damaged(text.into_bytes(), dice)
}

/// The header and a few rows: short inputs are quick, and as bad.
fn some_rows(text: &str, dice: &mut ChaCha8Rng) -> String {
    let (most, first) = (below(dice, 8), below(dice, 40));
    let mut lines = text.lines();
    let header = lines.next().unwrap_or_default();
    let rows: Vec<&str> = lines.skip(first).take(most).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

/// The nearest place at or after a byte where a letter begins.
fn boundary(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

fn with_cell(text: &str, dice: &mut ChaCha8Rng) -> String {
    let ends: Vec<usize> = text.match_indices([';', ',', '\t', '|', '\n']).map(|(at, _)| at).collect();
    let Some(cell) = ends.len().checked_sub(2).map(|last| below(dice, last + 1)) else { return text.to_owned() };
    let word = words::CELLS[below(dice, words::CELLS.len())];
    format!("{}{word}{}", &text[..=ends[cell]], &text[ends[cell + 1]..])
}

fn with_row(text: &str, dice: &mut ChaCha8Rng) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return String::new();
    }
    let at = below(dice, lines.len());
    match below(dice, 3) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at]),
        _ => lines.swap(0, at),
    }
    lines.join("\n") + "\n"
}

fn inserted(text: &str, words: &[&str], dice: &mut ChaCha8Rng) -> String {
    let at = boundary(text, below(dice, text.len() + 1));
    format!("{}{}{}", &text[..at], words[below(dice, words.len())], &text[at..])
}

/// The beginning of one text and the end of another.
fn spliced(text: &str, other: &str, dice: &mut ChaCha8Rng) -> String {
    let (first, second) = (boundary(text, below(dice, text.len() + 1)), boundary(other, below(dice, other.len() + 1)));
    format!("{}{}", &text[..first], &other[second..])
}

fn encoded(text: &str, dice: &mut ChaCha8Rng) -> Vec<u8> {
    match below(dice, 12) {
        0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        2..5 => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        _ => text.as_bytes().to_vec(),
    }
}

/// Some bytes changed, added or cut off, mostly none.
fn damaged(mut bytes: Vec<u8>, dice: &mut ChaCha8Rng) -> Vec<u8> {
    bytes.truncate(LONGEST);
    if below(dice, 4) > 0 || bytes.is_empty() {
        return bytes;
    }
    for _ in 0..=below(dice, 6) {
        let at = below(dice, bytes.len());
        match below(dice, 4) {
            0 => bytes[at] = u8::try_from(below(dice, 256)).expect("a byte"),
            1 => bytes.insert(at, u8::try_from(below(dice, 256)).expect("a byte")),
            2 => bytes.truncate(at.max(1)),
            _ => bytes[at] ^= 1 << below(dice, 8),
        }
    }
    bytes
}
