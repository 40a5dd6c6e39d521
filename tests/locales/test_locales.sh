#!/bin/sh
# The answer is the same in every locale: Turkish, where I is no capital of i, in UTF-8 and in a
# character set of bytes; German, with a comma in numbers and an order of its own. Part of the lab, chains,
# names, numbers and a page. The locales are made here where the system has none of them.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

LOCALES='tr_TR.UTF-8 de_DE.UTF-8 tr_TR.ISO-8859-9'
mkdir "$TMP/locales"
for locale in $LOCALES; do
    localedef -i "${locale%%.*}" -f "${locale#*.}" "$TMP/locales/$locale" >>"$TMP/localedef.log" 2>&1 ||
        skip_all 'localedef, or the sources of the locales, are missing (package locales)'
done
# in_locale LOCALE COMMAND...
in_locale() {
    locale=$1
    shift
    LOCPATH=$TMP/locales LC_ALL=$locale "$@"
}

# Without this a locale that is not found would be C, and nothing here could fail.
for locale in $LOCALES; do
    check "$locale is there" in_locale "$locale" sh -c \
        '[ "$(locale charmap)" = "$1" ] && [ "$(locale decimal_point)" = , ]' - "${locale#*.}"
done

# What is another in each run: the case's code, the clock, how long a thing took. Nothing else.
steady() {
    sed -E 's/[1-9A-HJKMNP-TV-Z]{3}-[1-9A-HJKMNP-TV-Z]{4}/CASE/
        s/("[a-z_]*(time|clock|_us|_unix)[a-z_]*":[[:space:]]*)[0-9]+/\1TIME/' "$1" | mask_head
}

# same NAME ARGUMENTS...: the exit code, the text and the JSON are those of C.UTF-8.
same() {
    same_name=$1
    shift
    for locale in C.UTF-8 $LOCALES; do
        for form in plain json; do
            in_locale "$locale" timeout "$WATCHDOG" "$WHYTLS" "$@" --$form >"$TMP/said" 2>"$TMP/err" </dev/null
            echo "exit code $?" >>"$TMP/said"
            cat "$TMP/err" >>"$TMP/said"
            steady "$TMP/said" >"$TMP/$form.$locale"
            [ "$locale" = C.UTF-8 ] ||
                check "$same_name, $form, $locale" diff "$TMP/$form.C.UTF-8" "$TMP/$form.$locale"
        done
    done
}

# ---- chains: names that differ in case alone ----------------------------------------------------

verdict_is() {
    grep -q "\"cause\":[[:space:]]*\"$1\"" "$TMP/json.C.UTF-8"
}

pki_make
cert large -is ca -by root -cn 'ISSUING CA I' -org 'TEST TITLE'
cert small -is ca -by root -cn 'issuing ca i' -org 'test title' -key large
cert cased -by small
chain cased cased large
same 'an authority in capitals' check --chain "$PKI/cased.chain" --cacert "$CACERT" --servername shop.example
# GnuTLS compares byte by byte, so it is not judged further; a wrong cause it must not be.
check 'which is the same name by RFC 5280' verdict_is file-unjudged
cert other -is ca -by root -cn 'OTHER CA I' -key large
chain uncased cased other
same 'an authority of another name' check --chain "$PKI/uncased.chain" --cacert "$CACERT" --servername shop.example
check 'which is another cause' verdict_is chain.missing-intermediate

cert limited -is ca -by root -cn Limits -org 'Test Trust' \
    -more "$(printf 'nameConstraints = critical,permitted;dirName:tree\n[tree]\nO = SHIPPING I')"
cert within -by limited -org 'shipping i'
chain within within limited
same 'a limit in capitals' check --chain "$PKI/within.chain" --cacert "$CACERT" shop.example
check 'and the name is within it' verdict_is file-good

cert capitals -san DNS:ISTANBUL.EXAMPLE,DNS:*.IMAGES.EXAMPLE
chain capitals capitals inter
same 'a certificate for capitals' check --chain "$PKI/capitals.chain" --cacert "$CACERT" istanbul.example
check 'which is for this name' verdict_is file-good
same 'a wildcard for capitals' check --chain "$PKI/capitals.chain" --cacert "$CACERT" --servername i.images.example
check 'which is for this name too' verdict_is file-good
same 'another name' check --chain "$PKI/capitals.chain" --cacert "$CACERT" IZMIR.EXAMPLE
check 'whose name is shown as it is' grep -q 'izmir\.example' "$TMP/plain.C.UTF-8"

# ---- what is typed ------------------------------------------------------------------------------
# Nothing listens on port 1.

same 'IMAPS:// and a name in capitals' check IMAPS://MAIL.ISTANBUL.EXAMPLE --connect-to 127.0.0.1:1 --timeout 5
check 'both are understood' sh -c '
    grep -q "\"service\":[[:space:]]*\"imaps\"" "$1" && grep -q "\"host\":[[:space:]]*\"mail.istanbul.example\"" "$1"' \
    - "$TMP/json.C.UTF-8"
same 'HTTP://, which is refused with its reason' check HTTP://SHIP.EXAMPLE
same 'a scheme that is not known' check GOPHER://SHIP.EXAMPLE
same 'a byte over 0x7F, which is no letter' check "$(printf 'caf\347.example')"
same 'a port with a sign' check shop.example:+443
same 'a time-out with a comma' check shop.example --timeout 1,5

