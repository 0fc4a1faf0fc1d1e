//! What a scenario can say. Keys are the columns of the week's files, dates and times are written as there.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScenarioRow {
    pub name: String,
    /// Carers who are not there, with all that is theirs.
    #[serde(default)]
    pub remove_staff: Vec<String>,
    /// Grants that are not there.
    #[serde(default)]
    pub remove_grants: Vec<String>,
    #[serde(default)]
    pub remove_shift: Vec<ShiftName>,
    #[serde(default)]
    pub staff: Vec<StaffToml>,
    #[serde(default)]
    pub shift: Vec<ShiftToml>,
    #[serde(default)]
    pub absence: Vec<AbsenceToml>,
    #[serde(default)]
    pub grant: Vec<GrantToml>,
    #[serde(default)]
    pub wish: Vec<WishToml>,
    /// Tables as in `policy.toml`, laid over those of the week.
    #[serde(default)]
    pub policy: toml::Table,
}

/// The shifts of a carer on a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShiftName {
    pub staff_id: String,
    pub date: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StaffToml {
    pub staff_id: String,
    pub provider_id: String,
    pub qualification: String,
    #[serde(default = "yes")]
    pub relief_trained: bool,
    pub relief_minutes_max: Option<i32>,
    pub transport: String,
    pub start_lat: f64,
    pub start_lon: f64,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShiftToml {
    pub staff_id: String,
    pub date: String,
    pub start: String,
    pub end: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AbsenceToml {
    pub staff_id: Option<String>,
    pub client_id: Option<String>,
    pub from: String,
    pub to: Option<String>,
    pub reason: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantToml {
    pub grant_id: String,
    pub client_id: String,
    #[serde(default = "relief")]
    pub service: String,
    pub weekly_minutes: i32,
    pub max_visits: u32,
    pub need: String,
    pub valid_from: String,
    pub granted_on: String,
}

fn relief() -> String {
    "relief".to_owned()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WishToml {
    pub grant_id: String,
    pub day: String,
    pub from: String,
    pub to: String,
    pub wish: String,
}
