# baresip as the peer of a call: a tone of 880 Hz (or BARESIP_TONE, or another BARESIP_SOURCE) as its microphone, what it hears recorded.

BARESIP_MODULES=$(dirname "$(ls /usr/lib/baresip/modules/account.so /usr/lib/*/baresip/modules/account.so 2> /dev/null | head -n 1)")

BARESIP_IN=() # a command to run it with

# baresip_start USER [ACCOUNT PARAMETER…]: registers at $SERVER; e.g. answermode=auto.
baresip_start() {
  local user=$1 dir=$CASE_DIR/baresip sip console rtp
  shift
  port baresip; sip=$REPLY
  port baresip-rtp; rtp=$REPLY
  port baresip-console; console=$REPLY
  BARESIP_LOG=$dir/log
  mkdir -p "$dir"
  cat > "$dir/config" <<C
poll_method epoll
module_path $BARESIP_MODULES
sip_listen $HOST:$sip
net_interface ${BARESIP_INTERFACE:-$ADDRESS}
rtp_ports $rtp-$((rtp + ${BARESIP_RTP_PORTS:-2} - 1))
audio_source ${BARESIP_SOURCE:-ausine,${BARESIP_TONE:-880}}
audio_player aubridge,heard
audio_alert aubridge,alert
ausrc_srate 48000
ausrc_channels 2
snd_path $dir
cons_listen 127.0.0.1:$console
ringback_disabled yes
statmode_default off
module g711.so
module ausine.so
module aubridge.so
module sndfile.so
module_tmp account.so
module_app menu.so
module cons.so
${BARESIP_EXTRA:-}
C
  printf '%s\n' "${BARESIP_CONTACTS:-}" > "$dir/contacts"
  local account="<sip:$user@$SERVER>;auth_user=$user;auth_pass=secret-$user;regint=60;audio_codecs=${BARESIP_CODECS:-PCMU/8000/1}" parameter
  for parameter; do account+=";$parameter"; done
  echo "$account" > "$dir/accounts"
  "${BARESIP_IN[@]}" baresip -f "$dir" < /dev/null > "$BARESIP_LOG" 2>&1 &
  BARESIP_PID=$!
  track "$BARESIP_PID"
  HASTY[$BARESIP_PID]=KILL # it would take its time to tell a Kamailio that has gone
  BARESIP_CONSOLE=$console
  baresip_wait '200 OK .*binding|registered successfully' 8 || { last_words "$BARESIP_LOG"; fail "baresip did not register: $REPLY"; }
}

# baresip_do COMMAND: e.g. "dial sip:…", accept, hold, resume, hangup.
baresip_do() { printf '/%s\n' "$1" > "/dev/udp/127.0.0.1/$BARESIP_CONSOLE"; }

# baresip_ask COMMAND: the same; sets REPLY to what it says.
baresip_ask() {
  local console
  exec {console}<> "/dev/udp/127.0.0.1/$BARESIP_CONSOLE"
  printf '/%s\n' "$1" >&"$console"
  REPLY=$(timeout 0.5 cat <&"$console" | tr -d '\0')
  exec {console}>&-
}

# baresip_wait REGEX [SECONDS [COUNT]]: for a line of its log.
baresip_wait() { wait_for "${2:-10}" has_line "$BARESIP_LOG" "$1" "${3:-1}"; }

baresip_ringing() { baresip_wait 'Incoming call from' "${1:-10}" || fail "baresip was not called"; }
baresip_talking() { baresip_wait 'Call established' "${1:-10}" || { last_words "$BARESIP_LOG"; fail "baresip has no call: $REPLY"; }; }
baresip_idle() { baresip_wait 'session closed|terminated \(duration' "${1:-10}" || fail "baresip's call did not end"; }

# baresip_recording: sets REPLY to the mono WAV of what it heard, empty when there is none.
baresip_recording() { REPLY=$(ls -t "$CASE_DIR"/baresip/dump-*-dec.wav 2> /dev/null | head -n 1); }
