//! What the reader of an output should know about how its table was read.

use rollbook::ruleset::diagnostic::quoted;

use crate::wording::Language;

/// So many sheets are named.
const MOST_NAMED: usize = 10;

/// Something about the reading that no row tells.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "workbooks"), expect(dead_code, reason = "some remarks are made on workbooks only"))]
pub(crate) enum Remark {
    /// The text is no UTF-8 and reads as GB18030.
    FoundGb18030,
    /// Which sheet was read, where there are several.
    Sheets {
        /// The one that was read.
        read: String,
        /// Visible ones that were not.
        others: Vec<String>,
        /// Hidden ones that were not.
        hidden: Vec<String>,
    },
    /// Cells with formulas, of which the values that were computed last are taken.
    Formulas {
        /// How many.
        count: u64,
        /// The first one, such as `C2`.
        first: String,
    },
    /// Cells that hold more digits than they show, of which the shown ones are taken.
    FewerDigits {
        /// How many.
        count: u64,
        /// The first one, such as `C2`.
        first: String,
    },
    /// Cells to the right of the last heading.
    BeyondHeadings {
        /// How many.
        count: u64,
        /// The first one, such as `C2`.
        first: String,
    },
    /// Keys that stand in later rows only, and so are not among the columns that are kept.
    LaterKeys {
        /// How many.
        count: usize,
    },
}

impl Remark {
    /// As a line for people.
    pub(crate) fn line(&self, file: &str, language: &Language) -> String {
        let is_chinese = language.is_chinese();
        let text = match self {
            Self::FoundGb18030 if is_chinese => "不是UTF-8，按GB18030读入（用 --encoding 指定）".to_owned(),
            Self::FoundGb18030 => "is not UTF-8 and is read as GB18030 (--encoding says it)".to_owned(),
            Self::Sheets { read, others, hidden } => {
                let mut text = if is_chinese {
                    format!("读入工作表{}", quoted(read))
                } else {
                    format!("the sheet {} is read", quoted(read))
                };
                for (sheets, chinese, english) in
                    [(others, "；未读：", "; not read: "), (hidden, "；隐藏而未读：", "; hidden and not read: ")]
                {
                    if !sheets.is_empty() {
                        text.push_str(language.pick(chinese, english));
                        text.push_str(&named(sheets, language));
                    }
                }
                text.push_str(language.pick("（用 --sheet 选择）", " (--sheet chooses)"));
                text
            }
            Self::Formulas { count, first } if is_chinese => {
                format!("{count}个单元格是公式，取其上次计算的值（第一个：{first}）")
            }
            Self::Formulas { count, first } => {
                format!("{}, whose last computed values are taken (the first: {first})", cells(*count, "formula"))
            }
            Self::FewerDigits { count, first } if is_chinese => {
                format!("{count}个单元格里的数比显示的位数多，按显示的读入（第一个：{first}）")
            }
            Self::FewerDigits { count, first } => {
                format!("{} more digits than are shown, and what is shown is taken (the first: {first})", hold(*count))
            }
            Self::BeyondHeadings { count, first } if is_chinese => {
                format!("标题右边还有{count}个单元格有内容，未使用（第一个：{first}）")
            }
            Self::BeyondHeadings { count, first } => {
                format!("{count} filled cells to the right of the headings are not used (the first: {first})")
            }
            Self::LaterKeys { count } if is_chinese => {
                format!("{count}个键只见于后面的行，--keep 未列出")
            }
            Self::LaterKeys { count } => {
                format!("{count} keys stand in later rows only; --keep does not list them")
            }
        };
        let separator = if is_chinese { "：" } else { ": " };
        format!("{file}{separator}{text}\n")
    }
}

/// `1 cell has a formula`, `2 cells have formulas`.
fn cells(count: u64, what: &str) -> String {
    if count == 1 { format!("1 cell holds a {what}") } else { format!("{count} cells hold {what}s") }
}

fn hold(count: u64) -> String {
    if count == 1 { "1 cell holds".to_owned() } else { format!("{count} cells hold") }
}

fn named(sheets: &[String], language: &Language) -> String {
    let mut names: Vec<String> = sheets.iter().take(MOST_NAMED).map(|sheet| quoted(sheet)).collect();
    if sheets.len() > MOST_NAMED {
        names.push("…".to_owned());
    }
    names.join(language.pick("、", ", "))
}
