//! Line 4, with section 2: of the versions with issued ≤ known and from ≤ effective ≤ until, the one with the greatest
//! (issued, from) holds; effective is the period's start, or what `versions_on` says, and no as-of day moves it.

use crate::small::{Small, codes, dues, dues_per, dues_rounded, dues_with, text_of_dues};

fn two_rates() -> Small {
    dues("tariff: [ { cite: old art. 1, amount: 30 }, { cite: new art. 1, amount: 60 } ]")
}

#[test]
fn before_the_first_version_there_is_no_rule() {
    assert_eq!(two_rates().ask("1999-12").said(), "no_rule no_rule");
    assert_eq!(two_rates().ask("2000-01").said(), "30.00");
}

#[test]
fn a_period_follows_the_rules_of_its_first_day() {
    assert_eq!(two_rates().ask("2020-01").said(), "30.00", "the amendment begins on the sixteenth");
    assert_eq!(two_rates().ask("2020-02").said(), "60.00");
}

#[test]
fn an_amendment_with_effect_in_the_past_holds_only_for_who_knows_it() {
    assert_eq!(two_rates().ask("2020-02").known("2020-02-29").said(), "30.00");
    assert_eq!(two_rates().ask("2020-02").known("2020-03-01").said(), "60.00");
    assert_eq!(two_rates().ask("2020-02").known("1999-12-31").said(), "no_rule no_rule");
}

#[test]
fn a_later_issue_holds_although_it_begins_earlier() {
    let rules = dues(
        "
        tariff:
          - { cite: old, amount: 1 }
          - { cite: old, from: 2010-01-01, issued: 2009-12-01, amount: 2 }
          - { cite: old, from: 2005-01-01, issued: 2012-06-01, amount: 3 }
    ",
    );
    let at = |period, known| rules.ask(period).known(known).said();
    assert_eq!(at("2011-01", "2012-05-31"), "2.00");
    assert_eq!(at("2011-01", "2012-06-01"), "3.00");
    assert_eq!(at("2004-12", "2026-01-01"), "1.00");
}

#[test]
fn of_two_versions_issued_together_the_later_one_holds() {
    let rules = dues(
        "
        tariff:
          - { cite: old, from: 2006-01-01, issued: 2005-01-01, amount: 2 }
          - { cite: old, from: 2005-01-01, issued: 2005-01-01, amount: 1 }
    ",
    );
    assert_eq!([rules.ask("2005-12").said(), rules.ask("2006-01").said()], ["1.00", "2.00"]);
}

#[test]
fn two_versions_with_the_same_dates_are_refused() {
    let text = text_of_dues("tariff: [ { cite: old art. 1, amount: 1 }, { cite: old art. 2, amount: 2 } ]");
    assert_eq!(codes(&text), ["same_dates"]);
}

#[test]
fn the_last_day_of_a_version_is_included_and_the_earlier_one_holds_again() {
    let rules =
        dues("tariff: [ { cite: old, amount: 1 }, { cite: old, from: 2010-01-01, until: 2010-03-01, amount: 2 } ]");
    let said = |period| rules.ask(period).said();
    assert_eq!([said("2009-12"), said("2010-01"), said("2010-03"), said("2010-04")], ["1.00", "2.00", "2.00", "1.00"]);
}

#[test]
fn a_version_ends_with_the_source_that_it_cites() {
    let rules = dues("tariff: { cite: brief art. 1, amount: 1 }");
    let said = |period| rules.ask(period).said();
    assert_eq!([said("2009-12"), said("2010-12"), said("2011-01")], ["no_rule no_rule", "1.00", "no_rule no_rule"]);
}

#[test]
fn a_version_that_cites_several_begins_with_the_latest_of_them() {
    let rules = dues("tariff: { cite: [ old art. 1, new art. 1 ], amount: 1 }");
    assert_eq!([rules.ask("2020-01").said(), rules.ask("2020-02").said()], ["no_rule no_rule", "1.00"]);
    assert_eq!(rules.ask("2020-02").known("2020-02-29").said(), "no_rule no_rule", "issued with the latest of them");
}

