# Routers that pass ports on when they are asked to: miniupnpd on the router of a, which takes another port for each destination, so that
# without it nobody could send to a first. It speaks UPnP IGD, NAT-PMP and PCP.
# shellcheck source=/dev/null
. "$LIB/nat.sh"

# miniupnpd passes nothing on from addresses that are reserved for documents.
NAT_OUTSIDE=44.128.0

# portmap_router [LINE…]: miniupnpd on the router of a, with these lines of configuration.
portmap_router() {
  PATH=$PATH:/usr/sbin:/sbin
  command -v miniupnpd > /dev/null || skip "there is no miniupnpd here"
  nat_in na nft -f - << 'N' || skip "nft cannot do the tables of miniupnpd here"
table inet upnp {
  chain forward { type filter hook forward priority -10; jump passed; }
  chain passed { }
  chain before { type nat hook prerouting priority -110; jump in; }
  chain in { }
  chain after { type nat hook postrouting priority 90; jump out; }
  chain out { }
}
N
  {
    printf '%s\n' ext_ifname=wan0 listening_ip=lan0 http_port=5000 uuid=00000000-0000-0000-0000-000000000001 secure_mode=yes \
      upnp_table_name=upnp upnp_nat_table_name=upnp upnp_forward_chain=passed upnp_nat_chain=in upnp_nat_postrouting_chain=out "$@"
  } > "$CASE_DIR/miniupnpd.conf"
  nat_run na miniupnpd -d -f "$CASE_DIR/miniupnpd.conf" -P "$CASE_DIR/miniupnpd.pid" >> "$CASE_DIR/miniupnpd.log" 2>&1 &
  MINIUPNPD=$!
  track "$MINIUPNPD"
  wait_for 5 portmap_listens || { last_words "$CASE_DIR/miniupnpd.log"; fail "miniupnpd did not start: $REPLY"; }
}
portmap_listens() { [ -n "$(nat_in na ss -Hlun 'sport = :5351 or sport = :1900')" ]; }

# portmap_contact: the registrar knows the port that the router passes on, and not where it sees us.
portmap_contact() {
  local ports
  portmap_ports
  ports=$REPLY
  kamailio_contact 1001 && [ -n "$ports" ] && [[ $REPLY == *"@$NAT_OUT_a:${ports%% *}"* ]]
}

# portmap_ports: sets REPLY to the ports that the router passes on now.
portmap_ports() { REPLY=$(nat_in na nft list chain inet upnp in | grep -o 'dport [0-9]*' | sort | cut -d' ' -f2 | xargs); }
portmap_none() { portmap_ports; [ -z "$REPLY" ]; }

# portmap_call PROTOCOL: a calls b with ICE; the router of b looks at the port, so that without the mapping only a relay could help.
portmap_call() {
  nat_kamailio
  nat_turn p "$NAT_SERVER"
  nat_ua ub b 1002 autoaccept=true audiosource=tone:880 "stunserver=$TURN_UDP" upnpnat=0
  nat_ua ua a 1001 use_fast_ice=2 "stunserver=$TURN_UDP"
  wait_for 10 portmap_contact || fail "the contact at the registrar is $REPLY"
  ua_call ua 1002
  ua_speaking ua 15
  ua_speaking ub
  nat_path ua 1 15
  note "$1, $REPLY"
  [[ $REPLY != *relay* ]] || fail "the way is $REPLY"
  portmap_ports
  note "ports $REPLY"
  [ "$(wc -w <<< "$REPLY")" = 3 ] || fail "not one port for signalling and two for the call are passed on: $REPLY"
}
portmap_end() {
  portmap_talk 3
  ua_hangup ua
  ua_ended ua
  ua_ended ub
  ua_stop ua
  ua_stop ub
  portmap_heard 2
  wait_for 3 portmap_none || fail "ports are still passed on: $REPLY"
}
# portmap_talk SECONDS: until both have heard the other's tone for that long, as far as the recordings are written by now.
portmap_talk() {
  sleep "$1"
  wait_for 12 portmap_both "$1" || :
}
portmap_heard() { # SECONDS
  portmap_tone ua 880 "$1" || fail "ua heard $REPLY"
  portmap_tone ub 440 "$1" || fail "ub heard $REPLY"
}
portmap_both() { portmap_tone ua 880 "$1" && portmap_tone ub 440 "$1"; }
portmap_tone() { # NAME HZ SECONDS
  local hz=$2 least=$3
  ua_recording "$1" 1
  REPLY=$(python3 "$LIB/heard.py" "$REPLY" left "$hz" "$least" 2>&1)
}

