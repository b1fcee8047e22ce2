//! Where a rule set is read from: one that ships with the program, or a file.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rollbook::api::BUILTIN;
use rollbook::ruleset::diagnostic::Diagnostic;
use rollbook::ruleset::nearest;
use rollbook::ruleset::source::LineIndex;
use rollbook::{Checked, Refused, RuleSet};

use crate::Streams;
use crate::failure::Failure;

/// More of a file is not read into memory; the document's own bound is far lower and has its own diagnostic.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The text of a rule set and of the cases beside it.
#[derive(Debug)]
pub(crate) struct RulesText {
    /// As diagnostics name it.
    pub(crate) name: String,
    pub(crate) text: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    BuiltIn(&'static str),
    File(PathBuf),
}

/// Cases that stand beside a rule set.
#[derive(Debug)]
pub(crate) struct CasesText {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl RulesText {
    /// Reads the rule set that `rules` names: by its id, if it is built in, else a file.
    pub(crate) fn read(rules: &str) -> Result<Self, Failure> {
        if let Some(builtin) = BUILTIN.iter().find(|builtin| builtin.id == rules) {
            let name = format!("{}.yaml", builtin.id);
            return Ok(Self { name, text: builtin.text.to_owned(), place: Place::BuiltIn(builtin.cases) });
        }
        let path = PathBuf::from(rules);
        let is_name = !rules.contains(['.', '/', '\\']);
        if is_name && !path.exists() {
            let ids = BUILTIN.iter().map(|builtin| builtin.id);
            let near = nearest(rules, ids.clone()).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let known = ids.collect::<Vec<_>>().join(", ");
            return Err(Failure::new(format!(
                "there is no rule set `{rules}`{near} (built in: {known}; or give a file)"
            )));
        }
        Ok(Self { name: rules.to_owned(), text: read_text(&path)?, place: Place::File(path) })
    }

    /// The cases beside a rule set of this id, if there are any.
    pub(crate) fn cases(&self, id: &str) -> Result<Option<CasesText>, Failure> {
        let file = format!("{id}.cases.yaml");
        match &self.place {
            Place::BuiltIn(text) => Ok(Some(CasesText { name: file, text: (*text).to_owned() })),
            Place::File(rules) => {
                // An id comes from the document: it names a file beside it, never one elsewhere.
                let is_plain = id.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-'));
                let path = rules.with_file_name(&file);
                if !is_plain || !path.exists() {
                    return Ok(None);
                }
                Ok(Some(CasesText { name: path.display().to_string(), text: read_text(&path)? }))
            }
        }
    }

    /// The text of a rule set that this one extends: one that ships, else a file of that name beside it.
    pub(crate) fn parent(&self, id: &str) -> Option<String> {
        let beside = |ending: &str| match &self.place {
            // The shape of a document admits only letters, digits, `-` and `_`, so the file is never one elsewhere.
            Place::File(rules) => read_text(&rules.with_file_name(format!("{id}.{ending}"))).ok(),
            Place::BuiltIn(_) => None,
        };
        rollbook::api::shipped(id).or_else(|| beside("yaml")).or_else(|| beside("json"))
    }

    /// Everything that a check says.
    pub(crate) fn check(&self) -> Checked {
        RuleSet::check_with(&self.text, &|id| self.parent(id))
    }

    /// The rule set, or what is wrong with it.
    pub(crate) fn parse(&self) -> Result<RuleSet, Refused> {
        RuleSet::parse_with(&self.text, &|id| self.parent(id))
    }

    /// The rule set, for answering: diagnostics are told only when it is refused.
    pub(crate) fn load(&self, streams: &mut Streams<'_>) -> Result<RuleSet, Failure> {
        self.parse().map_err(|refused| {
            streams.note(&rendered(&refused.diagnostics, &self.name, &self.text));
            Failure::new(format!("the rule set {} is refused", self.name))
        })
    }
}

/// Diagnostics as compilers print them, each followed by an empty line.
pub(crate) fn rendered(diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    let lines = LineIndex::new(text);
    let mut all = String::new();
    for diagnostic in diagnostics {
        all.push_str(&diagnostic.render(name, &lines));
        all.push('\n');
    }
    all
}

/// Reads a whole file as UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    let name = path.display().to_string();
    let mut file = File::open(path).map_err(|error| Failure::reading(&name, &error))?;
    read_text_from(&mut file, &name)
}

/// Reads a whole stream as UTF-8.
pub(crate) fn read_text_from(source: &mut dyn Read, name: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let mut bounded = source.take(MOST_BYTES.saturating_add(1));
    bounded.read_to_end(&mut bytes).map_err(|error| Failure::reading(name, &error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_BYTES {
        return Err(Failure::new(format!("{name} is larger than 16 MiB")));
    }
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to().saturating_add(1);
        Failure::new(format!("{name} is not UTF-8 text (from byte {byte} on); save it as UTF-8"))
    })
}
