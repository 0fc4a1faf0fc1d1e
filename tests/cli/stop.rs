//! The clock, Ctrl-C and worse: a plan that was begun is whole or not there.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Desk, code, content, said};

const SECOND: Duration = Duration::from_secs(1);

fn start(desk: &Desk, arguments: &[&str]) -> Child {
    let mut command = desk.command(&[&["plan", "WEEK", "--out", "out"], arguments].concat());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary runs")
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill").args([name, &child.id().to_string()]).status();
    assert!(status.expect("kill runs").success());
}

#[test]
fn the_time_limit_ends_the_search_with_a_valid_plan() {
    let desk = Desk::large();
    for (limit, most) in [("0", 5), ("1", 6)] {
        let begun = Instant::now();
        let output = desk.run(&["plan", "WEEK", "--out", "out", "--time-limit", limit]);
        assert_eq!(code(&output), 0, "{}", said(&output));
        assert!(begun.elapsed() < most * SECOND, "{limit} s took {:?}", begun.elapsed());
        assert_eq!(desk.summary("out")["status"], "stopped");
        desk.assert_whole("out");
    }
}

#[test]
fn a_small_week_ends_by_itself_when_it_is_proven() {
    let desk = Desk::tiny();
    let begun = Instant::now();
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--time-limit", "50"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert_eq!(desk.summary("out")["status"], "optimal");
    assert!(begun.elapsed() < 30 * SECOND);
    desk.assert_whole("out");
}

#[test]
fn ctrl_c_writes_the_best_plan_so_far() {
    let desk = Desk::large();
    let mut child = start(&desk, &["--time-limit", "300"]);
    std::thread::sleep(2 * SECOND);
    let begun = Instant::now();
    signal(&child, "-INT");
    let status = child.wait().expect("it ends");
    assert!(begun.elapsed() < 3 * SECOND, "it took {:?}", begun.elapsed());
    assert_eq!(status.code(), Some(0));
    assert_eq!(desk.summary("out")["status"], "interrupted");
    desk.assert_whole("out");
}

#[test]
fn a_second_ctrl_c_writes_nothing() {
    // A plan may be written before the second signal comes, so a few attempts are allowed.
    let ended = (0..5).any(|_| {
        let desk = Desk::large();
        let mut child = start(&desk, &["--time-limit", "300"]);
        std::thread::sleep(2 * SECOND);
        signal(&child, "-INT");
        std::thread::sleep(Duration::from_millis(5));
        signal(&child, "-INT");
        let given_up = child.wait().expect("it ends").code() == Some(130);
        assert_eq!(given_up, !desk.path("out").exists());
        given_up && super::names(desk.root.path()) == ["2026-W48"]
    });
    assert!(ended);
}

#[test]
fn a_killed_run_leaves_the_earlier_result_whole() {
    let desk = Desk::large();
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--time-limit", "1"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let before = content(&desk.path("out"));
    let mut child = start(&desk, &["--time-limit", "300"]);
    std::thread::sleep(2 * SECOND);
    signal(&child, "-KILL");
    child.wait().expect("it ends");
    assert_eq!(content(&desk.path("out")), before);
    desk.assert_whole("out");
}

#[test]
fn runs_killed_at_any_moment_leave_a_whole_result() {
    let desk = Desk::tiny();
    desk.plan("out");
    for delay in (0..30).map(|n| Duration::from_millis(n * 4)) {
        let mut child = start(&desk, &["--effort", "1"]);
        std::thread::sleep(delay);
        // It may have ended already.
        let _ = child.kill();
        child.wait().expect("it ends");
        desk.assert_whole("out");
    }
}

/// Several large weeks on one thread: one is planned, the others wait.
fn several_large() -> Desk {
    let desk = Desk::large();
    for folder in ["a", "b", "c"] {
        let week = desk.path(folder).join("2026-W48");
        for (file, bytes) in content(&desk.week) {
            std::fs::create_dir_all(&week).expect("a folder");
            std::fs::write(week.join(file.file_name().expect("a name")), bytes).expect("it can be written");
        }
    }
    desk
}

const SEVERAL: [&str; 9] =
    ["plan", "a/2026-W48", "b/2026-W48", "c/2026-W48", "--out", "out", "--lang", "en", "--time-limit"];

#[test]
fn the_time_limit_is_that_of_each_week() {
    let desk = several_large();
    let begun = Instant::now();
    let output = desk.run(&[&SEVERAL[..], &["1", "--threads", "1"]].concat());
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(begun.elapsed() < 18 * SECOND, "it took {:?}", begun.elapsed());
    for week in ["out/a/2026-W48", "out/b/2026-W48", "out/c/2026-W48"] {
        assert_eq!(desk.summary(week)["status"], "stopped");
        desk.assert_whole(week);
    }
}

#[test]
fn ctrl_c_writes_the_weeks_under_way_and_leaves_the_others() {
    let desk = several_large();
    let mut command = desk.command(&[&SEVERAL[..], &["300", "--threads", "2"]].concat());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary runs");
    std::thread::sleep(3 * SECOND);
    let begun = Instant::now();
    signal(&child, "-INT");
    let output = child.wait_with_output().expect("it ends");
    assert!(begun.elapsed() < 3 * SECOND, "it took {:?}", begun.elapsed());
    assert_eq!(code(&output), 0);
    assert!(
        said(&output).contains("2 of 3 weeks planned") && said(&output).contains("1 not planned"),
        "{}",
        said(&output)
    );
    for week in ["out/a/2026-W48", "out/b/2026-W48"] {
        assert_eq!(desk.summary(week)["status"], "interrupted");
        desk.assert_whole(week);
    }
    assert!(!desk.path("out/c").exists());
}

#[test]
fn a_second_ctrl_c_leaves_no_half_written_week() {
    let desk = several_large();
    let mut command = desk.command(&[&SEVERAL[..], &["300", "--threads", "3"]].concat());
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary runs");
    std::thread::sleep(2 * SECOND);
    signal(&child, "-INT");
    std::thread::sleep(Duration::from_millis(5));
    signal(&child, "-INT");
    child.wait().expect("it ends");
    for week in ["a", "b", "c"].map(|week| format!("out/{week}/2026-W48")) {
        if desk.path(&week).exists() {
            desk.assert_whole(&week);
        }
    }
    for folder in ["out/a", "out/b", "out/c"].map(|folder| desk.path(folder)).iter().filter(|folder| folder.is_dir()) {
        assert!(super::names(folder).iter().all(|name| name == "2026-W48"), "{:?}", super::names(folder));
    }
}
