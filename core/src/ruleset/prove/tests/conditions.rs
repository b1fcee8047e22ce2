//! Pairs of conditions, each with its verdict.

use super::*;
use crate::ruleset::bands::{Band, Bands, Edge, Gives, Stated};

#[test]
fn different_words_of_one_fact_exclude_each_other() {
    assert_eq!(sheet().both("category = waged", "category in retired | student"), "never");
    assert_eq!(sheet().both("category in waged | retired", "category in retired | student"), "category = retired");
    assert_eq!(sheet().both("category != waged", "not category in retired | student"), "category = farmer");
    assert_eq!(sheet().both("member and category = waged", "category = student or category = farmer"), "never");
}

#[test]
fn yes_and_no_exclude_each_other() {
    assert_eq!(sheet().both("member", "not member"), "never");
    assert_eq!(sheet().both("member = no", "member"), "never");
    assert_eq!(sheet().both("member = yes", "children = 0"), "member = yes, children = 0");
    assert_eq!(sheet().both("if member then base < 5 else base < 9", "base >= 9"), "never");
    assert_eq!(sheet().both("if member then base < 5 else base < 9", "base >= 5"), "member = no, base = 5");
}

#[test]
fn an_edge_that_both_own_is_the_example() {
    assert_eq!(sheet().both("base <= 3000", "base >= 3000"), "base = 3000");
    assert_eq!(sheet().both("base < 3000", "base >= 3000"), "never");
    assert_eq!(sheet().both("base < 3000", "base > 400"), "base = 2000");
    assert_eq!(sheet().both("base > 400", "base < 401"), "base = 400.5");
    assert_eq!(sheet().both("base < 900", "base < 1000"), "base = 0");
    assert_eq!(sheet().both("base > 3000", "base != 5"), "base = 4000");
    assert_eq!(sheet().both("change < 0", "change > -10"), "change = -5");
}

#[test]
fn what_the_declared_range_leaves_out_cannot_happen() {
    assert_eq!(sheet().both("base < 0", "member"), "never");
    assert_eq!(sheet().both("base <= 0", "member"), "member = yes, base = 0");
    let mut sheet = sheet();
    sheet.ranged("age", Kind::Count, Some(14), Some(28));
    assert_eq!(sheet.both("age > 28", "member"), "never");
    assert_eq!(sheet.both("age >= 28", "age < 40"), "age = 28");
}

#[test]
fn a_count_has_nothing_between_two_neighbours() {
    assert_eq!(sheet().both("children > 1", "children < 2"), "never");
    assert_eq!(sheet().both("children > 1.5", "children < 2.5"), "children = 2");
    assert_eq!(sheet().both("children < 0", "member"), "never");
    assert_eq!(sheet().both("children * 2 = 3", "member"), "never");
    assert_eq!(sheet().both("waiting > 6 months", "waiting < 7 months"), "never");
    assert_eq!(sheet().both("waiting >= 6 months", "waiting < 7 months"), "waiting = 6 months");
}

#[test]
fn days_are_compared_with_written_days() {
    assert_eq!(sheet().both("joined < 1990-01-01", "joined >= 1990-01-01"), "never");
    assert_eq!(sheet().both("joined < 1990-01-01", "member"), "member = yes, joined = 1989-12-31");
    assert_eq!(sheet().both("joined > 1990-01-01", "joined < 1990-01-02"), "never");
    assert_eq!(sheet().both("joined = long_ago", "member"), "member = yes, joined = long_ago");
    assert_eq!(sheet().both("born = long_ago", "member"), "never");
    assert_eq!(sheet().both("born < never", "member"), "member = yes");
}

#[test]
fn sets_hold_each_word_or_not() {
    assert_eq!(sheet().both("traits includes veteran", "not traits includes veteran"), "never");
    assert_eq!(
        sheet().both("traits includes veteran", "traits includes carer and member"),
        "traits = veteran | carer, member = yes"
    );
}

