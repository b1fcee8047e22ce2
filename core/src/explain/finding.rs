//! Findings: what an answer has to say beside its amount.

use std::fmt;

use crate::ruleset::VersionId;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Worth looking at.
    Warning,
    /// There is no amount because of it.
    Error,
}

impl Severity {
    /// As written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal, $severity:ident;)+) => {
        /// What a finding says. Codes never change their meaning; new ones are added at the end.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $code,)+
        }

        impl Code {
            /// All codes, oldest first.
            pub const ALL: &[Self] = &[$(Self::$code),+];

            /// As written in answers.
            pub fn name(self) -> &'static str {
                match self { $(Self::$code => $name),+ }
            }

            /// How grave it is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$code => Severity::$severity),+ }
            }
        }
    };
}

codes! {
    /// A value does not have the form of its kind. Parameters: `name`, `value`, `wanted`, and `near` where a slip is plain.
    BadValue = "bad_value", Error;
    /// A value is outside its range. Parameters: `name`, `value`, `wanted`.
    OutOfRange = "out_of_range", Error;
    /// A word is not among the words of its kind. Parameters: `name`, `value`, `wanted`, `near`.
    UnknownWord = "unknown_word", Error;
    /// No fact has this name. Parameters: `name`, `near`.
    UnknownFact = "unknown_fact", Error;
    /// A history has two records from one day, or none at all. Parameters: `name`, `value`.
    BadHistory = "bad_history", Error;
    /// Two alternatives both apply. Parameters: `one`, `other`.
    TwoRules = "two_rules", Error;
    /// No alternative applies, or none is in force. Parameters: `name`.
    NoRule = "no_rule", Error;
    /// A term or setting that is needed has no value here. Parameters: `name`.
    NoValue = "no_value", Error;
    /// The published table has no row here. Parameters: `value`, `why`.
    NoRow = "no_row", Error;
    /// A result is too large to be kept exactly. Parameters: `expression`.
    Overflow = "overflow", Error;
    /// Something was divided by zero. Parameters: `expression`.
    DivisionByZero = "division_by_zero", Error;
    /// The answer would take more steps than allowed. Parameters: `steps`.
    TooManySteps = "too_many_steps", Error;
    /// A least amount lies above a greatest amount. Parameters: `at_least`, `at_most`.
    CrossedLimits = "crossed_limits", Error;
    /// The amount would be negative. Parameters: `amount`.
    NegativeAmount = "negative_amount", Error;
    /// The period does not fit the charge. Parameters: `period`, `wanted`.
    WrongPeriod = "wrong_period", Error;
    /// A history begins after the day on which its fact is read. Parameters: `name`, `day`.
    HistoryStartsLater = "history_starts_later", Warning;
    /// A reduction has no effect because its formality is missing. Parameters: `rule`.
    NeedsNotMet = "needs_not_met", Warning;
    /// A limit changed the amount. Parameters: `rule`, `before`, `after`.
    LimitActed = "limit_acted", Note;
    /// The host set a rule aside. Parameters: `rule`, `reason`.
    SetAside = "set_aside", Note;
    /// A given value differs from the one worked out. Parameters: `name`, `given`, `derived`.
    GivenDiffers = "given_differs", Warning;
    /// A value is that of another day because a rule normally holds it. Parameters: `name`, `value`, `day`, `instead`.
    HeldAt = "held_at", Note;
    /// The declared amount is below the least that is owed. Parameters: `declared`, `minimum`.
    DeclaredTooLow = "declared_too_low", Warning;
    /// Nothing was declared, so the least is owed. Parameters: `minimum`.
    AssumedMinimum = "assumed_minimum", Note;
    /// The day lies inside a span in which a source's dates are not sure. Parameters: `source`, `until`.
    DoubtfulDate = "doubtful_date", Warning;
    /// A text that touches the rule cannot be expressed. Parameters: `why`.
    NotEncoded = "not_encoded", Note;
    /// A row of a roster has fewer cells than the heading. Parameters: `row`, `cells`, `wanted`.
    RowTooShort = "row_too_short", Error;
    /// A row of a roster has more cells than the heading. Parameters: `row`, `cells`, `wanted`.
    RowTooLong = "row_too_long", Error;
    /// A row of a roster has no id. Parameters: `row`.
    NoId = "no_id", Error;
    /// The id of a row stands in an earlier row. Parameters: `row`, `first`.
    DuplicateId = "duplicate_id", Error;
    /// A cell is not UTF-8 text. Parameters: `row`, `column`, `value`.
    NotText = "not_text", Error;
    /// A cell of a roster is merged with others, and their value stands elsewhere. Parameters: `row`, `column`, `value`.
    MergedCell = "merged_cell", Error;
    /// A cell of a roster holds a formula that gave no value. Parameters: `row`, `column`, `value`, the error it gave or nothing.
    FormulaWithoutValue = "formula_without_value", Error;
    /// A number in a workbook has more digits than one keeps. Parameters: `row`, `column`, `value`.
    TooManyDigits = "too_many_digits", Error;
    /// A row of a roster repeats its headings. Parameters: `row`, `first`.
    SecondHeading = "second_heading", Error;
    /// The amount cannot be paid in a way of paying, which is left out. Parameters: `amount`, `rule`; `others`, where all
    /// instalments but the one that takes the rest come to more than the amount; `name`, where a setting has no value.
    NoInstalments = "no_instalments", Warning;
    /// A switch was never put on or off by the values that settings had. Parameters: `name`, `expression`.
    NeverSwitched = "never_switched", Error;
    /// Something was calculated with a length of time from long ago or to never. Parameters: `name`, the fact that is such
    /// a day; `expression`.
    EndlessTime = "endless_time", Error;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What an answer has to say beside its amount: code and parameters are the contract, a message is a rendering.
#[derive(Clone, PartialEq)]
pub struct Finding {
    /// What it says.
    pub code: Code,
    /// The rule that it concerns, as a place in the document such as `charges.dues.limits.cap`; or empty.
    pub path: Box<str>,
    /// The fact that it concerns, as a JSON pointer such as `/base`; or empty.
    pub pointer: Box<str>,
    /// What the message is filled with.
    pub params: Vec<(&'static str, Box<str>)>,
    /// The version of the rule that it rests on.
    pub cite: Option<VersionId>,
}

impl Finding {
    /// A finding without place or parameters.
    pub fn new(code: Code) -> Self {
        Self { code, path: Box::default(), pointer: Box::default(), params: Vec::new(), cite: None }
    }

    /// The same with a parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.push((name, value.to_string().into_boxed_str()));
        self
    }

    /// The same at the place of a rule.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        self.path = path.into();
        self
    }

    /// The same at a fact.
    #[must_use]
    pub fn on(mut self, fact: &str) -> Self {
        self.pointer = format!("/{fact}").into();
        self
    }

    /// The same resting on a version.
    #[must_use]
    pub fn citing(mut self, version: VersionId) -> Self {
        self.cite = Some(version);
        self
    }

    /// A parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }
}

impl fmt::Debug for Finding {
    /// Names the code and the places, never a value that a host told.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finding")
            .field("code", &self.code.name())
            .field("path", &self.path)
            .field("pointer", &self.pointer)
            .finish_non_exhaustive()
    }
}
