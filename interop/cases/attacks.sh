# A call by ICE and DTLS with baresip, attacked by a stranger who sits beside baresip and knows our port.
# shellcheck source=/dev/null
. "$LIB/nat.sh"

case_attacks_ice() {
  local line ours
  ice_network none none
  BARESIP_EXTRA="rtcp_mux yes
module dtls_srtp.so"
  nat_baresip b 1002 answermode=auto medianat=ice mediaenc=dtls_srtp
  nat_ua ua a 1001 "$ICE_ON" mediaencryption=4 strictsrtp=3
  ua_call ua 1002
  ua_speaking ua
  ua_wait ua 'LOG.*media encrypted [A-Z0-9_]* by DTLS' 15 || fail "no keys"
  nat_path ua
  [ "$REPLY" = host-host ] || fail "the way is $REPLY"
  ours=$(grep -a 'sent to .*INVITE' "$CASE_DIR/ua/err" | grep -o 'm=audio [0-9]*' | tail -n 1)
  nat_in b python3 "$LIB/attacker.py" "$NAT_HOST_a" "${ours#* }" 3 > "$CASE_DIR/attacker" 2>&1 || fail "the attacker failed"
  sleep 1
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_wait ua 'LOG.*media path was' 8 || fail "what was refused is not told"
  line=$(grep -ao 'media path was .*' "$CASE_DIR/ua/out" | tail -n 1)
  ua_stop ua
  note "$(tail -n 1 "$CASE_DIR/attacker")"
  note "${line#*, }"
  [[ $line =~ refused:\ ([0-9]+)\ of\ strangers,.*,\ ([0-9]+)\ of\ stun ]] || fail "no counters: $line"
  [ "${BASH_REMATCH[1]}" -ge 100 ] && [ "${BASH_REMATCH[2]}" -ge 50 ] || fail "not all is counted: $line"
  ice_heard 3
}
