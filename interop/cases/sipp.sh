# SIPp and the user agent under test, without a server between them.

# at_ua: sets REPLY to where the user agent listens.
at_ua() { port ua; REPLY=$HOST:$REPLY; }

# alone key=value…: a user agent that registers nowhere and calls by way of SIPp.
alone() {
  port sipp
  ua_start ua "serveraddress=$HOST:$REPLY" username=1001 password=secret-1001 register=0 "$@"
}

# called SCENARIO [SIPP OPTIONS…]: SIPp calls the user agent.
called() {
  local scenario=$1
  shift
  at_ua
  sipp_start "$scenario" sipp "$@" -s 1001 "$REPLY"
}

case_sipp_calls() {
  echo_start
  alone autoaccept=true
  called calls-basic "${ECHO[@]}" -d 3000
  sipp_end sipp
  ua_ended ua
  ua_reason ua
  note "reason \"$REPLY\""
  ua_stop ua
  ua_recording ua
  hears "by echo earshot" "$REPLY" left 440:2
}

case_sipp_calls_we_end() {
  alone
  called calls-other-ends
  ua_wait ua "$UA_RINGING_IN" || fail "the call did not arrive"
  ua_cmd ua '?function=API_Accept&line=-1'
  ua_speaking ua
  sleep 1
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  note "180, 200, BYE from the user agent"
}

case_sipp_calls_offerless() {
  echo_start
  alone autoaccept=true
  called calls-offerless "${ECHO[@]}" -d 3000
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  ua_recording ua
  hears "by echo earshot" "$REPLY" left 440:2
}

# with SIPp: RFC 3264
case_sipp_calls_hold() {
  echo_start
  alone autoaccept=true
  called calls-hold "${ECHO[@]}"
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  ua_recording ua
  hears "by echo earshot" "$REPLY" left 440:1.5 silence:1.5 440:1.5
}

case_sipp_calls_cancel_at_once() {
  local from seen
  alone
  port sipp
  from=$REPLY
  port ua
  seen=$(python3 "$LIB/cancel.py" "$from" "$REPLY") || fail "wanted 200 to CANCEL and 487 twice to INVITE, saw $seen"
  note "$seen"
}

case_sipp_calls_cancel_ringing() {
  alone
  called calls-cancel-ringing
  sipp_end sipp
  ua_ended ua
  ua_reason ua
  note "200 to CANCEL, 487 to INVITE, reason \"$REPLY\""
}

case_sipp_calls_cancel_crossing() {
  alone autoaccept=true
  called calls-cancel-crossing
  sipp_end sipp
  ua_ended ua
  note "call up in spite of CANCEL, ended by BYE"
}

case_sipp_calls_rejected() {
  alone
  called calls-rejected
  ua_wait ua "$UA_RINGING_IN" || fail "the call did not arrive"
  ua_cmd ua '?function=API_Reject&line=-1'
  sipp_end sipp
  ua_ended ua
  note "$(grep -aoE '^SIP/2.0 (486|603) [^[:cntrl:]]*' "$CASE_DIR/sipp/messages.log" | head -n 1)"
}

# with SIPp: RFC 3261
case_sipp_calls_options() {
  alone
  called calls-options
  sipp_end sipp
  note "$(grep -aoiE '^Allow: [^[:cntrl:]]*' "$CASE_DIR/sipp/messages.log" | head -n 1)"
}

case_sipp_garbage() {
  alone autoaccept=true
  port ua
  local port=$REPLY
  python3 "$LIB/garbage.py" "$port" > "$CASE_DIR/garbage.log" 2>&1 || fail "the sender of garbage failed"
  called calls-basic -d 1000
  sipp_end sipp
  ua_ended ua
  alive "${UA_PID[ua]}" || fail "the user agent died"
  note "$(tail -n 1 "$CASE_DIR/garbage.log"), then a call"
}

# lossy_called PERCENT: 20 calls by SIPp, which loses that share of what it sends and of what it receives.
lossy_called() {
  alone autoaccept=true
  called calls-basic -d 200 -m 20 -l 1 -r 10 -lost "$1"
  sipp_end sipp 100
  wait_for 40 ua_all_ended || { ua_count ua "$UA_ENDED"; fail "$REPLY of 20 calls ended at the user agent"; }
  sipp_retransmissions
  note "20 of 20 calls, $REPLY"
}
case_sipp_calls_loss_5() { lossy_called 5; }
# with SIPp: RFC 3261
case_sipp_calls_loss_20() { lossy_called 20; }
ua_all_ended() { ua_count ua "$UA_ENDED"; [ "$REPLY" = 20 ]; }

