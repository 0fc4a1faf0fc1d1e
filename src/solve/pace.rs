//! How carefully a group is relaxed and dived in, by its size.
//!
//! With many shifts every linear program and every round of pricing takes long, so the last tenths of a point are left for later: cuts
//! need not wait for the last route, and a dive takes large steps. At 210 shifts that brought the first plan after 5 seconds of a
//! thread for 12, and not a worse one; the relaxation after 16 for 23. With few shifts the same costs more than it saves: what is a
//! little worse everywhere takes longer to prove (a fifth at 100 shifts).
//!
//! The first dive waits for the relaxation and takes small steps, some of which it takes back: its plans were 10 to 60 points from the
//! bound at up to 160 shifts, so that all routes of better plans could be listed at once. From about 180 shifts on such a dive took
//! 2 to 10 seconds of a thread, after a relaxation that took as long: there a rough one comes first, and much sooner.

/// From so many shifts on a group is large, and very large.
const LARGE: usize = 129;
const VERY_LARGE: usize = 160;

/// What is left undone.
#[derive(Debug)]
pub(super) struct Pace {
    /// Routes that gain less than so many points in a round can wait until cuts are found.
    pub stalling: f64,
    /// Cutting ends when so many rounds of cuts have hardly raised the relaxation.
    pub tail_rounds: usize,
    /// Between two steps of a dive new routes are priced at most so often.
    pub rounds: usize,
    /// And cuts are added at most so often.
    pub cut_rounds: usize,
    /// In every step at least one open shift in so many is fixed.
    pub share: usize,
    /// The first dive does not wait for the relaxation.
    pub dives_early: bool,
}

const CAREFUL: Pace =
    Pace { stalling: f64::NEG_INFINITY, tail_rounds: 20, rounds: 5, cut_rounds: 3, share: 40, dives_early: false };
const BRISK: Pace = Pace { stalling: 0.5, tail_rounds: 10, rounds: 1, cut_rounds: 1, share: 8, dives_early: false };
const HASTY: Pace = Pace { dives_early: true, ..BRISK };

impl Pace {
    /// For a group of so many shifts.
    pub fn of(shifts: usize) -> &'static Pace {
        match shifts {
            ..LARGE => Pace::careful(),
            LARGE..VERY_LARGE => &BRISK,
            _ => &HASTY,
        }
    }

    /// For a small group, or where it may take longer.
    pub fn careful() -> &'static Pace {
        &CAREFUL
    }
}
