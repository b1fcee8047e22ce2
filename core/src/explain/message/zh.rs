//! Messages in Chinese.

use crate::explain::Code;

/// `{name}` is a parameter; what stands in brackets is left out where its parameter is empty.
pub(super) fn template(code: Code) -> &'static str {
    match code {
        Code::BadValue => "“{name}”填写的“{value}”无法识别；应写作：{wanted}[；是否为“{near}”？]",
        Code::OutOfRange => "“{name}”填写的“{value}”超出范围；应当：{wanted}",
        Code::UnknownWord => "“{name}”填写的“{value}”不在可选项之内；可选：{wanted}[；是否为“{near}”？]",
        Code::UnknownFact => "没有名为“{name}”的项目[，是否为{near}？]",
        Code::BadHistory => "“{name}”的历次记录有误：“{value}”[；应为：{wanted}]",
        Code::TwoRules => "两项规定同时适用：{one}与{other}",
        Code::NoRule => "没有适用的规定：{name}[（{why}）]",
        Code::NoValue => "“{name}”在此没有取值",
        Code::NoRow => "标准表中没有 {value} 所在的档次[（{why}）]",
        Code::Overflow => "数值过大，无法精确计算：{expression}",
        Code::DivisionByZero => "除数为零：{expression}",
        Code::TooManySteps => "计算步骤超过上限 {steps}",
        Code::CrossedLimits => "下限 {at_least} 高于上限 {at_most}",
        Code::NegativeAmount => "算得的数额为负：{amount}",
        Code::WrongPeriod => "期间 {period} 不合用；本项按{wanted}计算",
        Code::HistoryStartsLater => "“{name}”的历次记录晚于 {day}，当日的情况不明",
        Code::NeedsNotMet => "未按规定办理批准手续，减免不生效：{rule}",
        Code::LimitActed => "按限额由 {before} 调整为 {after}：{rule}",
        Code::SetAside => "经说明理由不予适用：{rule}；理由：{reason}",
        Code::GivenDiffers => "填报的“{name}”为 {given}，按明细核算为 {derived}",
        Code::HeldAt => "“{name}”按 {day} 的情况核定为 {value}，而非 {instead}",
        Code::DeclaredTooLow => "申报的 {declared} 低于最低数额 {minimum}",
        Code::AssumedMinimum => "未申报数额，按最低数额 {minimum} 计",
        Code::DoubtfulDate => "{source} 的日期未能确定，{until} 以前的结果存疑",
        Code::NotEncoded => "有关条文未编入规则集：{why}",
        Code::RowTooShort => "第{row}行有{cells}格，标题有{wanted}格；后面缺少单元格",
        Code::RowTooLong => "第{row}行有{cells}格，标题有{wanted}格；内容里有逗号时，两边要加双引号",
        Code::NoId => "第{row}行没有编号",
        Code::DuplicateId => "第{row}行的编号已见于第{first}行",
        Code::NotText => "第{row}行“{column}”列：“{value}”不是UTF-8文本",
        Code::MergedCell => "第{row}行“{column}”列：单元格已合并（{value}），其值在别处；请取消合并，每格都填写",
        Code::FormulaWithoutValue => {
            "第{row}行“{column}”列：[“{value}”：]公式没有结果；请用表格软件计算后保存，或直接填写"
        }
        Code::TooManyDigits => "第{row}行“{column}”列：“{value}”超过15位，工作簿里的数保存不了；请存为文本",
        Code::SecondHeading => "第{row}行重复了第{first}行的标题；请删除",
        Code::NoInstalments => "{amount} 不能这样分期：{rule}[；除一期外，各期已共计 {others}][；“{name}”在此没有取值]",
        Code::EndlessTime => "[“{name}”是久远以前或没有终期；]这样的时间长度只能比较，不能计算：{expression}",
        Code::NeverSwitched => "“{name}”历来的取值都未使{expression}生效或失效；请补上更早的取值",
    }
}
