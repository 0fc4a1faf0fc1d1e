//! What could be delivered to a grant if nothing else were planned, and every place for a single visit.
//!
//! It tells minutes that nobody could have delivered from minutes that went to others. Pins and bookings are kept; a
//! visit stands alone in its shift, with travel and break. A grant's visits go together as its patterns of lengths
//! and days allow, all by one provider, within what pins leave of the caps. One simplification: a carer's cap is
//! asked of each visit, not of two visits by the same carer together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::day::{Choice, Context, Pause, ShiftDay};
use crate::ids::{CarerId, GrantId, ProviderId, ShiftId};
use crate::problem::{Problem, Visit};
use crate::rules::{GrantRules, Rulebook};
use crate::units::{Day, Minutes, Moment, Points, Span};

/// The lengths of visits that are possible on each day, whoever of a provider comes.
type Options = [BTreeSet<Minutes>; 7];

/// For each of these grants the most minutes of new visits, beside its pins, that could be delivered to it alone.
pub fn possible_alone(problem: &Problem, book: &Rulebook, grants: &[GrantId]) -> BTreeMap<GrantId, Minutes> {
    let mut options: BTreeMap<(GrantId, ProviderId), Options> = BTreeMap::new();
    for (grant, provider, day, length) in possible_visits(problem, book, grants) {
        options.entry((grant, provider)).or_default()[usize::from(day.0)].insert(length);
    }
    let mut most: BTreeMap<GrantId, Minutes> = grants.iter().map(|grant| (*grant, Minutes(0))).collect();
    for ((grant, provider), options) in &options {
        let apart = problem.standard(*grant).min_days_between as usize;
        let left = left_of_provider(problem, *provider);
        let minutes = most_minutes(&book.grants[*grant], options, (apart, left));
        most.entry(*grant).and_modify(|known| *known = minutes.max(*known));
    }
    most
}

/// Every visit of these grants that fits into some shift alone, as far as provider, day and length go.
fn possible_visits(
    problem: &Problem,
    book: &Rulebook,
    grants: &[GrantId],
) -> BTreeSet<(GrantId, ProviderId, Day, Minutes)> {
    let mut of_carer: HashMap<CarerId, Vec<GrantId>> = HashMap::new();
    for grant in grants {
        for carer in &book.grants[*grant].carers {
            of_carer.entry(*carer).or_default().push(*grant);
        }
    }
    let published = HashMap::new();
    let context = Context { problem, book, published: &published };
    let shifts: Vec<ShiftId> = problem.shifts.ids().collect();
    let in_shift = |shift: ShiftId| {
        let carer = problem.shifts[shift].carer;
        let day = of_carer.get(&carer).map(|grants| ShiftDay::new(&context, shift, grants));
        day.map(|day| fitting(problem, &day, left_of_carer(problem, carer))).unwrap_or_default()
    };
    shifts.into_par_iter().flat_map_iter(in_shift).collect()
}

/// The visits that fit into a shift alone, none longer than the carer's cap leaves.
fn fitting(problem: &Problem, day: &ShiftDay, longest: Minutes) -> Vec<(GrantId, ProviderId, Day, Minutes)> {
    let provider = problem.carers[day.carer].provider;
    let fits = day.choices.iter().filter(|choice| choice.length <= longest.0 && fits_alone(day, choice));
    let visit = |choice: &Choice| {
        let grant = day.kinds[choice.kind as usize].grant;
        (grant, provider, day.day, Minutes(choice.length))
    };
    fits.map(visit).collect()
}

/// A visit that fits into a shift alone, beside what is fixed there.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// As early as it can be.
    pub visit: Visit,
    /// Every start of the grid up to this one will do, for the same points.
    pub latest_start: Moment,
    /// The points of the visit with its travel; whether it brings a further carer is not asked.
    pub points: Points,
}

/// Every place for one visit of a grant beside bookings and pins, none longer than the carer's cap leaves.
pub fn places(problem: &Problem, book: &Rulebook, grant: GrantId) -> Vec<Place> {
    let published = HashMap::new();
    let context = Context { problem, book, published: &published };
    let carers = &book.grants[grant].carers;
    let shifts: Vec<ShiftId> =
        problem.shifts.iter().filter(|(_, shift)| carers.contains(&shift.carer)).map(|(id, _)| id).collect();
    let in_shift = |shift: ShiftId| {
        let day = ShiftDay::new(&context, shift, &[grant]);
        let longest =
            left_of_carer(problem, day.carer).min(left_of_provider(problem, problem.carers[day.carer].provider));
        let fitting = day.choices.iter().filter(|choice| choice.length <= longest.0);
        fitting.flat_map(|choice| places_of(&day, choice)).collect::<Vec<Place>>()
    };
    shifts.into_par_iter().flat_map_iter(in_shift).collect()
}

