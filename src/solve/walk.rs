//! Going through a shift: what comes after a visit, what after a gap, and whether given visits fit one after another.

use super::day::{BASE, Choice, Node, ShiftDay};

/// Where a carer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct State {
    pub gap: u16,
    pub node: Node,
    /// Whether the break has been kept, or none is needed.
    pub rested: bool,
    /// Whether the carer comes from a visit, so that the next leg has to fit.
    pub from_visit: bool,
    pub time: i32,
}

/// What follows a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Onward {
    /// The way to the fixed stop does not fit.
    Late,
    /// The travel minutes to the next fixed stop, and the state after it.
    Stop(i32, State),
    /// The travel minutes to the shift's end.
    Home(i32),
    /// The shift ends without the break that it needs.
    Restless,
}

impl ShiftDay {
    /// Where a carer stands when the shift begins.
    pub fn beginning(&self) -> State {
        let rested = self.pause.is_none();
        State { gap: 0, node: BASE, rested, from_visit: false, time: self.span.start.0 }
    }

    /// The starts and states of a visit: begun as early as possible, and also after the break where that is later.
    pub fn after_visit(&self, here: State, choice: &Choice) -> [Option<(i32, State)>; 2] {
        let leg = self.leg(here.node, choice.node);
        let state = |start: i32, rested: bool| {
            let time = start + choice.length;
            (start, State { gap: choice.next_gap, node: choice.node, rested, from_visit: true, time })
        };
        let Some(start) = self.start_from(choice, here.time + leg) else { return [None, None] };
        let rested = here.rested || self.pause.is_some_and(|p| p.fits(here.time, leg, start));
        let first = Some(state(start, rested));
        if rested {
            return [first, None];
        }
        let after_break = self.pause.and_then(|p| p.earliest_after(here.time, leg));
        [first, after_break.and_then(|time| self.start_from(choice, time)).map(|start| state(start, true))]
    }

    /// On to the fixed stop after the gap, or home after the last one.
    pub fn going_on(&self, here: State) -> Onward {
        let gap = self.gaps[usize::from(here.gap)];
        let leg = self.leg(here.node, gap.after);
        if here.from_visit && here.time + leg > gap.closes {
            return Onward::Late;
        }
        let rested = here.rested || self.pause.is_some_and(|p| p.fits(here.time, leg, gap.closes));
        let Some(next) = self.gaps.get(usize::from(here.gap) + 1) else {
            return if rested { Onward::Home(leg) } else { Onward::Restless };
        };
        let state = State { gap: here.gap + 1, node: next.before, rested, from_visit: false, time: next.opens };
        Onward::Stop(leg, state)
    }

    /// Appends the starts of these choices, one after another, to `starts`; false where they do not fit.
    pub fn fit(&self, here: State, choices: &[u32], starts: &mut Vec<i32>) -> bool {
        let next = choices.split_first().map(|(first, rest)| (&self.choices[*first as usize], rest));
        let Some((choice, rest)) = next.filter(|(choice, _)| choice.gap == here.gap) else {
            return match self.going_on(here) {
                Onward::Stop(_, state) => self.fit(state, choices, starts),
                Onward::Home(_) => next.is_none(),
                Onward::Late | Onward::Restless => false,
            };
        };
        for (start, state) in self.after_visit(here, choice).into_iter().flatten() {
            starts.push(start);
            if self.fit(state, rest, starts) {
                return true;
            }
            starts.pop();
        }
        false
    }

    /// Points of a route with these choices: travel beyond that of the fixed stops, and what its visits cost and deliver.
    pub fn cost_of(&self, choices: impl Iterator<Item = u32> + Clone) -> i64 {
        let own: i64 = choices.clone().map(|choice| self.choices[choice as usize].cost).sum();
        own + self.added_travel(choices) * self.travel_minute
    }

    /// Travel minutes of a route with these choices, in order, beyond that of the fixed stops alone.
    pub fn added_travel(&self, choices: impl IntoIterator<Item = u32>) -> i64 {
        let (mut node, mut gap, mut minutes) = (BASE, 0, 0);
        for choice in choices {
            let choice = &self.choices[choice as usize];
            while gap < choice.gap {
                minutes += self.leg(node, self.gaps[usize::from(gap)].after);
                gap += 1;
                node = self.gaps[usize::from(gap)].before;
            }
            minutes += self.leg(node, choice.node);
            (node, gap) = (choice.node, choice.next_gap);
        }
        for gap in &self.gaps[usize::from(gap)..] {
            minutes += self.leg(node, gap.after);
            node = gap.after;
        }
        i64::from(minutes) - self.fixed_travel
    }
}
