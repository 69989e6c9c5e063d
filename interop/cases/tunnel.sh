# Tunnels: calls through a gateway of ours to Kamailio and baresip, by each way through HTTP, through other people's proxies, with the
# gateway killed in the middle of a call, and out of a network that lets nothing but TCP through.

# shellcheck source=/dev/null
. "$LIB/tls.sh"

TUNNEL_PROGRAM=${INTEROP_UA:-$ROOT/earshot}
TUNNEL_KEY=interop-key-0123456789

# tunnel_gateway_start [OPTION…]: a gateway on PORT+2, whose sockets are where the user agent's own would be.
tunnel_gateway_start() {
  printf 'ua:%s\n' "$TUNNEL_KEY" > "$CASE_DIR/users"
  "$TUNNEL_PROGRAM" tunnel-gateway --listen "${TUNNEL_LISTEN:-127.0.0.1}:$((PORT + 2))" --users "$CASE_DIR/users" --to 127.0.0.1 \
    --bind "${TUNNEL_OUT:-127.0.0.1}" --ports "$((PORT + 40))-$((PORT + 59))" --counters 1 "$@" >> "$CASE_DIR/gateway.log" 2>&1 &
  GATEWAY_PID=$!
  track "$GATEWAY_PID"
}
tunnel_gateway_up() { [ -n "$(ss -Hltn "sport = :$((PORT + 2))")" ]; }
tunnel_gateway() {
  tunnel_gateway_start "$@"
  wait_for 20 tunnel_gateway_up || { last_words "$CASE_DIR/gateway.log"; fail "the gateway did not start: $REPLY"; }
}

# tunnelled SCHEME key=value…: Kamailio, baresip, and the user agent behind the gateway, registered.
tunnelled() {
  local scheme=$1
  shift
  kamailio_start
  baresip_start 1002 answermode=auto
  ua_start ua "serveraddress=$SERVER" username=1001 password=secret-1001 register=1 transport=3 tunneluser=ua "tunnelkey=$TUNNEL_KEY" \
    "httpserveraddress=$scheme://${TUNNEL_HOST:-localhost}:$((PORT + 2))" "$@"
  ua_registered ua 20
  kamailio_contact 1001 || fail "the location table has no contact of 1001"
  [[ $REPLY == *127.0.0.1:$((PORT / 10 + 4))[0-9]* || $REPLY == *127.0.0.1:$((PORT / 10 + 5))[0-9]* ]] || fail "the contact is not at the gateway: $REPLY"
}

tunnel_call() {
  ua_call ua 1002
  ua_speaking ua
  sleep "${1:-3}"
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
}

tunnel_by() {
  tunnel_gateway
  tunnelled http "tunnelmode=$1" usehttpproxy=0
  tunnel_call
  both_heard 2
}

case_tunnel_websocket() { tunnel_by websocket; }
case_tunnel_streaming() { tunnel_by streaming; }
case_tunnel_packets() { tunnel_by packets; }

case_tunnel_tls() {
  ws_certificate
  tunnel_gateway --cert "$CASE_DIR/server.pem" --cert-key "$CASE_DIR/server.key"
  tunnelled https tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem" usehttpproxy=0
  tunnel_call
  both_heard 2
}

# tunnel_server TRANSPORT: the gateway, on another address than ours, connects to Kamailio for us, which calls us through that connection.
tunnel_server() {
  local way=$1
  TUNNEL_OUT=127.0.0.2
  certificates
  streaming_start good
  baresip_start 1002 answermode=auto
  tunnel_gateway
  [ "$way" = tcp ] || SERVER_URI=$SECURE
  ua_start ua "serveraddress=${SERVER_URI:-$SERVER};transport=$way" tlspolicy=3 "tlscafile=$TLS/ca.pem" username=1001 password=secret-1001 \
    register=1 autoaccept=true transport=3 tunneluser=ua "tunnelkey=$TUNNEL_KEY" "httpserveraddress=http://localhost:$((PORT + 2))" usehttpproxy=0
  ua_registered ua 20
  kamailio_contact 1001 || fail "the location table has no contact of 1001"
  [[ $REPLY == *127.0.0.2:*transport=$way* ]] || fail "the contact is $REPLY, not at the gateway by $way"
  note "contact $REPLY"
  baresip_do "dial sip:1001@$SERVER"
  baresip_talking
  ua_speaking ua
  sleep 3
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  both_heard 2
}
case_tunnel_server_tcp() { tunnel_server tcp; }
case_tunnel_server_tls() { tunnel_server tls; }

