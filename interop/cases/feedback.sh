# Lost packets of sound between a browser (Chromium with JsSIP) and us are asked for and repeated, both ways: generic NACK of RFC 4585.
# shellcheck source=/dev/null
. "$LIB/services.sh"
# shellcheck source=/dev/null
. "$LIB/jssip.sh"
# shellcheck source=/dev/null
. "$LIB/browser.sh"

# feedback_relay PERCENT: the way of all media.
feedback_relay() {
  local ours theirs
  port tap-ua; ours=$REPLY
  port tap-peer; theirs=$REPLY
  python3 "$LIB/lossy.py" "$ours" "$theirs" "$1" 7 > "$CASE_DIR/relay" 2>&1 &
  RELAY_PID=$!
  track "$RELAY_PID"
  wait_for 5 has_line "$CASE_DIR/relay" '^ready' || fail "the relay did not start"
  browser_do "relay $ours $theirs"
}

# feedback_figure NAME: sets REPLY to a figure of what the browser said last of losses.
feedback_figure() {
  REPLY=$(grep -a '^losses ' "$BROWSER_LOG" | tail -n 1 | sed -n "s/.* $1=\\([0-9]*\\).*/\\1/p")
  REPLY=${REPLY:-0}
}

# feedback_both_ways: a call of some seconds is up; what was lost is asked for and comes, on either side.
feedback_both_ways() {
  local asked wanted repeated ours
  browser_said '^hears 440' 15
  sleep 10
  browser_do losses
  browser_said '^losses '
  feedback_figure asked; asked=$REPLY
  feedback_figure wanted; wanted=$REPLY
  feedback_figure repeated; repeated=$REPLY
  note "browser asked for $asked; was asked for $wanted, repeated $repeated"
  browser_do hangup
  ua_ended ua
  ua_wait ua 'LOG.*lost packets' 5 || fail "we repaired nothing; the browser asked for $asked"
  ours=$(grep -a 'LOG.*lost packets' "$CASE_DIR/ua/out" | sed 's/.*lost packets: //;s/,NEOL//')
  note "we $ours"
  ua_stop ua
  browser_stop
  stop "$RELAY_PID"
  note "relay: $(tail -n 1 "$CASE_DIR/relay")"
  [[ $ours =~ asked\ for\ ([0-9]+),\ ([0-9]+)\ came.*peer\ ([0-9]+) ]] || fail "our figures: $ours"
  # A twentieth of some 500 packets each way is lost; on a busy machine some of them come too late.
  [ "${BASH_REMATCH[1]}" -ge 8 ] && [ "${BASH_REMATCH[2]}" -ge 2 ] || fail "too little was repaired for us: $ours"
  [ "${BASH_REMATCH[3]}" -ge 8 ] && [ "$repeated" -ge 8 ] && [ "$asked" -ge 8 ] || fail "too little was repaired for the browser: $NOTES"
}

case_feedback_browser_calls() {
  browser_found
  services_start
  export BROWSER_PAGE=$LIB/feedback-page.js
  browser_start 1004
  feedback_relay 5
  services_ua ua 1001 ws autoaccept=true events=3
  browser_do "call sip:1001@${SERVER%:*}"
  ua_speaking ua 20
  feedback_both_ways
  grep -aq '^sdp remote answer .*a=rtcp-fb:[0-9*]* nack' "$BROWSER_LOG" || fail "our answer does not confirm nack"
}

case_feedback_browser_called() {
  browser_found
  services_start
  export BROWSER_PAGE=$LIB/feedback-page.js
  browser_start 1004
  feedback_relay 5
  services_ua ua 1001 ws mediaencryption=4 strictsrtp=2 use_fast_ice=2 use_speex=0 events=3
  ua_call ua 1004
  ua_speaking ua 20
  feedback_both_ways
  grep -aq '^sdp remote offer .*a=rtcp-fb:[0-9*]* nack' "$BROWSER_LOG" || fail "our offer does not name nack"
}
