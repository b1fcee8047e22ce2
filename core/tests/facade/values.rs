use rollbook::facade::{Asked, Dated, ErrorCode, PathItem, Request, Status, Value, facts_from_json};

use super::super::{cpc, facts, waged};

/// Code and place of the first issue, `fine` where there is none.
fn issue(name: &str, value: Value) -> String {
    let issues = cpc().validate(&facts([(name, value)]), None, "en").unwrap();
    issues.first().map_or_else(|| "fine".to_owned(), |issue| format!("{} {}", issue.code, issue.pointer))
}

fn bad_value(pointer: &str) -> String {
    format!("bad_value {pointer}")
}

#[test]
fn a_value_of_its_kind_is_taken() {
    assert_eq!(issue("base", Value::Number("5400.50".to_owned())), "fine");
    assert_eq!(issue("base", "5400.50".into()), "fine");
    assert_eq!(issue("joined", Value::Date("2026-01-31".to_owned())), "fine");
    assert_eq!(issue("category", "按月领取工资".into()), "unknown_word /category");
    assert_eq!(issue("category", "waged".into()), "fine");
}

#[test]
fn a_value_of_another_kind_is_refused_at_its_fact_and_not_turned_into_something() {
    assert_eq!(issue("base", true.into()), bad_value("/base"));
    assert_eq!(issue("base", Value::Date("2026-01-31".to_owned())), bad_value("/base"));
    assert_eq!(issue("joined", Value::Number("20260131".to_owned())), bad_value("/joined"));
    assert_eq!(issue("category", Value::Number("1".to_owned())), bad_value("/category"));
    assert_eq!(issue("category", Value::Words(vec!["waged".to_owned()])), bad_value("/category"));
    assert_eq!(issue("base", Value::Records(vec![facts([("paid", "1".into())])])), bad_value("/base"));
    assert_eq!(issue("voluntary_payments", Value::Number("1".to_owned())), bad_value("/voluntary_payments"));
}

#[test]
fn a_refused_value_names_what_was_probably_meant_if_that_would_be_taken() {
    let near = |name: &str, value: &str| {
        let issues = cpc().validate(&facts([(name, value.into())]), None, "en").unwrap();
        issues.first().and_then(|issue| issue.params.get("near").cloned())
    };
    assert_eq!(near("base", "5,400").as_deref(), Some("5400"));
    assert_eq!(near("base", "¥-5"), None, "a base below 0 is refused as well");
    assert_eq!(near("base", "5,40"), None, "it could mean 540 and 5.40");
    assert_eq!(near("joined", "2026/11/23").as_deref(), Some("2026-11-23"));
    assert_eq!(near("category", "Waged").as_deref(), Some("waged"));
}

#[test]
fn a_number_that_is_none_is_refused_whatever_its_host_called_it() {
    for number in ["NaN", "Infinity", "1e3", "5,400", "５４００", "", "0x10", "1/3", "+5"] {
        assert_eq!(issue("base", Value::Number(number.to_owned())), bad_value("/base"), "{number}");
    }
}

#[test]
fn a_history_is_told_by_dates_or_by_records_of_from_and_value() {
    let request = Request::new("2026-12");
    let with_base = |base: Value| {
        let mut facts = waged("0");
        facts.insert("joined".to_owned(), "2026-06-15".into());
        facts.insert("base".to_owned(), base);
        cpc().dues(&facts, &request).unwrap()
    };
    let dated = |from: &str, base: &str| Dated { from: from.to_owned(), value: Value::Number(base.to_owned()) };
    let record = |from: &str, base: &str| facts([("from", from.into()), ("value", base.into())]);
    let by_dates = with_base(Value::History(vec![dated("2026-09-01", "6000"), dated("2026-06-15", "4000")]));
    let by_records = with_base(Value::Records(vec![record("2026-06-15", "4000"), record("2026-09-01", "6000")]));
    assert_eq!(by_dates.amount().as_deref(), Some("40.00"));
    assert_eq!(by_dates, by_records);
}

#[test]
fn a_history_with_a_value_of_another_kind_is_refused() {
    let dated = Dated { from: "2026-01-01".to_owned(), value: Value::YesNo(true) };
    assert_eq!(issue("base", Value::History(vec![dated])), bad_value("/base"));
}

