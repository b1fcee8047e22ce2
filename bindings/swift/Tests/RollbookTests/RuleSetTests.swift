import Foundation
import XCTest

@testable import Rollbook

final class RuleSetTests: XCTestCase {
    private let cpc = try! RuleSet.builtin("cpc")

    func testARuleSetNamesItselfAsEveryAnswerDoes() throws {
        let named = try cpc.dues([:], period: "2026-11").ruleSet
        XCTAssertEqual([named.id, named.hash], [cpc.id, cpc.hash])
        XCTAssertEqual(Int(named.edition), cpc.edition)
        XCTAssertEqual(cpc.languages, ["zh", "en"])
        XCTAssertEqual(cpc.answers, "dues")
        XCTAssertEqual(cpc.chargeNames.sorted(), ["dues", "remittance", "voluntary"])
    }

    func testEveryRuleSetThatShipsIsSound() throws {
        XCTAssertTrue(RuleSet.builtinIds.contains("cpc"))
        for id in RuleSet.builtinIds {
            let document = try RuleSet.builtin(id).toJson()
            XCTAssertEqual(try RuleSet.parse(document).hash, try RuleSet.builtin(id).hash)
            XCTAssertEqual(RuleSet.check(document).filter { $0.severity == .error }, [])
        }
    }

    private func child(_ id: String, of parent: String, charge: String) -> String {
        """
        rollbook: 1
        id: \(id)
        edition: 1
        languages: [en, zh, de]
        title: \(id)
        currency: EUR
        extends: { id: \(parent), edition: 1 }
        sources:
          \(id)_rules: { title: Rules, in_force: 2024-01-01, attested: official }
        charges:
          \(charge):
            per: year
            tariff: { cite: \(id)_rules art. 1, amount: 12 }
            round: { cite: \(id)_rules art. 2, is: half_up to 0.01 }
        """
    }

    func testARuleSetExtendsOneThatIsHandedIn() throws {
        let district = try RuleSet.parse(child("district", of: "igmetall", charge: "levy"))
        XCTAssertEqual(try district.dues([:], period: "2026", charge: "levy").amount, 12)
        let branch = child("branch", of: "district", charge: "gate")
        let own = try RuleSet.parse(branch, parents: [district])
        XCTAssertEqual(own.chargeNames, district.chargeNames + ["gate"])
        XCTAssertEqual(try RuleSet.parse(own.toJson(), parents: [district]).hash, own.hash)
        XCTAssertEqual(RuleSet.check(branch, parents: [district]), [])
        XCTAssertEqual(RuleSet.check(branch).map(\.code), ["no_parent"])
    }

    func testTheFactsSayWhatAFormNeeds() throws {
        let base = try XCTUnwrap(cpc.facts().first { $0.name == "base" })
        XCTAssertEqual(base.titles, ["en": "dues base", "zh": "基数"])
        XCTAssertEqual(base.kind, .money)
        XCTAssertEqual(base.per, .month)
        XCTAssertEqual(base.atLeast?.decimal, 0)
        XCTAssertTrue(try cpc.factsSchema(charge: "dues", language: "zh").contains("基数"))
    }

    func testFactsAreValidatedByThemselves() throws {
        let issues = try cpc.validate(["base": "5,400"], charge: "dues")
        XCTAssertEqual(issues.map(\.code), ["bad_value"])
        XCTAssertEqual(issues.first?.pointer, "/base")
    }

    func testAWrongCallSaysItsCodeItsParametersAndTheNearName() throws {
        XCTAssertThrowsError(try cpc.dues([:], period: "2026-11", charge: "deus")) { error in
            let error = error as? RollbookError
            XCTAssertEqual(error?.code, .unknownCharge)
            XCTAssertEqual(error?.code.text, "unknown_charge")
            XCTAssertEqual(error?.params, ["name": "deus", "near": "dues"])
            XCTAssertEqual(error?.localizedDescription, "there is no charge `deus`; did you mean `dues`?")
        }
        let refused: [(ErrorCode, () throws -> Void)] = [
            (.badPeriod, { _ = try self.cpc.dues([:], period: "2026-13") }),
            (.badSetting, { _ = try self.cpc.dues([:], period: "2026-11", settings: ["farmer_dues": 2]) }),
            (.unknownSetting, { _ = try self.cpc.dues([:], period: "2026-11", settings: ["farmer": 2]) }),
            (.notSetAside, { _ = try self.cpc.dues([:], period: "2026-11", setAside: ["dues.tariff.waged": "no"]) }),
            (.unknownRuleSet, { _ = try RuleSet.builtin("cpd") }),
        ]
        for (code, call) in refused {
            XCTAssertThrowsError(try call()) { XCTAssertEqual(($0 as? RollbookError)?.code, code) }
        }
    }

