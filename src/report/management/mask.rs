//! Masks figures about fewer than five people, and as many others as it takes that nobody can work them out.
//!
//! Figures hang together by sums: a total and its parts. Whoever reads a report can solve these equations for what is
//! masked. So, after the figures about few people (*primary* suppression), further ones are masked (*secondary* or
//! complementary suppression; Hundepool et al., *Statistical Disclosure Control*, 2012, chapter 4) until
//!
//! 1. no masked figure about few people follows from the equations, and
//! 2. neither does a sum of masked figures about few people, as a table or the solved equations have it.
//!
//! Both are read off the reduced row echelon form of the equations over what is masked. A figure about nobody is nought
//! and is shown: it is no secret of anybody, and everybody can see it where there is nothing. What this does not hinder:
//! estimating a masked figure from its neighbours, and comparing several reports.

use std::collections::BTreeSet;

/// The fewest people that a figure may be about.
pub(super) const FEWEST: usize = 5;

/// People by numbers of one's own.
pub(super) type People = BTreeSet<u32>;

/// A sum as positions of figures: the total is the sum of its parts.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    pub total: usize,
    pub parts: Vec<usize>,
}

impl Sum {
    fn members(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().copied().chain([self.total])
    }
}

/// A figure as far as masking it goes.
#[derive(Clone, Debug, Default)]
pub(super) struct Figure {
    /// Whom it is about.
    pub people: People,
    /// Of figures that can be masked to hide others, those of the lowest rank go first.
    pub rank: u8,
}

/// Which figures must be masked, by position.
pub(super) fn masked(figures: &[Figure], sums: &[Sum]) -> Vec<bool> {
    let mut desk = Desk::new(figures, sums);
    while desk.mask_in_sums() || desk.mask_in_solutions() {}
    desk.show_what_is_known();
    desk.masked
}

/// Whether a figure about them would give somebody away.
fn is_small(people: &People) -> bool {
    (1..FEWEST).contains(&people.len())
}

struct Desk<'a> {
    figures: &'a [Figure],
    sums: &'a [Sum],
    masked: Vec<bool>,
}

impl<'a> Desk<'a> {
    fn new(figures: &'a [Figure], sums: &'a [Sum]) -> Self {
        Desk { figures, sums, masked: figures.iter().map(|figure| is_small(&figure.people)).collect() }
    }

    /// Masks more where the masked parts of one sum, of which the total is shown, come to few people. Whether it did.
    fn mask_in_sums(&mut self) -> bool {
        let mut more = false;
        for sum in self.sums {
            while self.gives_away(&self.masked_parts(sum)) && self.mask_one_of(sum.members()) {
                more = true;
            }
        }
        more
    }

    /// Masks more where several sums together tell what comes to few people. Whether it did.
    fn mask_in_solutions(&mut self) -> bool {
        let mut more = false;
        for Told { masked, shown } in self.solved() {
            // What was masked for an earlier one may have hidden this one too.
            if self.gives_away(&masked) && !shown.iter().any(|member| self.masked[*member]) {
                more |= self.mask_one_of(shown.into_iter());
            }
        }
        more
    }

    /// Shows again what follows from what is shown: masking it hides nothing.
    fn show_what_is_known(&mut self) {
        for Told { masked, .. } in self.solved() {
            if let [known] = *masked {
                self.masked[known] = is_small(&self.figures[known].people);
            }
        }
    }

    /// The masked parts of a sum of which the total is shown.
    fn masked_parts(&self, sum: &Sum) -> Vec<usize> {
        let parts = sum.parts.iter().copied().filter(|part| self.masked[*part]);
        if self.masked[sum.total] { Vec::new() } else { parts.collect() }
    }

    fn gives_away(&self, parts: &[usize]) -> bool {
        let all: People = parts.iter().flat_map(|part| &self.figures[*part].people).copied().collect();
        is_small(&all)
    }

    /// Masks one more of these figures; false where there is none left. The fewer people a figure is about, the less is
    /// lost with it.
    fn mask_one_of(&mut self, members: impl Iterator<Item = usize>) -> bool {
        let open = |member: &usize| !self.masked[*member] && !self.figures[*member].people.is_empty();
        let loss = |member: &usize| (self.figures[*member].rank, self.figures[*member].people.len(), *member);
        let next = members.filter(open).min_by_key(loss);
        next.map(|member| self.masked[member] = true).is_some()
    }

