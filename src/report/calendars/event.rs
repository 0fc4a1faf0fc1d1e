//! One entry of a carer's calendar: a visit, or one that was published and will not be.
//!
//! **What stays the same when a plan changes.** An entry is known by grant, day and carer: a grant has one visit a day,
//! so a visit that is moved to another time of its day, or gets longer, stays the same entry and is updated. One that goes
//! to another day or carer is another entry, and the old one is cancelled: numbering the visits of a week instead would
//! let the second visit take the place of the first one where the first is given up. Only pins can give a grant two
//! visits by one carer on one day; these are counted in the order of their starts.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use sha2::{Digest, Sha256};

use super::ics::Lines;
use crate::units::Minutes;

/// Characters of a fingerprint that tell entries apart with certainty.
const UID_LENGTH: usize = 32;

/// Whether a visit will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Confirmed,
    Cancelled,
}

/// What makes an entry the same one in a changed plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'a> {
    pub carer: &'a str,
    pub date: NaiveDate,
    pub grant: &'a str,
    /// 0 for the first visit of the grant by the carer on that day.
    pub nth: usize,
}

/// An entry of a calendar.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// Times of day on the key's date.
    pub start: Minutes,
    pub end: Minutes,
    pub summary: String,
    pub description: String,
    pub location: Option<String>,
    pub status: Status,
}

impl Key<'_> {
    /// The same for the same entry whatever else changes; it tells nothing of anybody.
    fn uid(&self) -> String {
        let parts = [self.grant, self.carer, &self.date.to_string(), &self.nth.to_string()].join("\u{1f}");
        let hex: String = Sha256::digest(parts).iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}@pusterum", &hex[..UID_LENGTH])
    }
}

impl Event {
    /// Adds the entry as it stands at the moment of writing.
    pub(super) fn write(&self, key: &Key<'_>, now: DateTime<Utc>, lines: &mut Lines) {
        lines.add("BEGIN", "VEVENT");
        lines.add("UID", &key.uid());
        lines.add_moment("DTSTAMP", now);
        lines.add_moment("LAST-MODIFIED", now);
        lines.add("SEQUENCE", &sequence(now).to_string());
        lines.add_local("DTSTART", at(key.date, self.start));
        lines.add_local("DTEND", at(key.date, self.end));
        lines.add_text("SUMMARY", &self.summary);
        lines.add_text("DESCRIPTION", &self.description);
        if let Some(location) = &self.location {
            lines.add_text("LOCATION", location);
        }
        lines.add("CLASS", "PRIVATE");
        let (status, busy) = match self.status {
            Status::Confirmed => ("CONFIRMED", "OPAQUE"),
            Status::Cancelled => ("CANCELLED", "TRANSPARENT"),
        };
        lines.add("STATUS", status);
        lines.add("TRANSP", busy);
        lines.add("END", "VEVENT");
    }
}

/// A later writing has a higher number, though nothing is kept of the earlier ones: the seconds since 2020. As a whole
/// number of the format it lasts until 2088.
fn sequence(now: DateTime<Utc>) -> i64 {
    let begin = Utc.with_ymd_and_hms(2020, 1, 1, 0, 0, 0).single().unwrap_or_default();
    (now - begin).num_seconds().clamp(0, i64::from(i32::MAX))
}

/// The wall-clock time; `24:00` is the midnight after.
fn at(date: NaiveDate, time: Minutes) -> NaiveDateTime {
    let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN);
    let (days, minutes) = (time.0.div_euclid(1440), time.0.rem_euclid(1440));
    let date = date.checked_add_days(Days::new(u64::from(days.unsigned_abs()))).unwrap_or(date);
    midnight(date) + chrono::Duration::minutes(i64::from(minutes))
}
