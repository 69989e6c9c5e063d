# Speech, both ways at once, through each codec that a peer has: what is left of it when it has been coded by one and decoded by another.

# speech_file RATE [CHANNELS]: sets REPLY to a file of speech at that rate.
speech_file() {
  REPLY=$CASE_DIR/speech-$1-${2:-1}.wav
  [ -s "$REPLY" ] || python3 "$LIB/speech.py" make "$1" "${2:-1}" "$REPLY" || fail "no speech could be made: are espeak-ng and ffmpeg there?"
}

# speech_in WHO SOURCE FILE CHANNEL LEAST: the speech must be there, LEAST dB over what is not explained by it.
speech_in() {
  local who=$1 said
  shift
  [ -s "$2" ] || fail "$who: no recording $2"
  said=$(python3 "$LIB/speech.py" "$@") || fail "$who: $said, wanted $4 dB"
  note "$who $said"
}

# speaks_with_baresip NAME MODULE BARESIP-CODEC RATE OURS-DB THEIRS-DB [key=value…]
speaks_with_baresip() {
  local name=$1 rate=$4 ours=$5 theirs=$6 speech
  speech_file 48000 2 # what ausrc_srate and ausrc_channels say
  BARESIP_SOURCE=aufile,$REPLY
  BARESIP_EXTRA="module $2.so
module aufile.so"
  BARESIP_CODECS=$3
  speech_file "$rate"
  speech=$REPLY
  shift 6
  together events=3 "audiosource=file:$speech" "$@"
  ua_call ua 1002
  ua_speaking ua
  media_is "$name"
  sleep 5
  ua_hangup ua
  ua_ended ua
  baresip_idle
  ua_stop ua
  ua_recording ua 1
  speech_in earshot "$speech" "$REPLY" left "$ours"
  baresip_recording
  speech_in baresip "$speech" "$REPLY" "${BARESIP_HEARS:-mono}" "$theirs"
}

case_speech_baresip_pcmu() { speaks_with_baresip PCMU/8000 g711 PCMU/8000/1 8000 25 25 use_pcmu=3; }
case_speech_baresip_pcma() { speaks_with_baresip PCMA/8000 g711 PCMA/8000/1 8000 25 25 use_pcma=3; }
case_speech_baresip_g722() { speaks_with_baresip G722/8000 g722 G722/16000/1 16000 15 15 use_g722=3; }
case_speech_baresip_gsm() { speaks_with_baresip GSM/8000 gsm GSM/8000/1 8000 6 6 use_gsm=3; }
case_speech_baresip_opus() { BARESIP_HEARS=left; speaks_with_baresip opus/48000 opus opus/48000/2 48000 6 6 use_opusuwb=3; }
case_speech_baresip_l16() { speaks_with_baresip L16/48000 l16 L16/48000/1 48000 10 10 use_l16=3; }

# speaks_with_reference CODEC FORMATS NAME RATE OURS-DB THEIRS-DB [key=value…]; REFERENCE has more words for the reference. Sets SAW.
speaks_with_reference() {
  local rate=$4 ours=$5 theirs=$6 speech
  speech_file "$rate"
  speech=$REPLY
  reference "$1" "play=$speech" ${REFERENCE:-}
  alone autoaccept=true events=3 "audiosource=file:$speech" "${@:7}"
  called calls-basic "${ECHO[@]}" -v "FORMATS=$2" -d 5000
  ua_speaking ua
  media_is "$3"
  sipp_end sipp
  ua_ended ua
  ua_stop ua
  reference_end
  SAW=$REPLY
  ua_recording ua
  speech_in earshot "$speech" "$REPLY" left "$ours"
  speech_in reference "$speech" "$CASE_DIR/reference.wav" mono "$theirs"
}

case_speech_reference_gsm() { speaks_with_reference gsm '3;rtpmap:3 GSM/8000' GSM/8000 8000 6 6; }
case_speech_reference_g729() { speaks_with_reference g729 '18;rtpmap:18 G729/8000;fmtp:18 annexb=no' G729/8000 8000 3 3; }
case_speech_reference_speex() { speaks_with_reference speex '97;rtpmap:97 speex/8000;fmtp:97 mode="5,any"' speex/8000 8000 5 5; }
case_speech_reference_speex_wide() { speaks_with_reference speexwb '97;rtpmap:97 speex/16000' speex/16000 16000 5 5; }
case_speech_reference_speex_ultra() { speaks_with_reference speexuwb '97;rtpmap:97 speex/32000' speex/32000 32000 3 3; }
case_speech_reference_ilbc_20() { speaks_with_reference ilbc '97;rtpmap:97 iLBC/8000;fmtp:97 mode=20' iLBC/8000 8000 3 5; }
case_speech_reference_ilbc_30() { speaks_with_reference ilbc '97;rtpmap:97 iLBC/8000' iLBC/8000 8000 3 5; }

# Annex B both ways: who pauses says so once, and sends nothing until the noise changes or the voice is back.
case_speech_reference_g729_pauses() {
  REFERENCE='ms=10'
  speaks_with_reference g729b '18;rtpmap:18 G729/8000' G729/8000 8000 3 2 silencesuppress=1
  [[ $SAW == *described* ]] || fail "no pause was described: $SAW"
  note "$SAW"
}

# Each packet with the one before it (RFC 2198), every tenth lost both ways: nothing of it is to be heard.
case_speech_reference_redundant() {
  REFERENCE='red=99 block=8 lose=10'
  speaks_with_reference pcma '8 99;rtpmap:8 PCMA/8000;rtpmap:99 red/8000;fmtp:99 8/8' PCMA/8000 8000 25 25 audioredundancy=1
  [[ $SAW == *"redundant blocks"* ]] || fail "nothing stood in for a lost packet: $SAW"
  note "$SAW"
}
