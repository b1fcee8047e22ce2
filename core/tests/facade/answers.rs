use rollbook::facade::{
    Answer, Bounds, Citation, Finding, Format, Instalment, Line, Missing, NextBand, Part, Request, Rest, RuleSet,
    Status, Step, StepField, StepValue, Value,
};
use serde_json::{Map, Value as Json, json};

use super::super::{cpc, facts, waged, with_steps};

/// An answer in names as the canonical JSON would say it; a field that is added and not said here does not compile.
fn as_json(answer: &Answer) -> Json {
    let Answer {
        rule_set,
        charge,
        period,
        status,
        amount,
        currency,
        unit,
        exact,
        bounds,
        rule,
        version,
        cite,
        attested,
        assumed,
        missing,
        guide,
        suggested,
        next_band,
        instalments,
        goes_to,
        lines,
        parts,
        findings,
        trace,
    } = answer;
    let mut json = Map::new();
    let mut put = |key: &str, value: Json| {
        let is_nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !is_nothing {
            json.insert(key.to_owned(), value);
        }
    };
    put("rule_set", json!({ "id": rule_set.id, "edition": rule_set.edition, "hash": rule_set.hash }));
    put("charge", json!(charge));
    put("period", json!(period));
    put("status", json!(status.name()));
    put("amount", json!(amount));
    put("currency", json!(currency));
    put("unit", json!(unit.map(rollbook::value::Per::name)));
    put("exact", json!(exact));
    put(
        "bounds",
        bounds
            .as_ref()
            .map_or(Json::Null, |Bounds { at_least, at_most }| json!({ "at_least": at_least, "at_most": at_most })),
    );
    put("rule", json!(rule));
    put("version", json!(version.map(|version| version.to_string())));
    put("cite", cited(cite));
    put("attested", json!(attested.name()));
    put("assumed", json!(assumed));
    let lacks = |Missing { name, on, messages: _ }: &Missing| match on {
        Some(on) => json!({ "name": name, "on": on.to_string() }),
        None => json!({ "name": name }),
    };
    put("missing", missing.iter().map(lacks).collect());
    put("guide", json!(guide));
    put("suggested", json!(suggested));
    put(
        "next_band",
        next_band.as_ref().map_or(
            Json::Null,
            |NextBand { from, included, amount }| json!({ "from": from, "included": included, "amount": amount }),
        ),
    );
    put("instalments", instalments.iter().map(instalment).collect());
    put("goes_to", json!(goes_to));
    put("lines", lines.iter().map(line).collect());
    put("parts", parts.iter().map(part).collect());
    put("findings", findings.iter().map(finding).collect());
    if let Some(steps) = trace {
        json.insert("trace".to_owned(), steps.iter().map(step).collect());
    }
    Json::Object(json)
}

fn without_nothing(json: Json) -> Json {
    let Json::Object(entries) = json else { return json };
    let is_nothing = |value: &Json| match value {
        Json::Null => true,
        Json::Array(items) => items.is_empty(),
        Json::Object(entries) => entries.is_empty(),
        Json::String(text) => text.is_empty(),
        _ => false,
    };
    Json::Object(entries.into_iter().filter(|(_, value)| !is_nothing(value)).collect())
}

fn cited(citations: &[Citation]) -> Json {
    let one = |Citation { source, clause, titles: _ }: &Citation| {
        without_nothing(json!({ "source": source, "clause": clause }))
    };
    citations.iter().map(one).collect()
}

fn instalment(instalment: &Instalment) -> Json {
    let Instalment { way, amount, count, rest, version, cite, attested } = instalment;
    let rest = rest.as_ref().map(|Rest { last, amount }| json!({ "last": last, "amount": amount }));
    without_nothing(json!({
        "way": way, "amount": amount, "count": count, "rest": rest,
        "version": version.map(|version| version.to_string()), "cite": cited(cite), "attested": attested.name(),
    }))
}

fn line(line: &Line) -> Json {
    let Line { record, day, status, amount, exact, rule, goes_to } = line;
    without_nothing(json!({
        "record": record, "day": day.to_string(), "status": status.name(), "amount": amount, "exact": exact,
        "rule": rule, "goes_to": goes_to,
    }))
}

fn part(part: &Part) -> Json {
    let Part { period, status, amount } = part;
    without_nothing(json!({ "period": period, "status": status.name(), "amount": amount }))
}

