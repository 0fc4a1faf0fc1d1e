//! The Danish words that stand for tables, columns and codes, besides the canonical ones.
//!
//! Words are compared by their [`key`], so case, blanks, `-` and `_` are no matter, and `ae` is `æ`. Where a header has
//! several words of one column, the canonical name counts, then the one that is listed first.

use super::shape::Codes;
use super::value::key;
use crate::coded::Coded;
use crate::policy::Qualification;
use crate::problem::Named;
use crate::tables::{AbsenceReason, LegalBasis, Need, Service, Transport, WishKind};

/// A choice that files may name by a Danish word too.
pub(super) trait Spoken: Coded {
    /// Words besides the codes, by their key.
    const WORDS: &'static [(&'static str, Self)];

    /// The choice that a code or a word names, in any spelling.
    fn from_word(word: &str) -> Option<Self> {
        let word = key(word);
        let codes = Self::CODES.iter().find(|(code, _)| key(code) == word);
        codes.or_else(|| Self::WORDS.iter().find(|(known, _)| *known == word)).map(|(_, choice)| *choice)
    }
}

impl Spoken for Qualification {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("ufaglaert", Qualification::Untrained),
        ("uuddannet", Qualification::Untrained),
        ("ssh", Qualification::Helper),
        ("sosuh", Qualification::Helper),
        ("hjaelper", Qualification::Helper),
        ("sosuhjaelper", Qualification::Helper),
        ("socialogsundhedshjaelper", Qualification::Helper),
        ("ssa", Qualification::Assistant),
        ("sosua", Qualification::Assistant),
        ("sosuassistent", Qualification::Assistant),
        ("assistent", Qualification::Assistant),
        ("socialogsundhedsassistent", Qualification::Assistant),
        ("spl", Qualification::Nurse),
        ("sygeplejerske", Qualification::Nurse),
    ];
}

impl Spoken for Transport {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("bil", Transport::Car),
        ("cykel", Transport::Bike),
        ("elcykel", Transport::Bike),
        ("gang", Transport::Walk),
        ("gaaende", Transport::Walk),
        ("gaar", Transport::Walk),
        ("tilfods", Transport::Walk),
    ];
}

impl Spoken for Service {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("afloesning", Service::Relief),
        ("afloesningihjemmet", Service::Relief),
        ("uopsaetteligafloesning", Service::UrgentRelief),
        ("akutafloesning", Service::UrgentRelief),
        ("uopsaettelig", Service::UrgentRelief),
        ("praktiskafloesning", Service::PracticalRelief),
        ("praktiskhjaelp", Service::PracticalRelief),
        ("afloesningtilpraktiskhjaelp", Service::PracticalRelief),
        ("praktisk", Service::PracticalRelief),
    ];
}

impl Spoken for Need {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("hoej", Need::High),
        ("hoejt", Need::High),
        ("stor", Need::High),
        ("stort", Need::High),
        ("mellem", Need::Medium),
        ("middel", Need::Medium),
        ("moderat", Need::Medium),
        ("lav", Need::Low),
        ("lavt", Need::Low),
        ("lille", Need::Low),
    ];
}

impl Spoken for LegalBasis {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("servicelovenss84", LegalBasis::Sel84),
        ("serviceloven84", LegalBasis::Sel84),
        ("sel84", LegalBasis::Sel84),
        ("84", LegalBasis::Sel84),
        ("aeldreloven16", LegalBasis::Ael16),
        ("ael16", LegalBasis::Ael16),
        ("16", LegalBasis::Ael16),
    ];
}

impl Spoken for WishKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("mulig", WishKind::Possible),
        ("muligt", WishKind::Possible),
        ("kan", WishKind::Possible),
        ("oensket", WishKind::Preferred),
        ("oenskes", WishKind::Preferred),
        ("foretrukken", WishKind::Preferred),
        ("foretrukket", WishKind::Preferred),
        ("aftalt", WishKind::Agreed),
        ("aftale", WishKind::Agreed),
        ("umulig", WishKind::Impossible),
        ("umuligt", WishKind::Impossible),
        ("kanikke", WishKind::Impossible),
    ];
}

