//! The restricted master problem as a linear program that grows: HiGHS keeps its basis between solves.
//!
//! Signs are brought to one convention here and nowhere else: the master minimises, its rows are `≤` or `=`, and so
//! the duals of `≤` rows are zero or less. Duals leave this module as whole millionths of a point, rounded and with the
//! right sign; the bound is computed from them exactly, so it is valid whatever the solver's tolerances.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use highs::{Col, ColProblem, HighsModelStatus, Model, Row as HighsRow, Sense as Direction, Solution};

use super::column::Column;
use super::lean::retain;
use super::pricing::MICRO;
use super::rows::{RowId, Rows, Sense, SideColumn};
use super::stop::Stop;

/// A solve takes some thousands of iterations at the most. One of 160,000 has been seen that came to no end.
const ITERATIONS_MAX: i32 = 30_000;

/// The linear program over the columns so far.
pub(super) struct Master {
    /// The routes, by place, of which more or less is taken than the linear program would choose.
    limited: BTreeMap<usize, Taken>,
    /// Taken while HiGHS solves.
    model: Option<Model>,
    rows: Vec<HighsRow>,
    shifts: Vec<HighsRow>,
    choices: Vec<HighsRow>,
    side: Vec<Col>,
    routes: Vec<Col>,
    /// How many of `rows` stand before those of shifts and choices; the cuts stand after them.
    first_rows: usize,
    /// How long HiGHS has solved so far: it adds up the time of all solves, and its limit is one for their sum.
    spent: Duration,
}

/// A solution of the linear program.
#[derive(Clone, Debug)]
pub(super) struct Relaxed {
    /// The dual of each row in millionths of a point; at most 0 for `≤`.
    pub duals: Vec<i64>,
    /// How much of each route column is taken, in the order they were added.
    pub routes: Vec<f64>,
    /// How much of each side column is taken.
    pub side: Vec<f64>,
    /// Its points, within the solver's tolerances.
    pub points: f64,
}

/// Which columns and rows are basic, as HiGHS has it.
pub(super) struct Basis {
    columns: Vec<highs_sys::HighsInt>,
    rows: Vec<highs_sys::HighsInt>,
}

/// As HiGHS counts its strategies: by the primal simplex method where a basis is feasible, as after new columns, and else by the dual one.
const EITHER_METHOD: i32 = 0;

/// How much is taken of a route whatever the linear program would choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Wholly,
    Never,
}

impl Taken {
    fn part(self) -> f64 {
        match self {
            Taken::Wholly => 1.0,
            Taken::Never => 0.0,
        }
    }
}

/// Where the columns and rows of a linear program stand, as HiGHS counts it; those added since stand nowhere.
pub(super) struct Standing {
    /// In the order they were added.
    routes: Vec<highs_sys::HighsInt>,
    side: Vec<highs_sys::HighsInt>,
    rows: Vec<highs_sys::HighsInt>,
    /// The rows of shifts and choices.
    others: Vec<highs_sys::HighsInt>,
}

impl Standing {
    /// Whether a row changes nothing where the linear program stands.
    pub fn is_idle(&self, row: usize) -> bool {
        self.rows.get(row) == Some(&BASIC)
    }

    /// Whether a route is basic, and so perhaps taken.
    pub fn is_basic(&self, route: usize) -> bool {
        self.routes.get(route) == Some(&BASIC)
    }
}

const AT_LOWER: highs_sys::HighsInt = 0;
const BASIC: highs_sys::HighsInt = 1;

// SAFETY: a HiGHS instance owns all that it points to and is bound to no thread; it must only not be used by two at
// once, and every use here goes through `&mut self`. (`highs` leaves the question open by holding a raw pointer.)
#[allow(unsafe_code, reason = "groups move between the threads of the pool from one phase to the next")]
unsafe impl Send for Master {}