fn finding(finding: &Finding) -> Json {
    let Finding { code, severity, path, pointer, params, cite, messages: _ } = finding;
    let mut json = without_nothing(json!({
        "code": code, "severity": severity.name(), "path": path, "pointer": pointer, "cite": cited(cite),
    }));
    if !params.is_empty() {
        json["params"] = json!(params);
    }
    json
}

fn step(step: &Step) -> Json {
    let Step { step, fields } = step;
    let mut json = Map::from_iter([("step".to_owned(), json!(step))]);
    for StepField { name, value } in fields {
        let value = match value {
            StepValue::Text(text) | StepValue::Number(text) | StepValue::Day(text) => json!(text),
            StepValue::Count(count) => json!(count),
            StepValue::YesNo(answer) => json!(answer),
        };
        json.insert(name.clone(), value);
    }
    Json::Object(json)
}

fn questions() -> Vec<(rollbook::facade::Facts, Request)> {
    let with = |more: &[(&str, Value)]| {
        let mut all = waged("5400");
        all.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        all
    };
    let paid =
        |paid: &str, on: &str| [("paid".to_owned(), Value::from(paid)), ("paid_on".to_owned(), Value::from(on))].into();
    let payments = Value::Records(vec![paid("10", "2026-11-05"), paid("2000", "2026-11-06")]);
    let voluntary = Request { charge: Some("voluntary".to_owned()), ..with_steps("2026-11") };
    let remittance = Request { charge: Some("remittance".to_owned()), ..with_steps("2026") };
    let province = facts([("level", "province".into()), ("dues_received", "18720".into())]);
    let mut unknown_base = waged("0");
    unknown_base.remove("base");
    vec![
        (waged("5400"), with_steps("2026-11")),
        (waged("5400"), Request::new("2026-11")),
        (waged("60000"), with_steps("2026-11")),
        (waged("5400"), with_steps("2026-Q4")),
        (waged("5400"), with_steps("2026")),
        (waged("5,400"), with_steps("2026-11")),
        (unknown_base, with_steps("2026-11")),
        (facts([("stage", "applicant".into())]), with_steps("2026-11")),
        (facts([("stage", "full".into()), ("category", "farmer".into())]), with_steps("2026-11")),
        (
            with(&[("hardship", "exempt".into()), ("approved_by", "next_higher_committee".into())]),
            with_steps("2026-11"),
        ),
        (with(&[("hardship", "reduced".into()), ("hardship_amount", "5".into())]), with_steps("2012-05")),
        (with(&[("voluntary_payments", payments)]), voluntary),
        (province, remittance),
        (facts([("stage", "full".into()), ("category", "irregular".into())]), with_steps("2007-05")),
    ]
}

#[test]
fn an_answer_in_names_says_what_the_canonical_json_says() {
    let rules = cpc();
    for (facts, request) in questions() {
        let answered = rules.dues(&facts, &request).unwrap();
        let canonical: Json = serde_json::from_str(&answered.to_json()).unwrap();
        assert_eq!(as_json(&answered.answer()), canonical, "{:?}", request.period);
    }
}

#[test]
fn instalments_in_names_are_those_of_the_canonical_json() {
    let rules = RuleSet::parse(include_str!("../../../tests/shapes/paid_by_week.yaml")).unwrap();
    let fee = Request { charge: Some("fee".to_owned()), ..with_steps("2026") };
    let asked = [
        (facts([("grade", "associate".into())]), fee.clone(), 3),
        (facts([("grade", "honorary".into())]), fee, 2),
        (facts([("pay", "5400".into())]), with_steps("2026-11"), 2),
        (facts([("pay", "5400".into())]), with_steps("2026-Q1"), 0),
    ];
    for (facts, request, ways) in asked {
        let answered = rules.dues(&facts, &request).unwrap();
        let canonical: Json = serde_json::from_str(&answered.to_json()).unwrap();
        assert_eq!(answered.answer().instalments.len(), ways);
        assert_eq!(as_json(&answered.answer()), canonical, "{:?}", request.period);
    }
}

#[test]
fn the_questions_of_these_tests_meet_every_status_of_the_model_rule_set() {
    let rules = cpc();
    let met: Vec<Status> =
        questions().iter().map(|(facts, request)| rules.dues(facts, request).unwrap().status()).collect();
    for status in Status::ALL {
        assert!(met.contains(&status), "{status:?} is not met");
    }
}

#[test]
fn many_are_answered_as_each_is() {
    let rules = cpc();
    let rows = [waged("3000"), waged("3000.01"), waged("x"), waged("60000")];
    let request = with_steps("2026-11");
    let many = rules.dues_of_many(&rows, &request).unwrap();
    assert_eq!(many.len(), rows.len());
    for (facts, answered) in rows.iter().zip(&many) {
        assert_eq!(answered, &rules.dues(facts, &request).unwrap());
        assert_eq!(answered.to_json(), rules.dues(facts, &request).unwrap().to_json());
    }
}

