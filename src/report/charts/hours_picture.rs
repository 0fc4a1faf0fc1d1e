//! Draws granted against delivered hours: two bars for each group of grants.

use super::bars::{self, Stretch};
use super::font::Type;
use super::layout::{self, Entry, MARGIN};
use super::picture::{Align, Area, Label, Picture};
use crate::ids::ProviderId;
use crate::language::Language;
use crate::problem::Problem;
use crate::report::hours::{Hours, Tally};
use crate::report::palette::{DELIVERED, DUE, INK, MUTED, NOT_DUE, Paint, RULE, UNDELIVERED};
use crate::units::Minutes;
use crate::words;

const WIDTH: i32 = 1200;
/// From the left: the group's name, what the bar is, the bar, and its figures.
const CAPTION_RIGHT: i32 = 310;
const BARS: (i32, i32) = (320, 840);
const FIGURES: i32 = 852;
const BAR: i32 = 20;
const GROUP: i32 = 2 * BAR + 20;
const SECTION_HEAD: i32 = 34;

const SECTION: Type = Type::bold(16);
const GROUP_NAME: Type = Type::bold(14);
const FIGURE: Type = Type::regular(13);

/// A group of grants with its name.
struct Group {
    name: String,
    tally: Tally,
}

/// A stretch of a bar.
type Part = (Minutes, Paint);

pub(super) fn picture(problem: &Problem, hours: &Hours, language: Language) -> Picture {
    let title = language.pick("Bevilgede og leverede timer", "Granted and delivered hours");
    let mut picture = Picture::new(title, WIDTH);
    let summary = format!("{} · {}", words::week(problem.week, language), summary(hours.total, language));
    let mut y = layout::head(&mut picture, &summary);
    if hours.total == Tally::default() {
        let sentence = language.pick("Ingen bevillinger gælder i ugen.", "No grant is valid in the week.");
        y = layout::nothing(&mut picture, y, sentence);
    } else {
        y = legend(&mut picture, y, language);
        let by_need = language.pick("Efter behov", "By need");
        y = section(&mut picture, y, (by_need, &needs(hours, language)), language);
        let by_provider = language.pick("Efter udfører", "By provider");
        y = section(&mut picture, y, (by_provider, &providers(problem, hours, language)), language);
    }
    layout::foot(&mut picture, y, &notes(hours, language), (problem.week, language));
    picture
}

fn summary(total: Tally, language: Language) -> String {
    let hours = |minutes| words::hours(minutes, language);
    let (granted, due) = (hours(total.granted), hours(total.due));
    if total.due == Minutes(0) {
        return language.pick(
            format!("{granted} bevilget, intet til levering i ugen"),
            format!("{granted} granted, nothing due in the week"),
        );
    }
    let share = words::percent(total.due - total.undelivered, total.due, language).unwrap_or_default();
    language.pick(
        format!("{granted} bevilget, {due} til levering i ugen, {share} heraf leveret"),
        format!("{granted} granted, {due} due in the week, {share} of it delivered"),
    )
}

fn notes(hours: &Hours, language: Language) -> Vec<String> {
    let not_due = language.pick(
        "Ikke til levering: sat på pause, afventer aftale, ingen mulig dag eller over standarden.",
        "Not due: paused, waiting for an agreement, no possible day or above the standard.",
    );
    (hours.total.not_due() > Minutes(0)).then(|| not_due.to_owned()).into_iter().collect()
}

fn legend(picture: &mut Picture, top: i32, language: Language) -> i32 {
    let entries = [
        Entry::new(DUE, language.pick("bevilget, til levering i ugen", "granted, due in the week")),
        Entry::new(NOT_DUE, language.pick("bevilget, ikke til levering i ugen", "granted, not due in the week")),
        Entry::new(DELIVERED, language.pick("leveret", "delivered")),
        Entry::new(UNDELIVERED, language.pick("ikke leveret", "undelivered")),
    ];
    layout::legend(picture, top, &entries)
}