case_tunnel_wrong_key() {
  tunnel_gateway
  TUNNEL_KEY=another-key-0123456789
  mkdir -p "$CASE_DIR/denied"
  "$TUNNEL_PROGRAM" iscommandline=true "serveraddress=127.0.0.1:$((PORT + 10))" username=1001 transport=3 tunneluser=ua \
    "tunnelkey=$TUNNEL_KEY" "httpserveraddress=http://127.0.0.1:$((PORT + 2))" usehttpproxy=0 > "$CASE_DIR/denied/out" 2>&1 < /dev/null &
  track "$!"
  wait_for 20 has_line "$CASE_DIR/denied/out" 'does not accept this user and key' || fail "nothing was said of the wrong key"
}

# tunnel_proxy_needs PROGRAM
tunnel_proxy_needs() { PATH=$PATH:/usr/sbin command -v "$1" > /dev/null || skip "there is no $1 here"; }

case_tunnel_http_proxy_basic() {
  tunnel_proxy_needs tinyproxy
  printf 'Port %s\nListen 127.0.0.1\nTimeout 60\nBasicAuth me secret\nConnectPort %s\n' "$((PORT + 3))" "$((PORT + 2))" \
    > "$CASE_DIR/tinyproxy.conf"
  PATH=$PATH:/usr/sbin tinyproxy -d -c "$CASE_DIR/tinyproxy.conf" > "$CASE_DIR/proxy.log" 2>&1 &
  track "$!"
  tunnel_gateway
  tunnelled http usehttpproxy=3 "httpproxyurl=http://me:secret@127.0.0.1:$((PORT + 3))"
  tunnel_call
  both_heard 2
  has_line "$CASE_DIR/proxy.log" "CONNECT localhost:$((PORT + 2))" || fail "the proxy was not used"
}

case_tunnel_http_proxy_digest() {
  local helper
  tunnel_proxy_needs squid
  helper=$(compgen -G '/usr/lib/squid*/digest_file_auth') || skip "squid has no Digest here"
  mkdir -p "$CASE_DIR/squid"
  chmod 777 "$CASE_DIR/squid"
  printf 'me:secret\n' > "$CASE_DIR/squid/passwords"
  cat > "$CASE_DIR/squid/conf" <<- END
	http_port 127.0.0.1:$((PORT + 3))
	visible_hostname interop
	auth_param digest program $helper $CASE_DIR/squid/passwords
	auth_param digest realm interop
	auth_param digest children 2
	acl known proxy_auth REQUIRED
	http_access allow known
	http_access deny all
	cache deny all
	shutdown_lifetime 0 seconds
	pid_filename none
	access_log stdio:$CASE_DIR/squid/access.log
	cache_log $CASE_DIR/squid/cache.log
	coredump_dir $CASE_DIR/squid
	END
  chmod a+rx "$CASE_DIR" "${CASE_DIR%/*}" # squid becomes somebody else
  PATH=$PATH:/usr/sbin squid -N -f "$CASE_DIR/squid/conf" > "$CASE_DIR/squid/out" 2>&1 &
  track "$!"
  tunnel_gateway
  tunnelled http usehttpproxy=3 "httpproxyurl=http://me:secret@127.0.0.1:$((PORT + 3))"
  tunnel_call
  both_heard 2
  wait_for 5 has_line "$CASE_DIR/squid/access.log" "TCP_TUNNEL/200 .* CONNECT localhost:$((PORT + 2)) me" || fail "the proxy was not used"
}

