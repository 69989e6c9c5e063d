# Routers of each kind against each other, with what helps through them: a STUN server alone, a relay besides, the tunnel. `../run --matrix` makes a
# table of these cells and of those in ../matrix; it ends up in ../target/nat-matrix.md.
# shellcheck source=/dev/null
. "$INTEROP/cases/proxy.sh"
. "$INTEROP/cases/ice.sh"

MATRIX_KEY=interop-key-0123456789

# matrix_network KIND-OF-A KIND-OF-B MEANS: 2 % of UDP lost at each router, 15 ms of delay on each outside link in each direction, and the servers.
matrix_network() {
  NAT_LOSS=2
  nat_up
  nat_delay 15
  note "$REPLY"
  case $1-$2-$3 in *proxy*) matrix_proxy ;; esac
  case $1-$2-$3 in
    443-*-turn | proxy-*-turn | *-443-turn | *-proxy-turn)
      matrix_by_tls
      return
      ;;
  esac
  nat_certificate "$NAT_SERVER"
  nat_kamailio
  nat_turn p "$NAT_SERVER"
  [ "$3" = tunnel ] || return 0
  printf '%s:%s\n' a "$MATRIX_KEY" b "$MATRIX_KEY" > "$CASE_DIR/users"
  nat_run p "$UA_PROGRAM" tunnel-gateway --listen "$NAT_SERVER:443" --users "$CASE_DIR/users" --to "$NAT_SERVER" --media-to 0.0.0.0/0,192.168.0.0/16 \
    --bind "$NAT_SERVER" --ports 30000-30039 --cert "$CASE_DIR/server.pem" --cert-key "$CASE_DIR/server.key" > "$CASE_DIR/gateway.log" 2>&1 &
  track "$!"
  wait_for 20 nat_listens p 443 || { last_words "$CASE_DIR/gateway.log"; fail "the gateway did not start: $REPLY"; }
}

# matrix_by_tls: SIP and the relay over TLS, at port 443 of an address each.
matrix_by_tls() {
  local relay=${NAT_SERVER%.*}.2
  MATRIX_SIPS=${NAT_SERVER%.*}.3:443
  nat_in p ip addr add "$relay/32" dev lo
  nat_in p ip addr add "${MATRIX_SIPS%:*}/32" dev lo
  nat_certificate "$relay,IP:${MATRIX_SIPS%:*}"
  PROXY_TLS=$MATRIX_SIPS proxy_kamailio
  NAT_TURN_TLS=443
  nat_turn p "$relay"
}

# matrix_is SIDE KIND MEANS: the router, or the firewall, of that side.
matrix_is() {
  case $2 in
    none) if [ "$3" = tunnel ]; then nat_is "$1" tcp; else nat_is "$1" silent; fi ;;
    443) nat_is "$1" only:443 ;;
    proxy) nat_is "$1" "only:$((PORT + 6))" ;;
    *) nat_is "$1" "$2" ;;
  esac
}

matrix_proxy() {
  PATH=$PATH:/usr/sbin command -v tinyproxy > /dev/null || skip "there is no tinyproxy here"
  printf 'Port %s\nListen %s\nTimeout 60\nConnectPort 443\n' "$((PORT + 6))" "$NAT_SERVER" > "$CASE_DIR/tinyproxy.conf"
  nat_run p tinyproxy -d -c "$CASE_DIR/tinyproxy.conf" > "$CASE_DIR/proxy.log" 2>&1 &
  track "$!"
  wait_for 10 nat_listens p "$((PORT + 6))" || fail "tinyproxy did not start"
}

