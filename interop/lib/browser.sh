# A browser without a window, with JsSIP as a web phone in it: real WebRTC. Sourced by the cases, after jssip.sh.

# browser_found [firefox]: sets BROWSER_PROGRAM; to be asked before anything is started, as without one the case is not run.
browser_found() {
  if [ "${1:-chromium}" = firefox ]; then
    BROWSER_PROGRAM=$(command -v firefox-esr || command -v firefox) || skip "no firefox here, and it cannot be installed"
    command -v pulseaudio > /dev/null || skip "no pulseaudio here, without which Firefox measures no sound"
    note "Firefox $("$BROWSER_PROGRAM" --version 2> /dev/null | sed 's/[^0-9]*\([0-9]*\).*/\1/')"
  else
    BROWSER_PROGRAM=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
      skip "no chromium here, and it cannot be installed"
  fi
  command -v node > /dev/null || fail "node is not there"
  jssip_modules
}

# browser_start USER [--hide]: registered over WebSocket at $WS_URI, with a tone of 880 Hz as its microphone. With --hide pages have no
# leave to use that, and hide their addresses behind names of mDNS.
browser_start() {
  local user=$1 modules dir=$CASE_DIR/browser
  shift
  jssip_modules; modules=$REPLY
  mkdir -p "$dir/profile"
  python3 -c 'import math, struct, sys, wave
with wave.open(sys.argv[1], "wb") as out:
    out.setnchannels(1), out.setsampwidth(2), out.setframerate(48000)
    out.writeframes(b"".join(struct.pack("<h", round(8000 * math.sin(2 * math.pi * 880 * n / 48000))) for n in range(48000 * 2)))' "$dir/tone.wav"
  [[ $BROWSER_PROGRAM != *firefox* ]] || browser_speaker "$dir/pulse"
  BROWSER_LOG=$dir/said BROWSER_FROM=1
  : > "$BROWSER_LOG"
  mkfifo "$dir/in"
  exec {BROWSER_FD}<> "$dir/in"
  (
    cd "$dir" || exit 1
    exec node --experimental-websocket --no-warnings "$LIB/browser.js" "$BROWSER_PROGRAM" "$modules" "$dir/profile" "$dir/tone.wav" "$user" "secret-$user" "$WS_URI" "${SERVER%:*}" "$@" \
      < in >> said 2> err {BROWSER_FD}>&-
  ) &
  BROWSER_PID=$!
  track "$BROWSER_PID"
  browser_wait '^registered' 60 || { cat "$BROWSER_LOG" "$dir/err" > "$dir/why"; last_words "$dir/why"; fail "the browser did not register: $REPLY"; }
}

# browser_speaker DIR: a speaker that nobody hears, as the clock of Firefox's sound is that of its device.
browser_speaker() {
  mkdir -p -m 700 "$1/run"
  export PULSE_SERVER=unix:$1/socket XDG_RUNTIME_DIR=$1/run PULSE_COOKIE=$1/cookie
  HOME=$1 pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --load="module-null-sink sink_name=speaker" \
    --load="module-native-protocol-unix socket=$1/socket auth-anonymous=1" >> "$1/log" 2>&1 < /dev/null &
  track "$!"
  wait_for 5 test -S "$1/socket" || { last_words "$1/log"; fail "pulseaudio did not start: $REPLY"; }
}

# browser_do COMMAND: call URI, hum URI, dtmf KEYS, hold, unhold, hangup, stats; see browser-page.js.
browser_do() { printf '%s\n' "$1" >&"$BROWSER_FD"; }
browser_wait() { wait_for "${2:-10}" browser_said_or_ended "$1" "${3:-1}"; browser_has "$1" "${3:-1}"; }
browser_said_or_ended() { browser_has "$1" "$2" || gone "$BROWSER_PID"; }
browser_has() { [ "$(tail -n "+$BROWSER_FROM" "$BROWSER_LOG" | grep -acE -- "$1")" -ge "$2" ]; }

# browser_said REGEX [SECONDS [COUNT]]
browser_said() { browser_wait "$@" || { last_words "$BROWSER_LOG"; fail "the browser did not say '$1': $REPLY"; }; }

# browser_then COMMAND: the same, and what it said before does not count any more.
browser_then() { browser_from_now; browser_do "$1"; }
browser_from_now() { BROWSER_FROM=$(($(wc -l < "$BROWSER_LOG") + 1)); }

# browser_stats CODEC: its own figures of the call, as a note; sound must have gone both ways, under DTLS, in that codec.
browser_stats() {
  wait_for 12 browser_flows || fail "the browser's figures: $REPLY"
  BROWSER_FIGURES=$REPLY
  [[ $REPLY =~ srtp=([A-Z0-9_]+) && $NOTES != *${BASH_REMATCH[1]}* ]] && note "${BASH_REMATCH[1]}"
  [[ $REPLY =~ codec=([^ ]+) && ${BASH_REMATCH[1]}+ =~ ^(audio/$1\+)+$ ]] || fail "the codec is not $1 alone: $REPLY"
  [[ $NOTES == *$1* ]] || note "$1"
}

# browser_balance CALL: what went and what came at either end of a call that is over, by the last figures of the browser and by ours.
browser_balance() {
  local ours received lost sent came went
  ua_wait ua 'LOG.*RTP: sent ' 5 "$1"
  ours=$(grep -a 'LOG.*RTP: sent ' "$CASE_DIR/ua/out" | sed -n "$1p")
  for REPLY in received lost sent came went; do
    [[ $BROWSER_FIGURES =~ \ $REPLY=([0-9]+) ]] || fail "the browser's figures have no $REPLY: $BROWSER_FIGURES"
    printf -v "$REPLY" %s "${BASH_REMATCH[1]}"
  done
  [[ $ours =~ sent\ ([0-9]+)\ .*\ rec:\ ([0-9]+)\  ]] || fail "we have no figures of the call: $ours"
  [ "${BASH_REMATCH[2]}" -ge $((sent * 9 / 10)) ] || fail "of $sent packets of the browser ${BASH_REMATCH[2]} came"
  [ "${BASH_REMATCH[1]}" -ge "$received" ] && [ "$lost" -le $((received / 10)) ] || fail "of ${BASH_REMATCH[1]} packets of ours the browser got $received and lost $lost"
  [ "$came" -ge $((received * 20)) ] && [ "$went" -ge $((sent * 20)) ] || fail "$came bytes in $received packets came, $went in $sent went"
  note "by the browser $sent packets of $went bytes, from us $received of $came"
}
browser_flows() {
  local before
  before=$(tail -n "+$BROWSER_FROM" "$BROWSER_LOG" | grep -ac '^stats ')
  browser_do stats
  browser_said '^stats ' 5 $((before + 1))
  REPLY=$(grep -a '^stats ' "$BROWSER_LOG" | tail -n 1)
  [[ $REPLY == *dtls=connected* && $REPLY =~ \ sent=([0-9]+) && ${BASH_REMATCH[1]} -gt 100 && $REPLY =~ received=([0-9]+) && ${BASH_REMATCH[1]} -gt 100 ]]
}

# browser_stop: by the end of its input; what we described to it must have been right.
browser_stop() {
  exec {BROWSER_FD}>&-
  wait_for 6 gone "$BROWSER_PID" || stop "$BROWSER_PID"
  REPLY=$(python3 "$LIB/webrtcsdp.py" "$BROWSER_LOG" 2>&1) || fail "$REPLY"
  note "$REPLY"
}
