//! Week folders with odd grants, wishes, absences, pins, caps, ways and policies strewn in.

use std::path::{Path, PathBuf};

use super::random::Random;
use super::settings::{MUNICIPALITY, POLICY};
use super::table::Table;

/// A week folder of its own, gone when this is dropped.
pub struct Shaken {
    _folder: tempfile::TempDir,
    pub week: PathBuf,
}

/// Same week and seed, same folder.
pub fn shaken(week: &Path, seed: u64) -> Shaken {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let copy = folder.path().join(week.file_name().expect("a week's name"));
    std::fs::create_dir(&copy).expect("it can be made");
    for entry in week.read_dir().expect("a folder") {
        let from = entry.expect("an entry").path();
        std::fs::copy(&from, copy.join(from.file_name().expect("a name"))).expect("it can be copied");
    }
    let mut shaker = Shaker { random: Random::new(seed ^ 0x5AFE), dates: dates(&copy), week: copy.clone() };
    shaker.shake();
    Shaken { _folder: folder, week: copy }
}

fn dates(week: &Path) -> Vec<String> {
    let name = week.file_name().and_then(|name| name.to_str()).expect("a week's name");
    let week: pusterum::calendar::IsoWeek = name.parse().expect("a week");
    (-1..8).map(|day| (week.monday() + chrono::Duration::days(day)).to_string()).collect()
}

struct Shaker {
    random: Random,
    /// From the Sunday before the week to the Monday after it.
    dates: Vec<String>,
    week: PathBuf,
}

impl Shaker {
    fn shake(&mut self) {
        self.grants();
        self.clients();
        self.people();
        self.bookings();
        self.wishes();
        self.absences();
        self.pins();
        self.travel();
        self.closing_days();
        self.policy();
    }

    fn grants(&mut self) {
        let mut grants = self.table("grants", "");
        for row in 0..grants.rows.len() {
            if self.random.one_in(3) {
                let service = self.random.pick(&["relief", "urgent_relief", "practical_relief"]);
                grants.set(row, "service", service);
            }
            if self.random.one_in(4) {
                let split = self.random.pick(&["60+60", "45+75", "90", "120+60+60", ""]);
                grants.set(row, "split", split);
            }
            if self.random.one_in(4) {
                grants.set(row, "weekly_minutes", self.random.pick(&["45", "60", "150", "200", "240"]));
                grants.set(row, "max_visits", self.random.pick(&["1", "2", "3"]));
            }
            if self.random.one_in(8) {
                let (from, to) = (self.date(), self.date());
                grants.set(row, "valid_from", from.clone().min(to.clone()).as_str());
                grants.set(row, "valid_to", from.max(to).as_str());
            }
            if self.random.one_in(6) {
                grants.set(row, "stay_tried", self.random.pick(&["", "no"]));
            }
        }
        grants.write();
    }

    fn clients(&mut self) {
        let mut clients = self.table("clients", "");
        let (staff, providers) = (self.ids("staff"), self.ids("providers"));
        for row in 0..clients.rows.len() {
            if self.random.one_in(3) {
                clients.set(row, "home_care_provider", "");
                let chosen = if self.random.one_in(2) { self.pick(&providers) } else { String::new() };
                clients.set(row, "chosen_provider", &chosen);
            }
            if self.random.one_in(5) {
                let avoided = format!("{} {}", self.pick(&staff), self.pick(&staff));
                clients.set(row, "avoid_staff", &avoided);
                clients.set(row, "complex_needs", self.random.pick(&["yes", "no"]));
                clients.set(row, "adult", self.random.pick(&["yes", "no", ""]));
            }
        }
        clients.write();
    }

    fn people(&mut self) {
        let mut staff = self.table("staff", "");
        for row in 0..staff.rows.len() {
            if self.random.one_in(3) {
                staff.set(row, "relief_minutes_max", self.random.pick(&["", "0", "120", "300"]));
                staff.set(row, "qualification", self.random.pick(&["untrained", "helper", "nurse"]));
                staff.set(row, "transport", self.random.pick(&["car", "bike", "walk"]));
            }
        }
        staff.write();
        let mut providers = self.table("providers", "");
        for row in 0..providers.rows.len() {
            if self.random.one_in(2) {
                providers.set(row, "weekly_minutes_max", self.random.pick(&["", "600", "1500"]));
            }
        }
        providers.write();
    }

    /// Many at clients' homes, so that they can be absorbed; some in the way of each other.
    fn bookings(&mut self) {
        let mut bookings = self.table("bookings", "booking_id;staff_id;date;start;end;client_id;lat;lon;task");
        let (staff, clients) = (self.ids("staff"), self.ids("clients"));
        for i in 0..40 {
            let (from, to) = self.times();
            let (lat, lon) = self.random.pick(&[("", ""), ("", ""), ("55.7", "12.3")]);
            let task = self.random.pick(&["care", "practical", "break", "meeting"]);
            let client = if self.random.one_in(4) { String::new() } else { self.pick(&clients) };
            let row = [format!("NEW{i}"), self.pick(&staff), self.date(), from, to, client];
            bookings.add(["booking_id", "staff_id", "date", "start", "end", "client_id"], row);
            bookings.set(bookings.rows.len() - 1, "lat", lat);
            bookings.set(bookings.rows.len() - 1, "lon", lon);
            bookings.set(bookings.rows.len() - 1, "task", task);
        }
        bookings.write();
    }

