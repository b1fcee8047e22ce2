use rollbook::facade::{Error, ErrorCode, Position, Request, RuleSet, Severity};

use super::super::{cpc, waged};

fn refused(change: impl FnOnce(&mut Request)) -> Error {
    let mut request = Request::new("2026-11");
    change(&mut request);
    cpc().dues(&waged("5400"), &request).unwrap_err()
}

#[test]
fn a_wrong_call_has_a_code_and_says_what_would_be_right() {
    let error = refused(|request| request.charge = Some("deus".to_owned()));
    assert_eq!((error.code, error.params["near"].as_str()), (ErrorCode::UnknownCharge, "dues"));
    assert_eq!(error.to_string(), "there is no charge `deus`; did you mean `dues`?");

    let error = refused(|request| request.period = "2026-13".to_owned());
    assert_eq!((error.code, error.params["value"].as_str()), (ErrorCode::BadPeriod, "2026-13"));

    let error = refused(|request| request.known = Some("2026-02-30".to_owned()));
    assert_eq!((error.code, error.params["name"].as_str()), (ErrorCode::BadDate, "known"));

    let error = refused(|request| drop(request.settings.insert("farmer_due".to_owned(), "1".into())));
    assert_eq!((error.code, error.params["near"].as_str()), (ErrorCode::UnknownSetting, "farmer_dues"));

    let error = refused(|request| drop(request.set_aside.insert("dues.limits.cap".to_owned(), String::new())));
    assert_eq!((error.code, error.params["path"].as_str()), (ErrorCode::NotSetAside, "dues.limits.cap"));

    let error = cpc().validate(&waged("1"), Some("levy"), "en").unwrap_err();
    assert_eq!(error.code, ErrorCode::UnknownCharge);

    let error = RuleSet::builtin("cpd").unwrap_err();
    assert_eq!((error.code, error.params["near"].as_str()), (ErrorCode::UnknownRuleSet, "cpc"));
}

#[test]
fn what_a_limit_normally_caps_is_set_aside_with_a_reason() {
    let mut request = Request::new("2026-11");
    request.set_aside.insert("dues.limits.cap".to_owned(), "he wants to pay it".to_owned());
    let answered = cpc().dues(&waged("60000"), &request).unwrap();
    assert_eq!(answered.amount().as_deref(), Some("1200.00"));
}

#[test]
fn a_rule_set_that_answers_nothing_of_its_own_accord_wants_a_charge_named() {
    let document = cpc().to_json().replace("\"answers\":\"dues\",", "");
    let rules = RuleSet::parse(&document).unwrap();
    assert_eq!(rules.answers(), None);
    let error = rules.dues(&waged("5400"), &Request::new("2026-11")).unwrap_err();
    assert_eq!((error.code, error.params["wanted"].as_str()), (ErrorCode::NoCharge, "dues, voluntary, remittance"));
}

#[test]
fn a_refused_rule_set_says_where_and_shows_the_line() {
    let error = RuleSet::parse("{\n  \"rollbook\": \"1\",\n  \"currency\": 5\n}").unwrap_err();
    assert_eq!(error.code, ErrorCode::RefusedRuleSet);
    assert_eq!(error.position, Some(Position { line: 3, column: 15 }));
    let first = &error.diagnostics[0];
    assert_eq!((first.code.as_str(), first.severity, first.path.as_str()), ("not_text", Severity::Error, "currency"));
    assert!(first.shown.contains(" 3 |   \"currency\": 5\n"), "{}", first.shown);
}

#[test]
fn a_check_tells_warnings_and_failing_cases_and_keeps_what_is_sound() {
    let checked = RuleSet::check(&cpc().to_json());
    assert!(checked.rule_set.is_some());
    assert!(checked.diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Warning));

    let case = r#"{"cases":[{"period":"2026-11","facts":{"stage":"full","category":"student"},"expect":"5"}],"#;
    let checked = RuleSet::check(&cpc().to_json().replacen('{', case, 1));
    assert!(checked.rule_set.is_none());
    assert!(checked.diagnostics.iter().any(|diagnostic| diagnostic.code == "failing_case"));
}

#[test]
fn an_error_in_json_has_its_code_and_its_place() {
    let error = RuleSet::parse("{ \"rollbook\": \"1\" }").unwrap_err();
    let said: serde_json::Value = serde_json::from_str(&error.to_json()).unwrap();
    assert_eq!(said["code"], "refused_rule_set");
    assert_eq!(said["diagnostics"][0]["position"]["line"], 1);
    let said = cpc().dues_json(r#"{"period": "2026"#);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        (said["error"]["code"].as_str(), said["error"]["params"]["code"].as_str()),
        (Some("bad_request"), Some("json_syntax"))
    );
}

#[test]
fn every_code_has_a_name_of_its_own() {
    let mut names: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), ErrorCode::ALL.len());
}

#[test]
fn the_list_of_error_codes_is_complete_and_in_order() {
    let list = include_str!("../../../docs/errors.md");
    let listed: Vec<&str> =
        list.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(code, _)| code).collect();
    assert_eq!(listed, ErrorCode::ALL.iter().map(|code| code.name()).collect::<Vec<_>>());
}
