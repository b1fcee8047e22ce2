//! Every case by the facade of Rust, with facts that come as JSON.
use rollbook::facade::{About, Answered, Asked, Error, ErrorCode, Format, Issue, RuleSet};
use rollbook_corpus::told::plain;
use serde_json::{Value, from_str, json};
use std::{env, fs, io, io::Write};

#[test]
fn every_case_has_the_bytes_that_it_has_in_every_language() {
    let (mut asked, mut failed) = (0, Vec::new());
    for folder in env::var("ROLLBOOK_CORPUS").unwrap_or_else(|_| ".".to_owned()).split(',') {
        let read = |name: &str| from_str::<Value>(&fs::read_to_string(format!("{folder}/{name}")).unwrap()).unwrap();
        for (name, count) in read("index.json")["files"].as_object().unwrap() {
            let file = read(name);
            let [id, document] = ["rules", "document"].map(|key| file[key].as_str());
            let rules = document.map_or_else(|| RuleSet::builtin(id.unwrap()), RuleSet::parse).unwrap();
            assert_eq!(*count, file["cases"].as_array().unwrap().len(), "{name}");
            for case in file["cases"].as_array().unwrap() {
                let results =
                    results(&rules, &plain(case)).unwrap_or_else(|Error { code, message, params, .. }| {
                        vec![format!(
                            "{code}: {}",
                            if code == ErrorCode::WrongType { &params["name"] } else { &message }
                        )]
                    });
                failed.extend((case["results"] != json!(results)).then(|| json!([case, results])));
                asked += 1;
            }
        }
    }
    writeln!(io::stdout(), "corpus: {} passed, {} failed", asked - failed.len(), failed.len()).unwrap();
    assert!(failed.is_empty(), "{:#}", failed[0]);
}

fn results(rules: &RuleSet, case: &Value) -> Result<Vec<String>, Error> {
    let [call, text, lang] = ["call", "text", "lang"].map(|key| case[key].as_str().unwrap_or_default());
    let line = |issue: Issue| format!("{} {} {}", issue.code, issue.pointer, issue.message);
    let Asked { request, about } = match call {
        "builtin" => return Ok(vec![RuleSet::builtin(text)?.hash().to_owned()]),
        "parse" => return Ok(vec![RuleSet::parse(text)?.hash().to_owned()]),
        "check" => return Ok(RuleSet::check(text).diagnostics.into_iter().map(|found| found.shown).collect()),
        "facts" => return Ok(vec![rules.facts_json(), rules.facts_schema(case["charge"].as_str(), lang)?]),
        "dues_json" => return Ok(vec![rules.dues_json(text)]),
        _ => Asked::from_json(&case["request"].to_string())?,
    };
    let answers = match about {
        About::One(facts) if call == "validate" => {
            return Ok(rules.validate(&facts, case["charge"].as_str(), lang)?.into_iter().map(line).collect());
        }
        About::One(facts) => vec![rules.dues(&facts, &request)?],
        About::Many(rows) => rules.dues_of_many(&rows, &request)?,
    };
    let explained = |said: &Answered, format| ["zh", "en"].map(|lang| said.explain(lang, format)).to_vec();
    let both = |said| [Format::Markdown, Format::Json].map(|form| explained(said, form)).concat();
    Ok(match call {
        "issues" => answers.iter().flat_map(|said| said.issues(lang)).map(line).collect(),
        "explain" => answers.iter().flat_map(both).collect(),
        _ if !request.trace => answers.iter().map(Answered::to_json).collect(),
        _ => answers.iter().flat_map(|said| [vec![said.to_json()], explained(said, Format::Text)].concat()).collect(),
    })
}
