# lib/Signals.java as the user agent under test. Sourced by ../cases/signals.sh.

# signals_start MODE SERVER [ARGUMENT]: starts it and waits until it is ready; what it says is in $CASE_DIR/signals.out.
signals_start() {
  local sip
  java_program Signals
  port ua; sip=$REPLY
  SIGNALS_OUT=$CASE_DIR/signals.out
  mkfifo "$CASE_DIR/signals.in"
  exec {SIGNALS_FD}<> "$CASE_DIR/signals.in"
  "${PROGRAM[@]}" "$1" "$sip" "${@:2}" \
    < "$CASE_DIR/signals.in" > "$SIGNALS_OUT" 2> "$CASE_DIR/signals.err" {SIGNALS_FD}>&- &
  SIGNALS_PID=$!
  track "$!"
  wait_for 30 signals_said_or_ended '^ready$' 1
  has_line "$SIGNALS_OUT" '^ready$' || { last_words "$CASE_DIR/signals.err"; fail "the program did not start: $REPLY"; }
}

signals() { printf '%s\n' "$1" >&"$SIGNALS_FD"; }

signals_said_or_ended() { has_line "$SIGNALS_OUT" "$1" "$2" || gone "$SIGNALS_PID"; }

# signals_say REGEX [SECONDS [COUNT]]
signals_say() {
  wait_for "${2:-10}" signals_said_or_ended "$1" "${3:-1}"
  has_line "$SIGNALS_OUT" "$1" "${3:-1}" || { last_words "$SIGNALS_OUT"; fail "it did not say $1 but: $REPLY"; }
}

signals_stop() {
  signals quit
  wait_for 10 gone "$SIGNALS_PID" || fail "the program still runs 10 s after quit"
}

# at_sipp: sets REPLY to where SIPp waits.
at_sipp() { port sipp; REPLY=127.0.0.1:$REPLY; }

# wire ID REGEX WHAT: SIPp must have received a message with such a line.
wire() {
  sipp_log "$1" count "(?m)$2"
  [ "$REPLY" -ge 1 ] || fail "nothing that SIPp received has $3"
}
