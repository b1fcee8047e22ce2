//! How the instalments of an amount are told.

use super::corpus;
use crate::RuleSet;
use crate::explain::{Format, render};

fn told(charge: &str, period: &str, fact: (&str, &str), language: &str) -> Vec<String> {
    let text = include_str!("../../../../../tests/shapes/paid_by_week.yaml");
    let text =
        text.replace("languages: [en]", "languages: [zh, en]").replace("title: thirteen instalments", "title: 十三期");
    let set = RuleSet::parse(&text).unwrap();
    let answer = corpus::explain(&set, charge, period, &[fact]);
    let text = render(set.rules(), set.charges(), &answer, language, Format::Text);
    text.lines().map(|line| line.split("  [").next().unwrap().trim_start().to_owned()).collect()
}

fn after(lines: &[String], begin: &str) -> Vec<String> {
    let at = lines.iter().position(|line| line.contains(begin)).unwrap();
    lines[at..].to_vec()
}

#[test]
fn each_way_is_reckoned_behind_what_is_owed_and_summed_up_at_the_end() {
    let lines = told("fee", "2026", ("grade", "associate"), "en");
    assert_eq!(
        after(&lines, "6. yearly fee"),
        [
            "6. yearly fee owed: GBP 99.90 per year",
            "7. quarters in notes of ten: 99.9 ÷ 4 = 24.975",
            "8. rounded away from zero to 10: 24.975 → 30",
            "9. quarters in notes of ten, the last: 99.9 − 3 × 30 = 9.9",
            "10. quarters: 99.9 ÷ 4 = 24.975",
            "11. rounded half up to 0.05: 24.975 → 25.00",
            "12. quarters, the last: 99.9 − 3 × 25 = 24.9",
            "13. 十三期: 99.9 ÷ 13 = 999/130",
            "14. rounded toward zero to 0.10: 999/130 → 7.60",
            "15. 十三期, the first: 99.9 − 12 × 7.6 = 8.7",
            "* in instalments (quarters in notes of ten): 3 of GBP 30.00, the last GBP 9.90",
            "* in instalments (quarters): 3 of GBP 25.00, the last GBP 24.90",
            "* in instalments (十三期): the first GBP 8.70, then 12 of GBP 7.60",
        ]
    );
}

#[test]
fn a_share_is_shown_as_the_rules_have_it_and_a_setting_before_it() {
    assert_eq!(
        after(&told("dues", "2026-11", ("pay", "5400"), "zh"), "rounding of weekly dues"),
        [
            "8. rounding of weekly dues：四舍五入到 0.01（默认）",
            "9. week：81 × 12/52 = 243/13",
            "10. 四舍五入到 0.01：243/13 → 18.69",
            "* 分期（every four weeks）：每期 74.80 GBP",
            "* 分期（week）：每期 18.69 GBP",
        ]
    );
}

#[test]
fn a_way_that_is_not_possible_is_told_with_its_reason() {
    let lines = told("fee", "2026", ("grade", "honorary"), "zh");
    let last = lines.last().unwrap();
    assert_eq!(last, "* 8 不能这样分期：yearly fee（quarters in notes of ten）；除一期外，各期已共计 30");
    assert!(lines.contains(&"* 分期（quarters）：4 期各 2.00 GBP".to_owned()), "{lines:?}");
}
