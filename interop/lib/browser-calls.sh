# Whole calls with a browser over Kamailio's WebSocket. Sourced by ../cases/browser.sh and firefox.sh, after browser.sh.

# browser_talk: sound both ways, what the browser makes of it, and its key 5, in a call that is up.
browser_talk() {
  browser_said '^connection connected'
  browser_said '^hears 440'
  browser_do 'dtmf 5'
  ua_wait ua '^WPNOTIFICATION,DTMF,[0-9]+,5' || fail "the key 5 was not told"
  browser_stats
}

# browser_heard: the call is over, and both have heard the other, fallen silent, and heard it again.
browser_heard() {
  ua_ended ua
  ua_stop ua
  browser_stop
  ua_recording ua
  hears earshot "$REPLY" left 880:1.5 silence:0.5 880:1
}

# browser_calls: the browser calls us.
browser_calls() {
  services_start
  browser_start 1004
  services_ua ua 1001 ws autoaccept=true "$@"
  browser_do "call sip:1001@${SERVER%:*}"
  ua_speaking ua 20
  browser_said '^confirmed'
  browser_talk
  browser_do hold
  browser_said '^held'
  browser_said '^hears silence' 5 2
  sleep 1
  browser_do unhold
  browser_said '^resumed'
  browser_said '^hears 440' 8 2
  sleep 1.5
  browser_do hangup
  browser_heard
}

# browser_called: we call the browser.
browser_called() {
  services_start
  browser_start 1004
  services_ua ua 1001 ws mediaencryption=4 strictsrtp=2 use_fast_ice=2 dtmfmode=1 use_speex=0 "$@"
  ua_call ua 1004
  browser_said '^called by 1001'
  ua_speaking ua 20
  browser_talk
  ua_cmd ua '?function=API_Dtmf&line=-1&dtmf=7'
  browser_said '^key 7'
  ua_cmd ua '?function=API_Hold&line=-1&state=true'
  browser_said '^hold remote'
  browser_said '^hears silence' 5 2
  sleep 1
  ua_cmd ua '?function=API_Hold&line=-1&state=false'
  browser_said '^unhold remote'
  browser_said '^hears 440' 8 2
  sleep 1.5
  ua_hangup ua
  browser_said '^ended remote'
  browser_heard
}

# browser_hides: a page that has no leave to use a microphone calls: its candidates are names that mean nothing here.
browser_hides() {
  services_start
  browser_start 1004 --hide
  services_ua ua 1001 ws autoaccept=true "$@"
  browser_do "hum sip:1001@${SERVER%:*}"
  browser_said '^sdp local .*a=candidate:[^|]*\.local ' 10
  ua_speaking ua 20
  browser_talk
  ua_hangup ua
  browser_said '^ended remote'
  ua_ended ua
  ua_stop ua
  browser_stop
  ua_recording ua
  hears earshot "$REPLY" left 880:2
}
