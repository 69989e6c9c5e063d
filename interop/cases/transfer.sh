# Transfers with real peers: baresip as transferor, transferee and target, SIPp for what baresip cannot do.

# third_party NAME USER: another Earshot, registered, that answers by itself; its tone is 620 Hz.
third_party() {
  local fd dir=$CASE_DIR/$1
  mkdir -p "$dir"
  mkfifo "$dir/in"
  exec {fd}<> "$dir/in"
  (
    cd "$dir" || exit 1
    # shellcheck disable=SC2086
    exec env --default-signal=INT "$UA_PROGRAM" iscommandline=true localip=127.0.0.1 "signalingport=$((PORT + 2))" \
      "rtpport=$((PORT + 48))" audiosource=tone:620 "recordto=$dir/call-%c.wav" events=2 ${INTEROP_UA_ARGS:-} \
      "serveraddress=$SERVER" "username=$2" "password=secret-$2" register=1 autoaccept=true < in > out 2> err {fd}>&-
  ) &
  UA_PID[$1]=$!
  UA_FD[$1]=$fd
  track "$!"
  ua_wait "$1" '^WPNOTIFICATION,START,sip,' 20 || fail "$1 did not start"
  ua_registered "$1"
}

# three [key=value…]: Kamailio, baresip 1002, the user agent 1001, a second one 1003.
three() {
  BARESIP_RTP_PORTS=10 # for two calls at a time
  kamailio_start
  baresip_start 1002 answermode=auto
  as_1001 register=1 "$@"
  ua_registered ua
  third_party other 1003
}

ua_transfer() { ua_cmd ua "?function=API_Transfer&line=${2:--1}&peer=$1"; }
transferred() { ua_wait ua '^WPNOTIFICATION,EVENT,EVENT,transfer done: 200' 15 || { last_words "$CASE_DIR/ua/out"; fail "the transfer was not done: $REPLY"; }; }

# We are the transferor, baresip is transferred to the second Earshot.
blind_by_us() { # key=value…
  three "$@"
  ua_call ua 1002
  ua_speaking ua
  sleep 1
  ua_transfer 1003
  transferred
  ua_ended ua
  ua_speaking other
  sleep 3
  baresip_do hangup
  ua_ended other
  ua_stop other
  ua_recording other 1
  hears "the target" "$REPLY" left 880:1.5
  ua_count ua '^WPNOTIFICATION,EVENT,.*transfer progress: '
  note "$REPLY progress reports, our call ended"
}
# with baresip: RFC 3515
case_transfer_blind_by_us() { blind_by_us; }
case_transfer_blind_by_us_type1() {
  three transfertype=1
  ua_call ua 1002
  ua_speaking ua
  sleep 1
  ua_transfer 1003
  ua_ended ua
  ua_speaking other
  sleep 3
  baresip_do hangup
  ua_ended other
  ua_stop other
  ua_recording other 1
  hears "the target" "$REPLY" left 880:1.5
}

# The target is not there: baresip is taken off hold, and hears us again.
case_transfer_fails_and_resumes() {
  BARESIP_RTP_PORTS=10 together
  ua_call ua 1002
  ua_speaking ua
  sleep 1
  ua_transfer 7777
  ua_wait ua '^WPNOTIFICATION,EVENT,WARNING,transfer fail: ' 15 || { last_words "$CASE_DIR/ua/out"; fail "no failure was told: $REPLY"; }
  sleep 3
  ua_hangup ua
  ua_ended ua
  ua_stop ua
  ua_recording ua 1
  note "$(grep -aoE 'transfer fail: [^,]*' "$CASE_DIR/ua/out" | head -n 1)"
  # baresip's own recording ends at the hold; a hold that is short is not seen as silence
  if python3 "$LIB/tone.py" "$REPLY" left 880:0.3 silence:0.2 880:1 > /dev/null; then
    note "earshot heard 880 Hz, silence, 880 Hz"
  else
    hears earshot "$REPLY" left 880:1.5
  fi
}

# baresip is the transferor, we are transferred to the second Earshot.
# with baresip: RFC 3515
case_transfer_blind_of_us() {
  three autoaccept=true
  baresip_do "dial sip:1001@$SERVER"
  ua_speaking ua
  baresip_talking
  sleep 1
  baresip_do "transfer sip:1003@$SERVER"
  ua_speaking other
  ua_ended ua 10 # of the call with baresip
  sleep 3
  ua_stop ua
  ua_stop other
  ua_recording other 1
  hears "the target" "$REPLY" left 440:1.5
  ua_recording ua 2
  hears earshot "$REPLY" left 620:1.5
}

# wait_ended N: until N calls of the user agent are over.
all_ended() { ua_ended ua 10 "$1"; }

