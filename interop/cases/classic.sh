# Programs written for the classic interface: they compile against our jar and run.

# classic_program NAME ARGUMENT…: compiles the example programs and runs one of them; its output is in $CASE_DIR/program.
classic_program() {
  local jar=$ROOT/distribution/target/earshot-all.jar name=$1 sip rtp
  shift
  [ -f "$jar" ] || "$ROOT/earshot" --version > "$CASE_DIR/built" 2>&1 || { last_words "$CASE_DIR/built"; fail "the jar was not built: $REPLY"; }
  mkdir -p "$CASE_DIR/classes"
  javac -d "$CASE_DIR/classes" -cp "$jar" "$INTEROP"/programs/*/*.java > "$CASE_DIR/javac" 2>&1 ||
    { last_words "$CASE_DIR/javac"; fail "the program does not compile: $REPLY"; }
  port ua; sip=$REPLY
  port ua-rtp; rtp=$REPLY
  wp_localip=127.0.0.1 wp_signalingport=$sip wp_rtpport=$rtp timeout 40 \
    java -cp "$CASE_DIR/classes:$jar" "$name" "$@" > "$CASE_DIR/program" 2>&1
  REPLY=$?
  [ "$REPLY" = 0 ] || { last_words "$CASE_DIR/program"; fail "the program ended with $REPLY"; }
}

case_classic_example() {
  kamailio_start
  baresip_start 1002 answermode=auto
  classic_program yourpackagename.YourCodeSipCall "$SERVER" 1001 secret-1001 1002 1 0
  local word
  for word in 'status Registered\.' 'status CallSetup' 'status Ringing|status CallConnect' 'status CallConnect' 'status CallDisconnect' \
    'cdr 1\|1002\|1001\|1002\|.*\|1\|BYE User Hung Up'; do
    has_line "$CASE_DIR/program" "^$word" 1 || fail "the program did not see '$word'"
  done
  grep -q Exception "$CASE_DIR/program" && fail "an exception: $(grep -m 1 Exception "$CASE_DIR/program")"
  note "registered, called baresip, hung up; parsed its notifications and CDR"
}
