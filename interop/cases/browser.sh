# A browser (Chromium with JsSIP) and we, over Kamailio's WebSocket: WebRTC with ICE, DTLS-SRTP and Opus or G.711.
# shellcheck source=/dev/null
. "$LIB/services.sh"
# shellcheck source=/dev/null
. "$LIB/jssip.sh"
# shellcheck source=/dev/null
. "$LIB/browser.sh"
# shellcheck source=/dev/null
. "$LIB/browser-calls.sh"

G711="use_opus=0 use_opuswb=0 use_opusswb=0 use_opusuwb=0 use_g722=0"

case_browser_calls() {
  browser_found
  browser_calls
}

case_browser_called() {
  browser_found
  browser_called use_opus=0
}

# And G.711 for once.
case_browser_hides() {
  browser_found
  # shellcheck disable=SC2086
  browser_hides $G711
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
  # shellcheck disable=SC2086
  browser_relays $G711
}
