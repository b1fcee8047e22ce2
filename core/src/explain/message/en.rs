//! Messages in English.

use crate::explain::Code;

/// `{name}` is a parameter; what stands in brackets is left out where its parameter is empty.
pub(super) fn template(code: Code) -> &'static str {
    match code {
        Code::BadValue => "{name}: `{value}` cannot be read; write it as {wanted}[; did you mean `{near}`?]",
        Code::OutOfRange => "{name}: `{value}` is out of range; accepted is {wanted}",
        Code::UnknownWord => {
            "{name}: `{value}` is not one of its words; accepted are {wanted}[; did you mean `{near}`?]"
        }
        Code::UnknownFact => "there is no fact `{name}`[; did you mean {near}?]",
        Code::BadHistory => "the history of {name} is wrong at `{value}`[; wanted is {wanted}]",
        Code::TwoRules => "two rules apply at once: {one} and {other}",
        Code::NoRule => "no rule applies for {name}[ ({why})]",
        Code::NoValue => "{name} has no value here",
        Code::NoRow => "the published table has no row for {value}[ ({why})]",
        Code::Overflow => "a number is too large to be kept exactly: {expression}",
        Code::DivisionByZero => "division by zero: {expression}",
        Code::TooManySteps => "the answer takes more than {steps} steps",
        Code::CrossedLimits => "the least amount {at_least} lies above the greatest amount {at_most}",
        Code::NegativeAmount => "the amount would be negative: {amount}",
        Code::WrongPeriod => "the period {period} does not fit; this is charged by the {wanted}",
        Code::HistoryStartsLater => "the history of {name} begins after {day}, so its value on that day is not known",
        Code::NeedsNotMet => "not approved as the rules require, so without effect: {rule}",
        Code::LimitActed => "a limit changed {before} to {after}: {rule}",
        Code::SetAside => "set aside: {rule}; reason: {reason}",
        Code::GivenDiffers => "{name} was given as {given}, but its items come to {derived}",
        Code::HeldAt => "{name} is {value} as of {day}, not {instead}",
        Code::DeclaredTooLow => "the declared {declared} is below the least amount {minimum}",
        Code::AssumedMinimum => "nothing was declared, so the least amount {minimum} is owed",
        Code::DoubtfulDate => "the dates of {source} are not sure, so answers up to {until} are in doubt",
        Code::NotEncoded => "a text that touches this rule is not in the rule set: {why}",
        Code::RowTooShort => "row {row} has {cells} cells, its heading has {wanted}; the last ones are missing",
        Code::RowTooLong => {
            "row {row} has {cells} cells, its heading has {wanted}; a comma inside a value needs double quotes around the value"
        }
        Code::NoId => "row {row} has no id",
        Code::DuplicateId => "the id of row {row} stands in row {first} already",
        Code::NotText => "row {row}, column `{column}`: `{value}` is not UTF-8 text",
        Code::MergedCell => {
            "row {row}, column `{column}`: the cell is merged into {value}, and their one value stands elsewhere; unmerge them and write it into each"
        }
        Code::FormulaWithoutValue => {
            "row {row}, column `{column}`: [`{value}`: ]the formula has no value; let a spreadsheet program compute it, or write the value itself"
        }
        Code::TooManyDigits => {
            "row {row}, column `{column}`: `{value}` has more than the 15 digits that a workbook keeps of a number; write it as a text"
        }
        Code::SecondHeading => "row {row} repeats the headings of row {first}; delete it",
        Code::NoInstalments => {
            "{amount} is not paid in these instalments: {rule}[; all but one of them come to {others} already][; {name} has no value here]"
        }
        Code::EndlessTime => {
            "[{name} is long ago or never; ]such a length of time can be compared, but nothing can be calculated with it: {expression}"
        }
        Code::NeverSwitched => {
            "no value that {name} has had switches {expression} on or off; give the earlier one that did"
        }
    }
}
