//! The picture of a tariff.

use std::fs;

use super::support::{Ran, club, repository, rollbook};

fn plot(rules: &str, more: &[&str]) -> Ran {
    rollbook(&[&["plot", rules], more].concat())
}

fn picture(rules: &str, more: &[&str]) -> String {
    let ran = plot(rules, more);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{more:?}");
    assert!(ran.out.starts_with("<svg ") && ran.out.trim_end().ends_with("</svg>"), "{}", ran.out);
    ran.out
}

/// The texts of a picture, a line each.
fn texts(picture: &str) -> Vec<&str> {
    let after = picture.split("<text").skip(1);
    after.filter_map(|text| text.split_once('>')?.1.split_once("</text>")).map(|(text, _)| text.trim()).collect()
}

#[test]
fn several_days_stand_in_one_picture_each_with_its_clause_and_its_cliffs() {
    let picture = picture("cpc", &["--rule", "waged", "--at", "2026-11-30", "--at", "2008-03-31"]);
    let texts = texts(&picture);
    for text in [
        "党费：有月收入的党员",
        "基数（元/月）",
        "应交（元/月）",
        "2008-03 · 中组发〔1998〕1号（待核）",
        "超过 400：2.00 → 4.00 · 超过 600：6.00 → 9.00 · 超过 800：12.00 → 16.00 · 超过 1500：30.00 → 45.00",
        "2026-11 · 中组发〔2008〕3号 第一条至第四条",
        "超过 3000：15.00 → 30.00 · 超过 5000：50.00 → 75.00 · 超过 10000：150.00 → 200.00",
        "发展阶段：预备党员；类别：按月领工资",
    ] {
        assert!(texts.contains(&text), "{text}: {texts:#?}");
    }
    assert!(picture.contains("Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei"), "{picture}");
    // Two ends at each of the 4 + 3 cliffs, each filled and with its rim.
    assert_eq!(picture.matches("<circle").count(), 28);
}

#[test]
fn the_picture_speaks_english_and_says_where_the_ceiling_begins() {
    let picture = picture("cpc", &["--rule", "waged", "--lang", "en", "--to", "70000"]);
    let texts = texts(&picture);
    for text in [
        "membership dues: members with a monthly income",
        "dues base (CNY per month)",
        "owed (CNY per month)",
        "above 3000: 15.00 → 30.00 · above 5000: 50.00 → 75.00 · above 10000: 150.00 → 200.00 · bends at 50000: 1000.00",
    ] {
        assert!(texts.contains(&text), "{text}: {texts:#?}");
    }
}

#[test]
fn the_bend_is_told_in_chinese_too() {
    let picture = picture("cpc", &["--rule", "waged", "--to", "70000"]);
    assert!(texts(&picture).iter().any(|text| text.ends_with(" · 50000 处转折：1000.00")), "{:#?}", texts(&picture));
}

#[test]
fn a_bend_whose_decimals_do_not_end_is_told_with_those_of_the_amounts() {
    let (_folder, path) = club("");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("amount: paid", "rate: 1.3%, of: paid, at_most: 90")).unwrap();
    let picture = picture(&path, &["--to", "9000"]);
    assert!(texts(&picture).iter().any(|text| text.contains("bends at ≈ 6923.08: 90.00")), "{:#?}", texts(&picture));
}

#[test]
fn without_a_day_it_is_the_last_that_changes_the_charge() {
    assert!(
        texts(&picture("cpc", &["--rule", "waged", "--lang", "en"])).iter().any(|text| text.starts_with("2017-01 · "))
    );
}

#[test]
fn a_setting_and_a_fact_move_the_curve() {
    let set = picture("cpc", &["--rule", "waged", "--lang", "en", "--set", "rounding=down to 1", "--to", "1000"]);
    assert!(texts(&set).iter().any(|text| text.starts_with("from 200: 0 → 1 · from 400: 1 → 2")), "{:#?}", texts(&set));
    let union = repository("tests/shapes/two_incomes.yaml");
    let union = union.to_str().unwrap();
    assert_eq!(
        plot(union, &[]).failure(),
        "rule `dues` is worked out from several numbers; name the one to draw along: gross, children, pension (--along NAME)"
    );
    picture(union, &["--along", "gross", "pension=100", "children=0"]);
}

#[test]
fn a_picture_goes_into_a_file_that_ends_with_svg() {
    let (folder, path) = club("");
    let out = folder.path().join("club.svg");
    let ran = plot(&path, &["--out", out.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(fs::read_to_string(&out).unwrap().contains("paid (EUR per month)"));
    let ran = plot(&path, &["--out", "club.png"]);
    assert_eq!(ran.failure(), "a picture is written as SVG: let --out end with .svg");
}

#[test]
fn what_cannot_be_drawn_is_one_line() {
    for (more, said) in [
        (&[][..], "name the rule to draw: fixed, retired, waged (--rule NAME)"),
        (
            &["--charge", "voluntary"],
            "charge `voluntary` has no period, so no curve is drawn of it; charges that have one: dues, remittance (--charge NAME)",
        ),
        (&["--rule", "waged", "stege=full"], "there is no fact `stege`; did you mean `stage`?"),
        (&["--rule", "waged", "stage"], "fact 1 is not written NAME=VALUE, such as stage=full (without spaces)"),
        (&["--rule", "waged", "--set", "rouding=up to 1"], "there is no setting `rouding`; did you mean `rounding`?"),
        (
            &["--rule", "waged", "--along", "stage"],
            "`stage` is no number that is told, so nothing can be drawn along it",
        ),
    ] {
        assert_eq!(plot("cpc", more).failure(), said);
    }
    assert!(plot("cpc", &["--rule", "waged", "stage=ful"]).failure().contains("`ful` is not one of its words"));
}
