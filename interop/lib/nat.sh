# Two private networks behind routers of their own, and a public server between them, all in network namespaces of this case:
#
#   a 192.168.1.2 -- na 203.0.113.2 == 203.0.113.1 p 203.0.113.5 == 203.0.113.6 nb -- 192.168.2.2 b
#                                      198.51.100.1 (Kamailio, coturn)
#
# Nothing of it is joined to this machine's own network. NAT_OUTSIDE is the network of the routers' outer addresses, 203.0.113 unless set.

NAT_HOST_a=192.168.1.2 NAT_HOST_b=192.168.2.2
NAT_SERVER=198.51.100.1
NAT_SPACES=()

# nat_in SPACE COMMAND…
nat_in() { local space=es$PORT-$1; shift; ip netns exec "$space" "$@"; }
# nat_run SPACE COMMAND… &: the same for what goes on in the background, so that $! is the command itself.
nat_run() { local space=es$PORT-$1; shift; exec ip netns exec "$space" "$@"; }

nat_end() {
  local space pid
  stop_all
  for space in "${NAT_SPACES[@]}"; do
    for pid in $(ip netns pids "$space" 2> /dev/null); do kill -KILL "$pid" 2> /dev/null; done
  done
  for space in "${NAT_SPACES[@]}"; do ip netns del "$space" 2> /dev/null; done
}

# nat_up: the networks, without NAT yet. The case is not run where a kernel does not have what it takes.
nat_up() {
  local space side lan wan
  NAT_OUT_a=${NAT_OUTSIDE:=203.0.113}.2 NAT_OUT_b=$NAT_OUTSIDE.6
  PATH=$PATH:/usr/sbin:/sbin
  command -v nft > /dev/null || skip "there is no nft here"
  trap 'nat_end' EXIT
  for space in p na nb a b; do
    ip netns add "es$PORT-$space" 2> /dev/null || skip "there are no network namespaces here"
    NAT_SPACES+=("es$PORT-$space")
    nat_in "$space" ip link set lo up
  done
  for side in a b; do
    if [ "$side" = a ]; then lan=192.168.1 wan=$NAT_OUTSIDE.1; else lan=192.168.2 wan=$NAT_OUTSIDE.5; fi
    ip link add eth0 netns "es$PORT-$side" type veth peer name lan0 netns "es$PORT-n$side" 2> /dev/null || skip "there are no virtual Ethernets here"
    ip link add wan0 netns "es$PORT-n$side" type veth peer name "to$side" netns "es$PORT-p" || skip "there are no virtual Ethernets here"
    nat_in "$side" ip addr add "$lan.2/24" dev eth0
    nat_in "$side" ip link set eth0 up
    nat_in "$side" ip route add default via "$lan.1"
    nat_in "n$side" ip addr add "$lan.1/24" dev lan0
    nat_in "n$side" ip link set lan0 up
    nat_outside "$side" "$wan"
    nat_in "n$side" sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward' || skip "packets cannot be forwarded here"
  done
  nat_in p ip addr add "$NAT_SERVER/32" dev lo
  nat_in p sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward' || skip "packets cannot be forwarded here"
  nat_world
}

# nat_outside SIDE ADDRESS-OF-THE-SERVER: the addresses of the link between that router and the server.
nat_outside() {
  nat_var OUT "$1"
  nat_in "n$1" ip addr add "$REPLY/30" dev wan0
  nat_in "n$1" ip link set wan0 up
  nat_in "n$1" ip route add default via "$2"
  nat_in p ip addr add "$2/30" dev "to$1"
  nat_in p ip link set "to$1" up
}

# The rest of the world swallows packets: a relay that hears "unreachable" of a private address gives its allocation up.
nat_world() {
  nat_in p ip neigh replace "$NAT_OUTSIDE.100" lladdr 02:00:00:00:00:99 dev toa nud permanent
  nat_in p ip route add default via "$NAT_OUTSIDE.100" dev toa onlink
}

nat_var() { REPLY=NAT_$1_$2; REPLY=${!REPLY}; }

