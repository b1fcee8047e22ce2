//! The three promises: equations are right, numbers are known, and every step that changed something is told.

use super::arithmetic::{Shows, check};
use super::corpus::{self, Explained};
use super::known::{self, Known};
use crate::RuleSet;
use crate::explain::number::AtScale;
use crate::explain::put::text_of;
use crate::explain::render::{ExplainedLine, Explanation, LineKind};
use crate::explain::{Format, Step, render};
use crate::ruleset::Datum;

const LANGUAGES: [&str; 2] = ["zh", "en"];

/// Holds the promises against every explanation of one rule set; gives how many equations were checked.
fn hold(set: &RuleSet, explained: &[Explained]) -> usize {
    let texts = known::texts(set);
    let mut equations = 0;
    for Explained { about, answer } in explained {
        let mut known = Known::of_rules(set);
        known.answer(answer);
        for language in LANGUAGES {
            let explanation = Explanation::of(set.rules(), set.charges(), answer, language);
            let whole = explanation.text();
            let mut computed: Vec<String> = Vec::new();
            for line in explanation.lines() {
                let text = known::without(line.text, &texts);
                if !matches!(line.kind, LineKind::Finding | LineKind::Chosen | LineKind::Owed) && !is_condition(&line) {
                    match check(&text) {
                        Shows::Right => equations += 1,
                        Shows::Nothing => {}
                        Shows::Wrong(why) => panic!("{about} in {language}: {why}\n\n{whole}"),
                    }
                }
                if line.kind == LineKind::Chosen {
                    let (_, why) = text.split_once(['：', ':']).unwrap_or_default();
                    for compared in why.split(['，', '且']).flat_map(|part| part.split(" and ")) {
                        equations += usize::from(check(compared) == Shows::Right);
                        let is_plain = !compared.contains(['或', '-']) && !compared.contains(" or ");
                        assert!(
                            !is_plain || !matches!(check(compared), Shows::Wrong(_)),
                            "{about}: {compared}\n\n{whole}"
                        );
                    }
                }
                if line.kind != LineKind::Finding {
                    for number in known::numbers(&text) {
                        assert!(
                            known.shown.contains(&number),
                            "{about} in {language}: where does {number} come from?\n{}\n\n{whole}",
                            line.text
                        );
                    }
                }
                computed.extend(line.values.iter().map(ToString::to_string));
            }
            for step in answer.trace.iter().flat_map(|trace| &trace.steps) {
                for wanted in changes(step) {
                    assert!(
                        whole.contains(&wanted),
                        "{about} in {language}: nothing tells {step:?} ({wanted})\n\n{whole}"
                    );
                }
            }
            if let Some(amount) = answer.amount {
                assert!(
                    computed.contains(&amount.to_string()),
                    "{about} in {language}: the amount is not told\n\n{whole}"
                );
            }
        }
    }
    equations
}

/// A line that says a yes-or-no in words; its comparisons may be false.
fn is_condition(line: &ExplainedLine<'_>) -> bool {
    line.kind == LineKind::Term && line.values.is_empty()
}

/// What a step that changed something must show.
fn changes(step: &Step) -> Vec<String> {
    match *step {
        Step::Limit { before, after, .. } if before != after => vec![
            format!("{} > {}", text_of(&before), text_of(&after)),
            format!("{} < {}", text_of(&before), text_of(&after)),
        ]
        .into_iter()
        .filter(|text| text.contains(if after < before { '>' } else { '<' }))
        .collect(),
        Step::Rated { gives, .. } | Step::Part { gives, .. } | Step::Piece { gives, .. } | Step::Sum { gives } => {
            vec![format!("= {}", text_of(&gives))]
        }
        Step::Amount { gives, .. } => vec![text_of(&gives)],
        Step::Reduced { before, after, .. } if before != after => vec![format!("= {}", text_of(&after))],
        Step::Instalment { gives, .. } | Step::Rest { gives, .. } => vec![format!("= {}", text_of(&gives))],
        Step::Prorated { after, .. } => vec![format!("= {}", text_of(&after))],
        Step::Rounded { exact: before, gives, .. } if before != gives => vec![format!("{} → ", text_of(&before))],
        Step::Declared { gives, .. } => vec![format!("= {}", text_of(&gives))],
        Step::Term { value: Datum::Number(number), .. } => vec![text_of(&number)],
        Step::AsOf { day, .. } => vec![day.to_string()],
        _ => Vec::new(),
    }
}

#[test]
fn every_row_of_the_sample_roster_keeps_the_promises() {
    let set = corpus::cpc();
    for period in ["2026-11", "2012-06", "2007-05", "2017-Q1"] {
        assert!(hold(&set, &corpus::roster(&set, period)) > 60, "too few equations in {period}");
    }
}

#[test]
fn every_case_of_every_rule_set_keeps_the_promises() {
    let all = corpus::all_cases();
    assert!(all.len() >= 12, "only {} rule sets are read", all.len());
    for (set, explained) in all {
        let equations = hold(&set, &explained);
        assert!(
            equations > explained.len(),
            "{}: {equations} equations in {} answers",
            set.rules().id,
            explained.len()
        );
    }
}

#[test]
fn the_last_rounding_shows_the_amount_of_the_answer() {
    let set = corpus::cpc();
    for Explained { about, answer } in corpus::roster(&set, "2026-11") {
        let Some(amount) = answer.amount else { continue };
        for language in LANGUAGES {
            let explanation = Explanation::of(set.rules(), set.charges(), &answer, language);
            let rounded = explanation.lines().filter(|line| line.kind == LineKind::Rounding).last().unwrap();
            let shown = text_of(&AtScale(amount, answer.rounding.unwrap()));
            assert!(rounded.text.ends_with(&format!("→ {shown}")), "{about}: {}", rounded.text);
        }
    }
}

#[test]
fn the_lines_lead_from_one_to_the_next() {
    // What a line of the amount starts from was the result of a line before it.
    let set = corpus::cpc();
    for Explained { about, answer } in corpus::roster(&set, "2026-11") {
        for language in LANGUAGES {
            let explanation = Explanation::of(set.rules(), set.charges(), &answer, language);
            let mut results: Vec<crate::value::Exact> = Vec::new();
            for line in explanation.lines() {
                if matches!(line.kind, LineKind::Limit | LineKind::Rounding | LineKind::Rate | LineKind::Reduction) {
                    let start = line.values[0];
                    assert!(results.contains(&start), "{about}: {start} is new in `{}`", line.text);
                }
                results.extend(line.values.last());
            }
        }
    }
}

#[test]
fn every_form_holds_the_same_lines() {
    let set = corpus::cpc();
    for Explained { about, answer } in corpus::roster(&set, "2026-11") {
        for language in LANGUAGES {
            let form = |format| render(set.rules(), set.charges(), &answer, language, format);
            let json: serde_json::Value = serde_json::from_str(&form(Format::Json)).unwrap();
            let (text, markdown) = (form(Format::Text), form(Format::Markdown));
            for line in json["lines"].as_array().unwrap() {
                let shown = line["text"].as_str().unwrap();
                assert!(text.contains(shown), "{about}: {shown}");
                let plain = markdown.replace('\\', "");
                assert!(plain.contains(shown), "{about}: {shown}\n{plain}");
            }
            assert_eq!(json["answer"]["status"], answer.status.name());
        }
    }
}
