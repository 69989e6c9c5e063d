#!/bin/sh
# Makes pem/: keys and a certificate for each form that programs write. Committed, as certificates.p12 is; they protect nothing.
set -eu
cd "$(dirname "$0")/pem"
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=rsa -days 36500 -keyout rsa-pkcs8.pem -out rsa.pem
openssl rsa -in rsa-pkcs8.pem -traditional -out rsa-pkcs1.pem
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=ec -days 36500 -keyout ec-pkcs8.pem -out ec.pem
openssl ec -in ec-pkcs8.pem -out ec-sec1.pem
openssl pkcs8 -topk8 -in ec-pkcs8.pem -v2 aes-256-cbc -passout pass:password -out ec-encrypted.pem
openssl rsa -in rsa-pkcs8.pem -traditional -aes128 -passout pass:password -out rsa-old-encrypted.pem
openssl pkcs12 -export -in ec.pem -inkey ec-pkcs8.pem -passout pass:password -out ec.p12
openssl x509 -in ec.pem -outform DER -out ec.der
cat ec.pem rsa.pem > both.pem
cat ec-pkcs8.pem ec.pem > ec-all.pem
