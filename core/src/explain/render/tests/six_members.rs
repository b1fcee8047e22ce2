//! Six members and what an officer would write down for them; reviewed.

use super::corpus;
use crate::dues::{Answer, Request, SetAside};
use crate::explain::{Format, render};
use crate::value::Period;

fn both(name: &str, answer: &Answer) {
    let set = corpus::cpc();
    let mut text = String::new();
    for (language, format) in [("zh", Format::Text), ("en", Format::Text)] {
        text.push_str(&render(set.rules(), set.charges(), answer, language, format));
        text.push('\n');
    }
    insta::assert_snapshot!(name, text);
}

#[test]
fn a_waged_member_just_above_a_cliff() {
    let set = corpus::cpc();
    let facts = [("stage", "full"), ("category", "waged"), ("base", "5400")];
    both("waged_cliff", &corpus::explain(&set, "dues", "2026-11", &facts));
}

#[test]
fn the_same_member_in_markdown() {
    let set = corpus::cpc();
    let answer =
        corpus::explain(&set, "dues", "2026-11", &[("stage", "full"), ("category", "waged"), ("base", "5400")]);
    insta::assert_snapshot!(render(set.rules(), set.charges(), &answer, "zh", Format::Markdown));
}

#[test]
fn a_cadre_of_an_organ_whose_base_is_worked_out_in_2018() {
    let set = corpus::cpc();
    let facts = [
        ("stage", "full"),
        ("category", "waged"),
        ("employer", "organ"),
        ("staff", "cadre"),
        ("post_pay", "1800"),
        ("rank_pay", "2635"),
        ("work_allowance", "1200"),
        ("living_allowance", "900"),
        ("income_tax", "45.35"),
        ("pension_insurance", "522.80"),
        ("medical_insurance", "130.70"),
        ("unemployment_insurance", "32.68"),
        ("housing_fund", "784"),
    ];
    both("derived_organ_2018", &corpus::explain(&set, "dues", "2018-03", &facts));
}

#[test]
fn a_retired_member_whom_the_branch_excused() {
    let set = corpus::cpc();
    let facts = [
        ("stage", "full"),
        ("category", "retired"),
        ("base", "1960"),
        ("hardship", "exempt"),
        ("approved_by", "branch"),
    ];
    both("retired_exempt", &corpus::explain(&set, "dues", "2026-11", &facts));
}

#[test]
fn a_student_admitted_during_the_month() {
    let set = corpus::cpc();
    let facts = [("stage", "probationary"), ("category", "student"), ("joined", "2026-11-23")];
    both("student", &corpus::explain(&set, "dues", "2026-11", &facts));
}

#[test]
fn a_member_above_the_cap_that_is_set_aside() {
    let set = corpus::cpc();
    let facts = [("stage", "full"), ("category", "waged"), ("base", "60000")];
    let capped = corpus::explain(&set, "dues", "2026-11", &facts);
    both("capped", &capped);
    let aside =
        [SetAside { path: "dues.limits.cap".to_owned(), reason: "本人自愿按比例足额交纳".to_owned() }];
    let request = Request {
        charge: None,
        period: Period::parse("2026-11").unwrap(),
        known: None,
        settings: &[],
        set_aside: &aside,
    };
    both("cap_set_aside", &corpus::explain_request(&set, &request, &facts));
}

#[test]
fn a_member_whose_category_was_not_told() {
    let set = corpus::cpc();
    both("needs_facts", &corpus::explain(&set, "dues", "2026-11", &[("stage", "full"), ("base", "3000")]));
}
