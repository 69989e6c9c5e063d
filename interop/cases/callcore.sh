# What a call can do besides INVITE and BYE: PRACK, UPDATE, session timers, glare, forks. SIPp is the peer.

# with SIPp: RFC 3262
case_sipp_calls_prack() {
  alone prack=true
  called calls-prack
  ua_wait ua "$UA_RINGING_IN" || fail "the call did not arrive"
  wait_for 5 prack_seen || fail "the PRACKs were not answered"
  sipp_log sipp count '^SIP/2.0 180'
  [ "$REPLY" -ge 3 ] || fail "$REPLY times 180, wanted three"
  ua_cmd ua '?function=API_Accept&line=-1'
  sipp_end sipp
  ua_ended ua
  note "180 repeated until its PRACK, which got 200, another one 481"
}
prack_seen() { sipp_log sipp count '^SIP/2.0 481'; [ "$REPLY" -ge 1 ]; }

# up_then_hang_up SCENARIO key=value…: the user agent calls, hangs up after a second.
up_then_hang_up() {
  UA_KEYS=("${@:2}")
  answered "$1"
  UA_KEYS=()
  ua_speaking ua
  sleep 1
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
}

# with SIPp: RFC 3262
case_sipp_answers_prack() {
  up_then_hang_up answers-prack prack=true
  sipp_log sipp count '^PRACK'
  [ "$REPLY" = 1 ] || fail "$REPLY PRACKs, wanted one"
  note "183 lost once and repeated once, one PRACK, 200 without description"
}

# with SIPp: RFC 3311
case_sipp_calls_update() {
  alone autoaccept=true
  called calls-update
  sipp_end sipp
  ua_ended ua
  note "refresh, hold and resume by UPDATE; hold by 0.0.0.0 and resume by re-INVITE"
}

# with SIPp: RFC 3311
case_sipp_answers_updates() {
  up_then_hang_up answers-updates prack=true
  note "UPDATE with an offer while it rings and after"
}

# with SIPp: RFC 4028
case_sipp_answers_session_refresh() {
  UA_KEYS=(minse=2 sessionexpires=2)
  answered answers-timer
  UA_KEYS=()
  sipp_end sipp
  ua_ended ua
  sipp_log sipp times UPDATE
  note "422, then a longer time; UPDATE at $REPLY s; 481 to the second ends the call"
}

# with SIPp: RFC 4028
case_sipp_calls_session_expiry() {
  alone minse=2 autoaccept=true
  called calls-timer
  sipp_end sipp
  ua_ended ua
  ua_reason ua
  note "422, one refresh, then BYE: \"$REPLY\""
}

case_sipp_answers_glare() {
  answered answers-glare
  ua_speaking ua
  ua_cmd ua '?function=API_Hold&line=-1&state=true'
  wait_for 10 third_invite || fail "the re-INVITE was not made again"
  sleep 0.5
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  sipp_log sipp times INVITE
  note "INVITEs at $REPLY s"
}
third_invite() { sipp_log sipp count '^INVITE'; [ "$REPLY" -ge 3 ]; }

# with SIPp: RFC 6228
case_sipp_answers_forks() {
  up_then_hang_up answers-forks
  note "183 from two phones, 199 ends one, the other answers"
}

