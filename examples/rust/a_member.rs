//! One member's dues: the amount, why, what is missing, and a form with a mistake.

#![expect(clippy::print_stdout, reason = "a program that tells")]

use rollbook::explain::Format;
use rollbook::facade::{Facts, Request, RuleSet, Value};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = RuleSet::builtin("cpc")?;
    let member = [("stage", "full"), ("category", "waged"), ("base", "5400")];
    let member: Facts = member.map(|(name, text)| (name.to_owned(), Value::from(text))).into();

    println!("The amount");
    let answered = rules.dues(&member, &Request { trace: true, ..Request::new("2026-11") })?;
    let answer = answered.answer();
    println!("  {} {}, by {}", answer.amount.unwrap_or_default(), answer.currency, answer.rule);

    println!("Why");
    println!("{}", answered.explain("en", Format::Text));

    println!("What is missing");
    let mut unknown = member.clone();
    unknown.remove("base");
    let open = rules.dues(&unknown, &Request::new("2026-11"))?;
    for issue in open.issues("en").iter().filter(|issue| !issue.pointer.is_empty()) {
        println!("  {}: {}", issue.pointer, issue.message); // missing, which is not zero
    }

    println!("A form with a mistake");
    let mut form = member;
    form.insert("base".to_owned(), "5,400".into());
    for issue in rules.validate(&form, Some("dues"), "en")? {
        println!("  {}: {}", issue.pointer, issue.message);
    }
    Ok(())
}
