import Foundation

/// A call that cannot be answered at all: the one error of this package.
///
/// ``code`` and ``params`` are the contract, the message is for people. A fact that does not fit is no error: the answer is
/// rejected, and its finding names the fact.
public struct RollbookError: LocalizedError, Equatable, Sendable {
    /// What kind of error it is.
    public let code: ErrorCode
    /// What is wrong, for people: English, lowercase, without a full stop.
    public let message: String
    /// What the message is filled with, by name.
    public let params: [String: String]
    /// Where in the text it is, when a text was read.
    public let position: Position?
    /// What is wrong with a rule set that is refused; empty for every other code.
    public let diagnostics: [Diagnostic]

    public var errorDescription: String? { message }

    init(_ failure: Failure) {
        code = failure.code
        message = failure.text
        params = failure.params
        position = failure.position
        diagnostics = failure.diagnostics
    }

    static func wrongType(_ name: String, _ given: String, _ wanted: String) -> RollbookError {
        RollbookError(Rollbook.wrongType(name: name, given: given, wanted: wanted))
    }
}

extension ErrorCode {
    /// The code as it is written in every language: `wrong_type`.
    public var text: String {
        switch self {
        case .refusedRuleSet: return "refused_rule_set"
        case .unknownRuleSet: return "unknown_rule_set"
        case .unknownCharge: return "unknown_charge"
        case .noCharge: return "no_charge"
        case .unknownSetting: return "unknown_setting"
        case .badSetting: return "bad_setting"
        case .notSetAside: return "not_set_aside"
        case .badPeriod: return "bad_period"
        case .badDate: return "bad_date"
        case .wrongType: return "wrong_type"
        case .closed: return "closed"
        case .notLoaded: return "not_loaded"
        case .badRequest: return "bad_request"
        case .notCompiled: return "not_compiled"
        case .wrongHash: return "wrong_hash"
        }
    }
}

/// Calls the engine, and throws what it refuses as ``RollbookError``.
func asking<Told>(_ call: () throws -> Told) throws -> Told {
    do {
        return try call()
    } catch let CallError.Failed(failure) {
        throw RollbookError(failure)
    }
}
