#![expect(clippy::disallowed_methods, reason = "compares a file of the repository, in tests only")]

use std::fmt::Write;
use std::path::PathBuf;

use super::*;
use crate::explain::render::tests::corpus;

/// The version in which each code first appeared; a new code gets a new line.
const SINCE: &[(&str, &[Code])] = &[("0.1.0", Code::ALL)];

fn list() -> String {
    let mut text = String::from(
        "# Findings\n\nWhat an answer has to say beside its amount. Code and parameters are the contract and never change \
         their meaning;\nthe message is a rendering in the reader's language, with facts and rules by their titles. \
         `error`: there is no amount\nbecause of it; `warning`: worth looking at; `note`: worth knowing. This list is \
         generated from the code: a test compares it.\n\n| code | severity | parameters | zh | en | since |\n|---|---|---|---|---|---|\n",
    );
    for (since, codes) in SINCE {
        for code in *codes {
            let params = code.params().iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
            let (zh, en) = (code.template("zh"), code.template("en"));
            let _ = writeln!(text, "| `{code}` | {} | {params} | {zh} | {en} | {since} |", code.severity().name());
        }
    }
    text
}

#[test]
fn the_list_of_findings_is_fresh() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/findings.md");
    let fresh = list();
    if std::env::var_os("ROLLBOOK_WRITE_DOCS").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(written, fresh, "docs/findings.md is stale: run this test with ROLLBOOK_WRITE_DOCS=1");
}

#[test]
fn every_message_says_all_its_parameters_in_both_languages() {
    for code in Code::ALL {
        for language in ["zh", "en"] {
            let template = code.template(language);
            for name in code.params() {
                assert!(template.contains(&format!("{{{name}}}")), "{code} does not say {name} in {language}");
            }
            assert_eq!(template.matches('{').count(), code.params().len(), "{code} in {language}: {template}");
        }
    }
}

#[test]
fn a_language_without_wording_of_its_own_gets_the_english_wording() {
    for code in Code::ALL {
        assert_eq!(code.template("fr"), code.template("en"));
    }
}

fn messages(facts: &[(&str, &str)], language: &str) -> Vec<String> {
    let set = corpus::cpc();
    let answer = corpus::explain(&set, "dues", "2026-11", facts);
    let said = answer.findings.iter().filter(|finding| finding.code != Code::NotEncoded);
    said.map(|finding| finding.message(set.rules(), set.charges(), language)).collect()
}

#[test]
fn a_refused_value_is_quoted_with_what_is_accepted() {
    let facts = [("stage", "full"), ("category", "waged"), ("base", "5,400")];
    assert_eq!(messages(&facts, "zh"), ["“基数”填写的“5,400”无法识别；应写作：1234.56；是否为“5400”？"]);
    let meant = "dues base: `5,400` cannot be read; write it as 1234.56; did you mean `5400`?";
    assert_eq!(messages(&facts, "en"), [meant]);
    let facts = [("stage", "full"), ("category", "waged"), ("base", "about 5400")];
    assert_eq!(messages(&facts, "en"), ["dues base: `about 5400` cannot be read; write it as 1234.56"]);
    let facts = [("stage", "full"), ("category", "waged"), ("base", "-5")];
    assert_eq!(messages(&facts, "zh"), ["“基数”填写的“-5”超出范围；应当：基数 ≥ 0"]);
    let facts = [("stage", "full"), ("employer", "school")];
    let accepted = "kind of employer: `school` is not one of its words; accepted are `organ` (Party or state organ), \
                    `public_institution` (public institution), `enterprise` (enterprise)";
    assert_eq!(messages(&facts, "en"), [accepted]);
    let facts = [("stage", "full"), ("bas", "5400")];
    assert_eq!(messages(&facts, "zh"), ["没有名为“bas”的项目，是否为“base”（基数）？"]);
}

#[test]
fn rules_and_facts_are_named_by_their_titles() {
    let facts = [("stage", "full"), ("category", "waged"), ("base", "60000")];
    assert_eq!(messages(&facts, "zh"), ["按限额由 1200 调整为 1000：党费（每月一般不超过1000元）"]);
    let english = "a limit changed 1200 to 1000: membership dues: normally not more than 1000 yuan a month";
    assert_eq!(messages(&facts, "en"), [english]);
    assert_eq!(messages(&facts, "fr").len(), 1);
    let facts = [("stage", "full"), ("category", "waged"), ("base", "3000"), ("hardship", "exempt")];
    assert_eq!(messages(&facts, "zh"), ["未按规定办理批准手续，减免不生效：党费（经批准免交）"]);
    let facts = [("stage", "full"), ("category", "retired"), ("base", "3000"), ("basic_pension", "3200")];
    assert_eq!(messages(&facts, "zh"), ["填报的“基数”为 3000，按明细核算为 3200"]);
}