impl Spoken for AbsenceReason {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("sygehus", AbsenceReason::Hospital),
        ("hospital", AbsenceReason::Hospital),
        ("indlagt", AbsenceReason::Hospital),
        ("indlaeggelse", AbsenceReason::Hospital),
        ("aflastning", AbsenceReason::RespiteStay),
        ("aflastningsophold", AbsenceReason::RespiteStay),
        ("midlertidigtophold", AbsenceReason::ShortTermStay),
        ("korttidsophold", AbsenceReason::ShortTermStay),
        ("dagcenter", AbsenceReason::DayCentre),
        ("daghjem", AbsenceReason::DayCentre),
        ("syg", AbsenceReason::Sick),
        ("sygdom", AbsenceReason::Sick),
        ("ferie", AbsenceReason::Holiday),
        ("kursus", AbsenceReason::Course),
        ("andet", AbsenceReason::Other),
    ];
}

/// Who an absence is of.
pub(super) const SUBJECTS: [&str; 2] = ["client", "staff"];

/// The words for who an absence is of.
pub(super) const SUBJECT: Codes = Codes { knows: |word| subject(word).is_some(), all: || SUBJECTS.to_vec() };

/// Who a word says that an absence is of.
pub(super) fn subject(word: &str) -> Option<Named> {
    match key(word).as_str() {
        "client" | "borger" => Some(Named::Client),
        "staff" | "medarbejder" | "personale" => Some(Named::Carer),
        _ => None,
    }
}

/// What a Danish word for a booking's task stands for; other tasks are as they are written.
const TASKS: [(&str, &str); 11] = [
    ("pleje", "care"),
    ("personligpleje", "care"),
    ("personlighjaelp", "care"),
    ("praktisk", "practical"),
    ("praktiskhjaelp", "practical"),
    ("rengoering", "practical"),
    ("pause", "break"),
    ("frokost", "break"),
    ("frokostpause", "break"),
    ("moede", "meeting"),
    ("personalemoede", "meeting"),
];

/// The task that a cell names; the four that rules or the generator know in any spelling, others as they stand.
pub(super) fn task(cell: &str) -> String {
    let word = key(cell);
    let known = TASKS.iter().find(|(danish, task)| *danish == word || *task == word);
    known.map_or_else(|| cell.to_owned(), |(_, task)| (*task).to_owned())
}

/// The words for a table, by its file.
const TABLES: [(&str, &[&str]); 12] = [
    ("providers.csv", &["udfoerere", "udfoerer", "leverandoerer", "leverandoer", "provider"]),
    ("staff.csv", &["medarbejdere", "medarbejder", "personale", "ansatte", "carers"]),
    ("shifts.csv", &["vagter", "vagt", "vagtplan", "vagtliste", "arbejdstider", "shift"]),
    ("bookings.csv", &["bookinger", "booking", "planlagtebesoeg", "planlagt", "opgaver", "koerelister", "koereliste"]),
    ("clients.csv", &["borgere", "borger", "client"]),
    ("grants.csv", &["bevillinger", "bevilling", "bevilgedeydelser", "visitationer", "grant"]),
    ("wishes.csv", &["oensker", "oensketider", "oenskerogaftaler", "aftaler"]),
    ("absences.csv", &["fravaer", "fravaerogophold", "absence"]),
    ("pins.csv", &["fastebesoeg", "faste"]),
    ("history.csv", &["historik", "tidligerebesoeg", "besoegshistorik"]),
    ("closing_days.csv", &["lukkedage", "lukkedag"]),
    ("travel.csv", &["koeretider", "koeretid", "rejsetider", "transporttider"]),
];

/// Words in names of files and sheets that say nothing of the table.
const FILLERS: [&str; 12] =
    ["uge", "week", "w", "eksport", "export", "udtraek", "liste", "ark", "sheet", "ny", "nye", "data"];

/// The file of the table that a file's stem or a sheet is named for, such as `Vagter uge 48` for `shifts.csv`.
pub(super) fn table_named(name: &str) -> Option<&'static str> {
    let words = name.split(|c: char| !c.is_alphabetic()).map(key);
    let telling: String = words.filter(|word| !FILLERS.contains(&word.as_str())).collect();
    let is_it = |(file, words): &&(&str, &[&str])| {
        key(file.trim_end_matches(".csv")) == telling || words.contains(&telling.as_str())
    };
    TABLES.iter().find(is_it).map(|(file, _)| *file)
}

