# Servers that fail: one after another by DNS (RFC 3263 §4.3), as a backup, restarted; and registration through an edge proxy.

# another_kamailio NUMBER [NAME=value…]: a second one, on its own port; sets REPLY to host:port. Its control socket is ctl-NUMBER.
another_kamailio() {
  local number=$1 first=${SERVER:-} log=${KAMAILIO_LOG:-}
  shift
  local pid define args=() config=$INTEROP/kamailio.cfg
  declare -A defines=([ALGORITHM]='"MD5"' [MIN_EXPIRES]=1 [MAX_EXPIRES]=3600 [NONCE_LIFE]=300 [CTL]="\"unix:$CASE_DIR/ctl-$number\"")
  for define; do
    case $define in CONFIG=*) config=$INTEROP/${define#*=} ;; *=*) defines[${define%%=*}]=${define#*=} ;; *) args+=(-A "$define") ;; esac
  done
  for define in "${!defines[@]}"; do args+=(-A "$define=${defines[$define]}"); done
  mkdir -p "$CASE_DIR/run-$number"
  kamailio -DD -E -m 32 -M 4 -Y "$CASE_DIR/run-$number" -L "$KAMAILIO_MODULES/" -f "$config" \
    -l "udp:127.0.0.1:$((PORT + 10 + number))" "${args[@]}" > "$CASE_DIR/kamailio-$number.log" 2>&1 &
  pid=$!
  track "$pid"
  KAMAILIO_PID[$number]=$pid
  wait_for 10 test -S "$CASE_DIR/ctl-$number" && ! gone "$pid" || {
    REPLY=$(grep -aE 'ERROR|CRITICAL' "$CASE_DIR/kamailio-$number.log" | head -n 1 | cut -c1-200)
    fail "kamailio $number did not start: $REPLY"
  }
  SERVER=$first KAMAILIO_LOG=$log
  REPLY=127.0.0.1:$((PORT + 10 + number))
}
declare -A KAMAILIO_PID=()

# known_at NUMBER: whether that one has a contact of 1001.
known_at() {
  [ -n "$(kamcmd -s "unix:$CASE_DIR/ctl-$1" ul.lookup s:location s:1001 2> /dev/null | sed -n 's/^[[:space:]]*Address: //p')" ]
}

# bad_server silent|503|slow|dies: on the port that DNS names first.
bad_server() {
  python3 "$LIB/badserver.py" "$((PORT + 15))" "$1" > "$CASE_DIR/bad.log" 2>&1 &
  track "$!"
  wait_for 5 udp_bound "$((PORT + 15))" || fail "the bad server did not start"
}

# zone [--late SECONDS] FIRST-PORT SECOND-PORT: a DNS server whose NAPTR and SRV records for sip.test name these, the first by priority.
zone() {
  local late=()
  if [ "$1" = --late ]; then late=("$1" "$2"); shift 2; fi
  python3 "$LIB/dnszone.py" "${late[@]}" "$((PORT + 18))" "sip.test NAPTR 10 10 s SIP+D2U _sip._udp.sip.test" \
    "_sip._udp.sip.test SRV 10 0 $1 one.sip.test" "_sip._udp.sip.test SRV 20 0 $2 two.sip.test" \
    "one.sip.test A 127.0.0.1" "two.sip.test A 127.0.0.1" > "$CASE_DIR/dns.log" 2>&1 &
  track "$!"
  wait_for 5 udp_bound "$((PORT + 18))" || fail "the DNS server did not start"
}

# at_sip_test [key=value…]: the user agent, which finds its server by that zone; Kamailios must be given SELF.
at_sip_test() {
  ua_start ua serveraddress=sip.test username=1001 password=secret-1001 "dnsserver=127.0.0.1:$((PORT + 18))" register=1 "$@"
}

# since MARK: sets REPLY to the seconds since.
since() { REPLY=$(((${EPOCHREALTIME/./} - $1) / 1000)) && REPLY=$((REPLY / 1000)).$(printf %03d $((REPLY % 1000))); }

registers_at_the_second() { # SECONDS
  local mark=${EPOCHREALTIME/./}
  at_sip_test
  wait_for "$1" known_at 2 || fail "not registered at the second server within $1 s"
  since "$mark"
  grep -qa 'sip.test 35 1' "$CASE_DIR/dns.log" || fail "no NAPTR was asked for"
  note "registered at the second server $REPLY s after the start of the program"
}

# with Kamailio: RFC 3263
case_failover_dns_first_dead() {
  another_kamailio 2
  zone $((PORT + 15)) $((PORT + 12))
  registers_at_the_second 8
}

case_failover_dns_first_silent() {
  another_kamailio 2
  bad_server silent
  zone $((PORT + 15)) $((PORT + 12))
  registers_at_the_second 10
  count_lines "$CASE_DIR/bad.log" '^REGISTER '
  note "$REPLY REGISTER to the silent one"
}

