# The control server, driven by programs that have nothing of ours: nc, socat, curl, a Python and a Node script.
# Each registers at Kamailio, calls baresip, sends keys, hangs up, and reads the STATUS and CDR lines.

# ctl_served [key=value…]: Kamailio, baresip and a user agent that is not registered yet. Sets CONTROL and WINDOWS, its ports.
ctl_served() {
  port control; CONTROL=$REPLY
  WINDOWS=$((CONTROL + 1))
  kamailio_start
  baresip_start 1002 answermode=auto
  as_1001 register=0 dtmfmode=1 "wpapilistenport=$CONTROL" "wpapiudplistenport=$CONTROL" "wpapiwindowsport=$WINDOWS" \
    "wpapiconnectport=$((CONTROL + 2))" "$@"
}

# client COMMAND…: starts a program whose input is written by ctl_say and whose output is $CASE_DIR/client.
ctl_client() {
  mkfifo "$CASE_DIR/client.in"
  exec {TELL}<> "$CASE_DIR/client.in"
  "$@" < "$CASE_DIR/client.in" > "$CASE_DIR/client" {TELL}>&- &
  CLIENT_PID=$!
  track "$CLIENT_PID"
}
ctl_say() { printf '%b' "$1" >&"$TELL"; }
ctl_told() { # REGEX [SECONDS]
  wait_for "${2:-10}" has_line "$CASE_DIR/client" "$1" || { last_words "$CASE_DIR/client"; fail "the client was not told $1, but: $REPLY"; }
}

ctl_keys() { # KEYS: as baresip's log tells them
  local key
  for key in $(grep -o . <<< "$1"); do
    baresip_wait "received DTMF: '[$key]'" 5 || fail "baresip did not get the key $key"
  done
}

# ctl_call: by whoever client is; its requests end with $END.
ctl_call() {
  ctl_say "?function=API_Register$END"
  ctl_told '^WPNOTIFICATION,STATUS,-1,Registered'
  ctl_say "BOFCOMMANDBOFLINEfunction=API_CallEOFLINEBOFLINEparam1=-1EOFLINEBOFLINEparam2=1002EOFLINEEOFCOMMAND$END"
  ctl_told 'APIREQUEST:API_CallRPARAM1:-1RPARAM2:1002APIRESULT:OK: initiated'
  ctl_told '^WPNOTIFICATION,STATUS,1,Ringing,1002,1001,1,|^WPNOTIFICATION,STATUS,1,CallConnect,'
  ctl_told '^WPNOTIFICATION,STATUS,1,CallConnect,'
  ctl_told '^WPNOTIFICATION,STATUS,-1,Speaking'
  ctl_say "API_Dtmf,-1,12#$END"
  ctl_told 'OK: API_Dtmf succeed'
  ctl_keys '12#'
  ctl_say "API_Hangup$END"
  ctl_told 'OK: API_Hangup succeed'
  ctl_told '^WPNOTIFICATION,CDR,1,1002,1001,1002,'
  ctl_told '^WPNOTIFICATION,STATUS,1,Finished,1002,1001,1,'
  ua_ended ua
  baresip_idle
  count_lines "$CASE_DIR/client" '^WPNOTIFICATION,STATUS'
  note "$REPLY STATUS lines and a CDR"
}

case_control_nc() {
  ctl_served
  ctl_client nc 127.0.0.1 "$CONTROL"
  END='\r\n'
  ctl_call
}

case_control_socat() {
  ctl_served
  ctl_client socat -u -T 60 "UDP-RECV:$((CONTROL + 2)),bind=127.0.0.1,reuseaddr" STDOUT
  ctl_unsolicited
  stop "$CLIENT_PID"
  exec {TELL}>&-
  rm -f "$CASE_DIR/client.in"
  ctl_client socat -T 60 STDIO "UDP:127.0.0.1:$CONTROL,sourceport=$((CONTROL + 2)),bind=127.0.0.1"
  END=
  ctl_call
}
# Before anybody has asked for anything, notifications go to the documented port.
ctl_unsolicited() {
  wait_for 5 udp_bound "$((CONTROL + 2))" || fail "socat did not start"
  ua_cmd ua '?function=API_Hangup&line=-1'
  ctl_told '^WPNOTIFICATION,STATUS,-1,Hangup,NEOL' 5
}

# --- HTTP ---

ctl_web() { curl -sS -m 10 "$@"; }
ctl_polled() { # REGEX: polls as the documents say, five times a second
  wait_for "${2:-10}" ctl_poll "$1" || { last_words "$CASE_DIR/polled"; fail "not told $1, but: $REPLY"; }
}
ctl_poll() {
  ctl_web "http://127.0.0.1:$CONTROL/?function=API_GetNotifications" | sed 's/^APIREQUEST:API_GetNotificationsAPIRESULT://' \
    >> "$CASE_DIR/polled"
  has_line "$CASE_DIR/polled" "$1"
}
ctl_wants() { # WHAT ANSWER: in the variable GOT
  [ "$GOT" = "$2" ] || fail "$1: '$GOT', wanted '$2'"
}

