#!/bin/sh
# Makes signers.p12, the key store that the tests of this module sign with. It is committed, so that tests need no keytool; run this in
# its folder to make it anew. The password protects nothing.
set -eu
cd "$(dirname "$0")"
rm -f signers.p12
K="-keystore signers.p12 -storetype PKCS12 -storepass password"
ALWAYS="-keyalg EC -groupname secp256r1 -startdate 2020/01/01 -validity 36500"
NUMBERS="1.3.6.1.5.5.7.1.26=30:08:a0:06:16:04:31:32:33:34" # a TNAuthList with the service provider code 1234

for authority in authority stranger; do
    keytool -genkeypair $K $ALWAYS -alias "$authority" -dname "CN=Earshot test $authority" -ext bc:c -ext ku:c=keyCertSign
done
keytool -genkeypair $K $ALWAYS -alias good -dname "CN=SHAKEN 1234" -signer authority -ext ku:c=digitalSignature -ext "$NUMBERS"
keytool -genkeypair $K $ALWAYS -alias critical -dname "CN=SHAKEN 1234 critical" -signer authority -ext "${NUMBERS%%=*}:critical=${NUMBERS#*=}"
keytool -genkeypair $K $ALWAYS -alias unknown -dname "CN=SHAKEN 1234" -signer stranger -ext "$NUMBERS"
keytool -genkeypair $K $ALWAYS -alias plain -dname "CN=Web server" -signer authority
keytool -genkeypair $K -keyalg EC -groupname secp256r1 -startdate 2020/01/01 -validity 366 -alias expired -dname "CN=SHAKEN 1234 expired" \
    -signer authority -ext "$NUMBERS"
keytool -genkeypair $K -keyalg EC -groupname secp384r1 -startdate 2020/01/01 -validity 36500 -alias wide -dname "CN=SHAKEN 1234 P-384" \
    -signer authority -ext "$NUMBERS"
