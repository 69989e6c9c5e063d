# Encrypted sound with baresip through Kamailio: SDES in each suite that both have, DTLS, what is optional, what is refused.

# encrypted_is TEXT: what the user agent says of the encryption.
encrypted_is() {
  ua_wait ua "LOG.*media encrypted $1" 8 || fail "no encryption by $1: $(grep -ao 'media \(encrypted\|in clear\).*' "$CASE_DIR/ua/out" | tail -n 1)"
  note "$1"
}

# secured_out BARESIP-MODULE MEDIAENC TEXT key=value…: we call baresip.
secured_out() {
  local said=$3
  BARESIP_EXTRA="module $1.so"
  BARESIP_ACCOUNT="mediaenc=$2"
  shift 3
  secured "$@"
  ua_call ua 1002
  ua_speaking ua
  encrypted_is "$said"
  sleep 3
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  both_heard 2
}

# secured_in BARESIP-MODULE MEDIAENC TEXT key=value…: baresip calls us.
secured_in() {
  local said=$3
  BARESIP_EXTRA="module $1.so"
  BARESIP_ACCOUNT="mediaenc=$2"
  shift 3
  secured autoaccept=true "$@"
  baresip_do "dial sip:1001@$SERVER"
  baresip_talking
  ua_speaking ua
  encrypted_is "$said"
  sleep 3
  baresip_do hangup
  ua_ended ua
  ua_stop ua
  both_heard 2
}

secured() {
  kamailio_start
  baresip_start 1002 answermode=auto ${BARESIP_ACCOUNT:+"$BARESIP_ACCOUNT"}
  as_1001 register=1 events=3 "$@"
  ua_registered ua
}

suite_out() { secured_out srtp srtp-mand "$1 by SDES" mediaencryption=2 strictsrtp=3 "srtp_suite=$1"; }
case_srtp_out_cm_80() { suite_out AES_CM_128_HMAC_SHA1_80; }
case_srtp_out_cm_32() { suite_out AES_CM_128_HMAC_SHA1_32; }
case_srtp_out_gcm_128() { suite_out AEAD_AES_128_GCM; }
case_srtp_out_gcm_256() { suite_out AEAD_AES_256_GCM; }
case_srtp_out_optional() { secured_out srtp srtp "AES_CM_128_HMAC_SHA1_80 by SDES" mediaencryption=2; }

case_srtp_called() { secured_in srtp srtp-mand "[A-Z0-9_]* by SDES" mediaencryption=1; }
case_srtp_called_feedback() { secured_in srtp srtp-mandf "[A-Z0-9_]* by SDES" mediaencryption=2 strictsrtp=3; }
case_srtp_called_optional() { secured_in srtp srtp "[A-Z0-9_]* by SDES" mediaencryption=1; }

# Holding and resuming keeps the keys.
case_srtp_hold() {
  BARESIP_EXTRA="module srtp.so"
  BARESIP_ACCOUNT="mediaenc=srtp-mand"
  secured mediaencryption=2 strictsrtp=3
  ua_call ua 1002
  ua_speaking ua
  encrypted_is "AES_CM_128_HMAC_SHA1_80 by SDES"
  sleep 2
  ua_cmd ua '?function=API_Hold&line=-1&state=true'
  sleep 2
  ua_cmd ua '?function=API_Hold&line=-1&state=false'
  sleep 2.5
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  [ "$(grep -ac 'media encrypted' "$CASE_DIR/ua/out")" = 1 ] || fail "other keys while holding"
  ua_recording ua
  hears earshot "$REPLY" left 880:1.5 silence:1.4 880:1.6
}

# A peer without encryption: no call where it is demanded, and one in clear where it is only wished for.
case_srtp_refused() {
  secured mediaencryption=2 strictsrtp=3
  ua_call ua 1002
  ua_ended ua
  ua_reason ua
  [[ $REPLY == 488* || $REPLY == *"not encrypted"* || $REPLY == *media* ]] || fail "reason \"$REPLY\""
  note "reason \"$REPLY\""
  ua_stop ua
}
case_srtp_in_clear() {
  secured mediaencryption=2
  ua_call ua 1002
  ua_speaking ua
  sleep 3
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  both_heard 2
}

case_dtls_out() { secured_out dtls_srtp dtls_srtp "[A-Z0-9_]* by DTLS" mediaencryption=4 strictsrtp=3; }
case_dtls_called() { secured_in dtls_srtp dtls_srtp "[A-Z0-9_]* by DTLS" mediaencryption=1; }