# ---- numbers ------------------------------------------------------------------------------------
# Every number of a case written with a fraction (443 as 44.3e1), and one that is none of ours.

for file in tests/golden/cases/*.json; do
    name=$(basename "$file" .json)
    sed -E 's/(":[[:space:]]*[0-9]+)([0-9])(,?)$/\1.\2e1\3/' "$file" >"$TMP/$name.json"
    check "$name: many numbers have a fraction" sh -c '[ "$(grep -cE "[0-9]\.[0-9]e1" "$1")" -gt 5 ]' - \
        "$TMP/$name.json"
    same "$name, with fractions" open "$TMP/$name.json"
    "$WHYTLS" open --json "$file" >"$TMP/whole"
    in_locale de_DE.UTF-8 "$WHYTLS" open --json "$TMP/$name.json" >"$TMP/fractions"
    check "$name is the same case" cmp "$TMP/whole" "$TMP/fractions"
done
sed -E 's/("port":[[:space:]]*)443/\1443.5/' tests/golden/cases/refused.json >"$TMP/half.json"
same 'half a port' open "$TMP/half.json"
check 'which is refused' grep -q 'exit code 65' "$TMP/plain.C.UTF-8"

same_output() {
    same_name=$1
    shift
    for locale in C.UTF-8 $LOCALES; do
        in_locale "$locale" "$WHYTLS" "$@" >"$TMP/said.$locale" 2>&1 </dev/null
        [ "$locale" = C.UTF-8 ] ||
            check "$same_name, $locale" diff "$TMP/said.C.UTF-8" "$TMP/said.$locale"
    done
}
same_output 'contrast of a theme' theme show
check 'which has a point' grep -Eq ' [0-9]+\.[0-9] ' "$TMP/said.C.UTF-8"

# ---- a policy whose files have an order ---------------------------------------------------------
# German has a before B; bytes have B before a, and the last one holds.

mkdir "$TMP/conf.d"
printf 'openssl_conf = init\n[init]\nssl_conf = ssl\n[ssl]\nsystem_default = own\n.include %s\n' \
    "$TMP/conf.d" >"$TMP/openssl.cnf"
printf '[own]\nMaxProtocol = TLSv1.2\n' >"$TMP/conf.d/a.cnf"
printf '[own]\nMaxProtocol = TLSv1.3\n' >"$TMP/conf.d/B.cnf"
OPENSSL_CONF=$TMP/openssl.cnf
export OPENSSL_CONF
same 'a policy of two files' check shop.example --connect-to 127.0.0.1:1 --timeout 5
unset OPENSSL_CONF
check 'of which the last one holds' grep -q '"versions":[[:space:]]*\["TLS 1.2"\]' "$TMP/json.C.UTF-8"

# ---- a page -------------------------------------------------------------------------------------

for name in refused two-faults; do
    printf 'wait page:answer\nsnap -\nkey /\ntype TITLE I\nsnap -\n' >"$TMP/script"
    for locale in C.UTF-8 tr_TR.UTF-8 de_DE.UTF-8; do
        in_locale $locale env WHYTLS_SCRIPT="$TMP/script" "$WHYTLS" open \
            "tests/golden/cases/$name.json" >"$TMP/page.$locale" 2>&1 </dev/null
        [ $locale = C.UTF-8 ] ||
            check "the answer's page of $name, $locale" diff "$TMP/page.C.UTF-8" "$TMP/page.$locale"
    done
    check "the page of $name is one" sh -c '[ "$(wc -l <"$1")" -ge 24 ]' - "$TMP/page.C.UTF-8"
done

# ---- part of the lab ----------------------------------------------------------------------------
# Walked in the locale; the JSON must be byte for byte what C.UTF-8 makes of the same case, and the
# text the same (expect.py opens it there).

cat >"$TMP/scenarios" <<'END'
other-name
sni-needed
unknown-authority
revoked-crl
interception
distrusted-authority
policy
no-cipher
clock-behind
cdn-525
card-wrong-authority
expired-and-wrong-name
END
"$WHYTLS" lab --list >"$TMP/list"
while read -r name; do
    awk -F '\t' -v OFS='\t' -v name="$name" '$1 == name { print name, $3, $4, "any" }' "$TMP/list"
done <"$TMP/scenarios" >"$TMP/table"

# That the text is that of the JSON is the lab's own test; here each is walked once.
for locale in tr_TR.UTF-8 de_DE.UTF-8; do
    "$PYTHON" tests/expect.py --scenarios "$TMP/table" --once --brief --scratch "$TMP" \
        --prefix "env LOCPATH=$TMP/locales LC_ALL=$locale" -- "$WHYTLS" >"$TMP/walked" 2>&1
    sed "/^\(not \)*ok /s/\$/, $locale/" "$TMP/walked" >"$TMP/walked.named"
    tap_merge "$TMP/walked.named"
    check "all of them were walked, $locale" test \
        "$(grep -cE '^(not )?ok ' "$TMP/walked")" -eq "$(wc -l <"$TMP/scenarios")"
done

finish