    fn wishes(&mut self) {
        let mut wishes = self.table("wishes", "grant_id;day;from;to;wish");
        let grants = self.ids("grants");
        for _ in 0..grants.len() {
            let weekday = self.random.pick(&["mon", "tue", "wed", "thu", "fri", "sat", "sun"]).to_owned();
            let day = if self.random.one_in(3) { self.date() } else { weekday };
            let (from, to) = self.times();
            let kind = self.random.pick(&["possible", "preferred", "agreed", "agreed", "impossible"]);
            let row = [self.pick(&grants), day, from, to, kind.to_owned()];
            wishes.add(["grant_id", "day", "from", "to", "wish"], row);
        }
        wishes.write();
    }

    fn absences(&mut self) {
        let mut absences = self.table("absences", "subject;id;from;to;reason");
        let (staff, clients) = (self.ids("staff"), self.ids("clients"));
        for _ in 0..20 {
            let client = self.random.one_in(2);
            let subject = if client { "client" } else { "staff" };
            let id = self.pick(if client { &clients } else { &staff });
            let (mut from, mut to) = (self.date(), self.date());
            if from > to {
                std::mem::swap(&mut from, &mut to);
            }
            if self.random.one_in(2) {
                let (start, end) = self.times();
                (from, to) = (format!("{from}T{start}"), format!("{to}T{end}"));
            } else if self.random.one_in(4) {
                to.clear();
            }
            let reasons = ["hospital", "respite_stay", "short_term_stay", "day_centre", "sick", "other"];
            let row = [subject.to_owned(), id, from, to, self.random.pick(&reasons).to_owned()];
            absences.add(["subject", "id", "from", "to", "reason"], row);
        }
        absences.write();
    }

    /// One pin a carer at the most, so that none overlap, and none for carers who have pins.
    fn pins(&mut self) {
        let mut pins = self.table("pins", "grant_id;date;start;end;staff_id");
        let taken: Vec<String> = pins.column("staff_id");
        let (staff, grants) = (self.ids("staff"), self.ids("grants"));
        for carer in staff {
            if taken.contains(&carer) || !self.random.one_in(3) {
                continue;
            }
            let (from, to) = self.times();
            let row = [self.pick(&grants), self.date(), from, to, carer];
            pins.add(["grant_id", "date", "start", "end", "staff_id"], row);
        }
        pins.write();
    }

    fn travel(&mut self) {
        let mut travel = self.table("travel", "from;to;transport;minutes");
        let (staff, clients) = (self.ids("staff"), self.ids("clients"));
        let known: Vec<[String; 3]> = travel.rows.iter().map(|row| [0, 1, 2].map(|i| row[i].clone())).collect();
        let mut new: Vec<[String; 3]> = Vec::new();
        for _ in 0..200 {
            let mut place = || match self.random.below(3) {
                0 => format!("staff:{}", staff[self.random.below(staff.len() as u64) as usize]),
                1 => format!("client:{}", clients[self.random.below(clients.len() as u64) as usize]),
                _ => format!("booking:NEW{}", self.random.below(40)),
            };
            let (from, to) = (place(), place());
            let key = [from, to, self.random.pick(&["car", "bike", "walk"]).to_owned()];
            if !known.contains(&key) && !new.contains(&key) {
                let [from, to, transport] = key.clone();
                let minutes = self.random.pick(&["0", "1", "17", "40"]).to_owned();
                travel.add(["from", "to", "transport", "minutes"], [from, to, transport, minutes]);
                new.push(key);
            }
        }
        travel.write();
    }

    fn closing_days(&mut self) {
        let mut days = self.table("closing_days", "municipality;date;reason");
        if self.random.one_in(2) {
            let town = self.random.pick(&["Ballerup", "Køge", "Umbria"]).to_owned();
            let row = [town, self.date()];
            days.add(["municipality", "date"], row);
        }
        days.write();
    }

    fn policy(&mut self) {
        let mut lines: Vec<String> = Vec::new();
        for (section, keys) in POLICY {
            if !section.is_empty() {
                lines.push(format!("[{section}]"));
            }
            for (key, values) in *keys {
                if self.random.one_in(3) {
                    lines.push(format!("{key} = {}", self.random.pick(values)));
                }
            }
        }
        for town in ["Ballerup", "\"Køge\"", "Perugia"] {
            lines.push(format!("[municipality.{town}]"));
            for (key, values) in MUNICIPALITY {
                if self.random.one_in(3) {
                    lines.push(format!("{key} = {}", self.random.pick(values)));
                }
            }
        }
        std::fs::write(self.week.join("policy.toml"), lines.join("\n")).expect("it can be written");
    }

    fn date(&mut self) -> String {
        let dates = self.dates.clone();
        self.pick(&dates)
    }

    /// A start and a later end in the day, mostly in working hours.
    fn times(&mut self) -> (String, String) {
        let from = self.random.pick(&[7, 8, 9, 10, 11, 12, 13, 14, 19]) * 60 + self.random.pick(&[0, 0, 15, 20, 3]);
        let to = from + self.random.pick(&[20, 45, 60, 90, 120, 240]);
        (pusterum::units::clock(pusterum::units::Minutes(from)), pusterum::units::clock(pusterum::units::Minutes(to)))
    }

    fn pick(&mut self, of: &[String]) -> String {
        of[self.random.below(of.len() as u64) as usize].clone()
    }

    /// The first column of a table: its ids.
    fn ids(&self, table: &str) -> Vec<String> {
        self.table(table, "").rows.into_iter().map(|mut row| row.swap_remove(0)).collect()
    }

    /// The table as it stands in the folder, or an empty one with this header.
    fn table(&self, name: &str, header: &str) -> Table {
        Table::read(self.week.join(format!("{name}.csv")), header)
    }
}
