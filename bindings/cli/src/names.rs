//! Which fact a name or title means: headings of a roster, facts on the command line.

use std::collections::HashMap;

use rollbook::ruleset::diagnostic::quoted;
use rollbook::ruleset::{Input, InputId, Kind, Owner, Rules, nearest, spaced};

/// The headings that name the column of ids.
pub const ID_HEADINGS: [&str; 3] = ["id", "ID", "编号"];

/// The names and titles of what a charge's members or organisations can be told about.
#[derive(Debug)]
pub struct Names<'r> {
    known: HashMap<String, &'r Input>,
    rules: &'r Rules,
    owner: Owner,
}

/// What a name turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Something that one value can be told about.
    Value(InputId),
    /// A list of records, which no single value can give.
    List(InputId),
    /// Something that belongs to members where organisations are asked for, or the other way round.
    OfOther(Owner),
    /// Nothing known.
    Unknown,
}

impl<'r> Names<'r> {
    /// The names and titles of a rule set, for a charge of `owner`.
    pub fn new(rules: &'r Rules, owner: Owner) -> Self {
        let mut known: HashMap<String, &Input> = HashMap::new();
        // Names come before titles, and facts of the charge's owner before others.
        let own = || rules.inputs.iter().filter(|input| input.owner == owner);
        let other = || rules.inputs.iter().filter(|input| input.owner != owner);
        for input in own() {
            known.entry(input.name.to_string()).or_insert(input);
        }
        for input in own().chain(other()) {
            known.entry(input.name.to_string()).or_insert(input);
            for language in &rules.languages {
                let title = input.title.in_language(language).map_or_else(|| spaced(&input.name), str::to_owned);
                known.entry(title).or_insert(input);
            }
        }
        Self { known, rules, owner }
    }

    /// The rules in which the names stand.
    pub fn rules(&self) -> &'r Rules {
        self.rules
    }

    /// What a heading or name means.
    pub fn meaning(&self, written: &str) -> Meaning {
        let Some(input) = self.known.get(written) else { return Meaning::Unknown };
        if input.owner != self.owner {
            return Meaning::OfOther(input.owner);
        }
        match self.rules.input_by_name(&input.name) {
            None => Meaning::Unknown,
            Some(id) if matches!(input.kind, Kind::List(_)) => Meaning::List(id),
            Some(id) => Meaning::Value(id),
        }
    }

    /// The known name or title that looks most like what was written, in backticks.
    pub fn near(&self, written: &str) -> Option<String> {
        let mut own: Vec<&str> =
            self.known.iter().filter(|(_, input)| input.owner == self.owner).map(|(name, _)| name.as_str()).collect();
        own.sort_unstable();
        // `基数备注` is no slip of the pen for `基数`, and still it is what a reader would look at.
        let inside = || own.iter().copied().filter(|name| written.contains(name)).max_by_key(|name| name.len());
        nearest(written, own.iter().copied()).or_else(|| inside().map(str::to_owned)).map(|near| quoted(&near))
    }
}
