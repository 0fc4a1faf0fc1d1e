//! The integer problem over chosen columns, with good_lp and HiGHS.
//!
//! Over these columns it says exactly what a plan costs: continuity and the one provider of a client stand here in
//! full, with a variable for "this carer visits this grant" and "this provider visits this client". The cuts stand
//! here too: they are what makes it quick.

use std::collections::BTreeMap;

use good_lp::{Expression, ProblemVariables, SolverModel, Variable, variable};
use highs::{HighsSolutionStatus, Model};

use super::column::Column;
use super::rows::{Kind, KindId, Meaning, Rows, Sense, SideColumn};
use super::stop::Stop;

/// How long to search.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    /// Nodes of the branch and bound.
    pub nodes: i32,
    /// Share of the time that is left, where there is a deadline.
    pub share: f64,
}

/// What to choose among.
pub(super) struct Asked<'a> {
    pub columns: &'a [&'a Column],
    /// Positions of a choice to start from, ascending.
    pub start: &'a [usize],
    /// Columns from this position on are taken for certain.
    pub fixed_from: usize,
}

/// The best choice of columns found, at most one a shift, all rows kept: their positions in the slice that was asked about,
/// ascending. It proves nothing: what the solver believes of the best choice rests on its tolerances.
///
/// `None` where the search gave no choice at all.
pub(super) fn choose(rows: &Rows, asked: &Asked<'_>, (limit, stop): (Limit, &Stop)) -> Option<Vec<usize>> {
    let Asked { columns, start, fixed_from } = *asked;
    let mut variables = ProblemVariables::new();
    let route = |at: usize| variable().integer().min(u8::from(at >= fixed_from)).max(1);
    let routes: Vec<Variable> = (0..columns.len()).map(|at| variables.add(route(at))).collect();
    let side: Vec<Variable> = rows.side.iter().map(|column| variables.add(side_variable(column))).collect();
    let mut whole = Whole { rows, columns, routes: &routes, side: &side, constraints: Vec::new() };
    whole.add_rows();
    whole.add_one_of_each();
    whole.add_continuity(&mut variables);
    whole.add_one_provider(&mut variables);
    let constraints = whole.constraints;
    let mut cost = Expression::with_capacity(columns.len() + side.len());
    routes.iter().zip(columns).for_each(|(x, column)| cost.add_mul(column.cost as f64, *x));
    side.iter().zip(&rows.side).for_each(|(y, column)| cost.add_mul(column.cost as f64, *y));
    let count = variables.len();
    let mut model = variables.minimise(cost).using(good_lp::highs);
    for constraint in constraints {
        model.add_constraint(constraint);
    }
    // good_lp numbers HiGHS' columns in the order of its variables: routes, side columns, then visitors.
    let mut first = vec![0.0; count];
    start.iter().for_each(|column| first[*column] = 1.0);
    let lengths = rows.lengths_by_grant(start.iter().flat_map(|column| &columns[*column].kinds));
    rows.side_of(&lengths).for_each(|column| first[columns.len() + column] = 1.0);
    solve(model.try_into_inner().ok()?, &first, columns.len(), (limit, stop))
}

fn side_variable(column: &SideColumn) -> good_lp::VariableDefinition {
    let bounds = variable().min(0).max(column.upper as f64);
    if column.meaning == Meaning::ExtraCarers { bounds } else { bounds.integer() }
}

fn solve(mut model: Model, first: &[f64], routes: usize, (limit, stop): (Limit, &Stop)) -> Option<Vec<usize>> {
    model.make_quiet();
    model.set_option("threads", 1);
    model.set_option("parallel", "off");
    model.set_option("mip_rel_gap", 0.0);
    model.set_option("mip_abs_gap", 0.0);
    model.set_option("mip_max_nodes", limit.nodes);
    if let Some(left) = stop.seconds_left() {
        model.set_option("time_limit", (left * limit.share).max(0.05));
    }
    model.try_set_solution(Some(first), None, None, None).ok()?;
    let solved = model.try_solve().ok()?;
    if solved.primal_solution_status() != HighsSolutionStatus::Feasible {
        return None;
    }
    let solution = solved.get_solution();
    let taken = solution.columns()[..routes].iter().enumerate().filter(|(_, value)| **value > 0.5);
    Some(taken.map(|(at, _)| at).collect())
}

/// The integer problem while it is put together.
struct Whole<'a> {
    rows: &'a Rows,
    columns: &'a [&'a Column],
    routes: &'a [Variable],
    side: &'a [Variable],
    constraints: Vec<good_lp::Constraint>,
}