/// The runs of starts at which a choice fits, each as one place.
fn places_of(day: &ShiftDay, choice: &Choice) -> Vec<Place> {
    let next = |start: i32| day.start_from(choice, start + 1);
    let starts = std::iter::successors(Some(choice.first), |start| next(*start));
    let fits: Vec<(i32, bool)> = starts.map(|start| (start, fits_at(day, choice, start))).collect();
    let runs = fits.chunk_by(|a, b| a.1 == b.1).filter(|run| run[0].1);
    runs.map(|run| place(day, choice, (run[0].0, run[run.len() - 1].0))).collect()
}

fn place(day: &ShiftDay, choice: &Choice, (first, last): (i32, i32)) -> Place {
    let (before, after) = (day.gaps[usize::from(choice.gap)], day.gaps[usize::from(choice.next_gap)]);
    let passed = &day.gaps[usize::from(choice.gap)..=usize::from(choice.next_gap)];
    let instead: i32 = passed.iter().map(|gap| day.leg(gap.before, gap.after)).sum();
    let detour = day.leg(before.before, choice.node) + day.leg(choice.node, after.after) - instead;
    let span = Span::new(Moment(first), Moment(first + choice.length));
    Place {
        visit: Visit { grant: day.kinds[choice.kind as usize].grant, carer: day.carer, span },
        latest_start: Moment(last),
        points: Points(choice.cost + i64::from(detour) * day.travel_minute),
    }
}

/// Whether the visit can start exactly then: the way there and on, and the break (H11, H12).
fn fits_at(day: &ShiftDay, choice: &Choice, start: i32) -> bool {
    let (before, after) = (day.gaps[usize::from(choice.gap)], day.gaps[usize::from(choice.next_gap)]);
    let (way, onward) = (day.leg(before.before, choice.node), day.leg(choice.node, after.after));
    let end = start + choice.length;
    if start < before.opens + way || end + onward > after.closes {
        return false;
    }
    day.pause.is_none_or(|pause| {
        breaks_elsewhere(day, choice, pause)
            || pause.fits(before.opens, way, start)
            || pause.fits(end, onward, after.closes)
    })
}

/// Whether a gap that the visit leaves as it is has room for the break.
fn breaks_elsewhere(day: &ShiftDay, choice: &Choice, pause: Pause) -> bool {
    day.gaps.iter().enumerate().any(|(at, gap)| {
        let untouched = at < usize::from(choice.gap) || at > usize::from(choice.next_gap);
        untouched && pause.fits(gap.opens, day.leg(gap.before, gap.after), gap.closes)
    })
}

/// Whether the carer gets there from the fixed stop before, on to the one after, and has the break (H11, H12).
fn fits_alone(day: &ShiftDay, choice: &Choice) -> bool {
    let (before, after) = (day.gaps[usize::from(choice.gap)], day.gaps[usize::from(choice.next_gap)]);
    let (way, onward) = (day.leg(before.before, choice.node), day.leg(choice.node, after.after));
    let goes_on = |start: &i32| start + choice.length + onward <= after.closes;
    let Some(start) = day.start_from(choice, before.opens + way).filter(goes_on) else { return false };
    let Some(pause) = day.pause else { return true };
    let after_break = || pause.earliest_after(before.opens, way).and_then(|time| day.start_from(choice, time));
    breaks_elsewhere(day, choice, pause)
        || pause.fits(before.opens, way, start)
        || pause.fits(start + choice.length, onward, after.closes)
        || after_break().filter(goes_on).is_some()
}

/// What pins leave of a carer's cap (H13).
fn left_of_carer(problem: &Problem, carer: CarerId) -> Minutes {
    let pinned = problem.pins.iter().filter(|pin| pin.carer == carer).map(|pin| pin.span.length()).sum::<Minutes>();
    problem.carers[carer].relief_minutes_max.map_or(Minutes(i32::MAX), |most| most - pinned)
}

/// What pins leave of a provider's cap (H13).
fn left_of_provider(problem: &Problem, provider: ProviderId) -> Minutes {
    let own = problem.pins.iter().filter(|pin| problem.carers[pin.carer].provider == provider);
    let pinned: Minutes = own.map(|pin| pin.span.length()).sum();
    problem.providers[provider].weekly_minutes_max.map_or(Minutes(i32::MAX), |most| most - pinned)
}

