# Ways that die without a word: nobody is told, packets vanish.
# shellcheck source=/dev/null
. "$INTEROP/cases/ice.sh"

# The sound goes straight from router to router, which then let none of that through any more: the relay takes over that had been given back.
case_nat_direct_dies() {
  ice_network ports ports
  nat_turn p "$NAT_SERVER"
  two_of_ours "stunserver=$TURN_UDP" "turnserver=$TURN_UDP" -- "stunserver=$TURN_UDP" "turnserver=$TURN_UDP"
  note "$REPLY"
  [[ $REPLY != *relay* ]] || fail "the way is $REPLY"
  wait_for 15 has_line "$CASE_DIR/coturn.log" 'session .*: (closed|delete)' || fail "the relay was not given back"
  two_talk 3
  nat_in na nft insert rule ip router forward ip daddr "$NAT_OUT_b" meta l4proto udp drop
  nat_in nb nft insert rule ip router forward ip daddr "$NAT_OUT_a" meta l4proto udp drop
  nat_path ua 2 25
  note "then $REPLY"
  [[ $REPLY == *relay* ]] || fail "the way is $REPLY"
  sleep 4
  two_end
  nat_gap ua
  nat_gap ub
}
