# Ways through NATs: ICE with baresip, relays by coturn, routers of each kind on both sides, and what becomes of a call when its way breaks.
# shellcheck source=/dev/null
. "$LIB/nat.sh"

# ice_network KIND-OF-A KIND-OF-B: both networks and Kamailio.
ice_network() {
  nat_up
  nat_is a "$1"
  nat_is b "$2"
  nat_kamailio
}

ICE_ON='use_fast_ice=2'

# ice_heard SECONDS: both recordings.
ice_heard() {
  ua_recording ua 1
  hears earshot "$REPLY" left "880:$1"
  baresip_recording
  hears baresip "$REPLY" mono "440:$1"
}

# baresip speaks only when all of its checks, those of ways that there are not among them, have come to an end.
baresip_ways() { baresip_wait "mnat 'ice' connected" 20 || fail "baresip found no way"; }

ice_end() {
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
}

# ---- baresip

case_ice_baresip_called() {
  ice_network none none
  nat_baresip b 1002 answermode=auto medianat=ice
  nat_ua ua a 1001 "$ICE_ON"
  ua_call ua 1002
  ua_speaking ua
  nat_path ua
  note "$REPLY"
  [ "$REPLY" = host-host ] || fail "the way is $REPLY"
  sleep 3
  ice_end
  ice_heard 2.5
}

case_ice_baresip_calls() {
  ice_network none none
  nat_baresip b 1002 medianat=ice
  nat_ua ua a 1001 autoaccept=true
  nat_baresip_do "dial sip:1001@$SERVER"
  ua_speaking ua 15
  nat_path ua
  note "$REPLY"
  [ "$REPLY" = host-host ] || fail "the way is $REPLY"
  sleep 3
  nat_baresip_do hangup
  ua_ended ua
  ua_stop ua
  ice_heard 2.5
}

# ---- relays

