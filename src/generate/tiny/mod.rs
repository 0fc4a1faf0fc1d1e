//! Weeks so small that every plan can be listed, with every rule switched on and off at random.
//!
//! A solver that agrees with brute force on thousands of these has met every rule in company with every other.

mod demand;
mod people;
mod policy;
mod size;
mod work;

use super::dice::{Dice, Percent};
use super::rows::Rows;
use crate::calendar::IsoWeek;
use crate::policy::Policy;
use crate::tables::Tables;
use crate::units::Day;

/// No tiny week has more plans than that, however its grants' visits are put together.
pub const MOST_PLANS: u64 = 60_000;
/// At least so many plans has the week of an odd seed, an even one and every sixteenth: most weeks must leave a
/// choice to test anything, and some may be as empty as they happen to be.
const FEWEST_PLANS: [u64; 3] = [60, 1_000, 0];

/// What the rows of a tiny week may do to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manners {
    /// Bookings and pins lie inside shifts and do not overlap; splits add up to the grant.
    Plain,
    /// Bookings may overlap or lie outside shifts, pins lie anywhere, splits come up short or too long.
    Odd,
}

/// The tiny week of a seed: 1–3 clients, 1–4 grants, 1–3 carers, 1–4 shifts, at most [`MOST_PLANS`] plans.
///
/// It loads without errors; warnings are likely.
pub fn tiny(seed: u64, manners: Manners) -> Tables {
    let stream = |attempt: u64| attempt * 2 + u64::from(manners == Manners::Odd);
    (0..)
        .map(|attempt| Setting::throw(Dice::new(seed, stream(attempt)), manners).into_tables())
        .find(|week| is_fit(size::plans_at_most(week), seed))
        .expect("some throw is small enough")
}

fn is_fit(plans: u64, seed: u64) -> bool {
    let [of_odd, of_even, of_few] = FEWEST_PLANS;
    let fewest = match seed % 16 {
        0 => of_few,
        rest if rest % 2 == 0 => of_even,
        _ => of_odd,
    };
    (fewest..=MOST_PLANS).contains(&plans)
}

/// A tiny week in the making.
struct Setting {
    week: IsoWeek,
    /// The days on which anything happens.
    days: Vec<Day>,
    manners: Manners,
    policy: Policy,
    rows: Rows,
    dice: Dice,
}

/// An ordinary week, and weeks with holidays: Easter, New Year, Ascension Day and the last Store bededag.
const WEEKS: [(i32, u32); 6] = [(2026, 48), (2026, 48), (2026, 14), (2026, 53), (2026, 20), (2023, 18)];

impl Setting {
    fn throw(mut dice: Dice, manners: Manners) -> Self {
        let (year, number) = dice.pick(&WEEKS);
        let pool: Vec<Day> = if dice.chance(Percent(12)) { Day::all().collect() } else { (0..5).map(Day).collect() };
        let count = dice.pick(&[1, 2, 2, 3]);
        let days = dice.some(&pool, count);
        let policy = policy::throw(&mut dice);
        let week = IsoWeek::new(year, number).expect("these weeks exist");
        Setting { week, days, manners, policy, rows: Rows::default(), dice }
    }

    fn into_tables(mut self) -> Tables {
        people::throw(&mut self);
        work::throw_shifts(&mut self);
        demand::throw(&mut self);
        work::throw_bookings(&mut self);
        work::throw_pins(&mut self);
        work::throw_travel(&mut self);
        self.rows.into_tables(self.week, self.policy)
    }

    fn chance(&mut self, share: u32) -> bool {
        self.dice.chance(Percent(share))
    }

    fn day(&mut self) -> Day {
        self.dice.pick(&self.days)
    }
}
