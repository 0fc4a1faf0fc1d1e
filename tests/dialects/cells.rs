//! Cells of the canonical form in other spellings of the same.

use chrono::{Datelike, NaiveDate};

use super::dice::Dice;
use super::names;

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// How a column writes what its cells share.
pub struct Manner {
    /// Its dates have the month first; some day of it is after the twelfth.
    american: bool,
    comma: bool,
    /// Crosses and empty cells for yes and no.
    crosses: bool,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Date,
    Moment,
    Time,
    Minutes,
    Count,
    Split,
    YesNo,
    Degrees,
    List,
    Place,
    Word,
}

fn kind(table: &str, column: &str) -> Kind {
    match (table, column) {
        ("absences", "from" | "to") => Kind::Moment,
        ("travel", "from" | "to") => Kind::Place,
        (_, "date" | "valid_from" | "valid_to" | "granted_on") => Kind::Date,
        (_, "start" | "end" | "from" | "to") => Kind::Time,
        (_, "weekly_minutes" | "weekly_minutes_max" | "relief_minutes_max" | "minutes") => Kind::Minutes,
        (_, "max_visits") => Kind::Count,
        (_, "split") => Kind::Split,
        (_, "municipal" | "relief_trained" | "complex_needs" | "adult" | "protected_address" | "stay_tried") => {
            Kind::YesNo
        }
        (_, "lat" | "lon" | "start_lat" | "start_lon") => Kind::Degrees,
        (_, "municipalities" | "avoid_staff") => Kind::List,
        _ => Kind::Word,
    }
}

fn iso(cell: &str) -> Option<NaiveDate> {
    cell.get(..10)?.parse().ok()
}

impl Manner {
    pub fn new((table, column): (&str, &str), cells: &[&str], dice: &mut Dice) -> Self {
        let kind = kind(table, column);
        let late = cells.iter().filter_map(|cell| iso(cell)).any(|date| date.day() > 12);
        let filled = cells.iter().all(|cell| !cell.is_empty()) && cells.contains(&"yes");
        Manner { american: late && dice.below(6) == 0, comma: dice.flip(), crosses: filled && dice.below(4) == 0, kind }
    }

    /// The cell in other words.
    pub fn spell(&self, column: &str, cell: &str, dice: &mut Dice) -> String {
        if cell.is_empty() {
            return String::new();
        }
        match self.kind {
            Kind::Date => self.date(cell, dice),
            Kind::Moment => self.moment(cell, dice),
            Kind::Time => time(cell, dice),
            Kind::Minutes => self.minutes(cell, dice),
            Kind::Count => dice.pick(&[cell, &format!("{cell},0"), &format!("{cell}.00")]).to_owned(),
            Kind::Split => split(cell, dice),
            Kind::YesNo => self.yes_no(cell, dice),
            Kind::Degrees if self.comma => cell.replace('.', ","),
            Kind::Degrees => cell.to_owned(),
            Kind::List => cell.replace(' ', dice.pick(&[" ", ", ", ",", "; ", " | "])),
            Kind::Place => place(cell, dice),
            Kind::Word => word(column, cell, dice),
        }
    }

    fn date(&self, cell: &str, dice: &mut Dice) -> String {
        let Some(date) = iso(cell) else { return word("day", cell, dice) };
        let (d, m, y) = (date.day(), date.month(), date.year());
        if self.american {
            return format!("{m}/{d}/{y}");
        }
        let month = MONTHS[date.month0() as usize];
        dice.pick(&[
            cell,
            &format!("{d:02}-{m:02}-{y}"),
            &format!("{d}.{m}.{y}"),
            &format!("{d}/{m}-{y}"),
            &format!("{d}/{m} {y}"),
            &format!("{d:02}-{m:02}-{:02}", y % 100),
            &format!("{y}/{m}/{d}"),
            &format!("{d}. {month} {y}"),
            &format!("{d:02}-{m:02}-{y} 00:00:00"),
        ])
        .to_owned()
    }

    fn moment(&self, cell: &str, dice: &mut Dice) -> String {
        let Some((date, clock)) = cell.split_once('T') else {
            // Beside moments a midnight is one too.
            return self.date(cell, dice).trim_end_matches(" 00:00:00").to_owned();
        };
        let date = iso(date).expect("a date");
        if self.american {
            // Only what is written so shows that the month is first.
            return format!("{} {clock}", date.format("%m/%d/%Y"));
        }
        let date = date.format("%d-%m-%Y");
        dice.pick(&[cell, &format!("{date} {clock}"), &format!("{date} kl. {}", clock.replace(':', "."))]).to_owned()
    }

    fn minutes(&self, cell: &str, dice: &mut Dice) -> String {
        let minutes: u32 = cell.parse().expect("minutes");
        let (hours, rest) = (minutes / 60, minutes % 60);
        let decimal = if self.comma { ',' } else { '.' };
        let mut forms = vec![
            cell.to_owned(),
            format!("{hours}:{rest:02}"),
            format!("{minutes} min."),
            format!("{hours} t {rest} min"),
        ];
        if rest % 30 == 0 {
            forms.push(format!("{hours}{decimal}{} t", if rest == 30 { 5 } else { 0 }));
        }
        forms.swap_remove(dice.below(forms.len()))
    }

    fn yes_no(&self, cell: &str, dice: &mut Dice) -> String {
        match (cell, self.crosses) {
            ("yes", true) => "x",
            (_, true) => "",
            ("yes", false) => dice.pick(&["yes", "Ja", "ja", "1", "SAND", "J"]),
            (_, false) => dice.pick(&["no", "Nej", "nej", "0", "falsk", "n"]),
        }
        .to_owned()
    }
}

fn time(cell: &str, dice: &mut Dice) -> String {
    let (hours, minutes) = cell.split_once(':').expect("a time");
    let short = hours.trim_start_matches('0');
    let short = if short.is_empty() { "0" } else { short };
    let mut forms = vec![
        cell.to_owned(),
        format!("{short}:{minutes}"),
        format!("{hours}.{minutes}"),
        format!("{hours}{minutes}"),
        format!("kl. {short}.{minutes}"),
        format!("{cell}:00"),
    ];
    if minutes == "00" {
        forms.push(short.to_owned());
    }
    forms.swap_remove(dice.below(forms.len()))
}

fn split(cell: &str, dice: &mut Dice) -> String {
    let parts: Vec<&str> = cell.split('+').collect();
    let equal = parts.iter().all(|part| *part == parts[0]);
    match dice.below(3) {
        0 if equal => format!("{} x {}", parts.len(), parts[0]),
        1 => parts.join(" + "),
        _ => cell.to_owned(),
    }
}

fn place(cell: &str, dice: &mut Dice) -> String {
    let (kind, id) = cell.split_once(':').expect("a place");
    let danish = match kind {
        "client" => "Borger",
        "staff" => "Medarbejder",
        _ => "Booking",
    };
    dice.pick(&[cell, &format!("{danish}:{id}"), &format!("{danish}: {id}")]).to_owned()
}

fn word(column: &str, cell: &str, dice: &mut Dice) -> String {
    match names::words(column, cell) {
        [] => cell.to_owned(),
        words if dice.flip() => dice.pick(words).to_owned(),
        _ => cell.to_owned(),
    }
}
