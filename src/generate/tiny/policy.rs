//! Policies at random: every rule on in some weeks and off in others.

use crate::generate::dice::{Dice, Percent};
use crate::generate::rows::time;
use crate::policy::{BreakPolicy, MunicipalityPolicy, Policy, Qualification, TravelPolicy, Weights};
use crate::units::{Minutes, Points};

/// The municipalities of tiny weeks: two with tables and one that has none.
pub(super) const MUNICIPALITIES: [&str; 3] = ["Ballerup", "Køge", "Tabelløse"];

pub(super) fn throw(dice: &mut Dice) -> Policy {
    let built_in = Policy::default();
    let mut table = |name: &&str| ((*name).to_owned(), municipality(built_in.of(name), dice));
    let municipalities = MUNICIPALITIES[..2].iter().map(&mut table).collect();
    Policy {
        start_grid: dice.pick(&[Minutes(30), Minutes(30), Minutes(45), Minutes(60)]),
        familiar_days: dice.pick(&[0, 7, 84, 84]),
        pause: pause(dice),
        travel: travel(&built_in.travel, dice),
        weights: weights(dice),
        municipalities,
        fallback: built_in.fallback.clone(),
    }
}

fn pause(dice: &mut Dice) -> BreakPolicy {
    BreakPolicy {
        minutes: dice.pick(&[Minutes(0), Minutes(0), Minutes(20), Minutes(30), Minutes(45)]),
        from: dice.pick(&[time(9, 0), time(10, 0), time(10, 30)]),
        to: dice.pick(&[time(11, 30), time(12, 0), time(12, 30)]),
        shift_minutes_min: dice.pick(&[Minutes(0), Minutes(150), Minutes(240)]),
    }
}

fn travel(built_in: &TravelPolicy, dice: &mut Dice) -> TravelPolicy {
    let overhead = dice.pick(&[Minutes(0), Minutes(3), Minutes(3), Minutes(10)]);
    TravelPolicy { overhead, car_kmh: dice.pick(&[35.0, 35.0, 20.0]), ..built_in.clone() }
}

fn weights(dice: &mut Dice) -> Weights {
    let mut points = |choices: &[i64]| Points(dice.pick(choices));
    Weights {
        unmet_high: points(&[40, 40, 5, 1]),
        unmet_medium: points(&[20, 20, 3, 0]),
        unmet_low: points(&[10, 10, 2, 0]),
        seniority: points(&[9, 9, 0, 30]),
        new_carer: points(&[20, 20, 0, 300]),
        extra_carer: points(&[30, 30, 0, 500]),
        not_preferred: points(&[15, 15, 0, 400]),
        travel_minute: points(&[1, 1, 0, 8]),
        absorbed_minute: points(&[1, 1, 0, 6]),
        changed: points(&[25, 0, 100]),
    }
}

/// A table that lets visits be no longer than two hours, three days a week at the most.
fn municipality(built_in: &MunicipalityPolicy, dice: &mut Dice) -> MunicipalityPolicy {
    let numbers = numbers(built_in, dice);
    let mut at = |share: u32| dice.chance(Percent(share));
    MunicipalityPolicy {
        cap_to_standard: at(35),
        requires_agreement: at(25),
        requires_stay_tried: at(30),
        municipal_only: at(20),
        absorb_tasks: at(75),
        adults_only: at(30),
        days: [true, true, true, true, at(85), at(20), at(20)],
        ..numbers
    }
}

fn numbers(built_in: &MunicipalityPolicy, dice: &mut Dice) -> MunicipalityPolicy {
    let all = [Qualification::Untrained, Qualification::Helper, Qualification::Assistant, Qualification::Nurse];
    MunicipalityPolicy {
        weekly_minutes_max: dice.pick(&[Minutes(60), Minutes(90), Minutes(120), Minutes(180)]),
        weekly_minutes_min: dice.pick(&[Minutes(0), Minutes(60)]),
        max_visits: dice.pick(&[1, 2, 2]),
        day_from: dice.pick(&[time(8, 0), time(8, 0), time(8, 20), time(9, 0)]),
        day_to: dice.pick(&[time(11, 0), time(12, 30), time(14, 0), time(24, 0)]),
        visit_minutes_min: dice.pick(&[Minutes(30), Minutes(45), Minutes(60), Minutes(60)]),
        visit_minutes_step: dice.pick(&[Minutes(30), Minutes(30), Minutes(45), Minutes(60)]),
        min_days_between: dice.pick(&[1, 1, 2]),
        complex_qualifications: all[dice.pick(&[1, 2, 2, 3])..].to_vec(),
        relief_qualifications: all[dice.pick(&[0, 0, 1, 2])..].to_vec(),
        ..built_in.clone()
    }
}
