//! Policies to strew into weeks.

/// Keys and the values that they may get.
pub type Settings = &'static [(&'static str, &'static [&'static str])];

pub const POLICY: &[(&str, Settings)] = &[
    ("", &[("start_grid_minutes", &["1", "10", "15"]), ("familiar_days", &["0", "7", "14", "365"])]),
    (
        "break",
        &[
            ("minutes", &["0", "15", "45", "60"]),
            ("from", &["\"10:00\"", "\"11:30\""]),
            ("to", &["\"12:30\"", "\"14:00\""]),
            ("shift_minutes_min", &["240", "420"]),
        ],
    ),
    (
        "travel",
        &[
            ("car_kmh", &["30", "42.5"]),
            ("bike_kmh", &["12", "17.3"]),
            ("walk_kmh", &["4", "5.5"]),
            ("detour", &["1.0", "1.27"]),
            ("overhead_minutes", &["0", "5"]),
        ],
    ),
    (
        "weights",
        &[
            ("unmet_high", &["0", "77"]),
            ("seniority", &["0", "13", "100"]),
            ("new_carer", &["3"]),
            ("extra_carer", &["7"]),
            ("not_preferred", &["11"]),
            ("travel_minute", &["0", "2"]),
            ("absorbed_minute", &["0", "3"]),
            ("changed", &["1", "100"]),
        ],
    ),
];

pub const MUNICIPALITY: Settings = &[
    ("weekly_minutes_max", &["90", "120"]),
    ("cap_to_standard", &["true", "false"]),
    ("max_visits", &["1", "3"]),
    ("days", &["[\"mon\", \"wed\", \"sat\", \"sun\"]", "[\"tue\", \"thu\", \"fri\"]"]),
    ("day_from", &["\"07:00\"", "\"09:10\""]),
    ("day_to", &["\"14:00\"", "\"24:00\""]),
    ("visit_minutes_min", &["30", "50"]),
    ("visit_minutes_step", &["15", "20"]),
    ("min_days_between", &["2", "3"]),
    ("complex_qualifications", &["[\"nurse\"]", "[\"helper\", \"nurse\"]"]),
    ("relief_qualifications", &["[\"nurse\", \"assistant\"]", "[\"helper\"]"]),
    ("requires_agreement", &["true", "false"]),
    ("requires_stay_tried", &["true", "false"]),
    ("municipal_only", &["true", "false"]),
    ("absorb_tasks", &["true", "false"]),
    ("adults_only", &["true", "false"]),
];
