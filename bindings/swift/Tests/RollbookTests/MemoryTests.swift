import Foundation
import XCTest

@testable import Rollbook

/// `cargo xtask bench faces swift` does the same with a million calls, one after the other.
final class MemoryTests: XCTestCase {
    private let cpc = try! RuleSet.builtin("cpc")

    private func member(_ number: Int) -> Facts {
        ["stage": "full", "category": "waged", "base": Value(number)]
    }

    /// One call after the other: answers, explanations, refusals, rule sets that are let go.
    private func calls(_ count: Int) throws {
        for at in 0..<count {
            let answer = try cpc.dues(member(at), period: "2026-11", trace: at % 100 == 0)
            if at % 100 == 0 { XCTAssertFalse(answer.explain("zh").isEmpty || answer.findings.isEmpty) }
            if at % 10 == 1 { XCTAssertEqual(try cpc.dues(member(-1), period: "2026-11").status, .rejected) }
            if at % 10 == 2 { XCTAssertThrowsError(try cpc.dues(member(at), period: "2026-13")) }
            if at % 10 == 3 { XCTAssertThrowsError(try Value(any: 1.5, name: "base")) }
            if at % 2000 == 0 { _ = try RuleSet.builtin("cpc") }
        }
    }

    /// Many rows in one call, and of some of them what they say.
    private func rows(_ count: Int) throws {
        let members = (0..<1000).map(member)
        for at in 0..<(count / members.count) {
            let answers = try cpc.duesOfMany(members, period: "2026-11")
            XCTAssertEqual(answers[at % members.count].rule, "dues.tariff.waged")
        }
    }

    /// The memory of this process in KiB; Linux says it.
    private func resident() -> Int {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")[1]
        return (pages.flatMap { Int($0) } ?? 0) * 4
    }

    func testVeryManyAnswersKeepTheirSize() throws {
        let all = { (share: Int) in
            try self.calls(100_000 / share)
            try self.rows(300_000 / share)
        }
        try all(5)
        let before = resident()
        try all(1)
        let grown = resident() - before
        XCTAssertLessThan(grown, 8 * 1024) // 20 bytes for each answer would be too many
    }
}