impl Master {
    /// The master without routes.
    pub fn new(rows: &Rows) -> Self {
        let mut problem = ColProblem::new();
        let handles = rows.rows.iter().map(|row| add_row(&mut problem, row.sense, row.rhs)).collect();
        let shifts = rows.of_shift.iter().map(|_| add_row(&mut problem, Sense::AtMost, 1)).collect();
        let choices = (0..rows.choices).map(|_| add_row(&mut problem, Sense::AtMost, 1)).collect();
        let mut model = problem.optimise(Direction::Minimise);
        model.make_quiet();
        model.set_option("threads", 1);
        model.set_option("parallel", "off");
        model.set_option("solver", "simplex");
        model.set_option("simplex_strategy", EITHER_METHOD);
        model.set_option("simplex_iteration_limit", ITERATIONS_MAX);
        let mut master = Master {
            limited: BTreeMap::new(),
            model: Some(model),
            rows: handles,
            shifts,
            choices,
            side: Vec::new(),
            routes: Vec::new(),
            first_rows: rows.rows.len(),
            spent: Duration::ZERO,
        };
        master.add_new_side(rows);
        master
    }

    /// Adds the side columns that `rows` has gained since; its rows are there.
    fn add_new_side(&mut self, rows: &Rows) {
        for column in &rows.side[self.side.len()..] {
            let choice = column.choice.map(|c| (self.choices[c as usize], 1.0));
            let counted = column.rows.iter().map(|(row, n)| (self.rows[*row as usize], *n as f64));
            let factors: Vec<_> = counted.chain(choice).collect();
            let bounds = column.lower as f64..=column.upper as f64;
            let handle = self.model().add_col(column.cost as f64, bounds, factors);
            self.side.push(handle);
        }
    }

    fn model(&mut self) -> &mut Model {
        self.model.as_mut().expect("the model is back after each solve")
    }

    /// Adds a route as a column.
    pub fn add_column(&mut self, rows: &Rows, column: &Column) {
        let counted = column.rows(rows);
        let shift = (self.shifts[column.shift], 1.0);
        let factors: Vec<_> =
            counted.iter().map(|(row, n)| (self.rows[*row as usize], *n as f64)).chain([shift]).collect();
        let handle = self.model().add_col(column.cost as f64, 0.0.., factors);
        self.routes.push(handle);
    }

