//! Pusterum plans in-home relief for a week: who visits whom, when, and what cannot be delivered and why.
//!
//! # The way of the data
//!
//! ```text
//! week folder ──import──▶ Problem ──rules──▶ Rulebook ──solve──▶ Plan ──▶ report: roster, unmet, notes, charts
//!              (tables,    (validated,  (who may visit   (routes,    │
//!            diagnostics)   immutable)   whom and when)   bound)     └──▶ check (recomputes every rule and point)
//! ```
//!
//! It runs one way. [`import`] reads files into [`tables`] and tells what is wrong as [`diagnostic`]s; [`problem`] is
//! the week that cannot be wrong; [`rules`] says grant by grant who may come, when and how long; [`solve`] searches;
//! [`check`] judges what came out with code of its own; [`report`] writes. [`pipeline`] joins the last steps and gives
//! a plan only where search and check say the same; [`explain`] answers questions about it; [`certificate`] proves the bound again. [`cli`] is the only room that prints.
//!
//! # The model
//!
//! A *visit* is (grant, date, start, end, carer). A *route* `r` is what one carer does of relief in one shift `k`: its
//! visits in order, which fit between the shift's bookings and pins with travel and break (H10 to H12, H14). Its
//! `cost_r` is all that the route alone decides: the points of undelivered minutes that it saves, the travel that it
//! adds, visits by new carers or outside preferred windows, absorbed bookings, published visits kept. The master
//! problem chooses:
//!
//! ```text
//! min  C + Σ_r cost_r x_r + Σ_g extra_carer · e_g                    x binary, C the points of a week without new visits
//!      Σ_{r of k} x_r                          ≤ 1                   every shift k         (one route a shift)
//!      Σ visits of g of length l − Σ_p n_pl y_gp = 0                 every grant g, l      (H2: patterns p of lengths)
//!      Σ_p y_gp                                ≤ 1                   every grant g
//!      Σ visits of g on a run of days          ≤ Σ_p y_gp            every g, run          (H3: days apart)
//!      Σ relief visits of a client on a day    ≤ 1                   every client, day     (H3)
//!      Σ minutes of a carer, of a provider     ≤ what pins leave     of each cap           (H13)
//!      further carers of g ≤ e_g,  one provider a client             as cuts; exact once plans are whole (H7)
//! ```
//!
//! With duals `π` of the rows (zero or less where the row is a `≤`) and `a_r` the rows that count a route's visits,
//! *pricing* looks in each shift for
//!
//! ```text
//! min_r  cost_r − π · a_r
//! ```
//!
//! by labelling. Every row counts a visit by shift, grant and length alone, so pricing needs one value for each of
//! these kinds; only cuts that halve sums of rows also count pairs of visits. And for *any* such duals no plan has fewer points than
//!
//! ```text
//! C + Σ_rows rhs · π + Σ_k min(0, least reduced cost in k) + Σ_grants min(0, least reduced cost of its y)
//!   + Σ_g upper · min(0, reduced cost of e_g)
//! ```
//!
//! which, rounded up to a whole point, is the bound that is printed. Points are whole numbers and duals whole
//! millionths, so it is exact whatever the solver's tolerances. Where the gap between plan and bound is small, all
//! routes whose reduced cost does not exceed it are listed; cuts of any shape and branching over them are then a proof.
//!
//! # A week from code
//!
//! ```
//! use pusterum::check::check_plan;
//! use pusterum::generate::{Spec, generate};
//! use pusterum::plan::Plan;
//! use pusterum::problem::Problem;
//! use pusterum::rules::Rulebook;
//! use pusterum::solve::{Board, Options, Stop, solve};
//!
//! let week = generate(&Spec::ballerup(5, 7));
//! let problem = Problem::build(&week).expect("made-up weeks are valid").problem;
//!
//! let board = Board::default();
//! let options = Options { effort: Some(3), ..Options::default() };
//! solve(&problem, &Rulebook::of(&problem), (options, &Stop::never()), &board);
//! let best = board.snapshot();
//!
//! let plan = Plan::new(&problem, best.visits);
//! let report = check_plan(&problem, &plan);
//! assert!(report.is_kept());
//! assert_eq!(best.score, Some(report.terms.score().0));
//! assert!(best.bound <= best.score);
//! ```

pub mod calendar;
pub mod cell;
pub mod certificate;
pub mod check;
pub mod cli;
pub mod coded;
pub mod diagnostic;
pub mod explain;
pub mod generate;
pub mod ids;
pub mod import;
pub mod language;
pub mod pipeline;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod pseudonym;
pub mod report;
pub mod rules;
pub mod solve;
pub mod tables;
pub mod travel;
pub mod units;
pub mod words;
