//! The curves as SVG.
//!
//! Nothing here is computed but places on paper: a value becomes a whole number of the smallest parts that are drawn,
//! and the text beside it is written from the exact value.

use std::ops::Range;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use rollbook::api::{Curve, CurveJump, CurvePoint};
use rollbook::ruleset::{Input, Kind, spaced};
use rollbook::value::{Exact, Per, Rounding, RoundingMode};

use super::curves::Drawn;
use crate::failure::Failure;
use crate::summary::fixed;
use crate::wording::Language;

/// Fonts that have both scripts, on the systems on which a picture is looked at.
const FONT: &str = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, Heiti SC, sans-serif";
const WIDTH: u32 = 960;
const HEIGHT: u32 = 560;
/// The height of a line of text below the picture.
const LINE: i32 = 22;
/// The colours of the curves; they are told apart in grey, too.
const COLOURS: [RGBColor; 6] = [
    RGBColor(0, 92, 169),
    RGBColor(200, 78, 0),
    RGBColor(0, 128, 84),
    RGBColor(150, 60, 150),
    RGBColor(110, 110, 110),
    RGBColor(160, 120, 0),
];
/// How many parts a unit of either axis has on paper.
const PARTS: i64 = 10_000;
/// How many letters a line below the picture has.
const WIDEST: usize = 116;
/// How many jumps are written out below the picture for each curve.
const MOST_JUMPS: usize = 12;

/// A place on paper.
type Place = (i64, i64);

/// Draws all curves into one picture.
pub(super) fn draw(drawn: &Drawn<'_>, language: &Language) -> Result<String, Failure> {
    let points = drawn.curves.iter().flat_map(|curve| curve.stretches.iter().flatten());
    if points.into_iter().any(|point| place(point).is_none()) {
        return Err(Failure::new("the numbers are too large to be drawn; choose a part of the curve with --to"));
    }
    let mut svg = String::new();
    let written = paint(drawn, language, &mut svg);
    written.map_err(|error| Failure::new(format!("the picture cannot be drawn: {error}")))?;
    Ok(svg)
}

fn paint(drawn: &Drawn<'_>, language: &Language, svg: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    let notes = notes(drawn, language);
    let below = i32::try_from(notes.len()).unwrap_or(0).saturating_add(1).saturating_mul(LINE);
    let height = HEIGHT.saturating_add(u32::try_from(below).unwrap_or(0));
    let root = SVGBackend::with_string(svg, (WIDTH, height)).into_drawing_area();
    root.fill(&WHITE)?;
    let (upper, lower) = root.split_vertically(HEIGHT);
    let (x, y) = (span(drawn, |curve| [curve.from, curve.to].to_vec(), false), heights(drawn));
    let mut chart = ChartBuilder::on(&upper)
        .caption(heading(drawn, language), font(22))
        .margin(16)
        .x_label_area_size(56)
        .y_label_area_size(72)
        .build_cartesian_2d(x, y)?;
    chart
        .configure_mesh()
        .x_desc(along(drawn, language))
        .y_desc(owed(drawn, language))
        .axis_desc_style(font(16))
        .label_style(font(14))
        .x_label_formatter(&|at| unparted(*at))
        .y_label_formatter(&|at| unparted(*at))
        .light_line_style(WHITE.mix(0.0))
        .bold_line_style(BLACK.mix(0.12))
        .draw()?;
    // Where curves lie on one another, the wider ones below are seen at both sides.
    let widths = (0..drawn.curves.len()).rev().map(|above| u32::try_from(above).unwrap_or(0).min(3));
    for ((curve, colour), above) in drawn.curves.iter().zip(COLOURS.iter().cycle()).zip(widths) {
        let line = colour.stroke_width(above.saturating_mul(3).saturating_add(2));
        for stretch in &curve.stretches {
            chart.draw_series(LineSeries::new(stretch.iter().filter_map(place), line))?;
        }
        for jump in &curve.jumps {
            if let (Some(below), Some(above)) =
                (jump.below.as_ref().and_then(place), jump.above.as_ref().and_then(place))
            {
                let at = parted(jump.at).unwrap_or(below.0);
                let cliff = [(at, below.1), (at, above.1)];
                chart.draw_series(DashedLineSeries::new(cliff, 4, 4, colour.stroke_width(1)))?;
            }
            let inside = |belongs: bool| if belongs { colour.filled() } else { WHITE.filled() };
            let ends = ends(jump);
            chart.draw_series(ends.iter().map(|(at, belongs)| Circle::new(*at, 4, inside(*belongs))))?;
            chart.draw_series(ends.iter().map(|(at, _)| Circle::new(*at, 4, colour.stroke_width(1))))?;
        }
    }
    let style = font(14).pos(Pos::new(HPos::Left, VPos::Center));
    for (number, note) in (0_i32..).zip(&notes) {
        let y = LINE.saturating_mul(number).saturating_add(LINE.div_euclid(2));
        if note.is_key {
            lower.draw(&PathElement::new([(24, y), (52, y)], note.colour.stroke_width(3)))?;
        }
        lower.draw_text(&note.text, &style.color(&note.colour), (60, y))?;
    }
    root.present()?;
    Ok(())
}

