#!/usr/bin/env bash
# Builds the engine for Android into a folder for each ABI: `ANDROID_NDK_HOME=… libraries.sh FOLDER`.
#
# Needs Rust with the targets below (`rustup target add …`) and an Android NDK, r27 or newer. The size of pages is asked for
# in `.cargo/config.toml` and checked here.
set -eu
top=$(cd "$(dirname "$0")/../../.." && pwd)
folder=$1
level=26 # as in AndroidManifest.xml

case $(uname -s) in
    Darwin) host=darwin-x86_64 ;;
    *) host=linux-x86_64 ;;
esac
tools=$ANDROID_NDK_HOME/toolchains/llvm/prebuilt/$host/bin

# build TARGET ABI COMPILER
build() {
    local target=$1 abi=$2 compiler=$3
    local variable
    variable=CARGO_TARGET_$(echo "$target" | tr 'a-z-' 'A-Z_')_LINKER
    (cd "$top" && env "$variable=$tools/$compiler$level-clang" cargo build --release --package rollbook-uniffi --target "$target")
    mkdir -p "$folder/$abi"
    cp "$top/target/$target/release/librollbook_uniffi.so" "$folder/$abi/"
    "$tools/llvm-strip" "$folder/$abi/librollbook_uniffi.so"
    # Phones of today load libraries by pages of 16 KiB: every segment is aligned to that.
    if "$tools/llvm-readelf" --program-headers --wide "$folder/$abi/librollbook_uniffi.so" |
        awk '$1 == "LOAD" && $NF != "0x4000" { wrong = 1 } END { exit !wrong }'; then
        echo "$abi: a segment is not aligned to 16 KiB" >&2
        exit 1
    fi
}

build aarch64-linux-android arm64-v8a aarch64-linux-android
build x86_64-linux-android x86_64 x86_64-linux-android
