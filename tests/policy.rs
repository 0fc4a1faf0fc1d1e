//! Policies: the built-in standards, a week's own over them, and every fault of one.

use pusterum::diagnostic::codes;
use pusterum::policy::{Policy, PolicyFault, parse};
use pusterum::units::{Minutes, Points};

fn faults(toml: &str) -> Vec<(&'static str, Option<u64>, String)> {
    let found = parse(toml).expect_err("the policy is at fault");
    found.into_iter().map(|PolicyFault { code, line, key, .. }| (code, line, key)).collect()
}

#[test]
fn the_built_in_standards_say_what_the_model_prints() {
    let policy = Policy::default();
    assert_eq!((policy.start_grid, policy.familiar_days), (Minutes(5), 84));
    assert_eq!((policy.pause.minutes, policy.pause.from, policy.pause.to), (Minutes(30), Minutes(660), Minutes(810)));
    assert_eq!((policy.travel.car_kmh, policy.travel.detour), (35.0, 1.3));
    assert_eq!((policy.weights.unmet_high, policy.weights.changed), (Points(40), Points(25)));
    let (ballerup, koege) = (policy.of("Ballerup"), policy.of("Køge"));
    assert_eq!((ballerup.weekly_minutes_max, ballerup.weekly_minutes_min), (Minutes(180), Minutes(60)));
    assert_eq!(ballerup.days, [true, true, true, true, true, false, false]);
    assert!(ballerup.absorb_tasks && !ballerup.municipal_only && !ballerup.requires_agreement);
    assert_eq!((koege.weekly_minutes_max, koege.weekly_minutes_min), (Minutes(120), Minutes(0)));
    assert!(koege.requires_agreement && koege.requires_stay_tried && koege.municipal_only && koege.adults_only);
    assert_eq!((koege.day_from, koege.visit_minutes_step), (ballerup.day_from, ballerup.visit_minutes_step));
}

#[test]
fn what_a_table_leaves_out_is_built_in() {
    let own = "[municipality.Ballerup]\nday_from = \"09:00\"\n[municipality.Køge]\nmax_visits = 1\n\
               [municipality.\"Høje-Taastrup\"]\nday_to = \"18:00\"\n";
    let policy = parse(own).expect("a valid policy");
    assert_eq!(policy.of("Ballerup").day_from, Minutes(540));
    assert!(policy.of("Køge").municipal_only && policy.of("Køge").max_visits == 1);
    // Neither a table that leaves it out nor a municipality without one gets the week's own Ballerup.
    assert_eq!(policy.of("Høje-Taastrup").day_from, Minutes(480));
    assert_eq!(policy.of("Solrød").day_from, Minutes(480));
    assert!(!policy.of("Solrød").municipal_only);
}

#[test]
fn unknown_keys_are_all_found_with_their_lines() {
    let toml = "familiar_dage = 3\n[weights]\nunmet = 4\n[brake]\nminutes = 3\n[municipality.Køge]\nmax_visit = 2\n";
    assert_eq!(
        faults(toml),
        [
            (codes::UNKNOWN_POLICY_KEY, Some(1), "familiar_dage".to_owned()),
            (codes::UNKNOWN_POLICY_KEY, Some(3), "weights.unmet".to_owned()),
            (codes::UNKNOWN_POLICY_KEY, Some(4), "brake".to_owned()),
            (codes::UNKNOWN_POLICY_KEY, Some(7), "municipality.Køge.max_visit".to_owned()),
        ]
    );
    let found = parse("[municipality.Køge]\nmax_visit = 2\n").expect_err("at fault");
    assert_eq!(found[0].cure.english, "Did you mean `max_visits`?");
}

#[test]
fn values_of_the_wrong_kind_or_size_are_found() {
    let cases = [
        ("start_grid_minutes = 0", codes::BAD_POLICY_VALUE),
        ("start_grid_minutes = 5.0", codes::BAD_POLICY_TYPE),
        ("familiar_days = \"84\"", codes::BAD_POLICY_TYPE),
        ("break = 30", codes::UNKNOWN_POLICY_KEY),
        ("municipality = 3", codes::BAD_POLICY_TYPE),
        ("municipality.Ballerup = 3", codes::BAD_POLICY_TYPE),
        ("travel.car_kmh = 0", codes::BAD_POLICY_VALUE),
        ("travel.car_kmh = inf", codes::BAD_POLICY_VALUE),
        ("travel.detour = -0.1", codes::BAD_POLICY_VALUE),
        ("weights.changed = -1", codes::BAD_POLICY_VALUE),
        ("weights.changed = 2.5", codes::BAD_POLICY_TYPE),
        ("weights.changed = 99999999999999999999", codes::BAD_POLICY_TYPE),
        ("break.from = \"24:30\"", codes::BAD_POLICY_TYPE),
        ("break.to = \"11:00\"", codes::POLICY_TIMES_REVERSED),
        ("municipality.Ballerup.days = [\"mon\", \"tirsdag\"]", codes::BAD_POLICY_TYPE),
        ("municipality.Ballerup.visit_minutes_step = 0", codes::BAD_POLICY_VALUE),
        ("municipality.Ballerup.visit_minutes_min = 0", codes::BAD_POLICY_VALUE),
        ("municipality.Ballerup.min_days_between = 0", codes::BAD_POLICY_VALUE),
        ("municipality.Ballerup.relief_qualifications = [\"doctor\"]", codes::BAD_POLICY_TYPE),
        ("weights", codes::UNREADABLE_POLICY),
    ];
    for (toml, code) in cases {
        let found = faults(toml);
        assert_eq!(found.iter().map(|f| (f.0, f.1)).collect::<Vec<_>>(), [(code, Some(1))], "{toml}");
    }
}

#[test]
fn a_policy_reads_back_as_it_was_written() {
    assert_eq!(Policy::default().to_toml(), "");
    let own = "start_grid_minutes = 1\n[break]\nminutes = 0\n[travel]\ndetour = 0\nwalk_kmh = 4.5\n[weights]\nseniority = 0\n\
               [municipality.Ballerup]\ndays = [\"mon\", \"sun\"]\ncap_to_standard = true\n[municipality.Solrød]\n\
               [municipality.\"A \\\" b\"]\ncomplex_qualifications = []\n[municipality.Køge]\nday_to = \"24:00\"\n";
    let policy = parse(own).expect("a valid policy");
    let written = policy.to_toml();
    assert_eq!(parse(&written).expect("what is written is valid"), policy, "{written}");
    assert!(!written.contains("overhead_minutes") && !written.contains("weekly_minutes_max"), "{written}");
}
