# Keys by ZRTP with Linphone (its libbzrtp) through Kamailio: nothing but a hash stands in the SDP, both ends show the same four characters.
# shellcheck source=/dev/null
. "$LIB/linphone.sh"

# shellcheck disable=SC2034 # read by linphone_start
with_zrtp() { # key=value…
  LINPHONE_SIP=$'media_encryption=zrtp\n'
  LINPHONE_HEARD=$CASE_DIR/heard.wav
  kamailio_start
  linphone_start 1004
  as_1001 register=1 events=3 mediaencryption=3 strictsrtp=3 "$@"
  ua_registered ua
}

# The same string at both ends, and sound both ways.
zrtp_agreed() {
  local ours theirs
  ua_wait ua 'LOG.*media encrypted [A-Z0-9_]* by ZRTP, compare: ' 10 || { last_words "$LINPHONE_LOG"; fail "no keys by ZRTP"; }
  ours=$(grep -ao 'by ZRTP, compare: ....' "$CASE_DIR/ua/out" | tail -n 1)
  ours=${ours##* }
  linphone_said 'auth token is '
  theirs=$(grep -ao 'auth token is ....' "$LINPHONE_LOG" | tail -n 1)
  theirs=${theirs##* }
  [ "$ours" = "$theirs" ] || fail "we show $ours, Linphone shows $theirs"
  note "both show $ours"
  grep -qa '^a=zrtp-hash:1.10 ' "$KAMAILIO_LOG" || fail "no a=zrtp-hash in the SDP"
  sleep 3
}

zrtp_ended() {
  ua_ended ua
  ua_stop ua
  ua_recording ua
  hears earshot "$REPLY" left 880:1.5
  # Linphone's sound from and to files stumbles on a busy machine: what counts is that it is our tone.
  python3 - "$CASE_DIR/heard.wav" << 'P' || fail "Linphone does not hear our tone"
import math, struct, sys
sound = open(sys.argv[1], "rb").read()
rate, step = struct.unpack_from("<I", sound, 24)[0], struct.unpack_from("<I", sound, 24)[0] // 25
pcm = struct.unpack_from("<%dh" % ((len(sound) - 44) // 2), sound, 44)
ours = 0
for at in range(0, len(pcm) - step, step):
    frame = pcm[at:at + step]
    re = sum(v * math.cos(2 * math.pi * 440 * i / rate) for i, v in enumerate(frame))
    im = sum(v * math.sin(2 * math.pi * 440 * i / rate) for i, v in enumerate(frame))
    power = sum(v * v for v in frame)
    ours += power > step * 10000 and 2 * (re * re + im * im) / step > 0.8 * power
sys.exit(ours < 12)
P
}

case_zrtp_linphone_out() {
  with_zrtp
  ua_call ua 1004
  ua_speaking ua
  zrtp_agreed
  ua_hangup ua
  zrtp_ended
}

case_zrtp_linphone_called() {
  with_zrtp autoaccept=true
  linphone_do "call sip:1001@$SERVER"
  ua_speaking ua
  zrtp_agreed
  linphone_do 'terminate all'
  zrtp_ended
}

# Both remember each other when we were started anew: no warning, and new characters.
case_zrtp_linphone_again() {
  local run
  with_zrtp "datafolder=$CASE_DIR/data"
  for run in 1 2; do
    ua_call ua 1004
    ua_speaking ua
    zrtp_agreed
    ua_hangup ua
    ua_ended ua
    ua_stop ua
    ! grep -qa 'WARNING.*secret kept of earlier calls' "$CASE_DIR/ua/out" || fail "call $run: Linphone is not recognised"
    [ "$run" = 2 ] || { mv "$CASE_DIR/ua" "$CASE_DIR/first"; as_1001 register=1 events=3 mediaencryption=3 strictsrtp=3 "datafolder=$CASE_DIR/data"; ua_registered ua; }
  done
  note "the secret of the first call went into the second"
}