#[test]
fn a_field_of_a_record_is_refused_at_its_place() {
    let payments = Value::Records(vec![
        facts([("paid", "10".into()), ("paid_on", "2026-11-05".into())]),
        facts([("paid", Value::YesNo(true)), ("paid_on", "2026-11-05".into())]),
    ]);
    let issues = cpc().validate(&facts([("voluntary_payments", payments)]), None, "en").unwrap();
    assert_eq!(issues.len(), 1);
    assert_eq!(issues[0].pointer, "/voluntary_payments/1/paid");
    let (list, field) = ("voluntary_payments".to_owned(), "paid".to_owned());
    assert_eq!(issues[0].path, [PathItem::Name(list), PathItem::Record(1), PathItem::Name(field)]);
}

#[test]
fn an_empty_list_is_a_list_without_records_and_no_history() {
    let request = Request { charge: Some("voluntary".to_owned()), ..Request::new("2026-11") };
    for empty in [Value::Records(Vec::new()), Value::Words(Vec::new()), Value::History(Vec::new())] {
        let answered = cpc().dues(&facts([("voluntary_payments", empty.clone())]), &request).unwrap();
        assert_eq!(answered.status(), Status::NotDue, "{empty:?}");
        assert_eq!(issue("base", empty), "bad_history /base");
    }
}

#[test]
fn a_setting_takes_the_same_values_as_a_fact() {
    let farmer = facts([("stage", "full".into()), ("category", "farmer".into())]);
    let amount = |value: Value| {
        let mut request = Request::new("2026-11");
        request.settings.insert("farmer_dues".to_owned(), value);
        cpc().dues(&farmer, &request).map(|answered| answered.amount().unwrap())
    };
    assert_eq!(amount("0.50".into()).unwrap(), "0.50");
    assert_eq!(amount(Value::Number("0.5".to_owned())).unwrap(), "0.50");
    let later = facts([("from", "2027-01-01".into()), ("value", "0.80".into())]);
    let now = facts([("from", "2026-01-01".into()), ("issued", "2025-12-01".into()), ("value", "0.60".into())]);
    assert_eq!(amount(Value::Records(vec![now, later])).unwrap(), "0.60");
    for wrong in [Value::YesNo(true), Value::Records(vec![facts([("form", "2026-01-01".into())])]), "2.00".into()] {
        assert_eq!(amount(wrong).unwrap_err().code, ErrorCode::BadSetting);
    }
}

#[test]
fn a_question_in_json_is_the_same_question() {
    let asked =
        r#"{"facts": {"stage": "full", "category": "waged", "base": "5400"}, "period": "2026-11", "trace": true}"#;
    let Asked { request, .. } = Asked::from_json(asked).unwrap();
    let answer = cpc().dues(&waged("5400"), &request).unwrap().to_json();
    assert_eq!(cpc().dues_json(asked), format!("{{\"answer\":{answer}}}"));
}

