# Machines with several addresses: both phones have a second network card, and the two are joined by a cable of their own.
# shellcheck source=/dev/null
. "$INTEROP/cases/ice.sh"

# hosts_network KIND-OF-A KIND-OF-B: as ice_network, and the cable; the phones listen on all addresses, and the SDP names that of the router's side.
hosts_network() {
  ice_network "$1" "$2"
  NAT_LOCALIP=
  ip link add eth1 netns "es$PORT-a" type veth peer name eth1 netns "es$PORT-b" || skip "there are no virtual Ethernets here"
  nat_in a ip addr add 10.77.0.1/24 dev eth1
  nat_in b ip addr add 10.77.0.2/24 dev eth1
  nat_in a ip link set eth1 up
  nat_in b ip link set eth1 up
}

# hosts_at NAME ADDRESS: the sound of that phone goes to that address of its peer.
hosts_at() {
  REPLY=$(grep -a 'media path [a-z]*-*[a-z]* to' "$CASE_DIR/$1/out" | tail -n 1 | sed 's/.*media path //')
  [[ $REPLY == "host-host to $2:"* ]] || fail "$1: the way is $REPLY"
  note "$1: ${REPLY%:*}"
}

# Symmetric routers on both sides and no relay: only the other address gets through.
case_hosts_second_address() {
  hosts_network symmetric symmetric
  two_of_ours --
  hosts_at ua 10.77.0.2
  two_talk 3
  two_end
  two_heard 2.5
}

# The sound begins on the first address, whose router then lets none through any more, SIP as ever: nobody is told, and both go on by the cable.
case_hosts_first_dies() {
  local before
  hosts_network none none
  two_of_ours --
  hosts_at ua 192.168.2.2
  two_talk 6
  nat_in na nft insert rule ip router forward meta l4proto udp udp dport "$((PORT + 40))-$((PORT + 99))" drop
  two_tone ua 880 1
  before=${REPLY#*Hz }
  nat_path ua 2 25
  REPLY=$(grep -a 'media path [a-z]*-*[a-z]* to' "$CASE_DIR/ua/out" | tail -n 1 | sed 's/.*media path //')
  [[ $REPLY == host-*" to 10.77.0.2:"* ]] || fail "ua: the way is $REPLY"
  note "ua: ${REPLY%:*}"
  sleep 4
  two_end
  two_tone ua 880 "$(awk -v s="${before%% *}" 'BEGIN { print s + 2 }')" || fail "ua heard $REPLY, $before of it before"
  two_heard 6
  nat_gap ua
  nat_gap ub
}