#[test]
fn a_repealed_rule_ends_without_a_change_of_its_past() {
    let rules = dues("tariff: [ { cite: old, amount: 1 }, { cite: new, repealed: yes } ]");
    assert_eq!([rules.ask("2020-01").said(), rules.ask("2020-02").said()], ["1.00", "no_rule no_rule"]);
    assert_eq!(rules.ask("2020-02").known("2020-02-01").said(), "1.00", "not yet repealed for who asked then");
}

#[test]
fn a_repealed_reduction_just_does_not_act() {
    let rules = dues(
        "
        tariff: { cite: old, amount: 10 }
        reductions: { poor: [ { cite: old, when: poor, pays: 50% }, { cite: new, repealed: yes } ] }
    ",
    );
    assert_eq!(
        [rules.ask("2020-01").with("poor=yes").said(), rules.ask("2020-02").with("poor=yes").said()],
        ["5.00", "10.00"]
    );
}

#[test]
fn the_open_past_has_no_first_day() {
    let rules = dues_rounded(
        "round: { from: not_seen, chosen: no rule was seen, is: half_up to 1 }",
        "tariff: { from: not_seen, chosen: no rule was seen, amount: 1 }",
    );
    assert_eq!(rules.ask("1900-01").said(), "1");
    assert_eq!(rules.ask("1900-01").answer().text("version"), "not_seen");
}

#[test]
fn the_same_text_under_one_instrument_after_the_other_is_one_version() {
    let rules = dues("tariff: { under: [ old art. 13, new art. 26 ], amount: 1 }");
    let cites = |period| rules.ask(period).answer().cites();
    assert_eq!(cites("2019-12"), "old art. 13");
    assert_eq!(cites("2020-02"), "new art. 26", "the one in force is cited");
    let versions = ["2019-12", "2020-02"].map(|period| rules.ask(period).answer().text("version").to_owned());
    assert_eq!(versions, ["2000-01-01", "2000-01-01"], "no false difference");
}

#[test]
fn the_last_day_may_choose_the_versions() {
    let stages = "
        versions_on: period_end
        tariff: [ { cite: old, amount: 30 }, { cite: new, amount: 60 } ]
    ";
    assert_eq!([dues(stages).ask("2019-12").said(), dues(stages).ask("2020-01").said()], ["30.00", "60.00"]);
}

const BY_DAY: &str = "
    versions_on: by_day
    tariff: [ { cite: old, amount: 30 }, { cite: new, amount: 60 } ]
";

#[test]
fn by_day_each_version_has_the_share_of_its_days() {
    let answer = dues(BY_DAY).ask("2020-01").answer();
    assert_eq!(answer.text("exact"), "1410/31", "15 days of 30 and 16 days of 60");
    assert_eq!(answer.said(), "45.48");
    assert_eq!(dues(BY_DAY).ask("2020-02").said(), "60.00");
    assert_eq!(dues(BY_DAY).ask("2019-12").said(), "30.00");
}

#[test]
fn by_day_is_rounded_once_and_not_piece_by_piece() {
    let rules = dues_rounded("round: { cite: old, is: half_up to 1 }", BY_DAY);
    assert_eq!(rules.ask("2020-01").said(), "45", "14.52 and 30.97 would be 15 and 31 alone");
}

#[test]
fn by_day_only_versions_known_make_pieces() {
    assert_eq!(dues(BY_DAY).ask("2020-01").known("2020-02-29").said(), "30.00");
    assert_eq!(dues(BY_DAY).ask("2020-01").known("2020-03-01").said(), "45.48");
}

#[test]
fn by_day_a_term_and_a_setting_cut_the_period_too() {
    let before = "
        terms: { base: { kind: money per month, formula: [ { cite: old, is: pay }, { cite: new, is: pay * 2 } ] } }
        settings: { extra: { kind: money per month, cite: old, default: 0 } }
    ";
    let rules = dues_with(
        before,
        "
        versions_on: by_day
        tariff: { cite: old, amount: base + extra }
    ",
    );
    assert_eq!(rules.ask("2020-01").with("pay=31").answer().text("exact"), "47");
    let decided = rules.ask("2020-03").with("pay=31").decide("extra", "2020-03-31", None, "31");
    assert_eq!(decided.answer().text("exact"), "63", "31 CNY more for one day of 31");
}