fn font(size: u32) -> TextStyle<'static> {
    (FONT, size).into_font().into()
}

/// A value as parts on paper; none, if it is too far out.
fn parted(value: Exact) -> Option<i64> {
    value.checked_mul(Exact::from_i64(PARTS)).ok()?.floor().ok()?.to_i64()
}

/// The number at a place of an axis.
fn unparted(at: i64) -> String {
    Exact::ratio(i128::from(at), i128::from(PARTS)).map(|value| value.to_string()).unwrap_or_default()
}

fn place(point: &CurvePoint) -> Option<Place> {
    Some((parted(point.at)?, parted(point.height)?))
}

/// The ends of the stretches at a jump, and whether the value itself belongs to them.
fn ends(jump: &CurveJump) -> Vec<(Place, bool)> {
    let at = parted(jump.at);
    let end = |point: Option<&CurvePoint>, belongs: bool| {
        let (_, height) = point.and_then(place)?;
        Some(((at?, height), belongs))
    };
    [end(jump.below.as_ref(), jump.belongs_below), end(jump.above.as_ref(), !jump.belongs_below)]
        .into_iter()
        .flatten()
        .collect()
}

/// From the least to the greatest of these values of all curves.
fn span(drawn: &Drawn<'_>, values: impl Fn(&Curve) -> Vec<Exact>, with_room: bool) -> Range<i64> {
    let all: Vec<i64> = drawn.curves.iter().flat_map(&values).filter_map(parted).collect();
    let least = all.iter().min().copied().unwrap_or(0);
    let most = all.iter().max().copied().unwrap_or(PARTS);
    let room = if with_room { most.saturating_sub(least).div_euclid(12).max(1) } else { 0 };
    least..most.saturating_add(room)
}

/// From 0, or the least amount below it, to a little above the greatest.
fn heights(drawn: &Drawn<'_>) -> Range<i64> {
    let points = |curve: &Curve| {
        let all = curve.stretches.iter().flatten().map(|point| point.height);
        all.chain([Exact::ZERO]).collect()
    };
    span(drawn, points, true)
}

fn title(drawn: &Drawn<'_>, language: &Language) -> String {
    let charge = drawn.charge;
    charge.title.get(language.code()).map_or_else(|| spaced(&charge.name), str::to_owned)
}

/// What the picture shows: the charge and the rule.
fn heading(drawn: &Drawn<'_>, language: &Language) -> String {
    let rule = drawn.curves.first().and_then(|curve| curve.answer.rule).map(|version| version.timeline);
    let alternatives = &drawn.charge.tariff.alternatives;
    let found = alternatives.iter().find(|alternative| Some(alternative.dated.timeline) == rule);
    let rule = found.and_then(|alternative| {
        let title = alternative.title.get(language.code()).map(str::to_owned);
        title.or_else(|| alternative.name.as_deref().map(spaced))
    });
    let charge = title(drawn, language);
    rule.map(|rule| format!("{charge}{}{rule}", language.pick("：", ": "))).unwrap_or(charge)
}

/// The fact that is drawn along, with its unit.
fn along(drawn: &Drawn<'_>, language: &Language) -> String {
    let rules = drawn.rule_set.rules();
    let input = drawn.curves.first().and_then(|curve| rules.input(curve.along));
    let Some(Input { title, name, kind, .. }) = input else { return String::new() };
    let title = title.get(language.code()).map_or_else(|| spaced(name), str::to_owned);
    match kind {
        Kind::Money(per) => in_unit(&title, &unit(rules.currency.as_str(), *per, language), language),
        _ => title,
    }
}

/// What is owed, with its unit.
fn owed(drawn: &Drawn<'_>, language: &Language) -> String {
    let currency = drawn.rule_set.rules().currency.as_str();
    let unit = unit(currency, drawn.charge.amount_per(), language);
    in_unit(language.pick("应交", "owed"), &unit, language)
}

fn in_unit(title: &str, unit: &str, language: &Language) -> String {
    if language.is_chinese() { format!("{title}（{unit}）") } else { format!("{title} ({unit})") }
}

fn unit(currency: &str, per: Option<Per>, language: &Language) -> String {
    let currency = match (currency, language.is_chinese()) {
        ("CNY", true) => "元",
        (other, _) => other,
    };
    let Some(per) = per else { return currency.to_owned() };
    let length = match per {
        Per::Day => ("日", "day"),
        Per::Week => ("周", "week"),
        Per::Month => ("月", "month"),
        Per::Quarter => ("季度", "quarter"),
        Per::HalfYear => ("半年", "half-year"),
        Per::Year => ("年", "year"),
    };
    let length = language.pick(length.0, length.1);
    if language.is_chinese() { format!("{currency}/{length}") } else { format!("{currency} per {length}") }
}

