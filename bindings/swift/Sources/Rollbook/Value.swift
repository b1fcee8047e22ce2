import Foundation

/// The facts of one member or organisation: a value under the name of each fact that is known. A fact that is not in the
/// dictionary is unknown, which is not zero.
public typealias Facts = [String: Value]

/// Values may be written as they are: `["stage": "full", "base": Value(amount), "hardship": false]`.
///
/// There is no value from a `Double`, because it carries no exact amount; a literal with a decimal point does not compile.
extension Value: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
    public init(stringLiteral text: String) {
        self = .text(text: text)
    }

    public init(booleanLiteral yes: Bool) {
        self = .yesNo(yes: yes)
    }

    public init(integerLiteral number: Int) {
        self = .number(digits: String(number))
    }

    /// A text, which is read by the kind of its fact: `5400.50`, `waged`, `2026-11-23`.
    public init(_ text: String) {
        self = .text(text: text)
    }

    /// An exact number.
    ///
    /// A `Decimal` that was written as a literal with a decimal point, `let pay: Decimal = 5400.1`, has been a float on its
    /// way; `Decimal(string: "5400.1")` has not.
    public init(_ number: Decimal) {
        self = .number(digits: number.engineText)
    }

    /// A whole number.
    public init<Number: BinaryInteger>(_ number: Number) {
        self = .number(digits: String(number))
    }

    /// Yes or no.
    public init(_ yes: Bool) {
        self = .yesNo(yes: yes)
    }

    /// A day.
    public init(_ day: CivilDate) {
        self = .date(day: day.description)
    }

    /// A value that changed: what it was from which day on.
    public init(_ history: [(from: CivilDate, value: Value)]) {
        self = .history(dated: history.map { Dated(from: $0.from.description, value: $0.value) })
    }

    /// A value of whatever type a dictionary of the host holds.
    ///
    /// - Parameters:
    ///   - any: `String`, `Decimal`, an integer, `Bool`, ``CivilDate``, a list of strings or of dictionaries.
    ///   - name: the name of the fact, for the error.
    /// - Throws: ``RollbookError`` with ``ErrorCode/wrongType`` for everything else, floats and moments among it.
    public init(any: Any, name: String) throws {
        switch any {
        case let value as Value: self = value
        case let text as String: self.init(text)
        case is Double, is Float: throw RollbookError.wrongType(name, "a \(type(of: any)), which is a binary float", "Decimal(string: \"5400.50\")")
        case is Date: throw RollbookError.wrongType(name, "a Date, which is a moment", "CivilDate")
        case let number as Decimal: self.init(number)
        case let yes as Bool: self.init(yes)
        case let number as any BinaryInteger: self.init(number)
        case let day as CivilDate: self.init(day)
        case let words as [String]: self = .words(words: words)
        case let records as [[String: Any]]:
            self = .records(records: try records.enumerated().map { number, record in
                try Dictionary(uniqueKeysWithValues: record.map { field, value in
                    (field, try Value(any: value, name: "\(name)/\(number)/\(field)"))
                })
            })
        default:
            throw RollbookError.wrongType(name, "a \(type(of: any))", "String, Decimal, Int, Bool, CivilDate, or a list of strings or dictionaries")
        }
    }
}