/// The file of the only table of which some word stands in a name, such as `Liste over vagter` for `shifts.csv`.
pub(super) fn table_hinted(name: &str) -> Option<&'static str> {
    let words: Vec<String> = name.split(|c: char| !c.is_alphabetic()).map(key).collect();
    let mut hinted = TABLES.iter().filter(|(_, known)| words.iter().any(|word| known.contains(&word.as_str())));
    let first = hinted.next().map(|(file, _)| *file);
    first.filter(|_| hinted.next().is_none())
}

/// The words for the carer in the table of carers; the last two stand for what a table's rows are about.
const OWN_STAFF_IDS: &[&str] = &[
    "medarbejderid",
    "medarbejdernr",
    "medarbejdernummer",
    "medarbejder",
    "initialer",
    "loennr",
    "loennummer",
    "tjenestenr",
    "tjenestenummer",
    "id",
    "nr",
];

/// The same in tables of other things.
const STAFF_IDS: &[&str] = OWN_STAFF_IDS.split_at(OWN_STAFF_IDS.len() - 2).0;

/// The words for the grant in tables of other things.
const GRANT_IDS: &[&str] =
    &["bevillingid", "bevillingsid", "bevillingsnr", "bevilling", "sagsnr", "sagsnummer", "sagsid"];

/// Danish words for the columns of a table, by the file of the table, then the column.
type Columns = &'static [(&'static str, &'static [&'static str])];

