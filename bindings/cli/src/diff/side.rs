//! One of the two rule sets that are compared.

use std::path::Path;

use rollbook::RuleSet;
use rollbook::value::{Date, Period};

use super::Diff;
use crate::Streams;
use crate::arguments::Question;
use crate::failure::Failure;
use crate::rules::RulesText;

/// A rule set, and the day whose rules are meant.
#[derive(Debug)]
pub(super) struct Side {
    /// The name or file of the rule set, without the day.
    pub(super) rules: String,
    pub(super) rule_set: RuleSet,
    /// The day that stands behind it.
    pub(super) day: Option<Date>,
}

impl Side {
    /// Reads what was written as A or B: `cpc`, `rules.yaml`, `cpc@2016-12-31`.
    pub(super) fn read(written: &str, arguments: &Diff, streams: &mut Streams<'_>) -> Result<Self, Failure> {
        // A file whose name has an `@` is still a file.
        let (rules, day) = match written.rsplit_once('@') {
            Some((rules, day)) if !Path::new(written).exists() => {
                let read = Date::parse(day);
                let day =
                    read.map_err(|error| Failure::new(format!("`{written}`: behind `@` stands a day: {error}")))?;
                (rules, Some(day))
            }
            _ => (written, None),
        };
        if day.is_some() && arguments.at.is_some() {
            return Err(Failure::new(format!("`{written}` names a day, so --at would say another")));
        }
        Ok(Self { rules: rules.to_owned(), rule_set: RulesText::read(rules)?.load(streams)?, day })
    }

    /// The question for the roster: a side with its own day is asked for the period that holds it.
    pub(super) fn question(&self, period: Period, arguments: &Diff, language: &str) -> Question {
        let own = self.day.or(arguments.at).and_then(|day| Period::containing(period.per(), day));
        Question {
            rules: self.rules.clone(),
            period: own.unwrap_or(period),
            charge: arguments.charge.clone(),
            known: arguments.known,
            set: arguments.set.clone(),
            set_aside: arguments.set_aside.clone(),
            lang: Some(language.to_owned()),
        }
    }
}
