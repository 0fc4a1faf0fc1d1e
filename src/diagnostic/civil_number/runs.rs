//! The runs of digits in a text, each as long as it goes.

use std::ops::Range;

/// Digits that follow each other, as a range of bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    pub start: usize,
    pub end: usize,
}

impl Run {
    pub(super) fn len(self) -> usize {
        self.end - self.start
    }

    pub(super) fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

pub(super) struct Runs<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Runs<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Runs { bytes: text.as_bytes(), at: 0 }
    }
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        let rest = &self.bytes[self.at..];
        let start = self.at + rest.iter().position(u8::is_ascii_digit)?;
        let length = self.bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        self.at = start + length;
        Some(Run { start, end: self.at })
    }
}