# Attended: two calls of ours, SIPp is referred from the one into the place that we have in the other.
# with SIPp: RFC 3891
case_transfer_attended_by_us() {
  alone
  local second
  port sipp2
  second=$REPLY
  sipp_start answers-referred sipp
  sipp_start answers-basic sipp2
  ua_call ua 1002
  ua_speaking ua
  ua_call ua "sip:1003@127.0.0.1:$second"
  ua_speaking ua 10 2
  ua_cmd ua '?function=API_Transfer&line=1&peer='
  transferred
  sipp_end sipp
  sipp_end sipp2
  all_ended 2
  note "REFER with Replaces, both calls ended"
}

# Attended as baresip can: it knows no Replaces, so that the target is called anew after we have asked there.
case_transfer_consulted_baresip() {
  three transfertype=5 transfwithreplace=0
  ua_call ua 1002
  ua_speaking ua
  ua_transfer 1003 1
  ua_speaking other
  ua_speaking ua 10 2
  ua_cmd ua '?function=API_Hangup&line=2'
  transferred
  ua_ended ua 10 2
  ua_speaking other 10 2
  sleep 3
  baresip_do hangup
  ua_ended other 10 2
  ua_stop other
  ua_recording other 2
  hears "the target" "$REPLY" left 880:1.5
  note "after a consultation, our calls ended"
}

case_transfer_sipp_fails() {
  alone
  sipp_start answers-referred-in-vain sipp
  ua_call ua 1002
  ua_speaking ua
  sleep 0.5
  ua_transfer 9999
  ua_wait ua '^WPNOTIFICATION,EVENT,WARNING,transfer fail: ' 10 || fail "no failure was told"
  sleep 1
  ua_hangup ua
  sipp_end sipp
  note "486 told, re-INVITE took the call off hold"
}

# SIPp refers us, and is told how it goes.
refers() { # SCENARIO ANSWER
  alone autoaccept=true
  port sipp2
  local target=$REPLY
  sipp_start "$2" sipp2
  called "$1" -v "TARGET=sip:target@127.0.0.1:$target"
  sipp_end sipp
}
# with SIPp: RFC 3420, 3515, 3892
case_transfer_sipp_refers() {
  refers calls-refers answers-basic
  ua_cmd ua '?function=API_Hangup&line=-2'
  sipp_end sipp2
  sipp_log sipp2 count '(?m)^Referred-By: <sip:boss@example.org>'
  [ "$REPLY" -ge 1 ] || fail "our INVITE does not say who referred us"
  note "202, NOTIFY of 100, 180 and 200"
}
case_transfer_sipp_refers_busy() {
  refers calls-refers-busy answers-busy
  sipp_end sipp2
  note "202, NOTIFY of 100 and 486"
}
# with SIPp: RFC 4488
case_transfer_sipp_refers_silently() {
  refers calls-refers-silently answers-basic
  ua_cmd ua '?function=API_Hangup&line=-2'
  sipp_end sipp2
  sipp_log sipp count '^NOTIFY ' || true
  [[ $REPLY == *0* ]] || fail "NOTIFYs came: $REPLY"
  note "Refer-Sub: false, no NOTIFY"
}

# dialog_of ID: sets REPLY to Replaces as the user agent has to read it, from SIPp's log of a call to it.
dialog_of() {
  local log=$CASE_DIR/$1/messages.log call from to
  call=$(sed -n 's/^Call-ID: *//p' "$log" | head -n 1 | tr -d '\r')
  from=$(sed -n 's/^From:.*;tag=//p' "$log" | head -n 1 | tr -d '\r')
  to=$(sed -n 's/^To:.*;tag=//p' "$log" | head -n 1 | tr -d '\r')
  REPLY="$call;to-tag=$to;from-tag=$from"
}

# with SIPp: RFC 3891
case_transfer_sipp_replaces() {
  alone autoaccept=true
  called calls-replaced
  ua_speaking ua
  sleep 0.5
  dialog_of sipp
  local dialog=$REPLY
  at_ua
  sipp_start calls-replacing sipp2 -v "HEADER=Replaces: $dialog" -s 1001 "$REPLY"
  sipp_end sipp
  sipp_end sipp2
  all_ended 2
  note "the old call got BYE"
}

replacing_refused() { # STATUS HEADER
  at_ua
  sipp_start calls-replacing-refused sipp2 -v "HEADER=$2" -v "STATUS=$1" -s 1001 "$REPLY"
  sipp_end sipp2
}
case_transfer_sipp_replaces_nothing() {
  alone autoaccept=true
  replacing_refused 481 'Replaces: nobody;to-tag=1;from-tag=2'
  note "481"
}
case_transfer_sipp_replaces_early_only() {
  alone autoaccept=true
  called calls-replaced
  ua_speaking ua
  sleep 0.5
  dialog_of sipp
  replacing_refused 486 "Replaces: $REPLY;early-only"
  ua_cmd ua '?function=API_Hangup&line=-2'
  sipp_end sipp
  note "486"
}