portmap_direct() { # PROTOCOL [LINE…]
  local protocol=$1
  shift
  nat_up
  nat_is a symmetric
  nat_is b ports
  portmap_router "$@"
  portmap_call "$protocol"
  portmap_end
}
case_portmap_upnp() { portmap_direct UPnP enable_natpmp=no enable_upnp=yes; }
case_portmap_pcp() { portmap_direct PCP enable_natpmp=yes enable_upnp=no; }
# A router of the time before PCP: what is of version 2 it does not hear.
case_portmap_natpmp() {
  nat_up
  nat_is a symmetric
  nat_is b ports
  portmap_router enable_natpmp=yes enable_upnp=no
  nat_in na nft 'add chain inet upnp old { type filter hook input priority -10; }' || skip "nft cannot do it here"
  nat_in na nft 'add rule inet upnp old udp dport 5351 @th,64,8 2 drop'
  portmap_call NAT-PMP
  portmap_end
}

# A peer without ICE that sends where the SDP says, and an INVITE that comes to the Contact's port from a stranger to the router.
case_portmap_plain() {
  nat_up
  nat_is a symmetric
  nat_is b none
  portmap_router enable_natpmp=yes enable_upnp=no
  nat_kamailio
  nat_baresip b 1002 answermode=auto
  nat_ua ua a 1001 use_fast_ice=0 natopenpackets=0
  wait_for 10 portmap_contact || fail "the contact at the registrar is $REPLY"
  note "contact $REPLY"
  ua_call ua 1002
  ua_speaking ua
  grep -aq "c=IN IP4 $NAT_OUT_a" "$CASE_DIR/baresip/log" "$KAMAILIO_LOG" || fail "the SDP does not name $NAT_OUT_a"
  sleep 4
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  ua_recording ua 1
  hears earshot "$REPLY" left 880:2
  wait_for 3 portmap_none || fail "ports are still passed on: $REPLY"
}

# The router restarts in a call: it has forgotten all, and is asked again before its lease is over.
case_portmap_restart() {
  command -v conntrack > /dev/null || skip "there is no conntrack here"
  nat_up
  nat_is a symmetric
  nat_is b ports
  portmap_router enable_natpmp=yes enable_upnp=no
  portmap_call PCP
  portmap_talk 2
  kill "$MINIUPNPD"
  nat_is a symmetric
  nat_forget a || skip "the kernel forgets no connections here"
  portmap_router enable_natpmp=yes enable_upnp=no
  wait_for 15 portmap_again || fail "passed on is: $REPLY"
  sleep 5
  portmap_end
  portmap_gap ua
  portmap_gap ub
}
# portmap_taken PORT…: another machine of that network asks for these first (NAT-PMP), and we are not heard until it has them.
portmap_taken() {
  nat_in a python3 - "$@" << 'P' || fail "the router did not give ports $* to another machine"
import socket, struct, sys
link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
link.bind(("192.168.1.3", 0))
link.settimeout(0.5)
for port in map(int, sys.argv[1:]):
    for attempt in range(8):
        link.sendto(struct.pack(">BBHHHI", 0, 1, 0, port, port, 120), ("192.168.1.1", 5351))
        try:
            answer = link.recv(64)
        except socket.timeout:
            continue
        if len(answer) == 16 and answer[1] == 129 and struct.unpack(">H", answer[8:10])[0] == port:
            break
    else:
        sys.exit(1)
    if answer[2:4] != b"\0\0" or struct.unpack(">H", answer[10:12])[0] != port:
        sys.exit(1)
P
}

# As portmap-restart, and somebody else has the ports of the call by then: the peer is told others, and both hear on.
case_portmap_moved() {
  local before port ports=()
  command -v conntrack > /dev/null || skip "there is no conntrack here"
  nat_up
  nat_is a symmetric
  nat_is b ports
  nat_in a ip addr add 192.168.1.3/24 dev eth0
  portmap_router enable_natpmp=yes enable_upnp=no
  portmap_call PCP
  portmap_talk 2
  portmap_ports
  before=$REPLY
  port ua
  for port in $before; do [ "$port" = "$REPLY" ] || ports+=("$port"); done
  kill "$MINIUPNPD"
  nat_is a symmetric
  nat_forget a || skip "the kernel forgets no connections here"
  nat_in na nft "add table ip deaf; add chain ip deaf in { type filter hook input priority -20; }; add rule ip deaf in ip saddr $NAT_HOST_a udp dport 5351 drop"
  portmap_router enable_natpmp=yes enable_upnp=no
  portmap_taken "${ports[@]}"
  nat_in na nft delete table ip deaf
  wait_for 15 portmap_besides 5 || fail "passed on is: $REPLY"
  note "then $REPLY"
  sleep 5
  portmap_talk 3
  ua_hangup ua
  ua_ended ua
  ua_ended ub
  ua_stop ua
  ua_stop ub
  portmap_heard 2
  portmap_gap ua
  portmap_gap ub
}
portmap_besides() { portmap_ports; [ "$(wc -w <<< "$REPLY")" = "$1" ]; }
portmap_again() { portmap_ports; [ "$(wc -w <<< "$REPLY")" = 3 ]; }
portmap_gap() {
  ua_recording "$1" 1
  REPLY=$(python3 "$LIB/gap.py" "$REPLY" left 8) || fail "$1: $REPLY"
  note "$1: $REPLY"
}