    func testARuleSetThatIsRefusedSaysWhere() throws {
        XCTAssertThrowsError(try RuleSet.parse("{\n  \"rollbook\": \"1\",\n  \"currency\": 5\n}")) { error in
            let error = error as? RollbookError
            XCTAssertEqual(error?.code, .refusedRuleSet)
            XCTAssertEqual(error?.position, Position(line: 3, column: 15))
            XCTAssertEqual(error?.diagnostics.first?.code, "not_text")
        }
        XCTAssertEqual(RuleSet.check(#"{"rollbook": "2"}"#).map(\.code), ["format_version"])
    }

    func testAFactThatDoesNotFitRejectsTheAnswerAndIsNamed() throws {
        let facts: [(Facts, String)] = [
            (["base": true], "bad_value /base"), (["category": "wages"], "unknown_word /category"),
            (["bsae": 1], "unknown_fact "), (["joined": "2026-02-30"], "bad_value /joined"), (["base": -1], "out_of_range /base"),
            (["base": Value(Decimal.nan)], "bad_value /base"), (["base": Value(Decimal.greatestFiniteMagnitude)], "bad_value /base"),
            (["base": Value(String(repeating: "9", count: 5000))], "bad_value /base"), (["base": .words(words: [])], "bad_history /base"),
        ]
        for (told, wanted) in facts {
            let all = (["stage": "full", "category": "waged", "base": 5400] as Facts).merging(told) { $1 }
            let finding = try cpc.dues(all, period: "2026-11").findings.first
            XCTAssertEqual(finding.map { "\($0.code) \($0.pointer)" }, wanted)
        }
    }

    func testAFloatAndAMomentAreRefusedByTheNameOfTheirFact() throws {
        for wrong in [5400.0, Float(0.1), Double.nan, Date(), [1.5], [["paid": 1.5]]] as [Any] {
            XCTAssertThrowsError(try Value(any: wrong, name: "base")) { error in
                let error = error as? RollbookError
                XCTAssertEqual(error?.code, .wrongType)
                XCTAssertEqual(error?.params["name"]?.hasPrefix("base"), true)
            }
        }
        let exact: [Any] = [Decimal(5400), 5400, "5400", UInt16(5400)]
        for right in exact {
            let facts: Facts = ["stage": "full", "category": "waged", "base": try Value(any: right, name: "base")]
            XCTAssertEqual(try cpc.dues(facts, period: "2026-11").amount, 81)
        }
        XCTAssertEqual(try Value(any: ["a", "b"], name: "x"), .words(words: ["a", "b"]))
        XCTAssertEqual(try Value(any: true, name: "x"), true)
    }

    func testANumberOfTheEngineIsNeverRounded() throws {
        for text in ["170141183460469231731687303715884105727", "-0.1", "0.00000000000000000000000000000000000001", "14.99995"] {
            XCTAssertEqual(try Decimal(engine: text).engineText, text)
        }
        for text in ["100/3", "1e3", "", "NaN", "１", "1,5"] { XCTAssertThrowsError(try Decimal(engine: text), text) }
    }

    func testACivilDateIsADayOfTheCalendar() throws {
        XCTAssertEqual(CivilDate("2024-02-29")?.description, "2024-02-29")
        XCTAssertEqual(CivilDate(year: 1, month: 1, day: 1)?.description, "0001-01-01")
        for text in ["2023-02-29", "1900-02-29", "2026-13-01", "2026-1-1", "2026-01-01T00:00", "２026-01-01", "0000-01-01", ""] {
            XCTAssertNil(CivilDate(text), text)
        }
        XCTAssertLessThan(try XCTUnwrap(CivilDate("2026-09-30")), try XCTUnwrap(CivilDate("2026-10-01")))
    }

    func testManyThreadsUseOneRuleSet() throws {
        let cpc = cpc
        let lock = NSLock()
        var told: Set<[Decimal?]> = []
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            let amounts = (1...200).map { base in
                try? cpc.dues(["stage": "full", "category": "waged", "base": Value(base)], period: "2026-11").amount
            }
            lock.withLock { _ = told.insert(amounts) }
        }
        XCTAssertEqual(told.count, 1)
    }
}
