//! `rollbook facts`: what a roster must hold, as a page, as JSON, or as an empty roster to fill in.

mod described;
mod page;
mod template;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rollbook::dues::Charge;
use rollbook::facade;
use rollbook::ruleset::Owner;

use crate::failure::Failure;
use crate::names::Names;
use crate::rules::RulesText;
use crate::wording::Language;
use crate::{DONE, Streams};

use described::Described;

const EXAMPLES: &str = "\
A roster has a column of ids, `id` or 编号, and a column for each fact that is
known, under its name or its title. Facts that are left out are not zero: where
the rules need one, the row says so.

A template is a roster without rows. As a workbook it has drop-down lists for
words and a note on each heading. No file is written over.

How it ends (exit code):
  0  it is printed or written
  2  it is not

Examples:
  rollbook facts cpc
  rollbook facts cpc --charge remittance --lang en --format markdown
  rollbook facts my-rules.yaml --template roster.xlsx";

/// What is asked of the facts of a rule set.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Facts {
    /// The rules: the name of a rule set that comes with the program, or a .yaml or .json file
    #[arg(value_name = "RULES")]
    rules: String,
    /// The charge whose roster it is; if left out, the one that the rule set is about
    #[arg(long, value_name = "NAME")]
    charge: Option<String>,
    /// The language of titles and words, such as zh or en; if left out, the rule set's first
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// The form of the page
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write an empty roster to this file instead, by its ending .xlsx, .csv or .tsv
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    template: Option<PathBuf>,
}

/// The form of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines to read
    Text,
    /// Markdown, for a document
    Markdown,
    /// JSON, for a program
    Json,
}

pub(crate) fn run(arguments: &Facts, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let rule_set = RulesText::read(&arguments.rules)?.load(streams)?;
    let language = Language::chosen(rule_set.rules(), arguments.lang.as_deref())?;
    let charge = chosen(rule_set.charges(), arguments.charge.as_deref())?;
    let plain = facade::RuleSet::from(rule_set.clone());
    let is_read =
        |fact: &facade::Fact| fact.owner == charge.owner && fact.read_by.iter().any(|by| **by == *charge.name);
    let facts: Vec<facade::Fact> = plain.facts().into_iter().filter(is_read).collect();
    let names = Names::new(rule_set.rules(), charge.owner);
    let described: Vec<Described> = facts.iter().map(|fact| Described::new(fact, &names, &language)).collect();
    if let Some(path) = &arguments.template {
        template::write(path, &described, &language)?;
        return Ok(DONE);
    }
    let text = match arguments.format {
        Format::Text => page::text(&page_head(&rule_set, charge, &language), &described, &language),
        Format::Markdown => page::markdown(&page_head(&rule_set, charge, &language), &described, &language),
        Format::Json => facade::facts_json(&facts) + "\n",
    };
    streams.say(&text)?;
    Ok(DONE)
}

/// The charge that is named, or the one that the rule set is about, or its only one.
fn chosen<'c>(charges: &'c rollbook::dues::Charges, wanted: Option<&str>) -> Result<&'c Charge, Failure> {
    let names = || charges.charges.iter().map(|charge| &*charge.name);
    if let Some(found) = charges.find(wanted).and_then(|at| charges.charges.get(at)) {
        return Ok(found);
    }
    let all = names().collect::<Vec<_>>().join(", ");
    match wanted {
        None => Err(Failure::new(format!("name a charge with --charge: {all}"))),
        Some(wanted) => {
            let near = rollbook::ruleset::nearest(wanted, names()).map(|near| format!("; did you mean `{near}`?"));
            let shown: String = wanted.chars().take(40).collect();
            Err(Failure::new(format!(
                "there is no charge `{shown}`{}",
                near.unwrap_or_else(|| format!("; there are {all}"))
            )))
        }
    }
}

/// What stands above the facts.
struct Head {
    title: String,
    /// Whose roster it is.
    of: &'static str,
    /// The other charges of the rule set.
    others: Vec<String>,
}

fn page_head(rule_set: &rollbook::RuleSet, charge: &Charge, language: &Language) -> Head {
    let rules = rule_set.rules();
    let title = rules.title.get(language.code()).unwrap_or(&rules.id);
    let charge_title = charge.title.get(language.code()).map_or_else(|| charge.name.to_string(), str::to_owned);
    let others = rule_set.charges().charges.iter().filter(|other| other.name != charge.name);
    Head {
        title: format!("{title} · {charge_title}"),
        of: match charge.owner {
            Owner::Member => language.pick("每名党员、会员一行", "a row for each member"),
            Owner::Organisation => language.pick("每个组织一行", "a row for each organisation"),
        },
        others: others.map(|other| other.name.to_string()).collect(),
    }
}
