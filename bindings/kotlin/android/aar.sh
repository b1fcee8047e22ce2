#!/usr/bin/env bash
# Packs an Android archive: `aar.sh CLASSES ARCHIVE [LIBRARIES]`.
#
# CLASSES is the folder of the compiled package, LIBRARIES the one that `libraries.sh` filled, with a folder for each ABI.
# Without LIBRARIES the archive has everything but the engine: that is what the tests look at.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
classes=$1 archive=$2 libraries=${3:-}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

metadata=$folder/META-INF/com/android/build/gradle
mkdir -p "$metadata"
cp "$here/AndroidManifest.xml" "$folder/AndroidManifest.xml"
cp "$here/aar-metadata.properties" "$metadata/aar-metadata.properties"
cp "$here/keep.pro" "$folder/proguard.txt"
: >"$folder/R.txt"
# The engines of desktops, which the jar carries, have no place on a phone.
jar --create --no-manifest --file "$folder/classes.jar" -C "$classes" org -C "$classes" META-INF
if [ -n "$libraries" ]; then
    mkdir "$folder/jni"
    cp -R "$libraries"/. "$folder/jni/"
fi
jar --create --no-manifest --file "$archive" -C "$folder" .
