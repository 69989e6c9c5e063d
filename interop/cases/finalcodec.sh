# Codecs that are put right afterwards: in the ACK, and by another call.

# goes_after NUMBER ACK-PATTERN: SIPp answers the user agent's call to that number, wants such an ACK, and hangs up.
goes_after() {
  sipp_start answers-and-goes sipp -v "ACK=$2"
  ua_call ua "$1"
  sipp_end sipp
}

# The first ACK names the codec (setfinalcodec=1); SIPp hangs up on it, so the next call's is empty.
case_finalcodec_automatic() {
  alone setfinalcodec=1
  goes_after 2000 'm=audio [0-9]+ RTP/AVP 8[^0-9 ]'
  ua_ended ua
  goes_after 2001 'Content-Length: *0'
  note "PCMA in the first ACK, nothing in the next"
}

# retried KEY=VALUE INVITES: how often SIPp, which has no codec for us, is called.
retried() {
  sipp_start answers-refuses sipp -m "$2" -v "STATUS=488 Not Acceptable Here" -v "HEADER=X-Interop: yes"
  alone "$1"
  ua_call ua 2000
  ua_ended ua
  sipp_end sipp
  sipp_log sipp count '^INVITE '
  [ "$REPLY" = "$2" ] || fail "$REPLY INVITEs, wanted $2"
}

case_finalcodec_retry() { # the second INVITE has G.711 alone
  local lines
  retried codecretry=true 2
  lines=$(grep -ao 'm=audio [0-9]* RTP/AVP [0-9 ]*' "$CASE_DIR/sipp/messages.log" | cut -d' ' -f4-)
  [ "$(wc -l <<< "$lines")" = 2 ] || fail "offers: $lines"
  [[ $(tail -n 1 <<< "$lines") =~ ^(0 8|8 0)( [0-9]+)*\ *$ ]] || fail "the second offer has $(tail -n 1 <<< "$lines")"
  [ "$(head -n 1 <<< "$lines")" != "$(tail -n 1 <<< "$lines")" ] || fail "the same offer twice: $lines"
  note "offers of $(head -n 1 <<< "$lines") and then $(tail -n 1 <<< "$lines")"
}
case_finalcodec_no_retry() {
  retried codecretry=false 1
  note "one INVITE"
}
