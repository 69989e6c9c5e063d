# A browser (Chromium with JsSIP) and we, over Kamailio's WebSocket: WebRTC with ICE, DTLS-SRTP and Opus or G.711.
# shellcheck source=/dev/null
. "$LIB/services.sh"
# shellcheck source=/dev/null
. "$LIB/jssip.sh"
# shellcheck source=/dev/null
. "$LIB/browser.sh"
# shellcheck source=/dev/null
. "$LIB/browser-calls.sh"

case_browser_calls() {
  browser_found
  browser_calls
}

case_browser_called() {
  browser_found
  browser_called
}

# And G.711 for once.
case_browser_hides() {
  browser_found
  browser_hides PCMU/8000 "$G711"
}

case_browser_trickles() {
  browser_found
  browser_trickles
}

case_browser_shapes() {
  browser_found
  browser_shapes
}

case_browser_relays() {
  browser_found
  browser_relays
}
