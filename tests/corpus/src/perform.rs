//! What the facade gives for a case: the texts that every language has to give.

use rollbook::facade::{Answered, Asked, Error, ErrorCode, Facts, Format, Issue, Request, RuleSet, facts_from_json};
use serde_json::{Map, Value, json};

use crate::case::{Call, Case};
use crate::told::{facts, plain, text};

/// The results of a case.
///
/// # Errors
/// When the case cannot be asked at all because it lacks something.
pub(crate) fn results(rules: &RuleSet, case: &Case) -> Result<Vec<String>, String> {
    let given = || case.text.as_ref().and_then(text).ok_or_else(|| format!("`{}` has no text", case.name));
    let language = case.lang.as_deref().unwrap_or("en");
    let charge = case.charge.as_deref();
    let answered = match case.call {
        Call::Builtin => RuleSet::builtin(&given()?).map(|rules| vec![rules.hash().to_owned()]),
        Call::Parse => RuleSet::parse(&given()?).map(|rules| vec![rules.hash().to_owned()]),
        Call::Check => Ok(RuleSet::check(&given()?).diagnostics.into_iter().map(|found| found.shown).collect()),
        Call::Facts => rules.facts_schema(charge, language).map(|schema| vec![rules.facts_json(), schema]),
        Call::Validate => one(case).and_then(|(facts, _)| Ok(lines(&rules.validate(&facts, charge, language)?))),
        Call::Dues => one(case).and_then(|(facts, request)| Ok(said_by(&[rules.dues(&facts, &request)?], &request))),
        Call::DuesOfMany => {
            many(case).and_then(|(rows, request)| Ok(said_by(&rules.dues_of_many(&rows, &request)?, &request)))
        }
        Call::Issues => {
            one(case).and_then(|(facts, request)| Ok(lines(&rules.dues(&facts, &request)?.issues(language))))
        }
        Call::Explain => one(case).and_then(|(facts, request)| {
            let answered = rules.dues(&facts, &request)?;
            let explained = |format| ["zh", "en"].map(|language| answered.explain(language, format));
            Ok([Format::Markdown, Format::Json].into_iter().flat_map(explained).collect())
        }),
        Call::DuesJson => Ok(vec![rules.dues_json(&given()?)]),
    };
    Ok(answered.unwrap_or_else(|error| vec![said(&error)]))
}

/// An error as a text: its code and message; of a wrong type, whose words differ by language, the place alone.
fn said(Error { code, message, params, .. }: &Error) -> String {
    let told = if *code == ErrorCode::WrongType { params.get("name").unwrap_or(message) } else { message };
    format!("{code}: {told}")
}

fn lines(issues: &[Issue]) -> Vec<String> {
    issues.iter().map(|issue| format!("{} {} {}", issue.code, issue.pointer, issue.message)).collect()
}

/// Answers as canonical JSON, each with its explanations in both languages where the steps were asked for.
fn said_by(answers: &[Answered], request: &Request) -> Vec<String> {
    let languages: &[&str] = if request.trace { &["zh", "en"] } else { &[] };
    let texts = |answered: &Answered| {
        let explained = languages.iter().map(|language| answered.explain(language, Format::Text));
        std::iter::once(answered.to_json()).chain(explained).collect::<Vec<_>>()
    };
    answers.iter().flat_map(texts).collect()
}

fn told(value: &Value) -> Result<Facts, Error> {
    facts(value).map_or_else(|| facts_from_json(&plain(value).to_string()), Ok)
}

/// What a case asks, apart from facts and rows; settings are in the types of the facade.
fn asked(case: &Case) -> Result<(Request, Map<String, Value>), Error> {
    let mut all = case.request.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    let told: Map<String, Value> =
        ["facts", "rows", "settings"].into_iter().filter_map(|key| Some((key.to_owned(), all.remove(key)?))).collect();
    let Asked { request, .. } = Asked::from_json(&Value::Object(all).to_string())?;
    let settings = told.get("settings").map(self::told).transpose()?.unwrap_or_default();
    Ok((Request { settings, ..request }, told))
}

fn one(case: &Case) -> Result<(Facts, Request), Error> {
    let (request, told) = asked(case)?;
    Ok((self::told(told.get("facts").unwrap_or(&json!({})))?, request))
}

fn many(case: &Case) -> Result<(Vec<Facts>, Request), Error> {
    let (request, told) = asked(case)?;
    let rows = told.get("rows").and_then(Value::as_array).into_iter().flatten();
    Ok((rows.map(self::told).collect::<Result<_, _>>()?, request))
}

/// A request with what is asked, without what is not.
pub(crate) fn asking(pairs: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let told = pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(told.collect())
}
