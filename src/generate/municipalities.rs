//! The 98 Danish municipalities: how many people live in each, on how much land, and where the main town is.

use std::sync::LazyLock;

use super::places::Postcode;

/// The data, with its sources in its head.
const DATA: &str = include_str!("municipalities.csv");

static ALL: LazyLock<Vec<Municipality>> = LazyLock::new(|| {
    let rows = DATA.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| Municipality::read(line).unwrap_or_else(|| panic!("municipalities.csv: {line}"))).collect()
});

/// A Danish municipality, as far as made-up weeks go by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// The official number, such as 151.
    pub code: u32,
    /// As Statistics Denmark has it, such as `Nordfyns`.
    pub name: &'static str,
    /// On 1 January 2020.
    pub population: usize,
    pub km2: u32,
    pub main_town: Postcode,
}

impl Municipality {
    /// All of them, by number.
    pub fn all() -> &'static [Municipality] {
        &ALL
    }

    /// The one of that name; capitals do not matter, and `aa` may be written for `å`.
    pub fn named(name: &str) -> Option<&'static Municipality> {
        Self::all().iter().find(|municipality| folded(municipality.name) == folded(name.trim()))
    }

    /// What its ids start with, in ASCII: `BA` for Ballerup, `KO` for Køge.
    pub(super) fn prefix(&self) -> String {
        let plain = folded(self.name).replace('æ', "ae").replace('ø', "oe");
        plain.chars().take(2).collect::<String>().to_uppercase()
    }

    fn read(line: &'static str) -> Option<Self> {
        let cells: Vec<&'static str> = line.split(';').collect();
        let [code, name, population, km2, postcode, town, lat, lon] = cells[..] else { return None };
        let main_town = Postcode { code: postcode.parse().ok()?, name: town, lat_e5: e5(lat)?, lon_e5: e5(lon)? };
        Some(Municipality {
            code: code.parse().ok()?,
            name,
            population: population.parse().ok()?,
            km2: km2.parse().ok()?,
            main_town,
        })
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace('å', "aa")
}

/// Hundred-thousandths of a degree, from degrees with two decimals.
fn e5(degrees: &str) -> Option<i32> {
    let (whole, hundredths) = degrees.split_once('.').filter(|(_, decimals)| decimals.len() == 2)?;
    Some(whole.parse::<i32>().ok()? * 100_000 + hundredths.parse::<i32>().ok()? * 1_000)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What Statistics Denmark's table FOLK1A has for the whole country on 1 January 2020.
    const COUNTRY: usize = 5_822_763;
    /// The part of it that belongs to no municipality.
    const CHRISTIANSOE: usize = 84;

    #[test]
    fn the_country_is_whole() {
        let all = Municipality::all();
        let names: BTreeSet<&str> = all.iter().map(|m| m.name).collect();
        assert_eq!((all.len(), names.len()), (98, 98));
        let people: usize = all.iter().map(|m| m.population).sum();
        assert_eq!(people + CHRISTIANSOE, COUNTRY, "a mistyped figure shows in the sum");
        assert!(all.is_sorted_by_key(|m| m.code));
        assert!(all.iter().all(|m| !m.name.contains(' ')), "providers.csv has spaces between municipalities");
    }

    #[test]
    fn every_main_town_lies_in_denmark() {
        for Municipality { name, main_town, .. } in Municipality::all() {
            assert!((5_450_000..5_780_000).contains(&main_town.lat_e5), "{name}");
            assert!((800_000..1_520_000).contains(&main_town.lon_e5), "{name}");
        }
    }

    #[test]
    fn names_are_found_as_people_write_them() {
        for (typed, code) in [("Køge", 259), ("køge", 259), ("Århus", 751), ("aarhus", 751), ("Taarnby", 185)] {
            assert_eq!(Municipality::named(typed).map(|m| m.code), Some(code), "{typed}");
        }
        assert_eq!(Municipality::named("Atlantis"), None);
    }
}
