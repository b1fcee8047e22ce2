import Foundation

/// An exact number: a decimal with the decimals that it needs, or a fraction such as `100/3`, which no decimal can write.
public struct Exact: Hashable, Sendable, CustomStringConvertible {
    /// The number as the rule set writes it: `81`, `14.99995`, `100/3`.
    public let text: String

    /// The number as a decimal; nil where it is a fraction.
    public var decimal: Decimal? { try? Decimal(engine: text) }

    public var description: String { text }
}

extension Decimal {
    /// A decimal from the plain digits of the engine, by no way through a float.
    ///
    /// The engine's numbers have at most 128 bits, as many as a `Decimal` holds, so that none is ever rounded here.
    init(engine text: String) throws {
        let plain = text.utf8.allSatisfy { (48...57).contains($0) || $0 == 45 || $0 == 46 }
        guard plain, let number = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) else {
            throw UnreadableText(text: text)
        }
        self = number
    }

    /// The plain digits, `1000` for `1E+3`; `NaN` where it is no number, which the engine refuses by the name of its fact.
    var engineText: String { description }
}
