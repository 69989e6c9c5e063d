# RFC 5626: one account over two edge proxies at once, a flow by each, and a registrar behind them that knows of flows.

# flows_kamailio NUMBER [define…]: on its own port, TCP and UDP; its control socket is ctl-NUMBER.
flows_kamailio() {
  local number=$1 port=$((PORT + 10 + $1)) pid define args=()
  shift
  for define; do args+=(-A "$define"); done
  mkdir -p "$CASE_DIR/run-$number"
  rm -f "$CASE_DIR/ctl-$number"
  kamailio -DD -E -m 32 -M 4 -Y "$CASE_DIR/run-$number" -L "$KAMAILIO_MODULES/" -f "$INTEROP/flows.cfg" \
    -l "tcp:127.0.0.1:$port" -l "udp:127.0.0.1:$port" -A "CTL=\"unix:$CASE_DIR/ctl-$number\"" "${args[@]}" \
    >> "$CASE_DIR/kamailio-$number.log" 2>&1 &
  pid=$!
  track "$pid"
  KAMAILIO_PID[$number]=$pid
  wait_for 10 test -S "$CASE_DIR/ctl-$number" && ! gone "$pid" || {
    REPLY=$(grep -aE 'ERROR|CRITICAL' "$CASE_DIR/kamailio-$number.log" | head -n 1 | cut -c1-200)
    fail "kamailio $number did not start: $REPLY"
  }
}

# flow_by EDGE ID: whether the registrar has that flow by that edge.
flow_by() {
  kamcmd -s "unix:$CASE_DIR/ctl-3" ul.lookup s:location s:1001 2> /dev/null > "$CASE_DIR/location"
  awk -v path="127.0.0.1:$((PORT + 10 + $1))" -v id="$2" '
    /Address: /{ by = 0 } /Path: /{ by = index($0, path) > 0 } /Reg-Id: /{ if (by && $2 == id) found = 1 } END { exit !found }' "$CASE_DIR/location"
}

called_in() { # NUMBER: the call that SIPp makes through the registrar, and ends
  sipp_start calls-basic "sipp-$1" -d 300 -s 1001 "127.0.0.1:$((PORT + 13))"
  ua_speaking ua 10 "$1"
  sipp_end "sipp-$1"
  ua_ended ua 10 "$1"
}

# with Kamailio: RFC 5626
case_flows_two_edges() {
  local edge=("HOME=\"sip:127.0.0.1:$((PORT + 13));transport=tcp\"") mark
  flows_kamailio 3 REGISTRAR
  flows_kamailio 1 "${edge[@]}"
  flows_kamailio 2 "${edge[@]}"
  ua_start ua serveraddress=interop.example "proxyaddress=127.0.0.1:$((PORT + 11))" "backupserver=127.0.0.1:$((PORT + 12))" username=1001 \
    password=secret-1001 register=1 transport=1 outbound=true instance_id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6 autoaccept=true
  ua_registered ua
  wait_for 5 flow_by 1 1 || fail "the registrar has no flow with reg-id=1 by the first edge"
  wait_for 5 flow_by 2 2 || fail "the registrar has no flow with reg-id=2 by the second edge"
  called_in 1
  stop "${KAMAILIO_PID[1]}"
  mark=${EPOCHREALTIME/./}
  called_in 2
  since "$mark"
  note "a flow by each edge; a call came in $REPLY s after the end of the first edge"
  wait_for 20 flow_by 2 1 || fail "the registration did not go over to the second edge"
  since "$mark"
  note "the registration was there after $REPLY s"
  ua_stop ua
}
