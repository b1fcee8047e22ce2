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

extension ErrorCode: CustomStringConvertible {
    /// The code as it is written in every language: `wrong_type`.
    public var description: String {
        var text = ""
        for character in String(reflecting: self).split(separator: ".").last ?? "" {
            text += character.isUppercase ? "_" + character.lowercased() : String(character)
        }
        return text
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
