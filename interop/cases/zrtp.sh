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

# zrtp_same STRING: Linphone has come to it too, in what may be its second call. Sets REPLY.
zrtp_same() {
  REPLY=$(grep -ao 'auth token is ....' "$LINPHONE_LOG" | tail -n 1)
  REPLY=${REPLY##* }
  [ "$REPLY" = "$1" ]
}

# The same string at both ends, and sound both ways.
zrtp_agreed() {
  local ours
  ua_wait ua 'LOG.*media encrypted [A-Z0-9_]* by ZRTP, compare: ' 10 || { last_words "$LINPHONE_LOG"; fail "no keys by ZRTP"; }
  ours=$(grep -ao 'by ZRTP, compare: ....' "$CASE_DIR/ua/out" | tail -n 1)
  ours=${ours##* }
  wait_for 10 zrtp_same "$ours" || fail "we show $ours, Linphone shows $REPLY"
  note "both show $ours"
  grep -qa '^a=zrtp-hash:1.10 ' "$KAMAILIO_LOG" || fail "no a=zrtp-hash in the SDP"
  wait_for 25 both_tones || fail "no sound both ways: $REPLY"
}

# has_tone FILE HZ: half a second of it in all. Linphone's sound from and to files stumbles on a busy machine.
has_tone() {
  [ -s "$1" ] && python3 - "$1" "$2" << 'P'
import math, struct, sys
sound, hz = open(sys.argv[1], "rb").read(), float(sys.argv[2])
channels, rate = struct.unpack_from("<HI", sound.ljust(44, b"\0"), 22)
channels, rate = (channels, rate) if rate else (1, 48000) # Linphone writes the header last
pcm = struct.unpack_from("<%dh" % (max(0, len(sound) - 44) // 2), sound.ljust(44, b"\0"), 44)[::channels * rate // 8000]
turn = [2 * math.pi * hz * i / 8000 for i in range(320)]
cos, sin, heard = [math.cos(at) for at in turn], [math.sin(at) for at in turn], 0
for at in range(0, len(pcm) - 320, 320):
    frame = pcm[at:at + 320]
    power = sum(v * v for v in frame)
    if power > 320 * 10000:
        re, im = sum(map(float.__mul__, map(float, frame), cos)), sum(map(float.__mul__, map(float, frame), sin))
        heard += 2 * (re * re + im * im) / 320 > 0.8 * power
    if heard >= 12:
        break
sys.exit(heard < 12)
P
}
both_tones() {
  ua_recording ua
  has_tone "$REPLY" 880 && has_tone "$CASE_DIR/heard.wav" 440
}

zrtp_ended() {
  ua_ended ua
  ua_stop ua
  both_tones || fail "the recordings have no tone"
  note "880 Hz here, 440 Hz there"
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