# handshake_lossy: the DTLS of the two goes through a relay that loses the first packet of either and a quarter of the others.
handshake_lossy() {
  local ours theirs ua peer
  tap_defines
  port tap-ua; ours=$REPLY
  port tap-peer; theirs=$REPLY
  port ua-rtp; ua=$REPLY
  port baresip-rtp; peer=$REPLY
  python3 "$LIB/lossy.py" "$ours" "$theirs" 25 "$1" dtls "$ua" "$peer" > "$CASE_DIR/relay" 2>&1 &
  RELAY_PID=$!
  track "$RELAY_PID"
  wait_for 5 has_line "$CASE_DIR/relay" '^ready' || fail "the relay did not start"
  BARESIP_EXTRA="rtcp_mux yes
module dtls_srtp.so"
  kamailio_start "${TAP_DEFINES[@]}"
}

# handshake_survived SECONDS: the keys came all the same, and some of what they took was lost on either side.
handshake_survived() {
  ua_wait ua 'LOG.*media encrypted [A-Z0-9_]* by DTLS' 30 || fail "no keys: $(grep -ao 'media \(encrypted\|in clear\).*' "$CASE_DIR/ua/out" | tail -n 1)"
  # The end that hears the last of the handshake is done later than the one that sends it.
  baresip_wait 'DTLS-SRTP complete' 30 || fail "baresip has no keys"
  sleep "$1"
}
handshake_end() {
  local lost
  stop "$RELAY_PID"
  lost=$(tail -n 1 "$CASE_DIR/relay")
  note "$lost"
  [[ $lost =~ ^([0-9]+)\ of\ [0-9]+\ lost\ from\ the\ first,\ ([0-9]+)\ of ]] || fail "the relay said $lost"
  [ "${BASH_REMATCH[1]}" -ge 1 ] && [ "${BASH_REMATCH[2]}" -ge 1 ] || fail "nothing was lost on one of the sides: $lost"
  both_heard 2
}

case_dtls_loss_out() {
  handshake_lossy 3
  baresip_start 1002 answermode=auto mediaenc=dtls_srtp
  as_1001 register=1 events=3 mediaencryption=4 strictsrtp=3
  ua_registered ua
  ua_call ua 1002
  ua_speaking ua
  handshake_survived 3.5
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  handshake_end
}

case_dtls_loss_called() {
  handshake_lossy 5
  baresip_start 1002 mediaenc=dtls_srtp
  as_1001 register=1 events=3 mediaencryption=1 autoaccept=true
  ua_registered ua
  baresip_do "dial sip:1001@$SERVER"
  baresip_talking
  ua_speaking ua
  handshake_survived 3.5
  baresip_do hangup
  ua_ended ua
  ua_stop ua
  handshake_end
}

# attacked MODULE MEDIAENC TEXT key=value…: we call baresip by way of a relay that attacks us; both hear each other, nothing else.
attacked() {
  local ours theirs ua peer said=$3 line
  tap_defines
  port tap-ua; ours=$REPLY
  port tap-peer; theirs=$REPLY
  port ua-rtp; ua=$REPLY
  port baresip-rtp; peer=$REPLY
  python3 "$LIB/attacker.py" "$ours" "$theirs" "$ua" "$peer" > "$CASE_DIR/attacker" 2>&1 &
  RELAY_PID=$!
  track "$RELAY_PID"
  wait_for 5 has_line "$CASE_DIR/attacker" '^ready' || fail "the attacker did not start"
  BARESIP_EXTRA="rtcp_mux yes
module $1.so"
  kamailio_start "${TAP_DEFINES[@]}"
  baresip_start 1002 answermode=auto "mediaenc=$2"
  shift 3
  as_1001 register=1 events=3 "$@"
  ua_registered ua
  ua_call ua 1002
  ua_speaking ua
  encrypted_is "$said"
  sleep 5
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_wait ua 'LOG.*media path was' 8 || fail "what was refused is not told"
  line=$(grep -ao 'media path was .*' "$CASE_DIR/ua/out" | tail -n 1)
  ua_stop ua
  stop "$RELAY_PID"
  note "$(tail -n 1 "$CASE_DIR/attacker")"
  note "${line#*, }"
  [ "$(tail -n 1 "$CASE_DIR/attacker" | grep -o '[0-9]\+' | wc -l)" = 9 ] || fail "not every attack was made"
  [[ $line =~ ([0-9]+)\ unprotected ]] && [ "${BASH_REMATCH[1]}" -ge 100 ] || fail "what was refused is not told: $line"
  both_heard 4
}

case_srtp_attacked() { attacked srtp srtp-mand "AES_CM_128_HMAC_SHA1_80 by SDES" mediaencryption=2 strictsrtp=3; }
case_dtls_attacked() {
  attacked dtls_srtp dtls_srtp "[A-Z0-9_]* by DTLS" mediaencryption=4 strictsrtp=3
  grep -qaE 'media path was .*, [1-9][0-9]* of dtls' "$CASE_DIR/ua/out" || fail "the junk of DTLS is not told of"
}
