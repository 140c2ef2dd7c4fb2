#!/bin/sh
# Makes what Collectors show each other: an authority, one certificate for both sides, and a token. Needs openssl.
#
#   make-certificates.sh FOLDER NAME...    names and addresses that senders use, e.g. otel-gateway gateway.example.com 10.0.0.7
#
# FOLDER/tls holds ca.crt, tls.crt and tls.key (TLS_DIRECTORY), FOLDER/secrets the files with tokens. What is there already stays, but
# for the certificate: run it again before a year is over. Keep FOLDER/authority.key elsewhere, or use an authority of your own.
set -eu

if [ $# -lt 2 ]; then
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
folder=$1
shift
umask 077
mkdir -p "$folder/tls" "$folder/secrets"
cd "$folder"

names=
for name in "$@"; do
  case $name in
    *[!0-9.]*) names="$names,DNS:$name" ;;
    *) names="$names,IP:$name" ;;
  esac
done

key='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
if [ ! -f authority.key ]; then
  # shellcheck disable=SC2086
  openssl req -x509 $key -days 3650 -subj /CN=collectors -keyout authority.key -out tls/ca.crt 2>/dev/null
fi
# shellcheck disable=SC2086
openssl req $key -subj /CN=collector -keyout tls/tls.key -out request.pem 2>/dev/null
printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "${names#,}" >extensions
openssl x509 -req -in request.pem -CA tls/ca.crt -CAkey authority.key -CAserial authority.srl -CAcreateserial -days 365 \
  -extfile extensions -out tls/tls.crt 2>/dev/null
rm -f request.pem extensions

if [ ! -f secrets/gateway-token ]; then
  openssl rand -hex 32 >secrets/gateway-token
  cp secrets/gateway-token secrets/sender-tokens
fi
echo "$folder: certificate for ${names#,} until $(openssl x509 -in tls/tls.crt -noout -enddate | cut -d= -f2)"
