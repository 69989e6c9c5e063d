# Each codec against somebody else's: baresip's where it has one, the reference libraries behind SIPp where it has not.

# tone_in WHO FILE CHANNEL HZ LEAST: the tone must be there, LEAST dB over the noise.
tone_in() {
  local who=$1 said
  shift
  [ -n "$1" ] && [ -s "$1" ] || fail "$who: no recording${1:+ $1}"
  said=$(python3 "$LIB/snr.py" "$@") || fail "$who: $said, wanted $4 dB"
  note "$who $said"
}

# media_is CODEC: what the user agent says it talks with.
media_is() { ua_wait ua "LOG.*media $1 " 5 || fail "the call does not use $1: $(grep -ao 'media [^ ]*' "$CASE_DIR/ua/out" | tail -n 1)"; }

# --- baresip ---

# with_baresip NAME MODULE BARESIP-CODEC OURS-DB THEIRS-DB [key=value…]: a call with that codec, both ways at once.
with_baresip() {
  local name=$1 ours=$4 theirs=$5
  BARESIP_EXTRA="module $2.so"
  BARESIP_CODECS=$3
  shift 5
  together events=3 "$@"
  ua_call ua 1002
  ua_speaking ua
  media_is "$name"
  sleep 3
  ua_hangup ua
  ua_ended ua
  baresip_idle
  ua_stop ua
  ua_recording ua 1
  tone_in earshot "$REPLY" left 880 "$ours"
  baresip_recording
  tone_in baresip "$REPLY" "${BARESIP_HEARS:-mono}" 440 "$theirs"
}

case_codec_baresip_pcmu() { with_baresip PCMU/8000 g711 PCMU/8000/1 33 33 use_pcmu=3; }
case_codec_baresip_pcma() { with_baresip PCMA/8000 g711 PCMA/8000/1 33 33 use_pcma=3; }
case_codec_baresip_g722() { with_baresip G722/8000 g722 G722/16000/1 25 25 use_g722=3; }
case_codec_baresip_gsm() { with_baresip GSM/8000 gsm GSM/8000/1 10 10 use_gsm=3; }
case_codec_baresip_opus() { BARESIP_HEARS=left; with_baresip opus/48000 opus opus/48000/2 15 15 use_opusuwb=3; }
case_codec_baresip_l16() { with_baresip L16/48000 l16 L16/48000/1 33 33 use_l16=3; }

# --- the reference libraries ---

# reference CODEC [OPTION…]: the other end of a SIPp call; sets ECHO.
reference() {
  local port
  [[ $1 != g729* || -n $(compgen -G '/usr/lib/*/libbcg729.so.0') ]] || skip "there is no libbcg729 here"
  port echo-rtp
  port=$REPLY
  python3 "$LIB/rtpcodec.py" "$port" "$1" "$CASE_DIR/reference.wav" "${@:2}" > "$CASE_DIR/reference.log" 2>&1 &
  REFERENCE_PID=$!
  track "$REFERENCE_PID"
  wait_for 5 udp_bound "$port" || { last_words "$CASE_DIR/reference.log"; fail "the reference did not start: $REPLY"; }
  ECHO=(-v "MEDIA=$port")
}
reference_end() { # sets REPLY to what it saw
  stop "$REFERENCE_PID" 10
  wait "$REFERENCE_PID"
  REPLY=$(tail -n 1 "$CASE_DIR/reference.log")
}

# by_reference CODEC FORMATS NAME HEARD-HZ OURS-DB THEIRS-DB: SIPp offers one format only.
by_reference() {
  local hz=$4 ours=$5 theirs=$6
  reference "$1"
  alone autoaccept=true events=3
  called calls-basic "${ECHO[@]}" -v "FORMATS=$2" -d 3000
  ua_speaking ua
  media_is "$3"
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  reference_end
  note "$REPLY"
  ua_recording ua
  tone_in earshot "$REPLY" left "$hz" "$ours"
  tone_in reference "$CASE_DIR/reference.wav" mono 440 "$theirs"
}

