import Foundation

/// What is owed for a period, why, and what is missing.
///
/// Everything that ``AnswerRecord`` says is said by the answer itself: `answer.amount`, `answer.rule`, `answer.missing`.
/// Two answers are equal when they say the same.
@dynamicMemberLookup
public struct Answer: Equatable, Sendable {
    /// What it amounts to, with what belongs to each case.
    public enum Outcome: Equatable, Sendable {
        /// An amount is owed.
        case charged(Decimal)
        /// The rules exempt.
        case exempt
        /// Nothing is owed in this period.
        case notDue
        /// Facts are missing that still matter; the amount lies within the bounds, where they can be known.
        case needsFacts([Missing], Bounds?)
        /// The rules say nothing, or two things.
        case noRule
        /// Something told is not acceptable.
        case rejected([Finding])
    }

    /// What it amounts to, without what belongs to the case.
    public let status: Status

    /// The rounded amount, when it is charged.
    public let amount: Decimal?

    /// Everything that it says. It is fetched when it is first asked for.
    public var record: AnswerRecord { fetched.record }

    private let fetched: Fetched

    init(_ summary: Summary, answered: @escaping @Sendable () -> Answered) {
        status = summary.status
        amount = summary.amount
        fetched = Fetched(answered)
    }

    public subscript<Told>(dynamicMember field: KeyPath<AnswerRecord, Told>) -> Told {
        record[keyPath: field]
    }

    /// What it amounts to, with what belongs to each case.
    public var outcome: Outcome {
        switch status {
        case .charged: return .charged(amount ?? 0)
        case .exempt: return .exempt
        case .notDue: return .notDue
        case .needsFacts: return .needsFacts(record.missing, record.bounds)
        case .noRule: return .noRule
        case .rejected: return .rejected(record.findings)
        }
    }

    /// Why it is so, in words: Chinese for `zh`, English for every other language. With steps if it was asked with them.
    public func explain(_ language: String, format: Format = .text) -> String {
        fetched.answered().explain(language: language, format: format)
    }

    /// What a form shows: what is missing and the findings, in a language.
    public func issues(_ language: String) -> [Issue] {
        fetched.answered().issues(language: language)
    }

    /// The answer as canonical JSON: the same bytes in every language.
    public func toJson() -> String {
        fetched.answered().toJson()
    }

    public static func == (one: Answer, other: Answer) -> Bool {
        one.record == other.record
    }
}

/// What an answer says beside its amount; copies of an answer share it. The lock guards `kept`.
private final class Fetched: @unchecked Sendable {
    let answered: @Sendable () -> Answered
    private let lock = NSLock()
    private var kept: AnswerRecord?

    init(_ answered: @escaping @Sendable () -> Answered) {
        self.answered = answered
    }

    var record: AnswerRecord {
        lock.lock()
        defer { lock.unlock() }
        if let kept { return kept }
        let record = answered().answer()
        kept = record
        return record
    }
}

extension Answer: CustomStringConvertible {
    /// What it is about and what it amounts to, never an amount or a fact.
    public var description: String {
        "Answer(charge: \(record.charge), period: \(record.period), status: \(status))"
    }
}