#[test]
fn by_day_a_piece_that_is_exempt_counts_nothing_and_an_open_one_stops_all() {
    let exempt = "
        versions_on: by_day
        tariff: [ { cite: old, exempt: yes }, { cite: new, amount: 62 } ]
    ";
    assert_eq!(dues(exempt).ask("2020-01").said(), "32.00");
    assert_eq!(dues(exempt).ask("2019-12").said(), "exempt");
    let open = "
        versions_on: by_day
        tariff: [ { cite: old, amount: 30 }, { cite: new, amount: pay } ]
    ";
    assert_eq!(dues(open).ask("2020-01").said(), "needs pay");
}

#[test]
fn an_as_of_day_reads_facts_and_never_moves_the_versions() {
    let rules = dues(
        "
        as_of: { cite: old, is: period_end }
        tariff: [ { cite: old, amount: pay }, { cite: new, amount: pay * 2 } ]
    ",
    );
    assert_eq!(rules.ask("2020-01").with("pay=2019-01-01:10,2020-01-31:20").said(), "20.00");
}

#[test]
fn terms_follow_the_versions_of_the_period_too() {
    let before =
        "terms: { base: { kind: money per month, formula: [ { cite: old, is: pay }, { cite: new, is: pay * 2 } ] } }";
    let rules = dues_with(before, "tariff: { cite: old, amount: base }");
    assert_eq!(rules.ask("2020-01").with("pay=10").said(), "10.00");
    assert_eq!(rules.ask("2020-02").with("pay=10").said(), "20.00");
    assert_eq!(rules.ask("2020-02").known("2020-02-29").with("pay=10").said(), "10.00");
}

#[test]
fn a_longer_period_follows_the_rules_of_each_part() {
    assert_eq!(two_rates().ask("2020-Q1").answer().parts(), "2020-01 30.00; 2020-02 60.00; 2020-03 60.00");
    let yearly = dues_per("year", "tariff: [ { cite: old, amount: 30 }, { cite: new, amount: 60 } ]");
    assert_eq!(yearly.ask("2020").said(), "30.00");
}

#[test]
fn a_day_inside_the_doubtful_span_of_a_source_carries_a_finding() {
    let rules = dues("tariff: [ { cite: old, amount: 1 }, { cite: guess art. 1, amount: 2 } ]");
    let findings = |period| rules.ask(period).answer().findings();
    assert_eq!([findings("2004-12"), findings("2006-01")], ["", ""]);
    assert_eq!([findings("2005-01"), findings("2005-12")], ["doubtful_date", "doubtful_date"]);
    let answer = rules.ask("2005-06").answer();
    assert_eq!(
        (answer.param("doubtful_date", "source"), answer.param("doubtful_date", "until")),
        ("guess", "2005-12-31")
    );
}

#[test]
fn a_date_that_is_no_first_day_is_not_doubtful() {
    let rules = dues("tariff: [ { cite: old, amount: 1 }, { cite: march art. 1, amount: 2 } ]");
    let findings = |period, known| rules.ask(period).known(known).answer().findings();
    assert_eq!(findings("2006-04", "2026-01-01"), "", "in force since the fifteenth, which is sure");
    assert_eq!(findings("2006-04", "2006-03-20"), "doubtful_date", "issued some day in March");
    assert_eq!(findings("2006-04", "2006-04-01"), "");
}

#[test]
fn a_version_with_dates_of_its_own_does_not_doubt_those_of_its_source() {
    let rules = dues("tariff: [ { cite: old, amount: 1 }, { cite: guess art. 1, from: 2005-02-01, amount: 2 } ]");
    assert_eq!(rules.ask("2005-02").answer().findings(), "");
}
