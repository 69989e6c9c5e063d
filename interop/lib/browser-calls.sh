# Whole calls with a browser over Kamailio's WebSocket. Sourced by ../cases/browser.sh and firefox.sh, after browser.sh.

# browser_sounds FILE PATTERN…: what we heard of the browser. On a busy machine its sound stutters, which is nobody's fault in the call.
browser_sounds() { TONE_GAP=0.45 hears earshot "$1" left "${@:2}"; }

# browser_talk: sound both ways, what the browser makes of it, and its key 5, in a call that is up.
browser_talk() {
  browser_said '^connection connected'
  browser_said '^hears 440'
  browser_do 'dtmf 5'
  ua_wait ua '^WPNOTIFICATION,DTMF,[0-9]+,5' || fail "the key 5 was not told"
  browser_stats
}

# browser_heard: the call is over, and both have heard the other, fallen silent, and heard it again.
browser_heard() {
  ua_ended ua
  ua_stop ua
  browser_stop
  ua_recording ua
  browser_sounds "$REPLY" 880:1 silence:0.5 880:0.5
}

# browser_calls: the browser calls us.
browser_calls() {
  services_start
  browser_start 1004
  services_ua ua 1001 ws autoaccept=true "$@"
  browser_do "call sip:1001@${SERVER%:*}"
  ua_speaking ua 20
  browser_said '^confirmed'
  browser_talk
  browser_do hold
  browser_said '^held'
  browser_said '^hears silence' 5 2
  sleep 1
  browser_do unhold
  browser_said '^resumed'
  browser_said '^hears 440' 8 2
  sleep 3
  browser_do hangup
  browser_heard
}

# browser_called: we call the browser.
browser_called() {
  services_start
  browser_start 1004
  services_ua ua 1001 ws mediaencryption=4 strictsrtp=2 use_fast_ice=2 dtmfmode=1 use_speex=0 "$@"
  ua_call ua 1004
  browser_said '^called by 1001'
  ua_speaking ua 20
  browser_talk
  ua_cmd ua '?function=API_Dtmf&line=-1&dtmf=7'
  browser_said '^key 7'
  ua_cmd ua '?function=API_Hold&line=-1&state=true'
  browser_said '^hold remote'
  browser_said '^hears silence' 5 2
  sleep 1
  ua_cmd ua '?function=API_Hold&line=-1&state=false'
  browser_said '^unhold remote'
  browser_said '^hears 440' 8 2
  sleep 2
  ua_hangup ua
  browser_said '^ended remote'
  browser_heard
}

# browser_hides: a page that has no leave to use a microphone calls: its candidates are names that mean nothing here.
browser_hides() {
  services_start
  browser_start 1004 --hide
  services_ua ua 1001 ws autoaccept=true "$@"
  browser_do "hum sip:1001@${SERVER%:*}"
  browser_said '^sdp local .*a=candidate:[^|]*\.local ' 10
  ua_speaking ua 20
  browser_talk
  ua_hangup ua
  browser_said '^ended remote'
  ua_ended ua
  ua_stop ua
  browser_stop
  ua_recording ua
  browser_sounds "$REPLY" 880:1.5
}

# browser_short: the sound of a call that is up, both ways, and its end.
browser_short() {
  browser_talk
  sleep 2
  browser_do hangup
  ua_ended ua
  ua_stop ua
  browser_stop
  ua_recording ua
  browser_sounds "$REPLY" 880:1
}

# browser_relay: coturn, for everybody with the name 1004. Sets TURN.
browser_relay() {
  PATH=$PATH:/usr/sbin command -v turnserver > /dev/null || skip "there is no coturn here"
  port turn; TURN=127.0.0.1:$REPLY
  printf '%s\n' listening-ip=127.0.0.1 relay-ip=127.0.0.1 "listening-port=$REPLY" "min-port=$((REPLY + 1))" "max-port=$((REPLY + 14))" \
    realm=interop.example fingerprint no-cli no-tls no-dtls allow-loopback-peers no-multicast-peers lt-cred-mech user=1004:secret-1004 \
    "userdb=$CASE_DIR/turndb" "pidfile=$CASE_DIR/turnserver.pid" log-file=stdout simple-log > "$CASE_DIR/turnserver.conf"
  PATH=$PATH:/usr/sbin turnserver -c "$CASE_DIR/turnserver.conf" > "$CASE_DIR/coturn.log" 2>&1 &
  track "$!"
  wait_for 10 tcp_bound "$REPLY" || { last_words "$CASE_DIR/coturn.log"; fail "coturn did not start: $REPLY"; }
}

# browser_trickles: offers without candidates; those of either side go by INFO, ours of a relay that was slower than the answer.
browser_trickles() {
  services_start
  browser_relay
  browser_start 1004
  services_ua ua 1001 ws autoaccept=true loglevel=3 "turnserver=$TURN" turnuser=1004 turnpassword=secret-1004 "$@"
  browser_do "trickle sip:1001@${SERVER%:*}"
  ua_speaking ua 20
  browser_said '^told '
  browser_said '^info taken'
  browser_said '^added a=candidate:.* typ relay'
  if grep -a '^sdp remote answer ' "$BROWSER_LOG" | grep -q 'typ relay'; then fail "the answer waited for the relay"; fi
  browser_short
}

# browser_shapes: what else a page may want of a call: a picture that we have not, the sound below that, other ways in the middle of it.
browser_shapes() {
  services_start
  browser_start 1004
  services_ua ua 1001 ws autoaccept=true "$@"
  browser_do "video sip:1001@${SERVER%:*}"
  ua_speaking ua 20
  browser_said '^connection connected' 15
  browser_said '^hears 440'
  browser_do restart
  browser_said '^restarted' 15
  browser_stats
  browser_do 'dtmf 5'
  ua_wait ua '^WPNOTIFICATION,DTMF,[0-9]+,5' || fail "the key 5 was not told"
  browser_do hangup
  ua_ended ua
  browser_do "below sip:1001@${SERVER%:*}"
  ua_speaking ua 20 2
  browser_said '^connection connected' 15 2
  browser_said '^hears 440' 15 2
  browser_stats
  browser_do hold
  browser_said '^held'
  browser_do unhold
  browser_said '^resumed'
  browser_do 'dtmf 7'
  ua_wait ua '^WPNOTIFICATION,DTMF,[0-9]+,7' || fail "the key 7 was not told"
  browser_do hangup
  ua_ended ua 10 2
  ua_stop ua
  browser_stop
}

# browser_relays: a browser that may take relays only.
browser_relays() {
  services_start
  browser_relay
  browser_start 1004
  services_ua ua 1001 ws autoaccept=true "$@"
  browser_do "relay turn:$TURN 1004 secret-1004"
  browser_do "call sip:1001@${SERVER%:*}"
  ua_speaking ua 20
  browser_short
}
