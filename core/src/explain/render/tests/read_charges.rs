//! Which clause stands behind an amount where a charge reads others.

use super::corpus;
use crate::RuleSet;
use crate::dues::Request;
use crate::explain::{Format, render};
use crate::ruleset::{Told, Workspace};
use crate::value::Period;

const TEXT: &str = "\
rollbook: 1
id: lodge
edition: 1
languages: [en]
title: Lodge
currency: EUR
answers: total
sources:
  rules: { title: Rules, in_force: 2020-01-01, attested: official }
  phone: { title: Telephone, in_force: 2020-01-01, attested: unconfirmed }
facts:
  years: { kind: number, at_least: 0 }
charges:
  fee:
    per: month
    tariff: { cite: rules art. 3, table: { of: years, stated: [ falling ], bands: [ { below: 10, amount: 8 }, { from: 10, amount: 6 } ] } }
    round: { cite: rules art. 5, is: half_up to 0.01 }
  extra:
    per: month
    tariff: { cite: phone, amount: 1 }
    round: { cite: rules art. 5, is: half_up to 0.01 }
  total:
    per: month
    tariff: { cite: rules art. 6, amount: fee + extra }
    round: { cite: rules art. 5, is: half_up to 0.01 }
";

#[test]
fn an_amount_is_said_with_the_clause_of_its_own_charge() {
    let set = RuleSet::parse(TEXT).unwrap();
    let answer = corpus::explain(&set, "total", "2026-11", &[("years", "8")]);
    let text = render(set.rules(), set.charges(), &answer, "en", Format::Text);
    let line =
        |words: &str| text.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(line("8 < 10").contains("[Rules art. 3"), "{text}");
    assert!(line("amount 8").contains("[as above"), "{text}");
    assert!(line("amount 1").contains("[Telephone"), "{text}");
    assert!(line("fee 8 + extra 1 = 9").contains("[Rules art. 6"), "{text}");
}

#[test]
fn a_number_that_is_chosen_is_said_once() {
    let text = TEXT.replace("amount: 1 }", "amount: if years < 5 then 1 else 2 }");
    let set = RuleSet::parse(&text).unwrap();
    let answer = corpus::explain(&set, "extra", "2026-11", &[("years", "8")]);
    let text = render(set.rules(), set.charges(), &answer, "en", Format::Text);
    assert!(text.contains("amount: 2  [Telephone"), "{text}");
    assert!(!text.contains("2 = 2"), "{text}");
}

#[test]
fn a_charge_that_is_read_is_announced_and_its_periods_are_named() {
    let text = TEXT.replace(
        "per: month\n    tariff: { cite: rules art. 6, amount: fee + extra }",
        "per: quarter\n    tariff: { cite: rules art. 6, amount: fee * 50% }",
    );
    let set = RuleSet::parse(&text).unwrap();
    let answer = corpus::explain(&set, "total", "2026-Q4", &[("years", "8")]);
    let text = render(set.rules(), set.charges(), &answer, "en", Format::Text);
    assert_eq!(
        text,
        "Lodge · total · 2026-Q4
owed: EUR 12.00 per quarter
  1. owed on all 92 days of the period
  2. “fee” is worked out first:
  2026-10
  3. owed on all 31 days of the period
  4. years: 8
  5. 8 < 10  [Rules art. 3; from 2020-01-01]
  6. amount 8  [as above]
  7. rounded half up to 0.01: 8 → 8.00  [Rules art. 5; from 2020-01-01]
  2026-11
  8. owed on all 30 days of the period
  9. 8 < 10  [Rules art. 3; from 2020-01-01]
 10. amount 8  [as above]
 11. rounded half up to 0.01: 8 → 8.00  [Rules art. 5; from 2020-01-01]
  2026-12
 12. owed on all 31 days of the period
 13. 8 < 10  [Rules art. 3; from 2020-01-01]
 14. amount 8  [as above]
 15. rounded half up to 0.01: 8 → 8.00  [Rules art. 5; from 2020-01-01]
 16. fee 24
 17. amount: fee 24 × 50% = 12  [Rules art. 6; from 2020-01-01]
 18. rounded half up to 0.01: 12 → 12.00  [Rules art. 5; from 2020-01-01]
 19. total owed: EUR 12.00 per quarter
"
    );
}

#[test]
fn a_charge_that_is_read_and_lacks_facts_says_so() {
    let set = RuleSet::parse(TEXT).unwrap();
    let answer = corpus::explain(&set, "total", "2026-11", &[]);
    let said = |language| render(set.rules(), set.charges(), &answer, language, Format::Text);
    assert!(said("en").contains("  4. “fee”: facts are missing, so it is not settled\n"), "{}", said("en"));
    assert!(said("zh").contains("  2. 先计算“fee”：\n"), "{}", said("zh"));
    assert!(said("zh").contains("  4. “fee”：情况不全，暂不能算定\n"), "{}", said("zh"));
    // The other one is told as well, and the amounts of neither are added.
    assert!(said("en").contains("extra 1\n") && !said("en").contains("= "), "{}", said("en"));
}

#[test]
fn a_line_for_a_record_is_cited_by_the_charge_that_it_is_of() {
    let text = TEXT.replace(
        "  years: { kind: number, at_least: 0 }",
        "  gifts: { kind: list, record: { gave: { kind: money, at_least: 0 }, on_day: { kind: date } } }",
    );
    let (head, _) = text.split_once("charges:").unwrap();
    let charge = |name: &str, tariff: &str| {
        let round = "{ cite: rules art. 5, is: half_up to 0.01 }";
        format!("  {name}:\n    each: gifts\n    day: on_day\n    tariff: {{ {tariff} }}\n    round: {round}\n")
    };
    let charges =
        charge("fee", "cite: phone, rate: 5%, of: gave") + &charge("total", "cite: rules art. 6, amount: fee + 1");
    let set = RuleSet::parse(&format!("{head}charges:\n{charges}")).unwrap();
    let mut facts = set.facts();
    let gift = [("gave", "100"), ("on_day", "2026-03-01")].map(|(field, value)| (field.to_owned(), value.to_owned()));
    facts.tell(set.rules(), "gifts", &Told::Records(vec![gift.into()]));
    let period = Period::parse("2026").unwrap();
    let request = Request { charge: Some("total"), period, known: None, settings: &[], set_aside: &[] };
    let answer = set.prepare(&request).unwrap().explain(&facts, &mut Workspace::default());
    let text = render(set.rules(), set.charges(), &answer, "en", Format::Text);
    let line =
        |words: &str| text.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(!line("100 × 5% = 5").contains("art. 6"), "{text}");
    assert!(line("fee 5 + 1 = 6").contains("[Rules art. 6"), "{text}");
}

#[test]
fn a_share_of_a_charge_that_is_read_stands_beside_its_own_clause() {
    let text = TEXT.replace("tariff: { cite: phone, amount: 1 }", "tariff: { cite: phone, rate: 50%, of: years }");
    let set = RuleSet::parse(&text.replace("years: { kind: number,", "years: { kind: money per month,")).unwrap();
    let answer = corpus::explain(&set, "total", "2026-11", &[("years", "8")]);
    let text = render(set.rules(), set.charges(), &answer, "en", Format::Text);
    let line = text.lines().find(|line| line.contains("8 × 50% = 4")).unwrap_or_else(|| panic!("{text}"));
    assert!(line.contains("[Telephone"), "{text}");
}