# matrix_means KIND MEANS SIDE: sets MEANS to the settings of a phone behind a router of that kind.
matrix_means() {
  case $1-$2 in
    443-tunnel | none-tunnel) MEANS=(usehttpproxy=0) ;;
    proxy-tunnel) MEANS=(usehttpproxy=3 "httpproxyurl=http://$NAT_SERVER:$((PORT + 6))") ;;
    none-turn) MEANS=("turnserver=turns:$TURN_TLS" tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem"); return ;;
    443-turn | proxy-turn)
      MEANS=("serveraddress=$MATRIX_SIPS" transport=4 "turnserver=turns:$TURN_TLS" tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem")
      [ "$1" = 443 ] || MEANS+=("httpproxyurl=http://$NAT_SERVER:$((PORT + 6))")
      return
      ;;
    *-turn) MEANS=("stunserver=$TURN_UDP" "turnserver=$TURN_UDP"); return ;;
    *-stun) MEANS=("stunserver=$TURN_UDP"); return ;;
    *-tunnel)
      if [ "$3" = b ]; then MEANS=("stunserver=$TURN_UDP"); return; fi
      MEANS=(usehttpproxy=0)
      ;;
  esac
  MEANS+=(transport=3 "tunneluser=$3" "tunnelkey=$MATRIX_KEY" "httpserveraddress=https://$NAT_SERVER" tlspolicy=3 "tlscafile=$CASE_DIR/ca.pem")
}

# matrix_cell KIND-OF-A KIND-OF-B MEANS: a calls b, both hear the other, and the way and the time from the command to it become a row.
matrix_cell() {
  local one=ua other=ub mark way took heard round callee=
  matrix_network "$1" "$2" "$3"
  matrix_is a "$1" "$3"
  matrix_is b "$2" "$3"
  matrix_means "$2" "$3" b
  nat_ua "$other" b 1002 autoaccept=true audiosource=tone:880 "$ICE_ON" "${MEANS[@]}"
  matrix_means "$1" "$3" a
  # Whom UDP reaches needs no tunnel where the other one has it.
  case $1-$2-$3 in
    443-* | proxy-* | none-*) ;;
    *-443-tunnel | *-proxy-tunnel | *-none-tunnel) matrix_means "$1" stun a ;;
  esac
  nat_ua "$one" a 1001 "$ICE_ON" "${MEANS[@]}"
  mark=${EPOCHREALTIME/./}
  ua_call "$one" 1002
  ua_speaking "$one" 30
  ua_speaking "$other" 30
  if [ "$3" = stun ] && matrix_needs_more "$1" "$2"; then
    if ua_wait "$one" 'LOG.*media path [a-z]*-[a-z]* to' 4; then nat_path "$one"; fail "$1 to $2 with STUN alone went by $REPLY, which cannot be"; fi
    matrix_row "$1" "$2" "$3" "no way without a relay or the tunnel"
    matrix_end "$one" "$other"
    return
  fi
  nat_path "$one" 1 30
  since "$mark"
  took=$REPLY
  for round in 1 2 3 4 5 6 7 8 9 10 11 12; do
    sleep 1
    [ "$round" -gt 1 ] && two_tone "$one" 880 1.5 && two_tone "$other" 440 1.5 && break
  done
  nat_path "$one"
  way=$REPLY
  nat_path "$other"
  # What the callee has at its own end may look like any address to the caller.
  [[ $way == *tunnel* || $way == *relay* || $REPLY != *tunnel* && $REPLY != *relay* ]] || callee=", at the callee $REPLY"
  matrix_end "$one" "$other"
  two_tone "$one" 880 1.5 || fail "$1 to $2 with $3, $way: the caller heard $REPLY"
  heard=$REPLY
  two_tone "$other" 440 1.5 || fail "$1 to $2 with $3, $way: the callee heard $REPLY"
  has_line "$CASE_DIR/$one/out" "media path was $way" || fail "$1 to $2 with $3: the report of the call does not name $way"
  matrix_row "$1" "$2" "$3" "$way$callee, $took s"
  note "heard $heard and $REPLY"
  case $3-$way$callee in
    tunnel-*tunnel* | turn-*relay*) ;;
    tunnel-* | stun-*relay*) fail "$1 to $2 with $3 went by $way" ;;
    turn-*) if matrix_needs_more "$1" "$2"; then fail "$1 to $2: the way cannot be $way"; fi ;;
  esac
}

# Whether STUN alone cannot help: a router takes another port for each destination and the other one looks at the port, or no UDP passes.
matrix_needs_more() {
  case $1-$2 in
    symmetric-symmetric | symmetric-ports | ports-symmetric | 443-* | *-443 | proxy-* | *-proxy | none-* | *-none) return 0 ;;
  esac
  return 1
}

matrix_row() { # A B MEANS TEXT
  printf '%s|%s|%s|%s\n' "$@" >> "$CASE_DIR/matrix.rows"
  note "$3: $4"
}

