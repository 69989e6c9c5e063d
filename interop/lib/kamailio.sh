# Kamailio as registrar and proxy; the configuration is ../kamailio.cfg, one instance per case.

KAMAILIO_MODULES=$(dirname "$(ls /usr/lib/*/kamailio/modules/tm.so /usr/lib*/kamailio/modules/tm.so 2> /dev/null | head -n 1)")

# kamailio_start [NAME=value…]: defines over the defaults below. Sets SERVER to its host:port.
kamailio_start() {
  local define args=() pid port
  port kamailio
  port=$REPLY
  SERVER=$HOST:$port
  KAMAILIO_LOG=$CASE_DIR/kamailio.log
  declare -A defines=([ALGORITHM]='"MD5"' [MIN_EXPIRES]=1 [MAX_EXPIRES]=3600 [NONCE_LIFE]=300 [CTL]="\"unix:$CASE_DIR/ctl\"")
  for define; do
    case $define in *=*) defines[${define%%=*}]=${define#*=} ;; *) args+=(-A "$define") ;; esac
  done
  for define in "${!defines[@]}"; do args+=(-A "$define=${defines[$define]}"); done
  kamailio -DD -E -m 32 -M 4 -Y "$CASE_DIR" -L "$KAMAILIO_MODULES/" -f "$INTEROP/kamailio.cfg" \
    -l "udp:$SERVER" "${args[@]}" > "$KAMAILIO_LOG" 2>&1 &
  pid=$!
  KAMAILIO_PID=$pid
  track "$pid"
  wait_for 10 kamailio_up_or_gone "$port" "$pid"
  if gone "$pid" || ! [ -S "$CASE_DIR/ctl" ]; then
    REPLY=$(grep -aE 'ERROR|CRITICAL' "$KAMAILIO_LOG" | head -n 1 | cut -c1-200)
    fail "kamailio did not start: $REPLY"
  fi
}
kamailio_up_or_gone() { { [ -S "$CASE_DIR/ctl" ] && udp_bound "$1"; } || gone "$2"; }

# kamailio_contact USER: sets REPLY to the contact of USER in the location table; false when there is none.
kamailio_contact() {
  REPLY=$(kamcmd -s "unix:$CASE_DIR/ctl" ul.lookup s:location "s:$1" 2> /dev/null | sed -n 's/^[[:space:]]*Address: //p' | head -n 1)
  [ -n "$REPLY" ]
}

# kamailio_expires USER: sets REPLY to the seconds left of that contact.
kamailio_expires() {
  REPLY=$(kamcmd -s "unix:$CASE_DIR/ctl" ul.lookup s:location "s:$1" 2> /dev/null | sed -n 's/^[[:space:]]*Expires: //p' | head -n 1)
  [ -n "$REPLY" ]
}

kamailio_forgot() { ! kamailio_contact "$1"; }

# tap_start: a wire tap between the user agent and baresip; Kamailio must have been given ${TAP_DEFINES[@]}.
tap_defines() {
  local ua peer
  port tap-ua; ua=$REPLY
  port tap-peer; peer=$REPLY
  port baresip
  TAP_DEFINES=(WITH_TAP TAP_PEER="$REPLY" TAP_FOR_UA="$ua" TAP_FOR_PEER="$peer")
}
tap_start() {
  local ua peer
  port tap-ua; ua=$REPLY
  port tap-peer; peer=$REPLY
  port baresip-rtp
  python3 "$LIB/rtptap.py" "$ua" "$peer" "$REPLY" "$CASE_DIR/wire.wav" > "$CASE_DIR/tap.log" 2>&1 &
  TAP_PID=$!
  track "$TAP_PID"
  wait_for 5 udp_bound "$ua" || { last_words "$CASE_DIR/tap.log"; fail "the tap did not start: $REPLY"; }
}
tap_stop() { stop "$TAP_PID" 5; TAP_WAV=$CASE_DIR/wire.wav; }

# presence_defines: sets PRESENCE_DEFINES, with which kamailio_start keeps presence; the tables are text files of this case.
presence_defines() {
  local from table
  from=$(ls -d /usr/share/kamailio/dbtext/kamailio 2> /dev/null) || fail "no tables of Kamailio's text database"
  mkdir -p "$CASE_DIR/db"
  for table in version presentity active_watchers watchers xcap pua dialog dialog_vars; do
    [ -f "$CASE_DIR/db/$table" ] || cp "$from/$table" "$CASE_DIR/db/"
  done
  port kamailio
  PRESENCE_DEFINES=(WITH_PRESENCE "PRESENCE_DB=\"text://$CASE_DIR/db\"" "PRESENCE_ADDRESS=\"sip:127.0.0.1:$REPLY\"" "PRESENCE_PORT=$REPLY")
}
