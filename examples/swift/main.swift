// One member's dues: the amount, why, what is missing, and a form with a mistake.

import Foundation
import Rollbook

let rules = try RuleSet.builtin("cpc")
let member: Facts = ["stage": "full", "category": "waged", "base": Value(Decimal(5400))]

print("The amount")
let answer = try rules.dues(member, period: "2026-11", trace: true)
let money = Decimal.FormatStyle(locale: Locale(identifier: "en")).precision(.fractionLength(2))
print("  \(answer.amount!.formatted(money)) \(answer.currency), by \(answer.rule)")

print("Why")
print(answer.explain("en"))

print("What is missing")
let unknown: Facts = ["stage": "full", "category": "waged"]
for issue in try rules.dues(unknown, period: "2026-11").issues("en") where !issue.pointer.isEmpty {
    print("  \(issue.pointer): \(issue.message)") // missing, which is not zero
}

print("A form with a mistake")
let form = member.merging(["base": "5,400"]) { _, typed in typed }
for issue in try rules.validate(form, charge: "dues", language: "en") {
    print("  \(issue.pointer): \(issue.message)")
}
