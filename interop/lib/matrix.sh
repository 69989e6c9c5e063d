#!/usr/bin/env bash
# matrix.sh RESULTS < ROWS: writes the matrix of routers as Markdown. ROWS are KIND|KIND|MEANS|WHAT, one each call; RESULTS has the verdicts of the cases.
# matrix.sh --into FILE < MATRIX: puts it between the marks in that file.
set -u
if [ "$1" = --into ]; then
  fresh=$(cat)
  { sed '/^<!-- matrix -->$/q' "$2"; printf '%s\n' "$fresh"; sed -n '/^<!-- \/matrix -->$/,$p' "$2"; } > "$2.new" && mv "$2.new" "$2"
  exit
fi
KINDS=(full restricted ports symmetric none 443 proxy)
declare -A CELL
while IFS='|' read -r one other means text; do CELL[$one-$other-$means]=$text; done
while read -r verdict name text; do
  [[ $name =~ ^nat-([a-z0-9]+)-([a-z0-9]+)-(stun|turn|tunnel)$ ]] || continue
  case $verdict in
    SKIP) CELL[${name#nat-}]="not run: $text" ;;
    FAIL) CELL[${name#nat-}]="failed" ;;
    PASS) LINKS=${text%%, stun:*} LINKS=${LINKS%%, turn:*} LINKS=${LINKS%%, tunnel:*} ;;
  esac
done < "$1"
printf '%s, %s processors; %s.\n' "$(date -u '+%Y-%m-%d %H:%M UTC')" "$(nproc)" "${LINKS:-}"
for means in stun turn tunnel; do
  case $means in
    stun) printf '\nWith a STUN server alone:\n\n' ;;
    turn) printf '\nWith a relay besides (over TLS where no UDP gets out, by port 443 or through the proxy where nothing else does):\n\n' ;;
    tunnel) printf "\nWith the tunnel: the caller's, and the callee's where that is behind a firewall (then the caller's only if it is too):\n\n" ;;
  esac
  printf "| caller's \\\\ callee's |"
  printf ' %s |' "${KINDS[@]}"
  printf '\n|---|'
  printf -- '---|%.0s' "${KINDS[@]}"
  printf '\n'
  for one in "${KINDS[@]}"; do
    printf '| %s |' "$one"
    for other in "${KINDS[@]}"; do
      text=${CELL[$one-$other-$means]:-}
      case $one-$other-$means in
        *443*-stun | *proxy*-stun | *none*-stun) text=${text:-no UDP} ;;
      esac
      printf ' %s |' "${text:-not run}"
    done
    printf '\n'
  done
done
