//! The week's pages and the management report in a real browser: nothing is loaded or complained of, filters and details
//! work by mouse and keys, paper has a page for each run sheet and family, axe finds no violation, and every page looks as
//! it did when somebody last looked at it.
//!
//! Skipped, aloud, where there is no Chromium; `./pusterum.sh test --browser` installs it together with axe.

mod devtools;
mod pictures;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use devtools::Browser;
use pusterum::generate::{Capacity, Spec, generate};
use pusterum::import::write_week;
use pusterum::tables::Tables;
use tempfile::TempDir;

const PAGES: [&str; 6] =
    ["index.html", "board.html", "run-sheets.html", "families.html", "undelivered.html", "notes.html"];

/// A desk and a telephone.
const WIDTHS: [u32; 2] = [1440, 390];

/// Weeks planned in Danish and English, with names; one that means harm; and management reports.
struct Results {
    root: TempDir,
}

/// A page of one of the results.
struct Page {
    /// For messages.
    name: String,
    file: PathBuf,
    language: &'static str,
}

impl Results {
    fn folder(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn pages(&self) -> Vec<Page> {
        let of_weeks = ["da", "en", "harm"].into_iter().flat_map(|result| PAGES.map(|page| (result, page)));
        let of_reports = ["report-da", "report-en", "report-harm"].map(|report| (report, "index.html"));
        let page = |(result, page): (&str, &str)| Page {
            name: format!("{result} {page}"),
            file: self.folder(result).join(page),
            language: if result.ends_with("en") { "en" } else { "da" },
        };
        of_weeks.chain(of_reports).map(page).collect()
    }
}

fn results() -> &'static Results {
    static RESULTS: OnceLock<Results> = OnceLock::new();
    RESULTS.get_or_init(|| {
        let root = tempfile::tempdir().expect("a temporary folder");
        let week = generate(&Spec { pins: 2, ..Spec::ballerup(24, 3) });
        plan(root.path(), "da", &week);
        plan(root.path(), "en", &week);
        plan(root.path(), "harm", &harmful(week));
        // Of so many people something may be told, and something is masked.
        plan(root.path(), "larger", &generate(&Spec { capacity: Capacity::Tight, ..Spec::ballerup(60, 3) }));
        let later = Spec { week: "2026-W49".parse().expect("a week"), ..Spec::koege(40, 5) };
        plan(root.path(), "later", &generate(&later));
        report(root.path(), ("report-da", "da"), &["larger", "later"]);
        report(root.path(), ("report-en", "en"), &["larger", "later"]);
        report(root.path(), ("report-harm", "da"), &["harm"]);
        Results { root }
    })
}

/// The week with markup for names and tasks, which must be shown and not obeyed; the names are long as well.
fn harmful(mut week: Tables) -> Tables {
    for (at, row) in week.clients.iter_mut().enumerate() {
        row.row.name = Some(format!("<script>alert({at})</script><img src=x onerror=alert({at})>{}", "Æ".repeat(150)));
        row.row.address = Some("</script><!--<script> ' onload=\"alert(1)\" &".to_owned());
    }
    for row in &mut week.providers {
        row.row.name = Some(format!("</style></svg><script>alert(4)</script>{}", "Ø".repeat(150)));
    }
    for row in &mut week.staff {
        row.row.name = Some("'\"><svg onload=alert(2)>".to_owned());
    }
    for row in &mut week.bookings {
        row.row.task = "</script><script>alert(3)</script>".to_owned();
    }
    week
}

/// Plans a week into a folder of this name.
fn plan(root: &Path, name: &str, week: &Tables) {
    let folder = root.join("weeks").join(name).join(week.week.to_string());
    write_week(week, &folder).expect("the week can be written");
    let language = if name == "en" { "en" } else { "da" };
    let mut command = Command::new(env!("CARGO_BIN_EXE_pusterum"));
    command.arg("plan").arg(&folder).arg("--out").arg(root.join(name));
    succeeds(command.args(["--effort", "1", "--names", "--lang", language]));
}

/// Reports on planned weeks.
fn report(root: &Path, (name, language): (&str, &str), results: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pusterum"));
    command.arg("report").arg("--out").arg(root.join(name)).args(["--lang", language]);
    for result in results {
        let mut weeks = fs::read_dir(root.join("weeks").join(result)).expect("its week");
        let week = weeks.next().expect("there is one").expect("an entry").path();
        command.arg(format!("{}={}", week.display(), root.join(result).display()));
    }
    succeeds(&mut command);
}

