# Builds the program around libsrtp: oracle FILE fetched, over libsrtp 2.8 and OpenSSL (conformance/vectors libsrtp; fails where that is not
# to be had), or oracle FILE packaged, over Debian's libsrtp2-dev.
oracle() {
  if [ "$2" = packaged ]; then
    gcc -O2 -o "$1" "$here/oracle.c" -lsrtp2
    return
  fi
  from=$root/conformance/target/vectors/libsrtp
  [ -f "$from/libsrtp2.a" ] || "$root/conformance/vectors" libsrtp > "$work/libsrtp.log" 2>&1 || true
  [ -f "$from/libsrtp2.a" ] && gcc -O2 -I"$from" -o "$1" "$here/oracle.c" "$from/libsrtp2.a" -lcrypto
}
