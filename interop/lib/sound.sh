# Servers that recordings go to, a sound system without a card, and what the cases of ../cases/sound.sh share.

# needs COMMAND…: skips the case where one of them is not there.
needs() {
  local command
  for command; do
    PATH=$PATH:/usr/sbin command -v "$command" > /dev/null || skip "there is no $command here"
  done
  PATH=$PATH:/usr/sbin
}

# recorder_start WHAT [TARGET]: runs Recorder.java; its words are in recorder/out. RECORDER_JAVA: more options of java.
recorder_start() {
  # shellcheck disable=SC2086
  java_program Recorder "" ${RECORDER_JAVA:-}
  RECORDER=$CASE_DIR/recorder
  mkdir -p "$RECORDER"
  port ua
  "${PROGRAM[@]}" "$1" "$SERVER" "$REPLY" "$RECORDER" ${2:+"$2"} >> "$RECORDER/out" 2>> "$RECORDER/err" < /dev/null &
  RECORDER_PID=$!
  track "$RECORDER_PID"
}
recorder_says() {
  wait_for "${2:-15}" recorder_said_or_ended "$1"
  has_line "$RECORDER/out" "$1" || { last_words "$RECORDER/out"; local said=$REPLY; last_words "$RECORDER/err"; fail "the program did not say '$1' but '$said', $REPLY"; }
}
recorder_said_or_ended() { has_line "$RECORDER/out" "$1" || gone "$RECORDER_PID"; }
recorder_ended() { wait_for "${1:-15}" gone "$RECORDER_PID" || fail "the program still runs"; wait "$RECORDER_PID" || { last_words "$RECORDER/err"; fail "the program failed: $REPLY"; }; }

# self_signed: a certificate for localhost, and RECORDER_JAVA so that Java trusts it.
self_signed() {
  TLS=$CASE_DIR/tls
  mkdir -p "$TLS"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -days 2 \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$TLS/key.pem" -out "$TLS/cert.pem" 2> "$TLS/log" &&
    "${JAVA_HOME:+$JAVA_HOME/bin/}keytool" -importcert -noprompt -alias us -file "$TLS/cert.pem" -keystore "$TLS/trust.p12" \
      -storetype PKCS12 -storepass changeit >> "$TLS/log" 2>&1 || { last_words "$TLS/log"; fail "no certificate: $REPLY"; }
  RECORDER_JAVA="-Djavax.net.ssl.trustStore=$TLS/trust.p12 -Djavax.net.ssl.trustStorePassword=changeit"
}

listens() { [ -n "$(ss -Hltn "sport = :$1")" ]; }

# ftps_start: vsftpd that takes anonymous files by TLS only, and demands that data and commands share a session. Sets FTP_PORT and FTP_ROOT.
ftps_start() {
  needs vsftpd
  self_signed
  port control
  FTP_PORT=$REPLY
  FTP_ROOT=$CASE_DIR/ftp
  mkdir -p "$FTP_ROOT/in" "$CASE_DIR/empty"
  chmod 755 "$CASE_DIR" "${CASE_DIR%/*}" "$FTP_ROOT"
  chmod 777 "$FTP_ROOT/in"
  local as_user=
  [ "$(id -u)" = 0 ] || as_user=run_as_launching_user=YES
  cat > "$CASE_DIR/vsftpd.conf" <<C
listen=YES
listen_address=127.0.0.1
listen_port=$FTP_PORT
background=NO
$as_user
anonymous_enable=YES
local_enable=NO
write_enable=YES
anon_upload_enable=YES
anon_mkdir_write_enable=YES
anon_other_write_enable=YES
anon_umask=022
anon_root=$FTP_ROOT
secure_chroot_dir=$CASE_DIR/empty
pasv_address=127.0.0.1
pasv_min_port=$((PORT + 92))
pasv_max_port=$((PORT + 97))
ssl_enable=YES
allow_anon_ssl=YES
force_anon_logins_ssl=YES
force_anon_data_ssl=YES
require_ssl_reuse=YES
ssl_ciphers=HIGH
rsa_cert_file=$TLS/cert.pem
rsa_private_key_file=$TLS/key.pem
seccomp_sandbox=NO
xferlog_enable=YES
vsftpd_log_file=$CASE_DIR/vsftpd.log
dual_log_enable=YES
log_ftp_protocol=YES
debug_ssl=YES
C
  vsftpd "$CASE_DIR/vsftpd.conf" > "$CASE_DIR/vsftpd.out" 2>&1 < /dev/null &
  track "$!"
  wait_for 5 listens "$FTP_PORT" || { last_words "$CASE_DIR/vsftpd.out"; fail "vsftpd did not start: $REPLY"; }
}

