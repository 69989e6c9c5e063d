# JsSIP and we, both over Kamailio's WebSocket. Its signalling alone is under test: what it would say of ICE and DTLS needs a browser.
# shellcheck source=/dev/null
. "$LIB/services.sh"
# shellcheck source=/dev/null
. "$LIB/jssip.sh"

# with JsSIP: RFC 7118, 6086
case_jssip_calls() {
  services_start
  jssip_start 1004
  services_ua ua 1001 ws autoaccept=true
  jssip_do "message sip:1001@${SERVER%:*} good evening"
  ua_wait ua "${UA_CHAT}[0-9]+,1004,good evening" || fail "the message to us did not arrive"
  jssip_said '^message taken'
  jssip_do "call sip:1001@${SERVER%:*}"
  ua_speaking ua
  jssip_said '^confirmed'
  jssip_do 'dtmf 5'
  ua_wait ua '^WPNOTIFICATION,DTMF,[0-9]+,5' || fail "the key 5 was not told"
  sleep 1.5
  jssip_do hold
  jssip_said '^held'
  sleep 1
  jssip_do unhold
  jssip_said '^resumed'
  sleep 2
  jssip_do hangup
  ua_ended ua
  ua_stop ua
  ua_recording ua
  hears "by echo earshot" "$REPLY" left 440:0.8 silence:0.4 440:0.8
  note "JsSIP $JSSIP_VERSION: MESSAGE, call, INFO key, hold and back, BYE"
}

# with JsSIP: RFC 7118
case_jssip_called() {
  services_start
  jssip_start 1004
  services_ua ua 1001 ws dtmfmode=1
  ua_cmd ua '?function=API_SendChat&line=-1&peer=1004&group=&message=hello+there'
  jssip_said '^message 1001 hello there'
  ua_call ua 1004
  jssip_said '^called by 1001'
  ua_speaking ua
  ua_cmd ua '?function=API_Dtmf&line=-1&dtmf=7'
  jssip_said '^key 7'
  sleep 1.5
  ua_cmd ua '?function=API_Hold&line=-1&state=true'
  jssip_said '^hold remote'
  sleep 1
  ua_cmd ua '?function=API_Hold&line=-1&state=false'
  jssip_said '^unhold remote'
  sleep 2
  ua_hangup ua
  jssip_said '^ended remote'
  ua_ended ua
  ua_stop ua
  ua_recording ua
  hears "by echo earshot" "$REPLY" left 440:0.8 silence:0.4 440:0.8
  note "JsSIP $JSSIP_VERSION: MESSAGE, call, INFO key, hold and back, BYE"
}