/// The most minutes that a grant's visits can have together: its patterns, or any lengths where they are too many.
fn most_minutes(rules: &GrantRules, options: &Options, (apart, left): (usize, Minutes)) -> Minutes {
    let lengths = &rules.lengths;
    let Some(patterns) = &lengths.patterns else {
        let (visits, minutes) = (lengths.visits, lengths.minutes.min(left));
        return most_of_any(&mut HashMap::new(), (options, apart), (0, visits, minutes));
    };
    let fits = patterns.iter().filter(|p| p.minutes() <= left && can_be_placed(&p.lengths, (options, apart), 0));
    fits.map(|pattern| pattern.minutes()).max().unwrap_or_default()
}

/// Whether all lengths find a day each, far enough apart, from `day` on.
fn can_be_placed(lengths: &[Minutes], (options, apart): (&Options, usize), day: usize) -> bool {
    if lengths.is_empty() {
        return true;
    }
    (day..options.len()).any(|day| {
        let fitting = (0..lengths.len()).filter(|at| options[day].contains(&lengths[*at]));
        fitting.into_iter().any(|at| {
            let rest: Vec<Minutes> = [&lengths[..at], &lengths[at + 1..]].concat();
            can_be_placed(&rest, (options, apart), day + apart)
        })
    })
}

/// The most minutes within so many visits and minutes from a day on, whatever their lengths.
fn most_of_any(
    known: &mut HashMap<(usize, u32, Minutes), Minutes>,
    (options, apart): (&Options, usize),
    (day, visits, minutes): (usize, u32, Minutes),
) -> Minutes {
    if day >= options.len() || visits == 0 {
        return Minutes(0);
    }
    if let Some(most) = known.get(&(day, visits, minutes)) {
        return *most;
    }
    let mut most = most_of_any(known, (options, apart), (day + 1, visits, minutes));
    for length in options[day].iter().filter(|length| **length <= minutes) {
        let rest = most_of_any(known, (options, apart), (day + apart, visits - 1, minutes - *length));
        most = most.max(*length + rest);
    }
    known.insert((day, visits, minutes), most);
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Lengths, Pattern};

    fn options(days: &[(usize, i32)]) -> Options {
        let mut options = Options::default();
        for (day, length) in days {
            options[*day].insert(Minutes(*length));
        }
        options
    }

    #[test]
    fn lengths_need_a_day_each_far_enough_apart() {
        let lengths = [Minutes(90), Minutes(60)];
        let (monday_tuesday, monday_only) = (options(&[(0, 90), (1, 60)]), options(&[(0, 90), (0, 60)]));
        assert!(can_be_placed(&lengths, (&monday_tuesday, 1), 0));
        assert!(!can_be_placed(&lengths, (&monday_tuesday, 2), 0));
        assert!(!can_be_placed(&lengths, (&monday_only, 1), 0));
        assert!(can_be_placed(&lengths, (&options(&[(0, 60), (4, 90)]), 4), 0));
    }

    #[test]
    fn without_patterns_any_lengths_go_together() {
        let options = options(&[(0, 50), (1, 70), (2, 60)]);
        assert_eq!(most_of_any(&mut HashMap::new(), (&options, 1), (0, 2, Minutes(120))), Minutes(120));
        assert_eq!(most_of_any(&mut HashMap::new(), (&options, 2), (0, 2, Minutes(200))), Minutes(110));
        assert_eq!(most_of_any(&mut HashMap::new(), (&options, 1), (0, 1, Minutes(200))), Minutes(70));
    }

    #[test]
    fn the_provider_s_cap_leaves_the_shorter_pattern() {
        let pattern = |lengths: &[i32]| Pattern { lengths: lengths.iter().map(|l| Minutes(*l)).collect() };
        let patterns = Some(vec![pattern(&[60]), pattern(&[60, 60])]);
        let each = vec![Minutes(60)];
        let problem = crate::generate::tiny(1, crate::generate::Manners::Plain);
        let built = Problem::build(&problem).expect("tiny weeks are valid").problem;
        let mut rules = Rulebook::of(&built).grants[GrantId(0)].clone();
        rules.lengths = Lengths { each, visits: 2, minutes: Minutes(120), patterns };
        let options = options(&[(0, 60), (3, 60)]);
        assert_eq!(most_minutes(&rules, &options, (1, Minutes(120))), Minutes(120));
        assert_eq!(most_minutes(&rules, &options, (1, Minutes(100))), Minutes(60));
    }
}