const COLUMNS: [(&str, Columns); 13] = [
    (
        "providers.csv",
        &[
            ("provider_id", &["udfoererid", "udfoerer", "leverandoerid", "leverandoer", "id", "nr"]),
            ("name", &["navn", "udfoerernavn", "leverandoernavn"]),
            ("municipalities", &["kommuner", "kommune", "godkendti"]),
            ("municipal", &["kommunal", "egenhjemmepleje"]),
            ("weekly_minutes_max", &["maksminutterprugeialt", "maksminutterpruge", "maksminutter", "ugentligtmaks"]),
        ],
    ),
    (
        "staff.csv",
        &[
            ("staff_id", OWN_STAFF_IDS),
            ("name", &["navn", "medarbejdernavn", "fuldenavn", "fuldtnavn"]),
            ("provider_id", &["udfoererid", "udfoerer", "leverandoer", "team", "gruppe", "enhed", "afdeling"]),
            (
                "qualification",
                &["kvalifikation", "uddannelse", "stilling", "stillingsbetegnelse", "faggruppe", "kompetence"],
            ),
            (
                "relief_trained",
                &["oplaertiafloesning", "afloesningsoplaert", "oplaert", "afloeserkursus", "afloesningskursus"],
            ),
            ("relief_minutes_max", &["maksafloesningsminutter", "maksminutter", "maksminutterpruge"]),
            ("transport", &["transportform", "transportmiddel", "koeretoej"]),
            ("start_lat", &["startbreddegrad", "breddegrad", "lat", "latitude", "startlatitude"]),
            ("start_lon", &["startlaengdegrad", "laengdegrad", "lon", "lng", "longitude", "startlongitude"]),
        ],
    ),
    (
        "shifts.csv",
        &[
            ("staff_id", STAFF_IDS),
            ("date", &["dato", "vagtdato", "dag"]),
            ("start", &["vagtstart", "starttid", "starttidspunkt", "fra", "frakl", "klfra", "moedetid", "kommer"]),
            ("end", &["vagtslut", "sluttid", "sluttidspunkt", "slut", "til", "tilkl", "kltil", "gaar"]),
        ],
    ),
    (
        "bookings.csv",
        &[
            ("booking_id", &["bookingnr", "booking", "besoegid", "opgaveid", "id", "nr"]),
            ("staff_id", STAFF_IDS),
            ("date", &["dato", "dag"]),
            ("start", &["starttid", "starttidspunkt", "fra", "frakl", "klfra"]),
            ("end", &["sluttid", "sluttidspunkt", "slut", "til", "tilkl", "kltil"]),
            ("client_id", &["borgerid", "borgernr", "borger"]),
            ("lat", &["breddegrad", "latitude"]),
            ("lon", &["laengdegrad", "lng", "longitude"]),
            ("task", &["opgave", "opgavetype", "type", "indsats", "ydelse"]),
        ],
    ),
    (
        "clients.csv",
        &[
            ("client_id", &["borgerid", "borgernr", "borgernummer", "borger", "id", "nr"]),
            ("municipality", &["kommune", "kommunenavn"]),
            ("lat", &["breddegrad", "latitude"]),
            ("lon", &["laengdegrad", "lng", "longitude"]),
            (
                "home_care_provider",
                &["hjemmeplejeudfoerer", "hjemmepleje", "hjemmeplejeleverandoer", "nuvaerendeudfoerer"],
            ),
            ("chosen_provider", &["valgtudfoerer", "valgtleverandoer", "oensketudfoerer"]),
            ("complex_needs", &["komplekse", "kompleks", "kompleksebehov", "komplekstbehov"]),
            ("avoid_staff", &["undgaamedarbejdere", "undgaamedarbejder", "undgaa", "ikkemedarbejdere", "fravalgte"]),
            ("adult", &["voksen", "over18", "over18aar"]),
            ("name", &["navn", "borgernavn", "fuldenavn", "fuldtnavn"]),
            ("address", &["adresse", "vej", "gade", "bopael"]),
            ("protected_address", &["beskyttetadresse", "adressebeskyttelse", "hemmeligadresse"]),
        ],
    ),
    (
        "grants.csv",
        &[
            (
                "grant_id",
                &[
                    "bevillingid",
                    "bevillingsid",
                    "bevillingsnr",
                    "bevilling",
                    "sagsnr",
                    "sagsnummer",
                    "sagsid",
                    "id",
                    "nr",
                ],
            ),
            ("client_id", &["borgerid", "borgernr", "borgernummer", "borger"]),
            ("service", &["ydelse", "indsats", "ydelsestype"]),
            (
                "weekly_minutes",
                &[
                    "minutterpruge",
                    "ugentligeminutter",
                    "bevilgedeminutter",
                    "visiteredeminutter",
                    "minutter",
                    "tidpruge",
                    "visiterettid",
                    "bevilgettid",
                ],
            ),
            ("max_visits", &["maksbesoeg", "antalbesoeg", "besoegpruge", "antalbesoegpruge"]),
            ("split", &["opdeling", "fordeling"]),
            ("valid_from", &["gyldigfra", "gaelderfra", "startdato", "fradato", "fra"]),
            ("valid_to", &["gyldigtil", "gaeldertil", "slutdato", "tildato", "til"]),
            (
                "granted_on",
                &["bevilget", "bevilgetden", "bevillingsdato", "afgoerelsesdato", "afgoerelse", "visiteret"],
            ),
            ("need", &["behov", "prioritet", "behovsgrad"]),
            ("stay_tried", &["opholdafproevet", "opholdproevet", "aflastningproevet"]),
            ("legal_basis", &["lovgrundlag", "paragraf", "lovhjemmel", "hjemmel"]),
        ],
    ),
    (
        "wishes.csv",
        &[
            ("grant_id", GRANT_IDS),
            ("day", &["dag", "ugedag", "dato"]),
            ("from", &["fra", "start", "starttid", "frakl", "klfra"]),
            ("to", &["til", "slut", "sluttid", "tilkl", "kltil"]),
            ("wish", &["oenske", "type", "oensketype"]),
        ],
    ),
    (
        "absences.csv",
        &[
            ("subject", &["hvem", "art", "type", "gaelder"]),
            ("id", &["nr"]),
            ("from", &["fra", "fradato", "start", "startdato"]),
            ("to", &["til", "tildato", "slut", "slutdato"]),
            ("reason", &["aarsag", "grund", "fravaersaarsag", "fravaerstype"]),
        ],
    ),
    (
        "pins.csv",
        &[
            ("grant_id", GRANT_IDS),
            ("date", &["dato", "dag"]),
            ("start", &["starttid", "starttidspunkt", "fra", "frakl", "klfra"]),
            ("end", &["sluttid", "sluttidspunkt", "slut", "til", "tilkl", "kltil"]),
            ("staff_id", STAFF_IDS),
        ],
    ),
    (
        "history.csv",
        &[
            ("client_id", &["borgerid", "borgernr", "borgernummer", "borger"]),
            ("staff_id", STAFF_IDS),
            ("date", &["dato", "besoegsdato"]),
        ],
    ),
    (
        "closing_days.csv",
        &[("municipality", &["kommune"]), ("date", &["dato"]), ("reason", &["aarsag", "grund", "bemaerkning"])],
    ),
    (
        "travel.csv",
        &[
            ("from", &["fra"]),
            ("to", &["til"]),
            ("transport", &["transportform", "transportmiddel"]),
            ("minutes", &["minutter", "tid", "koeretid"]),
        ],
    ),
    (
        "roster",
        &[
            ("visit_id", &["besoegid", "besoegsid", "besoeg", "nr"]),
            ("date", &["dato"]),
            ("start", &["starttid", "fra"]),
            ("end", &["sluttid", "slut", "til"]),
            ("grant_id", &["bevillingid", "bevillingsid", "bevilling"]),
            ("client_id", &["borgerid", "borger"]),
            ("provider_id", &["udfoererid", "udfoerer", "leverandoer"]),
            ("staff_id", &["medarbejderid", "medarbejder"]),
            ("service", &["ydelse", "indsats"]),
            ("status", &[]),
        ],
    ),
];

