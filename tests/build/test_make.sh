#!/bin/sh
# What make says and how it ends: where libraries are missing, with all cores, and `make run`, whose answer
# is no failure. Nothing is installed here and no network is used.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

has make || skip_all 'make is not there'
unset MAKEFLAGS MFLAGS MAKELEVEL

# ---- what is missing ----------------------------------------------------------------------------

# lacking NAME PACKAGES COMMAND...: make fails, and its last word names the packages, not a header.
lacking() {
    lacking_name=$1 wanted=$2
    shift 2
    rm -rf "$TMP/build"
    if "$@" BUILD="$TMP/build" >"$TMP/out" 2>&1; then
        not_ok "$lacking_name: fails" "$TMP/out"
        return
    fi
    said=$(grep 'be built yet' "$TMP/out")
    bad=
    for package in $wanted; do
        case $said in *"$package"*) ;; *) bad="$bad $package" ;; esac
    done
    grep -q 'missing: make deps' "$TMP/out" || bad="$bad (how to get it)"
    grep -q 'fatal error\|No such file' "$TMP/out" && bad="$bad (the compiler was asked first)"
    if [ -z "$bad" ] && [ "$(grep -c 'be built yet' "$TMP/out")" -eq 1 ]; then
        ok "$lacking_name: one line names it"
    else
        echo "lacks:$bad" >>"$TMP/out"
        not_ok "$lacking_name: one line names it" "$TMP/out"
    fi
}
lacking 'no library is known to pkg-config' 'gnutls libuv' \
    env PKG_CONFIG_LIBDIR=/nonexistent PKG_CONFIG_PATH= make
lacking 'pkg-config fails' 'gnutls libuv' make PKG_CONFIG=false
lacking 'there is no pkg-config' 'no-such-program gnutls' make PKG_CONFIG=no-such-program
# A pkg-config that lacks one library, as on a system where one was forgotten.
printf '#!/bin/sh\ncase "$*" in *%s*) exit 1 ;; esac\nexec %s "$@"\n' libuv "${PKG_CONFIG:-pkg-config}" \
    >"$TMP/forgetful"
sed 's/libuv/cmocka/' "$TMP/forgetful" >"$TMP/untested"
chmod +x "$TMP/forgetful" "$TMP/untested"
lacking 'one library is missing' 'libuv' make PKG_CONFIG="$TMP/forgetful"
only_one() {
    ! grep -q gnutls "$TMP/out"
}
check 'and only that one' only_one
lacking 'the library of the tests is missing' 'cmocka' \
    make PKG_CONFIG="$TMP/untested" "$TMP/build/obj/tests/unit/test_text.o"

# ---- cores --------------------------------------------------------------------------------------

# The recipes that `make run` would follow, without following them (DEPS_DRY_RUN, -n).
jobs_of_run() {
    make -n "$@" run 2>/dev/null | sed -n 's/.*make.* --no-print-directory *\(-j[0-9]*\).* all.*/\1/p' |
        head -n 1
}
cores=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)
all_cores() {
    [ "$(jobs_of_run)" = "-j$cores" ]
}
check "make run uses all $cores cores" all_cores
as_asked() {
    [ -z "$(jobs_of_run -j1)" ] && [ -z "$(jobs_of_run -j7)" ] && [ -z "$(MAKEFLAGS=-j3 jobs_of_run)" ]
}
check 'or as many as were asked for' as_asked

# ---- make run -------------------------------------------------------------------------------------

# A program that ends as it is told stands for ours.
mkdir -p "$TMP/fake"
printf '#!/bin/sh\necho "told: $*"\nexit ${ENDS_WITH:-0}\n' >"$TMP/fake/whytls"
chmod +x "$TMP/fake/whytls"
ends() {
    ENDS_WITH=$1 BUILD=$TMP/fake sh tools/run.sh shop.example >"$TMP/out" 2>&1 </dev/null
    [ $? -eq "$2" ] && grep -q 'told: check shop.example' "$TMP/out"
}
for code in 0 1 2 3 130; do
    check "make run: the answer $code is no failure" ends $code 0
done
for code in 64 74 78 134 139; do
    check "make run: $code is one" ends $code $code
    check "and it is said" grep -q "exit code $code" "$TMP/out"
done
practice() {
    ENDS_WITH=$1 BUILD=$TMP/fake sh tools/run.sh >"$TMP/out" 2>&1 </dev/null
    [ $? -eq "$2" ] && grep -q 'told: lab' "$TMP/out"
}
check 'make run without a target: the cause that should be found' practice 1 0
check 'make run without a target: another end is a failure' practice 2 2

finish
