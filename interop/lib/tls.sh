# Kamailio over TCP and TLS, and certificates made for the case. Sourced by ../cases/tls.sh.

# certificates: an authority, and certificates for a server and a client, in $CASE_DIR/tls, none older than a few seconds.
certificates() {
  TLS=$CASE_DIR/tls
  mkdir -p "$TLS/issued"
  : > "$TLS/index"
  cat > "$TLS/ca.cnf" <<C
[ca]
default_ca = here
[here]
dir = $TLS
new_certs_dir = $TLS/issued
database = $TLS/index
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
C
  authority ca "Interop authority"
  authority stranger "Unknown authority"
  issued good ca DNS:localhost,IP:127.0.0.1
  issued client ca DNS:phone.example
}

authority() { # NAME COMMON-NAME
  openssl_quietly req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$2" -days 30 -config "$TLS/ca.cnf" \
    -addext basicConstraints=critical,CA:true -keyout "$TLS/$1.key" -out "$TLS/$1.pem"
}

# issued NAME AUTHORITY NAMES [START END]
issued() {
  openssl_quietly req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -config "$TLS/ca.cnf" \
    -addext "subjectAltName=$3" -keyout "$TLS/$1.key" -out "$TLS/$1.csr"
  local life=(-days 30)
  [ $# -lt 5 ] || life=(-startdate "$4" -enddate "$5")
  openssl_quietly ca -batch -notext -config "$TLS/ca.cnf" -cert "$TLS/$2.pem" -keyfile "$TLS/$2.key" "${life[@]}" \
    -in "$TLS/$1.csr" -out "$TLS/$1.pem"
}

openssl_quietly() { openssl "$@" > "$TLS/openssl.log" 2>&1 || { last_words "$TLS/openssl.log"; fail "openssl $1: $REPLY"; }; }

# streaming_start [CERTIFICATE [MODPARAM…]]: Kamailio on UDP and TCP at $SERVER and on TLS, with that certificate, at $SECURE.
streaming_start() {
  local certificate=${1:-good} port tls pid extra
  shift
  port kamailio
  port=$REPLY
  tls=$((port + 1))
  SERVER=127.0.0.1:$port
  SECURE=localhost:$tls
  KAMAILIO_LOG=$CASE_DIR/kamailio.log
  {
    printf 'modparam("tls", "private_key", "%s")\n' "$TLS/$certificate.key"
    printf 'modparam("tls", "certificate", "%s")\n' "$TLS/$certificate.pem"
    printf 'modparam("tls", "tls_method", "TLSv1.2+")\n'
    for extra; do printf 'modparam("tls", %s)\n' "$extra"; done
  } > "$CASE_DIR/tls.params"
  sed -e "s/^auto_aliases=no/&\\nalias=\"localhost\"/" -e 's/^disable_tcp=yes/tcp_children=2\ntcp_connect_timeout=5\nenable_tls=yes/' \
    -e 's/^loadmodule "kex.so"/loadmodule "tls.so"\n&/' \
    -e "/^modparam(\"ctl\"/r $CASE_DIR/tls.params" "$INTEROP/kamailio.cfg" > "$CASE_DIR/kamailio.cfg"
  rm -f "$CASE_DIR/ctl"
  kamailio -DD -E -m 32 -M 8 -Y "$CASE_DIR" -L "$KAMAILIO_MODULES/" -f "$CASE_DIR/kamailio.cfg" \
    -l "udp:$SERVER" -l "tcp:$SERVER" -l "tls:127.0.0.1:$tls" -A 'ALGORITHM="MD5"' -A MIN_EXPIRES=1 -A MAX_EXPIRES=3600 \
    -A NONCE_LIFE=300 -A "CTL=\"unix:$CASE_DIR/ctl\"" >> "$KAMAILIO_LOG" 2>&1 &
  pid=$!
  KAMAILIO_PID=$pid
  track "$pid"
  wait_for 10 kamailio_up_or_gone "$port" "$pid"
  if gone "$pid" || ! [ -S "$CASE_DIR/ctl" ]; then
    REPLY=$(grep -aE 'ERROR|CRITICAL' "$KAMAILIO_LOG" | head -n 1 | cut -c1-200)
    fail "kamailio did not start: $REPLY"
  fi
  wait_for 5 tcp_bound "$tls" || fail "kamailio does not listen on its TLS port $tls"
}

# tcp_bound PORT: whether somebody on this machine has that TCP port.
tcp_bound() { [ -n "$(ss -Htan "sport = :$1")" ]; }

# connections PORT: sets REPLY to how many connections to that port are established.
connections() { REPLY=$(ss -Htn state established "dport = :$1" | grep -c .); }
