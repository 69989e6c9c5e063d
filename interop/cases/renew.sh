# New keys in an established call with Linphone, twice, by a program of the modern API. (baresip 1.0.0 says yes to an offer with another
# key and goes on with the first one, so it cannot be the peer here.)
# shellcheck source=/dev/null
. "$LIB/linphone.sh"

case_srtp_renewed() {
  local hz dir=$CASE_DIR/renewer heard=$CASE_DIR/heard.wav program
  java_program Renewer
  # shellcheck disable=SC2034 # read by linphone_start
  LINPHONE_SIP=$'media_encryption=srtp\n' LINPHONE_HEARD=$heard
  kamailio_start
  linphone_start 1004
  mkdir -p "$dir"
  mkfifo "$dir/in"
  exec {RENEWER_FD}<> "$dir/in"
  port ua
  "${PROGRAM[@]}" "$SERVER" "$REPLY" "$dir" < "$dir/in" > "$dir/out" 2> "$dir/err" {RENEWER_FD}>&- &
  program=$!
  track "$program"
  # A tone of its own under each of the keys tells that Linphone follows; a recording of its own, that we do.
  for hz in 440 550 660; do
    wait_for 20 renewer_said_or_ended "$program" "^$hz "
    has_line "$dir/out" "^$hz AES_CM_128_HMAC_SHA1_80 by SDES" || { last_words "$dir/err"; fail "no $hz Hz: $(tail -n 1 "$dir/out") $REPLY"; }
    wait_for 20 has_tone "$heard" "$hz" || fail "Linphone does not hear $hz Hz"
    wait_for 20 has_tone "$dir/$hz.wav" 880 || fail "we hear nothing while we send $hz Hz"
    echo >&"$RENEWER_FD"
  done
  wait_for 15 gone "$program" || fail "the program still runs"
  wait "$program" || { last_words "$dir/err"; fail "the program failed: $REPLY"; }
  renewed_keys "$PORT"
  note "both heard under each of $REPLY keys of ours"
  [ "$REPLY" = 3 ] || fail "we named $REPLY keys in three offers"
  renewed_keys $((PORT + 35))
  note "$REPLY of Linphone's"
}
renewer_said_or_ended() { has_line "$CASE_DIR/renewer/out" "$2" || gone "$1"; }

# renewed_keys PORT: sets REPLY to how many different keys of that suite came from there.
renewed_keys() {
  REPLY=$(tr -d '\r' < "$KAMAILIO_LOG" | awk -v from="received from 127.0.0.1:$1$" '
    /received from / { mine = $0 ~ from; next }
    mine && /^a=crypto:.*AES_CM_128_HMAC_SHA1_80 / { sub(/.*inline:/, ""); sub(/[| ].*/, ""); if (!seen[$0]++) n++ }
    END { print n + 0 }')
}
