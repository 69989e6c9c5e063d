# Recordings on servers, on full disks and after kill -9 in each format; sound devices. The user agent is a program of the modern API.
# shellcheck source=/dev/null
. "$LIB/sound.sh"

# uploaded FILE: what the server has is what was recorded.
uploaded() {
  local here
  here=$(ls "$RECORDER"/calls/*.wav)
  cmp -s "$here" "$1" || fail "the server has not what was recorded: $(stat -c '%n %s' "$here" "$1" 2>&1 | tr '\n' ' ')"
  hears "the server's copy" "$1" right 440:1
  note "$(stat -c %s "$1") bytes"
}

# vsftpd demands one TLS session for both connections, and its tickets are good for so long that Java wants none of them.
case_sound_upload_ftps() {
  ftps_start
  kamailio_start
  baresip_start 1002 answermode=auto
  RECORDER_JAVA+=" -Djdk.tls.client.enableSessionTicketExtension=false"
  recorder_start upload "ftps://anonymous:us@localhost:$FTP_PORT/in/calls/FILENAME"
  recorder_says '^nothing waits: \[\]' 45
  recorder_ended
  uploaded "$(ls "$FTP_ROOT"/in/calls/*.wav)"
  grep -q 'reused, no cert' "$CASE_DIR/vsftpd.log" || fail "no TLS session was resumed"
}

case_sound_upload_https() {
  https_prepare
  https_start
  kamailio_start
  baresip_start 1002 answermode=auto
  recorder_start upload "https://calls:geheim@localhost:$WEB_PORT/2026/FILENAME"
  recorder_says '^nothing waits: \[\]' 45
  recorder_ended
  uploaded "$(ls "$WEB_ROOT"/2026/*.wav)"
}

# The server is down, the program is killed, the server comes back: the next program uploads. No file has the password.
case_sound_upload_survives_kill() {
  https_prepare
  kamailio_start
  baresip_start 1002 answermode=auto
  recorder_start upload "https://calls:geheim@localhost:$WEB_PORT/FILENAME"
  recorder_says '^refused, again true' 45
  signal KILL "$RECORDER_PID"
  wait_for 5 gone "$RECORDER_PID" || fail "the program outlived SIGKILL"
  grep -rqa geheim "$RECORDER" && fail "the password is in a file: $(grep -rla geheim "$RECORDER")"
  https_start
  recorder_start resume
  recorder_says '^nothing waits: \[\]' 45
  recorder_ended
  uploaded "$(ls "$WEB_ROOT"/*.wav)"
}

# A disk of 600 KB, all but full: the call goes on, and so does the recording when there is room again.
case_sound_disk_full() {
  local disk=$CASE_DIR/disk
  mkdir -p "$disk"
  mount -t tmpfs -o size=600k tmpfs "$disk" 2> /dev/null || skip "no file system can be mounted here"
  trap 'stop_all; umount -l "$CASE_DIR/disk"' EXIT # lazily: the recorder may still have it
  dd if=/dev/zero of="$disk/ballast" bs=1k count=520 2> /dev/null
  kamailio_start
  baresip_start 1002 answermode=auto
  recorder_start full "$disk/call.wav"
  recorder_says '^recording'
  recorder_says '^warning The recording .* is interrupted: .* It goes on when the disk takes it' 12
  rm "$disk/ballast"
  recorder_says '^call ESTABLISHED' 15
  recorder_says '^recorded'
  recorder_ended
  cp "$disk/call.wav" "$CASE_DIR/call.wav"
  hears earshot "$CASE_DIR/call.wav" left 880:1 silence:0.5 880:3
  python3 "$LIB/recording.py" wav "$CASE_DIR/call.wav" 8 > "$CASE_DIR/said" || fail "$(cat "$CASE_DIR/said")"
  note "$(cat "$CASE_DIR/said")"
  baresip_recording
  hears "baresip all the time" "$REPLY" mono 440:8
}

# killed FORMAT ENDING: what got to the disk before kill -9 is whole frames, and most of the call.
killed() {
  kamailio_start
  baresip_start 1002 answermode=auto
  studio_start "record-$1"
  studio_says '^recording'
  sleep 5
  signal KILL "$STUDIO_PID"
  wait_for 5 gone "$STUDIO_PID" || fail "the program outlived SIGKILL"
  local file
  for file in "$STUDIO"/call*."$2"; do
    python3 "$LIB/recording.py" "$2" "$file" 3 > "$CASE_DIR/said" || fail "$(basename "$file"): $(cat "$CASE_DIR/said")"
    note "$(basename "$file") $(cat "$CASE_DIR/said")"
  done
}
case_sound_gsm_survives_kill() { killed gsm gsm; }
case_sound_opus_survives_kill() { killed opus opus; }
case_sound_mp3_survives_kill() {
  [ -n "$(ls "$ROOT"/record-mp3/target/record-mp3-*.jar 2> /dev/null)" ] || skip "record-mp3 is not built"
  STUDIO_JARS=$(printf ':%s' "$ROOT"/record-mp3/target/record-mp3-*.jar "$ROOT"/tp-jump3r/target/tp-jump3r-*.jar)
  killed mp3 mp3
}

# A call by the sound system: the microphone gets to the peer, the peer to the speaker; then the sound system dies and comes back.
case_sound_devices() {
  mkdir -p "$CASE_DIR/pulse"
  python3 - "$CASE_DIR/pulse/voice.wav" << 'P'
import math, struct, sys, wave
with wave.open(sys.argv[1], "wb") as out:
    out.setnchannels(1)
    out.setsampwidth(2)
    out.setframerate(16000)
    out.writeframes(b"".join(struct.pack("<h", int(8000 * math.sin(2 * math.pi * 620 * i / 16000))) for i in range(16000 * 40)))
P
  pulse_start
  kamailio_start
  baresip_start 1002 answermode=auto
  recorder_start device
  recorder_says '^connected'
  sleep 4 # the null sink takes its time to begin
  timeout -s INT 3 parec --latency-msec=20 -d speaker.monitor --rate=16000 --channels=1 --format=s16le --file-format=wav "$CASE_DIR/speaker.wav" 2> "$CASE_DIR/parec.log"
  tone_in "the speaker" "$CASE_DIR/speaker.wav" mono 880 -3 # a busy machine leaves gaps
  stop "$PULSE_PID"
  sleep 1
  pulse_again
  sleep 3
  timeout -s INT 3 parec --latency-msec=20 -d speaker.monitor --rate=16000 --channels=1 --format=s16le --file-format=wav "$CASE_DIR/again.wav" 2> "$CASE_DIR/parec.log"
  recorder_says '^call ESTABLISHED' 20
  recorder_ended
  tone_in "the speaker after the sound system had gone" "$CASE_DIR/again.wav" mono 880 -3
  baresip_recording
  tone_in baresip "$REPLY" mono 620 -6
}
