# Attended transfers with a stranger that knows Replaces, which baresip does not: Linphone in each of the three parts.
# shellcheck source=/dev/null
. "$LIB/linphone.sh"

# with_linphone key=value…: Kamailio, Linphone 1004, the user agent 1001, a second one 1003 of 620 Hz.
with_linphone() {
  kamailio_start
  linphone_start 1004
  as_1001 register=1 "$@"
  ua_registered ua
  third_party other 1003
}

# We bring two calls of ours together.
attended_by_us() { # TRANSFEREE TARGET
  ua_call ua "$1"
  ua_speaking ua
  sleep 0.5
  ua_call ua "$2"
  ua_speaking ua 10 2
  sleep 0.5
  ua_cmd ua '?function=API_Transfer&line=1&peer='
  transferred
  ua_ended ua 10 2
}

# with Linphone: RFC 3515, 3891
case_linphone_transferee() {
  with_linphone
  attended_by_us 1004 1003
  grep -qa '^INVITE .*1003@' "$KAMAILIO_LOG" && grep -qa '^Replaces: ' "$KAMAILIO_LOG" || fail "no INVITE with Replaces came"
  sleep 3
  linphone_do 'terminate all'
  ua_ended other 10 2
  ua_stop other
  ua_recording other 2
  hears "the target" "$REPLY" left 880:1.5
}

# with Linphone: RFC 3891
case_linphone_target() {
  with_linphone
  attended_by_us 1003 1004
  sleep 3
  linphone_do 'terminate all'
  ua_ended other 10 2
  ua_stop other
  ua_recording other 2
  hears "the transferee" "$REPLY" left 880:1.5
}

# with Linphone: RFC 3515, 3891
case_linphone_transferor() {
  port kamailio
  with_linphone autoaccept=true "proxyaddress=127.0.0.1:$REPLY" # Linphone leaves the port out of the addresses it has dialled
  linphone_do "call sip:1001@$SERVER"
  ua_speaking ua
  sleep 1
  linphone_do 'pause'
  linphone_said 'is now paused'
  linphone_do "call sip:1003@$SERVER"
  ua_speaking other
  sleep 1
  linphone_do 'transfer 1 --to-call 2'
  ua_ended ua
  ua_speaking other 10 2
  sleep 3
  ua_cmd ua '?function=API_Hangup&line=-2'
  ua_ended other 10 2
  ua_stop other
  ua_recording other 2
  hears "the target" "$REPLY" left 440:1.5
}
