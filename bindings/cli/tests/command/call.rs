//! The words of the call: what they change, and which are wrong.

use std::fs;

use super::support::{dues, rollbook, rollbook_with};

const ROSTER: &str = "id,stage,category,base\nA,full,waged,60000\nB,full,farmer,\n";

#[test]
fn exit_0_when_every_row_is_settled_and_1_when_one_is_not() {
    assert_eq!(dues(ROSTER, &[]).code, 0);
    assert_eq!(dues(format!("{ROSTER}C,full,waged,\n"), &[]).code, 1);
}

#[test]
fn known_answers_by_the_rules_issued_by_then() {
    let asked = |known: &[&str]| {
        let question = ["dues", "-", "--rules", "cpc", "--period", "2018-03"];
        rollbook_with(&[&question, known].concat(), ROSTER.as_bytes()).column("amount")
    };
    assert_eq!(asked(&[]), ["1000.00", "0.20"]);
    assert_eq!(asked(&["--known", "2016-12-31"]), ["1200.00", "0.20"]);
}

#[test]
fn a_setting_is_what_the_organisation_decided() {
    assert_eq!(dues(ROSTER, &["--set", "farmer_dues=0.50"]).column("amount"), ["1000.00", "0.50"]);
    assert_eq!(
        dues(ROSTER, &["--set", "rounding=up to 0.1", "--set", "farmer_dues=0.33"]).column("amount"),
        ["1000.0", "0.4"]
    );
}

#[test]
fn a_rule_that_normally_holds_is_set_aside_with_its_reason() {
    let ran = dues(ROSTER, &["--set-aside", "dues.limits.cap=decided at the meeting = 2026-01-08"]);
    assert_eq!(ran.column("amount"), ["1200.00", "0.20"]);
    assert!(ran.column("findings")[0].contains("decided at the meeting = 2026-01-08"), "{}", ran.out);
}

#[test]
fn findings_clauses_and_summary_are_in_the_language_asked_for() {
    let asked = |more: &[&str]| {
        let question = ["dues", "-", "--rules", "cpc", "--period", "2026-11"];
        rollbook_with(&[&question, more].concat(), ROSTER.as_bytes())
    };
    let (chinese, english) = (asked(&[]), asked(&["--lang", "en"]));
    assert_eq!(asked(&["--lang", "zh"]).out, chinese.out);
    assert!(chinese.column("cite")[0].contains("第一条至第四条"), "{}", chinese.out);
    assert!(english.column("cite")[0].contains("arts 1-4"), "{}", english.out);
    assert!(chinese.err.contains("读入2行") && chinese.err.contains("合计"), "{}", chinese.err);
    assert!(english.err.contains("2 rows read") && english.err.contains("total"), "{}", english.err);
}

#[test]
fn a_longer_period_is_the_sum_of_its_parts() {
    let question = ["dues", "-", "--rules", "cpc", "--period", "2026"];
    let ran = rollbook_with(&question, b"id,stage,category,base\nA,full,waged,5400\n");
    assert_eq!(ran.rows()[0][..3], ["A", "2026", "972.00"]);
}

#[test]
fn totals_are_exact_and_said_by_rule() {
    let mut roster = "id,stage,category,base\n".to_owned();
    for row in 0..1000 {
        roster.push_str(&format!("M{row},full,waged,2860.40\nF{row},full,farmer,\n"));
    }
    roster.push_str("A,applicant,,\nX,full,waged,x\n");
    let ran = dues(roster, &[]);
    assert!(
        ran.err.starts_with(
            "2002 rows read\n\
        \x20   2000 charged      the amount is owed\n\
        \x20      1 not_due      nothing is owed for this period\n\
        \x20      1 rejected     something cannot be read\n\
         total 14500.00 CNY\n\
        \x20   1000 rows         200.00 members who pay a fixed amount\n\
        \x20   1000 rows       14300.00 members with a monthly income\n"
        ),
        "{}",
        ran.err
    );
}

#[test]
fn a_roster_says_how_well_its_amounts_are_attested_where_that_is_asked_for() {
    let roster = "id,stage,category,base\nA,full,waged,60000\nB,full,waged,\nC,full,farmer,\nD,full,waged,x\n";
    let plain = dues(roster, &[]);
    let ran = dues(roster, &["--attested"]);
    assert_eq!(ran.column("attested"), ["transcribed", "", "transcribed", ""]);
    assert_eq!(ran.column("amount"), plain.column("amount"));
    assert!(!plain.out.lines().next().unwrap().contains("attested"));
}

