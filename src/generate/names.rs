//! Invented people: names and streets that sound Danish and belong to nobody.

use super::dice::Dice;
use super::places::Postcode;

const OLD: [&str; 24] = [
    "Aase", "Agnete", "Arne", "Bent", "Birthe", "Børge", "Ebba", "Edith", "Egon", "Ellen", "Erna", "Gerda", "Grethe",
    "Gunnar", "Holger", "Inger", "Kaj", "Knud", "Lilly", "Poul", "Ruth", "Svend", "Tove", "Viggo",
];

const YOUNG: [&str; 20] = [
    "Amira",
    "Anders",
    "Camilla",
    "Christina",
    "Fatma",
    "Heidi",
    "Jesper",
    "Jonas",
    "Katrine",
    "Laila",
    "Louise",
    "Maria",
    "Mette",
    "Mikkel",
    "Nadia",
    "Pernille",
    "Rikke",
    "Sanne",
    "Søren",
    "Trine",
];

/// Family names that no register of common names has.
const FAMILY: [&str; 20] = [
    "Aldersund",
    "Birkevang",
    "Dueholt",
    "Elmestrøm",
    "Fjordhøj",
    "Gyvelby",
    "Havrekær",
    "Kløvergård",
    "Lindeås",
    "Mågestrand",
    "Nøddelund",
    "Pileager",
    "Rughave",
    "Sivbæk",
    "Skovfryd",
    "Tjørnedal",
    "Uglemose",
    "Vibeeng",
    "Ærtebjerg",
    "Østervæld",
];

const STREETS: [&str; 16] = [
    "Agernstien",
    "Bøgeløkken",
    "Drosselvænget",
    "Egehegnet",
    "Fyrrekrogen",
    "Græsparken",
    "Hybenhaven",
    "Kastanjebuen",
    "Lærkesporet",
    "Mosetoften",
    "Nelliketorvet",
    "Ravnebakken",
    "Solsortlunden",
    "Tulipanrækken",
    "Violgangen",
    "Åbrinken",
];

const COMPANIES: [&str; 8] = [
    "Lyngens Pleje",
    "Havblik Omsorg",
    "Kløver Hjemmehjælp",
    "Solgårdens Pleje",
    "Bølgen Omsorg",
    "Humle Hjemmepleje",
    "Tre Ege Omsorg",
    "Vesterlys Pleje",
];

/// The name of somebody who is relieved.
pub(super) fn client(dice: &mut Dice) -> String {
    format!("{} {}", dice.pick(&OLD), dice.pick(&FAMILY))
}

/// The name of a carer.
pub(super) fn carer(dice: &mut Dice) -> String {
    format!("{} {}", dice.pick(&YOUNG), dice.pick(&FAMILY))
}

/// A street that is not there, in a town that is.
pub(super) fn address(postcode: Postcode, dice: &mut Dice) -> String {
    format!("{} {}, {} {}", dice.pick(&STREETS), dice.between(1, 98), postcode.code, postcode.name)
}

/// The name of the `nth` private provider, from 0.
pub(super) fn company(nth: usize) -> String {
    let name = COMPANIES[nth % COMPANIES.len()];
    if nth < COMPANIES.len() { name.into() } else { format!("{name} {}", nth / COMPANIES.len() + 1) }
}
