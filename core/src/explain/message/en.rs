//! Messages in English.

use super::Filled;
use crate::explain::Code;

pub(super) fn message(code: Code, with: &Filled<'_>) -> String {
    let p = |name: &str| with.param(name);
    match code {
        Code::BadValue => {
            let near = with.after("; did you mean `", "near", "`?");
            format!("{}: `{}` cannot be read; write it as {}{near}", p("name"), p("value"), p("wanted"))
        }
        Code::OutOfRange => format!("{}: `{}` is out of range; accepted is {}", p("name"), p("value"), p("wanted")),
        Code::UnknownWord => {
            let near = with.after("; did you mean `", "near", "`?");
            format!("{}: `{}` is not one of its words; accepted are {}{near}", p("name"), p("value"), p("wanted"))
        }
        Code::UnknownFact => {
            format!("there is no fact `{}`{}", p("name"), with.after("; did you mean ", "near", "?"))
        }
        Code::BadHistory => {
            format!(
                "the history of {} is wrong at `{}`{}",
                p("name"),
                p("value"),
                with.after("; wanted is ", "wanted", "")
            )
        }
        Code::TwoRules => format!("two rules apply at once: {} and {}", p("one"), p("other")),
        Code::NoRule => format!("no rule applies for {}{}", p("name"), with.after(" (", "why", ")")),
        Code::NoValue => format!("{} has no value here", p("name")),
        Code::NoRow => format!("the published table has no row for {}{}", p("value"), with.after(" (", "why", ")")),
        Code::Overflow => format!("a number is too large to be kept exactly: {}", p("expression")),
        Code::DivisionByZero => format!("division by zero: {}", p("expression")),
        Code::TooManySteps => format!("the answer takes more than {} steps", p("steps")),
        Code::CrossedLimits => {
            format!("the least amount {} lies above the greatest amount {}", p("at_least"), p("at_most"))
        }
        Code::NegativeAmount => format!("the amount would be negative: {}", p("amount")),
        Code::WrongPeriod => format!("the period {} does not fit; this is charged by the {}", p("period"), p("wanted")),
        Code::HistoryStartsLater => {
            format!("the history of {} begins after {}, so its value on that day is not known", p("name"), p("day"))
        }
        Code::NeedsNotMet => format!("not approved as the rules require, so without effect: {}", p("rule")),
        Code::LimitActed => format!("a limit changed {} to {}: {}", p("before"), p("after"), p("rule")),
        Code::SetAside => format!("set aside: {}; reason: {}", p("rule"), p("reason")),
        Code::GivenDiffers => {
            format!("{} was given as {}, but its items come to {}", p("name"), p("given"), p("derived"))
        }
        Code::HeldAt => {
            format!("{} is {} as of {}, not {}", p("name"), p("value"), p("day"), p("instead"))
        }
        Code::DeclaredTooLow => format!("the declared {} is below the least amount {}", p("declared"), p("minimum")),
        Code::AssumedMinimum => format!("nothing was declared, so the least amount {} is owed", p("minimum")),
        Code::DoubtfulDate => {
            format!("the dates of {} are not sure, so answers up to {} are in doubt", p("source"), p("until"))
        }
        Code::NotEncoded => format!("a text that touches this rule is not in the rule set: {}", p("why")),
        Code::RowTooShort => {
            format!(
                "row {} has {} cells, its heading has {}; the last ones are missing",
                p("row"),
                p("cells"),
                p("wanted")
            )
        }
        Code::RowTooLong => {
            format!(
                "row {} has {} cells, its heading has {}; a comma inside a value needs double quotes around the value",
                p("row"),
                p("cells"),
                p("wanted")
            )
        }
        Code::NoId => format!("row {} has no id", p("row")),
        Code::DuplicateId => format!("the id of row {} stands in row {} already", p("row"), p("first")),
        Code::NotText => {
            format!("row {}, column `{}`: `{}` is not UTF-8 text", p("row"), p("column"), p("value"))
        }
    }
}
