import Foundation
import XCTest

import Rollbook

final class DuesTests: XCTestCase {
    private let cpc = try! RuleSet.builtin("cpc")
    private let full: Facts = ["stage": "full", "category": "waged"]

    private func with(_ facts: Facts) -> Facts { full.merging(facts) { $1 } }

    private var waged: Facts { with(["base": Value(Decimal(5400))]) }

    func testAnAmountIsADecimal() throws {
        let answer = try cpc.dues(waged, period: "2026-11")
        XCTAssertEqual(answer.amount, Decimal(81))
        XCTAssertEqual(answer.outcome, .charged(81))
        XCTAssertEqual(answer.currency, "CNY")
        XCTAssertEqual(answer.unit, .month)
        XCTAssertEqual(answer.rule, "dues.tariff.waged")
        XCTAssertEqual(answer.exact?.text, "81")
    }

    func testAnAmountThatNoFloatHoldsStaysExact() throws {
        let pay = try XCTUnwrap(Decimal(string: "3000.01"))
        let answer = try cpc.dues(with(["base": Value(pay)]), period: "2026-11")
        XCTAssertEqual(answer.exact?.text, "30.0001")
        XCTAssertEqual(answer.exact?.decimal, Decimal(string: "30.0001"))
        XCTAssertEqual(answer.amount, Decimal(30))
    }

    func testAVersionAClauseAndTheNextBandAreTyped() throws {
        let answer = try cpc.dues(waged, period: "2026-11", trace: true)
        XCTAssertEqual(answer.version, .day(day: CivilDate(year: 2008, month: 4, day: 1)!))
        XCTAssertEqual(answer.cite.first?.clause, "arts 1-4")
        XCTAssertEqual(answer.cite.first?.titles["zh"], "中组发〔2008〕3号 第一条至第四条")
        XCTAssertEqual(answer.nextBand?.amount, Decimal(200))
        XCTAssertEqual(answer.nextBand?.from.decimal, Decimal(10000))
    }

    func testAnAmountMayBePaidInInstalments() throws {
        let choir = try RuleSet.parse("""
            {"rollbook":"1","id":"choir","edition":"1","languages":["en"],"title":"Choir","currency":"EUR",
            "sources":{"rules":{"title":"Rules","in_force":"2020-01-01","attested":"official"}},
            "charges":{"fee":{"per":"year","tariff":{"cite":"rules art. 3","amount":"99.90"},
            "round":{"cite":"rules art. 4","is":"half_up to 0.01"},
            "pay_by":{"quarters":{"cite":"rules art. 6","parts":"4","round":"half_up to 0.05"},
            "week":{"cite":"rules art. 5","times":"1/52","round":"half_up to 0.01"}}}}}
            """)
        let ways = try choir.dues([:], period: "2026").instalments
        XCTAssertEqual(ways.map(\.way), ["quarters", "week"])
        XCTAssertEqual(ways[0].count, 4)
        XCTAssertEqual(ways[0].rest, Rest(last: true, amount: try XCTUnwrap(Decimal(string: "24.90"))))
        XCTAssertEqual(ways[0].cite.first?.clause, "art. 6")
        XCTAssertEqual(ways[1].amount, Decimal(string: "1.92"))
        XCTAssertNil(ways[1].count)
        XCTAssertEqual(ways[1].version, .day(day: CivilDate(year: 2020, month: 1, day: 1)!))
    }

    func testNumbersComeInEveryExactTypeOfTheHost() throws {
        let thousands = Decimal(sign: .plus, exponent: 2, significand: 54)
        let bases: [Value] = [5400, "5400", Value(Int64(5400)), Value(UInt8(54)), Value(thousands), Value("5400.00")]
        let amounts = try bases.map { try cpc.dues(with(["base": $0]), period: "2026-11").amount }
        XCTAssertEqual(amounts, [81, 81, 81, Decimal(string: "0.27"), 81, 81])
    }

    func testWhatIsMissingIsListedAndIsNotZero() throws {
        let answer = try cpc.dues(full, period: "2026-11")
        XCTAssertEqual(answer.missing.map(\.name), ["base"])
        XCTAssertNil(answer.amount)
        guard case .needsFacts(let missing, _) = answer.outcome else { return XCTFail("\(answer)") }
        XCTAssertEqual(missing.count, 1)
        XCTAssertEqual(answer.issues("en").first?.code, "missing")
        XCTAssertEqual(answer.issues("zh").first?.path, [.name(name: "base")])
    }

