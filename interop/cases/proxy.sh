# Out of networks that let nothing out but to a proxy: SIP over UDP, TCP, TLS and WebSocket, relays and sound, through other people's proxies.
# shellcheck source=/dev/null
. "$LIB/nat.sh"

PROXY_KEY=interop-key-0123456789

# proxy_needs PROGRAM
proxy_needs() { PATH=$PATH:/usr/sbin command -v "$1" > /dev/null || skip "there is no $1 here"; }

proxy_at() { PROXY=$NAT_SERVER:$((PORT + 6)); }

# proxy_dante: a SOCKS proxy that carries datagrams, by ports 40000 to 40099.
proxy_dante() {
  proxy_needs danted
  proxy_at
  cat > "$CASE_DIR/danted.conf" <<- END
	logoutput: $CASE_DIR/proxy.log
	internal: $NAT_SERVER port = $((PORT + 6))
	external: $NAT_SERVER
	clientmethod: none
	socksmethod: none
	user.privileged: root
	user.unprivileged: root
	client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
	socks pass {
	  from: 0.0.0.0/0 to: 0.0.0.0/0
	  command: connect udpassociate
	  udp.portrange: 40000-40099
	  log: connect
	}
	socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 command: udpreply }
	END
  proxy_dante_start
}
proxy_dante_start() {
  trap 'proxy_dante_end; nat_end' EXIT
  rm -f "$CASE_DIR/danted.pid"
  nat_run p setsid danted -f "$CASE_DIR/danted.conf" -p "$CASE_DIR/danted.pid" > "$CASE_DIR/danted.out" 2>&1 &
  wait_for 10 nat_listens p "$((PORT + 6))" || { last_words "$CASE_DIR/proxy.log"; fail "dante did not start: $REPLY"; }
}

# Dante is a group of processes; its first has written down who it is.
proxy_dante_end() { [ ! -s "$CASE_DIR/danted.pid" ] || kill -KILL -- "-$(cat "$CASE_DIR/danted.pid")" 2> /dev/null; }

proxy_microsocks() {
  proxy_needs microsocks
  proxy_at
  nat_run p microsocks -i "$NAT_SERVER" -p "$((PORT + 6))" -u me -P secret > "$CASE_DIR/proxy.log" 2>&1 &
  track "$!"
  wait_for 10 nat_listens p "$((PORT + 6))" || fail "microsocks did not start"
}

# proxy_tiny PORT…: an HTTP proxy that wants a login and connects to these ports only.
proxy_tiny() {
  local to
  proxy_needs tinyproxy
  proxy_at
  printf 'Port %s\nListen %s\nTimeout 60\nBasicAuth me secret\n' "$((PORT + 6))" "$NAT_SERVER" > "$CASE_DIR/tinyproxy.conf"
  for to; do echo "ConnectPort $to" >> "$CASE_DIR/tinyproxy.conf"; done
  nat_run p tinyproxy -d -c "$CASE_DIR/tinyproxy.conf" > "$CASE_DIR/proxy.log" 2>&1 &
  track "$!"
  wait_for 10 nat_listens p "$((PORT + 6))" || fail "tinyproxy did not start"
}

# proxy_kamailio: Kamailio by UDP and TCP at $SERVER, and by TLS at $PROXY_TLS, which is port 5061 unless set.
proxy_kamailio() {
  local port
  [ -f "$CASE_DIR/server.pem" ] || nat_certificate "$NAT_SERVER"
  port kamailio
  port=$REPLY
  SERVER=$NAT_SERVER:$port
  : "${PROXY_TLS:=$NAT_SERVER:5061}"
  KAMAILIO_LOG=$CASE_DIR/kamailio.log
  printf 'modparam("tls", "%s", "%s")\n' private_key "$CASE_DIR/server.key" certificate "$CASE_DIR/server.pem" tls_method TLSv1.2+ \
    > "$CASE_DIR/tls.params"
  sed -e 's/^disable_tcp=yes/tcp_children=2\nenable_tls=yes/' -e 's/^loadmodule "kex.so"/loadmodule "tls.so"\n&/' \
    -e "/^modparam(\"ctl\"/r $CASE_DIR/tls.params" "$INTEROP/kamailio.cfg" > "$CASE_DIR/kamailio.cfg"
  nat_run p kamailio -DD -E -m 32 -M 8 -Y "$CASE_DIR" -L "$KAMAILIO_MODULES/" -f "$CASE_DIR/kamailio.cfg" -l "udp:$SERVER" -l "tcp:$SERVER" \
    -l "tls:$PROXY_TLS" -A 'ALGORITHM="MD5"' -A MIN_EXPIRES=1 -A MAX_EXPIRES=3600 -A NONCE_LIFE=300 \
    -A "CTL=\"unix:$CASE_DIR/ctl\"" > "$KAMAILIO_LOG" 2>&1 &
  track "$!"
  wait_for 10 nat_listens p "${PROXY_TLS##*:}" || { last_words "$KAMAILIO_LOG"; fail "kamailio did not start: $REPLY"; }
}