#[test]
fn numbers_that_are_scaled_shifted_or_converted_are_looked_into() {
    assert_eq!(sheet().both("base per year < 12000", "base >= 1000"), "never");
    assert_eq!(sheet().both("base * 2 + 100 CNY per month <= 700", "base >= 300"), "base = 300");
    assert_eq!(sheet().both("100 - change > 90", "change >= 10"), "never");
    assert_eq!(sheet().both("-change / 2 >= 5", "change > -10"), "never");
    assert_eq!(sheet().both("base at_least 500 > 500", "base <= 500"), "never");
    assert_eq!(sheet().both("base at_most 500 >= 500", "base < 500"), "never");
    assert_eq!(sheet().both("change + change < 10", "change >= 5"), "never");
    assert_eq!(sheet().both("change - change = 0", "member"), "member = yes");
}

#[test]
fn what_is_not_looked_into_still_contradicts_itself() {
    assert_eq!(sheet().both("change < other", "change >= other"), "never");
    assert_eq!(sheet().both("change < other", "other <= change"), "never");
    assert_eq!(sheet().both("change < other", "other < 5"), "undecided");
    assert_eq!(sheet().both("change < other and member", "other < 5 and not member"), "never");
    assert_eq!(sheet().both("change < other or member", "category = waged"), "category = waged, member = yes");
    assert_eq!(sheet().both("change - other < 18", "other + 18 <= change"), "undecided");
    assert_eq!(sheet().both("change - other < 18", "change - other >= 18"), "never");
    assert_eq!(sheet().both("born + 18 years <= day", "not born + 18 years <= day"), "never");
    assert_eq!(
        sheet().both("(months from joined to day) < 24 months", "(months from joined to day) > 23 months"),
        "never"
    );
    assert_eq!(sheet().both("base exists", "not base exists"), "never");
    assert_eq!(sheet().both("round(change down to 10) >= 30", "round(change down to 10) < 30"), "never");
    assert_eq!(sheet().both("average(change over 3 months) > 5", "average(change over 6 months) <= 5"), "undecided");
}

#[test]
fn a_term_that_cannot_be_given_is_its_formula() {
    let mut sheet = sheet();
    sheet.derived("needy", Type::YesNo, &["base < 1000"]);
    sheet.derived("income", Type::Money(Some(Per::Year)), &["base per year"]);
    let list = sheet.0.words.len() - 2;
    let words = WordsId(u16::try_from(list).unwrap());
    sheet.derived("like", Type::Word(words), &["if member then category else student"]);
    assert_eq!(sheet.both("needy", "base < 900"), "base = 0");
    assert_eq!(sheet.both("needy", "base >= 1000"), "never");
    assert_eq!(sheet.both("income > 12000", "needy"), "never");
    assert_eq!(sheet.both("like = waged", "not member"), "never");
    assert_eq!(sheet.both("like in waged | student", "category = student"), "category = student");
}

#[test]
fn a_term_with_two_formulas_contradicts_what_both_contradict() {
    let mut sheet = sheet();
    sheet.derived("approved", Type::YesNo, &["member", "member and category = retired"]);
    sheet.derived("sum", Type::Number, &["change + other", "change - other"]);
    assert_eq!(sheet.both("approved", "not member"), "never");
    assert_eq!(sheet.both("approved", "not approved"), "never");
    assert_eq!(sheet.both("approved", "category = student"), "undecided");
    assert_eq!(sheet.both("approved", "member and category = retired"), "category = retired, member = yes");
    assert_eq!(sheet.both("sum < 10", "sum >= 10"), "never");
    assert_eq!(sheet.both("sum < 10", "sum >= 5"), "undecided");
}

#[test]
fn two_versions_with_one_text_are_one_formula() {
    let mut sheet = sheet();
    sheet.derived("approved", Type::YesNo, &["member and base < 5", "member and base < 5"]);
    assert_eq!(sheet.both("approved", "category = student"), "category = student, member = yes, base = 0");
}

#[test]
fn a_term_that_may_be_given_has_values_of_its_own() {
    let mut sheet = sheet();
    let term = sheet.derived("assessed", Type::Money(Some(Per::Month)), &["base"]);
    sheet.given_first(term, Kind::Money(Some(Per::Month)));
    assert_eq!(sheet.both("assessed < 10", "base >= 10"), "base = 10, assessed = 0");
    assert_eq!(sheet.both("assessed < 10", "assessed >= 10"), "never");
}

