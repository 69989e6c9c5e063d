#!/usr/bin/env bash
# Links the runtime images that users make (all, headless, headless with one codec) with every JDK given, starts each, has each complete a
# call of its own and one whose sound is encrypted with keys by DTLS, and prints sizes and start-up times beside those of the all-in-one
# jar. Fails when one does not start, a call fails, or a headless image is over 60 MB (57 MiB).
# Usage: distribution/images.sh [JAVA_HOME...]   (default: JAVA_HOME or the java of the path)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
limit=57 # MiB, as du counts them: 60 MB are 57.2
[ $# -gt 0 ] || set -- "${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}"

# What starts is started five times; the middle of the five stands in the table.
start_ms() { # COMMAND... -> ms
  for _ in 1 2 3 4 5; do
    local began
    began=$(date +%s%N)
    "$@" --version >"$work/version" 2>&1 || { cat "$work/version" >&2; return 1; }
    echo $((($(date +%s%N) - began) / 1000000))
  done | sort -n | sed -n 3p
}

call() { # COMMAND... -> what the call's summary says of quality
  if ! "$@" demo --encrypted --output "$work/sound" >"$work/demo" 2>&1 || ! grep -q 'keys by DTLS' "$work/demo" \
      || ! "$@" demo --output "$work/sound" >"$work/demo" 2>&1; then
    cat "$work/demo" >&2
    return 1
  fi
  grep -o 'MOS [0-9.]*' "$work/demo" | tail -n 1
}

row() { printf '%-34s %8s %12s   %s\n' "$@"; }

failed=0
try() { # NAME MIB COMMAND...
  local name=$1 size=$2 ms said
  shift 2
  if ms=$(start_ms "$@") && said=$(call "$@"); then
    row "$name" "$size" "$ms" "$said"
  else
    row "$name" "$size" - "FAILED"
    failed=1
  fi
}

mib() { du -sm "$1" | cut -f1; }

row "what" "MiB" "--version ms" "demo calls"
modules=""
for home in "$@"; do
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
  for kind in all headless g711; do
    image=$work/$version-$kind
    said=$work/link
    options=(JAVA_HOME="$home" EARSHOT_MODULES="$modules")
    [ "$kind" = all ] || options+=(EARSHOT_HEADLESS=1)
    [ "$kind" != g711 ] || options+=(CODECS=g711)
    env "${options[@]}" "$root/distribution/jlink.sh" "$image" >"$said" 2>&1 || { cat "$said" >&2; exit 1; }
    if [ -z "$modules" ]; then # the first image was built from source: the others take what it was made of
      modules=$work/modules
      cp -r "$root/distribution/target/modules" "$modules"
    fi
    size=$(mib "$image")
    try "image, JDK $version, $kind" "$size" "$image/bin/earshot"
    if [ "$kind" != all ] && [ "$size" -gt "$limit" ]; then
      echo "images.sh: $size MiB is over the $limit MiB that a headless image may have" >&2
      failed=1
    fi
    rm -rf "$image"
  done
  try "earshot-all.jar, JDK $version" "$(mib "$root/distribution/target/earshot-all.jar")" \
      "$home/bin/java" -jar "$root/distribution/target/earshot-all.jar"
done
exit "$failed"
