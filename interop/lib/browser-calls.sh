# Whole calls with a browser over Kamailio's WebSocket. Sourced by ../cases/browser.sh and firefox.sh, after browser.sh.

NO_OPUS="use_opus use_opuswb use_opusswb use_opusuwb use_g722"
G711=${NO_OPUS// /=0 }=0

# browser_sounds FILE PATTERN…: what we heard of the browser. On a busy machine its sound stutters, which is nobody's fault in the call.
browser_sounds() { TONE_GAP=0.75 hears earshot "$1" left "${@:2}"; }

# browser_talk CODEC: sound both ways, what the browser makes of it, and its key 5, in a call that is up.
browser_talk() {
  browser_said '^connection connected'
  browser_said '^hears 440'
  ua_count ua '^WPNOTIFICATION,DTMF,[0-9]+,5'
  browser_do 'dtmf 5'
  ua_wait ua '^WPNOTIFICATION,DTMF,[0-9]+,5' 10 $((REPLY + 1)) || fail "the key 5 was not told"
  browser_stats "$1"
}

# browser_key: our key gets to the page, which hears of those by INFO only.
browser_key() {
  ua_cmd ua '?function=API_Dtmf&line=-1&dtmf=7'
  browser_said '^key 7'
}

# The browser holds the call, and takes it back.
browser_holds() {
  browser_then hold
  browser_said '^held'
  browser_said '^hears silence' 5
  sleep 1
  browser_then unhold
  browser_said '^resumed'
  browser_said '^hears 440' 8
  sleep "$1"
}

# We do.
browser_held() {
  browser_from_now
  ua_cmd ua '?function=API_Hold&line=-1&state=true'
  browser_said '^hold remote'
  browser_said '^hears silence' 5
  sleep 1
  browser_from_now
  ua_cmd ua '?function=API_Hold&line=-1&state=false'
  browser_said '^unhold remote'
  browser_said '^hears 440' 8
  sleep "$1"
}

# browser_without NAME…: codecs that our next call is not to have.
browser_without() {
  local name
  for name; do ua_cmd ua "?function=API_SetParameter&param=$name&value=0"; done
}

# browser_heard: both calls are over, and both have heard the other, and silence where somebody held.
browser_heard() {
  ua_stop ua
  browser_stop
  ua_recording ua 1
  browser_sounds "$REPLY" 880:1 silence:0.5 880:0.5 silence:0.5 880:0.5
  ua_recording ua 2
  browser_sounds "$REPLY" 880:1
}

# browser_calls: the browser calls us, in Opus and hangs up; in G.711, and we do.
browser_calls() {
  services_start
  browser_start 1004
  services_ua ua 1001 ws events=3 autoaccept=true dtmfmode=1 "$@"
  browser_do "call sip:1001@${SERVER%:*}"
  ua_speaking ua 20
  browser_said '^confirmed'
  browser_talk opus/48000
  browser_key
  browser_holds 1
  browser_held 1.5
  browser_stats opus/48000
  browser_do hangup
  ua_ended ua
  browser_balance 1
  # shellcheck disable=SC2086
  browser_without $NO_OPUS
  browser_then "call sip:1001@${SERVER%:*}"
  ua_speaking ua 20 2
  browser_talk PCMU/8000
  ua_hangup ua
  browser_said '^ended remote'
  ua_ended ua 10 2
  browser_balance 2
  browser_heard
}

# browser_called: we call the browser, in Opus and hang up; in G.711, and it does.
browser_called() {
  services_start
  browser_start 1004
  services_ua ua 1001 ws events=3 mediaencryption=4 strictsrtp=2 use_fast_ice=2 dtmfmode=1 use_speex=0 "$@"
  ua_call ua 1004
  browser_said '^called by 1001'
  ua_speaking ua 20
  browser_talk opus/48000
  browser_key
  browser_held 1
  browser_holds 1.5
  browser_stats opus/48000
  ua_hangup ua
  browser_said '^ended remote'
  ua_ended ua
  browser_balance 1
  # shellcheck disable=SC2086
  browser_without $NO_OPUS
  browser_from_now
  ua_call ua 1004
  ua_speaking ua 20 2
  browser_talk PCMU/8000
  browser_do hangup
  ua_ended ua 10 2
  browser_balance 2
  browser_heard
}

# browser_hides CODEC [ARGUMENTS]: a page that has no leave to use a microphone calls: its candidates are names that mean nothing here.
browser_hides() {
  services_start
  browser_start 1004 --hide
  services_ua ua 1001 ws events=3 autoaccept=true ${2:-}
  browser_do "hum sip:1001@${SERVER%:*}"
  browser_said '^sdp local .*a=candidate:[^|]*\.local ' 10
  ua_speaking ua 20
  browser_talk "$1"
  ua_hangup ua
  browser_said '^ended remote'
  ua_ended ua
  browser_balance 1
  ua_stop ua
  browser_stop
  ua_recording ua
  browser_sounds "$REPLY" 880:1.5
}

# browser_short CODEC: the sound of a call that is up, both ways, and its end.
browser_short() {
  browser_talk "$1"
  sleep 1
  browser_do hangup
  ua_ended ua
  browser_balance 1
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
  services_ua ua 1001 ws events=3 autoaccept=true loglevel=3 "turnserver=$TURN" turnuser=1004 turnpassword=secret-1004 "$@"
  browser_do "trickle sip:1001@${SERVER%:*}"
  ua_speaking ua 20
  browser_said '^told '
  browser_said '^info taken'
  browser_said '^added a=candidate:.* typ relay'
  if grep -a '^sdp remote answer ' "$BROWSER_LOG" | grep -q 'typ relay'; then fail "the answer waited for the relay"; fi
  browser_short opus/48000
}

# browser_shapes: what else a page may want of a call: a picture and words that we have not, the sound below that, other ways in the middle of it.
browser_shapes() {
  services_start
  browser_start 1004
  services_ua ua 1001 ws events=3 autoaccept=true "$@"
  browser_do "video sip:1001@${SERVER%:*}"
  ua_speaking ua 20
  browser_said '^connection connected' 15
  browser_said '^hears 440'
  browser_do restart
  browser_said '^restarted' 15
  browser_stats opus/48000
  browser_do 'dtmf 5'
  ua_wait ua '^WPNOTIFICATION,DTMF,[0-9]+,5' || fail "the key 5 was not told"
  browser_do hangup
  ua_ended ua
  browser_then "below sip:1001@${SERVER%:*}"
  ua_speaking ua 20 2
  browser_said '^connection connected' 15
  browser_said '^hears 440' 15
  browser_stats opus/48000
  browser_then hold
  browser_said '^held'
  browser_then unhold
  browser_said '^resumed'
  browser_do 'dtmf 7'
  ua_wait ua '^WPNOTIFICATION,DTMF,[0-9]+,7' || fail "the key 7 was not told"
  browser_do hangup
  ua_ended ua 10 2
  ua_stop ua
  browser_stop
  [[ $NOTES == *"application refused"*"video refused"* ]] || fail "the page offered no picture and no words: $NOTES"
}

# browser_relays: a browser that may take relays only.
browser_relays() {
  services_start
  browser_relay
  browser_start 1004
  # shellcheck disable=SC2086
  services_ua ua 1001 ws events=3 autoaccept=true $G711
  browser_do "relay turn:$TURN 1004 secret-1004"
  browser_do "call sip:1001@${SERVER%:*}"
  ua_speaking ua 20
  browser_short PCMU/8000
}