fn succeeds(command: &mut Command) {
    let output = command.output().expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A browser, or a word that there is none.
fn browser() -> Option<Browser> {
    let program = devtools::program();
    if program.is_none() {
        println!("skipped: there is no Chromium; ./pusterum.sh test --browser installs it");
    }
    program.map(|program| Browser::start(&program))
}

/// How often a text stands in a page of a result.
fn count(folder: &Path, page: &str, text: &str) -> usize {
    fs::read_to_string(folder.join(page)).expect("the page is there").matches(text).count()
}

#[test]
fn every_page_loads_without_a_complaint_a_request_or_a_line_too_wide() {
    let Some(mut browser) = browser() else { return };
    for Page { name, file, language } in results().pages() {
        for width in WIDTHS {
            browser.open(&file, "", width);
            assert_eq!(browser.complaints(), [""; 0], "{name}");
            let wide = browser.evaluate("document.scrollingElement.scrollWidth");
            assert!(wide.as_u64() <= Some(width.into()), "{name} is {wide} wide, not {width}");
            assert_eq!(browser.evaluate("document.documentElement.lang"), language);
        }
    }
}

#[test]
fn markup_in_the_files_is_shown_and_not_obeyed() {
    let Some(mut browser) = browser() else { return };
    for Page { name, file, .. } in results().pages().into_iter().filter(|page| page.name.contains("harm")) {
        browser.open(&file, "", 1440);
        let strange = "document.querySelectorAll('img, [onload], [onerror]').length";
        assert_eq!(browser.evaluate(strange), 0, "{name}");
        assert!(browser.complaints().is_empty(), "{name}");
    }
    browser.open(&results().folder("harm").join("families.html"), "", 1440);
    let name = browser.evaluate("document.querySelector('.family .to').textContent");
    assert!(name.as_str().is_some_and(|name| name.starts_with("<script>alert(0)</script>")), "{name}");
}

/// What browsers call readable, and more than the smallest print on paper.
const SMALLEST_LETTERS: f64 = 9.0;

#[test]
fn charts_fit_every_window_with_letters_that_can_be_read() {
    let Some(mut browser) = browser() else { return };
    let letters = "[...document.querySelectorAll('.chart svg')].filter(chart => chart.checkVisibility()).map(chart => {
        const box = chart.getBoundingClientRect();
        const sizes = [...chart.querySelectorAll('text')].map(text => Number(text.getAttribute('font-size')));
        return [Math.min(...sizes) * box.width / chart.viewBox.baseVal.width, box.right];
    })";
    for width in [1440, 1025, 1024, 700, 390, 320] {
        browser.open(&results().folder("report-da").join("index.html"), "", width);
        let charts = browser.evaluate(letters);
        let charts = charts.as_array().expect("a list");
        assert!(charts.len() > 10, "each table has one chart that is seen: {}", charts.len());
        for chart in charts {
            let [size, right] = [0, 1].map(|at| chart[at].as_f64().expect("a number"));
            assert!(size >= SMALLEST_LETTERS, "{width}: letters of {size} pixels");
            assert!(right <= f64::from(width), "{width}: a chart ends at {right}");
        }
    }
}

const SHOWN: &str = "[...document.querySelectorAll('[data-item]')].filter(item => !item.hidden)";

