# Firefox with JsSIP and we, over Kamailio's WebSocket: WebRTC with ICE, DTLS-SRTP and Opus or G.711.
# shellcheck source=/dev/null
. "$LIB/services.sh"
# shellcheck source=/dev/null
. "$LIB/jssip.sh"
# shellcheck source=/dev/null
. "$LIB/browser.sh"
# shellcheck source=/dev/null
. "$LIB/browser-calls.sh"

case_firefox_calls() {
  browser_found firefox
  browser_calls
}

case_firefox_called() {
  browser_found firefox
  browser_called
}

# Firefox pairs no address with loopback but loopback, which it does not use for a page without leave to use a microphone.
case_firefox_hides() {
  browser_found firefox
  ADDRESS=$(ip -4 -o addr show scope global | sed -n 's/.* inet \([0-9.]*\).*/\1/p' | head -n 1)
  [ -n "$ADDRESS" ] || skip "this machine has no address but loopback"
  browser_hides opus/48000
}

case_firefox_trickles() {
  browser_found firefox
  browser_trickles
}

case_firefox_shapes() {
  browser_found firefox
  browser_shapes
}

case_firefox_relays() {
  browser_found firefox
  browser_relays
}
