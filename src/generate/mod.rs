//! Made-up weeks for demonstrations, tests and benches; no real person.
//!
//! [`generate()`] makes the week of a [`Spec`], which says how many clients live in which districts and how tight,
//! dense and crowded with exceptions the week is; [`Spec::municipality`] is the spec of any of the 98, and
//! [`country()`] divides the country's clients among them. [`tiny()`] makes weeks so small that every plan can be
//! listed, with the rules thrown at random. The same spec or seed gives the same week on every machine: the random numbers
//! are ChaCha8 and every mapping of them stands here.

mod absences;
mod bookings;
mod caps;
mod clients;
mod country;
mod dice;
mod grants;
mod history;
mod municipalities;
mod names;
mod pins;
mod places;
mod presets;
mod rows;
mod shifts;
mod site;
mod spec;
mod staff;
mod tiny;
mod towns;
mod travel;
mod wishes;

use crate::tables::Tables;
use rows::Rows;
use site::{Crew, Site};

pub use country::{CLIENTS_OF_THE_COUNTRY, country};
pub use dice::Percent;
pub use municipalities::Municipality;
pub use places::{BALLERUP, KOEGE, Postcode};
pub use presets::long_days;
pub use spec::{Bookings, Capacity, Caps, Closing, District, Names, Services, Shares, Spec, Standard, Visits};
pub use tiny::{MOST_PLANS, Manners, tiny};

/// The week of a spec.
pub fn generate(spec: &Spec) -> Tables {
    let mut policy = spec.policy.clone();
    let mut week = Rows::default();
    for (index, district) in spec.districts.iter().enumerate() {
        let rules = district.rules(&policy);
        if *policy.of(&district.municipality) != rules {
            policy.municipalities.insert(district.municipality.clone(), rules.clone());
        }
        week.append(district_rows(&Site { spec, district, rules, index }));
    }
    week.into_tables(spec.week, policy)
}

/// The sample week that comes with the repository, `fixtures/sample`.
pub fn sample() -> Tables {
    generate(&Spec::sample())
}

fn district_rows(site: &Site<'_>) -> Rows {
    let mut rows =
        Rows { providers: staff::providers(site), closing_days: absences::closing_days(site), ..Rows::default() };
    rows.staff = staff::staff(site, &rows.providers);
    rows.shifts = shifts::shifts(site, &rows.staff);
    let crew = Crew::new(&rows.staff, &rows.shifts);
    rows.clients = clients::clients(site, &crew);
    rows.bookings = bookings::bookings(site, &crew, &rows.shifts, &rows.clients);
    rows.history = history::history(site, &crew, &rows.clients);
    rows.grants = grants::grants(site, &rows.clients);
    rows.wishes = wishes::wishes(site, &rows.grants);
    rows.absences = absences::absences(site, (&rows.staff, &rows.shifts), &rows.clients);
    rows.travel = travel::travel(site, site.share_of(site.spec.travel_overrides), (&rows.staff, &rows.clients));
    rows.pins = pins::pins(site, site.share_of(site.spec.pins), &rows);
    caps::cap_staff(site, &mut rows.staff);
    caps::cap_providers(site, &mut rows.providers, &rows.clients, &rows.grants);
    rows
}
