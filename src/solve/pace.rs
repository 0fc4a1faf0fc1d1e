//! How carefully a group is relaxed and dived in, by its size.
//!
//! With many shifts every linear program and every round of pricing takes long, so the last tenths of a point are left for later: cuts
//! need not wait for the last route, and a dive takes large steps. At 210 shifts that brought the first plan after 5 seconds of a
//! thread for 12, and not a worse one; the relaxation after 16 for 23. With few shifts the same costs more than it saves: what is a
//! little worse everywhere takes longer to prove (a fifth at 100 shifts).

/// From so many shifts on a group is large.
const LARGE: usize = 129;

/// What is left undone.
#[derive(Debug)]
pub(super) struct Pace {
    /// Routes that gain less than so many points in a round can wait until cuts are found.
    pub stalling: f64,
    /// A dive waits until the relaxation lacks no more than such a part of its points; with 0 it does not.
    pub lacking_part: f64,
    /// Cutting ends when so many rounds of cuts have hardly raised the relaxation.
    pub tail_rounds: usize,
    /// Between two steps of a dive new routes are priced at most so often.
    pub rounds: usize,
    /// And cuts are added at most so often.
    pub cut_rounds: usize,
    /// In every step at least one open shift in so many is fixed.
    pub share: usize,
}

static CAREFUL: Pace =
    Pace { stalling: f64::NEG_INFINITY, lacking_part: 1_000.0, tail_rounds: 20, rounds: 5, cut_rounds: 3, share: 40 };
static BRISK: Pace = Pace { stalling: 0.5, lacking_part: 0.0, tail_rounds: 10, rounds: 1, cut_rounds: 1, share: 8 };

impl Pace {
    /// For a group of so many shifts.
    pub fn of(shifts: usize) -> &'static Pace {
        if shifts < LARGE { Pace::careful() } else { &BRISK }
    }

    /// For a small group, or where it may take longer.
    pub fn careful() -> &'static Pace {
        &CAREFUL
    }
}