# https_prepare: nginx's folder and configuration, for PUT with user and password over TLS. Sets WEB_PORT and WEB_ROOT.
https_prepare() {
  needs nginx
  self_signed
  port control
  WEB_PORT=$REPLY
  WEB_ROOT=$CASE_DIR/web
  mkdir -p "$WEB_ROOT"
  chmod 755 "$CASE_DIR" "${CASE_DIR%/*}"
  chmod 777 "$WEB_ROOT"
  printf 'calls:%s\n' "$(openssl passwd -apr1 geheim)" > "$CASE_DIR/users"
  cat > "$CASE_DIR/nginx.conf" <<C
daemon off;
pid $CASE_DIR/nginx.pid;
error_log $CASE_DIR/nginx.log;
events { }
http {
  access_log $CASE_DIR/access.log;
  client_body_temp_path $CASE_DIR/body;
  proxy_temp_path $CASE_DIR/t1; fastcgi_temp_path $CASE_DIR/t2; uwsgi_temp_path $CASE_DIR/t3; scgi_temp_path $CASE_DIR/t4;
  server {
    listen 127.0.0.1:$WEB_PORT ssl;
    ssl_certificate $TLS/cert.pem;
    ssl_certificate_key $TLS/key.pem;
    root $WEB_ROOT;
    client_max_body_size 50m;
    location / {
      auth_basic calls;
      auth_basic_user_file $CASE_DIR/users;
      dav_methods PUT;
      create_full_put_path on;
    }
  }
}
C
}
https_start() {
  nginx -p "$CASE_DIR" -c "$CASE_DIR/nginx.conf" > "$CASE_DIR/nginx.out" 2>&1 < /dev/null &
  track "$!"
  wait_for 5 listens "$WEB_PORT" || { last_words "$CASE_DIR/nginx.out"; fail "nginx did not start: $REPLY"; }
}

# pulse_start: a PulseAudio of this case's own with a null sink as the speaker and another one's monitor as the microphone.
pulse_start() {
  needs pulseaudio parec paplay
  compgen -G '/usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so' > /dev/null || skip "ALSA does not know PulseAudio here (libasound2-plugins)"
  PULSE=$CASE_DIR/pulse
  mkdir -p -m 700 "$PULSE/run"
  printf '</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n' > "$PULSE/asound.conf"
  export PULSE_SERVER=unix:$PULSE/socket XDG_RUNTIME_DIR=$PULSE/run ALSA_CONFIG_PATH=$PULSE/asound.conf PULSE_COOKIE=$PULSE/cookie
  pulse_again
}
pulse_again() {
  rm -f "$PULSE/socket"
  HOME=$PULSE pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --load="module-null-sink sink_name=speaker" \
    --load="module-null-sink sink_name=mouth" --load="module-native-protocol-unix socket=$PULSE/socket auth-anonymous=1" \
    >> "$PULSE/log" 2>&1 < /dev/null &
  PULSE_PID=$!
  track "$PULSE_PID"
  wait_for 5 pactl info > /dev/null 2>&1 || { last_words "$PULSE/log"; fail "pulseaudio did not start: $REPLY"; }
  pactl set-default-sink speaker && pactl set-default-source mouth.monitor || fail "pulseaudio does not know its devices"
  paplay -d mouth "$PULSE/voice.wav" 2>> "$PULSE/log" < /dev/null &
  track "$!"
}
