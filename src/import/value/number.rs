//! Numbers with a decimal comma or point, and with the other one between thousands.

/// What stands before the decimals; the other one may stand between thousands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) enum Mark {
    /// The Danish one.
    #[default]
    Comma,
    Point,
}

/// What a column takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Whole numbers only, so that one separator before three digits can only stand between thousands.
    Whole,
    Any,
}

/// What the separators of a number say of its decimal mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Says {
    Decimal(Mark),
    /// `1,500` and `1.500` are both a thousand and a half thousand, and one and a half.
    Either(Mark),
    Nothing,
}

impl Mark {
    fn char(self) -> char {
        match self {
            Mark::Comma => ',',
            Mark::Point => '.',
        }
    }

    fn other(self) -> Mark {
        match self {
            Mark::Comma => Mark::Point,
            Mark::Point => Mark::Comma,
        }
    }
}

/// What a cell says of the decimal mark of its column.
pub(in crate::import) fn says(text: &str) -> Says {
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !body.starts_with(|c: char| c.is_ascii_digit()) || !body.chars().all(|c| c.is_ascii_digit() || ",. ".contains(c))
    {
        return Says::Nothing;
    }
    let count = |mark: Mark| body.matches(mark.char()).count();
    match (count(Mark::Comma), count(Mark::Point)) {
        (0, 0) => Says::Nothing,
        (1, 0) => single(body, Mark::Comma),
        (0, 1) => single(body, Mark::Point),
        (0, _) => Says::Decimal(Mark::Comma),
        (_, 0) => Says::Decimal(Mark::Point),
        _ if body.rfind(',') > body.rfind('.') => Says::Decimal(Mark::Comma),
        _ => Says::Decimal(Mark::Point),
    }
}

fn single(body: &str, mark: Mark) -> Says {
    let (whole, rest) = body.split_once(mark.char()).unwrap_or((body, ""));
    let grouped = rest.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
    if grouped { Says::Either(mark) } else { Says::Decimal(mark) }
}

/// The number that a text without sign is, with the column's decimal mark; its own separators win where they are clear.
pub(super) fn decimal(text: &str, column: Mark, reading: Reading) -> Option<f64> {
    let mark = match says(text) {
        Says::Decimal(own) => own,
        Says::Either(own) if reading == Reading::Whole => own.other(),
        Says::Either(_) | Says::Nothing => column,
    };
    let (whole, decimals) = match text.split_once(mark.char()) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    let whole = without_groups(whole, mark.other())?;
    if decimals.is_some_and(|part| part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    format!("{whole}.{}", decimals.unwrap_or("0")).parse().ok()
}

/// The digits of a whole number without what stands between its thousands: a blank or the other mark.
fn without_groups(text: &str, between: Mark) -> Option<String> {
    let mut groups = text.split([between.char(), ' ', '\u{a0}']);
    let first = groups.next().filter(|group| !group.is_empty())?;
    let rest: Vec<&str> = groups.collect();
    let digits = |group: &&str| group.bytes().all(|b| b.is_ascii_digit());
    let grouped = rest.is_empty() || first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
    (grouped && digits(&first) && rest.iter().all(digits)).then(|| first.to_owned() + &rest.concat())
}

/// A whole number from 0 as digits, with thousands set apart, or with decimals that are all zero.
pub(super) fn whole(text: &str, column: Mark) -> Option<u32> {
    let number = decimal(text, column, Reading::Whole)?;
    (number.fract() == 0.0 && number <= f64::from(u32::MAX)).then_some(number as u32)
}

/// Degrees: one separator at most, and always before the decimals.
pub(super) fn degrees(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    text.replacen(',', ".", 1).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_speak_for_a_mark() {
        let cases = [
            ("1,5", Says::Decimal(Mark::Comma)),
            ("1.5", Says::Decimal(Mark::Point)),
            ("1.234,5", Says::Decimal(Mark::Comma)),
            ("1,234.5", Says::Decimal(Mark::Point)),
            ("1.234.567", Says::Decimal(Mark::Comma)),
            ("1,500", Says::Either(Mark::Comma)),
            ("0,500", Says::Decimal(Mark::Comma)),
            ("1500,250", Says::Decimal(Mark::Comma)),
            ("1500", Says::Nothing),
            ("S1,5", Says::Nothing),
        ];
        for (text, expected) in cases {
            assert_eq!(says(text), expected, "{text}");
        }
    }

    #[test]
    fn the_column_decides_what_the_text_leaves_open() {
        assert_eq!(decimal("1,500", Mark::Comma, Reading::Any), Some(1.5));
        assert_eq!(decimal("1,500", Mark::Point, Reading::Any), Some(1500.0));
        assert_eq!(decimal("1.234,5", Mark::Point, Reading::Any), Some(1234.5));
        assert_eq!((whole("1.500", Mark::Comma), whole("1,500", Mark::Comma)), (Some(1500), Some(1500)));
        assert_eq!((whole("1 500", Mark::Comma), whole("120,00", Mark::Comma)), (Some(1500), Some(120)));
        for text in ["", ",", "1,", ",5", "1,5", "1.5", "12,34,5", "1 50", "1..5", "x", "1e5"] {
            assert_eq!(whole(text, Mark::Comma), None, "{text}");
        }
    }

    #[test]
    fn degrees_have_one_separator() {
        assert_eq!((degrees("55,7333"), degrees("-12.5"), degrees("55")), (Some(55.7333), Some(-12.5), Some(55.0)));
        for text in ["", "NaN", "inf", "55,73,3", "1.5,5", "-", "N55"] {
            assert_eq!(degrees(text), None, "{text}");
        }
    }
}
