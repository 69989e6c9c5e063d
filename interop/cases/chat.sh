# MESSAGE, INFO and OPTIONS: with baresip through Kamailio and directly, and with SIPp.

UA_CHAT='^WPNOTIFICATION,CHAT,'

# chat_report STATUS [SECONDS [COUNT]]: waits for CHATREPORTs of this status.
chat_report() {
  ua_wait ua "^WPNOTIFICATION,CHATREPORT,[0-9]+,[^,]*,$1," "${2:-10}" "${3:-1}" || {
    REPLY=$(grep -aE '^WPNOTIFICATION,(CHATREPORT|EVENT)' "$CASE_DIR/ua/out" | tail -n 2 | tr '\n' ' ')
    fail "no CHATREPORT with status $1: $REPLY"
  }
}

# kamailio_relayed TEXT…: baresip, which writes no text of messages to its log, answered that many with 200; Kamailio, which writes all that
# it relays, saw these texts and each for the last time before the next one came.
kamailio_relayed() {
  local text first last=0
  wait_for 10 has_line "$KAMAILIO_LOG" '^SIP/2.0 200 ' "$#" || fail "baresip did not take $# messages"
  for text; do
    first=$(grep -anx "$text" "$KAMAILIO_LOG" | head -n 1 | cut -d: -f1)
    [ "${first:-0}" -gt "$last" ] || fail "'$text' did not pass Kamailio after the message before it"
    last=$(grep -anx "$text" "$KAMAILIO_LOG" | tail -n 1 | cut -d: -f1)
  done
}

# chat TO TEXT
chat() { ua_cmd ua "?function=API_SendChat&line=-1&peer=$1&group=&message=$2"; }

# with baresip: RFC 3428
case_chat_baresip() {
  kamailio_start
  baresip_start 1002
  as_1001 register=1
  ua_registered ua
  chat 1002 hello+there
  chat_report 2
  kamailio_relayed 'hello there'
  sipp_start calls-message-2001 sipp -s 1001 "$SERVER"
  sipp_end sipp
  ua_wait ua "${UA_CHAT}[0-9]+,2001,good evening" || fail "the message to us did not arrive"
  note "to baresip and from a peer, by way of Kamailio, with credentials"
}

case_chat_baresip_directly() {
  kamailio_start
  baresip_start 1002
  as_1001
  port baresip
  chat "sip:1002@127.0.0.1:$REPLY" straight
  chat_report 2
  baresip_wait "device 'alert'" || fail "baresip did not announce the message"
}

# Two messages for somebody who is away, the program killed without a word, started again, and the peer comes.
case_chat_offline() {
  kamailio_start
  as_1001 register=1 "datafolder=$CASE_DIR/data"
  ua_registered ua
  chat 1002 first
  chat 1002 second
  chat_report 4 10 2
  signal KILL "${UA_PID[ua]}"
  wait_for 5 gone "${UA_PID[ua]}" || fail "the program survived SIGKILL"
  baresip_start 1002
  ua_start again "serveraddress=$SERVER" username=1001 password=secret-1001 register=1 "datafolder=$CASE_DIR/data"
  ua_registered again
  kamailio_relayed first second
  note "two messages kept through kill -9, delivered in order"
}

# with SIPp: RFC 6086
case_chat_dtmf_info() {
  local key keys=
  alone autoaccept=true
  called calls-info
  sipp_end sipp
  ua_ended ua
  for key in $(grep -aE '^WPNOTIFICATION,DTMF,' "$CASE_DIR/ua/out" | cut -d, -f4); do keys+=$key; done
  [ "$keys" = "5#" ] || fail "the keys were 5 and #, told were '$keys'"
  note "keys '$keys' by dtmf-relay and dtmf; 415 for a picture, 469 for an unknown package"
}

case_chat_dtmf_out() {
  alone dtmfmode=1
  sipp_start answers-info sipp
  ua_call ua 1001
  ua_speaking ua
  ua_cmd ua '?function=API_Dtmf&line=-1&dtmf=7*'
  ua_wait ua '^WPNOTIFICATION,INFO,OK,' || fail "the keys were not accepted"
  ua_hangup ua
  sipp_end sipp
  note "two INFO with dtmf-relay, in order"
}

# with SIPp: RFC 3862, 3994, 5438
case_chat_bodies() {
  alone
  called calls-message
  sipp_end sipp
  ua_wait ua "${UA_CHAT}[0-9]+,[^,]*,wrapped" || fail "the CPIM message was not told"
  ua_wait ua '^WPNOTIFICATION,CHATCOMPOSING,[0-9]+,[^,]*,1' || fail "is-composing was not told"
  sipp_start answers-notification sipp
  sipp_end sipp
  note "is-composing, CPIM and its delivery notification; 415 for a picture"
}

case_chat_options_keep_alive() {
  kamailio_start
  as_1001 register=1 keepalivetype=5 keepaliveival=3
  ua_registered ua
  wait_for 10 has_line "$KAMAILIO_LOG" '^OPTIONS sip:' 2 || fail "no two OPTIONS came within 10 s"
  note "OPTIONS every 3 s"
}

# Kamailio takes no NOTIFY of that event, and says so: it is there.
case_chat_notify_keep_alive() {
  kamailio_start
  as_1001 register=1 keepalivetype=2 keepaliveival=3
  ua_registered ua
  local before
  before=$(grep -ac '^REGISTER sip:' "$KAMAILIO_LOG")
  wait_for 20 has_line "$KAMAILIO_LOG" '^Event: keep-alive' 4 || fail "no NOTIFY each 3 s"
  has_line "$KAMAILIO_LOG" '^NOTIFY sip:' 4 || fail "the event is that of another request"
  if has_line "$KAMAILIO_LOG" '^REGISTER sip:' $((before + 1)); then fail "the phone took a refusal for silence and registered anew"; fi
  note "NOTIFY every 3 s, and no other REGISTER than at first"
}
