//! A small week in a temporary folder, and variants of it.

use std::path::PathBuf;

use pusterum::diagnostic::Diagnostic;
use pusterum::import::{Loaded, load_week};

/// A week folder that goes with its value.
pub struct Week {
    pub folder: PathBuf,
    _place: tempfile::TempDir,
}

const BASE: [(&str, &str); 5] = [
    (
        "providers.csv",
        "provider_id;name;municipalities;municipal;weekly_minutes_max\nP1;Hjemmeplejen;Ballerup Køge;yes;\n",
    ),
    (
        "staff.csv",
        "staff_id;provider_id;qualification;relief_trained;relief_minutes_max;transport;start_lat;start_lon\n\
         S1;P1;assistant;yes;;car;55.7333;12.3566\nS2;P1;nurse;yes;600;bike;55.7333;12.3566\n",
    ),
    ("shifts.csv", "staff_id;date;start;end\nS1;2026-11-23;08:00;15:00\nS2;2026-11-24;08:00;15:00\n"),
    (
        "clients.csv",
        "client_id;municipality;lat;lon;home_care_provider;chosen_provider;complex_needs;avoid_staff;adult\n\
         C1;Ballerup;55.7340;12.3610;P1;;no;;yes\nC2;Køge;55.4624;12.1696;;;yes;;yes\n",
    ),
    (
        "grants.csv",
        "grant_id;client_id;service;weekly_minutes;max_visits;split;valid_from;valid_to;granted_on;need;stay_tried\n\
         G1;C1;relief;120;2;60+60;2026-01-01;;2025-09-01;high;yes\n\
         G2;C2;relief;90;1;;2026-01-01;2026-12-31;2026-03-01;low;yes\n",
    ),
];

impl Week {
    /// Two clients, two carers and a shift for each.
    pub fn base() -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = place.path().join("2026-W48");
        std::fs::create_dir(&folder).expect("the folder can be made");
        let week = Week { folder, _place: place };
        BASE.iter().fold(week, |week, (file, text)| week.with(file, text))
    }

    /// The week with a file put in or replaced.
    pub fn with(self, file: &str, text: &str) -> Self {
        std::fs::write(self.folder.join(file), text).expect("the file can be written");
        self
    }

    pub fn load(&self) -> Result<Loaded, Vec<Diagnostic>> {
        load_week(&self.folder, None)
    }
}
