# The window of the phone on a display in memory (Xvfb), used by its keyboard (xdotool): no part of the program knows of the test.

# display_start: sets DISPLAY; the display ends with the case.
display_start() {
  local command home
  for command in Xvfb xdotool; do
    command -v "$command" > /dev/null || skip "$command is not there and could not be installed"
  done
  home=$(dirname "$(dirname "$(readlink -f "$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java")")")")
  [ -e "$home/lib/libawt_xawt.so" ] || skip "the Java at $home cannot draw: its lib has no libawt_xawt.so"
  : > "$CASE_DIR/display"
  Xvfb -displayfd 3 -screen 0 1000x900x24 -nolisten tcp 3> "$CASE_DIR/display" > "$CASE_DIR/xvfb" 2>&1 &
  track "$!"
  wait_for 15 grep -q '[0-9]' "$CASE_DIR/display" || { last_words "$CASE_DIR/xvfb"; skip "Xvfb gives no display: $REPLY"; }
  export DISPLAY=":$(tr -dc 0-9 < "$CASE_DIR/display")"
}

# softphone_start KEY=VALUE…: ./earshot softphone instead of ./earshot.
softphone_start() {
  printf '#!/bin/sh\nexec "%s" softphone "$@" iscommandline=false\n' "$UA_PROGRAM" > "$CASE_DIR/softphone"
  chmod +x "$CASE_DIR/softphone"
  UA_PROGRAM=$CASE_DIR/softphone
  ua_start alice "$@"
  wait_for 20 xdotool search --onlyvisible --name '^Earshot$' > "$CASE_DIR/window" 2>&1 || fail "the window did not come up"
}

# The keyboard goes to the window as soon as it has the focus, which nothing tells: so a number is written until it is called.
softphone_dial() { # NUMBER
  local try
  for try in 1 2 3 4; do
    xdotool mousemove 100 20 click 1 mousemove 500 850 # the state, which does nothing, and away
    xdotool key ctrl+n
    xdotool type --delay 40 "$1"
    xdotool key Return
    wait_for 5 has_line "$CASE_DIR/alice/out" "STATUS,-1,Starting call to $1" && return 0
    xdotool key ctrl+a BackSpace
  done
  fail "nobody was called by the keyboard after $try attempts"
}

case_softphone_calls() {
  display_start
  kamailio_start
  baresip_start 1002 answermode=auto
  softphone_start "serveraddress=$SERVER" username=1001 password=secret-1001
  ua_registered alice
  softphone_dial 1002
  baresip_talking
  ua_speaking alice
  xdotool key ctrl+p
  ua_wait alice 'STATUS,1,Hold' || fail "Ctrl+P did not hold the call"
  xdotool key ctrl+p
  wait_for 10 softphone_took_back || fail "Ctrl+P did not take the call back"
  xdotool key Escape
  baresip_idle
  ua_wait alice 'STATUS,1,Finished' || fail "Escape did not end the call"
  softphone_close
  note "called, held, took back and hung up by keys; closing the window ended the program"
}

# Whether the last that was said of the line is that it speaks.
softphone_took_back() { [[ $(grep -aE 'STATUS,1,(Hold|Speaking)' "$CASE_DIR/alice/out" | tail -n 1) == *Speaking* ]]; }

softphone_close() {
  local pid=${UA_PID[alice]}
  xdotool key ctrl+q
  wait_for 15 gone "$pid" || fail "the program outlived its window"
  wait "$pid" || fail "closing the window ended the program with exit code $?"
}