#[test]
fn the_board_filters_by_provider_day_carer_and_client() {
    let Some(mut browser) = browser() else { return };
    let board = results().folder("da").join("board.html");
    browser.open(&board, "", 1440);
    let all = browser.evaluate(&format!("{SHOWN}.length")).as_u64().expect("a number");
    let set = |by: &str, value: &str| {
        format!(
            "{{ const c = document.querySelector('[data-by={by}]'); c.value = {value}; \
             c.dispatchEvent(new Event('input', {{ bubbles: true }})); }}"
        )
    };
    for (by, value) in [
        ("provider", "document.querySelector('.lane').dataset.provider"),
        ("day", "'2'"),
        ("carer", "document.querySelector('.lane').dataset.carer.split('\\n')[0].toUpperCase()"),
        ("client", "document.querySelector('.labels text').textContent"),
    ] {
        browser.evaluate(&set(by, value));
        let shown = browser.evaluate(&format!("{SHOWN}.length")).as_u64().expect("a number");
        assert!((1..all).contains(&shown), "{by}: {shown} of {all}");
        let asked = format!("document.querySelector('[data-by={by}]').value.toLowerCase()");
        let fits = format!("{SHOWN}.every(item => item.dataset.{by}.toLowerCase().includes({asked}))");
        assert_eq!(browser.evaluate(&fits), true, "{by}");
        let said = browser.evaluate("document.querySelector('output').textContent");
        assert_eq!(said, format!("{shown} af {all} dage vises"));
        browser.evaluate("document.querySelector('[data-reset]').click()");
        assert_eq!(browser.evaluate(&format!("{SHOWN}.length")), all);
    }
    browser.open(&board, "#day=1", 1440);
    let days = browser.evaluate(&format!("[...new Set({SHOWN}.map(item => item.dataset.day))].join()"));
    assert_eq!(days, "1", "what is asked for can be linked to");
    let named = format!("{SHOWN}.every(item => getComputedStyle(item.querySelector('.who')).visibility === 'visible')");
    assert_eq!(browser.evaluate(&named), true, "of each carer one day is shown, with the name");
    assert!(browser.complaints().is_empty());
}

#[test]
fn the_board_opens_details_by_mouse_and_by_keys() {
    let Some(mut browser) = browser() else { return };
    browser.open(&results().folder("en").join("board.html"), "", 1440);
    let middle = "(() => { const box = document.querySelector('.shapes rect.visit').getBoundingClientRect(); \
                  return [box.x + box.width / 2, box.y + box.height / 2]; })()";
    let point = browser.evaluate(middle);
    let [x, y] = [0, 1].map(|at| point[at].as_f64().expect("a number"));
    let client = browser.evaluate(
        "JSON.parse(document.getElementById('details').textContent).rows[document.querySelector('.shapes \
         rect.visit').dataset.i][0]",
    );
    let client = client.as_str().expect("a client");
    browser.point(x, y);
    let tip = browser.evaluate("document.querySelector('.tip:not([hidden])')?.textContent");
    assert!(tip.as_str().is_some_and(|tip| tip.contains(client)), "what the mouse is over is told: {tip}");
    browser.click(x, y);
    let chosen = "document.querySelector('.details:not([hidden]) li.chosen')?.textContent";
    let details = browser.evaluate(chosen);
    let details = details.as_str().expect("details");
    assert!(details.contains(client) && details.contains("Knows the family"), "{details}");

    browser.press("Escape");
    assert_eq!(browser.evaluate("document.querySelector('.details').hidden"), true);
    let focused = "[...document.querySelectorAll('.track')].indexOf(document.activeElement)";
    let first = browser.evaluate(focused).as_i64().expect("a lane has the focus again");
    assert!(first >= 0);
    browser.press("ArrowDown");
    assert_eq!(browser.evaluate(focused), first + 1);
    browser.press("ArrowRight");
    assert!(browser.evaluate(chosen).is_string(), "the arrow goes to the first visit or booking of the day");
    browser.press("Escape");
    browser.press("Home");
    assert_eq!(browser.evaluate(focused), 0);
    browser.press("Enter");
    let opened = "document.activeElement === document.querySelector('.details:not([hidden])')";
    assert_eq!(browser.evaluate(opened), true);
    let sheet = browser.evaluate("document.querySelector('.details a').getAttribute('href')");
    let anchor = sheet.as_str().and_then(|link| link.strip_prefix("run-sheets.html#")).expect("a link to the sheet");
    assert_eq!(count(&results().folder("en"), "run-sheets.html", &format!("id=\"{anchor}\"")), 1);
    assert!(browser.complaints().is_empty());
}

