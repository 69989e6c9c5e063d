#!/usr/bin/env bash
# Links an image of the command line program, its plug-ins and the JDK modules they need: nothing else has to be installed to run it.
# Usage: distribution/jlink.sh [FOLDER]   (default distribution/target/image; replaced if there). JAVA_HOME chooses the JDK.
# CODECS="g711 opus" leaves out all codecs but these; without it all are in. CODECS="" leaves out all.
# LEAVE_OUT="media-zrtp upload-ftp" leaves optional modules out, by the names of their folders.
# EARSHOT_HEADLESS=1 leaves the sound card and the window out, and with them java.desktop: for servers.
# EARSHOT_MODULES=FOLDER takes the module jars from there instead of building them (as distribution/images.sh does).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
image=${1:-$root/distribution/target/image}
modules=$root/distribution/target/modules
jdk=""
[ -z "${JAVA_HOME:-}" ] || jdk=$JAVA_HOME/bin/

if [ -e "$image" ] && [ ! -x "$image/bin/earshot" ]; then
  echo "jlink.sh: $image is there and is no image of ours; name another folder" >&2
  exit 1
fi
rm -rf "$modules" "$image"
if [ -n "${EARSHOT_MODULES:-}" ]; then
  cp -r "$EARSHOT_MODULES" "$modules"
else
  # shellcheck disable=SC2016 # Maven resolves the folder, once for each module
  (cd "$root" && mvn -q -B -DskipTests -pl distribution -am package dependency:copy-dependencies \
      -DincludeScope=runtime '-DoutputDirectory=${project.build.directory}/modules')
fi

if [ -n "${CODECS+set}" ]; then
  for jar in "$modules"/codec-*.jar; do
    name=$(basename "$jar" | sed 's/^codec-//; s/-[0-9].*//')
    case " $CODECS " in *" $name "*) ;; *) rm "$jar" ;; esac
  done
  case " $CODECS " in *" opus "*) ;; *) rm -f "$modules"/tp-concentus-*.jar ;; esac
fi
for name in ${LEAVE_OUT:-}; do
  rm "$modules/$name"-[0-9]*.jar
done
[ "${EARSHOT_HEADLESS:-0}" != 1 ] || rm -f "$modules"/audio-javasound-*.jar "$modules"/softphone-*.jar "$modules"/flatlaf-*.jar

ours=$("${jdk}java" --module-path "$modules" --list-modules | sed -n 's/^\([^@ ]*\).* file:.*/\1/p' | paste -sd, -)
case $("${jdk}jlink" --version) in 1[0-9]*) compress=2 ;; *) compress=zip-9 ;; esac

# Of Bouncy Castle only the plain cryptography and DTLS are used: what it has for TLS by Java's own interfaces, old algorithms against quantum
# computers and the signatures of its jars stay out, but for a file of each package, as exported packages must not be empty.
unused=$(mktemp)
trap 'rm -f "$unused"' EXIT
for jar in "$modules"/bc*.jar; do
  [ -e "$jar" ] || continue
  case $(basename "$jar") in
    bcprov*) module=provider parts='pqc/legacy|pqc/jcajce' ;;
    bctls*) module=tls parts='jsse' ;;
    *) module=util parts='oer' ;;
  esac
  "${jdk}jar" tf "$jar" | awk -v module="/org.bouncycastle.$module/" -v parts="^org/bouncycastle/($parts)/" '
    /\/$/ { next }
    /^META-INF/ { print module $0; next }
    $0 ~ parts { folder = $0; sub(/\/[^\/]*$/, "", folder); if (seen[folder]++) print module $0 }' | sed 's/\$/\\$/g' >>"$unused"
done
# With it the numbers of sockets are made objects once and not for each packet: docs/performance.md, "What a turn allocates".
sockets=-XX:AutoBoxCacheMax=20000
"${jdk}java" "$sockets" -version >/dev/null 2>&1 || sockets=""
# jdk.crypto.ec: TLS with today's ciphers. jdk.naming.dns: how dnsjava finds the DNS servers of Windows.
"${jdk}jlink" --module-path "$modules" --add-modules "$ours,jdk.crypto.ec,jdk.naming.dns" --output "$image" \
    --launcher earshot=io.earshot.cli/io.earshot.cli.Main --strip-debug --no-header-files --no-man-pages \
    --compress "$compress" --ignore-signing-information ${sockets:+--add-options="$sockets"} --exclude-resources="@$unused"
# Some JDKs come with the symbols of their libraries, which nobody looks at in an image.
if command -v strip >/dev/null; then
  find "$image/lib" -name '*.so' -exec strip --strip-unneeded {} +
fi
echo "$image: $(du -sm "$image" | cut -f1) MiB, modules $("$image/bin/java" --list-modules | cut -d@ -f1 | paste -sd' ' -)"
"$image/bin/earshot" --version