fn needs(hours: &Hours, language: Language) -> Vec<Group> {
    let group = |(need, tally): &(_, Tally)| Group { name: words::need(*need, language).to_owned(), tally: *tally };
    hours.by_need.iter().map(group).collect()
}

fn providers(problem: &Problem, hours: &Hours, language: Language) -> Vec<Group> {
    let nobody = language.pick("Ingen udfører endnu", "No provider yet");
    let name = |provider: Option<ProviderId>| {
        provider.map_or(nobody, |provider| {
            let row = &problem.providers[provider];
            row.name.as_ref().unwrap_or(&row.id)
        })
    };
    hours
        .by_provider
        .iter()
        .map(|(provider, tally)| Group { name: name(*provider).to_owned(), tally: *tally })
        .collect()
}

/// Draws the groups below a heading, all on one scale, and returns the first free line below.
fn section(picture: &mut Picture, top: i32, (heading, groups): (&str, &[Group]), language: Language) -> i32 {
    picture.write(Label::new(heading, (MARGIN, top + 12), SECTION, INK));
    picture.paint(Area::new((MARGIN, top + 25), (WIDTH - 2 * MARGIN, 1)), Paint::plain(RULE));
    let longest = |group: &Group| {
        let tally = group.tally;
        i32::max(tally.due.0 + tally.not_due().0, tally.delivered.0 + tally.undelivered.0)
    };
    let whole = groups.iter().map(longest).max().unwrap_or(0).max(1);
    let mut y = top + SECTION_HEAD;
    for group in groups {
        draw_group(picture, (group, y), whole, language);
        y += GROUP;
    }
    y + 8
}

fn draw_group(picture: &mut Picture, (group, top): (&Group, i32), whole: i32, language: Language) {
    let tally = group.tally;
    let name = Label::new(&group.name, (MARGIN, top + BAR), GROUP_NAME, INK);
    picture.write_within(name, CAPTION_RIGHT - MARGIN - 76);
    let granted = [(tally.due, DUE), (tally.not_due(), NOT_DUE)];
    let delivered = [(tally.delivered, DELIVERED), (tally.undelivered, UNDELIVERED)];
    let captions = language.pick(["Bevilget", "Leveret"], ["Granted", "Delivered"]);
    let figures = [granted_figures(tally, language), delivered_figures(tally, language)];
    for (nth, (parts, (caption, figures))) in [granted, delivered].iter().zip(captions.iter().zip(figures)).enumerate()
    {
        let y = top + nth as i32 * (BAR + 2);
        let middle = y + BAR / 2;
        picture.write(Label::new(*caption, (CAPTION_RIGHT, middle), FIGURE, MUTED).aligned(Align::Right));
        let stretch = |(minutes, paint): &Part| Stretch::hours(*minutes, *paint, language);
        let area = Area::new((BARS.0, y), (BARS.1 - BARS.0, BAR));
        bars::draw(picture, &parts.map(|part| stretch(&part)), (i64::from(whole), area));
        picture.write_within(Label::new(figures, (FIGURES, middle), FIGURE, INK), WIDTH - MARGIN - FIGURES);
    }
}

fn granted_figures(tally: Tally, language: Language) -> String {
    let (granted, due) = (words::hours(tally.granted, language), words::hours(tally.due, language));
    match (tally.granted == tally.due, language) {
        (true, Language::Danish) => format!("{granted}, alt til levering"),
        (true, Language::English) => format!("{granted}, all of it due"),
        (false, Language::Danish) => format!("{granted}, heraf {due} til levering"),
        (false, Language::English) => format!("{granted}, of which {due} are due"),
    }
}

fn delivered_figures(tally: Tally, language: Language) -> String {
    let (delivered, missing) = (words::hours(tally.delivered, language), words::hours(tally.undelivered, language));
    let share = words::percent(tally.due - tally.undelivered, tally.due, language);
    let share = share.map(|share| format!(" ({share})")).unwrap_or_default();
    if tally.undelivered == Minutes(0) {
        return format!("{delivered}{share}");
    }
    language.pick(format!("{delivered}{share}, {missing} mangler"), format!("{delivered}{share}, {missing} missing"))
}
