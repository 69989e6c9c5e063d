# Sourced by lib/case.sh: the verdict of one case, its processes, its ports and its waits.
#
# CASE       name of the running case           CASE_DIR   its own folder for logs, recordings, sockets
# PORT       first of the hundred loopback ports that belong to this case (see `port`)

NOTES=
# Where everything happens: an address, and the same as a host in URIs. See on_ipv6.
ADDRESS=127.0.0.1 HOST=127.0.0.1

# on_ipv6: the case uses the loopback address of IPv6, or is not run where there is none.
on_ipv6() {
  grep -qs ' lo$' /proc/net/if_inet6 || skip "this machine has no IPv6 on its loopback interface"
  ADDRESS=::1 HOST=[::1]
}

# note TEXT: a measured figure for the verdict line.
note() { NOTES+="${NOTES:+, }$*"; }

# fail REASON: ends the case. Never call it inside $(…), which would end the substitution only.
fail() {
  printf 'FAIL %-30s %s (logs: %s)\n' "$CASE" "$*" "$CASE_DIR"
  exit 1
}

# The case cannot be run here; says why.
skip() {
  printf 'SKIP %-30s %s\n' "$CASE" "$*"
  exit 0
}

pass() {
  printf 'PASS %-30s %s\n' "$CASE" "$NOTES"
  exit 0
}

# port NAME: sets REPLY to a port of this case.
port() {
  case $1 in
    ua) REPLY=$PORT ;;               # the user agent under test, SIP
    ua2) REPLY=$((PORT + 5)) ;;      # another one
    ua2-rtp) REPLY=$((PORT + 50)) ;;
    ua-rtp) REPLY=$((PORT + 40)) ;;  # the user agent under test, RTP from here on
    kamailio) REPLY=$((PORT + 10)) ;;
    baresip) REPLY=$((PORT + 20)) ;; # and the next one, which baresip takes for TLS
    baresip-console) REPLY=$((PORT + 25)) ;;
    baresip-rtp) REPLY=$((PORT + 60)) ;;
    sipp) REPLY=$((PORT + 30)) ;;
    sipp2) REPLY=$((PORT + 32)) ;;
    sipp-rtp) REPLY=$((PORT + 70)) ;;
    sipp2-rtp) REPLY=$((PORT + 74)) ;;
    echo-rtp) REPLY=$((PORT + 78)) ;;
    turn) REPLY=$((PORT + 84)) ;;    # and from the next one on, those that it relays
    tap-ua) REPLY=$((PORT + 80)) ;;
    tap-peer) REPLY=$((PORT + 84)) ;;
    control) REPLY=$((PORT + 90)) ;; # and the next two
    *) fail "no port is named $1" ;;
  esac
}

# --- processes: only what this case started is ever signalled, and only while it is still that process ---

declare -A STARTED=() # pid -> start time, so that a pid used again by somebody else is left alone

start_time() { # PID: sets REPLY
  local stat
  REPLY=
  { read -r stat < "/proc/$1/stat"; } 2> /dev/null || return 1
  set -- ${stat##*) }
  REPLY=${20}
}

# track PID: remembers a process of ours.
track() {
  local REPLY
  start_time "$1" && STARTED[$1]=$REPLY
}

# alive PID: whether it still runs and is the process we started (a zombie does not run).
alive() {
  local stat
  { read -r stat < "/proc/$1/stat"; } 2> /dev/null || return 1
  set -- "$1" ${stat##*) }
  [ "$2" != Z ] && [ "${21}" = "${STARTED[$1]:-}" ]
}

signal() { alive "$2" && kill "-$1" "$2" 2> /dev/null; }

gone() { ! alive "$1"; }

# stop PID [SECONDS]: TERM, and KILL for what does not go.
stop() {
  signal TERM "$1" || return 0
  wait_for "${2:-4}" gone "$1" || signal KILL "$1"
}

declare -A HASTY=() # pids that have nothing to end well, and would wait for others that end too

stop_all() {
  local pid
  for pid in "${!STARTED[@]}"; do signal "${HASTY[$pid]:-TERM}" "$pid"; done
  for pid in "${!STARTED[@]}"; do wait_for 3 gone "$pid" || signal KILL "$pid"; done
}

# --- waits: all bounded ---

# wait_for SECONDS COMMAND…: until COMMAND succeeds.
wait_for() {
  local end=$((${EPOCHREALTIME/./} + $1 * 1000000))
  shift
  until "$@"; do
    [ "${EPOCHREALTIME/./}" -lt "$end" ] || return 1
    sleep 0.1
  done
}

# has_line FILE REGEX [COUNT]: whether at least COUNT lines match.
has_line() {
  local n
  n=$(grep -acE -- "$2" "$1" 2> /dev/null)
  [ "${n:-0}" -ge "${3:-1}" ]
}

count_lines() { REPLY=$(grep -acE -- "$2" "$1" 2> /dev/null) || REPLY=${REPLY:-0}; }

# udp_bound PORT: whether somebody on this machine has bound that UDP port.
udp_bound() { [ -n "$(ss -Hlun "sport = :$1")" ]; }

last_words() { # FILE: sets REPLY to its last lines on one line
  REPLY=$(grep -av '^[[:space:]]*$' "$1" 2> /dev/null | tail -n 2 | cut -c1-160 | tr '\n' ' ')
}

# java_program NAME [JARS [OPTION…]]: sets PROGRAM to the words that start lib/NAME.java, compiled once for all cases of a run; JARS, each with a colon
# before it, are there besides ours, OPTIONs are for java. Words for the program come behind.
java_program() {
  local name=$1 jars=${2:-} home=${JAVA_HOME:+$JAVA_HOME/bin/} jar=$ROOT/distribution/target/earshot-all.jar all=${CASE_DIR%/*}/programs/$1
  [ -f "$jar" ] || "$ROOT/earshot" --version > "$CASE_DIR/built" 2>&1 || { last_words "$CASE_DIR/built"; fail "the jar was not built: $REPLY"; }
  mkdir -p "$all"
  (
    flock 9
    [ -e "$all/compiled" ] || { "${home}javac" -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -cp "$jar$jars" -d "$all" "$LIB/$name.java" > "$all/javac" 2>&1 && : > "$all/compiled"; }
  ) 9> "$all/lock" || { last_words "$all/javac"; fail "$name.java: $REPLY"; }
  # shellcheck disable=SC2206
  PROGRAM=("${home}java" ${INTEROP_JAVA:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC} -Dorg.slf4j.simpleLogger.defaultLogLevel=warn "${@:3}" -cp "$jar$jars:$all" "$name")
}

# --- sound ---

# hears WHO FILE CHANNEL PATTERN…: what lib/tone.py finds in a recording must be PATTERN, and becomes a note.
hears() {
  local who=$1 said
  shift
  [ -n "$1" ] && [ -s "$1" ] || fail "$who: no recording${1:+ $1}"
  said=$(python3 "$LIB/tone.py" "$@") || fail "$who: $said"
  note "$who $said"
}
