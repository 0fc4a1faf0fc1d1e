//! The charts of made-up weeks: figures that add up, pictures without cut texts, files that can be read.

mod figures;
mod files;
mod pictures;

use crate::generate::{Bookings, District, Spec, generate};
use crate::language::Language;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::rules::Rulebook;
use crate::solve::{self, Board, Options, Stop};
use crate::tables::Tables;

const LANGUAGES: [Language; 2] = [Language::Danish, Language::English];

/// A week with a quick plan of it.
struct Planned {
    problem: Problem,
    book: Rulebook,
    plan: Plan,
}

impl Planned {
    fn of(tables: &Tables) -> Self {
        let problem = Problem::build(tables).expect("made-up weeks are valid").problem;
        let book = Rulebook::of(&problem);
        let (board, stop) = (Board::default(), Stop::never());
        solve::solve(&problem, &book, (Options { effort: Some(0), ..Options::default() }, &stop), &board);
        let plan = Plan::new(&problem, board.snapshot().visits);
        Planned { problem, book, plan }
    }

    /// The same week with nothing but its pins.
    fn without_visits(tables: &Tables) -> Self {
        let problem = Problem::build(tables).expect("made-up weeks are valid").problem;
        let (book, plan) = (Rulebook::of(&problem), Plan::new(&problem, []));
        Planned { problem, book, plan }
    }
}

/// A small week with all that charts show: bookings, pins, breaks and absences.
fn small() -> Tables {
    generate(&Spec { bookings: Bookings::Dense, pins: 4, ..Spec::ballerup(24, 7) })
}

/// Sixty carers of one provider on all seven days until late, with long ids.
fn crowded() -> Tables {
    let district = District {
        prefix: "VestegnensPlejecenter".into(),
        carers: Some(60),
        private_providers: 0,
        ..District::with_standard("Åbjerg", "", crate::generate::long_days()).of_size(80)
    };
    let spec = Spec::new("2026-W53".parse().expect("a week"), 3, vec![district]);
    generate(&Spec { bookings: Bookings::Dense, pins: 10, ..spec })
}
