# Presence, lines and voice mail: through Kamailio's presence server, from phone to phone, with baresip and with SIPp.

# second key=value…: another user agent under test, as 1003.
second() {
  local sip rtp
  port ua2; sip=$REPLY
  port ua2-rtp; rtp=$REPLY
  ua_start ua2 "serveraddress=$SERVER" username=1003 password=secret-1003 register=1 "signalingport=$sip" "rtpport=$rtp" "$@"
  ua_registered ua2
}

# watching key=value…: Kamailio without or, after presence_defines, with presence; 1001 and 1003 are registered.
watching() {
  kamailio_start "${PRESENCE_DEFINES[@]}"
  as_1001 register=1 "$@"
  second "$@"
  ua_registered ua
}
PRESENCE_DEFINES=()

told() { # NAME REGEX [SECONDS [COUNT]]
  ua_wait "$1" "^WPNOTIFICATION,$2" "${3:-10}" "${4:-1}" || { last_words "$CASE_DIR/$1/out"; fail "$1 was not told $2: $REPLY"; }
}

# with Kamailio: RFC 3856, 3863, 3903, 4480, 6665
case_events_presence_server() {
  presence_defines
  watching
  ua_cmd ua2 '?function=API_SetPresenceStatus&statustring=Away'
  ua_cmd ua '?function=API_CheckPresence&userlist=1003'
  told ua 'PRESENCE,1003,Away,'
  ua_cmd ua2 '?function=API_SetPresenceStatus&statustring=DND'
  told ua 'PRESENCE,1003,DND,'
  count_requests SUBSCRIBE
  note "$REPLY SUBSCRIBEs of the watcher"
  ua_stop ua
  ua_stop ua2
}

case_events_server_restart() {
  presence_defines
  watching presenceexpire=10 registerinterval=10
  ua_cmd ua2 '?function=API_SetPresenceStatus&statustring=Away'
  ua_cmd ua '?function=API_CheckPresence&userlist=1003'
  told ua 'PRESENCE,1003,Away,'
  stop "$KAMAILIO_PID"
  rm -f "$CASE_DIR/ctl"
  kamailio_start "${PRESENCE_DEFINES[@]}"
  local began=$SECONDS
  sleep 7
  ua_cmd ua2 '?function=API_SetPresenceStatus&statustring=DND'
  told ua 'PRESENCE,1003,DND,' 40
  note "told again $((SECONDS - began)) s after the restart"
}

# with Kamailio: RFC 4235, 6665
case_events_line_server() {
  presence_defines
  watching
  baresip_start 1002 answermode=manual
  ua_cmd ua '?function=API_CheckBLF&userlist=1002'
  sleep 1 # Kamailio tells nothing of a line that it knows no call of
  ua_call ua2 1002
  told ua 'BLF,1002,receiver,early,'
  baresip_do accept
  told ua 'BLF,1002,receiver,confirmed,.+'
  ua_hangup ua2
  told ua 'BLF,1002,[a-z]+,terminated,'
}

case_events_watcher_allowed() {
  watching
  ua_cmd ua2 '?function=API_SetPresenceStatus&statustring=Away'
  ua_cmd ua '?function=API_CheckPresence&userlist=1003'
  told ua2 'NEWUSER,1001,'
  told ua 'PRESENCE,1003,Pending,'
  ua_cmd ua2 '?function=API_PushContactlist&contacts=1001'
  told ua 'PRESENCE,1003,Away,'
  ua_cmd ua2 '?function=API_SetPresenceStatus&statustring=Online'
  told ua 'PRESENCE,1003,Open,'
}

baresip_sees() { baresip_ask contacts; [[ $REPLY == *"$1"* ]]; }

# with baresip: RFC 3856, 6665
case_events_baresip() {
  kamailio_start
  port kamailio
  BARESIP_EXTRA=$'module_app contact.so\nmodule_app presence.so'
  BARESIP_CONTACTS="\"1001\" <sip:1001@127.0.0.1:$REPLY>;presence=p2p"
  as_1001 register=1 autoacceptpresencrequests=2
  ua_registered ua
  baresip_start 1002 answermode=manual
  ua_cmd ua '?function=API_CheckPresence&userlist=1002'
  told ua 'PRESENCE,1002,(Open|Unknown),'
  ua_cmd ua '?function=API_SetPresenceStatus&statustring=Offline'
  wait_for 8 baresip_sees Offline || fail "baresip did not learn that we are offline: $REPLY"
  ua_cmd ua '?function=API_SetPresenceStatus&statustring=Online'
  wait_for 8 baresip_sees Online || fail "baresip did not learn that we are online: $REPLY"
  baresip_do presence_online
  told ua 'PRESENCE,1002,Open,'
}

# with SIPp: RFC 3842, 6665
case_events_mwi_sipp() {
  sipp_start answers-mwi sipp -m 2
  port sipp
  ua_start ua "serveraddress=127.0.0.1:$REPLY" username=1001 register=0 voicemail=4
  told ua 'MWI,2 new messages .8 old.'
  sipp_end sipp 15
  note "subscribed again after a probation"
}