# sipp_retransmissions: sets REPLY to how often SIPp had to send again, from its statistics.
sipp_retransmissions() {
  REPLY=$(awk -F';' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "Retransmissions(C)") c = i } END { print $c }' "$CASE_DIR/sipp/stat.csv")
  REPLY="$REPLY messages sent again by SIPp"
}

# answered SCENARIO [SIPP OPTIONS…]: SIPp waits, the user agent calls it.
answered() {
  sipp_start "$1" sipp "${@:2}"
  alone "${UA_KEYS[@]}"
  ua_call ua 1002
}
UA_KEYS=()

case_sipp_answers() {
  echo_start
  answered answers-basic "${ECHO[@]}"
  ua_wait ua "$UA_RINGING_OUT" || fail "no ringing was told"
  ua_speaking ua
  sleep 3
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  ua_recording ua
  hears "by echo earshot" "$REPLY" left 440:2
}

case_sipp_answers_reflector() { # SIPp's own echo: the very packets come back, as from many an echo service
  answered answers-basic -rtp_echo
  ua_speaking ua
  sleep 3
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  ua_recording ua
  hears "reflected earshot" "$REPLY" left 440:2
}

case_sipp_answers_late() {
  answered answers-basic -v RING=3000
  ua_wait ua "$UA_RINGING_OUT" || fail "no ringing was told"
  sleep 2
  ! has_line "$CASE_DIR/ua/out" "$UA_SPEAKING" || fail "connected before the 200"
  ua_speaking ua
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  note "180, 3 s later 200"
}

case_sipp_answers_ends() {
  answered answers-ends
  ua_speaking ua
  sipp_end sipp
  ua_ended ua
  ua_reason ua
  note "reason \"$REPLY\""
}

case_sipp_answers_early_media() {
  local received
  python3 "$LIB/garbage.py" tone "$CASE_DIR/tone.ul" || fail "no tone file"
  answered answers-early -v "TONE=$CASE_DIR/tone.ul"
  ua_speaking ua
  sleep 1.5
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  # …,rtpsent,rtprec,rtploss,percent,serverstats,NEOL
  received=$(grep -aE "$UA_SPEAKING" "$CASE_DIR/ua/out" | head -n 1 | awk -F, '{ print $(NF - 4) }')
  [[ $received =~ ^[0-9]+$ ]] && [ "$received" -ge 50 ] || fail "${received:-no} packets of the early media were received before the answer"
  ua_recording ua
  note "$received packets before the answer"
  hears earshot "$REPLY" left 1000:1.0
}

# The first datagram of a program that has just been started may leave late, the later ones may not.
# with SIPp: RFC 3261
case_sipp_answers_nothing() {
  answered answers-late
  ua_ended ua 20
  sipp_end sipp
  sipp_log sipp times INVITE
  local times=($REPLY)
  [ "${#times[@]}" = 5 ] || fail "INVITEs at ${times[*]} s, wanted five"
  awk -v t="${times[*]}" 'BEGIN {
    split(t, at)
    for (i = 2; i <= 5; i++) { gap = at[i] - at[i - 1] - 2 ^ (i - 3); if (gap > 0.15 || gap < (i == 2 ? -0.35 : -0.15)) exit 1 }
  }' || fail "INVITEs at ${times[*]} s, wanted 0 0.5 1.5 3.5 7.5"
  note "INVITE at ${times[*]} s"
}

refused() { # CODE STATUS [HEADER]
  answered answers-refuses -v "STATUS=$2" -v "HEADER=${3:-X-Interop: yes}"
  sipp_end sipp
  ua_ended ua
  ua_reason ua
  [[ $REPLY == *$1* ]] || fail "the call ended with \"$REPLY\", not $1"
  note "reason \"$REPLY\""
}
case_sipp_answers_486() { refused 486 '486 Busy Here'; }
case_sipp_answers_503() { # without the second try that redialonfail makes
  UA_KEYS=(redialonfail=0)
  refused 503 '503 Service Unavailable'
}
case_sipp_answers_603() { refused 603 '603 Decline'; }

# with SIPp: RFC 3261
case_sipp_answers_302() {
  port sipp2
  local target=127.0.0.1:$REPLY
  sipp_start answers-refuses sipp -v 'STATUS=302 Moved Temporarily' -v "HEADER=Contact: &lt;sip:1003@$target&gt;"
  sipp_start answers-basic sipp2
  alone allowcallredirect=1
  ua_call ua 1002
  ua_speaking ua
  sleep 1
  ua_hangup ua
  sipp_end sipp
  sipp_end sipp2
  ua_ended ua
  sipp_log sipp2 count "^INVITE sip:1003@$target"
  [ "$REPLY" -ge 1 ] || fail "the INVITE does not go to the Contact of the 302"
  note "called sip:1003@$target after the 302"
}

