//! The folder of a result: new, empty or an earlier result; other files are never touched.

use std::fs;

use super::{Desk, code, content, names, said};

#[test]
fn an_earlier_result_is_replaced() {
    let desk = Desk::small();
    desk.plan("out");
    fs::write(desk.path("out/roster.csv"), "old").expect("it can be written");
    desk.plan("out");
    desk.assert_whole("out");
    assert_eq!(names(desk.root.path()), ["2026-W48", "out"], "nothing of the earlier result is left");
}

#[test]
fn a_result_without_visits_is_replaced_too() {
    let desk = Desk::small();
    for (file, head) in [("shifts.csv", "staff_id;date;start;end\n"), ("bookings.csv", ""), ("pins.csv", "")] {
        let path = desk.week.join(file);
        if head.is_empty() { drop(fs::remove_file(path)) } else { fs::write(path, head).expect("it can be written") }
    }
    desk.plan("out");
    let index = fs::read_to_string(desk.path("out/index.html")).expect("it is there");
    assert!(!desk.path("out/calendars").exists() && !index.contains("calendars/"));
    let unmet = fs::read_to_string(desk.path("out/unmet.csv")).expect("it is there");
    assert!(unmet.contains("in the week") && unmet.contains("har en vagt i ugen"), "{unmet}");
    // As earlier versions left it.
    fs::create_dir(desk.path("out/calendars")).expect("a new folder");
    desk.plan("out");
    desk.assert_whole("out");
}

#[test]
fn an_empty_week_says_so() {
    let desk = Desk::small();
    for file in ["grants.csv", "wishes.csv", "pins.csv"] {
        let path = desk.week.join(file);
        let Ok(text) = fs::read_to_string(&path) else { continue };
        fs::write(path, text.lines().next().unwrap_or_default().to_owned() + "\n").expect("it can be written");
    }
    desk.plan("out");
    let page = |name: &str| fs::read_to_string(desk.path("out").join(name)).expect("it is there");
    assert!(page("index.html").contains("The week has no grants"), "{}", page("index.html"));
    assert!(!page("index.html").contains("Everything that is due"));
    assert!(page("undelivered.html").contains("The week has no grants."));
}

#[test]
fn files_beside_an_earlier_result_are_kept() {
    let desk = Desk::small();
    desk.plan("out");
    fs::write(desk.path("out/mine.txt"), "mine").expect("it can be written");
    fs::write(desk.path("out/roster.csv"), "old").expect("it can be written");
    desk.plan("out");
    desk.assert_whole("out");
    assert_eq!(fs::read_to_string(desk.path("out/mine.txt")).expect("it is there"), "mine");
}

#[test]
fn a_file_that_the_earlier_result_alone_had_goes_with_it() {
    let desk = Desk::small();
    desk.plan("out");
    let mut summary = desk.summary("out");
    let files = summary["files"].as_array_mut().expect("a list");
    files.push("charts/old.svg".into());
    fs::write(desk.path("out/summary.json"), summary.to_string()).expect("it can be written");
    fs::create_dir_all(desk.path("out/charts")).expect("a folder");
    fs::write(desk.path("out/charts/old.svg"), "").expect("it can be written");
    fs::write(desk.path("out/mine.txt"), "mine").expect("it can be written");
    desk.plan("out");
    desk.assert_whole("out");
    assert!(!desk.path("out/charts/old.svg").exists() && desk.path("out/mine.txt").exists());
}

#[test]
fn an_empty_folder_and_hidden_files_are_no_obstacle() {
    let desk = Desk::small();
    fs::create_dir(desk.path("out")).expect("a new folder");
    desk.plan("out");
    fs::create_dir(desk.path("reports")).expect("a new folder");
    fs::write(desk.path("reports/.gitkeep"), "").expect("it can be written");
    desk.plan("reports");
    assert!(desk.path("reports/.gitkeep").exists());
    desk.assert_whole("reports");
    desk.plan("deep/er/out");
    desk.assert_whole("deep/er/out");
}

