#!/bin/sh
# Makes the certificates of the TLS tests: an authority, and below it one that is good, one that has expired, one of
# another name. They guard nothing; the password of each .p12 is "ekiden". Run in this folder, with a JDK's keytool.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tool() { keytool -storetype PKCS12 -storepass ekiden "$@" 2>/dev/null; }

tool -keystore "$work/ca.p12" -alias ca -genkeypair -keyalg RSA -keysize 2048 -dname "CN=Ekiden test authority" \
    -startdate "2020/01/01 00:00:00" -validity 36500 -ext bc:critical=ca:true
tool -keystore "$work/ca.p12" -alias ca -exportcert -rfc | tr -d '\r' >ca.pem

leaf() { # name, alternative names, days of validity from 2020 on
    rm -f "$1.p12"
    tool -keystore "$1.p12" -alias key -genkeypair -keyalg RSA -keysize 2048 -dname "CN=$1" -validity "$3"
    tool -keystore "$1.p12" -alias key -certreq |
        tool -keystore "$work/ca.p12" -alias ca -gencert -rfc -startdate "2020/01/01 00:00:00" -validity "$3" \
            -ext "san=$2" >"$work/$1.pem"
    tool -keystore "$1.p12" -alias ca -importcert -noprompt -file ca.pem
    tool -keystore "$1.p12" -alias key -importcert -noprompt -file "$work/$1.pem"
}

leaf good dns:localhost,ip:127.0.0.1 36500
leaf expired dns:localhost,ip:127.0.0.1 365
leaf other dns:other.example 36500
