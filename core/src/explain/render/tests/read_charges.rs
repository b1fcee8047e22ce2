//! Which clause stands behind an amount where a charge reads others.

use super::corpus;
use crate::RuleSet;
use crate::explain::{Format, render};

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
