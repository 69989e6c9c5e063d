# The bridge with real peers: a conference of two baresips, hold music, recordings. The user agent is a program of the modern API.

# studio_start WHAT: runs interop/lib/Studio.java; its words are in studio/out.
studio_start() {
  java_program Studio "${STUDIO_JARS:-}"
  STUDIO=$CASE_DIR/studio
  mkdir -p "$STUDIO"
  port ua
  "${PROGRAM[@]}" "$1" "$SERVER" "$REPLY" "$STUDIO" > "$STUDIO/out" 2> "$STUDIO/err" < /dev/null &
  STUDIO_PID=$!
  track "$STUDIO_PID"
}
studio_says() { wait_for "${2:-15}" studio_said_or_ended "$1"; has_line "$STUDIO/out" "$1" 1 || { last_words "$STUDIO/err"; fail "the program did not say '$1': $REPLY"; }; }
studio_said_or_ended() { has_line "$STUDIO/out" "$1" 1 || gone "$STUDIO_PID"; }
studio_ended() { wait_for "${1:-15}" gone "$STUDIO_PID" || fail "the program still runs"; wait "$STUDIO_PID" || { last_words "$STUDIO/err"; fail "the program failed: $REPLY"; }; }

# A second baresip, 1003, with a tone of 660 Hz, a folder and ports of its own.
second_baresip() {
  local case_dir=$CASE_DIR first=$PORT
  mkdir -p "$CASE_DIR/second"
  CASE_DIR=$case_dir/second PORT=$((first + 7)) BARESIP_TONE=660
  baresip_start 1003 answermode=auto
  CASE_DIR=$case_dir PORT=$first BARESIP_TONE=
}

case_bridge_conference_of_two_baresips() {
  kamailio_start
  baresip_start 1002 answermode=auto
  second_baresip
  studio_start conference
  studio_says '^answered 1003'
  studio_ended
  has_line "$STUDIO/out" '^members 0' 1 || fail "the conference kept members whose calls were over"
  hears earshot "$STUDIO/one.wav" left 880:4
  hears "the first baresip, by our recording" "$STUDIO/one.wav" right 660:2 440:1
  hears "the first baresip" "$(ls "$CASE_DIR"/baresip/dump-*-dec.wav)" mono 660:2 440:1
  hears "the second baresip" "$(ls "$CASE_DIR"/second/baresip/dump-*-dec.wav)" mono 880:2 440:1
}

case_bridge_hold_music() {
  tap_defines
  kamailio_start "${TAP_DEFINES[@]}"
  tap_start
  baresip_start 1002 answermode=auto
  mkdir -p "$CASE_DIR/studio"
  python3 - "$CASE_DIR/studio/music.wav" << 'P'
import math, struct, sys, wave
with wave.open(sys.argv[1], "wb") as out:
    out.setnchannels(1)
    out.setsampwidth(2)
    out.setframerate(16000)
    out.writeframes(b"".join(struct.pack("<h", int(8000 * math.sin(2 * math.pi * 700 * i / 16000))) for i in range(16000)))
P
  studio_start hold
  studio_says '^resumed' 20
  studio_ended
  tap_stop
  TONE_GAP=0.45 hears "to baresip" "$TAP_WAV" right 440:1.5 700:1.5 440:1.5
}

# Each kilobyte that got to the disk is there after kill -9, and nothing else is in the file.
case_bridge_recording_survives_kill() {
  kamailio_start
  baresip_start 1002 answermode=auto
  studio_start record-wav
  studio_says '^recording'
  sleep 4
  signal KILL "$STUDIO_PID"
  wait_for 5 gone "$STUDIO_PID" || fail "the program outlived SIGKILL"
  hears earshot "$STUDIO/call.wav" left 880:2
  hears "what was sent" "$STUDIO/call.wav" right 440:2
  python3 - "$STUDIO/call.wav" << 'P' || fail "the header of the recording does not fit the file: $(stat -c %s "$STUDIO/call.wav") bytes"
import os, sys, wave
with wave.open(sys.argv[1]) as f:
    sys.exit(0 if f.getnframes() * 4 + 44 <= os.path.getsize(sys.argv[1]) and f.getnframes() >= 16000 else 1)
P
  note "$(stat -c %s "$STUDIO/call.wav") bytes after kill -9"
}
