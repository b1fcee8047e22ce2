//! Why a call cannot be answered, and what is wrong with a rule set: plain types with codes and places.

use std::collections::BTreeMap;

use crate::api::{COMPILED_FORMAT, NotCompiled, Refused};
use crate::explain::Severity;
use crate::explain::json_writer::JsonWriter;
use crate::ruleset::diagnostic;
use crate::ruleset::source::LineIndex;
use crate::ruleset::{WrongCall, nearest};

macro_rules! error_codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal;)+) => {
        /// What kind of call it was. Codes never change their meaning; new ones are added at the end.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ErrorCode {
            $($(#[$doc])* $code,)+
        }

        impl ErrorCode {
            /// All codes, oldest first.
            pub const ALL: &[Self] = &[$(Self::$code),+];

            /// As written in every language.
            pub fn name(self) -> &'static str {
                match self { $(Self::$code => $name),+ }
            }
        }
    };
}

error_codes! {
    /// The rule set is refused; its diagnostics say why.
    RefusedRuleSet = "refused_rule_set";
    /// No rule set of this id ships with the library. Parameters: `id`, `near`.
    UnknownRuleSet = "unknown_rule_set";
    /// No charge has this name. Parameters: `name`, `near`.
    UnknownCharge = "unknown_charge";
    /// The rule set answers no charge of its own accord, so one has to be named. Parameters: `wanted`.
    NoCharge = "no_charge";
    /// No setting has this name. Parameters: `name`, `near`.
    UnknownSetting = "unknown_setting";
    /// A setting's value does not fit. Parameters: `name`, `value`, `wanted`.
    BadSetting = "bad_setting";
    /// Nothing that can be set aside has this path. Parameters: `path`, `why`.
    NotSetAside = "not_set_aside";
    /// The period cannot be read. Parameters: `value`, `wanted`.
    BadPeriod = "bad_period";
    /// The day by which the rules are known cannot be read. Parameters: `name`, `value`, `wanted`.
    BadDate = "bad_date";
    /// A value is of a type that cannot carry it exactly, or of none. Parameters: `name`, `given`, `wanted`.
    WrongType = "wrong_type";
    /// A handle was closed before it was used. Parameters: `name`.
    Closed = "closed";
    /// The engine of a face is not loaded yet: for hosts that load it apart.
    NotLoaded = "not_loaded";
    /// A request in JSON cannot be read. Parameters: `code` of the reader, `path`.
    BadRequest = "bad_request";
    /// The bytes are no compiled rule set that this version reads. Parameters: `format`, which it reads.
    NotCompiled = "not_compiled";
    /// A compiled rule set is not the one that its caller vouches for. Parameters: `hash` that it has, `wanted`.
    WrongHash = "wrong_hash";
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a call cannot be answered at all: the one error of every face.
///
/// Code and parameters are the contract, the message is for people: English, lowercase, without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What kind of error it is.
    pub code: ErrorCode,
    /// What is wrong, for people.
    pub message: String,
    /// What the message is filled with, by name.
    pub params: BTreeMap<String, String>,
    /// Where in the text it is, when a text was read.
    pub position: Option<Position>,
    /// What is wrong with a rule set that is refused; empty for every other code.
    pub diagnostics: Vec<Diagnostic>,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, counted from 1.
    pub line: u32,
    /// The character in the line, counted from 1.
    pub column: u32,
}

/// One fault of a rule set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of the kind of fault.
    pub code: String,
    /// `Error` refuses the rule set, `Warning` does not.
    pub severity: Severity,
    /// The dotted place in the document, such as `charges.dues.tariff.waged[0]`; empty for the document as a whole.
    pub path: String,
    /// Where in the text it begins.
    pub position: Position,
    /// What is wrong, for people.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The smallest case that shows the fault, such as `base = 3000`.
    pub example: Option<String>,
    /// Message, place and the lines of the document as a compiler shows them; ends with a line end.
    pub shown: String,
}

/// Another place that belongs to a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where in the text it begins.
    pub position: Position,
    /// What is there.
    pub message: String,
}