# nat_is SIDE KIND: what the router of that side does from now on; what it knew is forgotten.
#   full        anybody may send to a port that was opened (endpoint-independent mapping and filtering)
#   restricted  any port of an address that was sent to
#   ports       the very address and port that was sent to
#   symmetric   the same, and a new port for each destination
#   silent      UDP goes to the SIP server only: no sound gets through, and nothing to a STUN server
#   tcp         nothing but TCP gets through
#   only:PORT   nothing but TCP to that port gets through; only:PORT:FIRST-LAST lets UDP to those ports through too
#   none        no NAT: the private network can be reached
nat_is() {
  local side=$1 kind=$2 inside ports
  nat_var HOST "$side"
  inside=$REPLY
  {
    echo 'flush ruleset'
    echo 'table ip router {'
    echo 'set seen { type ipv4_addr; flags dynamic,timeout; timeout 2m; }'
    case $kind in
      full) echo "chain pre { type nat hook prerouting priority -100; iifname wan0 meta l4proto udp dnat to $inside; }" ;;
      restricted) echo "chain pre { type nat hook prerouting priority -100; iifname wan0 meta l4proto udp ip saddr @seen dnat to $inside; }" ;;
    esac
    case $kind in
      none) ;;
      symmetric) echo 'chain post { type nat hook postrouting priority 100; oifname wan0 masquerade fully-random; }' ;;
      *) echo "chain post { type nat hook postrouting priority 100; ${NAT_PORTS:+oifname wan0 meta l4proto udp masquerade to $NAT_PORTS;} oifname wan0 masquerade; }" ;;
    esac
    # What nobody asked for is dropped before it leaves a trace: a trace would take the port from our own host.
    [ "$kind" = none ] || echo 'chain in { type filter hook input priority 0; iifname wan0 ct state new drop; }'
    echo 'chain forward { type filter hook forward priority 0;'
    [ "$kind" != silent ] || echo "oifname wan0 meta l4proto udp udp dport != $((PORT + 10)) drop;"
    if [[ $kind == only:*:* ]]; then
      ports=${kind#only:}
      echo "oifname wan0 tcp dport != ${ports%:*} drop; oifname wan0 udp dport != ${ports#*:} drop; oifname wan0 meta l4proto != { tcp, udp } drop;"
    elif [[ $kind == only:* ]]; then
      echo "oifname wan0 tcp dport != ${kind#only:} drop; oifname wan0 meta l4proto != tcp drop;"
    fi
    [ "$kind" != tcp ] || echo 'oifname wan0 meta l4proto udp drop;'
    [ -z "${NAT_LOSS:-}" ] || echo "meta l4proto udp numgen random mod 100 < $NAT_LOSS drop;"
    case $kind in none | full | restricted) ;; *) echo 'iifname wan0 ct state new ct status dnat accept; iifname wan0 ct state new drop;' ;; esac
    [ "$kind" != restricted ] || echo 'oifname wan0 meta l4proto udp update @seen { ip daddr };'
    printf '}\n}\n'
  } > "$CASE_DIR/nat-$side.nft"
  nat_in "n$side" nft -f "$CASE_DIR/nat-$side.nft" || skip "nft cannot do a NAT of kind $kind here"
  nat_var OUT "$side"
  if [ "$kind" = none ]; then
    nat_in p ip route replace "${inside%.*}.0/24" via "$REPLY"
  else
    nat_in p ip route del "${inside%.*}.0/24" 2> /dev/null
  fi
  nat_forget "$side"
  return 0
}

# nat_forget SIDE: forgets what that router had open, as one that restarted; false when the kernel cannot be asked to.
nat_forget() {
  command -v conntrack > /dev/null && nat_in "n$1" conntrack -F > /dev/null 2>&1
}

# nat_delay MILLISECONDS: on both outside links in both directions, by netem or, where the kernel has none, by wires of our own; right after nat_up. Sets
# REPLY to what the network is like.
nat_delay() {
  local space how=netem
  for space in p:toa p:tob na:wan0 nb:wan0; do
    nat_in "${space%:*}" tc qdisc replace dev "${space#*:}" root netem delay "$1ms" 2> /dev/null || how=
  done
  if [ -z "$how" ]; then
    REPLY="${NAT_LOSS:-0} % lost at each router, neither netem nor tap devices here to delay"
    [ -c /dev/net/tun ] && nat_wire a "$1" && nat_wire b "$1" || return 0
    how="wires of our own"
  fi
  REPLY="${NAT_LOSS:-0} % lost at each router, $((2 * $1)) ms each way by $how"
}

# nat_wire SIDE MILLISECONDS: takes the place of the cable between that router and the public server.
nat_wire() {
  local side=$1 wan=$NAT_OUTSIDE.1
  [ "$side" = a ] || wan=$NAT_OUTSIDE.5
  nat_in p ip link del "to$side"
  mkfifo "$CASE_DIR/wire-$side"
  exec {NAT_WIRE}<> "$CASE_DIR/wire-$side"
  nat_run "n$side" python3 "$LIB/wire.py" wan0 "to$side" "es$PORT-p" "$2" < "$CASE_DIR/wire-$side" > "$CASE_DIR/wire-$side.log" 2>&1 &
  track "$!"
  wait_for 10 has_line "$CASE_DIR/wire-$side.log" '^up' || fail "the wire of $side did not come up: $(tail -n 1 "$CASE_DIR/wire-$side.log")"
  nat_outside "$side" "$wan"
  [ "$side" = b ] || nat_world
}

# ---- servers at the public address

# nat_kamailio [CONFIG]
nat_kamailio() {
  local real=$KAMAILIO_MODULES
  port kamailio
  SERVER=$NAT_SERVER:$REPLY
  KAMAILIO_LOG=$CASE_DIR/kamailio.log
  nat_run p kamailio -DD -E -m 32 -M 4 -Y "$CASE_DIR" -L "$real/" -f "${1:-$INTEROP/kamailio.cfg}" -l "udp:$SERVER" ${1:+-l "tcp:$SERVER"} -A 'ALGORITHM="MD5"' \
    -A MIN_EXPIRES=1 -A MAX_EXPIRES=3600 -A NONCE_LIFE=300 -A "CTL=\"unix:$CASE_DIR/ctl\"" > "$KAMAILIO_LOG" 2>&1 &
  track "$!"
  wait_for 10 test -S "$CASE_DIR/ctl" || { last_words "$KAMAILIO_LOG"; fail "kamailio did not start: $REPLY"; }
}