case_sipp_answers_cancel_unheard() {
  answered answers-cancel-unheard
  wait_for 10 has_line "$CASE_DIR/sipp/messages.log" "^INVITE " || fail "SIPp got no INVITE"
  sleep 0.3
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  sipp_log sipp times CANCEL
  awk -v t="$REPLY" 'BEGIN { split(t, a); exit !(a[1] >= 2.1) }' || fail "CANCEL at $REPLY s, before the 180 at 2.2 s"
  note "180 at 2.2 s, CANCEL at $REPLY s"
}

case_sipp_answers_cancel_ringing() {
  answered answers-cancel-ringing
  ua_wait ua "$UA_RINGING_OUT" || fail "no ringing was told"
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  ua_reason ua
  note "CANCEL, 487, ACK, reason \"$REPLY\""
}

case_sipp_answers_cancel_crossing() {
  answered answers-cancel-crossing
  ua_wait ua "$UA_RINGING_OUT" || fail "no ringing was told"
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  note "200 after CANCEL: ACK and BYE"
}

# challenged STATUS HEADER ALGORITHM CHALLENGE…: the user agent must answer with ALGORITHM.
challenged() {
  local status=$1 challenge=$2 algorithm=$3 offered header= answer
  shift 3
  case $challenge in WWW-Authenticate) answer=Authorization ;; *) answer=Proxy-Authorization ;; esac
  for offered; do
    header+="${header:+\\n}$challenge: Digest realm=&quot;interop.example&quot;, nonce=&quot;n0nce/$offered+==&quot;, opaque=&quot;0paque&quot;, algorithm=$offered, qop=&quot;auth,auth-int&quot;"
  done
  answered answers-auth -v "STATUS=$status" -v "CHALLENGE=$header" -v "ANSWER=$answer"
  ua_speaking ua
  sleep 0.5
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  sipp_log sipp digest 1001 secret-1001 "$algorithm" || fail "$REPLY"
  note "response recomputed, $algorithm"
}
case_sipp_answers_401_md5() { challenged '401 Unauthorized' WWW-Authenticate MD5 MD5; }
case_sipp_answers_401_sha256() { challenged '401 Unauthorized' WWW-Authenticate SHA-256 SHA-256; }
case_sipp_answers_407_md5() { challenged '407 Proxy Authentication Required' Proxy-Authenticate MD5 MD5; }
case_sipp_answers_407_sha256() { challenged '407 Proxy Authentication Required' Proxy-Authenticate SHA-256 SHA-256; }
# with SIPp: RFC 8760
case_sipp_answers_407_both() { challenged '407 Proxy Authentication Required' Proxy-Authenticate SHA-256 SHA-256 MD5; }

stale() { # ALGORITHM
  answered answers-auth-stale -v "ALGORITHM=$1"
  ua_speaking ua
  sleep 0.5
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  sipp_log sipp digest 1001 secret-1001 "$1" || fail "$REPLY"
  note "second nonce used, responses recomputed"
}
case_sipp_answers_stale_md5() { stale MD5; }
case_sipp_answers_stale_sha256() { stale SHA-256; }

case_sipp_answers_auth_refused() {
  answered answers-auth-refused
  ua_ended ua
  ua_reason ua
  note "one try, reason \"$REPLY\""
  sipp_end sipp
}

case_sipp_answers_hold() {
  echo_start
  answered answers-hold "${ECHO[@]}"
  ua_speaking ua
  sleep 2
  ua_cmd ua '?function=API_Hold&line=-1&state=true'
  sleep 2
  ua_cmd ua '?function=API_Hold&line=-1&state=false'
  sleep 2.2
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  ua_recording ua
  hears "by echo earshot" "$REPLY" left 440:1.6 silence:1.4 440:1.6
}

# lossy_answered PERCENT: 20 calls one after the other to a SIPp that loses that share of what it sends and receives.
lossy_answered() {
  local i
  # An ACK may come just when SIPp answers a repeated INVITE, for which its scenarios have no word: it is to go on then.
  sipp_start answers-lossy sipp -m 20 -lost "$1" -default_behaviors all,-abortunexp -v RING=50 -v LINGER=8000
  alone disablesamecall=0
  for ((i = 1; i <= 20; i++)); do
    ua_call ua 1002
    ua_speaking ua 32 "$i"
    ua_hangup ua
    ua_ended ua 32 "$i"
  done
  sipp_end sipp 45
  sipp_retransmissions
  note "20 of 20 calls, $REPLY"
}
case_sipp_answers_loss_5() { lossy_answered 5; }
case_sipp_answers_loss_20() { lossy_answered 20; }