# turn_baresip URI-FORM KIND-OF-OUR-NAT [key=value…]: baresip, which a relay alone can reach, and we behind such a router.
turn_baresip() {
  local uri=$1 kind=$2
  shift 2
  ice_network "$kind" none
  nat_turn p "$NAT_SERVER"
  nat_baresip b 1002 answermode=auto medianat=ice
  uri=${uri//UDP/$TURN_UDP}
  uri=${uri//TLS/$TURN_TLS}
  nat_ua ua a 1001 "$ICE_ON" "turnserver=$uri" "$@"
  ua_call ua 1002
  ua_speaking ua
  nat_path ua
  note "$REPLY"
  [ "$REPLY" = relay-host ] || fail "the way is $REPLY"
  baresip_ways
  sleep 4
  ice_end
  ice_heard 2.5
  has_line "$CASE_DIR/coturn.log" 'CHANNEL_BIND processed, success' || fail "the relay was not asked for a channel"
  has_line "$CASE_DIR/coturn.log" 'CREATE_PERMISSION processed, success' || fail "the relay was not asked for a permission"
  wait_for 5 has_line "$CASE_DIR/coturn.log" 'session .*: (closed|delete)' || fail "the relay was not given back"
}

case_turn_baresip_udp() { turn_baresip turn:UDP ports turnonly=1; }
case_turn_baresip_tcp() { turn_baresip 'turn:UDP?transport=tcp' silent; }
case_turn_baresip_tls() {
  nat_certificate "$NAT_SERVER"
  turn_baresip turns:TLS silent tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem"
}

# two_of_ours [key=value…] -- [key=value…]: both phones of ours, a calls b; sets REPLY to the way that a tells of.
two_of_ours() {
  local first=()
  while [ $# -gt 0 ] && [ "$1" != -- ]; do first+=("$1"); shift; done
  shift
  nat_ua ub b 1002 autoaccept=true audiosource=tone:880 "$@"
  nat_ua ua a 1001 "$ICE_ON" "${first[@]}"
  ua_call ua 1002
  ua_speaking ua
  ua_speaking ub
  nat_path ua
}

# two_talk SECONDS: until both have heard the other's tone for that long; packets may be lost.
two_talk() {
  local round
  for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    sleep 1
    [ "$round" -ge "$1" ] && two_tone ua 880 "$1" && two_tone ub 440 "$1" && break
  done
}
two_tone() { # NAME HZ SECONDS
  local hz=$2 least=$3
  ua_recording "$1" 1
  REPLY=$(python3 "$LIB/heard.py" "$REPLY" left "$hz" "$least" 2>&1)
}
two_heard() { # SECONDS
  two_tone ua 880 "$1" || fail "ua heard $REPLY"
  note "ua heard $REPLY"
  two_tone ub 440 "$1" || fail "ub heard $REPLY"
  note "ub heard $REPLY"
}

two_end() {
  ua_hangup ua
  ua_ended ua
  ua_ended ub
  ua_stop ua
  ua_stop ub
}

turn_ours() { # KIND URI [key=value…]
  local kind=$1 uri=$2
  shift 2
  ice_network "$kind" "$kind"
  nat_turn p "$NAT_SERVER"
  uri=${uri//UDP/$TURN_UDP}
  uri=${uri//TLS/$TURN_TLS}
  two_of_ours "turnserver=$uri" "$@" -- "turnserver=$uri" "$@"
  note "$REPLY"
  [[ $REPLY == *relay* ]] || fail "the way is $REPLY"
  two_talk 3
  two_end
  two_heard 2.5
}

case_turn_ours_udp() { turn_ours symmetric turn:UDP; }
case_turn_ours_tcp() { turn_ours silent 'turn:UDP?transport=tcp'; }
case_turn_ours_tls() {
  nat_certificate "$NAT_SERVER"
  turn_ours silent turns:TLS tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem"
}

# A server nobody vouches for is not given our password.
case_turn_untrusted() {
  ice_network silent none
  nat_turn p "$NAT_SERVER"
  nat_baresip b 1002 answermode=auto medianat=ice
  nat_ua ua a 1001 "$ICE_ON" "turnserver=turns:$TURN_TLS" tlspolicy=3
  ua_call ua 1002
  ua_wait ua 'EVENT.*The relay 198.51.100.1 cannot be used' 8 || fail "nothing was said of the relay"
  if has_line "$CASE_DIR/coturn.log" 'ALLOCATE processed'; then fail "it was asked for a relay all the same"; fi
  ua_hangup ua
  ua_ended ua
  ua_stop ua
}

# Names that are good for a time: with one that is not over a call goes, and one that is over is told of.
turn_limited() { # SECONDS-FROM-NOW
  local name password
  ice_network ports none
  nat_turn p "$NAT_SERVER" use-auth-secret static-auth-secret=interop
  name=$((EPOCHSECONDS + $1)):1001
  password=$(printf %s "$name" | openssl dgst -binary -sha1 -hmac interop | base64)
  nat_baresip b 1002 answermode=auto medianat=ice
  nat_ua ua a 1001 "$ICE_ON" "turnserver=$TURN_UDP" "turnuser=$name" "turnpassword=$password" turnonly=1
  ua_call ua 1002
}
case_turn_limited() {
  turn_limited 600
  ua_speaking ua
  nat_path ua
  [ "$REPLY" = relay-host ] || fail "the way is $REPLY"
  baresip_ways
  sleep 4
  ice_end
  ice_heard 2.5
}
case_turn_expired() {
  turn_limited -10
  ua_wait ua 'EVENT.*The relay 198.51.100.1 cannot be used' 8 || fail "nothing was said of the relay"
  note "$(grep -ao 'The relay .*cannot.*' "$CASE_DIR/ua/out" | head -n 1 | cut -d. -f1-5)"
  ua_hangup ua
  ua_ended ua
  ua_stop ua
}

# ---- routers on both sides

# Where no UDP gets out: through the tunnel, whose gateway has our sockets.
nat_gateway() { # ADDRESS:PORT [OPTION…]
  local at=$1
  shift
  printf 'ua:interop-key-0123456789\n' > "$CASE_DIR/users"
  nat_run p "$UA_PROGRAM" tunnel-gateway --listen "$at" --users "$CASE_DIR/users" --to "$NAT_SERVER" --media-to 0.0.0.0/0,192.168.0.0/16 \
    --bind "$NAT_SERVER" --ports 30000-30019 "$@" > "$CASE_DIR/gateway.log" 2>&1 &
  track "$!"
  wait_for 20 nat_listens p "${at##*:}" || { last_words "$CASE_DIR/gateway.log"; fail "the gateway did not start: $REPLY"; }
}
nat_tunnelled() { # KIND-OF-A KIND-OF-B URL-OF-GATEWAY [key=value…]: the gateway and what else there has to be run already
  local kind=$1 other=$2 url=$3
  shift 3
  nat_is a "$kind"
  nat_is b "$other"
  nat_kamailio
  nat_turn p "$NAT_SERVER"
  nat_ua ub b 1002 autoaccept=true audiosource=tone:880 "stunserver=$TURN_UDP" "turnserver=$TURN_UDP"
  nat_ua ua a 1001 "$ICE_ON" transport=3 tunneluser=ua tunnelkey=interop-key-0123456789 "httpserveraddress=$url" "$@"
  ua_call ua 1002
  ua_speaking ua 15
  nat_path ua
  note "$REPLY"
  [[ $REPLY == tunnel-* ]] || fail "the way is $REPLY"
  two_talk 3
  two_end
  two_heard 2
}
nat_tunnel() {
  nat_up
  nat_gateway "$NAT_SERVER:$((PORT + 4))"
  nat_tunnelled tcp "$1" "http://$NAT_SERVER:$((PORT + 4))" usehttpproxy=0
}
case_nat_tunnel_ports() { nat_tunnel ports; }
case_nat_tunnel_symmetric() { nat_tunnel symmetric; }

# Firewalls: one that lets nothing but TCP to port 443 out, and one that lets nothing out but to an HTTP proxy.
case_nat_only_443() {
  nat_up
  nat_certificate "$NAT_SERVER"
  nat_gateway "$NAT_SERVER:443" --cert "$CASE_DIR/server.pem" --cert-key "$CASE_DIR/server.key"
  nat_tunnelled only:443 symmetric "https://$NAT_SERVER" tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem" usehttpproxy=0
}
case_nat_only_proxy() {
  nat_up
  command -v tinyproxy > /dev/null || skip "there is no tinyproxy here"
  printf 'Port %s\nListen %s\nTimeout 60\nConnectPort %s\n' "$((PORT + 6))" "$NAT_SERVER" "$((PORT + 4))" > "$CASE_DIR/tinyproxy.conf"
  nat_run p tinyproxy -d -c "$CASE_DIR/tinyproxy.conf" > "$CASE_DIR/proxy.log" 2>&1 &
  track "$!"
  nat_gateway "$NAT_SERVER:$((PORT + 4))"
  nat_tunnelled "only:$((PORT + 6))" symmetric "http://$NAT_SERVER:$((PORT + 4))" usehttpproxy=3 \
    "httpproxyurl=http://$NAT_SERVER:$((PORT + 6))"
  has_line "$CASE_DIR/proxy.log" "CONNECT $NAT_SERVER:$((PORT + 4))" || fail "the proxy was not used"
}

# The order of ways for signalling: no UDP gets out, TCP does, and the tunnel is not needed.
case_nat_ladder() {
  nat_up
  nat_is a tcp
  sed 's/^disable_tcp=yes/disable_tcp=no/' "$INTEROP/kamailio.cfg" > "$CASE_DIR/kamailio.cfg"
  nat_kamailio "$CASE_DIR/kamailio.cfg"
  nat_ua ua a 1001 transport=5 tunneluser=ua tunnelkey=interop-key-0123456789 usehttpproxy=0 "httpserveraddress=http://$NAT_SERVER:9"
  kamailio_contact 1001 || fail "the location table has no contact of 1001"
  note "$REPLY"
  [[ $REPLY == *transport=tcp* ]] || fail "the contact is $REPLY"
  ua_stop ua
}

# ---- ways that break

# nat_gap NAME: the longest silence in what that phone heard, less than 2 s; less than 8 s on a machine that has no time for us.
nat_gap() {
  local who=$1 most=2 load
  read -r load _ < /proc/loadavg
  if [ "${load%.*}" -ge $((4 * $(nproc))) ]; then
    most=8
    note "at a load of $load"
  fi
  ua_recording "$who" 1
  REPLY=$(python3 "$LIB/gap.py" "$REPLY" left "$most") || fail "$who: $REPLY"
  note "$who: $REPLY"
}

# The router of a forgets everything, and takes other ports from then on: the peer sees us come from elsewhere.
nat_rebound() { # KIND-OF-B [key=value…]
  local kind=$1
  shift
  command -v conntrack > /dev/null || skip "there is no conntrack here"
  ice_network ports "$kind"
  nat_turn p "$NAT_SERVER"
  two_of_ours "stunserver=$TURN_UDP" "$@" -- "stunserver=$TURN_UDP" "$@"
  note "$REPLY"
  sleep 4
  NAT_PORTS=:50000-59999
  nat_is a ports
  nat_forget a || skip "the kernel forgets no connections here"
  nat_path ub 2 20
  note "then $REPLY"
  sleep 6
  two_end
  nat_gap ua
  nat_gap ub
}
case_nat_rebound() { nat_rebound ports; }
case_nat_rebound_relay() { nat_rebound symmetric "turnserver=$NAT_SERVER:$((PORT + 2))"; }

# Our machine gets another address in the middle of a call: ICE begins anew, with both offers through Kamailio.
case_ice_address_change() {
  ice_network ports ports
  nat_turn p "$NAT_SERVER"
  NAT_LOCALIP=
  two_of_ours "stunserver=$TURN_UDP" -- "stunserver=$TURN_UDP"
  note "$REPLY"
  sleep 4
  nat_in a ip addr add 192.168.1.3/24 dev eth0
  nat_in a ip addr del 192.168.1.2/24 dev eth0
  nat_in a ip addr add 192.168.1.3/24 dev eth0 2> /dev/null # the first took the second with it
  nat_in a ip route replace default via 192.168.1.1
  nat_path ub 2 15
  note "then $REPLY"
  sleep 6
  two_end
  nat_gap ua
  nat_gap ub
}

# The same with baresip as the peer, which follows nobody: our offer has to make it begin anew.
case_nat_rebound_baresip() {
  command -v conntrack > /dev/null || skip "there is no conntrack here"
  ice_network ports none
  nat_turn p "$NAT_SERVER"
  nat_baresip b 1002 answermode=auto medianat=ice
  nat_ua ua a 1001 "$ICE_ON" "stunserver=$TURN_UDP"
  ua_call ua 1002
  ua_speaking ua
  nat_path ua
  note "$REPLY"
  baresip_ways
  sleep 4
  NAT_PORTS=:50000-59999
  nat_is a ports
  nat_forget a || skip "the kernel forgets no connections here"
  sleep 8
  ice_end
  nat_gap ua
}
