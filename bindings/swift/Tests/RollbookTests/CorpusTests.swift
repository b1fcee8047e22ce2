import XCTest

@testable import Rollbook

/// Every case of `tests/corpus` in Swift: the calls that every language makes, and the same bytes.
final class CorpusTests: XCTestCase {
    private func told(_ value: Any) -> Any {
        if let map = value as? [String: Any] { return map.mapValues(told) }
        if let list = value as? [Any] { return list.map(told) }
        guard let text = value as? String else { return value as? Bool ?? value }
        let parts = text.split(separator: ":", maxSplits: 2).map(String.init)
        switch parts.count > 1 ? parts[0] : "" {
        case "number": return Decimal(string: parts[1])!
        case "date": return CivilDate(parts[1])!
        case "float": return Double(parts[1])!
        case "repeat": return String(repeating: parts[2], count: Int(parts[1])!)
        default: return text
        }
    }

    private func facts(_ any: Any?) throws -> Facts {
        try Dictionary(uniqueKeysWithValues: (any as? [String: Any] ?? [:]).map { ($0, try Value(any: $1, name: $0)) })
    }

    private func results(_ rules: RuleSet, _ this: [String: Any]) throws -> [String] {
        let (call, text, lang) = (this["call"] as! String, told(this["text"] ?? "") as! String, this["lang"] as? String ?? "")
        let (asked, charge) = (told(this["request"] ?? [:]) as! [String: Any], this["charge"] as? String)
        let line = { (issue: Issue) in "\(issue.code) \(issue.pointer) \(issue.message)" }
        if call == "builtin" { return [try RuleSet.builtin(text).hash] }
        if call == "parse" { return [try RuleSet.parse(text).hash] }
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
        let amount = (this["expect"] as? [String: Any]).map { ($0["amount"] as? String).flatMap { Decimal(string: $0) } }
        if let amount { XCTAssertEqual(amount, answers[0].amount, "\(this)") }
        return answers.flatMap { [$0.toJson()] + (trace ? explained($0, .text) : []) }
    }

    func testEveryCaseHasTheBytesThatItHasInEveryLanguage() throws {
        var (passed, failed) = (0, [String]())
        for folder in ProcessInfo.processInfo.environment["ROLLBOOK_CORPUS", default: "../../tests/corpus"].split(separator: ",") {
            let read = { try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)"))) as! [String: Any] }
            for (name, count) in try read("index.json")["files"] as! [String: Int] {
                let file = try read(name)
                let rules = try (file["document"] as? String).map(RuleSet.parse) ?? RuleSet.builtin(file["rules"] as! String)
                XCTAssertEqual((file["cases"] as! [Any]).count, count, name)
                for this in file["cases"] as! [[String: Any]] {
                    var got = [String]()
                    do { got = try results(rules, this) } catch let it as RollbookError {
                        got = ["\(it.code.text): \(it.code == .wrongType ? it.params["name"]! : it.message)"]
                    }
                    if got == this["results"] as! [String] { passed += 1 } else { failed.append("\(this) gave \(got)") }
                }
            }
        }
        print("corpus: \(passed) passed, \(failed.count) failed")
        XCTAssertEqual(failed.first, nil)
    }
}
