import XCTest
@testable import Rollbook

/// Every case of `tests/corpus` in Swift: the calls that every language makes, and the same bytes.
final class CorpusTests: XCTestCase {
    private func told(_ value: Any) -> Any {
        if let map = value as? [String: Any] { return map.mapValues(told) }
        if let list = value as? [Any] { return list.map(told) }
        let parts = (value as? String)?.split(separator: ":", maxSplits: 2).map(String.init) ?? []
        switch parts.count > 1 ? parts[0] : "" {
        case "number": return Decimal(string: parts[1])!
        case "date": return CivilDate(parts[1])!
        case "float": return Double(parts[1])!
        case "repeat": return String(repeating: parts[2], count: Int(parts[1])!)
        default: return value as? String ?? value as? Bool ?? value
        }
    }

    private func results(_ rules: RuleSet, _ this: [String: Any]) throws -> [String] {
        let (call, lang, charge) = (this["call"] as! String, this["lang"] as? String ?? "", this["charge"] as? String)
        let (text, asked) = (told(this["text"] ?? "") as! String, told(this["request"] ?? [:]) as! [String: Any])
        let facts = { (any: Any?) in try Facts(uniqueKeysWithValues: (any as? [String: Any] ?? [:]).map { ($0, try Value(any: $1, name: $0)) }) }
        let line = { (issue: Issue) in "\(issue.code) \(issue.pointer) \(issue.message)" }
        if call == "builtin" || call == "parse" { return [try call == "parse" ? RuleSet.parse(text).hash : RuleSet.builtin(text).hash] }
        if call == "check" { return RuleSet.check(text).map(\.shown) }
        if call == "facts" { return [rules.factsJson(), try rules.factsSchema(charge: charge, language: lang)] }
        if call == "dues_json" { return [rules.duesJson(text)] }
        if call == "validate" { return try rules.validate(facts(asked["facts"]), charge: charge, language: lang).map(line) }
        let (period, of, day) = (asked["period"] as! String, asked["charge"] as? String, (asked["known"] as? String).flatMap(CivilDate.init))
        let (own, aside, trace) = (try facts(asked["settings"]), asked["set_aside"] as? [String: String] ?? [:], asked["trace"] != nil)
        let answers = try (asked["rows"] as? [Any])
            .map { try rules.duesOfMany($0.map(facts), period: period, charge: of, known: day, settings: own, setAside: aside, trace: trace) }
            ?? [rules.dues(facts(asked["facts"]), period: period, charge: of, known: day, settings: own, setAside: aside, trace: trace)]
        let explained = { (answer: Answer, format: Format) in ["zh", "en"].map { answer.explain($0, format: format) } }
        if call == "issues" { return answers[0].issues(lang).map(line) }
        if call == "explain" { return explained(answers[0], .markdown) + explained(answers[0], .json) }
        if let wanted = this["expect"] as? [String: Any] { XCTAssertEqual(answers[0].amount, Decimal(string: wanted["amount"] as? String ?? "")) }
        return answers.flatMap { [$0.toJson()] + (trace ? explained($0, .text) : []) }
    }

    func testEveryCaseHasTheBytesThatItHasInEveryLanguage() throws {
        var (passed, failed) = (0, [String]())
        let read = { try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: $0))) as! [String: Any] }
        for folder in ProcessInfo.processInfo.environment["ROLLBOOK_CORPUS", default: "../../tests/corpus"].split(separator: ",") {
            for (name, count) in (try read("\(folder)/index.json")["files"]) as! [String: Int] {
                let file = try read("\(folder)/\(name)")
                let rules = try (file["document"] as? String).map { try RuleSet.parse($0) } ?? RuleSet.builtin(file["rules"] as! String)
                XCTAssertEqual((file["cases"] as! [Any]).count, count, name)
                for this in file["cases"] as! [[String: Any]] {
                    let got = try Result { try results(rules, this) }.flatMapError { error in
                        (error as? RollbookError).map { .success(["\($0.code.text): \($0.code == .wrongType ? $0.params["name"]! : $0.message)"]) } ?? .failure(error)
                    }.get()
                    if got == this["results"] as! [String] { passed += 1 } else { failed.append("\(this) gave \(got)") }
                }
            }
        }
        print("corpus: \(passed) passed, \(failed.count) failed")
        XCTAssertNil(failed.first)
    }
}
