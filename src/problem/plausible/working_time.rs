//! Working time that the law hardly allows: rest of a day, of a week, and hours in a week.
//!
//! The rules are those of arbejdsmiljøloven §§ 50–51 (11 hours' rest in 24, by the order on rest periods down to 8 where
//! that is agreed; a day and night off in seven, next to a daily rest, which may be put off where people are cared for)
//! and of directive 2003/88/EC (48 hours a week on average over four months), which holds by collective agreement or else
//! by lov om gennemførelse af dele af arbejdstidsdirektivet. A week alone cannot prove that they are broken, so these are warnings. Work in which a
//! carer is absent is none.

use std::collections::HashMap;

use super::super::{Carer, Problem};
use crate::diagnostic::{Cell, Diagnostic, Fault, codes};
use crate::tables::Tables;
use crate::units::{DAY, Day, Minutes, Span};

const SHIFTS: &str = "shifts.csv";
const DAILY_REST: Minutes = Minutes(11 * 60);
/// The shortest daily rest that can be agreed.
const AGREED_REST: Minutes = Minutes(8 * 60);
/// From the first minute of work in a day to the last, where the daily rest is kept.
const LONGEST_DAY: Minutes = Minutes(DAY.0 - DAILY_REST.0);
/// A day and night off and the daily rest beside it.
const WEEKLY_REST: Minutes = Minutes(DAY.0 + DAILY_REST.0);
const LONGEST_WEEK: Minutes = Minutes(48 * 60);

/// Work without a pause: one shift, or shifts that touch.
#[derive(Clone, Copy)]
struct Stretch {
    span: Span,
    /// Where its first shift stands.
    line: u64,
}

pub(super) fn warnings(tables: &Tables, problem: &Problem) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut carers: Vec<(&str, Vec<Stretch>)> = stretches(tables, problem).into_iter().collect();
    carers.sort_unstable_by_key(|(id, _)| *id);
    for (id, stretches) in carers {
        let warning = |at: &Stretch, column, fault| Cell { file: SHIFTS, line: at.line, column }.warning(id, fault);
        found.extend(long_stretches(&stretches).map(|at| warning(at, "end", long_stretch())));
        found.extend(after_short_rest(&stretches).into_iter().map(|at| warning(at, "start", short_rest())));
        let Some(last) = stretches.last() else { continue };
        if has_no_rest_day(&stretches) {
            found.push(warning(last, "date", no_rest_day()));
        }
        if stretches.iter().map(|stretch| stretch.span.length()).sum::<Minutes>() > LONGEST_WEEK {
            found.push(warning(last, "end", long_week()));
        }
    }
    found
}

/// When each carer works in the week, in order.
fn stretches<'t>(tables: &'t Tables, problem: &Problem) -> HashMap<&'t str, Vec<Stretch>> {
    let carers: HashMap<&str, &Carer> = problem.carers.values().iter().map(|c| (c.id.as_str(), c)).collect();
    let mut work: HashMap<&str, Vec<Stretch>> = HashMap::new();
    for row in &tables.shifts {
        let id = row.row.staff_id.as_str();
        let Some(day) = tables.week.day_of(row.row.date) else { continue };
        let span = Span::new(day.at(row.row.start), day.at(row.row.end));
        let away = carers.get(id).is_some_and(|carer| carer.absences.iter().any(|absence| absence.covers(span)));
        if !away {
            work.entry(id).or_default().push(Stretch { span, line: row.line });
        }
    }
    work.values_mut().for_each(join_touching);
    work
}

fn join_touching(stretches: &mut Vec<Stretch>) {
    stretches.sort_by_key(|stretch| stretch.span);
    stretches.dedup_by(|later, earlier| {
        let touch = later.span.start <= earlier.span.end;
        if touch {
            earlier.span.end = earlier.span.end.max(later.span.end);
        }
        touch
    });
}

fn long_stretches(stretches: &[Stretch]) -> impl Iterator<Item = &Stretch> {
    stretches.iter().filter(|stretch| stretch.span.length() > LONGEST_DAY)
}

/// The stretches that begin before the carer has rested: on another day than the stretch before, or, where the day is
/// divided, so that not even the shortest rest is left of its 24 hours.
fn after_short_rest(stretches: &[Stretch]) -> Vec<&Stretch> {
    let mut found = Vec::new();
    let Some(first) = stretches.first() else { return found };
    let mut day_began = first.span.start;
    for pair in stretches.windows(2) {
        let (earlier, later) = (&pair[0], &pair[1]);
        if later.span.start - earlier.span.end >= DAILY_REST {
            day_began = later.span.start;
        } else if later.span.start.day() != earlier.span.start.day() || later.span.end - day_began > DAY - AGREED_REST {
            found.push(later);
            day_began = later.span.start;
        }
    }
    found
}

