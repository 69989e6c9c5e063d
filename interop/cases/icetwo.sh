# ICE with two components: baresip as it is by default, which does not share the port of RTP, so that RTCP has a way of its own.
# shellcheck source=/dev/null
. "$LIB/nat.sh"

export NAT_BARESIP_MUX=no

# icetwo_watch: counts the RTCP that passes our network card.
icetwo_watch() {
  ip netns exec "es$PORT-a" python3 "$LIB/reports.py" eth0 "$NAT_HOST_a" > "$CASE_DIR/reports" 2>&1 &
  ICETWO_WATCH=$!
  track "$!"
  wait_for 10 has_line "$CASE_DIR/reports" '^watching' || { last_words "$CASE_DIR/reports"; fail "RTCP cannot be watched: $REPLY"; }
}

# icetwo_asked: whether baresip knows by now how long a packet takes to us and back, which it has from a report of ours.
icetwo_asked() {
  nat_in "$NAT_BARESIP_SPACE" timeout 2 python3 "$LIB/baresip-ask.py" "$BARESIP_CONSOLE" audio_debug \
    > "$CASE_DIR/audio_debug" 2>&1
  grep -aoE 'Jitter=[0-9.]+ms RTT=[0-9.]+ms' "$CASE_DIR/audio_debug" > "$CASE_DIR/rtt" || return 1
  ! grep -q 'RTT=0.0ms' "$CASE_DIR/rtt"
}

# icetwo_end: until both have a report that answers their own; then that ours went and its came on a port of their own, and that we have counted them.
icetwo_end() {
  wait_for 20 icetwo_asked || { last_words "$CASE_DIR/audio_debug"; fail "baresip has no report of ours: $REPLY"; }
  note "baresip: $(sed 's/.* //' "$CASE_DIR/rtt")"
  wait_for 20 has_line "$CASE_DIR/reports" '^answered' || fail "no report of baresip's followed ours"
  sleep 0.5
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_wait ua 'LOG.*reports of the peer: round trip [0-9]+ us' 5 || fail "no report of baresip's that answers ours has come"
  ua_stop ua
  signal TERM "$ICETWO_WATCH"
  wait_for 5 has_line "$CASE_DIR/reports" '^RTCP' || fail "nothing was counted"
  note "$(grep '^RTCP' "$CASE_DIR/reports")"
  wait "$ICETWO_WATCH" || fail "no reports both ways on a port of their own"
  ua_recording ua 1
  hears earshot "$REPLY" left 880:2
  baresip_recording
  hears baresip "$REPLY" mono 440:2
}

# icetwo_call WAY [key=value…]: we call baresip, whose sound and ours take this way.
icetwo_call() {
  local way=$1
  shift
  nat_ua ua a 1001 use_fast_ice=2 "$@"
  icetwo_watch
  ua_call ua 1002
  ua_speaking ua 15
  nat_path ua
  note "$REPLY"
  [ "$way" = "*" ] || [ "$REPLY" = "$way" ] || fail "the way is $REPLY"
}

icetwo_network() { # KIND-OF-A KIND-OF-B
  nat_up
  nat_is a "$1"
  nat_is b "$2"
  nat_kamailio
}

case_icetwo_called() {
  icetwo_network none none
  nat_baresip b 1002 answermode=auto medianat=ice
  icetwo_call host-host
  icetwo_end
}

case_icetwo_calls() {
  icetwo_network none none
  nat_baresip b 1002 medianat=ice
  nat_ua ua a 1001 autoaccept=true
  icetwo_watch
  nat_baresip_do "dial sip:1001@$SERVER"
  ua_speaking ua 15
  nat_path ua
  note "$REPLY"
  [ "$REPLY" = host-host ] || fail "the way is $REPLY"
  icetwo_end
}

# A relay each for RTP and RTCP, and nothing else.
case_icetwo_relay() {
  icetwo_network ports none
  nat_turn p "$NAT_SERVER"
  nat_baresip b 1002 answermode=auto medianat=ice
  icetwo_call 'relay-host' "turnserver=$TURN_UDP" turnonly=1
  icetwo_end
  count_lines "$CASE_DIR/coturn.log" 'ALLOCATE processed, success'
  [ "$REPLY" -ge 2 ] || fail "$REPLY relays were asked for"
}

# Our router has us at other addresses than our own, of which a STUN server tells both.
case_icetwo_nat() {
  icetwo_network ports none
  nat_turn p "$NAT_SERVER"
  nat_baresip b 1002 answermode=auto medianat=ice
  icetwo_call '*' "stunserver=$TURN_UDP"
  icetwo_end
}

# SRTCP under keys of its own association.
case_icetwo_dtls() {
  icetwo_network none none
  BARESIP_EXTRA='module dtls_srtp.so
module srtp.so' nat_baresip b 1002 answermode=auto medianat=ice mediaenc=dtls_srtp
  icetwo_call host-host mediaencryption=4 strictsrtp=3
  icetwo_end
}
