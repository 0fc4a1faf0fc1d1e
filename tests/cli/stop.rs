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
