//! Typed ids and a vector that only its own id indexes.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// An id that stands for a position in an [`IdVec`].
pub trait Id: Copy + Ord {
    fn from_index(index: usize) -> Self;
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl Id for $name {
            fn from_index(index: usize) -> Self {
                $name(u32::try_from(index).expect("fewer than 2^32 rows"))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A provider: the municipality's own home care or a private company.
    ProviderId,
    /// A carer: a row of `staff.csv`.
    CarerId,
    /// A shift of a carer: a row of `shifts.csv` in the planned week.
    ShiftId,
    /// Work that is already planned: a row of `bookings.csv`.
    BookingId,
    /// A client who lives at home with a relative.
    ClientId,
    /// A grant of relief to a client.
    GrantId,
}

/// A vector indexed by one kind of id only.
#[derive(Clone, Debug, PartialEq)]
pub struct IdVec<K, V> {
    values: Vec<V>,
    key: PhantomData<fn(K)>,
}

impl<K: Id, V> IdVec<K, V> {
    pub fn new(values: Vec<V>) -> Self {
        IdVec { values, key: PhantomData }
    }

    /// One value for each of `count` ids, made from the id.
    pub fn from_fn(count: usize, make: impl FnMut(K) -> V) -> Self {
        Self::new((0..count).map(K::from_index).map(make).collect())
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub fn push(&mut self, value: V) -> K {
        self.values.push(value);
        K::from_index(self.values.len() - 1)
    }

    pub fn ids(&self) -> impl DoubleEndedIterator<Item = K> + ExactSizeIterator + use<K, V> {
        (0..self.values.len()).map(K::from_index)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &V)> + ExactSizeIterator {
        self.values.iter().enumerate().map(|(i, v)| (K::from_index(i), v))
    }

    pub fn values(&self) -> &[V] {
        &self.values
    }

    pub fn get(&self, id: K) -> Option<&V> {
        self.values.get(id.index())
    }
}

impl<K: Id, V> Index<K> for IdVec<K, V> {
    type Output = V;
    fn index(&self, id: K) -> &V {
        &self.values[id.index()]
    }
}

impl<K: Id, V> IndexMut<K> for IdVec<K, V> {
    fn index_mut(&mut self, id: K) -> &mut V {
        &mut self.values[id.index()]
    }
}

impl<K: Id, V> Default for IdVec<K, V> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pushed_values_are_found_by_their_id() {
        let mut grants: IdVec<GrantId, &str> = IdVec::default();
        let first = grants.push("a");
        let second = grants.push("b");
        assert_eq!((grants[first], grants[second]), ("a", "b"));
        assert_eq!(grants.ids().collect::<Vec<_>>(), [GrantId(0), GrantId(1)]);
    }
}