/// The period of a curve, and the clauses that it rests on.
fn legend(drawn: &Drawn<'_>, curve: &Curve, language: &Language) -> String {
    let clauses = curve.answer.clauses(drawn.rule_set.rules(), drawn.rule_set.charges(), language.code());
    let first = clauses.first().map(|clause| format!(" · {clause}")).unwrap_or_default();
    format!("{}{first}", curve.answer.period)
}

/// A line below the picture.
struct Note {
    text: String,
    colour: RGBColor,
    /// Whether it begins with the colour of its curve.
    is_key: bool,
}

/// The lines below the picture: for each curve what it is and the amounts at its jumps and bends, then whom it is about.
fn notes(drawn: &Drawn<'_>, language: &Language) -> Vec<Note> {
    let mut notes = Vec::new();
    for (curve, colour) in drawn.curves.iter().zip(COLOURS.iter().cycle()) {
        notes.push(Note { text: legend(drawn, curve, language), colour: *colour, is_key: true });
        let lines = wrapped(&amounts(curve, language));
        notes.extend(lines.into_iter().map(|text| Note { text, colour: *colour, is_key: false }));
    }
    let mut found: Vec<String> =
        drawn.curves.iter().map(|curve| curve.found_in_words(drawn.rule_set, language.code())).collect();
    found.dedup();
    let found = found.into_iter().filter(|found| !found.is_empty());
    let colour = RGBColor(90, 90, 90);
    notes.extend(found.flat_map(|found| wrapped(&[found])).map(|text| Note { text, colour, is_key: false }));
    notes
}

/// The amounts at the jumps and bends of a curve: `above 3000: 15.00 → 30.00`.
fn amounts(curve: &Curve, language: &Language) -> Vec<String> {
    let colon = language.pick("：", ": ");
    let amount = |point: Option<&CurvePoint>| match point {
        Some(point) => fixed(point.owed, curve.scale()),
        None => language.pick("无规定", "none").to_owned(),
    };
    let place_of = |at: Exact| written(at, curve.scale());
    let mut amounts: Vec<(Exact, String)> = Vec::new();
    for jump in &curve.jumps {
        let place = match (jump.belongs_below, language.is_chinese()) {
            (true, true) => format!("超过 {}", place_of(jump.at)),
            (false, true) => format!("{} 起", place_of(jump.at)),
            (true, false) => format!("above {}", place_of(jump.at)),
            (false, false) => format!("from {}", place_of(jump.at)),
        };
        let (below, above) = (amount(jump.below.as_ref()), amount(jump.above.as_ref()));
        amounts.push((jump.at, format!("{place}{colon}{below} → {above}")));
    }
    for bend in &curve.bends {
        let place = if language.is_chinese() {
            format!("{} 处转折", place_of(bend.at))
        } else {
            format!("bends at {}", place_of(bend.at))
        };
        amounts.push((bend.at, format!("{place}{colon}{}", amount(Some(bend)))));
    }
    amounts.sort_by_key(|(at, _)| *at);
    let left_out = amounts.len().saturating_sub(MOST_JUMPS);
    let mut texts: Vec<String> = amounts.into_iter().take(MOST_JUMPS).map(|(_, text)| text).collect();
    if left_out > 0 {
        texts.push(if language.is_chinese() {
            format!("另有 {left_out} 处")
        } else {
            format!("and {left_out} more")
        });
    }
    texts
}

/// A number in full, or where its decimals do not end, those of the amounts and at least two.
fn written(number: Exact, scale: u32) -> String {
    let text = number.to_string();
    if !text.contains('/') {
        return text;
    }
    let scale = scale.max(2);
    let unit = Exact::ratio(1, 10_i128.saturating_pow(scale)).ok();
    let rounding = unit.and_then(|unit| Rounding::new(RoundingMode::HalfUp, unit).ok());
    let rounded = rounding.and_then(|rounding| rounding.apply(number).ok()?.to_fixed(scale));
    rounded.map_or(text, |rounded| format!("≈ {rounded}"))
}

/// Pieces in lines that are not wider than the picture; a letter is taken as half as wide as a Chinese character.
fn wrapped(pieces: &[String]) -> Vec<String> {
    let width =
        |text: &str| text.chars().map(|character| if character.is_ascii() { 1_usize } else { 2 }).sum::<usize>();
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if width(line).saturating_add(width(piece)) < WIDEST => {
                line.push_str(" · ");
                line.push_str(piece);
            }
            _ => lines.push(piece.clone()),
        }
    }
    lines
}
