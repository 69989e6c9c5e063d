# Kamailio with everything, on every transport at once. Sourced by ../cases/services.sh.

# services_start: sets SERVER (UDP and TCP), SECURE (TLS), WS_URI and WSS_URI.
services_start() {
  local port tls ws wss pid
  certificates
  presence_defines
  port kamailio; port=$REPLY
  tls=$((port + 1)) ws=$((port + 2)) wss=$((port + 3))
  SERVER=127.0.0.1:$port SECURE=localhost:$tls
  WS_URI=ws://127.0.0.1:$ws/ws WSS_URI=wss://localhost:$wss/ws
  KAMAILIO_LOG=$CASE_DIR/kamailio.log
  kamailio -DD -E -m 32 -M 8 -Y "$CASE_DIR" -L "$KAMAILIO_MODULES/" -f "$INTEROP/services.cfg" \
    -l "udp:$SERVER" -l "tcp:$SERVER" -l "tls:127.0.0.1:$tls" -l "tcp:127.0.0.1:$ws" -l "tls:127.0.0.1:$wss" \
    -A "CTL=\"unix:$CASE_DIR/ctl\"" -A "DB=\"text://$CASE_DIR/db\"" -A "HERE=\"sip:$SERVER\"" -A "HERE_PORT=$port" \
    -A "WS_PORT=$ws" -A "WSS_PORT=$wss" -A "TLS_KEY=\"$TLS/good.key\"" -A "TLS_CERTIFICATE=\"$TLS/good.pem\"" >> "$KAMAILIO_LOG" 2>&1 &
  pid=$!
  KAMAILIO_PID=$pid
  track "$pid"
  wait_for 10 kamailio_up_or_gone "$port" "$pid"
  if gone "$pid" || ! [ -S "$CASE_DIR/ctl" ]; then
    REPLY=$(grep -aE 'ERROR|CRITICAL' "$KAMAILIO_LOG" | head -n 1 | cut -c1-200)
    fail "kamailio did not start: $REPLY"
  fi
  wait_for 5 tcp_bound "$wss" || fail "kamailio does not listen on its port $wss"
}

# services_ua NAME USER TRANSPORT key=value…: a user agent registered there by tcp, tls, ws or wss.
services_ua() {
  local name=$1 user=$2 way=() ports=()
  case $3 in
    tcp) way=("serveraddress=$SERVER" transport=1) ;;
    tls) way=("serveraddress=$SECURE" transport=2 tlspolicy=3 "tlscafile=$TLS/ca.pem") ;;
    ws) way=("serveraddress=$SERVER" "proxyaddress=$WS_URI") ;;
    wss) way=("serveraddress=$SERVER" "proxyaddress=$WSS_URI" tlspolicy=3 "tlscafile=$TLS/ca.pem") ;;
    *) way=("serveraddress=$SERVER") ;;
  esac
  shift 3
  if [ "$name" = ua2 ]; then
    port ua2; ports+=("signalingport=$REPLY")
    port ua2-rtp; ports+=("rtpport=$REPLY")
  fi
  ua_start "$name" "${way[@]}" "username=$user" "password=secret-$user" register=1 "${ports[@]}" "$@"
  ua_registered "$name" 25
}
