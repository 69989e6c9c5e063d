# MESSAGE, presence and lines over TCP, TLS, WS and WSS, each through Kamailio's proxy and presence server.
# shellcheck source=/dev/null
. "$LIB/services.sh"

# by TRANSPORT METHOD USER: a request of that method came from that user by that transport.
came_by() {
  awk -v by="received by $1 from" -v method="^$2 " -v from="^From: .*sip:$3@" '
    index($0, "received by ") { ours = index($0, by) > 0; inside = 0; next }
    ours && $0 ~ method { inside = 1 }
    inside && $0 ~ from { found = 1 }
    END { exit !found }' "$KAMAILIO_LOG" || fail "no $2 of $3 came by $1"
}

# Out to baresip and in from SIPp, both on UDP.
messages_over() {
  services_start
  baresip_start 1002
  services_ua ua 1001 "$1"
  chat 1002 hello+there
  chat_report 2
  kamailio_relayed 'hello there'
  came_by "$1" MESSAGE 1001
  sipp_start calls-message-2001 sipp -s 1001 "$SERVER"
  sipp_end sipp
  ua_wait ua "${UA_CHAT}[0-9]+,2001,good evening" || fail "the message to us did not arrive"
  ua_stop ua
  note "to baresip and from SIPp on UDP"
}
# with Kamailio: RFC 3428
case_services_tcp_messages() { messages_over tcp; }
case_services_tls_messages() { messages_over tls; }
case_services_ws_messages() { messages_over ws; }
case_services_wss_messages() { messages_over wss; }

# We watch another user agent's presence, which it publishes, and the line of baresip, which that one calls.
events_over() {
  services_start
  baresip_start 1002 answermode=manual
  services_ua ua 1001 "$1"
  services_ua ua2 1003 "$1"
  ua_cmd ua2 '?function=API_SetPresenceStatus&statustring=Away'
  ua_cmd ua '?function=API_CheckPresence&userlist=1003'
  told ua 'PRESENCE,1003,Away,'
  ua_cmd ua2 '?function=API_SetPresenceStatus&statustring=DND'
  told ua 'PRESENCE,1003,DND,'
  ua_cmd ua '?function=API_CheckBLF&userlist=1002'
  sleep 1 # Kamailio tells nothing of a line that it knows no call of
  ua_call ua2 1002
  told ua 'BLF,1002,receiver,early,'
  baresip_do accept
  told ua 'BLF,1002,receiver,confirmed,.+'
  ua_hangup ua2
  told ua 'BLF,1002,[a-z]+,terminated,'
  came_by "$1" SUBSCRIBE 1001
  came_by "$1" PUBLISH 1003
  ua_stop ua
  ua_stop ua2
  note "PUBLISH, SUBSCRIBE and NOTIFY of presence; dialog-info early, confirmed, terminated"
}
# with Kamailio: RFC 3856, 3903, 4235, 6665
case_services_tcp_events() { events_over tcp; }
case_services_tls_events() { events_over tls; }
case_services_ws_events() { events_over ws; }
case_services_wss_events() { events_over wss; }

# RFC 5626 and RFC 5627: bound to its connection, and called at the name that the registrar made for this very device.
# with Kamailio: RFC 5626, 5627
case_services_gruu() {
  local gruu
  services_start
  baresip_start 1002 answermode=auto "outbound=\"sip:$SERVER\""
  services_ua ua 1001 tcp outbound=true gruu=1 instance_id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6 autoaccept=true
  kamcmd -s "unix:$CASE_DIR/ctl" ul.lookup s:location s:1001 > "$CASE_DIR/location"
  has_line "$CASE_DIR/location" 'Reg-Id: 1$' || fail "the registrar did not take reg-id=1"
  has_line "$CASE_DIR/location" 'Instance: <urn:uuid:f81d4fae' || fail "the registrar did not take the instance"
  ua_call ua 1002
  ua_speaking ua
  ua_hangup ua
  ua_ended ua
  gruu=$(awk '/^INVITE /{on=1} on && /^Contact: .*;gr=urn:uuid:f81d4fae/{print; exit}' "$KAMAILIO_LOG" | tr -d '\r' | sed 's/.*<//; s/>.*//')
  [ -n "$gruu" ] || fail "our INVITE's Contact is no GRUU of the registrar's"
  baresip_do "dial $gruu"
  ua_speaking ua 10 2
  sleep 3
  baresip_do hangup
  ua_ended ua 10 2
  ua_stop ua
  ua_recording ua 2
  hears earshot "$REPLY" left 880:1.5
  note "called at $gruu, which is our Contact too"
}
