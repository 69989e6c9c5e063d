# Keys in the three ways, both ways, with baresip; and what happens when one way is refused.

# dtmf_pair MODE [ACCOUNT PARAMETER…]: a call from us, with this dtmfmode, to baresip.
dtmf_pair() {
  local mode=$1 events
  shift
  kamailio_start
  BARESIP_EXTRA+=$'\n'"module_app ctrl_tcp.so"$'\n'"ctrl_tcp_listen 127.0.0.1:$((PORT + 90))"
  baresip_start 1002 answermode=auto "$@"
  exec {events}<> "/dev/tcp/127.0.0.1/$((PORT + 90))"
  cat <&"$events" > "$CASE_DIR/events" &
  track "$!"
  as_1001 register=1 "dtmfmode=$mode"
  ua_registered ua
  ua_call ua 1002
  ua_speaking ua
  baresip_talking
}

# dtmf_told: sets REPLY to the keys that we told of.
dtmf_told() { REPLY=$(grep -aE '^WPNOTIFICATION,DTMF,' "$CASE_DIR/ua/out" | cut -d, -f4 | tr -d '\r\n'); }
dtmf_told_is() { dtmf_told; [ "$REPLY" = "$1" ]; }

# dtmf_events_are KEYS: telephone events that baresip told its control connection of.
dtmf_events_are() {
  REPLY=$(tr '{' '\n' < "$CASE_DIR/events" | grep -a CALL_DTMF_START | grep -aoE '"param":"[^"]*"' | cut -d'"' -f4 | tr -d '\n')
  [ "$REPLY" = "$1" ]
}

# dtmf_baresip_got KEYS…: baresip's log has these by INFO, in this order.
dtmf_baresip_got() {
  local got
  wait_for 8 has_line "$BARESIP_LOG" "received DTMF: '" "$#" || fail "baresip did not hear $# keys"
  got=$(grep -aoE "received DTMF: '.'" "$BARESIP_LOG" | cut -d"'" -f2 | tr '\n' ' ')
  [ "$got" = "$* " ] || fail "baresip heard '$got', sent were '$*'"
}

# dtmf_from_baresip KEY…: typed on its console.
dtmf_from_baresip() {
  local key
  for key; do
    printf '%s' "$key" > "/dev/udp/127.0.0.1/$BARESIP_CONSOLE"
    sleep 0.2
    printf '\004' > "/dev/udp/127.0.0.1/$BARESIP_CONSOLE" # lets go of the key
    sleep 0.2
  done
}

case_dtmf_events_baresip() {
  dtmf_pair 4
  ua_cmd ua '?function=API_Dtmf&line=-1&dtmf=15#'
  wait_for 8 dtmf_events_are '15#' || fail "15# was sent, baresip heard '$REPLY'"
  dtmf_from_baresip 4 7 7 '*'
  wait_for 8 dtmf_told_is '477*' || fail "baresip sent 477*, told were '$REPLY'"
  ua_hangup ua
  ua_ended ua
  note "telephone events: 15# to baresip, 477* from it, each once"
}

case_dtmf_info_baresip() {
  dtmf_pair 1
  ua_cmd ua '?function=API_Dtmf&line=-1&dtmf=92*'
  dtmf_baresip_got 9 2 '*'
  ua_hangup ua
  ua_ended ua
  note "INFO: 92* to baresip; the other way is chat-dtmf-info"
}

case_dtmf_tones_baresip() {
  python3 "$INTEROP/lib/dtmf.py" make "$CASE_DIR/keys.wav" '6A80'
  BARESIP_EXTRA='module aufile.so'
  dtmf_pair 5 "audio_source=aufile,$CASE_DIR/keys.wav"
  wait_for 8 dtmf_told_is '6A80' || fail "baresip played 6A80, told were '$REPLY'"
  ua_cmd ua '?function=API_Dtmf&line=-1&dtmf=270#'
  ua_wait ua '^WPNOTIFICATION,INFO,OK,' || fail "the keys were not sent"
  ua_hangup ua
  ua_ended ua
  ua_recording ua
  [ "$(python3 "$INTEROP/lib/dtmf.py" read "$REPLY" right)" = '270#' ] || fail "our own recording does not have the tones"
  baresip_idle
  baresip_recording
  [ "$(python3 "$INTEROP/lib/dtmf.py" read "$REPLY" mono)" = '270#' ] \
    || fail "baresip heard '$(python3 "$INTEROP/lib/dtmf.py" read "$REPLY" mono)' instead of 270#"
  note "tones: 270# to baresip, 6A80 from it"
}

case_dtmf_refused_sipp() {
  alone dtmfmode=1
  sipp_start answers-refusing-info sipp
  ua_call ua 1001
  ua_speaking ua
  ua_cmd ua '?function=API_Dtmf&line=-1&dtmf=5'
  ua_wait ua '^WPNOTIFICATION,INFO,WARNING,[0-9]+,[^,]*,failback to ' || fail "the other way was not told"
  ua_wait ua '^WPNOTIFICATION,INFO,OK,' || fail "the key was not sent in another way"
  ua_hangup ua
  sipp_end sipp
  REPLY=$(grep -aoE 'failback to [^,]*' "$CASE_DIR/ua/out" | head -n 1)
  note "415 to INFO, then $REPLY"
}
