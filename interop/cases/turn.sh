# Relays over IPv6, of both IP versions, that send us to others, and whose credentials run out in a call.
# shellcheck source=/dev/null
. "$INTEROP/cases/ice.sh"

TURN_SIX=2001:db8:5::1
TURN_USERS=(lt-cred-mech user=1001:secret-1001 user=1002:secret-1002)

# turn_six SIDE…: these sides have IPv6 without any NAT, to the server at TURN_SIX and to each other.
turn_six() {
  local side n
  nat_in p ip -6 addr add "$TURN_SIX/128" dev lo nodad 2> /dev/null || skip "there is no IPv6 here"
  nat_in p sh -c 'echo 1 > /proc/sys/net/ipv6/conf/all/forwarding' || skip "packets of IPv6 cannot be forwarded here"
  for side; do
    if [ "$side" = a ]; then n=1; else n=2; fi
    nat_in "n$side" sh -c 'echo 1 > /proc/sys/net/ipv6/conf/all/forwarding' || skip "packets of IPv6 cannot be forwarded here"
    nat_in p ip -6 addr add "2001:db8:a$n::1/64" dev "to$side" nodad
    nat_in "n$side" ip -6 addr add "2001:db8:a$n::2/64" dev wan0 nodad
    nat_in "n$side" ip -6 route add default via "2001:db8:a$n::1"
    nat_in "n$side" ip -6 addr add "2001:db8:$n::1/64" dev lan0 nodad
    nat_in p ip -6 route add "2001:db8:$n::/64" via "2001:db8:a$n::2"
    nat_in "$side" ip -6 addr add "2001:db8:$n::2/64" dev eth0 nodad
    nat_in "$side" ip -6 route add default via "2001:db8:$n::1"
  done
}

# turn_talks: sets REPLY to the way, which begins at the relay, and has both talk, and hang up.
turn_talks() {
  [[ $REPLY == relay-* ]] || fail "the way is $REPLY"
  note "$REPLY"
  two_talk 3
  two_end
  two_heard 2
}

# The server is reached by IPv6 and TLS alone, and what it relays is IPv4.
case_turn_six_tls() {
  ice_network silent none
  turn_six a
  nat_certificate "$TURN_SIX"
  nat_turn p "$TURN_SIX" "relay-ip=$NAT_SERVER" "${TURN_USERS[@]}"
  nat_in na nft "add table ip6 wall; add chain ip6 wall f { type filter hook forward priority 0; }; add rule ip6 wall f oifname wan0 meta l4proto udp drop"
  two_of_ours "turnserver=turns:[$TURN_SIX]:$((PORT + 3))" tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem" --
  turn_talks
}

# One of us has IPv4 only, and sound gets to the other by IPv6 only: the relay has an address of each.
case_turn_six_peer() {
  ice_network ports silent
  turn_six b
  nat_turn p "$NAT_SERVER" "relay-ip=$TURN_SIX" "${TURN_USERS[@]}"
  NAT_LOCALIP=
  nat_ua ub b 1002 autoaccept=true audiosource=tone:880
  nat_ua ua a 1001 "$ICE_ON" "turnserver=$TURN_UDP"
  ua_call ua 1002
  ua_speaking ua 15
  ua_speaking ub
  nat_path ua 1 15
  note "$REPLY"
  [[ $REPLY == relay-* ]] || fail "the way is $REPLY"
  grep -aq "media path relay-[a-z]* to 2001:db8:2:.*" "$CASE_DIR/ua/out" || fail "the way of the sound is not one of IPv6"
  two_talk 3
  two_end
  two_heard 2
}

# A server that sends everybody to another one (300).
case_turn_alternate() {
  ice_network ports none
  nat_in p ip addr add 198.51.100.2/32 dev lo
  nat_turn p 198.51.100.2
  mv "$CASE_DIR/coturn.log" "$CASE_DIR/second.log"
  nat_turn p "$NAT_SERVER" "alternate-server=198.51.100.2:$((PORT + 2))" "pidfile=$CASE_DIR/second.pid" "${TURN_USERS[@]}"
  two_of_ours "turnserver=$TURN_UDP" turnonly=1 --
  turn_talks
  has_line "$CASE_DIR/second.log" 'ALLOCATE processed, success' || fail "the second server was not asked"
}

# In the middle of a call the server restarts, with another secret, by which our name and password are over: that is told, and all else goes on.
case_turn_runs_out() {
  local name=$((EPOCHSECONDS + 600)):1001 password
  ice_network ports none
  password=$(printf %s "$name" | openssl dgst -binary -sha1 -hmac interop | base64)
  nat_turn p "$NAT_SERVER" use-auth-secret static-auth-secret=interop
  two_of_ours "turnserver=$TURN_UDP" "turnuser=$name" "turnpassword=$password" turnonly=1 --
  [[ $REPLY == relay-* ]] || fail "the way is $REPLY"
  two_talk 2
  signal KILL "$NAT_TURN_PID"
  wait_for 5 gone "$NAT_TURN_PID"
  nat_turn p "$NAT_SERVER" use-auth-secret static-auth-secret=another
  ua_wait ua 'EVENT.*The relay 198.51.100.1 cannot be used: it no longer takes our name and password' 40 || fail "nothing was said of the relay"
  has_line "$CASE_DIR/coturn.log" 'error 401' || fail "the server was not asked"
  if has_line "$CASE_DIR/coturn.log" 'ALLOCATE processed, success'; then fail "the relay was given all the same"; fi
  two_end
}
