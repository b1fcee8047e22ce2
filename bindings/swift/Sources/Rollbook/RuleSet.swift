import Foundation

/// A compiled rule set. It may be used by many threads at once.
///
/// ```swift
/// let cpc = try RuleSet.builtin("cpc")
/// let answer = try cpc.dues(["stage": "full", "category": "waged", "base": 5400], period: "2026-11")
/// ```
public final class RuleSet: Sendable {
    private let rules: Rules
    private let name: RuleSetName

    private init(_ rules: Rules) {
        self.rules = rules
        name = rules.name()
    }

    /// The ids of the rule sets that ship with the library.
    public static var builtinIds: [String] { Rollbook.builtinIds() }

    /// A rule set that ships with the library, by its id.
    ///
    /// - Throws: ``RollbookError`` where no rule set of that id ships.
    public static func builtin(_ id: String) throws -> RuleSet {
        RuleSet(try asking { try Rules.builtin(id: id) })
    }

    /// Reads a rule set from YAML or JSON; a text that begins with `{` is JSON.
    ///
    /// - Parameter parents: rule sets that it extends, beside those that ship; each brings its own with it.
    /// - Throws: ``RollbookError`` with ``ErrorCode/refusedRuleSet`` and the diagnostics that say what is wrong and where.
    public static func parse(_ text: String, parents: [RuleSet] = []) throws -> RuleSet {
        RuleSet(try asking { try Rules.parse(text: text, parents: handedIn(parents)) })
    }

    /// Reads a rule set and tells everything that a careful reviewer would: errors and warnings, failing cases among them.
    ///
    /// - Parameter parents: as for ``parse(_:parents:)``.
    public static func check(_ text: String, parents: [RuleSet] = []) -> [Diagnostic] {
        Rollbook.check(text: text, parents: handedIn(parents)).diagnostics
    }

    private static func handedIn(_ rules: [RuleSet]) -> Parents {
        let parents = Parents.none()
        rules.forEach { $0.rules.join(parents: parents) }
        return parents
    }

    /// The short name.
    public var id: String { name.id }

    /// Counts up with every published change.
    public var edition: Int { Int(name.edition) }

    /// SHA-256 of the canonical document without its cases, in 64 hexadecimal digits.
    public var hash: String { name.hash }

    /// The languages of its texts; the first is the default.
    public var languages: [String] { rules.languages() }

    /// The charges, in the order of the rule set.
    public var chargeNames: [String] { rules.chargeNames() }

    /// The charge that is answered when none is named.
    public var answers: String? { rules.answers() }

    /// What a form or a roster must hold, in the order of the rule set.
    public func facts() -> [Fact] { rules.facts() }

    /// ``facts()`` as a JSON list with the names of its fields; what is empty is left out.
    public func factsJson() -> String { rules.factsJson() }

    /// The JSON Schema of the facts that a charge can read, or of all, with titles in a language.
    ///
    /// - Throws: ``RollbookError`` for a charge that does not exist.
    public func factsSchema(charge: String? = nil, language: String = "en") throws -> String {
        try asking { try rules.factsSchema(charge: charge, language: language) }
    }

    /// What is owed.
    ///
    /// - Parameters:
    ///   - facts: what is known.
    ///   - period: `2026-11`, `2026-Q4`, `2026-H2` or `2026`; one that is longer than the charge's is answered part by part.
    ///   - charge: the charge; the one that the rule set ``answers``, if none is named.
    ///   - known: by which day the rules had been issued; all that the document has, if none is given.
    ///   - settings: what the organisation decided, by setting.
    ///   - setAside: the paths of rules that normally hold and do not in this call, with the reason to be recorded.
    ///   - trace: whether the steps are wanted.
    /// - Throws: ``RollbookError`` for a charge or setting that does not exist, a setting outside its bounds, a path that
    ///   cannot be set aside, a period that cannot be read.
    public func dues(
        _ facts: Facts,
        period: String,
        charge: String? = nil,
        known: CivilDate? = nil,
        settings: Facts = [:],
        setAside: [String: String] = [:],
        trace: Bool = false
    ) throws -> Answer {
        let request = Request(
            period: period, charge: charge, known: known?.description, settings: settings, setAside: setAside, trace: trace)
        let reply = try asking { try rules.dues(question: Question(told: facts, request: request)) }
        let answered = reply.answered
        return Answer(reply.summary) { answered }
    }

    /// What each of many owes, in their order: much cheaper than one call for each. Status and amount of an answer are there
    /// at once; everything else that it says is fetched when it is first asked for.
    ///
    /// - Throws: ``RollbookError`` as for one; no row can cause one.
    public func duesOfMany(
        _ rows: [Facts],
        period: String,
        charge: String? = nil,
        known: CivilDate? = nil,
        settings: Facts = [:],
        setAside: [String: String] = [:],
        trace: Bool = false
    ) throws -> [Answer] {
        let request = Request(
            period: period, charge: charge, known: known?.description, settings: settings, setAside: setAside, trace: trace)
        let replies = try asking { try rules.duesOfMany(told: rows, request: request) }
        let rows = replies.rows
        return replies.summaries.enumerated().map { number, summary in
            Answer(summary) {
                guard let row = rows.row(number: Int32(clamping: number)) else {
                    preconditionFailure("every answer has its row")
                }
                return row
            }
        }
    }

    /// A request in JSON, answered in JSON: `{"answer": …}`, `{"answers": […]}` or `{"error": …}`.
    public func duesJson(_ request: String) -> String { rules.duesJson(request: request) }

    /// What is wrong with facts by themselves, in a language: values that cannot be read or lie outside their range, words
    /// and names that do not exist. What is missing depends on the period and is told by ``Answer/issues(_:)``.
    ///
    /// - Throws: ``RollbookError`` for a charge that does not exist.
    public func validate(_ facts: Facts, charge: String? = nil, language: String = "en") throws -> [Issue] {
        try asking { try rules.validate(told: facts, charge: charge, language: language) }
    }

    /// The document as JSON without its cases, in its own order: it reads back as the same rule set with the same hash; it needs its parents then.
    public func toJson() -> String { rules.toJson() }
}
