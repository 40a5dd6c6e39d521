#!/bin/sh
# The program is protected as far as its compiler can: what tools/hardening.sh found is in the program.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

has readelf || skip_all 'readelf is not there'
CC=${CC:-cc}
program=$BUILD/whytls
compile=$(sh tools/hardening.sh compile "$CC" -O2)
link=$(sh tools/hardening.sh link "$CC" -O2)
readelf -W -h -l -d "$program" >"$TMP/elf"
readelf -W -n "$program" >"$TMP/notes" 2>/dev/null
readelf -W --dyn-syms "$program" >"$TMP/symbols"

# where FLAG NAME COMMAND...: only where the compiler took this flag.
where() {
    case " $compile $link " in
    *" $1 "*)
        shift
        check "$@"
        ;;
    *) skip "$2" "$CC does not take $1" ;;
    esac
}
# A program of nothing, made with these flags: what can be had here at all.
nothing_has() {
    # shellcheck disable=SC2086
    echo 'int main(void) { return 0; }' | $CC $1 -fPIC -x c - -o "$TMP/nothing" 2>/dev/null &&
        readelf -W -n "$TMP/nothing" | grep -q "$2"
}
noted() {
    if nothing_has "$1" "$2"; then
        where "$1" "$3" grep -q "$2" "$TMP/notes"
    else
        skip "$3" 'this system marks no program so'
    fi
}
lacks() {
    ! grep -E "$1" "$2"
}

where -pie 'it lies anywhere (PIE)' grep -Eq 'Type: +DYN' "$TMP/elf"
where -Wl,-z,relro 'its tables are read-only (RELRO)' grep -q GNU_RELRO "$TMP/elf"
where -Wl,-z,now 'and bound at the start' grep -Eq 'FLAGS.*(BIND_NOW|NOW)' "$TMP/elf"
where -Wl,-z,noexecstack 'no stack is run' grep -Eq 'GNU_STACK.* RW +0x' "$TMP/elf"
check 'no text is written to' lacks TEXTREL "$TMP/elf"
check 'no library is looked for in a folder of ours' lacks 'RPATH|RUNPATH' "$TMP/elf"
check 'nothing is both written and run' lacks 'LOAD.* RWE ' "$TMP/elf"
where -fstack-protector-strong 'the stack is guarded' grep -q __stack_chk_fail "$TMP/symbols"
case $compile in
*-D_FORTIFY_SOURCE*) check 'copies are counted (FORTIFY)' grep -Eq '__[a-z]+_chk' "$TMP/symbols" ;;
*) skip 'copies are counted (FORTIFY)' "$CC has none" ;;
esac
noted -fcf-protection=full IBT 'indirect branches have their targets (IBT)'
noted -fcf-protection=full SHSTK 'returns are held against a second stack (SHSTK)'
noted -mbranch-protection=standard BTI 'indirect branches have their targets (BTI)'
noted -mbranch-protection=standard PAC 'returns are signed (PAC)'
# The program is marked only where the system's own start-up code is; what was compiled here is, each object.
all_marked() {
    find "$BUILD/obj/src" -name '*.o' >"$TMP/objects"
    [ -s "$TMP/objects" ] && while read -r object; do
        readelf -W -n "$object" 2>/dev/null | grep -q "$1" || {
            echo "$object is not marked $1"
            return 1
        }
    done <"$TMP/objects"
}
object_has() {
    # shellcheck disable=SC2086
    echo 'int nothing;' | $CC $1 -c -x c - -o "$TMP/nothing.o" && readelf -W -n "$TMP/nothing.o" | grep -q "$2"
}
for mark in IBT SHSTK BTI PAC; do
    case $mark in
    IBT | SHSTK) flag=-fcf-protection=full ;;
    *) flag=-mbranch-protection=standard ;;
    esac
    if object_has $flag $mark 2>/dev/null; then
        where $flag "each object is marked $mark" all_marked $mark
    else
        skip "each object is marked $mark" 'none can be here'
    fi
done
# Frames larger than a page are touched page by page: on x86 by `or $0x0,(%rsp)`.
touches_pages() {
    objdump -d "$program" | grep -Eq 'or[ql]? +\$0x0,(0x[0-9a-f]+)?\(%[er]sp'
}
case $(uname -m) in
x86_64 | i?86)
    if has objdump; then
        where -fstack-clash-protection 'no frame jumps over the guard page' touches_pages
    else
        skip 'no frame jumps over the guard page' 'objdump is not there'
    fi
    ;;
*) skip 'no frame jumps over the guard page' 'this test reads x86' ;;
esac

# The flags are good ones with every compiler that is here.
for compiler in gcc clang; do
    has $compiler || continue
    flags="$(sh tools/hardening.sh compile $compiler -O2) $(sh tools/hardening.sh link $compiler -O2)"
    compiles() {
        # shellcheck disable=SC2086
        printf '#include <stdio.h>\nint main(void) { return puts("") < 0; }\n' |
            $compiler -O2 -Wall -Werror -fPIC $flags -x c - -o "$TMP/all" && "$TMP/all"
    }
    check "$compiler takes all of them together" compiles
done
asks_for_a_compiler() {
    sh tools/hardening.sh compile 2>/dev/null
    [ $? -eq 64 ]
}
check 'it is asked of a compiler' asks_for_a_compiler

finish
