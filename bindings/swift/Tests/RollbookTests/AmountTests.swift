import Foundation
import XCTest

@testable import Rollbook

final class AmountTests: XCTestCase {
    func testAnAmountIsADecimal() throws {
        let cpc = try RuleSet.builtin("cpc")
        let answer = try cpc.dues(["stage": "full", "category": "waged", "base": "5400"], period: "2026-11")
        XCTAssertEqual(answer.amount, Decimal(string: "81.00"))
    }
}
