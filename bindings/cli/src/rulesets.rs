//! `rollbook rulesets` and `rollbook schema`.

use rollbook::api::BUILTIN;

use crate::arguments::Rulesets;
use crate::failure::Failure;
use crate::rules::RulesText;
use crate::{DONE, Streams};

pub(crate) fn list(arguments: &Rulesets, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let mut text = String::new();
    for builtin in BUILTIN {
        let rule_set = RulesText::read(builtin.id)?.load(streams)?;
        let rules = rule_set.rules();
        let language = arguments.lang.as_deref().unwrap_or_else(|| rules.language());
        let title = rules.title.get(language).unwrap_or(builtin.id);
        let languages = rules.languages.join(", ");
        let charges: Vec<&str> = rule_set.charges().charges.iter().map(|charge| &*charge.name).collect();
        text.push_str(&format!("{}  {title}\n", builtin.id));
        text.push_str(&format!("    edition {}; languages {languages}; ", rules.edition));
        text.push_str(&format!("{} charges: {}\n", charges.len(), charges.join(", ")));
    }
    streams.say(&text)?;
    Ok(DONE)
}

pub(crate) fn schema(streams: &mut Streams<'_>) -> Result<u8, Failure> {
    streams.say(&rollbook::api::json_schema())?;
    Ok(DONE)
}