#[test]
fn a_term_with_a_day_of_its_own_is_not_the_fact_of_today() {
    let mut sheet = sheet();
    let term = sheet.derived("was_member", Type::YesNo, &["member"]);
    let day = sheet.compiled("year_start", Type::Date);
    sheet.0.terms[term.index()].as_of = Some(Dated { timeline: TimelineId(0), bodies: vec![Some(day)] });
    assert_eq!(sheet.both("was_member", "not member"), "undecided");
    assert_eq!(sheet.both("was_member", "not was_member"), "never");
}

#[test]
fn a_term_with_alternatives_keeps_its_type() {
    let mut sheet = sheet();
    let number = sheet.derived("fee", Type::Number, &["change"]);
    let second = sheet.0.terms[number.index()].formula.alternatives[0].clone();
    sheet.0.terms[number.index()].formula.alternatives.push(second);
    assert_eq!(sheet.both("fee < 10", "fee >= 10"), "never");
    assert_eq!(sheet.both("fee < 10", "change >= 10"), "undecided");
}

#[test]
fn a_term_outside_its_range_refuses_the_answer() {
    let mut sheet = sheet();
    let term = sheet.derived("assessed", Type::Number, &["change"]);
    sheet.0.terms[term.index()].at_least = Some(Exact::ZERO);
    assert_eq!(sheet.both("assessed < 0", "member"), "never");
    assert_eq!(sheet.both("assessed = 5", "member"), "undecided");
}

#[test]
fn a_table_by_word_is_looked_into() {
    let mut sheet = sheet();
    let of = sheet.compiled("category", Type::Word(WordsId(0)));
    let rows = ["5", "10", "10", "20"].map(|text| Some(sheet.compiled(text, Type::Number)));
    sheet.term("fee", Type::Number, vec![Formula::ByWord(of, rows.to_vec())]);
    assert_eq!(sheet.both("fee = 10", "category in waged | farmer"), "never");
    assert_eq!(sheet.both("fee > 10", "member"), "category = farmer, member = yes");
}

#[test]
fn the_name_of_a_band_is_looked_into() {
    let mut sheet = sheet();
    let grades = sheet.words("low high");
    let of = sheet.compiled("base", Type::Money(Some(Per::Month)));
    let edge = |included| Some(Edge { at: exact("1000"), included });
    let band = |lower, upper, word| Band {
        lower,
        upper,
        gives: Gives::Word(word),
        name: None,
        chosen: None,
        span: Span::default(),
    };
    let rows = vec![band(None, edge(true), 0), band(edge(false), None, 1)];
    sheet.term(
        "grade",
        Type::Word(grades),
        vec![Formula::BandOf(Bands { of, printed: None, rows, stated: Stated::default() })],
    );
    assert_eq!(sheet.both("grade = low", "base > 1000"), "never");
    assert_eq!(sheet.both("grade = low", "base >= 1000"), "base = 1000");
    assert_eq!(sheet.both("grade = high", "base <= 2000"), "base = 2000");
}

#[test]
fn a_setting_takes_what_any_of_its_versions_allows() {
    let mut sheet = sheet();
    sheet.setting("cap", Kind::Number, &[(1, 5), (3, 10)]);
    assert_eq!(sheet.both("cap > 10", "member"), "never");
    assert_eq!(sheet.both("cap >= 10", "member"), "member = yes, cap = 10");
}

#[test]
fn no_condition_is_always_true() {
    let mut sheet = sheet();
    let condition = sheet.condition("category = retired");
    let verdict = both_can_apply(&sheet.0, &[], &[condition]);
    let value = Example { subject: Subject::Input(InputId(0)), value: Datum::Word(1) };
    assert_eq!(verdict, Verdict::Both(vec![value]));
    assert_eq!(both_can_apply(&sheet.0, &[], &[]), Verdict::Both(Vec::new()));
}