proxy_gateway() {
  printf 'ua:%s\n' "$PROXY_KEY" > "$CASE_DIR/users"
  nat_run p "$UA_PROGRAM" tunnel-gateway --listen "$NAT_SERVER:$((PORT + 4))" --users "$CASE_DIR/users" --to "$NAT_SERVER" \
    --media-to 0.0.0.0/0,192.168.0.0/16 --bind "$NAT_SERVER" --ports 30000-30019 > "$CASE_DIR/gateway.log" 2>&1 &
  track "$!"
  wait_for 20 nat_listens p "$((PORT + 4))" || { last_words "$CASE_DIR/gateway.log"; fail "the gateway did not start: $REPLY"; }
}

# proxy_call WAY: a call to baresip by ICE, heard on both sides; the way has to match.
proxy_call() {
  ua_call ua 1002
  ua_speaking ua 15
  nat_path ua
  note "$REPLY"
  [[ $REPLY == "$1" ]] || fail "the way is $REPLY"
  baresip_wait "mnat 'ice' connected" 20 || fail "baresip found no way"
  sleep 4
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  ua_recording ua 1
  hears earshot "$REPLY" left "880:2"
  baresip_recording
  hears baresip "$REPLY" mono "440:2"
}

proxy_contact() { # PATTERN
  kamailio_contact 1001 || fail "the location table has no contact of 1001"
  note "contact $REPLY"
  # shellcheck disable=SC2053
  [[ $REPLY == $1 ]] || fail "the contact is $REPLY"
}

# SIP over UDP and the sound through SOCKS: nothing but the proxy's TCP port and its UDP ports can be reached.
case_proxy_socks_udp() {
  nat_up
  proxy_dante
  nat_is a "only:$((PORT + 6)):40000-40099"
  nat_is b none
  nat_kamailio
  nat_turn p "$NAT_SERVER"
  nat_baresip b 1002 answermode=auto medianat=ice
  nat_ua ua a 1001 use_fast_ice=2 transport=0 "stunserver=$TURN_UDP" "httpproxyurl=socks5://$PROXY"
  proxy_contact '*'
  proxy_call proxy-host
  grep -q 'udpassociate' "$CASE_DIR/proxy.log" || fail "no association was asked for"
}

# The proxy ends in the middle of a call and is started again: new associations, the call goes on, and the server hears where we are now.
case_proxy_socks_restarted() {
  local before
  nat_up
  proxy_dante
  nat_is a "only:$((PORT + 6)):40000-40099"
  nat_is b none
  nat_kamailio
  nat_turn p "$NAT_SERVER"
  nat_baresip b 1002 answermode=auto medianat=ice
  nat_ua ua a 1001 use_fast_ice=2 transport=0 "stunserver=$TURN_UDP" "httpproxyurl=socks5://$PROXY" registerinterval=3600 mediatimeout=0
  ua_call ua 1002
  ua_speaking ua 15
  baresip_wait "mnat 'ice' connected" 20 || fail "baresip found no way"
  sleep 4
  before=$(grep -c 'REGISTER' "$CASE_DIR/ua/out")
  proxy_dante_end
  wait_for 5 proxy_silent || fail "dante does not end"
  proxy_dante_start
  wait_for 15 proxy_registers_again "$before" || { last_words "$CASE_DIR/ua/out"; fail "it did not register anew: $REPLY"; }
  sleep 6
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  ua_recording ua 1
  REPLY=$(python3 "$LIB/gap.py" "$REPLY" left 10) || fail "$REPLY"
  note "$REPLY"
}
proxy_silent() { ! nat_listens p "$((PORT + 6))"; }
proxy_registers_again() { [ "$(grep -c 'received from UDP .*200 OK' "$CASE_DIR/ua/out")" -ge 2 ] && [ "$(grep -c REGISTER "$CASE_DIR/ua/out")" -gt "$1" ]; }

