use serde_json::Value;

use crate::dues::Status;
use crate::explain::render::tests::corpus::{self, Explained};

/// The keys of an answer in the order of the language reference, section 7.
const KEYS: &[&str] = &[
    "rule_set",
    "charge",
    "period",
    "status",
    "amount",
    "currency",
    "unit",
    "exact",
    "bounds",
    "rule",
    "version",
    "cite",
    "attested",
    "assumed",
    "missing",
    "guide",
    "suggested",
    "next_band",
    "instalments",
    "goes_to",
    "lines",
    "parts",
    "findings",
    "trace",
];

/// Keeps the keys of an object in the order in which they are read.
struct Keys(Vec<String>);

impl<'de> serde::Deserialize<'de> for Keys {
    fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> serde::de::Visitor<'de> for Reader {
            type Value = Keys;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, _)) = map.next_entry::<String, serde::de::IgnoredAny>()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }
        reader.deserialize_map(Reader)
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

#[test]
fn every_answer_is_json_with_its_keys_in_order_and_none_without_a_value() {
    for (set, explained) in corpus::all_cases() {
        for Explained { about, answer } in explained {
            let text = answer.to_json(set.rules(), set.charges());
            let json: Value = serde_json::from_str(&text).unwrap_or_else(|why| panic!("{about}: {why}\n{text}"));
            let Keys(keys) = serde_json::from_str(&text).unwrap();
            let places: Vec<usize> =
                keys.iter().map(|key| KEYS.iter().position(|known| known == key).unwrap()).collect();
            assert!(places.is_sorted(), "{about}: {keys:?}");
            for (key, value) in json.as_object().unwrap() {
                assert!(!is_empty(value) || key == "trace", "{about}: {key} is empty");
            }
            assert_eq!(json["status"], answer.status.name(), "{about}");
            assert_eq!(json.get("amount").is_some(), answer.status == Status::Charged, "{about}");
            assert_eq!(json.get("exact").is_some(), answer.status == Status::Charged, "{about}");
            let steps = answer.trace.as_ref().unwrap().steps.len();
            assert_eq!(json["trace"].as_array().unwrap().len(), steps, "{about}");
            for step in json["trace"].as_array().unwrap() {
                assert!(step["step"].is_string(), "{about}: {step}");
            }
        }
    }
}

#[test]
fn an_answer_reads_as_the_language_reference_has_it() {
    let set = corpus::cpc();
    let facts = [("stage", "full"), ("category", "waged"), ("base", "5400")];
    let mut answer = corpus::explain(&set, "dues", "2026-11", &facts);
    answer.trace = None;
    let json: Value = serde_json::from_str(&answer.to_json(set.rules(), set.charges())).unwrap();
    assert_eq!(json["rule_set"]["id"], "cpc");
    assert_eq!(json["rule_set"]["hash"].as_str().unwrap().len(), 64);
    assert_eq!((&json["charge"], &json["period"]), (&"dues".into(), &"2026-11".into()));
    assert_eq!((&json["amount"], &json["exact"]), (&"81.00".into(), &"81".into()));
    assert_eq!((&json["currency"], &json["unit"]), (&"CNY".into(), &"month".into()));
    assert_eq!((&json["rule"], &json["version"]), (&"dues.tariff.waged".into(), &"2008-04-01".into()));
    assert_eq!(json["cite"][0], serde_json::json!({ "source": "dues-2008", "clause": "arts 1-4" }));
    assert_eq!(json["assumed"], serde_json::json!(["joined", "left", "hardship"]));
    assert_eq!(json["next_band"], serde_json::json!({ "from": "10000", "included": false, "amount": "200.00" }));
    assert!(json.get("missing").is_none() && json.get("trace").is_none() && json.get("goes_to").is_none());
}