impl Whole<'_> {
    fn add_rows(&mut self) {
        let mut left = vec![Expression::default(); self.rows.rows.len()];
        for (column, x) in self.columns.iter().zip(self.routes) {
            for (row, n) in column.rows(self.rows) {
                left[row as usize].add_mul(n as f64, *x);
            }
        }
        for (column, y) in self.rows.side.iter().zip(self.side) {
            for (row, n) in &column.rows {
                left[*row as usize].add_mul(*n as f64, *y);
            }
        }
        for (sum, row) in left.into_iter().zip(&self.rows.rows) {
            self.constraints.push(match row.sense {
                Sense::AtMost => sum.leq(row.rhs as f64),
                Sense::Exactly => sum.eq(row.rhs as f64),
            });
        }
    }

    /// One route a shift, one column a choice.
    fn add_one_of_each(&mut self) {
        let mut shifts = vec![Expression::default(); self.rows.of_shift.len()];
        for (column, x) in self.columns.iter().zip(self.routes) {
            shifts[column.shift].add_mul(1.0, *x);
        }
        let mut choices = vec![Expression::default(); self.rows.choices as usize];
        for (column, y) in self.rows.side.iter().zip(self.side) {
            if let Some(choice) = column.choice {
                choices[choice as usize].add_mul(1.0, *y);
            }
        }
        self.constraints.extend(shifts.into_iter().chain(choices).map(|sum| sum.leq(1.0)));
    }

    /// The routes that hold each kind of visit.
    fn by_kind(&self) -> BTreeMap<KindId, Vec<Variable>> {
        let mut by_kind: BTreeMap<KindId, Vec<Variable>> = BTreeMap::new();
        for (column, x) in self.columns.iter().zip(self.routes) {
            column.kinds.iter().for_each(|kind| by_kind.entry(*kind).or_default().push(*x));
        }
        by_kind
    }

    /// `extra_carer`: a carer visits a grant if the carer does on any day; all carers but one are further ones.
    fn add_continuity(&mut self, variables: &mut ProblemVariables) {
        let by_kind = self.by_kind();
        for grant in &self.rows.shared {
            let kinds = grant.kinds.iter().filter(|k| !grant.pinned.contains(&self.rows.kinds[**k as usize].carer));
            let mut further = Expression::default();
            for whom in self.visitors(&by_kind, kinds.copied(), |kind| (kind.carer, kind.day), variables) {
                further.add_mul(1.0, whom);
            }
            further.add_mul(-1.0, self.side[grant.extra]);
            grant.visited.iter().for_each(|column| further.add_mul(-1.0, self.side[*column]));
            self.constraints.push(further.leq(0.0));
        }
    }

    /// H7: of the providers that visit a client there is one.
    fn add_one_provider(&mut self, variables: &mut ProblemVariables) {
        let by_kind = self.by_kind();
        for client in &self.rows.open_clients {
            let mut providers = Expression::default();
            let kinds = client.kinds.iter().copied();
            for whom in self.visitors(&by_kind, kinds, |kind| (kind.provider, (kind.grant, kind.day)), variables) {
                providers.add_mul(1.0, whom);
            }
            self.constraints.push(providers.leq(1.0));
        }
    }

    /// A variable for each visitor that is at least the visits at any one time.
    fn visitors<V: Ord + Copy, T: Ord>(
        &mut self,
        by_kind: &BTreeMap<KindId, Vec<Variable>>,
        kinds: impl Iterator<Item = KindId>,
        key: impl Fn(&Kind) -> (V, T),
        variables: &mut ProblemVariables,
    ) -> Vec<Variable> {
        let mut visits: BTreeMap<(V, T), Vec<Variable>> = BTreeMap::new();
        for kind in kinds {
            if let Some(routes) = by_kind.get(&kind) {
                visits.entry(key(&self.rows.kinds[kind as usize])).or_default().extend(routes);
            }
        }
        let mut visitors: BTreeMap<V, Variable> = BTreeMap::new();
        for ((visitor, _), routes) in visits {
            let whom = *visitors.entry(visitor).or_insert_with(|| variables.add(variable().min(0).max(1)));
            let mut sum: Expression = routes.iter().sum();
            sum.add_mul(-1.0, whom);
            self.constraints.push(sum.leq(0.0));
        }
        visitors.into_values().collect()
    }
}
