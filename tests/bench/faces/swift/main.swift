// The package for Swift: one call after the other, and many rows in one.

import Dispatch
import Foundation
import Rollbook

let period = "2026-11"

/// One line for a measure: what it is, the value, and whether it meets its bar.
func line(_ what: String, _ value: Double, _ bar: Double?) {
    let shown = "\(what): \(String(format: "%.3g", value)) µs"
    print(bar.map { "\(value <= $0 ? "met   " : "MISSED")    \(shown) (≤ \(String(format: "%.0f", $0)))" } ?? "          \(shown)")
}

/// Microseconds of one of many calls, in the mean.
func sustained(_ times: Int, _ call: (Int) throws -> Void) rethrows -> Double {
    for at in 0..<(times / 4) { try call(at) }
    let start = DispatchTime.now().uptimeNanoseconds
    for at in 0..<times { try call(at) }
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e3 / Double(times)
}

let rules = try RuleSet.builtin("cpc")
let members: [Facts] = (0..<512).map { ["stage": "full", "category": "waged", "base": Value(Decimal(3000 + 17 * $0))] }
let rows = (0..<1000).map { members[$0 % 512] }
let known = try rules.dues(["stage": "full", "category": "waged", "base": 5400], period: period).amount
precondition(known == 81)

var charged = 0
let one = try sustained(20_000) { if try rules.dues(members[$0 % 512], period: period).amount != nil { charged += 1 } }
line("one typed call, its amount read", one, 20)
let many = try sustained(40) { _ in charged += try rules.duesOfMany(rows, period: period).filter { $0.amount != nil }.count }
line("one row in the call for many", many / Double(rows.count), nil)
let text = try sustained(4_000) { _ = try rules.dues(members[$0 % 512], period: period, trace: true).explain("zh") }
line("one typed call, explained in Chinese", text, nil)
precondition(charged > 0)

/// The memory of this process in MiB; Linux says it.
func resident() -> Int {
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")[1]
    return (pages.flatMap { Int($0) } ?? 0) * 4096 / 1_048_576
}

func some(_ calls: Int) throws {
    for at in 0..<calls {
        let answer = try rules.dues(members[at % 512], period: period, trace: at % 64 == 0)
        if at % 64 == 0 {
            _ = answer.explain("zh")
            _ = try? rules.dues([:], period: "2026-13")
        }
    }
}
try some(50_000)
let before = resident()
try some(1_000_000)
let grown = resident() - before
print("\(grown <= 16 ? "met   " : "MISSED")    memory after a million calls more: \(grown) MiB (≤ 16)")