#[test]
fn many_questions_in_json_are_answered_in_their_order() {
    let asked = r#"{"rows": [{"stage": "applicant"}, {"stage": "full", "category": "student"}], "period": "2026-11"}"#;
    let said: serde_json::Value = serde_json::from_str(&cpc().dues_json(asked)).unwrap();
    let statuses: Vec<&str> =
        said["answers"].as_array().unwrap().iter().map(|answer| answer["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["not_due", "charged"]);
}

#[test]
fn yes_and_no_may_be_truth_values_in_json_but_numbers_are_text() {
    let refused = |value: &str| {
        let text = format!(r#"{{"facts": {{"base": {value}}}, "period": "2026-11"}}"#);
        Asked::from_json(&text).unwrap_err()
    };
    for number in ["5400", "0.1", "1e400", "null", "-0"] {
        let error = refused(number);
        assert_eq!((error.code, error.params["name"].as_str()), (ErrorCode::WrongType, "base"), "{number}");
    }
    let asked = Asked::from_json(r#"{"facts": {"base": true}, "period": "2026-11"}"#).unwrap();
    let said = format!("{:?}", asked.about);
    assert_eq!(said, r#"One({"base": YesNo(…)})"#);
}

#[test]
fn a_request_that_cannot_be_read_says_where() {
    let refused = |text: &str| {
        let error = Asked::from_json(text).unwrap_err();
        (error.code, error.position.map(|at| (at.line, at.column)))
    };
    let bad = |line, column| (ErrorCode::BadRequest, Some((line, column)));
    assert_eq!(refused("{"), bad(1, 2));
    assert_eq!(refused("[]"), bad(1, 1));
    assert_eq!(refused("{\n \"preiod\": \"2026-11\"}"), bad(2, 3));
    assert_eq!(refused(r#"{"period": ["2026-11"]}"#), bad(1, 12));
    assert_eq!(refused(r#"{"facts": {"base": "1", "base": "2"}}"#), bad(1, 26));
    assert_eq!(refused(r#"{"facts": {}, "rows": []}"#).0, ErrorCode::BadRequest);
    let too_long = format!(r#"{{"facts": {{"base": "{}"}}}}"#, "9".repeat(70_000_000));
    assert_eq!(refused(&too_long), (ErrorCode::BadRequest, Some((1, 1))));
}

#[test]
fn what_is_no_value_is_refused_in_json_by_the_place_of_its_fact() {
    let refused = |text: &str| {
        let error = Asked::from_json(text).unwrap_err();
        (error.code, error.params["name"].clone(), error.position.map(|at| (at.line, at.column)))
    };
    let wrong = |name: &str, place| (ErrorCode::WrongType, name.to_owned(), place);
    assert_eq!(refused(r#"{"facts": {"base": {"value": "1"}}}"#), wrong("base", Some((1, 20))));
    assert_eq!(refused(r#"{"facts": {"base": [["1"]]}}"#), wrong("base/0", Some((1, 21))));
    assert_eq!(refused(r#"{"facts": {"base": ["1", {}]}}"#), wrong("base/0", Some((1, 22))));
    assert_eq!(refused(r#"{"facts": {"gifts": [{"paid": 1.5}]}}"#), wrong("gifts/0/paid", None));
    assert_eq!(refused(r#"{"facts": {"gifts": [{"paid": {}}]}}"#), wrong("gifts/0/paid", Some((1, 31))));
    assert_eq!(refused(r#"{"facts": null}"#), wrong("facts", Some((1, 11))));
    assert_eq!(refused(r#"{"rows": [{}, []]}"#), wrong("facts", Some((1, 15))));
    assert_eq!(refused(r#"{"settings": "5"}"#), wrong("settings", Some((1, 15))));
}

#[test]
fn half_a_character_is_refused_in_json_by_the_place_of_its_fact() {
    let refused = |text: &str| {
        let error = Asked::from_json(text).unwrap_err();
        (error.code, error.params["name"].clone())
    };
    for (text, name) in [
        (r#"{"facts": {"base": "5\ud800"}}"#, "base"),
        (r#"{"facts": {"base": ["\udc00"]}}"#, "base"),
        (r#"{"facts": {"gifts": [{}, {"paid": "\uD800x"}]}}"#, "gifts/1/paid"),
        (r#"{"rows": [{"base": "1"}, {"base": "\ud83d"}]}"#, "base"),
        (r#"{"facts": {"\ud800": "1"}}"#, "facts"),
        (r#"{"period": "2026\udfff"}"#, "period"),
    ] {
        assert_eq!(refused(text), (ErrorCode::WrongType, name.to_owned()), "{text}");
    }
    assert_eq!(facts_from_json(r#"{"base": "\ud800"}"#).unwrap_err().params["name"], "base");
    assert!(Asked::from_json(r#"{"facts": {"base": "\ud83d\ude00"}}"#).is_ok());
}

#[test]
fn a_text_of_fifty_million_characters_is_refused_by_the_name_of_its_fact() {
    let facts = facts_from_json(&format!(r#"{{"base": "{}"}}"#, "9".repeat(50_000_000))).unwrap();
    let issues = cpc().validate(&facts, None, "en").unwrap();
    assert_eq!((issues[0].code.as_str(), issues[0].pointer.as_str()), ("bad_value", "/base"));
}