matrix_end() {
  ua_hangup "$1"
  ua_ended "$1"
  ua_ended "$2"
  ua_stop "$1"
  ua_stop "$2"
}

case_nat_full_full_stun() { matrix_cell full full stun; }
case_nat_full_full_turn() { matrix_cell full full turn; }
case_nat_full_full_tunnel() { matrix_cell full full tunnel; }
case_nat_full_restricted_stun() { matrix_cell full restricted stun; }
case_nat_full_restricted_turn() { matrix_cell full restricted turn; }
case_nat_full_restricted_tunnel() { matrix_cell full restricted tunnel; }
case_nat_full_ports_stun() { matrix_cell full ports stun; }
case_nat_full_ports_turn() { matrix_cell full ports turn; }
case_nat_full_ports_tunnel() { matrix_cell full ports tunnel; }
case_nat_full_symmetric_stun() { matrix_cell full symmetric stun; }
case_nat_full_symmetric_turn() { matrix_cell full symmetric turn; }
case_nat_full_symmetric_tunnel() { matrix_cell full symmetric tunnel; }
case_nat_restricted_full_stun() { matrix_cell restricted full stun; }
case_nat_restricted_full_turn() { matrix_cell restricted full turn; }
case_nat_restricted_full_tunnel() { matrix_cell restricted full tunnel; }
case_nat_restricted_restricted_stun() { matrix_cell restricted restricted stun; }
case_nat_restricted_restricted_turn() { matrix_cell restricted restricted turn; }
case_nat_restricted_restricted_tunnel() { matrix_cell restricted restricted tunnel; }
case_nat_restricted_ports_stun() { matrix_cell restricted ports stun; }
case_nat_restricted_ports_turn() { matrix_cell restricted ports turn; }
case_nat_restricted_ports_tunnel() { matrix_cell restricted ports tunnel; }
case_nat_restricted_symmetric_stun() { matrix_cell restricted symmetric stun; }
case_nat_restricted_symmetric_turn() { matrix_cell restricted symmetric turn; }
case_nat_restricted_symmetric_tunnel() { matrix_cell restricted symmetric tunnel; }
case_nat_ports_full_stun() { matrix_cell ports full stun; }
case_nat_ports_full_turn() { matrix_cell ports full turn; }
case_nat_ports_full_tunnel() { matrix_cell ports full tunnel; }
case_nat_ports_restricted_stun() { matrix_cell ports restricted stun; }
case_nat_ports_restricted_turn() { matrix_cell ports restricted turn; }
case_nat_ports_restricted_tunnel() { matrix_cell ports restricted tunnel; }
case_nat_ports_ports_stun() { matrix_cell ports ports stun; }
case_nat_ports_ports_turn() { matrix_cell ports ports turn; }
case_nat_ports_ports_tunnel() { matrix_cell ports ports tunnel; }
case_nat_ports_symmetric_stun() { matrix_cell ports symmetric stun; }
case_nat_ports_symmetric_turn() { matrix_cell ports symmetric turn; }
case_nat_ports_symmetric_tunnel() { matrix_cell ports symmetric tunnel; }
case_nat_symmetric_full_stun() { matrix_cell symmetric full stun; }
case_nat_symmetric_full_turn() { matrix_cell symmetric full turn; }
case_nat_symmetric_full_tunnel() { matrix_cell symmetric full tunnel; }
case_nat_symmetric_restricted_stun() { matrix_cell symmetric restricted stun; }
case_nat_symmetric_restricted_turn() { matrix_cell symmetric restricted turn; }
case_nat_symmetric_restricted_tunnel() { matrix_cell symmetric restricted tunnel; }
case_nat_symmetric_ports_stun() { matrix_cell symmetric ports stun; }
case_nat_symmetric_ports_turn() { matrix_cell symmetric ports turn; }
case_nat_symmetric_ports_tunnel() { matrix_cell symmetric ports tunnel; }
case_nat_symmetric_symmetric_stun() { matrix_cell symmetric symmetric stun; }
case_nat_symmetric_symmetric_turn() { matrix_cell symmetric symmetric turn; }
case_nat_symmetric_symmetric_tunnel() { matrix_cell symmetric symmetric tunnel; }
