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
  sleep 3
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

two_heard() { # SECONDS
  ua_recording ua 1
  hears a "$REPLY" left "880:$1"
  ua_recording ub 1
  hears b "$REPLY" left "440:$1"
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
  [[ $REPLY == relay-* || $REPLY == *-relay ]] || fail "the way is $REPLY"
  sleep 3
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
  sleep 3
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
