# Peers without ICE behind routers: what servers see of us, and where peers are that name addresses nobody reaches.
# shellcheck source=/dev/null
. "$INTEROP/cases/ice.sh"

# The SIP server sees another port than ours (use_rport): what the registrar knows, and whether a call finds us there.
# near_contact VALUE KIND seen|own: the contact behind a router of that kind; VALUE is that of use_rport, or RPORT/CONTACTADDRESSFAILBACK. The STUN server has the two addresses that tell a symmetric one.
near_contact() {
  local value=$1 kind=$2 wanted=$3 failback=-1
  [[ $value != */* ]] || failback=${value#*/}
  nat_is a "$kind"
  kamcmd -s "unix:$CASE_DIR/ctl" ul.rm location 1001 > /dev/null 2>&1
  UA_LAST=rport-${value/\//-}-$kind
  nat_ua "$UA_LAST" a 1001 "use_rport=${value%/*}" "contactaddressfailback=$failback" "stunserver=$TURN_UDP" upnpnat=0 use_fast_ice=0 autoaccept=true
  wait_for 12 near_contact_is "$wanted" || fail "use_rport=${value%/*} contactaddressfailback=$failback behind $kind: the registrar knows $REPLY"
  note "$value $kind: ${REPLY#*@}"
}
near_contact_is() {
  kamailio_contact 1001 || return 1
  case $1 in
    seen) [[ $REPLY == *"@$NAT_OUT_a:"* ]] ;;
    own) [[ $REPLY == *"@$NAT_HOST_a:"* ]] ;;
  esac
}
near_rport() { # VALUE KIND seen|own …
  nat_up
  nat_in p ip addr add 198.51.100.2/32 dev lo
  nat_is b none
  nat_kamailio
  nat_turn p "$NAT_SERVER" listening-ip=198.51.100.2 "alt-listening-port=$((PORT + 4))" "alt-tls-listening-port=$((PORT + 5))"
  while [ $# -gt 0 ]; do
    near_contact "$1" "$2" "$3"
    shift 3
    [ $# -eq 0 ] || ua_stop "$UA_LAST"
  done
}
# The last of them is called: what the registrar knows is the only port of our router that leads to us.
case_nat_rport_symmetric() {
  near_rport 0 symmetric own 9 symmetric own 1 symmetric seen
  nat_ua ub b 1002 use_fast_ice=0 upnpnat=0 audiosource=tone:880
  ua_call ub 1001
  ua_speaking ub 15
  ua_speaking "$UA_LAST"
  sleep 2
  wait_for 20 near_both || :
  ua_hangup ub
  ua_ended ub
  ua_ended "$UA_LAST"
  ua_stop ub
  ua_stop "$UA_LAST"
  two_tone "$UA_LAST" 880 2 || fail "$UA_LAST heard $REPLY"
  two_tone ub 440 2 || fail "ub heard $REPLY"
}
near_both() { two_tone "$UA_LAST" 880 2 && two_tone ub 440 2; }
case_nat_rport_others() {
  near_rport 1/1 ports own 3 none own 2/1 ports seen 1/2 ports seen 1 ports seen
  ua_stop "$UA_LAST"
}

# A peer behind a router that names its private address: our sound goes where its signalling comes from, which opens our router for its own.
case_nat_private_peer() {
  ice_network ports full
  nat_turn p "$NAT_SERVER"
  nat_baresip b 1002
  nat_ua ua a 1001 use_fast_ice=0 upnpnat=0 "stunserver=$TURN_UDP" autoaccept=true
  nat_baresip_do "dial sip:1001@$SERVER"
  ua_speaking ua 15
  sleep 4
  nat_baresip_do hangup
  ua_ended ua
  ua_stop ua
  grep -aq "c=IN IP4 $NAT_HOST_b" "$KAMAILIO_LOG" || fail "the SDP of the peer does not name its private address"
  ua_recording ua 1
  hears earshot "$REPLY" left 880:2
  baresip_recording
  hears baresip "$REPLY" mono 440:2
}

# Two phones behind one router that lets nobody come back in through its outer address.
case_nat_same_router() {
  ice_network ports none
  nat_turn p "$NAT_SERVER"
  nat_in a ip addr add 192.168.1.3/24 dev eth0
  NAT_LOCALIP=192.168.1.3 nat_ua ub a 1002 use_fast_ice=0 upnpnat=0 "stunserver=$TURN_UDP" autoaccept=true audiosource=tone:880
  nat_ua ua a 1001 use_fast_ice=0 upnpnat=0 "stunserver=$TURN_UDP"
  ua_call ua 1002
  ua_speaking ua
  ua_speaking ub
  two_talk 2
  two_end
  grep -aq "c=IN IP4 $NAT_OUT_a" "$KAMAILIO_LOG" || fail "the offer does not name the address that the server sees"
  two_heard 2
}
