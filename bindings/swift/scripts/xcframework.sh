#!/usr/bin/env bash
# Builds RollbookFFI.xcframework beside Package.swift: the engine for iPhones, the simulator and Macs.
#
# Needs a Mac with Xcode, and Rust with the targets below (`rustup target add …`).
set -eu
package=$(cd "$(dirname "$0")/.." && pwd)
top=$(cd "$package/../.." && pwd)
built=$top/target/xcframework
# As in Package.swift.
export IPHONEOS_DEPLOYMENT_TARGET=15.0 MACOSX_DEPLOYMENT_TARGET=12.0

if [ "$(uname -s)" != Darwin ]; then
    echo "an XCFramework is made by xcodebuild, which only a Mac has" >&2
    exit 1
fi

phone=aarch64-apple-ios
simulators="aarch64-apple-ios-sim x86_64-apple-ios"
macs="aarch64-apple-darwin x86_64-apple-darwin"

for target in $phone $simulators $macs; do
    (cd "$top" && cargo build --release --package rollbook-uniffi --target "$target")
done

rm -rf "$built" "$package/RollbookFFI.xcframework"
mkdir -p "$built/phone" "$built/simulator" "$built/mac"

# library TARGET: where its static library lies
library() { echo "$top/target/$1/release/librollbook_uniffi.a"; }
# fat FOLDER TARGET…: one library for several processors
fat() {
    local folder=$1 libraries=()
    shift
    for target in "$@"; do libraries+=("$(library "$target")"); done
    lipo -create "${libraries[@]}" -output "$built/$folder/librollbook_uniffi.a"
}
fat phone $phone
fat simulator $simulators
fat mac $macs

# The headers lie in a folder of their own name, so that two frameworks in one app do not overwrite each other's.
headers=$built/headers/RollbookFFI
mkdir -p "$headers"
cp "$package/Sources/RollbookFFI/RollbookFFI.h" "$headers/"
# A framework links its library itself.
grep -v '^ *link ' "$package/Sources/RollbookFFI/module.modulemap" >"$headers/module.modulemap"

xcodebuild -create-xcframework \
    -library "$built/phone/librollbook_uniffi.a" -headers "$built/headers" \
    -library "$built/simulator/librollbook_uniffi.a" -headers "$built/headers" \
    -library "$built/mac/librollbook_uniffi.a" -headers "$built/headers" \
    -output "$package/RollbookFFI.xcframework"
