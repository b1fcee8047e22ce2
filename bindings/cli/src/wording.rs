//! What the command itself says about a roster, in Chinese and English.

use rollbook::dues::Status;
use rollbook::ruleset::Rules;
use rollbook::ruleset::diagnostic::quoted;

use crate::failure::Failure;
use crate::roster::{Ignored, Why};

/// So many left-out columns are named; a table of fifty thousand columns would hide everything else.
const MOST_NAMED: usize = 20;

/// A language of the rule set. The command's own words are in Chinese or else in English.
#[derive(Clone, Debug)]
pub(crate) struct Language {
    code: String,
}

impl Language {
    /// The language asked for, or the rule set's first.
    pub(crate) fn chosen(rules: &Rules, asked: Option<&str>) -> Result<Self, Failure> {
        let code = asked.unwrap_or_else(|| rules.language());
        if rules.languages.iter().any(|known| &**known == code) {
            return Ok(Self { code: code.to_owned() });
        }
        let known = rules.languages.join(", ");
        Err(Failure::new(format!("--lang {}: rule set `{}` speaks {known}", quoted(code), rules.id)))
    }

    /// As written: `zh`, `en`.
    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    pub(crate) fn is_chinese(&self) -> bool {
        self.code == "zh"
    }

    /// The one or the other.
    pub(crate) fn pick<'t>(&self, chinese: &'t str, english: &'t str) -> &'t str {
        if self.is_chinese() { chinese } else { english }
    }

    /// What a status means.
    pub(crate) fn status(&self, status: Status) -> &'static str {
        let (chinese, english) = match status {
            Status::Charged => ("应交", "the amount is owed"),
            Status::Exempt => ("免交", "exempt by the rules"),
            Status::NotDue => ("本期不应交", "nothing is owed for this period"),
            Status::NeedsFacts => ("缺少情况", "facts are missing"),
            Status::NoRule => ("无规定", "the rules do not say"),
            Status::Rejected => ("填写有误", "something cannot be read"),
        };
        if self.is_chinese() { chinese } else { english }
    }

    /// The columns that are left out, one line each.
    pub(crate) fn ignored(&self, ignored: &[Ignored], near: impl Fn(&str) -> Option<String>) -> String {
        let mut lines = String::new();
        for column in ignored.iter().take(MOST_NAMED) {
            let Ignored { column: number, heading, why } = column;
            let near = match why {
                Why::Unknown => near(heading.trim_matches('`')),
                _ => None,
            };
            let (reason, near) = if self.is_chinese() {
                let near = near.map(|near| format!("，最相近的是 {near}"));
                let reason = match why {
                    Why::Unknown => "不是已知的名称或标题",
                    Why::List => "是列表，单元格里写不下；请用 rollbook explain --facts",
                    Why::OfOther => "不属于本项收费的对象",
                    Why::NoHeading => "没有标题",
                };
                (reason, near)
            } else {
                let near = near.map(|near| format!("; the nearest is {near}"));
                let reason = match why {
                    Why::Unknown => "is neither the name nor the title of a fact",
                    Why::List => "is a list, which a cell cannot hold; use rollbook explain --facts",
                    Why::OfOther => "does not belong to those who owe this charge",
                    Why::NoHeading => "has no heading",
                };
                (reason, near)
            };
            let near = near.unwrap_or_default();
            let heading = if matches!(why, Why::NoHeading) { "" } else { heading.as_str() };
            lines.push_str(&if self.is_chinese() {
                format!("第{number}列{heading}未使用：{reason}{near}\n")
            } else {
                let heading = if heading.is_empty() { String::new() } else { format!(" {heading}") };
                format!("column {number}{heading} is not used: it {reason}{near}\n")
            });
        }
        let more = ignored.len().saturating_sub(MOST_NAMED);
        if more > 0 {
            lines.push_str(&if self.is_chinese() {
                format!("另有{more}列未使用\n")
            } else {
                format!("{more} more columns are not used\n")
            });
        }
        lines
    }
}