#[test]
fn a_roster_of_members_is_refused_for_what_organisations_owe() {
    let question = ["dues", "-", "--rules", "cpc", "--period", "2026", "--charge", "remittance"];
    let ran = rollbook_with(&question, b"id,stage,category,base\nA,full,waged,60000\n");
    assert_eq!(
        ran.failure(),
        "charge `remittance` is owed by an organisation, and standard input tells facts of members (`stage`, `category`, `base`); \
         pass a roster of organisations with columns such as level, dues_received (`rollbook facts cpc --charge remittance` \
         lists them), or name a charge that members owe with --charge: dues"
    );
}

#[test]
fn a_wrong_call_is_one_clear_line() {
    for (more, said) in [
        (&["--charge", "due"][..], "there is no charge `due`; did you mean `dues`?"),
        (&["--set", "farmer_due=1"], "there is no setting `farmer_due`; did you mean `farmer_dues`?"),
        (&["--set", "farmer_dues=0.5", "--set", "farmer_dues=0.6"], "setting `farmer_dues` is given twice"),
        (
            &["--set", "farmer_dues@2026-01-01=0.5", "--set", "farmer_dues@2026-01-01=0.6"],
            "setting `farmer_dues@2026-01-01` is given twice",
        ),
        (&["--lang", "fr"], "--lang `fr`: rule set `cpc` speaks zh, en"),
    ] {
        let question = [&["dues", "-", "--rules", "cpc", "--period", "2026-11"], more].concat();
        assert_eq!(rollbook_with(&question, ROSTER.as_bytes()).failure(), said);
    }
    let ran = dues(ROSTER, &["--set", "farmer_dues=2"]);
    assert!(ran.failure().contains("farmer_dues") && ran.err.contains("`2`"), "{ran:?}");
    assert!(dues(ROSTER, &["--set-aside", "dues.tariff.waged=because"]).failure().contains("cannot be set aside"));
    assert_eq!(ran.out, "");
}

#[test]
fn words_that_cannot_be_read_end_with_2_and_say_how_they_are_written() {
    let question = |more: &[&str]| rollbook_with(&[&["dues", "-", "--rules", "cpc"], more].concat(), b"");
    for (more, said) in [
        (&["--period", "November"][..], "a period is written 2026-11, 2026-Q4, 2026-H2 or 2026"),
        (&["--period", "2026-11", "--known", "31.12.2016"], "--known"),
        (&["--period", "2026-11", "--set", "farmer_dues"], "NAME=VALUE"),
        (
            &["--period", "2026-11", "--set", "farmer_dues@2026=0.5"],
            "the day behind @ is written 2026-01-31, not `2026`",
        ),
        (&["--period", "2026-11", "--set-aside", "dues.limits.cap="], "the reason is recorded and must not be empty"),
        (&["--period", "2026-11", "--output", "x"], "--output"),
        (&[], "--period"),
    ] {
        let ran = question(more);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{more:?}");
        assert!(ran.err.contains(said), "{more:?}: {}", ran.err);
    }
    assert_eq!(rollbook(&[]).code, 2);
}

#[test]
fn a_rule_set_that_is_not_there_or_refused_is_exit_2() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rules.yaml");
    let asked = |rules: &str| rollbook_with(&["dues", "-", "--rules", rules, "--period", "2026-11"], ROSTER.as_bytes());
    assert!(asked("cpd").failure().starts_with("there is no rule set `cpd`; did you mean `cpc`?"));
    assert!(asked(path.to_str().unwrap()).failure().starts_with("cannot read "));
    fs::write(&path, "rollbook: 1\nid: x\nlanguage: [en]\n").unwrap();
    let ran = asked(path.to_str().unwrap());
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("rules.yaml:3:1"), "{}", ran.err);
    assert!(ran.err.ends_with(&format!("rollbook: the rule set {} is refused\n", path.display())), "{}", ran.err);
    fs::write(&path, b"rollbook: 1\nid: \xFF\n").unwrap();
    assert!(asked(path.to_str().unwrap()).failure().contains("is not UTF-8 text (from byte 17 on)"));
}

#[test]
fn help_says_how_each_command_ends_and_gives_examples() {
    for command in
        [&["--help"][..], &["dues", "--help"], &["explain", "--help"], &["check", "--help"], &["test", "--help"]]
    {
        let ran = rollbook(command);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command:?}");
        for part in ["How it ends (exit code)", "\n  0  ", "\n  1  ", "\n  2  ", "Examples:"] {
            assert!(ran.out.contains(part), "{command:?} {part}");
        }
    }
}