#[test]
fn a_clause_is_named_as_a_reader_of_each_language_writes_it() {
    let answer = cpc().dues(&waged("5400"), &Request::new("2026-11")).unwrap().answer();
    let first = &answer.cite[0];
    assert_eq!((first.source.as_str(), first.clause.as_deref()), ("dues-2008", Some("arts 1-4")));
    assert_eq!(first.titles["zh"], "中组发〔2008〕3号 第一条至第四条");
    assert_eq!(first.titles["en"], "中组发〔2008〕3号 arts 1-4");
}

#[test]
fn the_named_clauses_are_those_of_the_engine() {
    let ids = rollbook::RuleSet::builtin("cpc").unwrap();
    let period = rollbook::value::Period::parse("2026-11").unwrap();
    let facts = ids.facts_from([("stage", "full"), ("category", "waged"), ("base", "60000")]);
    let said = ids.dues(&facts, &rollbook::dues::Request::new(period)).unwrap();
    let answer = cpc().dues(&waged("60000"), &Request::new("2026-11")).unwrap().answer();
    for language in ["zh", "en"] {
        let named: Vec<&String> = answer.cite.iter().map(|citation| &citation.titles[language]).collect();
        assert_eq!(named, said.clauses(ids.rules(), ids.charges(), language).iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_finding_has_its_message_in_every_language_of_the_rule_set() {
    let answer = cpc().dues(&waged("60000"), &Request::new("2026-11")).unwrap().answer();
    let acted = answer.findings.iter().find(|finding| finding.code == "limit_acted").unwrap();
    assert_eq!(acted.messages.keys().collect::<Vec<_>>(), ["en", "zh"]);
    assert!(acted.messages["en"].contains("1200") && acted.messages["zh"].contains("1200"), "{:?}", acted.messages);
}

#[test]
fn what_is_missing_is_an_issue_at_its_field() {
    let answered =
        cpc().dues(&facts([("stage", "full".into()), ("category", "waged".into())]), &Request::new("2026-11")).unwrap();
    let issues = answered.issues("en");
    assert_eq!((issues[0].code.as_str(), issues[0].pointer.as_str()), ("missing", "/base"));
    assert_eq!(issues[0].message, "still needed: dues base");
    assert_eq!(answered.issues("zh")[0].message, "尚需填报：基数");
    assert_eq!(answered.answer().missing[0].messages["en"], "still needed: dues base");
}

#[test]
fn an_answer_is_explained_by_its_own_steps() {
    let rules = cpc();
    let answered = rules.dues(&waged("5400"), &with_steps("2026-11")).unwrap();
    assert!(answered.explain("zh", Format::Text).contains("每月应交 81.00 元"));
    let without = rules.dues(&waged("5400"), &Request::new("2026-11")).unwrap();
    assert!(without.answer().trace.is_none());
    assert!(!without.explain("en", Format::Text).contains("5400 × 1.5%"));
}

#[test]
fn neither_question_nor_answer_shows_a_fact_to_a_debugger() {
    let answered = cpc().dues(&waged("5417.31"), &with_steps("2026-11")).unwrap();
    let shown = format!("{:?} {:?} {:?}", waged("5417.31"), answered, answered.answer());
    assert!(!shown.contains("5417") && !shown.contains("81.26"), "{shown}");
    let issues = cpc().validate(&waged("5417,31"), None, "en").unwrap();
    assert!(!format!("{issues:?}").contains("5417"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "this is about a host with threads")]
fn the_handle_is_shared_between_threads() {
    fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let rules = cpc();
    let answered = rules.dues(&waged("3000"), &Request::new("2026-11")).unwrap();
    shared(&rules);
    shared(&answered);
    let other = rules.clone();
    let there = std::thread::spawn(move || other.dues(&waged("3000"), &Request::new("2026-11")).unwrap().to_json());
    assert_eq!(there.join().unwrap(), answered.to_json());
}

#[test]
fn the_document_of_a_rule_set_reads_back_as_the_same_rules() {
    let rules = cpc();
    let again = RuleSet::parse(&rules.to_json()).unwrap();
    assert_eq!((again.id(), again.edition(), again.hash()), (rules.id(), rules.edition(), rules.hash()));
    assert_eq!(again.facts(), rules.facts(), "a form asks in the order of the rule set");
}