#[test]
fn a_word_without_an_alternative_is_not_covered() {
    let mut sheet = sheet();
    let waged = sheet.condition("category = waged and base > 5");
    let others = sheet.condition("not category in waged | student");
    let given = sheet.condition("category != farmer");
    let subject = (InputId(0), WordsId(0));
    assert_eq!(not_covered(&sheet.0, &[vec![waged], vec![others]], &[], subject), [2]);
    assert_eq!(not_covered(&sheet.0, &[vec![waged]], &[given], subject), [1, 2]);
    assert_eq!(not_covered(&sheet.0, &[vec![waged], vec![]], &[], subject), Vec::<u8>::new());
}

#[test]
fn terms_in_a_circle_end_undecided() {
    let mut sheet = sheet();
    sheet.derived("b", Type::YesNo, &["member"]);
    sheet.derived("a", Type::YesNo, &["b and not b"]);
    let circle = sheet.condition("a or not a and b");
    sheet.0.terms[0].formula.alternatives[0].dated.bodies[0].as_mut().unwrap().body = Formula::Is(circle);
    assert_eq!(sheet.both("a", "b"), "undecided");
}

#[test]
fn a_search_that_would_be_long_ends_undecided() {
    let mut sheet = sheet();
    // Each of ten counts lies on one of nine values, all different: no way, but nothing short shows it.
    let names: Vec<String> = (0..10).map(|number| format!("n{number}")).collect();
    for name in &names {
        sheet.ranged(name, Kind::Count, Some(1), Some(9));
    }
    let mut conditions = Vec::new();
    for (place, name) in names.iter().enumerate() {
        for other in &names[..place] {
            let apart: Vec<_> = (1..=9).map(|value| format!("not ({name} = {value} and {other} = {value})")).collect();
            conditions.push(sheet.condition(&apart.join(" and ")));
        }
    }
    assert_eq!(both_can_apply(&sheet.0, &conditions, &[]), Verdict::Undecided);
}

#[test]
fn what_is_left_of_the_effort_is_shared_by_all_questions() {
    let mut sheet = sheet();
    let (a, b) = (sheet.condition("base < 5 or member"), sheet.condition("base >= 5 or not member"));
    let (waged, retired) = (sheet.condition("category = waged"), sheet.condition("category = retired"));
    let mut effort = Effort::new();
    let first = both_can_apply_within(&sheet.0, &[a], &[b], &mut effort);
    assert!(matches!(first, Verdict::Both(_)));
    while !effort.is_used_up() {
        effort.take(100_000);
    }
    assert_eq!(both_can_apply_within(&sheet.0, &[a], &[b], &mut effort), Verdict::Undecided);
    assert_eq!(both_can_apply_within(&sheet.0, &[waged], &[retired], &mut effort), Verdict::Never);
}

#[test]
fn the_formula_of_the_day_decides_what_several_formulas_leave_open() {
    let mut sheet = sheet();
    let term = sheet.derived("approved", Type::YesNo, &["member", "member and category = retired"]);
    let of_term = sheet.0.terms[term.index()].formula.alternatives[0].dated.timeline;
    let from = |text: &str| version(date(text), Date::NEVER, date(text));
    sheet.0.timelines[of_term.index()].versions = vec![from("2008-04-01"), from("2017-01-01")];
    let mut rule = |versions: Vec<Version>| {
        sheet.0.timelines.push(Timeline { path: "rule".into(), versions });
        VersionId { timeline: TimelineId::nth(sheet.0.timelines.len() - 1), version: 0 }
    };
    let (always, late) = (rule(vec![from("2008-04-01")]), rule(vec![from("2020-01-01")]));
    let early = rule(vec![version(date("2008-04-01"), date("2012-12-31"), date("2008-04-01"))]);
    let (approved, student) = (sheet.condition("approved"), sheet.condition("category = student"));
    let verdict =
        |a: VersionId, b: VersionId| both_ever_apply(&sheet.0, (a, &[approved]), (b, &[student]), &mut Effort::new());
    // Who knows the rule of 2020 knows the narrower approval of 2017 too.
    let (late_verdict, dates) = verdict(always, late);
    assert_eq!((late_verdict, dates), (Verdict::Never, None));
    let (early_verdict, dates) = verdict(always, early);
    assert!(matches!(early_verdict, Verdict::Both(_)));
    assert_eq!(dates, Some((date("2008-04-01"), Date::NEVER)));
    assert_eq!(verdict(early, late), (Verdict::Never, None));
}
