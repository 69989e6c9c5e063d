# Ways through NATs with baresip through Kamailio, on one machine: candidates told and taken, checks both ways.

# routed key=value…: baresip with its ICE module, and the user agent.
routed() {
  BARESIP_EXTRA="module ice.so"
  BARESIP_ACCOUNT="medianat=ice"
  secured events=3 "$@"
}

route_found() { wait_for 8 has_line "$CASE_DIR/ua/err" 'The route of the sound is' 1 || fail "no route was found"; note "$(grep -ao 'route of the sound is [a-z-]*' "$CASE_DIR/ua/err" | head -n 1)"; }

case_ice_out() {
  routed use_fast_ice=2
  ua_call ua 1002
  ua_speaking ua
  route_found
  sleep 3
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  both_heard 2.5
}

case_ice_called() {
  routed autoaccept=true
  baresip_do "dial sip:1001@$SERVER"
  baresip_talking
  ua_speaking ua
  route_found
  sleep 3
  baresip_do hangup
  ua_ended ua
  ua_stop ua
  both_heard 2.5
}