#[test]
fn every_link_leads_somewhere() {
    let Some(mut browser) = browser() else { return };
    let looked_at = |page: &Page| page.name.starts_with("da ") || page.name.starts_with("report-da ");
    for Page { name, file, .. } in results().pages().into_iter().filter(looked_at) {
        let (folder, own) = (file.parent().expect("a folder"), file.file_name().expect("a name").to_string_lossy());
        browser.open(&file, "", 1440);
        let links = browser.evaluate("[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))");
        for link in links.as_array().expect("a list").iter().map(|link| link.as_str().expect("a link")) {
            let (target, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if target.is_empty() { &*own } else { target };
            assert!(folder.join(target).exists(), "{name}: {link}");
            let found = || count(folder, target, &format!("id=\"{fragment}\""));
            assert!(fragment.is_empty() || found() == 1, "{name}: {link}");
        }
    }
}

#[test]
fn paper_has_a_page_for_each_run_sheet_and_for_each_family() {
    let Some(mut browser) = browser() else { return };
    let folder = results().folder("da");
    for (page, class) in [("run-sheets.html", "class=\"sheet\""), ("families.html", "class=\"family\"")] {
        browser.open(&folder.join(page), "", 1440);
        let items = count(&folder, page, class);
        assert!(items > 10, "{page}: {items}");
        assert_eq!(pages_of(&browser.pdf()), items, "{page}");
    }
    browser.open(&folder.join("run-sheets.html"), "#day=0", 1440);
    let shown = browser.evaluate(&format!("{SHOWN}.length")).as_u64().expect("a number");
    assert_eq!(pages_of(&browser.pdf()) as u64, shown, "only what is shown is printed");
}

#[test]
fn every_sheet_of_the_board_says_whose_days_and_which_hours() {
    let Some(mut browser) = browser() else { return };
    browser.open(&results().folder("da").join("board.html"), "", 1016);
    browser.show_for("print");
    let named =
        "[...document.querySelectorAll('.lane .who')].every(who => getComputedStyle(who).visibility === 'visible')";
    assert_eq!(browser.evaluate(named), true);
    // Of a table alone what stands above is repeated on every sheet.
    let repeated = "[...document.querySelectorAll('.axis')].every(axis => getComputedStyle(axis).display === \
                    'table-header-group' && getComputedStyle(axis.parentElement).display === 'table')";
    assert_eq!(browser.evaluate(repeated), true);
    // Paper is no screen: the emulation ends.
    browser.show_for("");
    let shown = "document.querySelectorAll('[data-group]:not([hidden])').length";
    let providers = browser.evaluate(shown).as_u64().expect("a number");
    assert!(providers > 1);
    let sheets = pages_of(&browser.pdf()) as u64;
    assert!(sheets >= providers, "each of {providers} begins on a sheet of its own: {sheets}");
    browser.open(&results().folder("da").join("board.html"), "#provider=1&day=1", 1016);
    assert_eq!(browser.evaluate(shown), 1);
    assert_eq!(pages_of(&browser.pdf()), 1, "no sheet is left empty before the one that is shown");
}

#[test]
fn nothing_is_cut_off_on_paper() {
    let Some(mut browser) = browser() else { return };
    for Page { name, file, .. } in results().pages() {
        // What margins leave of A4, upright or across, in pixels of CSS.
        let width = if name.contains("board") || name.contains("report") { 1016 } else { 688 };
        browser.open(&file, "", width);
        browser.show_for("print");
        let wide = browser.evaluate(
            "[document.scrollingElement, ...document.querySelectorAll('.scroll, table')].filter(part => \
             part.scrollWidth > Math.max(part.clientWidth, 0) + 1).map(part => part.outerHTML.slice(0, 200))",
        );
        browser.show_for("screen");
        assert_eq!(wide, serde_json::json!([]), "{name}");
    }
}

/// The pages of a PDF: Chromium writes their objects as plain text.
fn pages_of(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.match_indices("/Type /Page").filter(|(at, found)| !text[at + found.len()..].starts_with('s')).count()
}

/// What axe is asked for: WCAG 2.2 up to AA, and its own best practices.
const AXE: &str = "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', \
                   'best-practice'] }).then(found => found.violations.map(v => v.id + ': ' + v.help + ' ' + \
                   v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | ')))";

#[test]
fn axe_finds_no_violation_on_any_page_in_either_language() {
    let Some(mut browser) = browser() else { return };
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser/node_modules/axe-core/axe.min.js");
    let script = std::env::var_os("PUSTERUM_AXE").map_or(usual, PathBuf::from);
    let Ok(axe) = fs::read_to_string(&script) else {
        println!("skipped: axe is not installed; ./pusterum.sh test --browser installs it");
        return;
    };
    for Page { name, file, .. } in results().pages() {
        for width in WIDTHS {
            browser.open(&file, "", width);
            browser.evaluate("document.querySelector('.track')?.click()");
            browser.evaluate(&format!("{axe}; 0"));
            let violations = browser.evaluate(AXE);
            assert_eq!(violations, serde_json::json!([]), "{name} {width}");
        }
    }
}