case_control_curl() {
  local at
  ctl_served
  at=http://127.0.0.1:$CONTROL/
  ctl_web "$at?function=API_GetNotifications" > "$CASE_DIR/polled"
  GOT=$(ctl_web "$at?function=API_Register" | tr -d '\r'); ctl_wants "a query" 'APIREQUEST:API_RegisterAPIRESULT:OK: initiated'
  ctl_polled '^WPNOTIFICATION,STATUS,-1,Registered'
  GOT=$(ctl_web -H 'Content-Type: application/json' -H 'Accept: application/json' -d '{"function":"API_Call","line":-1,"peer":"1002"}' "$at")
  ctl_wants JSON '{"function":"API_Call","ok":true,"result":"OK: initiated","value":true}'
  ctl_polled '^WPNOTIFICATION,STATUS,1,CallConnect,'
  GOT=$(ctl_web -d 'function=API_Dtmf' -d 'line=-1' -d 'dtmf=1' "$at" | tr -d '\r')
  ctl_wants "a form" 'APIREQUEST:API_DtmfRPARAM1:-1RPARAM2:1APIRESULT:OK: initiated'
  GOT=$(ctl_web -H 'Content-Type: text/xml' -H 'Accept: text/xml' \
    -d '<request><function>API_Dtmf</function><line>-1</line><dtmf>2</dtmf></request>' "$at" | tail -n 1)
  ctl_wants XML '<response><function>API_Dtmf</function><ok>true</ok><result>OK: initiated</result></response>'
  GOT=$(ctl_web -H 'Content-Type: text/xml' -H 'SOAPAction: ""' -d '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
    <API_Dtmf><line>-1</line><dtmf>3</dtmf></API_Dtmf></s:Body></s:Envelope>' "$at" | grep -o '<result>.*</result>')
  ctl_wants SOAP '<result>OK: initiated</result>'
  GOT=$(ctl_web -H 'Content-Type: text/plain' -d 'BOFCOMMAND BOFLINE API_Dtmf EOFLINE BOFLINE -1 EOFLINE BOFLINE 4 EOFLINE EOFCOMMAND' "$at" | tr -d '\r')
  ctl_wants "a command between marks" 'APIREQUEST:API_DtmfRPARAM1:-1RPARAM2:4APIRESULT:OK: initiated'
  ctl_keys 1234
  GOT=$(ctl_web -o /dev/null -w '%{http_code}' -H 'Origin: http://evil.example.com' "$at?function=API_Hangup")
  ctl_wants "a page of another site" 403
  GOT=$(ctl_web -o /dev/null -w '%{http_code}' -H "Host: evil.example.com:$CONTROL" "$at?function=API_Hangup")
  ctl_wants "a name of somebody else's" 403
  [ "$(ctl_web "${at}calls" | grep -c '"state":"connected"')" = 1 ] || fail "the call is not there any more"
  GOT=$(ctl_web -o /dev/null -w '%{http_code}' -X DELETE "${at}calls/1"); ctl_wants "DELETE /calls/1" 204
  ctl_polled '^WPNOTIFICATION,CDR,1,1002,1001,1002,'
  baresip_idle
  note "query, form, JSON, XML, SOAP, marks and REST in one call"
}

# --- scripts ---

ctl_script() { # COMMAND…: must end well; its last line is the note
  timeout 40 "$@" > "$CASE_DIR/script.log" 2>&1 || { last_words "$CASE_DIR/script.log"; fail "$REPLY"; }
  ctl_keys '159'
  ua_ended ua
  baresip_idle
  note "$(tail -n 1 "$CASE_DIR/script.log")"
}

# Nothing is known of the server when the program starts.
case_control_python() {
  port control; WINDOWS=$REPLY
  kamailio_start
  baresip_start 1002 answermode=auto
  ua_start ua register=0 dtmfmode=1 "wpapiwindowsport=$WINDOWS" wpapiudplistenport=0 "datafolder=$CASE_DIR/data"
  ctl_script python3 "$LIB/control-client.py" "$WINDOWS" "$SERVER"
  [ -n "$(find "$CASE_DIR/data" -name '*script*' -size +10k)" ] || fail "there is no recording"
}

case_control_node() {
  ctl_served "datafolder=$CASE_DIR/data"
  ctl_script node "$LIB/control-client.js" "$CONTROL"
  [ -n "$(find "$CASE_DIR/data" -name '*script*' -size +10k)" ] || fail "there is no recording"
}

# The loads of section "Show": a call goes on while somebody floods the sockets.
case_control_flood() {
  ctl_served
  END='\r\n'
  ctl_client nc 127.0.0.1 "$CONTROL"
  ctl_say "?function=API_Call&line=-1&peer=1002$END"
  ctl_told '^WPNOTIFICATION,STATUS,1,CallConnect,'
  python3 "$LIB/control-flood.py" "$CONTROL" > "$CASE_DIR/flood.log" 2>&1 || { last_words "$CASE_DIR/flood.log"; fail "$REPLY"; }
  ctl_say "API_Hangup$END"
  ctl_told '^WPNOTIFICATION,CDR,1,1002,1001,1002,'
  ua_recording ua 1
  hears earshot "$REPLY" left 880:1
  grep -aq 'Exception' "$CASE_DIR/ua/out" "$CASE_DIR/ua/err" "$CASE_DIR/client" && fail "an exception shows"
  note "$(tail -n 1 "$CASE_DIR/flood.log")"
}