    /// The sums of masked figures that the equations tell, one for each row of their reduced form that is a plain sum.
    fn solved(&self) -> Vec<Told> {
        let rows = self.sums.iter().map(|sum| self.equation(sum)).filter(|row| row.iter().any(is_masked)).collect();
        let told = |row: Row| {
            let (masked, shown): (Row, Row) = row.into_iter().partition(is_masked);
            let places = |row: Row| row.into_iter().map(|(Place(_, at), _)| at).collect();
            masked.iter().all(|(_, factor)| *factor == 1).then(|| Told { masked: places(masked), shown: places(shown) })
        };
        reduced(rows).into_iter().filter_map(told).collect()
    }

    /// What a sum says: the parts less the total come to nought.
    fn equation(&self, sum: &Sum) -> Row {
        let place = |at: usize| Place(if self.masked[at] { Sight::Masked } else { Sight::Shown }, at);
        let members = sum.parts.iter().map(|part| (place(*part), 1)).chain([(place(sum.total), PRIME - 1)]);
        let mut row: Row = members.filter(|(Place(_, at), _)| !self.figures[*at].people.is_empty()).collect();
        row.sort_unstable();
        row
    }
}

/// Masked figures of which the sum follows from the figures shown.
struct Told {
    masked: Vec<usize>,
    /// Whichever of these were masked, it would no longer follow like this.
    shown: Vec<usize>,
}

/// What is masked comes first, so that equations are solved for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sight {
    Masked,
    Shown,
}

/// A figure by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place(Sight, usize);

/// The entries of an equation that are not nought, in order; factors modulo [`PRIME`].
type Row = Vec<(Place, u64)>;

fn is_masked((Place(sight, _), _): &(Place, u64)) -> bool {
    *sight == Sight::Masked
}

/// Large enough that no factor is nought by chance, small enough that products fit.
const PRIME: u64 = 2_147_483_647;

/// The reduced row echelon form of what is masked: every row leads with a 1, and no other row has anything there.
fn reduced(rows: Vec<Row>) -> Vec<Row> {
    let mut done: Vec<Row> = Vec::new();
    for mut row in rows {
        for other in &done {
            row = without(&row, other);
        }
        // A row of figures shown alone holds by itself.
        let Some((lead, factor)) = row.first().copied().filter(is_masked) else { continue };
        let inverse = power(factor, PRIME - 2);
        row.iter_mut().for_each(|(_, entry)| *entry = *entry * inverse % PRIME);
        for other in done.iter_mut().filter(|other| other.iter().any(|(at, _)| *at == lead)) {
            *other = without(other, &row);
        }
        done.push(row);
    }
    done
}

/// The row less so much of the other that nothing is left where the other leads.
fn without(row: &[(Place, u64)], other: &[(Place, u64)]) -> Row {
    let Some(factor) = row.iter().find(|(at, _)| *at == other[0].0).map(|(_, factor)| PRIME - factor) else {
        return row.to_vec();
    };
    let (mut left, mut right) = (row.iter().copied().peekable(), other.iter().copied().peekable());
    let mut sum = Vec::with_capacity(row.len() + other.len());
    loop {
        let at = match (left.peek(), right.peek()) {
            (None, None) => return sum,
            (Some((at, _)), None) | (None, Some((at, _))) => *at,
            (Some((one, _)), Some((other, _))) => *one.min(other),
        };
        let own = left.next_if(|(position, _)| *position == at).map_or(0, |(_, entry)| entry);
        let added = right.next_if(|(position, _)| *position == at).map_or(0, |(_, entry)| entry * factor % PRIME);
        let entry = (own + added) % PRIME;
        if entry != 0 {
            sum.push((at, entry));
        }
    }
}

