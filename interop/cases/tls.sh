# Through Kamailio over TCP and TLS: registration, calls with baresip (which is on UDP), certificates, a server that restarts.
# shellcheck source=/dev/null
. "$LIB/tls.sh"

# over TRANSPORT key=value…: the user agent under test, registered at Kamailio by TCP or TLS.
over() {
  local way=$1
  shift
  case $way in
    tcp) as_1001 transport=1 register=1 "$@" ;;
    tls) ua_start ua "serveraddress=$SECURE" transport=2 tlspolicy=3 "tlscafile=$TLS/ca.pem" username=1001 password=secret-1001 \
      register=1 "$@" ;;
  esac
  ua_registered ua
}

# streams TRANSPORT [key=value…]: Kamailio, baresip, and the user agent by that transport.
streams() {
  certificates
  streaming_start good
  baresip_start 1002 answermode=auto
  over "$@"
  kamailio_contact 1001 || fail "the location table has no contact of 1001"
  [[ $REPLY == *transport=$1* ]] || fail "the contact is $REPLY, not by $1"
  note "contact $REPLY"
}

calls_out() {
  streams "$1"
  ua_call ua 1002
  ua_speaking ua
  sleep 3
  ua_hangup ua
  baresip_idle
  ua_ended ua
  ua_stop ua
  both_heard 2
}
case_kamailio_tcp_call_out() { calls_out tcp; }
case_kamailio_tls_call_out() { calls_out tls; }

called_over() {
  streams "$1" autoaccept=true
  baresip_do "dial sip:1001@$SERVER"
  baresip_talking
  ua_speaking ua
  sleep 3
  baresip_do hangup
  ua_ended ua
  ua_stop ua
  both_heard 2
}
case_kamailio_tcp_called() { called_over tcp; }
case_kamailio_tls_called() { called_over tls; }

# one_server_with CERTIFICATE SENTENCE: who verifies does not talk to such a server and says why.
one_server_with() {
  streaming_start "$1"
  ua_start "ua-$1" "serveraddress=$SECURE" transport=2 tlspolicy=3 "tlscafile=$TLS/ca.pem" username=1001 password=secret-1001 register=1
  ua_wait "ua-$1" '^WPNOTIFICATION,(EVENT,)?ERROR' 10 || { last_words "$CASE_DIR/ua-$1/out"; fail "$1: nothing was said: $REPLY"; }
  grep -aqF -- "$2" "$CASE_DIR/ua-$1/out" || fail "$1: it says $(grep -a ERROR "$CASE_DIR/ua-$1/out" | head -n 1)"
  kamailio_forgot 1001 || fail "$1: registered all the same"
  ua_stop "ua-$1"
  stop "$KAMAILIO_PID"
  note "$1: ...$2"
}

case_kamailio_tls_certificates() {
  certificates
  issued expired ca DNS:localhost 20200101000000Z 20210101000000Z
  issued elsewhere ca DNS:sip.example.com
  issued unknown stranger DNS:localhost
  one_server_with expired "the certificate of localhost expired on 2021-01-01"
  one_server_with elsewhere "the certificate of localhost is for another name: it is for sip.example.com"
  one_server_with unknown "was issued by CN=Unknown authority, which is not trusted here"
}

case_kamailio_tls_client_certificate() {
  certificates
  streaming_start good '"verify_certificate", 1' '"require_certificate", 1' "\"ca_list\", \"$TLS/ca.pem\""
  ua_start without "serveraddress=$SECURE" transport=2 tlspolicy=3 "tlscafile=$TLS/ca.pem" username=1001 password=secret-1001 register=1
  ua_wait without '^WPNOTIFICATION,(EVENT,)?ERROR' 10 || { last_words "$CASE_DIR/without/out"; fail "nothing was said: $REPLY"; }
  note "without: $(grep -a ERROR "$CASE_DIR/without/out" | head -n 1 | sed 's/.*port [0-9]*: //')"
  ua_stop without
  over tls "tlscertfile=$TLS/client.pem" "tlskeyfile=$TLS/client.key"
  note "with: registered"
  ua_stop ua
}

# The server goes away for two seconds; the user agent notices by itself and registers anew.
restarted_over() {
  local from
  certificates
  streaming_start good
  over "$1"
  stop "$KAMAILIO_PID"
  sleep 2
  streaming_start good
  from=${EPOCHREALTIME/./}
  wait_for 40 kamailio_contact 1001 || fail "not registered again within 40 s"
  note "registered anew $(((${EPOCHREALTIME/./} - from) / 1000)) ms after the server was back"
  ua_stop ua
}
case_kamailio_tcp_restart() { restarted_over tcp; }
case_kamailio_tls_restart() { restarted_over tls; }

# with Kamailio: RFC 3261
case_kamailio_udp_long_invite() { # RFC 3261 18.1.1
  local long
  printf -v long '%0700d' 0
  certificates
  streaming_start good
  baresip_start 1002 answermode=auto
  as_1001 register=1
  ua_registered ua
  ua_call ua "sip:1002@$SERVER;long=$long"
  ua_speaking ua
  sleep 2
  ua_hangup ua
  ua_ended ua
  ua_stop ua
  port ua
  has_line "$KAMAILIO_LOG" "^Via: SIP/2.0/UDP 127.0.0.1:$REPLY" || fail "nothing came by UDP"
  has_line "$KAMAILIO_LOG" "^Via: SIP/2.0/TCP 127.0.0.1:$REPLY" || fail "nothing came by TCP"
  note "REGISTER by UDP, INVITE by TCP"
  both_heard 1.5
}

case_sipp_tcp_calls() {
  SIPP_TRANSPORT=t1
  echo_start
  alone transport=1 autoaccept=true
  called calls-basic -d 3000 "${ECHO[@]}"
  ua_speaking ua
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  ua_recording ua
  hears "by echo earshot" "$REPLY" left 440:2
}

case_sipp_tcp_answers() {
  SIPP_TRANSPORT=t1
  echo_start
  sipp_start answers-basic sipp "${ECHO[@]}"
  alone transport=1
  ua_call ua 1002
  ua_speaking ua
  sleep 3
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  ua_recording ua
  hears "by echo earshot" "$REPLY" left 440:2
}
