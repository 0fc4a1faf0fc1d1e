//! Places that take no more, for `plan` and `report`: a clear word, exit code 1, and what stood there stands.

use std::fs;
use std::path::Path;
use std::process::Output;

use super::{Desk, code, content, names, said};

/// Runs a program on a disk of its own, with room and then without; keeps what stood there before and after.
const ON_A_SMALL_DISK: &str = r#"
    disk=$1 copies=$2 room=$3
    shift 3
    mount -t tmpfs -o size=16m tmpfs "$disk" || exit 77
    "$@" || exit 78
    cp -a "$disk" "$copies/before"
    dd if=/dev/zero of="$disk/filler" bs=1k 2>/dev/null
    truncate -s "-$room" "$disk/filler"
    "$@"
    code=$?
    rm "$disk/filler"
    cp -a "$disk" "$copies/after"
    exit "$code"
"#;

/// What the shell says where no disk could be made.
const NO_DISK: i32 = 77;

/// The second run and what stood beside it, or a word that there can be no such disk here.
fn on_a_full_disk(desk: &Desk, (room, arguments): (&str, &[&str])) -> Option<Output> {
    for folder in ["disk", "copies"] {
        let _ = fs::remove_dir_all(desk.path(folder));
        fs::create_dir(desk.path(folder)).expect("a new folder");
    }
    let binary = env!("CARGO_BIN_EXE_pusterum");
    let mut shell =
        vec!["--mount", "--map-root-user", "sh", "-c", ON_A_SMALL_DISK, "sh", "disk", "copies", room, binary];
    shell.extend(arguments);
    let output = desk.command_of(Path::new("unshare"), &shell).output();
    let made = output.ok().filter(|output| desk.path("copies/before").exists() || code(output) != NO_DISK);
    let made = made.filter(|output| !String::from_utf8_lossy(&output.stderr).starts_with("unshare:"));
    if made.is_none() {
        println!("skipped: no disk of one's own can be mounted here");
    }
    made
}

/// The second of two equal runs found no room: it says so, ends with 1, and nothing has changed.
fn finds_no_room(desk: &Desk, arguments: &[&str]) {
    for room in ["0", "60k", "300k"] {
        let Some(output) = on_a_full_disk(desk, (room, arguments)) else { return };
        assert_eq!(code(&output), 1, "{room}: {}", said(&output));
        let [why, cure] = match arguments.last() {
            Some(&"en") => ["the disk is full", "See that the path is right, that there is room"],
            _ => ["disken er fuld", "Se efter, at stien er rigtig, at der er plads"],
        };
        assert!(said(&output).contains(why) && said(&output).contains(cure), "{room}: {}", said(&output));
        let [before, after] = ["copies/before", "copies/after"].map(|copy| {
            let root = desk.path(copy);
            let inside = |path: &Path| path.strip_prefix(&root).expect("it lies within").to_owned();
            content(&root).into_iter().map(|(path, bytes)| (inside(&path), bytes)).collect::<Vec<_>>()
        });
        assert!(before.len() > 5 && before == after, "{room}: what stood there stands");
        assert_eq!(names(&desk.path("copies/after")), ["out"], "{room}: nothing is left beside it");
    }
}

#[test]
fn a_plan_that_finds_no_room_leaves_the_earlier_one_untouched() {
    let desk = Desk::small();
    finds_no_room(&desk, &["plan", "WEEK", "--out", "disk/out", "--effort", "1", "--lang", "en"]);
}

#[test]
fn a_report_that_finds_no_room_leaves_the_earlier_one_untouched() {
    let desk = Desk::small();
    desk.plan("out");
    let pair = format!("{}=out", desk.week.display());
    finds_no_room(&desk, &["report", &pair, "--out", "disk/out", "--lang", "en"]);
}

#[test]
fn a_disk_that_is_full_is_told_in_danish_too() {
    let desk = Desk::small();
    finds_no_room(&desk, &["plan", "WEEK", "--out", "disk/out", "--effort", "1", "--no-reports", "--lang", "da"]);
}

/// The binary, which may write no file of more than so many blocks of 512 bytes, as on a full quota.
fn with_short_files(desk: &Desk, blocks: &str, arguments: &[&str]) -> Output {
    // Without the trap the system would end the program.
    let script = "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"";
    let mut shell = vec!["-c", script, "sh", blocks, env!("CARGO_BIN_EXE_pusterum")];
    shell.extend(arguments);
    desk.command_of(Path::new("sh"), &shell).output().expect("there is a shell")
}

#[test]
fn a_file_that_cannot_be_written_whole_is_named_and_nothing_of_the_result_is_left() {
    let desk = Desk::small();
    desk.plan("out");
    let pair = format!("{}=out", desk.week.display());
    let before = content(&desk.path("out"));
    for (arguments, file) in [
        (["plan", "WEEK", "--out", "out", "--effort", "1", "--lang", "en"].as_slice(), "roster.csv"),
        (["report", &pair, "--out", "report", "--lang", "en"].as_slice(), "index.html"),
    ] {
        let output = with_short_files(&desk, "1", arguments);
        assert_eq!(code(&output), 1, "{}", said(&output));
        assert!(said(&output).contains(file), "{}", said(&output));
        assert_eq!(content(&desk.path("out")), before);
        assert_eq!(names(desk.root.path()), ["2026-W48", "out"], "nothing else is left behind");
    }
    // Short files pass, and then a chart is too long.
    for (language, why) in [("da", "svg: filen bliver for stor"), ("en", "svg: the file becomes too large")] {
        let arguments = ["plan", "WEEK", "--out", "out", "--effort", "1", "--no-reports", "--lang", language];
        let output = with_short_files(&desk, "64", &arguments);
        assert_eq!(code(&output), 1, "{}", said(&output));
        assert!(said(&output).contains(why), "{}", said(&output));
        assert_eq!(content(&desk.path("out")), before);
    }
}
