# The control server behind TLS, driven by openssl and curl.
# shellcheck source=/dev/null
. "$LIB/tls.sh"

case_control_tls() {
  certificates
  ctl_served "controltlscert=$TLS/good.pem" "controltlskey=$TLS/good.key"
  ctl_client openssl s_client -quiet -CAfile "$TLS/ca.pem" -verify_return_error -connect "localhost:$CONTROL"
  END='\r\n'
  ctl_call
  curl -sS --cacert "$TLS/ca.pem" "https://localhost:$CONTROL/status" > "$CASE_DIR/status" || fail "curl was not answered over https"
  grep -q '{' "$CASE_DIR/status" || fail "the answer over https is $(head -c 100 "$CASE_DIR/status")"
  note "text by openssl, https by curl"
}