# A SOCKS proxy that carries no UDP: SIP goes by TCP through it, and the sound by the tunnel, through it too.
case_proxy_socks_without_udp() {
  nat_up
  proxy_microsocks
  proxy_gateway
  nat_is a "only:$((PORT + 6))"
  nat_is b none
  proxy_kamailio
  nat_baresip b 1002 answermode=auto medianat=ice
  nat_ua ua a 1001 use_fast_ice=2 transport=5 tunneluser=ua "tunnelkey=$PROXY_KEY" "httpserveraddress=http://$NAT_SERVER:$((PORT + 4))" \
    "httpproxyurl=socks5://me:secret@$PROXY"
  proxy_contact '*transport=tcp*'
  proxy_call 'tunnel-host'
}

# SIP over TLS and a relay over TLS through one HTTP proxy with a login: nothing else can be reached.
case_proxy_http_tls_and_relay() {
  nat_up
  proxy_tiny 5061 "$((PORT + 3))"
  nat_is a "only:$((PORT + 6))"
  nat_is b none
  proxy_kamailio
  nat_turn p "$NAT_SERVER"
  nat_baresip b 1002 answermode=auto medianat=ice
  nat_ua ua a 1001 "serveraddress=$NAT_SERVER:5061" transport=4 use_fast_ice=2 "turnserver=turns:$TURN_TLS" tlspolicy=3 \
    "tlscafile=$CASE_DIR/ca.pem" "httpproxyurl=http://me:secret@$PROXY"
  proxy_contact '*transport=tls*'
  proxy_call 'relay-host'
  has_line "$CASE_DIR/proxy.log" "CONNECT $NAT_SERVER:5061" || fail "SIP did not go through the proxy"
  has_line "$CASE_DIR/proxy.log" "CONNECT $NAT_SERVER:$((PORT + 3))" || fail "the relay was not reached through the proxy"
}

# A WebSocket over TLS through an HTTP proxy with a login.
case_proxy_http_wss() {
  NAT_SERVER=127.0.0.1
  proxy_needs tinyproxy
  proxy_at
  ws_kamailio tls
  printf 'Port %s\nListen 127.0.0.1\nTimeout 60\nBasicAuth me secret\n' "$((PORT + 6))" > "$CASE_DIR/tinyproxy.conf"
  PATH=$PATH:/usr/sbin tinyproxy -d -c "$CASE_DIR/tinyproxy.conf" > "$CASE_DIR/proxy.log" 2>&1 &
  track "$!"
  ws_together "$WSS_URI" tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem" usehttpproxy=3 "httpproxyurl=http://me:secret@$PROXY"
  ua_call ua 1002
  ua_speaking ua
  sleep 3
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  both_heard 2
  has_line "$CASE_DIR/proxy.log" "CONNECT localhost:" || has_line "$CASE_DIR/proxy.log" "CONNECT 127.0.0.1:" || fail "the proxy was not used"
}

# The rung of TLS: nothing but TCP to port 5061 gets out, where Kamailio speaks TLS; after that the way that worked is the first.
case_proxy_ladder_tls() {
  nat_up
  nat_is a only:5061
  nat_is b none
  proxy_kamailio
  nat_ua ua a 1001 "serveraddress=$NAT_SERVER" transport=5 tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem" tunneluser=ua \
    "tunnelkey=$PROXY_KEY" usehttpproxy=0 "httpserveraddress=http://$NAT_SERVER:9" "datafolder=$CASE_DIR/data"
  proxy_contact '*transport=tls*'
  ua_stop ua
  nat_ua again a 1001 "serveraddress=$NAT_SERVER" transport=5 tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem" tunneluser=ua \
    "tunnelkey=$PROXY_KEY" usehttpproxy=0 "httpserveraddress=http://$NAT_SERVER:9" "datafolder=$CASE_DIR/data"
  ! grep -a 'sent to UDP' "$CASE_DIR/again/out" || fail "it did not begin with TLS"
  grep -qa 'sent to TLS' "$CASE_DIR/again/out" || fail "nothing was sent by TLS"
  ua_stop again
}
