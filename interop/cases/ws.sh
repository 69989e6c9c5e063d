# SIP over WebSocket: through Kamailio over WS and WSS, and from a client in Node to our listener.

# ws_kamailio [tls]: Kamailio with UDP for baresip, WS and, if asked for, WSS. Sets SERVER (UDP), WS_URI and WSS_URI.
ws_kamailio() {
  local port ws wss args=() pid
  port kamailio; port=$REPLY
  ws=$((port + 1)) wss=$((port + 2))
  SERVER=127.0.0.1:$port
  WS_URI=ws://127.0.0.1:$ws/ws
  WSS_URI=wss://localhost:$wss/ws
  KAMAILIO_LOG=$CASE_DIR/kamailio.log
  args=(-l "udp:$SERVER" -l "tcp:127.0.0.1:$ws" -A CTL="\"unix:$CASE_DIR/ctl\"" -A WS_PORT="$ws" -A WSS_PORT="$wss")
  if [ "${1:-}" = tls ]; then
    ws_certificate
    printf '[server:default]\nmethod = TLSv1.2+\nverify_certificate = no\nrequire_certificate = no\nprivate_key = %s\ncertificate = %s\n' \
      "$CASE_DIR/server.key" "$CASE_DIR/server.pem" > "$CASE_DIR/tls.cfg"
    args+=(-l "tls:127.0.0.1:$wss" -A WITH_TLS -A TLS_CONFIG="\"$CASE_DIR/tls.cfg\"")
  fi
  [ -e "$KAMAILIO_MODULES/websocket.so" ] || fail "kamailio has no websocket module: install kamailio-websocket-modules"
  kamailio -DD -E -m 32 -M 4 -Y "$CASE_DIR" -L "$KAMAILIO_MODULES/" -f "$INTEROP/ws.cfg" "${args[@]}" >> "$KAMAILIO_LOG" 2>&1 &
  pid=$!
  WS_KAMAILIO_PID=$pid
  track "$pid"
  wait_for 10 kamailio_up_or_gone "$port" "$pid"
  if gone "$pid" || ! [ -S "$CASE_DIR/ctl" ]; then
    REPLY=$(grep -aE 'ERROR|CRITICAL' "$KAMAILIO_LOG" | head -n 1 | cut -c1-200)
    fail "kamailio did not start: $REPLY"
  fi
}

# ws_certificate: server.pem and server.key for localhost, by an authority in ca.pem.
ws_certificate() {
  (
    cd "$CASE_DIR" || exit 1
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ca.key -out ca.pem -days 2 \
      -subj /CN=interop-ca -addext basicConstraints=critical,CA:TRUE
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout server.key -out server.csr -subj /CN=localhost
    printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' > ext
    openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 2 -extfile ext
  ) > "$CASE_DIR/openssl.log" 2>&1 || fail "openssl made no certificate"
}

# as_ws_1001 URI key=value…: the user agent with its account behind that WebSocket server.
as_ws_1001() {
  local uri=$1
  shift
  ua_start ua "serveraddress=$SERVER" "proxyaddress=$uri" username=1001 password=secret-1001 register=1 "$@"
}

ws_together() {
  local uri=$1
  shift
  baresip_start 1002 answermode=auto
  as_ws_1001 "$uri" "$@"
  ua_registered ua 25
}

# ws_registered_at PATTERN: the contact must lead nowhere, and the way back be the connection.
ws_registered_at() {
  kamailio_contact 1001 || fail "the location table has no contact of 1001"
  [[ $REPLY == *.invalid*transport=ws* ]] || fail "the contact is $REPLY"
  note "contact $REPLY"
  has_line "$KAMAILIO_LOG" "$1" || fail "no message came with $1"
}

ws_call_out() {
  ua_call ua 1002
  ua_speaking ua
  sleep 3
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  both_heard 2
}

ws_called() {
  baresip_do "dial sip:1001@$SERVER"
  baresip_talking
  ua_speaking ua
  sleep 3
  baresip_do hangup
  ua_ended ua
  ua_stop ua
  both_heard 2
}

