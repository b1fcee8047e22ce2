//! The facts as a page to read.

use super::Head;
use super::described::Described;
use crate::wording::Language;

/// Lines to read.
pub(super) fn text(head: &Head, facts: &[Described], language: &Language) -> String {
    let mut page = format!("{}\n", head.title);
    for line in preamble(head, language) {
        page.push_str(&format!("{line}\n"));
    }
    for fact in facts {
        page.push('\n');
        page.push_str(&if fact.title == fact.name {
            format!("{}\n", fact.name)
        } else if language.is_chinese() {
            format!("{}（{}）\n", fact.title, fact.name)
        } else {
            format!("{} ({})\n", fact.title, fact.name)
        });
        for line in [&fact.means, &fact.value] {
            if !line.is_empty() {
                page.push_str(&format!("    {line}\n"));
            }
        }
        for (name, title) in &fact.words {
            let word = if title == name { name.clone() } else { format!("{name}  {title}") };
            page.push_str(&format!("        {word}\n"));
        }
        page.push_str(&format!("    {}\n", fact.left_out));
    }
    page
}

/// A table in Markdown.
pub(super) fn markdown(head: &Head, facts: &[Described], language: &Language) -> String {
    let mut page = format!("# {}\n\n", head.title);
    for line in preamble(head, language) {
        page.push_str(&format!("{line}\n\n"));
    }
    page.push_str(language.pick(
        "| 名称 | 标题 | 值 | 不填时 |\n|---|---|---|---|\n",
        "| name | title | value | if it is left out |\n|---|---|---|---|\n",
    ));
    for fact in facts {
        let words: Vec<String> = fact
            .words
            .iter()
            .map(|(name, title)| if title == name { format!("`{name}`") } else { format!("`{name}` {title}") })
            .collect();
        let mut value = fact.value.clone();
        if !words.is_empty() {
            value.push_str(language.pick("：", ": "));
            value.push_str(&words.join(language.pick("、", ", ")));
        }
        if !fact.means.is_empty() {
            value = format!("{}<br>{value}", fact.means);
        }
        let [name, title, value, left_out] =
            [&fact.name, &fact.title, &value, &fact.left_out].map(|text| escaped(text));
        page.push_str(&format!("| `{name}` | {title} | {value} | {left_out} |\n"));
    }
    page
}

fn preamble(head: &Head, language: &Language) -> Vec<String> {
    let mut lines = vec![if language.is_chinese() {
        format!("名册：{}；编号列的标题是 id 或 编号，其他列用下列标题或名称", head.of)
    } else {
        format!("The roster: {}; a column `id`, and columns under the titles or names below", head.of)
    }];
    if !head.others.is_empty() {
        let others = head.others.join(", ");
        lines.push(if language.is_chinese() {
            format!("其他收费项目：{others}（用 --charge 指定）")
        } else {
            format!("Other charges have their own: {others} (--charge)")
        });
    }
    lines
}

/// Without what would end the cell of a table.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