case_tunnel_socks_proxy() {
  tunnel_proxy_needs microsocks
  microsocks -i 127.0.0.1 -p "$((PORT + 3))" -u me -P secret > "$CASE_DIR/proxy.log" 2>&1 &
  track "$!"
  tunnel_gateway
  tunnelled http usehttpproxy=3 "httpproxyurl=socks5://me:secret@127.0.0.1:$((PORT + 3))"
  tunnel_call
  both_heard 2
  grep -q "connected to localhost:$((PORT + 2))" "$CASE_DIR/proxy.log" || fail "the proxy was not used"
}

# The longest silence in what the user agent heard: less than 2 s, or than a second more than the new gateway takes to start.
case_tunnel_gateway_killed() {
  local mark most
  tunnel_gateway
  tunnelled http usehttpproxy=0 mediatimeout=0
  ua_call ua 1002
  ua_speaking ua
  sleep 4
  signal KILL "$GATEWAY_PID"
  wait_for 2 gone "$GATEWAY_PID"
  mark=${EPOCHREALTIME/./}
  tunnel_gateway_start
  wait_for 20 has_line "$CASE_DIR/gateway.log" "^tunnel gateway on" 2 || fail "the second gateway did not start"
  since "$mark"
  note "the gateway was there again after $REPLY s"
  most=$(awk -v start="$REPLY" 'BEGIN { most = start + 1; print (most > 2 ? most : 2) }')
  sleep 5
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  ua_recording ua 1
  REPLY=$(python3 "$LIB/gap.py" "$REPLY" left "$most") || fail "$REPLY"
  note "$REPLY"
}

tunnel_namespace_end() { ip netns del "$TUNNEL_NAMESPACE" 2> /dev/null; }

case_tunnel_only_tcp() {
  local far
  TUNNEL_NAMESPACE=earshot-$PORT
  far=10.99.$((PORT / 100 % 250)).
  PATH=$PATH:/usr/sbin
  command -v nft > /dev/null || skip "there is no nft here"
  ip netns add "$TUNNEL_NAMESPACE" 2> /dev/null || skip "there are no network namespaces here"
  trap 'tunnel_namespace_end; stop_all' EXIT
  ip link add "et$PORT" type veth peer name eth0 netns "$TUNNEL_NAMESPACE" 2> /dev/null || skip "there are no virtual Ethernets here"
  ip addr add "${far}1/24" dev "et$PORT" && ip link set "et$PORT" up
  ip netns exec "$TUNNEL_NAMESPACE" ip addr add "${far}2/24" dev eth0
  ip netns exec "$TUNNEL_NAMESPACE" ip link set eth0 up
  ip netns exec "$TUNNEL_NAMESPACE" ip link set lo up
  ip netns exec "$TUNNEL_NAMESPACE" nft -f - <<- END || skip "nft does not work here"
	table inet only {
	  chain out { type filter hook output priority 0; policy drop; oif lo accept; ip protocol tcp tcp dport $((PORT + 2)) accept; }
	  chain in { type filter hook input priority 0; policy drop; iif lo accept; ct state established accept; }
	}
	END
  printf '#!/bin/sh\nexec ip netns exec %s %s "$@"\n' "$TUNNEL_NAMESPACE" "$TUNNEL_PROGRAM" > "$CASE_DIR/inside"
  chmod +x "$CASE_DIR/inside"
  UA_PROGRAM=$CASE_DIR/inside TUNNEL_LISTEN=${far}1 TUNNEL_HOST=${far}1
  tunnel_gateway
  tunnelled http usehttpproxy=0
  tunnel_call
  both_heard 2
  note "with nothing but TCP to one port"
}
