#!/usr/bin/env bash
# Publishes Earshot into a folder and builds and tests this codec against that, as somebody else would, with a local repository of its
# own, so that nothing of it stays in yours. Usage: examples/third-party-codec/run.sh [MAVEN OPTION…], e.g. -o.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
published=$here/target/published
own=$here/target/m2
rm -rf "$published" "$own"
mkdir -p "$published"
# Links save the download of what is there already; Earshot itself must come from the folder.
cp -al "$HOME/.m2/repository" "$own" 2> /dev/null || cp -r "$HOME/.m2/repository" "$own" || mkdir -p "$own"
rm -rf "$own/io/earshot"

(cd "$root" && mvn -q -B "$@" -DskipTests -Dmaven.repo.local="$own" -DaltDeploymentRepository="earshot::file://$published" \
    -pl sdk-facade,testkit,sip-transport-udp -am deploy)
[ ! -e "$own/io/earshot" ] || rm -rf "$own/io/earshot"
mvn -q -B "$@" -Daether.offline.protocols=file -Dmaven.repo.local="$own" -Dearshot.repository="file://$published" -f "$here/pom.xml" verify
[ -d "$own/io/earshot/sdk-api" ] || { echo "run.sh: Earshot did not come from $published" >&2; exit 1; }
echo "com.example:dvi4-codec builds and passes against $(find "$published" -name '*.jar' | wc -l) published artifacts"
rm -rf "$own"
