# What the RFCs around SIP put on the wire, looked at by strangers: SIPp, Kamailio, openssl. IPv6, TLS, slow servers.
# shellcheck source=/dev/null
. "$LIB/signals.sh"
# shellcheck source=/dev/null
. "$LIB/tls.sh"

# called_as COMMAND: a call of the program's to SIPp, which answers; ends it.
called_as() {
  at_sipp
  signals "$1 sip:sipp@$REPLY"
  signals_say '^answered$' 10 "$2"
  signals hangup
  signals_say '^ended well$' 10 "$2"
}

# with SIPp: RFC 3323, 3325
case_signals_identity() {
  at_sipp
  sipp_start answers-basic sipp -m 3
  signals_start identity "$REPLY"
  called_as call-hidden 1
  called_as call-asserted 2
  called_as call-preferred 3
  sipp_end sipp
  wire sipp '^From: "?Anonymous"? ?<sip:anonymous@anonymous\.invalid>' "an anonymous From"
  wire sipp '^Privacy: .*id' "Privacy: id"
  wire sipp '^P-Asserted-Identity: "?Front Desk"? <(tel:\+43123456|sip:\+43123456@)' "the asserted identity"
  wire sipp '^P-Preferred-Identity: "?Front Desk"? <(tel:\+43123456|sip:\+43123456@)' "the preferred identity"
  note "Privacy, P-Asserted-Identity, P-Preferred-Identity seen by SIPp"
}

# with SIPp: RFC 3325, 5806, 7044, 7433
case_signals_details() {
  at_sipp
  signals_start details "$REPLY"
  called calls-refused-with-headers -v STATUS=486
  sipp_end sipp
  signals_say '^asserted Ann sip:ann@example.com, anonymous true$'
  signals_say '^diverted by sip:desk@example.com user-busy 1$'
  signals_say '^by way of sip:first@example.com$'
  signals_say '^by way of sip:second@example.com$'
  signals_say '^data HELLO$'
  note "who, diverted by whom, by way of whom, data of the application: told as SIPp sent it"
}

# with SIPp: RFC 4916
case_signals_connected_identity() {
  at_sipp
  signals_start answers "$REPLY"
  called calls-becomes-another
  signals_say '^peer .*sip:assistant@example.com'
  sipp_end sipp
  signals_say '^ended'
  note "the From of an UPDATE is the peer from then on"
}

# with SIPp: RFC 3911
case_signals_join() {
  at_sipp
  signals_start answers "$REPLY"
  called calls-basic -d 4000
  signals_say '^answered$'
  dialog_of sipp
  local dialog=$REPLY
  at_ua
  sipp_start calls-replacing sipp2 -v "HEADER=Join: $dialog" -s 1001 "$REPLY"
  signals_say "^joins ${dialog%%;*}"
  sipp_end sipp2
  sipp_end sipp
  signals_say '^ended well$' 10 2
  note "the second call joined the first, which went on"
}

# with SIPp: RFC 5009
case_signals_early_media_header() {
  at_sipp
  sipp_start answers-gated sipp
  signals_start early "$REPLY"
  at_sipp
  signals "call sip:sipp@$REPLY"
  signals_say '^ringing 183$'
  signals_say '^ringing 183 heard$'
  signals_say '^answered$'
  signals hangup
  sipp_end sipp
  wire sipp '^P-Early-Media: .*supported' "P-Early-Media: supported"
  note "inactive: not heard; sendrecv: heard"
}

# with Kamailio: RFC 8599
case_signals_push() {
  kamailio_start
  signals_start push "$SERVER"
  kamailio_contact 1001 || fail "not registered"
  [[ $REPLY == *pn-provider=webpush* && $REPLY == *pn-prid=device-7* && $REPLY == *pn-param=app-3* ]] || fail "the contact is $REPLY"
  note "contact $REPLY"
  signals_stop
}

# with Kamailio: RFC 3680
case_signals_devices() {
  presence_defines
  kamailio_start "${PRESENCE_DEFINES[@]}" WITH_REGINFO 'PRESENCE_DOMAIN="127.0.0.1"'
  baresip_start 1001
  signals_start registered "$SERVER"
  signals devices
  port baresip
  local other=$REPLY
  port ua
  signals_say "^devices sip:.*127.0.0.1:($REPLY|$other).*127.0.0.1:($REPLY|$other)"
  note "both contacts told by the server's reginfo"
  signals_stop
}

