# SIPp as the peer: scenarios in ../sipp, written out by lib/scenario.py.

declare -A SIPP_PID=()

# sipp_start NAME ID [-v NAME=VALUE…] [SIPP OPTION…]: the scenario NAME, its logs in the folder ID.
# A scenario calls-… needs a destination last; one named answers-… waits for the user agent at the port
# `port sipp` (or sipp2, when ID is sipp2).
sipp_start() {
  local scenario=$1 id=$2 dir=$CASE_DIR/$2 values=(LINGER=0 RING=300) options=() local_port media calls=1
  shift 2
  while [ $# -gt 0 ]; do
    case $1 in
      -v) values+=("$2"); shift 2 ;;
      -m) calls=$2; options+=("$1" "$2"); shift 2 ;;
      *) options+=("$1"); shift ;;
    esac
  done
  [ "$calls" != 1 ] || options=(-m 1 "${options[@]}")
  mkdir -p "$dir"
  case $id in sipp2) port sipp2 ;; *) port sipp ;; esac
  local_port=$REPLY
  case $id in sipp2) port sipp2-rtp ;; *) port sipp-rtp ;; esac
  media=$REPLY
  # of several values for one name the last counts: the first replaces, so they are turned round
  local turned=() value
  for value in "${values[@]}"; do turned=("$value" "${turned[@]}"); done
  python3 "$LIB/scenario.py" "$INTEROP/sipp/$scenario.xml" "${turned[@]}" > "$dir/scenario.xml" 2> "$dir/errors.log" ||
    { last_words "$dir/errors.log"; fail "scenario $scenario: $REPLY"; }
  (
    cd "$dir" || exit 1
    exec sipp -sf scenario.xml -nostdin -t "${SIPP_TRANSPORT:-u1}" -i "$ADDRESS" -p "$local_port" -cp $((local_port + 1)) -mi "$ADDRESS" \
      -mp "$media" -trace_msg -message_file messages.log -trace_err -error_file errors.log \
      -trace_stat -stf stat.csv -fd 1 -timeout 100s -timeout_error -skip_rlimit "${options[@]}" < /dev/null > out 2>&1
  ) &
  SIPP_PID[$id]=$!
  track "$!"
  wait_for 5 sipp_up_or_gone "$local_port" "${SIPP_PID[$id]}" || { last_words "$dir/out"; fail "SIPp did not start: $REPLY"; }
}
sipp_up_or_gone() { udp_bound "$1" || [ -n "$(ss -Htan "sport = :$1")" ] || gone "$2"; }

# echo_start: an echo of RTP; sets ECHO to the options for sipp_start that put it into the SDP.
echo_start() {
  local pid port
  port echo-rtp
  port=$REPLY
  python3 "$LIB/rtpecho.py" "$port" > "$CASE_DIR/echo.log" 2>&1 &
  pid=$!
  track "$pid"
  wait_for 5 udp_bound "$port" || { last_words "$CASE_DIR/echo.log"; fail "the echo did not start: $REPLY"; }
  ECHO=(-v "MEDIA=$port")
}

# sipp_end ID [SECONDS]: SIPp must end with every call as its scenario says, and what it received must be proper SIP.
sipp_end() {
  local dir=$CASE_DIR/$1 pid=${SIPP_PID[$1]} code why
  wait_for "${2:-20}" gone "$pid" || fail "SIPp ($1) still waits after ${2:-20} s, at: $(sipp_step "$1")"
  wait "$pid"
  code=$?
  if [ "$code" != 0 ]; then
    why=$(grep -aE 'Aborting|Failed|while expecting|timeout|unexpected' "$dir/errors.log" 2> /dev/null | head -n 1 | cut -c1-220 | tr -d '\r')
    fail "SIPp ($1) ended with $code: ${why:-no reason in its log}; last message: $(sipp_step "$1")"
  fi
  why=$(python3 "$LIB/siplog.py" "$dir/messages.log" lint) || fail "not RFC 3261: $why"
}
sipp_step() { python3 "$LIB/siplog.py" "$CASE_DIR/$1/messages.log" ladder 2> /dev/null | tail -n 1 | tr -s ' '; }

# sipp_log ID COMMAND…: sets REPLY to what lib/siplog.py says; its exit code.
sipp_log() { REPLY=$(python3 "$LIB/siplog.py" "$CASE_DIR/$1/messages.log" "${@:2}"); }