/// The words for a column of a table, the most telling first.
pub(super) fn column_words(table: &str, column: &str) -> &'static [&'static str] {
    let columns = COLUMNS.iter().find(|(name, _)| *name == table).map_or(&[][..], |(_, columns)| *columns);
    columns.iter().find(|(name, _)| *name == column).map_or(&[], |(_, words)| *words)
}

/// How well a header's word fits a column: 0 is the canonical name, then the words in their order.
pub(super) fn fit(table: &str, column: &str, word: &str) -> Option<usize> {
    let word = key(word);
    if word == key(column) {
        return Some(0);
    }
    let known = column_words(table, column).iter().position(|known| *known == word);
    known.map(|place| place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_are_keys_and_stand_for_one_thing_each() {
        let mut words: Vec<&str> = TABLES.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        assert!(words.iter().all(|word| key(word) == *word));
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]));
        for (table, columns) in COLUMNS {
            let mut words: Vec<String> = columns.iter().flat_map(|(_, words)| words.iter().map(|w| key(w))).collect();
            assert!(columns.iter().flat_map(|(_, words)| *words).all(|word| key(word) == *word), "{table}");
            words.extend(columns.iter().map(|(name, _)| key(name)));
            words.sort_unstable();
            assert!(words.windows(2).all(|pair| pair[0] != pair[1]), "{table}: {words:?}");
        }
    }

    #[test]
    fn codes_are_known_by_danish_words() {
        assert_eq!(Qualification::from_word("SSA"), Some(Qualification::Assistant));
        assert_eq!(Qualification::from_word("Social- og sundhedshjælper"), Some(Qualification::Helper));
        assert_eq!(Service::from_word("Afløsning"), Some(Service::Relief));
        assert_eq!((Need::from_word("HØJ"), Need::from_word("hihg")), (Some(Need::High), None));
        assert_eq!(LegalBasis::from_word("Serviceloven § 84"), Some(LegalBasis::Sel84));
    }

    #[test]
    fn files_are_known_by_what_they_are_named_for() {
        let cases = [
            ("Medarbejdere", Some("staff.csv")),
            ("Vagter uge 48", Some("shifts.csv")),
            ("udtræk_bevillinger_2026-11-23", Some("grants.csv")),
            ("FASTE BESØG", Some("pins.csv")),
            ("closing_days", Some("closing_days.csv")),
            ("Ark1", None),
            ("roster", None),
        ];
        for (name, table) in cases {
            assert_eq!(table_named(name), table, "{name}");
        }
        assert_eq!(table_hinted("Liste over vagter i huset"), Some("shifts.csv"));
        assert_eq!(table_hinted("vagter og fravær"), None);
    }

    #[test]
    fn tasks_are_translated_where_they_are_known() {
        assert_eq!((task("Personlig pleje"), task("Care"), task("Løb")), ("care".into(), "care".into(), "Løb".into()));
    }
}
