//! One to three of each: providers, carers and clients.

use super::Setting;
use super::policy::MUNICIPALITIES;
use crate::generate::places::degrees;
use crate::policy::Qualification;
use crate::tables::{ClientRow, Coordinates, ProviderRow, StaffRow, Transport};
use crate::units::Minutes;

const CAPS: [Minutes; 4] = [Minutes(60), Minutes(90), Minutes(120), Minutes(180)];

pub(super) fn throw(setting: &mut Setting) {
    let (providers, carers, clients) =
        (setting.dice.between(1, 3), setting.dice.between(1, 3), setting.dice.between(1, 3));
    // Most tiny weeks have one municipality, or few carers would be approved for anybody.
    let municipalities =
        setting.dice.weighted(&[(&MUNICIPALITIES[..1], 6), (&MUNICIPALITIES[..2], 2), (&MUNICIPALITIES[..], 2)]);
    for nth in 0..providers {
        let row = provider(setting, nth, municipalities);
        setting.rows.providers.push(row);
    }
    for nth in 0..carers {
        let row = carer(setting, nth);
        setting.rows.staff.push(row);
    }
    for nth in 0..clients {
        let row = client(setting, nth, municipalities);
        setting.rows.clients.push(row);
    }
}

fn provider(setting: &mut Setting, nth: i32, municipalities: &[&str]) -> ProviderRow {
    let count = if setting.chance(70) { municipalities.len() } else { 1 };
    let approved = setting.dice.some(municipalities, count);
    ProviderRow {
        provider_id: format!("P{nth}"),
        name: None,
        municipalities: approved.into_iter().map(str::to_owned).collect(),
        municipal: setting.chance(60),
        weekly_minutes_max: cap(setting, 22),
    }
}

fn carer(setting: &mut Setting, nth: i32) -> StaffRow {
    let providers: Vec<String> = setting.rows.providers.iter().map(|p| p.provider_id.clone()).collect();
    let qualifications =
        [Qualification::Untrained, Qualification::Helper, Qualification::Assistant, Qualification::Nurse];
    StaffRow {
        staff_id: format!("S{nth}"),
        name: None,
        provider_id: setting.dice.pick(&providers),
        qualification: setting.dice.pick(&qualifications),
        relief_trained: setting.chance(88),
        relief_minutes_max: cap(setting, 18),
        transport: setting.dice.weighted(&[(Transport::Car, 6), (Transport::Bike, 3), (Transport::Walk, 1)]),
        start: spot(setting),
    }
}

fn client(setting: &mut Setting, nth: i32, municipalities: &[&str]) -> ClientRow {
    let avoided: Vec<String> = setting.rows.staff.iter().map(|s| s.staff_id.clone()).collect();
    let avoid = usize::from(setting.chance(14));
    ClientRow {
        client_id: format!("C{nth}"),
        name: None,
        address: None,
        protected_address: false,
        municipality: setting.dice.pick(municipalities).to_owned(),
        home: spot(setting),
        home_care_provider: provider_of(setting, 25),
        chosen_provider: provider_of(setting, 22),
        complex_needs: setting.chance(20),
        avoid_staff: setting.dice.some(&avoided, avoid),
        adult: setting.chance(92),
    }
}

fn provider_of(setting: &mut Setting, share: u32) -> Option<String> {
    let providers: Vec<String> = setting.rows.providers.iter().map(|p| p.provider_id.clone()).collect();
    setting.chance(share).then(|| setting.dice.pick(&providers))
}

fn cap(setting: &mut Setting, share: u32) -> Option<Minutes> {
    setting.chance(share).then(|| setting.dice.pick(&CAPS))
}

/// A place on a grid of some hundred metres: two people may live in the same house.
pub(super) fn spot(setting: &mut Setting) -> Coordinates {
    degrees(5_573_330 + 300 * setting.dice.between(-3, 3), 1_235_660 + 500 * setting.dice.between(-3, 3))
}