#[test]
fn a_folder_with_other_files_is_refused_before_planning() {
    let desk = Desk::large_or_small();
    fs::create_dir(desk.path("out")).expect("a new folder");
    fs::write(desk.path("out/roster.csv"), "mine").expect("it can be written");
    fs::write(desk.path("out/summary.json"), "{\"format\": 1}").expect("it can be written");
    let before = content(&desk.path("out"));
    let begun = std::time::Instant::now();
    let output = desk.run(&["plan", "WEEK", "--out", "out", "--lang", "en"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("roster.csv") && begun.elapsed().as_secs() < 10, "{}", said(&output));
    assert_eq!(content(&desk.path("out")), before);
}

#[test]
fn a_file_or_the_week_s_own_folder_is_refused() {
    let desk = Desk::small();
    fs::write(desk.path("file"), "mine").expect("it can be written");
    assert_eq!(code(&desk.run(&["plan", "WEEK", "--out", "file"])), 2);
    assert_eq!(code(&desk.run(&["plan", "WEEK", "--out", "WEEK"])), 2);
    let inside = desk.week.join("out").to_string_lossy().into_owned();
    assert_eq!(code(&desk.run(&["plan", "WEEK", "--out", &inside])), 2);
    assert!(!desk.week.join("out").exists());
}

#[test]
fn a_place_that_cannot_be_written_to_is_said_before_planning() {
    let desk = Desk::small();
    fs::write(desk.path("file"), "mine").expect("it can be written");
    let output = desk.run(&["plan", "WEEK", "--out", "file/out", "--lang", "en"]);
    assert_eq!(code(&output), 2, "{}", said(&output));
    assert!(said(&output).contains("cannot be written"), "{}", said(&output));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_refused() {
    let desk = Desk::small();
    std::os::unix::fs::symlink(desk.path("nowhere"), desk.path("link")).expect("a new link");
    for out in ["link", "link/out"] {
        let output = desk.run(&["plan", "WEEK", "--out", out, "--lang", "en"]);
        assert_eq!(code(&output), 2, "{}", said(&output));
        assert!(said(&output).contains("is no folder"), "{}", said(&output));
    }
    assert!(!desk.path("nowhere").exists());
}

/// Run by an ordinary user, as the superuser may write everywhere.
#[cfg(unix)]
#[test]
fn a_folder_without_the_right_to_write_is_refused_before_planning() {
    let desk = Desk::large();
    let closed = desk.path("closed");
    fs::create_dir(&closed).expect("a new folder");
    fs::write(closed.join("summary.json"), "mine").expect("it can be written");
    [desk.root.path(), &desk.week, &closed].into_iter().for_each(|folder| allow(folder, 0o555));
    for out in ["out", "closed/out", "closed/deep/er/out"] {
        let output = desk.run_as_ordinary_user(&["plan", "WEEK", "--out", out, "--lang", "en"]);
        assert_eq!(code(&output), 2, "{}", said(&output));
        assert!(said(&output).contains("that you may write there"), "{}", said(&output));
    }
    allow(desk.root.path(), 0o755);
    assert_eq!(names(desk.root.path()), ["2026-W48", "closed"]);
}

#[cfg(unix)]
#[test]
fn a_report_is_refused_where_there_is_no_right_to_write_and_the_earlier_one_stands() {
    let desk = Desk::small();
    desk.plan("out");
    let pair = format!("{}=out", desk.week.display());
    assert_eq!(code(&desk.run(&["report", &pair, "--out", "report"])), 0);
    let before = content(&desk.path("report"));
    [desk.root.path(), &desk.path("report"), &desk.path("out")].into_iter().for_each(|folder| allow(folder, 0o555));
    for to in ["report", "new", "report/deep/er"] {
        let output = desk.run_as_ordinary_user(&["report", &pair, "--out", to, "--lang", "en"]);
        assert_eq!(code(&output), 2, "{to}: {}", said(&output));
        assert!(said(&output).contains("that you may write there"), "{to}: {}", said(&output));
        assert!(said(&output).contains("No report was written."), "{to}: {}", said(&output));
    }
    [desk.root.path(), &desk.path("report"), &desk.path("out")].into_iter().for_each(|folder| allow(folder, 0o755));
    assert_eq!(content(&desk.path("report")), before);
    assert_eq!(names(desk.root.path()), ["2026-W48", "out", "report"]);
}

#[cfg(unix)]
fn allow(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("its mode can be changed");
}

impl Desk {
    /// The superuser runs the binary as nobody, from a copy that nobody may read.
    #[cfg(unix)]
    fn run_as_ordinary_user(&self, arguments: &[&str]) -> std::process::Output {
        use std::os::unix::fs::MetadataExt;
        use std::os::unix::process::CommandExt;
        const NOBODY: u32 = 65_534;
        if fs::metadata(self.root.path()).expect("it is there").uid() != 0 {
            return self.run(arguments);
        }
        let copy = tempfile::tempdir().expect("a temporary folder");
        let binary = copy.path().join("pusterum");
        fs::copy(env!("CARGO_BIN_EXE_pusterum"), &binary).expect("it can be copied");
        fs::set_permissions(copy.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("its mode");
        let mut command = self.command_of(&binary, arguments);
        command.uid(NOBODY).gid(NOBODY).output().expect("the binary runs")
    }

    /// Refusals must not wait for a plan; where signals cannot be sent the small week has to do.
    fn large_or_small() -> Desk {
        #[cfg(unix)]
        return Desk::large();
        #[cfg(not(unix))]
        Desk::small()
    }
}
