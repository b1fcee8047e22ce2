//! Messages in Chinese.

use super::Filled;
use crate::explain::Code;

pub(super) fn message(code: Code, with: &Filled<'_>) -> String {
    let p = |name: &str| with.param(name);
    match code {
        Code::BadValue => {
            let near = with.after("；是否为“", "near", "”？");
            format!("“{}”填写的“{}”无法识别；应写作：{}{near}", p("name"), p("value"), p("wanted"))
        }
        Code::OutOfRange => format!("“{}”填写的“{}”超出范围；应当：{}", p("name"), p("value"), p("wanted")),
        Code::UnknownWord => {
            let near = with.after("；是否为“", "near", "”？");
            format!("“{}”填写的“{}”不在可选项之内；可选：{}{near}", p("name"), p("value"), p("wanted"))
        }
        Code::UnknownFact => format!("没有名为“{}”的项目{}", p("name"), with.after("，是否为", "near", "？")),
        Code::BadHistory => {
            format!("“{}”的历次记录有误：“{}”{}", p("name"), p("value"), with.after("；应为：", "wanted", ""))
        }
        Code::TwoRules => format!("两项规定同时适用：{}与{}", p("one"), p("other")),
        Code::NoRule => format!("没有适用的规定：{}{}", p("name"), with.after("（", "why", "）")),
        Code::NoValue => format!("“{}”在此没有取值", p("name")),
        Code::NoRow => format!("标准表中没有 {} 所在的档次{}", p("value"), with.after("（", "why", "）")),
        Code::Overflow => format!("数值过大，无法精确计算：{}", p("expression")),
        Code::DivisionByZero => format!("除数为零：{}", p("expression")),
        Code::TooManySteps => format!("计算步骤超过上限 {}", p("steps")),
        Code::CrossedLimits => format!("下限 {} 高于上限 {}", p("at_least"), p("at_most")),
        Code::NegativeAmount => format!("算得的数额为负：{}", p("amount")),
        Code::WrongPeriod => format!("期间 {} 不合用；本项按{}计算", p("period"), p("wanted")),
        Code::HistoryStartsLater => format!("“{}”的历次记录晚于 {}，当日的情况不明", p("name"), p("day")),
        Code::NeedsNotMet => format!("未按规定办理批准手续，减免不生效：{}", p("rule")),
        Code::LimitActed => format!("按限额由 {} 调整为 {}：{}", p("before"), p("after"), p("rule")),
        Code::SetAside => format!("经说明理由不予适用：{}；理由：{}", p("rule"), p("reason")),
        Code::GivenDiffers => format!("填报的“{}”为 {}，按明细核算为 {}", p("name"), p("given"), p("derived")),
        Code::HeldAt => {
            format!("“{}”按 {} 的情况核定为 {}，而非 {}", p("name"), p("day"), p("value"), p("instead"))
        }
        Code::DeclaredTooLow => format!("申报的 {} 低于最低数额 {}", p("declared"), p("minimum")),
        Code::AssumedMinimum => format!("未申报数额，按最低数额 {} 计", p("minimum")),
        Code::DoubtfulDate => format!("{} 的日期未能确定，{} 以前的结果存疑", p("source"), p("until")),
        Code::NotEncoded => format!("有关条文未编入规则集：{}", p("why")),
        Code::RowTooShort => {
            format!("第{}行有{}格，标题有{}格；后面缺少单元格", p("row"), p("cells"), p("wanted"))
        }
        Code::RowTooLong => {
            format!("第{}行有{}格，标题有{}格；内容里有逗号时，两边要加双引号", p("row"), p("cells"), p("wanted"))
        }
        Code::NoId => format!("第{}行没有编号", p("row")),
        Code::DuplicateId => format!("第{}行的编号已见于第{}行", p("row"), p("first")),
        Code::NotText => format!("第{}行“{}”列：“{}”不是UTF-8文本", p("row"), p("column"), p("value")),
    }
}