# with Kamailio: RFC 3263
case_failover_dns_first_503() {
  another_kamailio 2
  bad_server 503
  zone $((PORT + 15)) $((PORT + 12))
  registers_at_the_second 8
}

# The first server answers when the second has been gone to already: with a refusal, which nobody heeds.
# with Kamailio: RFC 3263
case_failover_dns_first_slow() {
  another_kamailio 2
  bad_server slow
  zone $((PORT + 15)) $((PORT + 12))
  registers_at_the_second 10
  wait_for 10 has_line "$CASE_DIR/bad.log" '^answered' || fail "the slow server did not answer"
  sleep 0.5
  known_at 2 || fail "not registered any more"
  ! has_line "$CASE_DIR/ua/out" 'STATUS,-1,(Register Failed|Authentication failed|Unregistered)' || fail "the late answer was taken for the outcome"
  note "its 404 after 7 s changed nothing"
}

# The first server asks for credentials and is gone when they come; the second asks for them too, with the same realm.
# with Kamailio: RFC 3263
case_failover_dns_dies_in_registration() {
  another_kamailio 2
  bad_server dies
  zone $((PORT + 15)) $((PORT + 12))
  registers_at_the_second 12
  ! has_line "$CASE_DIR/ua/out" 'STATUS,-1,(Register Failed|Authentication failed)' || fail "the second challenge was taken for a refusal"
}

# The DNS server takes longer for each answer than we wait before we ask again (1 s), but not longer than a question may take (5 s).
# with Kamailio: RFC 3263
case_failover_dns_server_late() {
  another_kamailio 2
  zone --late 1.6 $((PORT + 12)) $((PORT + 12))
  registers_at_the_second 20
  count_lines "$CASE_DIR/dns.log" 'sip.test 35 1'
  [ "$REPLY" -ge 2 ] || fail "the question was asked $REPLY times only"
  note "the first answer counted, though the question had been asked again"
}

# with Kamailio: RFC 3263
case_failover_dns_dies() {
  local mark
  another_kamailio 1 MAX_EXPIRES=6
  another_kamailio 2 MAX_EXPIRES=6
  zone $((PORT + 11)) $((PORT + 12))
  at_sip_test
  ua_registered ua
  known_at 1 || fail "not registered at the first server"
  stop "${KAMAILIO_PID[1]}"
  mark=${EPOCHREALTIME/./}
  wait_for 10 known_at 2 || fail "not registered at the second server within 10 s"
  since "$mark"
  note "registrations of 6 s: at the second server $REPLY s after the end of the first"
}

case_failover_backup() {
  another_kamailio 2
  bad_server silent
  local mark=${EPOCHREALTIME/./}
  ua_start ua "serveraddress=127.0.0.1:$((PORT + 15))" "backupserver=127.0.0.1:$((PORT + 12))" username=1001 password=secret-1001 \
    register=1 autotransportdetect=true
  wait_for 10 known_at 2 || fail "not registered at the backup within 10 s"
  since "$mark"
  note "registered at the backup $REPLY s after the start of the program"
}

case_failover_server_restart() {
  local mark
  another_kamailio 1 MAX_EXPIRES=6
  as_1001 register=1 "serveraddress=127.0.0.1:$((PORT + 11))"
  ua_registered ua
  stop "${KAMAILIO_PID[1]}"
  rm -f "$CASE_DIR/ctl-1"
  sleep 1
  another_kamailio 1 MAX_EXPIRES=6
  mark=${EPOCHREALTIME/./}
  wait_for 60 known_at 1 || fail "not registered again within 60 s of the restart"
  since "$mark"
  note "registrations of 6 s: registered again $REPLY s after the restart"
}

# with Kamailio: RFC 3327, 3608
case_failover_path_service_route() {
  another_kamailio 2 WITH_PATH SERVICE_ROUTE="<sip:127.0.0.1:$((PORT + 12));lr>"
  another_kamailio 1 CONFIG=edge.cfg HOME="\"sip:127.0.0.1:$((PORT + 12))\""
  ua_start ua "serveraddress=127.0.0.1:$((PORT + 12))" "proxyaddress=127.0.0.1:$((PORT + 11))" username=1001 password=secret-1001 register=1
  ua_registered ua
  kamcmd -s "unix:$CASE_DIR/ctl-2" ul.lookup s:location s:1001 | grep -q "Path: .*127.0.0.1:$((PORT + 11))" \
    || fail "the registrar has no path through the edge"
  ua_call ua 1009
  wait_for 5 has_line "$CASE_DIR/kamailio-2.log" '^INVITE sip:1009@' || fail "the call did not reach the registrar"
  has_line "$CASE_DIR/kamailio-1.log" "^Route: .*127.0.0.1:$((PORT + 12));lr" || fail "the call did not carry the service route"
  note "path through the edge in the location table, the call by the service route"
}
