#!/usr/bin/env bash
# case.sh NAME DIR PORT: runs one case in a process of its own and prints its one line. Started by ../run.
set -u
LIB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
INTEROP=${LIB%/*}
ROOT=${INTEROP%/*}
CASE=$1 CASE_DIR=$2 PORT=$3
mkdir -p "$CASE_DIR"
for part in common ua kamailio baresip sipp; do
  # shellcheck source=/dev/null
  . "$LIB/$part.sh"
done
for part in "$INTEROP"/cases/*.sh "$INTEROP"/matrix/*.sh; do
  # shellcheck source=/dev/null
  . "$part"
done
trap stop_all EXIT
trap 'fail "it took too long or was interrupted"' TERM INT
exec 2> "$CASE_DIR/shell.log"
"case_${CASE//-/_}"
pass