#[test]
fn what_is_missing_is_named_and_there_is_no_amount() {
    let set = corpus::cpc();
    let answer = corpus::explain(&set, "dues", "2026-11", &[("stage", "full"), ("category", "waged")]);
    let json: Value = serde_json::from_str(&answer.to_json(set.rules(), set.charges())).unwrap();
    assert_eq!(json["missing"], serde_json::json!([{ "name": "base" }]));
    let facts = [("stage", "full"), ("category", "waged"), ("base", "2026-02-01=5000")];
    let answer = corpus::explain(&set, "dues", "2026-11", &facts);
    let json: Value = serde_json::from_str(&answer.to_json(set.rules(), set.charges())).unwrap();
    assert_eq!(json["missing"], serde_json::json!([{ "name": "base", "on": "2026-01-01" }]));
    let finding = &json["findings"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&"history_starts_later".into(), &"warning".into()));
    assert_eq!((&finding["pointer"], &finding["params"]["day"]), (&"/base".into(), &"2026-01-01".into()));
    assert!(finding.get("path").is_none());
}

#[test]
fn an_open_past_is_written_not_seen() {
    let set = corpus::cpc();
    let facts = [("stage", "full"), ("category", "waged"), ("base", "400")];
    let answer = corpus::explain(&set, "dues", "2007-05", &facts);
    let json: Value = serde_json::from_str(&answer.to_json(set.rules(), set.charges())).unwrap();
    assert_eq!((&json["version"], &json["amount"]), (&"not_seen".into(), &"2.00".into()));
    assert_eq!(json["attested"], "secondary");
}

#[test]
fn instalments_are_written_at_their_units_with_their_clauses() {
    let set = crate::RuleSet::parse(include_str!("../../../../tests/shapes/paid_by_week.yaml")).unwrap();
    let json = |charge, period, fact| -> Value {
        let answer = corpus::explain(&set, charge, period, &[fact]);
        serde_json::from_str(&answer.to_json(set.rules(), set.charges())).unwrap()
    };
    let fee = json("fee", "2026", ("grade", "associate"));
    let cite = |clause: &str| serde_json::json!([{ "source": "rules", "clause": clause }]);
    assert_eq!(
        fee["instalments"],
        serde_json::json!([
            { "way": "notes", "amount": "30.00", "count": 4, "rest": { "last": true, "amount": "9.90" },
              "version": "2024-01-01", "cite": cite("art. 8"), "attested": "official" },
            { "way": "quarters", "amount": "25.00", "count": 4, "rest": { "last": true, "amount": "24.90" },
              "version": "2024-01-01", "cite": cite("art. 8"), "attested": "official" },
            { "way": "thirteen", "amount": "7.60", "count": 13, "rest": { "last": false, "amount": "8.70" },
              "version": "2024-01-01", "cite": cite("art. 7"), "attested": "official" },
        ])
    );
    let dues = json("dues", "2024-05", ("pay", "5400"));
    assert_eq!(dues["instalments"][2]["way"], "week");
    assert!(dues["instalments"][2].get("count").is_none() && dues["instalments"][2].get("rest").is_none());
    let steps = dues["trace"].as_array().unwrap();
    let (share, rounded) = (&steps[steps.len() - 2], &steps[steps.len() - 1]);
    assert_eq!(
        share,
        &serde_json::json!({ "step": "instalment", "rule": "dues.pay_by.week", "version": "2024-01-01",
            "share": "3/13", "of": "81", "gives": "243/13" })
    );
    assert_eq!((&rounded["step"], &rounded["gives"]), (&"rounded".into(), &"18.69".into()));
    assert!(json("dues", "2026-Q1", ("pay", "5400")).get("instalments").is_none());
}

#[test]
fn a_longer_period_shows_its_parts() {
    let set = corpus::cpc();
    let facts = [("stage", "full"), ("category", "waged"), ("base", "3000"), ("joined", "2026-11-23")];
    let answer = corpus::explain(&set, "dues", "2026-Q4", &facts);
    let json: Value = serde_json::from_str(&answer.to_json(set.rules(), set.charges())).unwrap();
    assert_eq!(json["parts"][0], serde_json::json!({ "period": "2026-10", "status": "not_due" }));
    assert_eq!(json["parts"][1], serde_json::json!({ "period": "2026-11", "status": "charged", "amount": "15.00" }));
    assert_eq!(json["amount"], "30.00");
    assert!(json.get("unit").is_none());
}
