# JsSIP, the SIP stack of many web phones, run by Node. Sourced by ../cases/jssip.sh.
JSSIP_VERSION=3.13.8

# jssip_modules: sets REPLY to a folder with JsSIP, fetched by npm once per user and version.
jssip_modules() {
  local home=${XDG_CACHE_HOME:-$HOME/.cache}/earshot-interop/jssip-$JSSIP_VERSION
  REPLY=$home/node_modules
  [ ! -f "$home/complete" ] || return 0
  command -v npm > /dev/null || skip "no npm here to fetch JsSIP"
  mkdir -p "$home"
  (
    flock 9
    [ -f "$home/complete" ] || { npm install --prefix "$home" --no-audit --no-fund "jssip@$JSSIP_VERSION" && touch "$home/complete"; }
  ) 9> "$home/lock" > "$CASE_DIR/npm.log" 2>&1 || { last_words "$CASE_DIR/npm.log"; skip "npm did not fetch JsSIP: $REPLY"; }
  REPLY=$home/node_modules
}

# jssip_start USER: JsSIP over WebSocket at $WS_URI, registered; its sound comes back from the echo.
jssip_start() {
  local modules port
  command -v node > /dev/null || fail "node is not there"
  jssip_modules; modules=$REPLY
  echo_start
  port echo-rtp; port=$REPLY
  JSSIP_LOG=$CASE_DIR/jssip.log
  mkfifo "$CASE_DIR/jssip.in"
  exec {JSSIP_FD}<> "$CASE_DIR/jssip.in"
  node --experimental-websocket "$LIB/jssip.js" "$modules" "$WS_URI" "$1" "${SERVER%:*}" "$port" < "$CASE_DIR/jssip.in" > "$JSSIP_LOG" 2>&1 {JSSIP_FD}>&- &
  JSSIP_PID=$!
  track "$JSSIP_PID"
  jssip_wait '^registered' || { last_words "$JSSIP_LOG"; fail "JsSIP did not register: $REPLY"; }
}
jssip_do() { printf '%s\n' "$1" >&"$JSSIP_FD"; }
jssip_wait() { wait_for "${2:-10}" has_line "$JSSIP_LOG" "$1"; }
jssip_said() { jssip_wait "$@" || { last_words "$JSSIP_LOG"; fail "JsSIP did not say '$1': $REPLY"; }; }
