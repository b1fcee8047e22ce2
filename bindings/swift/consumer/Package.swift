// swift-tools-version: 5.9
import PackageDescription

// A package that has just been made and takes Rollbook as its only dependency. Its program is the one of the README.
let package = Package(
    name: "consumer",
    dependencies: [.package(name: "Rollbook", path: "../package")],
    targets: [.executableTarget(name: "consumer", dependencies: [.product(name: "Rollbook", package: "Rollbook")])]
)
