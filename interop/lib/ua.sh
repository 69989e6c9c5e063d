# The user agent under test: the only file that knows which program that is and how it is spoken to.
#
# It is a program that takes key=value arguments, writes WPNOTIFICATION lines to stdout and reads
# ?function=… lines from stdin. INTEROP_UA names it; without that it is ./earshot of this repository.
# INTEROP_UA_ARGS adds arguments, e.g. "loglevel=5 events=3".

UA_PROGRAM=${INTEROP_UA:-$ROOT/earshot}
declare -A UA_PID=() UA_FD=()

# ua_start NAME key=value…: starts it and waits until it accepts commands.
ua_start() {
  local name=$1 dir=$CASE_DIR/$1 fd sip rtp
  shift
  mkdir -p "$dir"
  mkfifo "$dir/in"
  exec {fd}<> "$dir/in"
  port ua; sip=$REPLY
  port ua-rtp; rtp=$REPLY
  (
    cd "$dir" || exit 1
    # bash starts what runs in the background with SIGINT ignored, and a JVM would leave it so
    # shellcheck disable=SC2086
    exec env --default-signal=INT "$UA_PROGRAM" iscommandline=true "localip=$ADDRESS" "signalingport=$sip" "rtpport=$rtp" \
      audiosource=tone:440 "recordto=$dir/call-%c.wav" events=2 ${INTEROP_UA_ARGS:-} "$@" \
      < in > out 2> err {fd}>&-
  ) &
  UA_PID[$name]=$!
  UA_FD[$name]=$fd
  track "$!"
  HASTY[$!]=KILL # a case that wants to see it end ends it by ua_stop
  ua_wait "$name" '^WPNOTIFICATION,START,sip,' 40 || {
    signal QUIT "${UA_PID[$name]}" && sleep 1 # what its threads do is in "out" then
    cat "$dir/out" "$dir/err" | grep -aE 'ERROR|earshot:' > "$dir/why"
    last_words "$dir/why"
    fail "$name did not start: $REPLY"
  }
}

# ua_cmd NAME LINE
ua_cmd() { printf '%s\n' "$2" >&"${UA_FD[$1]}"; }

# ua_wait NAME REGEX [SECONDS [COUNT]]: until that many matching lines were printed, or the program ended.
ua_wait() {
  wait_for "${3:-10}" ua_said_or_ended "$1" "$2" "${4:-1}"
  has_line "$CASE_DIR/$1/out" "$2" "${4:-1}"
}
ua_said_or_ended() { has_line "$CASE_DIR/$1/out" "$2" "$3" || gone "${UA_PID[$1]}"; }

# ua_count NAME REGEX: sets REPLY.
ua_count() { count_lines "$CASE_DIR/$1/out" "$2"; }

# ua_stop NAME [SIGNAL]: by API_Exit, or by a signal; the exit code must be 0 within ten seconds.
ua_stop() {
  local pid=${UA_PID[$1]} fd=${UA_FD[$1]} code
  if [ -n "${2:-}" ]; then signal "$2" "$pid"; else ua_cmd "$1" '?function=API_Exit'; fi
  wait_for 10 gone "$pid" || fail "$1 still runs 10 s after ${2:-API_Exit}"
  wait "$pid"
  code=$?
  exec {fd}>&-
  [ "$code" = 0 ] || fail "$1 ended with exit code $code after ${2:-API_Exit}"
}

# ua_recording NAME [N]: sets REPLY to the stereo WAV of its Nth call: left what it heard, right what it sent.
ua_recording() { REPLY=$CASE_DIR/$1/call-${2:-1}.wav; }

# ua_reason NAME [N]: sets REPLY to the disconnect reason ("code text") of the Nth call record.
ua_reason() {
  REPLY=$(grep -a '^WPNOTIFICATION,CDR,' "$CASE_DIR/$1/out" | sed -n "${2:-1}p" | cut -d, -f11)
}

# What the cases wait for, by name.
UA_REGISTERED='^WPNOTIFICATION,STATUS,-1,Registered'
UA_RINGING_OUT='^WPNOTIFICATION,STATUS,[0-9]+,Ringing,[^,]*,[^,]*,1,'
UA_RINGING_IN='^WPNOTIFICATION,STATUS,[0-9]+,Ringing,[^,]*,[^,]*,2,'
UA_SPEAKING='^WPNOTIFICATION,STATUS,[0-9]+,(CallConnect),'
UA_ENDED='^WPNOTIFICATION,CDR,'

ua_registered() { ua_wait "$1" "$UA_REGISTERED" "${2:-10}" || { last_words "$CASE_DIR/$1/out"; fail "$1 did not register: $REPLY"; }; }
ua_speaking() { ua_wait "$1" "$UA_SPEAKING" "${2:-10}" "${3:-1}" || { last_words "$CASE_DIR/$1/out"; fail "$1: the call was not connected: $REPLY"; }; }
ua_ended() { ua_wait "$1" "$UA_ENDED" "${2:-10}" "${3:-1}" || { last_words "$CASE_DIR/$1/out"; fail "$1: the call did not end: $REPLY"; }; }

# ua_call NAME TARGET
ua_call() { ua_cmd "$1" "?function=API_Call&line=-1&peer=$2"; }
ua_hangup() { ua_cmd "$1" '?function=API_Hangup&line=-1'; }