fn power(base: u64, mut exponent: u64) -> u64 {
    let (mut result, mut square) = (1, base % PRIME);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = result * square % PRIME;
        }
        square = square * square % PRIME;
        exponent /= 2;
    }
    result
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn people(range: std::ops::Range<u32>) -> Figure {
        Figure { people: range.collect(), rank: 0 }
    }

    #[test]
    fn a_figure_about_few_is_masked_and_so_is_another_one() {
        let figures = [people(0..3), people(3..20), people(20..30), people(0..30)];
        let sums = [Sum { total: 3, parts: vec![0, 1, 2] }];
        assert_eq!(masked(&figures, &sums), [true, false, true, false], "the smaller of the others goes with it");
    }

    #[test]
    fn what_matters_most_is_masked_last() {
        let figures = [people(0..3), Figure { rank: 1, ..people(3..10) }, people(10..30), people(0..30)];
        let sums = [Sum { total: 3, parts: vec![0, 1, 2] }];
        assert_eq!(masked(&figures, &sums), [true, false, true, false]);
    }

    #[test]
    fn two_small_ones_do_not_hide_each_other() {
        let figures = [people(0..1), people(1..3), people(3..20), people(0..20)];
        let sums = [Sum { total: 3, parts: vec![0, 1, 2] }];
        assert_eq!(masked(&figures, &sums), [true, true, true, false], "their sum is about three people");
    }

    #[test]
    fn nobody_is_no_secret() {
        let figures = [people(0..0), people(0..7), people(0..7)];
        assert_eq!(masked(&figures, &[Sum { total: 2, parts: vec![0, 1] }]), [false; 3]);
    }

    #[test]
    fn a_table_cannot_be_solved_from_its_margins() {
        // Rows of three, columns of three, both with totals; one small figure in the middle.
        let cell = |row: usize, column: usize| row * 4 + column;
        let mut figures = vec![Figure::default(); 16];
        let mut next = 0;
        for row in 0..3 {
            for column in 0..3 {
                let count = if (row, column) == (1, 1) { 2 } else { 6 + (row * 3 + column) as u32 };
                for (total_row, total_column) in [(row, column), (3, column), (row, 3), (3, 3)] {
                    figures[cell(total_row, total_column)].people.extend(next..next + count);
                }
                next += count;
            }
        }
        let line = |at: usize| {
            [
                Sum { total: cell(at, 3), parts: (0..3).map(|column| cell(at, column)).collect() },
                Sum { total: cell(3, at), parts: (0..3).map(|row| cell(row, at)).collect() },
            ]
        };
        let sums: Vec<Sum> = (0..4).flat_map(line).collect();
        let masked = masked(&figures, &sums);
        assert_eq!(masked.iter().filter(|masked| **masked).count(), 4, "a rectangle: {masked:?}");
    }

    /// Figures of a random table of people with margins.
    fn tables() -> impl Strategy<Value = (Vec<Figure>, Vec<Sum>)> {
        (1..5_usize, 1..5_usize, proptest::collection::vec(0..9_u32, 25)).prop_map(|(rows, columns, counts)| {
            let at = |row: usize, column: usize| row * (columns + 1) + column;
            let mut figures = vec![Figure::default(); (rows + 1) * (columns + 1)];
            let mut next = 0;
            for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
                let count = counts[row * 5 + column];
                for place in [(row, column), (rows, column), (row, columns), (rows, columns)] {
                    figures[at(place.0, place.1)].people.extend(next..next + count);
                }
                next += count;
            }
            let across = (0..=rows)
                .map(|row| Sum { total: at(row, columns), parts: (0..columns).map(|c| at(row, c)).collect() });
            let down = (0..=columns)
                .map(|column| Sum { total: at(rows, column), parts: (0..rows).map(|r| at(r, column)).collect() });
            (figures, across.chain(down).collect())
        })
    }

    proptest! {
        #[test]
        fn whatever_is_masked_could_be_something_else((figures, sums) in tables()) {
            let masked = masked(&figures, &sums);
            for (at, figure) in figures.iter().enumerate() {
                prop_assert!(masked[at] || !is_small(&figure.people));
            }
            // Each figure about few can be changed, with other masked ones, so that every sum still holds: there is a
            // solution of the homogeneous equations with something in its place.
            let desk = Desk { masked: masked.clone(), ..Desk::new(&figures, &sums) };
            let solved = desk.solved();
            for (at, _) in figures.iter().enumerate().filter(|(at, figure)| masked[*at] && is_small(&figure.people)) {
                prop_assert!(!solved.iter().any(|told| told.masked == [at]), "{at} follows");
            }
        }
    }
}
