//! Why a call cannot be answered, and what is wrong with a rule set.

use std::collections::HashMap;

use rollbook::facade;

use crate::named::Severity;

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident),+ $(,)?) => {
        /// What kind of call it was. Codes never change their meaning; new ones are added at the end.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
        pub enum ErrorCode {
            $($(#[$doc])* $code),+
        }

        impl From<facade::ErrorCode> for ErrorCode {
            fn from(plain: facade::ErrorCode) -> Self {
                match plain { $(facade::ErrorCode::$code => Self::$code),+ }
            }
        }
    };
}

codes! {
    /// The rule set is refused; its diagnostics say why.
    RefusedRuleSet,
    /// No rule set of this id ships with the library. Parameters: `id`, `near`.
    UnknownRuleSet,
    /// No charge has this name. Parameters: `name`, `near`.
    UnknownCharge,
    /// The rule set answers no charge of its own accord, so one has to be named. Parameters: `wanted`.
    NoCharge,
    /// No setting has this name. Parameters: `name`, `near`.
    UnknownSetting,
    /// A setting's value does not fit. Parameters: `name`, `value`, `wanted`.
    BadSetting,
    /// Nothing that can be set aside has this path. Parameters: `path`, `why`.
    NotSetAside,
    /// The period cannot be read. Parameters: `value`, `wanted`.
    BadPeriod,
    /// The day by which the rules are known cannot be read. Parameters: `name`, `value`, `wanted`.
    BadDate,
    /// A value is of a type that cannot carry it exactly, or of none. Parameters: `name`, `given`, `wanted`.
    WrongType,
    /// A handle was closed before it was used. Parameters: `name`.
    Closed,
    /// The engine of a face is not loaded yet: for hosts that load it apart.
    NotLoaded,
    /// A request in JSON cannot be read. Parameters: `code` of the reader, `path`.
    BadRequest,
    /// The bytes are no compiled rule set that this version reads: for faces that load such.
    NotCompiled,
    /// A compiled rule set is not the one that its caller vouches for: for faces that load such.
    WrongHash,
}

/// A call that cannot be answered, as it crosses the border; the packages above throw what it holds.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum CallError {
    /// Why it cannot.
    Failed {
        /// What is wrong.
        failure: Failure,
    },
}

/// Why a call cannot be answered. Code and parameters are the contract, the text is for people.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Failure {
    /// What kind of error it is.
    pub code: ErrorCode,
    /// What is wrong, for people: English, lowercase, without a full stop.
    pub text: String,
    /// What the text is filled with, by name.
    pub params: HashMap<String, String>,
    /// Where in the text it is, when a text was read.
    pub position: Option<Position>,
    /// What is wrong with a rule set that is refused; empty for every other code.
    pub diagnostics: Vec<Diagnostic>,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Position {
    /// The line, counted from 1.
    pub line: i32,
    /// The character in the line, counted from 1.
    pub column: i32,
}

/// One fault of a rule set.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Diagnostic {
    /// The stable name of the kind of fault.
    pub code: String,
    /// An error refuses the rule set, a warning does not.
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
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Related {
    /// Where in the text it begins.
    pub position: Position,
    /// What is there.
    pub message: String,
}

/// The refusal of a value whose type carries no exact value: for the packages above, which alone see such types.
#[uniffi::export]
pub fn wrong_type(name: &str, given: &str, wanted: &str) -> Failure {
    facade::Error::wrong_type(name, given, wanted).into()
}

/// The refusal of a handle that was closed before it was used: for the packages above.
#[uniffi::export]
pub fn closed_handle(name: &str) -> Failure {
    facade::Error::closed(name).into()
}

/// A count of the engine in the signed numbers of the hosts. Every bound of the engine lies far below where they end.
pub(crate) fn signed(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

impl std::fmt::Display for CallError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self::Failed { failure } = self;
        f.write_str(&failure.text)
    }
}

impl std::error::Error for CallError {}

impl From<facade::Error> for CallError {
    fn from(error: facade::Error) -> Self {
        Self::Failed { failure: error.into() }
    }
}

impl From<facade::Error> for Failure {
    fn from(error: facade::Error) -> Self {
        let facade::Error { code, message, params, position, diagnostics } = error;
        Self {
            code: code.into(),
            text: message,
            params: params.into_iter().collect(),
            position: position.map(Position::from),
            diagnostics: diagnostics.into_iter().map(Diagnostic::from).collect(),
        }
    }
}

impl From<facade::Position> for Position {
    fn from(facade::Position { line, column }: facade::Position) -> Self {
        Self { line: signed(line), column: signed(column) }
    }
}

impl From<facade::Diagnostic> for Diagnostic {
    fn from(diagnostic: facade::Diagnostic) -> Self {
        let facade::Diagnostic { code, severity, path, position, message, help, related, example, shown } = diagnostic;
        Self {
            code,
            severity: severity.into(),
            path,
            position: position.into(),
            message,
            help,
            related: related.into_iter().map(Related::from).collect(),
            example,
            shown,
        }
    }
}

impl From<facade::Related> for Related {
    fn from(facade::Related { position, message }: facade::Related) -> Self {
        Self { position: position.into(), message }
    }
}
