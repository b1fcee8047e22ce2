#!/usr/bin/env bash
# Runs a command in a folder with Swift on the path: `linux.sh CACHE FOLDER COMMAND…`.
#
# Where the machine has no Swift of its own, Debian 13 (which has one) is unpacked once below the folder CACHE and entered;
# that needs root and takes a minute or two. The folder is `/rollbook` there, and nothing else of the machine is seen.
set -eu
cache=$1 folder=$2
shift 2

if command -v swift >/dev/null; then
    cd "$folder"
    exec "$@"
fi

if [ "$(id -u)" != 0 ]; then
    echo "there is no swift on the path, and only root can unpack one: install Swift 6" >&2
    exit 1
fi
system=$cache/swift

# Runs a command inside; mounts end with it.
inside() {
    unshare --mount bash -c '
        set -eu
        system=$1 folder=$2
        shift 2
        mkdir -p "$system/rollbook"
        mount --bind /proc "$system/proc"
        mount --bind "$folder" "$system/rollbook"
        exec chroot "$system" bash -c "cd /rollbook && exec \"\$@\"" bash "$@"
    ' bash "$system" "$folder" "$@"
}

if [ ! -f "$system/ready" ]; then
    if ! command -v debootstrap >/dev/null; then
        apt-get update --quiet
        apt-get install --quiet --yes --no-install-recommends debootstrap
    fi
    rm -rf "$system"
    mkdir -p "$system"
    debootstrap --variant=minbase trixie "$system"
    inside apt-get update --quiet
    inside env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends \
        swiftlang libc6-dev libstdc++-14-dev g++ clang
    # Its own libraries lie where the linker does not look.
    printf '/usr/libexec/swift/lib/swift/%s\n' linux host >"$system/etc/ld.so.conf.d/swift.conf"
    inside ldconfig
    touch "$system/ready"
fi
inside "$@"
