# kill -9: what was said to be saved is there at the next start, fifty times over (ten in each of five cases).

crash_killed() {
  java_program Killed
  port ua
  "${PROGRAM[@]}" 10 "$REPLY" "$CASE_DIR/data" > "$CASE_DIR/out" 2>&1 \
    || { last_words "$CASE_DIR/out"; fail "$REPLY"; }
  note "$(tail -n 1 "$CASE_DIR/out")"
}

case_crash_kill_nine_first() { crash_killed; }
case_crash_kill_nine_second() { crash_killed; }
case_crash_kill_nine_third() { crash_killed; }
case_crash_kill_nine_fourth() { crash_killed; }
case_crash_kill_nine_fifth() { crash_killed; }