    /// Adds the rows and side columns that `rows` has gained since, over the columns so far.
    pub fn add_new_rows<'c>(&mut self, rows: &Rows, columns: impl IntoIterator<Item = &'c Column>) {
        let first = self.rows.len();
        let mut factors = vec![Vec::new(); rows.rows.len() - first];
        if factors.is_empty() {
            return;
        }
        let mut count = |col: Col, counted: &[(RowId, i64)]| {
            for (row, n) in counted.iter().filter(|(row, _)| *row as usize >= first) {
                factors[*row as usize - first].push((col, *n as f64));
            }
        };
        columns.into_iter().zip(&self.routes).for_each(|(column, col)| count(*col, &column.rows(rows)));
        rows.side.iter().zip(&self.side).for_each(|(column, col)| count(*col, &column.rows));
        for (row, factors) in rows.rows[first..].iter().zip(factors) {
            let rhs = row.rhs as f64;
            let handle = match row.sense {
                Sense::AtMost => self.model().add_row(..=rhs, factors),
                Sense::Exactly => self.model().add_row(rhs..=rhs, factors),
            };
            self.rows.push(handle);
        }
        self.add_new_side(rows);
    }

    /// Takes over the limits of a side column.
    pub fn limit(&mut self, rows: &Rows, column: usize) {
        let SideColumn { lower, upper, .. } = rows.side[column];
        let handle = self.side[column];
        self.model().change_column_bounds(handle, lower as f64..=upper as f64);
    }

    /// Takes some routes for certain, in the order they were added, until [`Master::release`].
    pub fn fix(&mut self, routes: &[usize]) {
        self.take(routes, Taken::Wholly);
    }

    /// Takes none of these routes, until [`Master::release`].
    pub fn forbid(&mut self, routes: &[usize]) {
        self.take(routes, Taken::Never);
    }

    /// Leaves it open again whether these routes are taken.
    pub fn release(&mut self, routes: &[usize]) {
        for route in routes {
            self.limited.remove(route);
            let column = self.routes[*route];
            self.model().change_column_bounds(column, 0.0..);
        }
    }

    fn take(&mut self, routes: &[usize], taken: Taken) {
        for route in routes {
            self.limited.insert(*route, taken);
            let (column, most) = (self.routes[*route], taken.part());
            self.model().change_column_bounds(column, most..=most);
        }
    }

    /// Solves the linear program; `None` where the clock or a numerical failure left no duals to use.
    pub fn solve(&mut self, rows: &Rows, stop: &Stop) -> Option<Relaxed> {
        if self.side.is_empty() && self.routes.is_empty() {
            // HiGHS calls a model without columns empty rather than solved: nothing is taken, nothing has a price.
            let duals = vec![0; rows.rows.len()];
            return Some(Relaxed { duals, routes: Vec::new(), side: Vec::new(), points: 0.0 });
        }
        let (status, points, solution) = self.run_to_the_end(stop)?;
        if status != HighsModelStatus::Optimal {
            return None;
        }
        let others = self.shifts.len() + self.choices.len();
        let position = |id: usize| if id < self.first_rows { id } else { id + others };
        let duals = rows.rows.iter().enumerate().map(|(id, row)| {
            let dual = (solution.dual_rows()[position(id)] * MICRO as f64).round() as i64;
            if row.sense == Sense::AtMost { dual.min(0) } else { dual }
        });
        let mut duals: Vec<i64> = duals.collect();
        rows.drop_noise(&mut duals);
        let values = |columns: &[Col]| columns.iter().map(|column| solution[*column]).collect();
        Some(Relaxed { duals, routes: values(&self.routes), side: values(&self.side), points })
    }

    /// Lets HiGHS solve, and where it gets stuck among bases of the same points begin again from none.
    fn run_to_the_end(&mut self, stop: &Stop) -> Option<(HighsModelStatus, f64, Solution)> {
        let ended = self.run(stop)?;
        if ended.0 != HighsModelStatus::ReachedIterationLimit {
            return Some(ended);
        }
        self.forget_basis();
        self.run(stop)
    }

    fn forget_basis(&mut self) {
        let model = self.model();
        #[allow(unsafe_code, reason = "the safe interface keeps the basis")]
        // SAFETY: the pointer is that of a live model.
        let _ = unsafe { highs_sys::Highs_clearSolver(model.as_mut_ptr()) };
    }

    /// The points of the linear program after so many iterations of the dual simplex method: no more than it has in the end.
    /// `None` where they are not known.
    pub fn points_after(&mut self, iterations: i32, stop: &Stop) -> Option<f64> {
        self.model().set_option("simplex_iteration_limit", iterations);
        let ended = self.run(stop);
        self.model().set_option("simplex_iteration_limit", ITERATIONS_MAX);
        let (status, points, _) = ended?;
        matches!(status, HighsModelStatus::Optimal | HighsModelStatus::ReachedIterationLimit).then_some(points)
    }

    /// Where the linear program stands, to come back to.
    pub fn basis(&mut self) -> Option<Basis> {
        let model = self.model();
        let mut basis = Basis { columns: vec![0; model.num_cols()], rows: vec![0; model.num_rows()] };
        #[allow(unsafe_code, reason = "the safe interface has no basis")]
        // SAFETY: both arrays are as long as HiGHS writes, and the pointer is that of a live model.
        let status =
            unsafe { highs_sys::Highs_getBasis(model.as_ptr(), basis.columns.as_mut_ptr(), basis.rows.as_mut_ptr()) };
        (status != highs_sys::STATUS_ERROR).then_some(basis)
    }

    /// Comes back to a basis. Since then only counts may have been added.
    pub fn go_back(&mut self, basis: &Basis) {
        let model = self.model();
        let (mut columns, mut rows) = (basis.columns.clone(), basis.rows.clone());
        for at in columns.len()..model.num_cols() {
            // Of a count's two columns the first one holds what it counts.
            let is_first = (at - basis.columns.len()).is_multiple_of(2);
            columns.push(if is_first { BASIC } else { AT_LOWER });
        }
        rows.resize(model.num_rows(), AT_LOWER);
        self.set_basis(&Basis { columns, rows });
    }

    fn set_basis(&mut self, Basis { columns, rows }: &Basis) {
        let model = self.model();
        if (columns.len(), rows.len()) != (model.num_cols(), model.num_rows()) {
            return;
        }
        #[allow(unsafe_code, reason = "the safe interface has no basis")]
        // SAFETY: both arrays are as long as HiGHS reads, and the pointer is that of a live model.
        let _ = unsafe { highs_sys::Highs_setBasis(model.as_mut_ptr(), columns.as_ptr(), rows.as_ptr()) };
    }

    /// Where each column and row stands.
    pub fn standing(&mut self) -> Option<Standing> {
        let Basis { columns, rows } = self.basis()?;
        let of_columns = |handles: &[Col]| handles.iter().map(|col| columns[col.index()]).collect();
        let of_rows = |range: Range<usize>| rows[range].to_vec();
        let others = self.shifts.len() + self.choices.len();
        let (shifts, cuts) = (self.first_rows, self.first_rows + others);
        Some(Standing {
            routes: of_columns(&self.routes),
            side: of_columns(&self.side),
            rows: [of_rows(0..shifts), of_rows(cuts..rows.len())].concat(),
            others: of_rows(shifts..cuts),
        })
    }

    /// A linear program over what is kept of this one's rows and routes, in their order, and over the rows added since. It begins where
    /// this one stands; HiGHS mends what does not go together.
    pub fn without<'c>(
        &self,
        rows: &Rows,
        routes: impl Iterator<Item = &'c Column>,
        (mut standing, rows_kept, routes_kept): (Standing, &[bool], &[bool]),
    ) -> Self {
        let mut master = Master::new(rows);
        routes.for_each(|column| master.add_column(rows, column));
        // Rows that this one does not have yet stand where they say nothing.
        standing.rows.resize(rows_kept.len(), BASIC);
        retain(&mut standing.rows, rows_kept);
        retain(&mut standing.routes, routes_kept);
        let kept = (0..).zip(routes_kept).filter(|(_, kept)| **kept).map(|(at, _)| at);
        for (place, before) in kept.enumerate() {
            self.limited.get(&before).into_iter().for_each(|taken| master.take(&[place], *taken));
        }
        master.stand(&standing);
        master
    }

    fn stand(&mut self, standing: &Standing) {
        let mut columns = vec![AT_LOWER; self.side.len() + self.routes.len()];
        let side = self.side.iter().zip(&standing.side);
        side.chain(self.routes.iter().zip(&standing.routes)).for_each(|(col, stand)| columns[col.index()] = *stand);
        let (first, cuts) = standing.rows.split_at(self.first_rows);
        let rows = [first, &standing.others, cuts].concat();
        self.set_basis(&Basis { columns, rows });
    }

    /// Lets HiGHS solve; nothing once the search is to stop, as small programs are solved before HiGHS looks at its clock.
    fn run(&mut self, stop: &Stop) -> Option<(HighsModelStatus, f64, Solution)> {
        if stop.now() {
            return None;
        }
        let mut model = self.model.take().expect("the model is back after each solve");
        if let Some(left) = stop.seconds_left() {
            model.set_option("time_limit", self.spent.as_secs_f64() + left);
        }
        let begun = Instant::now();
        let solved = model.solve();
        self.spent += begun.elapsed();
        let found = (solved.status(), solved.objective_value(), solved.get_solution());
        self.model = Some(solved.into());
        Some(found)
    }
}

fn add_row(problem: &mut ColProblem, sense: Sense, rhs: i64) -> HighsRow {
    let rhs = rhs as f64;
    match sense {
        Sense::AtMost => problem.add_row(..=rhs),
        Sense::Exactly => problem.add_row(rhs..=rhs),
    }
}
