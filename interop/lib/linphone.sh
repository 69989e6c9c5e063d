# Linphone's console phone as a peer that knows Replaces, with a tone of 880 Hz from a file. Sourced by ../cases/linphone.sh.

# linphone_start USER: registers at $SERVER and answers by itself. LINPHONE_SIP has further lines of its configuration, LINPHONE_HEARD a file
# for what it hears.
linphone_start() {
  local dir=$CASE_DIR/linphone
  command -v linphonec > /dev/null || skip "linphonec is not there: the package linphone-cli could not be installed"
  mkdir -p "$dir/.local/share/linphone" "$dir/.config/linphone" # without them it never gets ready
  LINPHONE_LOG=$dir/log
  printf '[sip]\n%ssip_port=%s\nsip_tcp_port=0\nsip_tls_port=0\nbind_address=127.0.0.1\n[rtp]\naudio_rtp_port=%s\n' \
    "${LINPHONE_SIP:-}" $((PORT + 35)) $((PORT + 86)) > "$dir/rc"
  python3 -c 'import math, struct, sys, wave
with wave.open(sys.argv[1], "wb") as out:
    out.setparams((1, 2, 8000, 0, "NONE", ""))
    out.writeframes(b"".join(struct.pack("<h", round(8000 * math.sin(2 * math.pi * 880 * n / 8000))) for n in range(8000 * 30)))' "$dir/tone.wav"
  mkfifo "$dir/in"
  exec {LINPHONE_FD}<> "$dir/in"
  (
    cd "$dir" || exit 1
    exec env "HOME=$dir" script -qfc 'linphonec -a -S -c rc' /dev/null < in > log 2>&1 {LINPHONE_FD}>&- # it works at a terminal only
  ) &
  track "$!"
  linphone_said 'linphonec>'
  linphone_do 'soundcard use files'
  linphone_do "play $dir/tone.wav"
  [ -z "${LINPHONE_HEARD:-}" ] || linphone_do "record $LINPHONE_HEARD"
  linphone_do "register sip:$1@$SERVER sip:$SERVER secret-$1"
  wait_for 10 kamailio_contact "$1" || { last_words "$LINPHONE_LOG"; fail "Linphone did not register: $REPLY"; }
}
linphone_do() { printf '%s\n' "$1" >&"$LINPHONE_FD"; }
linphone_said() { # REGEX [SECONDS [COUNT]]
  wait_for "${2:-10}" has_line "$LINPHONE_LOG" "$1" "${3:-1}" || { last_words "$LINPHONE_LOG"; fail "Linphone did not say '$1': $REPLY"; }
}
