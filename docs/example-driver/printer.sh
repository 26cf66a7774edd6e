#!/usr/bin/env bash
# The printer of lesson-printer.md at a socket, to see the driver at work; receipts appear in this terminal:
# socat TCP-LISTEN:7105,reuseaddr,fork EXEC:docs/example-driver/printer.sh
export LC_ALL=C # the bytes as they are
lines=()
while IFS= read -r said; do
  case $said in
    '?') echo '=' ;;
    X) lines=() ;;
    T*) lines+=("${said#T}") ;;
    C)
      printf '%s\n' "${lines[@]}" '- - - - -' | iconv -f ISO-8859-15 -t UTF-8 >&2
      echo '!H'
      printf 'K%02d\n' "${#lines[@]}"
      echo '!' # somebody takes it at once
      lines=()
      ;;
  esac
done