# with Kamailio: RFC 7118
case_ws_call_out() {
  ws_kamailio
  ws_together "$WS_URI"
  ws_registered_at '^Via: SIP/2.0/WS .*\.invalid'
  ws_call_out
}

case_ws_called() {
  ws_kamailio
  ws_together "$WS_URI" autoaccept=true
  ws_called
}

# with Kamailio: RFC 7118
case_wss_call_out() {
  ws_kamailio tls
  ws_together "$WSS_URI" tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem"
  ws_registered_at '^Via: SIP/2.0/WSS .*\.invalid'
  ws_call_out
}

case_wss_called() {
  ws_kamailio tls
  ws_together "$WSS_URI" tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem" autoaccept=true use_preloaded_route=true
  has_line "$KAMAILIO_LOG" '^Route: <sip:localhost:[0-9]+;lr;transport=ws>' || fail "no preloaded route came"
  ws_called
}

case_wss_unknown_authority() {
  ws_kamailio tls
  as_ws_1001 "$WSS_URI" tlspolicy=3
  ua_wait ua 'issued by CN=interop-ca, which is not trusted here' 25 || { last_words "$CASE_DIR/ua/out"; fail "not told: $REPLY"; }
  kamailio_forgot 1001 || fail "registered over an untrusted connection"
}

case_ws_refused() {
  ws_kamailio
  as_ws_1001 "${WS_URI%/ws}/refused"
  ua_wait ua 'answered HTTP 401 Unauthorized: it wants a login' 25 || { last_words "$CASE_DIR/ua/out"; fail "not told: $REPLY"; }
}

case_ws_fail_over_and_restart() {
  ws_kamailio
  ua_start ua "serveraddress=$SERVER" "ws_servers=ws://127.0.0.1:9/ws,$WS_URI" connection_recovery_max_interval=4 \
    username=1001 password=secret-1001 register=1
  ua_registered ua 25
  note "the first server is dead, the second used"
  stop "$WS_KAMAILIO_PID" 5
  wait_for 5 gone "$WS_KAMAILIO_PID" || fail "kamailio does not end"
  rm -f "$CASE_DIR/ctl"
  sleep 3
  ws_kamailio
  local start=${EPOCHREALTIME/./}
  wait_for 20 kamailio_contact 1001 || fail "not registered again within 20 s of the restart"
  note "registered again $(((${EPOCHREALTIME/./} - start) / 1000)) ms after the restart"
}

# A client in Node calls our listener: INVITE, 200, ACK, then we hang up, over the connection that it made.
# with Node: RFC 7118
case_ws_listener() {
  command -v node > /dev/null || fail "node is not there"
  port kamailio
  local uri=ws://127.0.0.1:$REPLY/sip
  ua_start ua register=0 username=1001 autoaccept=true "websocketlisten=$uri" websocketorigins=https://phone.example.com
  node "$LIB/ws-client.js" "$uri" https://evil.example.com > "$CASE_DIR/evil.log" 2>&1
  has_line "$CASE_DIR/evil.log" '^HTTP/1.1 403' || fail "a page of a strange origin was let in"
  port echo-rtp
  node "$LIB/ws-client.js" "$uri" https://phone.example.com "$REPLY" > "$CASE_DIR/node.log" 2>&1 &
  local node=$!
  track "$node"
  ua_speaking ua
  sleep 1
  ua_hangup ua
  wait_for 10 gone "$node" || fail "the client waits: $(tail -n 1 "$CASE_DIR/node.log")"
  has_line "$CASE_DIR/node.log" '^BYE sip:bob@[a-z0-9]+\.invalid' || { last_words "$CASE_DIR/node.log"; fail "no BYE came: $REPLY"; }
  ua_ended ua
  ua_stop ua
  note "INVITE, 200, ACK, BYE over the client's connection; a strange origin got 403"
}