/// Whether there is no weekly rest between two stretches, nor a whole day off at either end of the week, which the
/// weeks before and after may lengthen.
fn has_no_rest_day(stretches: &[Stretch]) -> bool {
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else { return false };
    let between = stretches.windows(2).map(|pair| pair[1].span.start - pair[0].span.end);
    let ends = [first.span.start - Day(0).span().start, Day(6).span().end - last.span.end];
    between.into_iter().all(|rest| rest < WEEKLY_REST) && ends.into_iter().all(|rest| rest < DAY)
}

fn long_stretch() -> Fault {
    Fault::new(
        codes::LONG_SHIFT,
        [
            "mere end 13 timer i træk; der skal være 11 timers hvile i døgnet (arbejdsmiljøloven § 50)",
            "more than 13 hours at a stretch; there must be 11 hours' rest in 24 (arbejdsmiljøloven § 50)",
        ],
        ["Ret tiderne, eller del vagten mellem flere", "Mend the times, or share the shift among several"],
    )
}

fn short_rest() -> Fault {
    Fault::new(
        codes::SHORT_REST,
        [
            "vagten begynder for tidligt efter den forrige: der er ikke 11 timers hvile i døgnet (arbejdsmiljøloven § 50)",
            "the shift begins too early after the one before: there are no 11 hours' rest in 24 (arbejdsmiljøloven § 50)",
        ],
        [
            "Flyt en af vagterne; ned til 8 timer kan være aftalt",
            "Move one of the shifts; down to 8 hours may have been agreed",
        ],
    )
}

fn no_rest_day() -> Fault {
    Fault::new(
        codes::NO_REST_DAY,
        [
            "medarbejderen har intet fridøgn i ugen: ingen 35 timers fri i træk (arbejdsmiljøloven § 51)",
            "the carer has no day off in the week: no 35 hours free at a stretch (arbejdsmiljøloven § 51)",
        ],
        [
            "Fjern eller flyt en vagt; i pleje af mennesker kan fridøgnet udskydes, når det er nødvendigt",
            "Remove or move a shift; where people are cared for, the day off may be put off if necessary",
        ],
    )
}

fn long_week() -> Fault {
    Fault::new(
        codes::LONG_WEEK,
        [
            "medarbejderens vagter er mere end 48 timer i ugen, som er det højeste gennemsnit over fire måneder \
             (arbejdstidsdirektivet)",
            "the carer's shifts are more than 48 hours in the week, the highest average over four months \
             (the working time directive)",
        ],
        ["Se efter, at vagterne er rigtige", "See that the shifts are right"],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Moment;

    /// Stretches from hours after Monday midnight.
    fn hours(spans: &[(i32, i32)]) -> Vec<Stretch> {
        let moment = |hour: i32| Moment(hour * 60);
        spans.iter().map(|(from, to)| Stretch { span: Span::new(moment(*from), moment(*to)), line: 2 }).collect()
    }

    fn days(from: i32, to: i32) -> Vec<(i32, i32)> {
        (from..=to).map(|day| (day * 24 + 8, day * 24 + 16)).collect()
    }

    #[test]
    fn shifts_that_touch_are_one_stretch() {
        let mut stretches = hours(&[(24, 34), (8, 24)]);
        join_touching(&mut stretches);
        assert_eq!(stretches.len(), 1);
        assert_eq!(long_stretches(&stretches).count(), 1);
        assert_eq!(long_stretches(&hours(&[(8, 21)])).count(), 0);
    }

    #[test]
    fn rest_is_asked_in_every_day_of_work() {
        let short = |spans: &[(i32, i32)]| after_short_rest(&hours(spans)).len();
        assert_eq!(short(&[(14, 22), (24 + 7, 24 + 15)]), 1, "evening and early");
        assert_eq!(short(&[(8, 16), (24 + 8, 24 + 16)]), 0, "day after day");
        assert_eq!(short(&[(7, 11), (16, 22)]), 0, "a divided day of fifteen hours");
        assert_eq!(short(&[(6, 11), (16, 23)]), 1, "a divided day of seventeen hours");
        assert_eq!(short(&[(23, 31), (24 + 15, 24 + 23)]), 1, "a night and the afternoon after it");
        assert_eq!(short(&[(8, 20), (24 + 7, 24 + 15)]), 0, "just eleven hours");
        assert_eq!(short(&[]), 0);
    }

    #[test]
    fn five_or_six_days_leave_a_day_off() {
        assert!(!has_no_rest_day(&hours(&days(0, 4))));
        assert!(!has_no_rest_day(&hours(&days(0, 5))));
        assert!(!has_no_rest_day(&hours(&[&days(0, 2)[..], &days(4, 6)].concat())));
        assert!(has_no_rest_day(&hours(&days(0, 6))));
        assert!(!has_no_rest_day(&[]));
    }
}
