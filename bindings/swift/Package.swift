// swift-tools-version: 5.9
import PackageDescription

// On Linux the engine is a static library that the linker is told of (`-Xlinker -L…`); for Apple's systems it lies in an
// XCFramework beside this file, which `scripts/xcframework.sh` builds.
#if os(Linux)
let engine = Target.systemLibrary(name: "RollbookFFI")
#else
let engine = Target.binaryTarget(name: "RollbookFFI", path: "RollbookFFI.xcframework")
#endif

let package = Package(
    name: "Rollbook",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "Rollbook", targets: ["Rollbook"])],
    targets: [
        engine,
        .target(name: "Rollbook", dependencies: ["RollbookFFI"]),
        .testTarget(name: "RollbookTests", dependencies: ["Rollbook"]),
    ]
)
