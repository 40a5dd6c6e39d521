#!/bin/sh
# Which protections this compiler has: it is asked for each, and those that it takes are printed in a
# line. Arguments: compile|link, then the compiler with the flags of its user (_FORTIFY_SOURCE is
# nothing without -O). -ftrivial-auto-var-init is not among them: valgrind would see no mistake any more.
# SPDX-License-Identifier: MIT
set -u

what=${1:-}
[ $# -ge 2 ] && shift || what=

# The first of these that is taken.
offer() {
    for flags in "$@"; do
        # With a header: libc itself complains of a _FORTIFY_SOURCE that it does not have.
        # shellcheck disable=SC2086
        if printf '#include <stdio.h>\nint main(void) { return puts("") < 0; }\n' |
            $compiler -Werror $flags $only -x c - -o "$scratch/a" >/dev/null 2>&1; then
            taken="$taken $flags"
            return
        fi
    done
}

compiler=$*
taken=
only=
scratch=$(mktemp -d "${TMPDIR:-/tmp}/whytls-hardening.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
case $what in
compile)
    only=-c
    # Some compilers have one of their own: then another one is a redefinition.
    offer '-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3' '-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2'
    offer -fstack-protector-strong
    offer -fstack-clash-protection
    offer -fcf-protection=full          # x86: indirect branches, the shadow stack
    offer -mbranch-protection=standard  # ARM: the same there
    ;;
link)
    offer '-fPIE -pie'
    offer -Wl,-z,relro
    offer -Wl,-z,now
    offer -Wl,-z,noexecstack
    taken=$(echo "$taken" | sed 's/-fPIE //') # objects are made with -fPIC anyway
    ;;
*)
    echo "usage: tools/hardening.sh compile|link COMPILER [FLAG ...]" >&2
    exit 64
    ;;
esac
echo "${taken# }"