# nat_turn SPACE ADDRESS [LINE…]: coturn there, user 1001 and 1002 with their passwords unless told otherwise; ports PORT+2 and, TLS, PORT+3.
nat_turn() {
  local space=$1 address=$2
  shift 2
  command -v turnserver > /dev/null || skip "there is no coturn here"
  [ -f "$CASE_DIR/server.pem" ] || nat_certificate "$address"
  {
    printf '%s\n' "listening-ip=$address" "relay-ip=$address" "listening-port=$((PORT + 2))" "tls-listening-port=${NAT_TURN_TLS:=$((PORT + 3))}" \
      min-port=49160 max-port=49460 realm=interop.example fingerprint no-cli no-software-attribute no-multicast-peers \
      "cert=$CASE_DIR/server.pem" "pkey=$CASE_DIR/server.key" "userdb=$CASE_DIR/turndb" "pidfile=$CASE_DIR/turnserver.pid" \
      log-file=stdout simple-log verbose
    if [ $# -gt 0 ]; then printf '%s\n' "$@"; else printf '%s\n' lt-cred-mech user=1001:secret-1001 user=1002:secret-1002; fi
  } > "$CASE_DIR/turnserver.conf"
  nat_run "$space" turnserver -c "$CASE_DIR/turnserver.conf" > "$CASE_DIR/coturn.log" 2>&1 &
  NAT_TURN_PID=$!
  track "$!"
  wait_for 10 nat_listens "$space" "$((PORT + 2))" || { last_words "$CASE_DIR/coturn.log"; fail "coturn did not start: $REPLY"; }
  TURN_UDP=$address:$((PORT + 2)) TURN_TLS=$address:$NAT_TURN_TLS
}
nat_listens() { [ -n "$(nat_in "$1" ss -Hltn "sport = :$2")" ]; }

# nat_certificate ADDRESS: an authority and a certificate of that address.
nat_certificate() {
  (
    cd "$CASE_DIR" || exit 1
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=interop authority' -keyout ca.key -out ca.pem
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -keyout server.key -out server.csr
    printf 'subjectAltName=IP:%s\n' "$1" > server.ext
    openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile server.ext -out server.pem
  ) > "$CASE_DIR/openssl.log" 2>&1 || fail "no certificate could be made"
}

# ---- phones

# nat_ua NAME SPACE USER [key=value…]: the user agent in that network, registered at Kamailio.
nat_ua() {
  local name=$1 space=$2 user=$3 address program=$UA_PROGRAM
  shift 3
  address=NAT_HOST_$space
  address=${!address:-$NAT_SERVER}
  printf '#!/bin/sh\nexec ip netns exec es%s-%s %s "$@"\n' "$PORT" "$space" "$program" > "$CASE_DIR/in-$space"
  chmod +x "$CASE_DIR/in-$space"
  UA_PROGRAM=$CASE_DIR/in-$space ua_start "$name" "serveraddress=$SERVER" "username=$user" "password=secret-$user" register=1 \
    "localip=${NAT_LOCALIP-$address}" loglevel=5 events=3 "$@"
  ua_registered "$name" 20
}

# nat_baresip SPACE USER [ACCOUNT PARAMETER…]: baresip in that network, which knows ICE, STUN and TURN.
nat_baresip() {
  local space=$1 user=$2 address=NAT_HOST_$1
  shift 2
  NAT_BARESIP_SPACE=$space
  BARESIP_IN=(ip netns exec "es$PORT-$space")
  HOST=${!address} BARESIP_INTERFACE=eth0 BARESIP_RTP_PORTS=10 BARESIP_EXTRA="rtcp_mux ${NAT_BARESIP_MUX:-yes}
module stun.so
module turn.so
module ice.so
${BARESIP_EXTRA:-}" baresip_start "$user" "$@"
}
nat_baresip_do() { nat_in "$NAT_BARESIP_SPACE" bash -c "printf '/%s\n' '$1' > /dev/udp/127.0.0.1/$BARESIP_CONSOLE"; }

# nat_path NAME [COUNT [SECONDS]]: sets REPLY to the way of its sound that it told last, after at least COUNT of them.
nat_path() {
  ua_wait "$1" 'LOG.*media path [a-z]' "${3:-10}" "${2:-1}" || { last_words "$CASE_DIR/$1/out"; fail "$1 told no way of its sound: $REPLY"; }
  REPLY=$(grep -a 'media path [a-z]*-*[a-z]* to' "$CASE_DIR/$1/out" | tail -n 1 | sed 's/.*media path \([a-z-]*\) to.*/\1/')
}