impl Error {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), params: BTreeMap::new(), position: None, diagnostics: Vec::new() }
    }

    /// The same with a parameter.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// A value that came in a type that cannot carry it exactly (a binary float), or that means something else (a truth
    /// value as an amount, a moment as a day), or that is nothing at all.
    ///
    /// For the faces, whose languages have such types: all refuse them with this code and these words. `name` is the
    /// fact or parameter, `given` what came (`a float`), `wanted` what to pass instead (`decimal.Decimal`).
    pub fn wrong_type(name: &str, given: &str, wanted: &str) -> Self {
        let shown = diagnostic::quoted(name);
        Self::new(ErrorCode::WrongType, format!("{shown} is given as {given}; pass {wanted}"))
            .with("name", name.chars().take(40).collect::<String>())
            .with("given", given)
            .with("wanted", wanted)
    }

    /// A handle that was closed before it was used: for languages in which handles are closed.
    pub fn closed(name: &str) -> Self {
        Self::new(ErrorCode::Closed, format!("the {name} was closed before it was used")).with("name", name)
    }

    /// A rule set that does not ship, of those that do: for faces that load rule sets from files of their own.
    pub fn unknown_rule_set(id: &str, known: &[String]) -> Self {
        let near = nearest(id, known.iter().map(String::as_str));
        let help = match &near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", known.join(", ")),
        };
        let shown = diagnostic::quoted(id);
        Self::new(ErrorCode::UnknownRuleSet, format!("no rule set {shown} ships with the library; {help}"))
            .with("id", id.chars().take(40).collect::<String>())
            .with("near", near.unwrap_or_default())
    }

    /// A text that was refused by a reader of requests.
    pub(crate) fn bad_request(text: &str, faults: &[diagnostic::Diagnostic]) -> Self {
        let Some(first) = faults.first() else { return Self::new(ErrorCode::BadRequest, "the request is empty") };
        let mut error = Self::new(ErrorCode::BadRequest, format!("the request cannot be read: {}", first.message))
            .with("code", first.code)
            .with("path", &*first.path);
        error.position = Some(position(&LineIndex::new(text), first.span.start));
        error
    }

    pub(crate) fn refused(text: &str, refused: &Refused) -> Self {
        let mut error = Self::new(ErrorCode::RefusedRuleSet, refused.to_string());
        error.diagnostics = diagnostics(text, &refused.diagnostics);
        error.position = error.diagnostics.first().map(|first| first.position);
        error
    }

    /// The error as a JSON object: `code`, `message`, and where there are any `params`, `position`, `diagnostics`.
    pub fn to_json(&self) -> String {
        let mut json = JsonWriter::default();
        self.write_json(&mut json);
        json.finish()
    }

    pub(crate) fn write_json(&self, json: &mut JsonWriter) {
        let Self { code, message, params, position, diagnostics } = self;
        json.object(|json| {
            json.key("code").string(code.name());
            json.key("message").string(message);
            if !params.is_empty() {
                json.key("params").object(|json| {
                    for (name, value) in params {
                        json.key(name).string(value);
                    }
                });
            }
            if let Some(position) = position {
                json.key("position").object(|json| write_position(json, *position));
            }
            if !diagnostics.is_empty() {
                json.key("diagnostics").array(|json| {
                    for diagnostic in diagnostics {
                        diagnostic.write_json(json);
                    }
                });
            }
        });
    }
}

impl From<NotCompiled> for Error {
    fn from(why: NotCompiled) -> Self {
        let message = format!("{why}; compile the rule set again, or parse its document, which checks it");
        match why {
            NotCompiled::WrongHash { found, wanted } => {
                Self::new(ErrorCode::WrongHash, message).with("hash", found).with("wanted", wanted)
            }
            NotCompiled::AnotherFile | NotCompiled::AnotherFormat(_) | NotCompiled::Broken => {
                Self::new(ErrorCode::NotCompiled, message).with("format", COMPILED_FORMAT.to_string())
            }
        }
    }
}

impl From<WrongCall> for Error {
    fn from(wrong: WrongCall) -> Self {
        let message = wrong.to_string();
        match wrong {
            WrongCall::UnknownCharge { name, near } => {
                Self::new(ErrorCode::UnknownCharge, message).with("name", name).with("near", near.unwrap_or_default())
            }
            WrongCall::UnknownSetting { name, near } => {
                Self::new(ErrorCode::UnknownSetting, message).with("name", name).with("near", near.unwrap_or_default())
            }
            WrongCall::BadSetting { name, value, wanted } => {
                Self::new(ErrorCode::BadSetting, message).with("name", name).with("value", value).with("wanted", wanted)
            }
            WrongCall::NotSetAside { path, why } => {
                Self::new(ErrorCode::NotSetAside, message).with("path", path).with("why", why)
            }
        }
    }
}

impl Diagnostic {
    /// The diagnostic as a JSON object with the names of its fields; what is empty is left out.
    pub fn to_json(&self) -> String {
        let mut json = JsonWriter::default();
        self.write_json(&mut json);
        json.finish()
    }

    pub(crate) fn write_json(&self, json: &mut JsonWriter) {
        let Self { code, severity, path, position, message, help, related, example, shown } = self;
        json.object(|json| {
            json.key("code").string(code);
            json.key("severity").string(severity.name());
            json.key("path").string(path);
            json.key("position").object(|json| write_position(json, *position));
            json.key("message").string(message);
            if let Some(help) = help {
                json.key("help").string(help);
            }
            if !related.is_empty() {
                json.key("related").array(|json| {
                    for Related { position, message } in related {
                        json.object(|json| {
                            json.key("position").object(|json| write_position(json, *position));
                            json.key("message").string(message);
                        });
                    }
                });
            }
            if let Some(example) = example {
                json.key("example").string(example);
            }
            json.key("shown").string(shown);
        });
    }
}

fn write_position(json: &mut JsonWriter, Position { line, column }: Position) {
    json.key("line").whole(u64::from(line));
    json.key("column").whole(u64::from(column));
}

fn position(index: &LineIndex<'_>, offset: u32) -> Position {
    let at = index.position(offset);
    Position { line: at.line, column: at.column }
}

/// The diagnostics of a text with their places in it.
pub(crate) fn diagnostics(text: &str, found: &[diagnostic::Diagnostic]) -> Vec<Diagnostic> {
    if found.is_empty() {
        return Vec::new();
    }
    let index = LineIndex::new(text);
    let plain = |diagnostic: &diagnostic::Diagnostic| {
        let diagnostic::Diagnostic { code, severity, path, span, message, help, related, example } = diagnostic;
        Diagnostic {
            code: (*code).to_owned(),
            severity: match severity {
                diagnostic::Severity::Error => Severity::Error,
                diagnostic::Severity::Warning => Severity::Warning,
            },
            path: path.clone(),
            position: position(&index, span.start),
            message: message.to_string(),
            help: help.as_deref().map(str::to_owned),
            related: related
                .iter()
                .map(|(span, what)| Related { position: position(&index, span.start), message: what.clone() })
                .collect(),
            example: example.as_deref().map(ToString::to_string),
            shown: diagnostic.render("rule set", &index),
        }
    };
    found.iter().map(plain).collect()
}