case_codec_reference_gsm() { by_reference gsm '3;rtpmap:3 GSM/8000' GSM/8000 880 10 10; }
case_codec_reference_g729() { by_reference g729 '18;rtpmap:18 G729/8000;fmtp:18 annexb=no' G729/8000 880 8 8; }
case_codec_reference_speex() { by_reference speex '97;rtpmap:97 speex/8000' speex/8000 880 6 6; }
case_codec_reference_speex_wide() { by_reference speexwb '97;rtpmap:97 speex/16000' speex/16000 880 6 6; }
case_codec_reference_speex_ultra() { by_reference speexuwb '97;rtpmap:97 speex/32000' speex/32000 880 6 6; }
case_codec_reference_ilbc_20() { by_reference ilbc '97;rtpmap:97 iLBC/8000;fmtp:97 mode=20' iLBC/8000 440 6 6; }
case_codec_reference_ilbc_30() { by_reference ilbc '97;rtpmap:97 iLBC/8000' iLBC/8000 440 6 6; }

# --- negotiation ---

case_codec_change() {
  alone autoaccept=true events=3
  echo_start
  called calls-codecs "${ECHO[@]}"
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  note "$(grep -ao 'media [A-Z][^ ]*' "$CASE_DIR/ua/out" | tr '\n' ' ')by re-INVITE, unknown formats and fmtp passed over"
  ua_recording ua
  hears "by echo earshot" "$REPLY" left 440:3.5
}

# packet_time MILLISECONDS FORMATS CODEC: SIPp asks for packets of that length.
packet_time() {
  reference "$3"
  alone autoaccept=true
  called calls-basic "${ECHO[@]}" -v "FORMATS=$2;ptime:$1" -d 1000
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  reference_end
  [[ $REPLY == *"packets of $1 ms"* ]] || fail "asked for $1 ms: $REPLY"
  note "$3 $1 ms"
}
case_codec_ptime_10() { packet_time 10 '8;rtpmap:8 PCMA/8000' pcma; }
case_codec_ptime_20() { packet_time 20 '0;rtpmap:0 PCMU/8000' pcmu; }
case_codec_ptime_40() { packet_time 40 '97;rtpmap:97 speex/16000' speexwb; }
case_codec_ptime_50() { packet_time 50 '8;rtpmap:8 PCMA/8000' pcma; }
case_codec_ptime_30() { packet_time 30 '18;rtpmap:18 G729/8000' g729; }
case_codec_ptime_60() { packet_time 60 '3;rtpmap:3 GSM/8000' gsm; }

# The user agent offers Speex under one number, SIPp answers with another: each sends with the other's.
case_codec_numbers() {
  reference speexwb pt=96
  sipp_start answers-basic sipp "${ECHO[@]}" -v 'FORMATS=125;rtpmap:125 speex/16000'
  alone use_speexwb=3 use_opus=0 use_opuswb=0 use_opusswb=0 use_opusuwb=0 events=3
  port sipp
  ua_call ua 2000
  ua_speaking ua
  media_is speex/16000
  sleep 2
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  reference_end
  [[ $REPLY == *"types 125,"* ]] || fail "sent with another number than the answer's: $REPLY"
  note "sent with 125, received with 96"
  ua_recording ua
  tone_in earshot "$REPLY" left 880 6
}

# Silence is described, not sent.
case_codec_silence() {
  reference pcma pt=8
  alone autoaccept=true silencesuppress=1 audiosource=silence
  called calls-basic "${ECHO[@]}" -v 'FORMATS=8 13;rtpmap:8 PCMA/8000;rtpmap:13 CN/8000' -d 3000
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  reference_end
  [[ $REPLY == *"types 8 13,"* ]] || fail "no comfort noise came: $REPLY"
  note "$REPLY"
  ua_recording ua
  tone_in earshot "$REPLY" left 880 33
}

# Of two codecs in the answer the ACK names one, for gateways that want it (setfinalcodec).
case_codec_final() {
  sipp_start answers-several sipp
  alone setfinalcodec=2 events=3
  ua_call ua 2000
  ua_speaking ua
  media_is PCMA/8000
  ua_hangup ua
  sipp_end sipp
  ua_ended ua
  note "the ACK has PCMA alone"
}
