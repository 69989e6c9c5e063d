# Through Kamailio: registration, calls with baresip, hold. The user agent is 1001, baresip is 1002.

# as_1001 key=value…: starts the user agent under test with that account.
as_1001() { ua_start ua "serveraddress=$SERVER" username=1001 password=secret-1001 "$@"; }

# together [key=value…]: Kamailio, baresip and a registered user agent.
together() {
  kamailio_start
  baresip_start 1002 "answermode=${BARESIP_ANSWER:-auto}"
  as_1001 register=1 "$@"
  ua_registered ua
}

# both_heard SECONDS: both ends' recordings of the first call.
both_heard() {
  ua_recording ua 1
  hears earshot "$REPLY" left "880:$1"
  baresip_recording
  hears baresip "$REPLY" mono "440:$1"
}

# count_requests METHOD [PATTERN of a later header]: sets REPLY to how many came from the user agent.
count_requests() {
  port ua
  REPLY=$(awk -v from="received from 127.0.0.1:$REPLY" -v method="^$1 " -v with="${2:-.}" '
    index($0, "received from ") { mine = index($0, from) > 0; inside = 0; next }
    mine && $0 ~ method { inside = 1; hit = 0 }
    mine && inside && !hit && $0 ~ with { hit = 1; n++ }
    END { print n + 0 }' "$KAMAILIO_LOG")
}

registers() { # with what Kamailio demands
  kamailio_start "$@"
  as_1001 register=1
  ua_registered ua
  kamailio_contact 1001 || fail "the location table has no contact of 1001"
  local contact=$REPLY
  port ua
  [[ $contact == *127.0.0.1:$REPLY* ]] || fail "the contact is $contact, not at port $REPLY"
  note "contact $contact"
}

# with Kamailio: RFC 3261, 3581
case_kamailio_register_md5() {
  registers
  count_requests REGISTER '^Authorization:.*Digest'
  [ "$REPLY" -ge 1 ] || fail "no REGISTER with credentials came"
  note "$REPLY REGISTER with credentials"
}

# with Kamailio: RFC 8760
case_kamailio_register_sha256() {
  registers 'ALGORITHM="SHA-256"'
  count_requests REGISTER '^Authorization:.*SHA-256'
  [ "$REPLY" -ge 1 ] || fail "no REGISTER with SHA-256 credentials came"
  note "$REPLY REGISTER with SHA-256"
}

case_kamailio_wrong_password() {
  kamailio_start
  as_1001 register=1 password=wrong
  ua_wait ua '^WPNOTIFICATION,STATUS,-1,(Authentication failed|Register Failed)' 15 || fail "no failure was told"
  sleep 2
  kamailio_forgot 1001 || fail "1001 is registered with a wrong password"
  count_requests REGISTER '^Authorization:'
  [ "$REPLY" -ge 1 ] && [ "$REPLY" -le 3 ] || fail "the wrong password was tried $REPLY times in 2 s"
  note "tried $REPLY times, said: $(grep -aoE 'STATUS,-1,(Authentication failed|Register Failed)[^,]*' "$CASE_DIR/ua/out" | head -n 1)"
}

unregisters() { # by API_Exit or a signal
  kamailio_start
  as_1001 register=1
  ua_registered ua
  kamailio_contact 1001 || fail "the location table has no contact of 1001"
  ua_stop ua "$@"
  wait_for 2 kamailio_forgot 1001 || fail "the contact is still there after the end: $REPLY"
  note "exit code 0, location table empty"
}
case_kamailio_exit() { unregisters; }
case_kamailio_sigint() { unregisters INT; }
case_kamailio_sigterm() { unregisters TERM; }

case_kamailio_sigint_in_call() {
  together
  ua_call ua 1002
  ua_speaking ua
  sleep 1
  ua_stop ua INT
  baresip_idle 2
  wait_for 2 kamailio_forgot 1001 || fail "the contact is still there after the end: $REPLY"
  count_requests BYE
  [ "$REPLY" -ge 1 ] || fail "no BYE was sent"
  note "BYE sent, exit code 0, location table empty"
}

case_kamailio_unregister() {
  kamailio_start
  as_1001 register=1
  ua_registered ua
  ua_cmd ua '?function=API_Unregister'
  wait_for 5 kamailio_forgot 1001 || fail "the contact is still there: $REPLY"
  ua_cmd ua '?function=API_Register'
  wait_for 5 kamailio_contact 1001 || fail "API_Register did not register again"
  note "gone and back"
}

case_kamailio_refresh() {
  kamailio_start MAX_EXPIRES=6
  as_1001 register=1
  ua_registered ua
  local i least=99
  for ((i = 0; i < 30; i++)); do
    kamailio_expires 1001 || fail "the registration lapsed after $i half seconds"
    [ "$REPLY" -ge "$least" ] || least=$REPLY
    sleep 0.5
  done
  count_requests REGISTER
  [ "$REPLY" -ge 4 ] && [ "$REPLY" -le 12 ] || fail "$REPLY REGISTERs in 15 s of a registration of 6 s"
  note "granted 6 s, never below $least s in 15 s, $REPLY REGISTERs"
}

# with Kamailio: RFC 3261
case_kamailio_min_expires() {
  kamailio_start MIN_EXPIRES=90
  as_1001 register=1 registerinterval=20
  ua_registered ua
  has_line "$KAMAILIO_LOG" '^Expires: 90|expires=90' || fail "no REGISTER asked for 90 s after the 423"
  kamailio_expires 1001 || fail "not registered"
  [ "$REPLY" -gt 80 ] || fail "registered for $REPLY s only"
  note "asked for 20 s, 423, registered for 90 s"
}

# with Kamailio: RFC 7616
case_kamailio_stale_nonce() {
  kamailio_start MAX_EXPIRES=6 NONCE_LIFE=2
  as_1001 register=1
  ua_registered ua
  local i
  for ((i = 0; i < 24; i++)); do
    kamailio_contact 1001 || fail "the registration lapsed after $i half seconds"
    sleep 0.5
  done
  ! has_line "$CASE_DIR/ua/out" 'STATUS,-1,(Authentication failed|Register Failed)' || fail "a stale nonce was taken for a wrong password"
  count_requests REGISTER
  note "nonces of 2 s, kept registered for 12 s, $REPLY REGISTERs"
}

# with baresip: RFC 3261, 3264
case_kamailio_call_out() {
  together
  ua_call ua 1002
  ua_speaking ua
  sleep 3
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  both_heard 2
}

case_kamailio_call_out_peer_ends() {
  together
  ua_call ua 1002
  ua_speaking ua
  sleep 3
  baresip_do hangup
  ua_ended ua
  ua_reason ua
  local reason=$REPLY
  ua_stop ua
  both_heard 2
  note "reason \"$reason\""
}

# with baresip: RFC 3261, 3264
case_kamailio_called() {
  together
  baresip_do "dial sip:1001@$SERVER"
  ua_wait ua "$UA_RINGING_IN" || fail "the call did not arrive"
  ua_cmd ua '?function=API_Accept&line=-1'
  ua_speaking ua
  baresip_talking
  sleep 3
  baresip_do hangup
  ua_ended ua
  ua_stop ua
  both_heard 2
}

case_kamailio_called_we_end() {
  together autoaccept=true
  baresip_do "dial sip:1001@$SERVER"
  baresip_talking
  ua_speaking ua
  sleep 3
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  both_heard 2
}

case_kamailio_call_sha256() {
  kamailio_start 'ALGORITHM="SHA-256"'
  baresip_start 2002 answermode=auto
  as_1001 register=1
  ua_registered ua
  ua_call ua 2002
  ua_speaking ua
  sleep 2
  ua_hangup ua
  ua_ended ua
  ua_stop ua
  count_requests INVITE '^Proxy-Authorization:.*SHA-256'
  [ "$REPLY" -ge 1 ] || fail "no INVITE with SHA-256 credentials came"
  both_heard 1.5
}

case_kamailio_reject() {
  together
  baresip_do "dial sip:1001@$SERVER"
  ua_wait ua "$UA_RINGING_IN" || fail "the call did not arrive"
  ua_cmd ua '?function=API_Reject&line=-1'
  baresip_wait 'session closed: (486|603)' || { last_words "$BARESIP_LOG"; fail "baresip was not told: $REPLY"; }
  ua_ended ua
  note "baresip saw $(grep -aoE 'session closed: [0-9]{3} .*' "$BARESIP_LOG" | cut -c17-)"
}

case_kamailio_caller_gives_up() {
  together
  baresip_do "dial sip:1001@$SERVER"
  ua_wait ua "$UA_RINGING_IN" || fail "the call did not arrive"
  sleep 1
  baresip_do hangup
  ua_ended ua
  ua_reason ua
  note "reason \"$REPLY\""
}

case_kamailio_we_give_up() {
  BARESIP_ANSWER=manual together
  ua_call ua 1002
  ua_wait ua "$UA_RINGING_OUT" || fail "no ringing was told"
  ua_hangup ua
  baresip_idle 5
  ua_ended ua
  ua_reason ua
  note "reason \"$REPLY\""
}

fails_with() { # CODE USER: calls USER and expects that code
  together
  ua_call ua "$2"
  ua_ended ua
  ua_reason ua
  [[ $REPLY == *$1* ]] || fail "the call ended with \"$REPLY\", not $1"
  note "reason \"$REPLY\""
}
case_kamailio_unknown_user() { fails_with 404 7777; }
case_kamailio_offline_user() { fails_with 480 1009; }

# tapped: as together, with the wire tap in the media path and a call from the user agent to baresip.
tapped() {
  tap_defines
  kamailio_start "${TAP_DEFINES[@]}"
  tap_start
  baresip_start 1002 answermode=auto
  as_1001 register=1
  ua_registered ua
  ua_call ua 1002
  ua_speaking ua
  sleep 2
}

# A pause of at least 1.4 s in both directions, and the tones before and after it, on the wire and in the recording.
held_and_resumed() {
  sleep 2.2
  ua_hangup ua
  ua_ended ua
  ua_stop ua
  tap_stop
  ua_recording ua 1
  hears earshot "$REPLY" left 880:1.6 silence:1.4 880:1.6
  hears "to baresip" "$TAP_WAV" right 440:1.6 silence:1.4 440:1.6
  local before
  baresip_recording
  before=$(python3 "$LIB/tone.py" "$REPLY" mono 440:1.6) || fail "baresip before hold: $before"
}

# with baresip: RFC 3264
case_kamailio_hold() {
  tapped
  ua_cmd ua '?function=API_Hold&line=-1&state=true'
  baresip_wait 'got re-INVITE' 5 1 || fail "no re-INVITE reached baresip"
  sleep 2
  ua_cmd ua '?function=API_Hold&line=-1&state=false'
  baresip_wait 'got re-INVITE' 5 2 || fail "no second re-INVITE reached baresip"
  held_and_resumed
}

case_kamailio_held() {
  tapped
  baresip_do hold
  sleep 2
  baresip_do resume
  held_and_resumed
}
