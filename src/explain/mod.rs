//! Questions about a roster and their answers: why not, at what price, what else.
//!
//! Nearly every question is "plan this week again with one thing changed", and the proven bound of that planning makes
//! the answer true. What changes is the [`Rulebook`](crate::rules::Rulebook) or the
//! [`Problem`](crate::problem::Problem), never the search. Only the independent group of the grant in question is
//! planned again, which is exact: the other groups share nothing with it. Every plan that is found on the way is judged
//! by [`check`](crate::check) with the week as it is.
//!
//! ```text
//! week, roster ──▶ Subject ──▶ force: the best plan in which a grant gets so many minutes ──▶ verdict ──▶ file, words
//! ```

mod changes;
mod clauses;
mod clock;
mod difference;
mod each;
mod fewest;
mod force;
mod frozen;
mod narrow;
mod obstacles;
mod remedies;
pub mod scenarios;
mod slots;
mod stress;
mod subject;
mod value;
mod variant;
mod verdict;
mod why;
pub(crate) mod words;
pub mod written;

pub use changes::{Change, changed_visits, changes};
pub use clock::{Clock, Sharing, Turn};
pub use difference::{CarerChange, Cause, Difference, GrantChange, difference};
pub use force::{Demand, Forced};
pub use obstacles::{Obstacle, obstacles};
pub use remedies::{Cure, Cures, Remedy, all_cures, remedied};
pub use slots::{Offer, Slot, offers, worth_moving};
pub use stress::{Absence, Stress, stress};
pub use subject::{NoPlan, Subject};
pub use value::{Kind as TimeKind, Price, SOFT, Soft, Values, Worth, values};
pub use variant::{Effect, Outcome, plan_again};
pub use verdict::{GrantVerdict, Level, Part, Verdict, verdicts};
pub use why::{Alternative, Why};
pub use words::{Layout, Voice};