# A router that refuses: said once, and the call takes the relay.
case_portmap_refused() {
  nat_up
  nat_is a symmetric
  nat_is b ports
  portmap_router enable_natpmp=no enable_upnp=yes 'deny 0-65535 0.0.0.0/0 0-65535'
  nat_kamailio
  nat_turn p "$NAT_SERVER"
  nat_ua ub b 1002 autoaccept=true audiosource=tone:880 "stunserver=$TURN_UDP" "turnserver=$TURN_UDP" upnpnat=0
  nat_ua ua a 1001 use_fast_ice=2 "stunserver=$TURN_UDP" "turnserver=$TURN_UDP"
  ua_wait ua 'WARNING.*The router .*refuse' 10 || fail "nothing was said of the router"
  note "$(grep -ao 'the UPnP router refused[^,]*' "$CASE_DIR/ua/out" | head -n 1)"
  ua_call ua 1002
  ua_speaking ua 15
  nat_path ua 1 15
  note "$REPLY"
  [[ $REPLY == *relay* ]] || fail "the way is $REPLY"
  portmap_talk 2
  ua_hangup ua
  ua_ended ua
  ua_stop ua
  ua_stop ub
  portmap_heard 1.5
  ua_count ua 'WARNING.*The router .*refuse'
  [ "$REPLY" = 1 ] || fail "it was told $REPLY times"
}

# Which kind of NAT stands in front of us, by a STUN server with two addresses (RFC 5780).
case_nat_kinds() {
  local kind wanted
  nat_up
  nat_in p ip addr add 198.51.100.2/32 dev lo
  nat_is a full
  nat_turn p "$NAT_SERVER" listening-ip=198.51.100.2 "alt-listening-port=$((PORT + 4))" "alt-tls-listening-port=$((PORT + 5))"
  for kind in full restricted ports symmetric tcp none; do
    nat_is a "$kind"
    case $kind in
      full) wanted=FULL_CONE ;; restricted) wanted=ADDRESS_RESTRICTED ;; ports) wanted=PORT_RESTRICTED ;;
      symmetric) wanted=SYMMETRIC ;; tcp) wanted=BLOCKED ;; none) wanted=OPEN ;;
    esac
    REPLY=$(nat_in a "$UA_PROGRAM" nat "$TURN_UDP" --bind "$NAT_HOST_a" 2>> "$CASE_DIR/nat.err") || { last_words "$CASE_DIR/nat.err"; fail "$kind: $REPLY"; }
    [[ $REPLY == "$wanted"* ]] || fail "a NAT of kind $kind is said to be $REPLY"
    note "$kind: ${REPLY%% *}"
  done
}

# A peer without ICE, and relays only: our SDP names the relay, and the peer never learns where we are.
turn_plain() { # called|calls
  nat_up
  nat_is a ports
  nat_is b none
  nat_kamailio
  nat_turn p "$NAT_SERVER"
  nat_baresip b 1002 answermode=auto
  nat_ua ua a 1001 "use_fast_ice=$1" upnpnat=0 autoaccept=true "turnserver=$TURN_UDP" turnonly=1
  if [ "$1" = 1 ]; then nat_baresip_do "dial sip:1001@$SERVER"; else ua_call ua 1002; fi
  ua_speaking ua 15
  nat_path ua
  note "$REPLY"
  [ "$REPLY" = relay ] || fail "the way is $REPLY"
  sleep 4
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  ua_recording ua 1
  hears earshot "$REPLY" left 880:2
  baresip_recording
  hears baresip "$REPLY" mono 440:2
  grep -aq "c=IN IP4 $NAT_SERVER" "$KAMAILIO_LOG" || fail "the SDP does not name the relay"
  wait_for 5 has_line "$CASE_DIR/coturn.log" 'session .*: (closed|delete)' || fail "the relay was not given back"
}
case_turn_plain_offered() { turn_plain 2; }
case_turn_plain_called() { turn_plain 1; }
