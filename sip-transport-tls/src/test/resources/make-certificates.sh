#!/bin/sh
# Makes certificates.p12, the key store that the TLS tests use. It is committed, so that tests need neither keytool nor a
# few seconds for it; run this in its folder to make it anew. The password protects nothing.
set -eu
cd "$(dirname "$0")"
rm -f certificates.p12
K="-keystore certificates.p12 -storetype PKCS12 -storepass password"
LOCAL="san=dns:localhost,ip:127.0.0.1,ip:::1,uri:sip:sip.example.org,dns:*.pool.example.org"

authority() { # alias
    keytool -genkeypair $K -alias "$1" -dname "CN=Earshot test $1" -keyalg EC -groupname secp256r1 -startdate 2020/01/01 \
        -validity 36500 -ext bc:c -ext ku:c=keyCertSign
}
issued() { # alias, authority, extension, start, days
    keytool -genkeypair $K -alias "$1" -dname "CN=Earshot test $1" -keyalg EC -groupname secp256r1 -startdate "$4" -validity "$5" \
        -signer "$2" -ext "$3"
}

authority authority
authority stranger
issued good authority "$LOCAL" 2020/01/01 36500
issued expired authority "$LOCAL" 2020/01/01 366
issued early authority "$LOCAL" 2090/01/01 3650
issued elsewhere authority "san=dns:sip.example.com" 2020/01/01 36500
issued unknown stranger "$LOCAL" 2020/01/01 36500
keytool -genkeypair $K -alias selfsigned -dname "CN=localhost" -keyalg EC -groupname secp256r1 -startdate 2020/01/01 \
    -validity 36500
