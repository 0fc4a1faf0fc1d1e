//! One text as the cell of every column.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pusterum_fuzz::read;

const TABLES: [(&str, &str); 5] = [
    ("shifts.csv", "staff_id;date;start;end"),
    ("staff.csv", "staff_id;provider_id;qualification;relief_trained;relief_minutes_max;transport;start_lat;start_lon"),
    ("grants.csv", "grant_id;client_id;service;weekly_minutes;max_visits;split;valid_from;granted_on;need"),
    ("absences.csv", "subject;id;from;to;reason"),
    ("wishes.csv", "grant_id;day;from;to;wish"),
];

fuzz_target!(|cell: &str| {
    let cell = format!("\"{}\"", cell.replace('"', "\"\""));
    for (file, header) in TABLES {
        let cells = vec![cell.as_str(); header.split(';').count()].join(";");
        read(file, format!("{header}\n{cells}\n").into_bytes());
    }
});