    func testEveryStatusHasItsOutcome() throws {
        XCTAssertEqual(try cpc.dues(with(["base": 5400, "hardship": "exempt", "approved_by": "next_higher_committee"]), period: "2026-11").outcome, .exempt)
        XCTAssertEqual(try cpc.dues(["stage": "applicant"], period: "2026-11").outcome, .notDue)
        XCTAssertEqual(try cpc.dues(with(["category": "irregular"]), period: "2007-05").outcome, .noRule)
        guard case .rejected(let findings) = try cpc.dues(with(["base": "5,400"]), period: "2026-11").outcome else {
            return XCTFail("not rejected")
        }
        XCTAssertEqual(findings.first?.code, "bad_value")
    }

    func testAValueThatChangedIsAListOfDaysAndValues() throws {
        let june = CivilDate(year: 2026, month: 6, day: 15)!
        let history = Value([(from: june, value: 4000), (from: CivilDate("2026-09-01")!, value: 6000)])
        let answer = try cpc.dues(with(["joined": Value(june), "base": history]), period: "2026-12")
        XCTAssertEqual(answer.amount, Decimal(40))
        let later = try cpc.dues(with(["base": Value([(from: CivilDate("2026-12-01")!, value: 4000)])]), period: "2026-11")
        XCTAssertEqual(later.missing.first?.on, CivilDate("2026-01-01"))
    }

    func testRecordsOfAListGiveLines() throws {
        let payments: Value = .records(records: [
            ["paid": "10", "paid_on": Value(CivilDate("2026-11-05")!)], ["paid": 2000, "paid_on": "2026-11-06"],
        ])
        let answer = try cpc.dues(["voluntary_payments": payments], period: "2026-11", charge: "voluntary")
        XCTAssertEqual(answer.lines.map(\.amount), [Decimal(10), Decimal(2000)])
        XCTAssertEqual(answer.lines.map(\.day), [CivilDate("2026-11-05"), CivilDate("2026-11-06")])
    }

    func testSettingsRulesSetAsideAndTheDayOfKnowledgeReachTheEngine() throws {
        let farmer: Facts = ["stage": "full", "category": "farmer"]
        XCTAssertEqual(try cpc.dues(farmer, period: "2026-11", settings: ["farmer_dues": "0.50"]).amount, Decimal(string: "0.5"))
        let rich = with(["base": 60000])
        XCTAssertEqual(try cpc.dues(rich, period: "2026-11").amount, 1000)
        XCTAssertEqual(try cpc.dues(rich, period: "2026-11", setAside: ["dues.limits.cap": "wants to"]).amount, 1200)
        XCTAssertEqual(try cpc.dues(rich, period: "2026-11", known: CivilDate("2016-12-31")).amount, 1200)
        XCTAssertEqual(try cpc.dues(waged, period: "2026-Q4").parts.map(\.period), ["2026-10", "2026-11", "2026-12"])
    }

    func testAnAnswerIsExplainedInTheLanguageThatIsAskedFor() throws {
        let answer = try cpc.dues(waged, period: "2026-11", trace: true)
        XCTAssertTrue(answer.explain("zh").contains("每月应交 81.00 元"))
        XCTAssertTrue(answer.explain("en").contains("5400 × 1.5% = 81"))
        XCTAssertTrue(answer.explain("en", format: .markdown).contains("**"))
        XCTAssertTrue(answer.explain("en", format: .json).contains("\"amount\":\"81.00\""))
        XCTAssertNil(try cpc.dues(waged, period: "2026-11").trace)
        XCTAssertEqual(answer.trace?.isEmpty, false)
    }

    func testManyAreAnsweredAsEachIs() throws {
        let rows: [Facts] = [waged, with(["base": 3000]), with(["base": "x"]), [:]]
        let many = try cpc.duesOfMany(rows, period: "2026-11", trace: true)
        let each = try rows.map { try cpc.dues($0, period: "2026-11", trace: true) }
        XCTAssertEqual(many, each)
        XCTAssertEqual(many.map { $0.toJson() }, each.map { $0.toJson() })
        XCTAssertEqual(many.map { $0.explain("zh") }, each.map { $0.explain("zh") })
        XCTAssertEqual(try cpc.duesOfMany([], period: "2026-11"), [])
    }

    func testAnAnswerHasTheBytesOfTheEngine() throws {
        let request = #"{"facts":{"stage":"full","category":"waged","base":"5400"},"period":"2026-11","trace":true}"#
        XCTAssertEqual(cpc.duesJson(request), "{\"answer\":\(try cpc.dues(waged, period: "2026-11", trace: true).toJson())}")
    }

    func testAnAnswerShowsNoAmount() throws {
        XCTAssertEqual("\(try cpc.dues(waged, period: "2026-11"))", "Answer(charge: dues, period: 2026-11, status: charged)")
    }
}