# with Kamailio: RFC 3857, 3858
case_signals_watchers() {
  presence_defines
  kamailio_start "${PRESENCE_DEFINES[@]}" WITH_WINFO
  signals_start registered "$SERVER"
  signals show
  signals watchers
  second
  ua_cmd ua2 '?function=API_CheckPresence&userlist=1001'
  signals_say '^watchers .*1003'
  note "who watches us, told by the server's presence.winfo"
  signals_stop
}

# passport KEY URL: sets REPLY to an Identity header of the caller 12155551212 for 12155551213, signed by openssl.
passport() {
  local iat head claims input r s der
  iat=$(date +%s)
  head=$(printf '{"alg":"ES256","ppt":"shaken","typ":"passport","x5u":"%s"}' "$2" | base64url)
  claims=$(printf '{"attest":"A","dest":{"tn":["12155551213"]},"iat":%s,"orig":{"tn":"12155551212"},"origid":"123e4567-e89b-12d3-a456-426655440000"}' \
    "$iat" | base64url)
  input=$head.$claims
  printf %s "$input" | openssl dgst -sha256 -sign "$1" -out "$CASE_DIR/signature" 2> "$CASE_DIR/openssl.log" || fail "openssl signed nothing"
  # a DER sequence of two integers, which ES256 wants as two times 32 bytes
  der=$(openssl asn1parse -inform DER -in "$CASE_DIR/signature" | sed -n 's/.*INTEGER *://p')
  r=${der%%$'\n'*} s=${der##*$'\n'}
  printf -v r '%64s' "$r"
  printf -v s '%64s' "$s"
  REPLY=$input.$(printf %s "${r// /0}${s// /0}" | python3 -c 'import sys; sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read()))' | base64url)
  REPLY="Identity: $REPLY;info=<$2>;alg=ES256;ppt=shaken"
}
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# with SIPp: RFC 8224, 8225, 8226, 8588
case_signals_signed_caller() {
  local url http
  TLS=$CASE_DIR/tls
  certificates
  openssl_quietly req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=SHAKEN 1234" -config "$TLS/ca.cnf" \
    -addext 1.3.6.1.5.5.7.1.26=DER:3008a006160431323334 -keyout "$TLS/signer.key" -out "$TLS/signer.csr"
  openssl_quietly ca -batch -notext -config "$TLS/ca.cnf" -cert "$TLS/ca.pem" -keyfile "$TLS/ca.key" -days 30 -in "$TLS/signer.csr" \
    -out "$TLS/signer.pem"
  http=$((PORT + 19)) url=http://127.0.0.1:$((PORT + 19))/signer.pem
  python3 -m http.server "$http" --bind 127.0.0.1 --directory "$TLS" > "$CASE_DIR/http.log" 2>&1 &
  track "$!"
  wait_for 5 tcp_bound "$http" || fail "no web server for the certificate"
  at_sipp
  signals_start verify "$REPLY" "$TLS/ca.pem"
  passport "$TLS/signer.key" "$url"
  sipp_start calls-signed sipp -v "HEADER=$REPLY" -v "CALLER=12155551212" -s 12155551213 "127.0.0.1:$PORT"
  sipp_end sipp
  signals_say '^valid FULL 12155551212 by CN=SHAKEN 1234$'
  passport "$TLS/ca.key" "$url"
  sipp_start calls-signed sipp2 -v "HEADER=$REPLY" -v "CALLER=12155551212" -s 12155551213 "127.0.0.1:$PORT"
  sipp_end sipp2
  signals_say '^not valid: .*The signature was not made with the key of CN=SHAKEN 1234'
  note "a signature of openssl's is valid, with another key it is not"
}

# A request that comes again by another way (RFC 3261 8.2.2.2): the second is refused, the call goes on.
# with SIPp: RFC 3261
case_signals_merged_request() {
  local from seen
  alone autoaccept=true
  port sipp
  from=$REPLY
  port ua
  seen=$(python3 "$LIB/merged.py" "$from" "$REPLY") || fail "wanted 200 to the first and 482 to the second, saw $seen"
  ua_ended ua
  note "200 to the call, 482 to its copy"
}

# with SIPp: RFC 5621
case_signals_isup() {
  alone autoaccept=true
  called calls-isup
  ua_speaking ua
  sipp_end sipp
  ua_ended ua
  note "the description was found beside ISUP"
}

# On the loopback address of IPv6, out through Kamailio to SIPp and in from SIPp; sound by echo.
# with Kamailio: RFC 3261, 5954
# with SIPp: RFC 5954
case_signals_ipv6() {
  on_ipv6
  kamailio_start WITH_REDIRECT # trusts SIPp
  as_1001 register=1 autoaccept=true
  ua_registered ua
  kamailio_contact 1001 || fail "the location table has no contact of 1001"
  [[ $REPLY =~ @\[(0:0:0:0:0:0:0|:):1\]: ]] || fail "the contact is $REPLY"
  note "contact $REPLY"
  sipp_start calls-basic sipp -rtp_echo -d 2500 -s 1001 "$SERVER"
  ua_speaking ua
  sipp_end sipp
  ua_ended ua
  sipp_start answers-basic sipp2 -rtp_echo
  port sipp2
  ua_call ua "sip:sipp@[::1]:$REPLY"
  ua_speaking ua 10 2
  sleep 2
  ua_hangup ua
  sipp_end sipp2
  ua_ended ua 10 2
  ua_stop ua
  wire sipp2 '^Contact: <sip:1001@\[(0:0:0:0:0:0:0|:):1\]:' "a Contact of IPv6"
  wire sipp2 '^c=IN IP6 (0:0:0:0:0:0:0|:):1' "an address of IPv6 for the sound"
  ua_recording ua 1
  hears "called, by echo" "$REPLY" left 440:1.5
  ua_recording ua 2
  hears "calling, by echo" "$REPLY" left 440:1.2
}

# s_server CERTIFICATE [OPTION…]: openssl as a TLS server that shows what it gets; sets S_SERVER to its name and port.
s_server() {
  local certificate=$1 pid port
  shift
  port kamailio; port=$REPLY
  S_SERVER=localhost:$port S_LOG=$CASE_DIR/s_server.log
  openssl s_server -accept "127.0.0.1:$port" -cert "$TLS/$certificate.pem" -key "$TLS/$certificate.key" "$@" \
    < <(sleep 60) > "$S_LOG" 2>&1 &
  pid=$!
  track "$pid"
  wait_for 5 tcp_bound "$port" || { last_words "$S_LOG"; fail "openssl does not listen: $REPLY"; }
}

# strictly key=value…: a user agent that verifies, at that server.
strictly() {
  ua_start "$1" "serveraddress=$S_SERVER" transport=2 tlspolicy=3 "tlscafile=$TLS/ca.pem" username=1001 password=secret-1001 register=1 "${@:2}"
}

# The server has another certificate for whoever does not name it (SNI, RFC 6066): only who does gets the one that is for localhost.
# with openssl: RFC 5922, 6066
case_signals_tls_server_name() {
  certificates
  issued elsewhere ca DNS:sip.example.com
  s_server elsewhere -servername localhost -cert2 "$TLS/good.pem" -key2 "$TLS/good.key"
  strictly ua
  wait_for 10 has_line "$S_LOG" '^REGISTER sip:localhost' || { last_words "$CASE_DIR/ua/out"; fail "no REGISTER came: $REPLY"; }
  has_line "$S_LOG" 'Hostname in TLS extension: "localhost"' || fail "the name of the server was not in the handshake"
  note "$(grep -ao 'Hostname in TLS extension.*' "$S_LOG" | head -n 1), REGISTER"
}

# A certificate that the authority issued and that is for the right name, but with another key than the one we wait for.
# with openssl: RFC 5922
case_signals_tls_pins() {
  local pin
  certificates
  pin=$(openssl x509 -in "$TLS/good.pem" -pubkey -noout | openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary | openssl base64)
  s_server good
  strictly other "tlspins=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
  ua_wait other '^WPNOTIFICATION,(EVENT,)?ERROR' 10 || { last_words "$CASE_DIR/other/out"; fail "nothing was said: $REPLY"; }
  ! has_line "$S_LOG" '^REGISTER ' || fail "REGISTER came though the key is another"
  note "another key: $(grep -a ERROR "$CASE_DIR/other/out" | head -n 1 | sed 's/.*port [0-9]*: //')"
  ua_stop other
  strictly ua "tlspins=$pin"
  wait_for 10 has_line "$S_LOG" '^REGISTER sip:localhost' || { last_words "$CASE_DIR/ua/out"; fail "no REGISTER came: $REPLY"; }
  note "our key: REGISTER"
}

# The name is wrong, the authority is right: nothing is sent.
# with openssl: RFC 5922
case_signals_tls_wrong_name() {
  certificates
  issued elsewhere ca DNS:sip.example.com
  s_server elsewhere
  strictly ua
  ua_wait ua '^WPNOTIFICATION,(EVENT,)?ERROR' 10 || { last_words "$CASE_DIR/ua/out"; fail "nothing was said: $REPLY"; }
  has_line "$CASE_DIR/ua/out" 'is for another name: it is for sip.example.com' || fail "it says $(grep -a ERROR "$CASE_DIR/ua/out" | head -n 1)"
  ! has_line "$S_LOG" '^REGISTER ' || fail "REGISTER came though the name is another"
  note "$(grep -a ERROR "$CASE_DIR/ua/out" | head -n 1 | sed 's/.*port [0-9]*: //')"
}

# sips: goes over TLS and says so on the line of the request, in Contact and in From.
# with openssl: RFC 3261
case_signals_sips() {
  certificates
  s_server good
  signals_start sips "$S_SERVER" "$TLS/ca.pem"
  wait_for 10 has_line "$S_LOG" '^REGISTER sips:localhost' || { last_words "$SIGNALS_OUT"; fail "no REGISTER for sips: came: $REPLY"; }
  wait_for 5 has_line "$S_LOG" '^Contact: <sips:1001@' || fail "the Contact is not sips:"
  has_line "$S_LOG" '^From: <sips:1001@localhost' || fail "the From is not sips:"
  has_line "$S_LOG" '^Via: SIP/2.0/TLS ' || fail "the Via is not of TLS"
  note "REGISTER sips:localhost over TLS"
}

# We listen on TLS too, but what the server sends comes by the connection that we have opened (RFC 5923).
# with Kamailio: RFC 5923
case_signals_connection_reuse() {
  local ours
  streams tls autoaccept=true "tlscertfile=$CASE_DIR/tls/client.pem" "tlskeyfile=$CASE_DIR/tls/client.key"
  has_line "$KAMAILIO_LOG" '^Via: SIP/2.0/TLS .*;alias' || fail "our Via has no alias"
  port ua; ours=$((REPLY + 1))
  [ -n "$(ss -Hltn "sport = :$ours")" ] || fail "we do not listen at $ours"
  baresip_do "dial sip:1001@$SERVER"
  ua_speaking ua
  [ -z "$(ss -Htn state established "sport = :$ours")" ] || fail "the server connected to us"
  connections "${SECURE#*:}"
  [ "$REPLY" = 1 ] || fail "$REPLY connections to the server"
  baresip_do hangup
  ua_ended ua
  note "INVITE and BYE came by our connection, the only one"
}

# The name has an address of each kind; that of IPv6 is silent: what is there is connected to a moment later (RFC 8305).
# with Kamailio: RFC 8305
case_signals_race() {
  local mark
  on_ipv6
  ADDRESS=127.0.0.1 HOST=127.0.0.1
  certificates
  streaming_start good
  python3 "$LIB/silent6.py" "${SERVER#*:}" > "$CASE_DIR/silent.log" 2>&1 &
  track "$!"
  wait_for 5 has_line "$CASE_DIR/silent.log" silent || skip "this kernel answers connections to a full queue"
  python3 "$LIB/dnszone.py" "$((PORT + 18))" "two.test AAAA ::1" "two.test A 127.0.0.1" > "$CASE_DIR/dns.log" 2>&1 &
  track "$!"
  wait_for 5 udp_bound "$((PORT + 18))" || fail "the DNS server did not start"
  mark=${EPOCHREALTIME/./}
  ua_start ua "serveraddress=two.test:${SERVER#*:}" transport=1 username=1001 password=secret-1001 "dnsserver=127.0.0.1:$((PORT + 18))" \
    register=1 localip= "proxyaddress=two.test:${SERVER#*:}"
  wait_for 10 kamailio_contact 1001 || { last_words "$CASE_DIR/ua/out"; fail "not registered: $REPLY"; }
  has_line "$CASE_DIR/dns.log" '^two.test 28 1' || fail "no address of IPv6 was asked for"
  wait_for 5 has_line "$CASE_DIR/silent.log" tried || fail "the address of IPv6 was not tried"
  note "registered $(((${EPOCHREALTIME/./} - mark) / 1000)) ms after the start, over IPv4, as IPv6 said nothing"
}
