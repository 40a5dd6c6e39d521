#!/bin/sh
# The walls between the rooms (doc/architecture.md): who may include what, what the diagnosis
# may call, what follows the locale, and the limits on the size of functions and files. Looks at sources,
# and at the objects where they are built.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh

# ---- who may include what ---------------------------------------------------------------------
# A room and the headers of include/whytls that it may use; its own header is among them. Headers of
# another room's folder ("probe/x.h") are never allowed; the table of headers by room:
#   base: buf reader text   evidence: address evidence settings case offers.def   data: data
rooms() {
    base='ascii buf reader text message redaction must_use json json_doc file output base64'
    evidence="$base address evidence route settings stores case offers.def data"
    chain="$evidence chain"
    diagnosis="$chain analysis checks walk programs tree.def said said.def message"
    cat <<END
base      $base trace
data      $evidence
evidence  $evidence
chain     $chain
probe     $chain probe trace
local     $evidence local trace
diagnosis $diagnosis
explain   $base explain
advice    $diagnosis advice
report    $diagnosis advice report blocks explain
session   $diagnosis probe local session trace
lab       $chain lab session local
store     $evidence store config
ui        $diagnosis store config advice report blocks explain session local lab ui role theme
command   *
END
}

system_includes() {
    sed -n 's/^[ \t]*#[ \t]*include[ \t]*<\([^>]*\)>.*/\1/p' "$1"
}

sources() {
    find src -name '*.[ch]' | sort
}

room_of() {
    rest=${1#src/}
    case $rest in
    */*) echo "${rest%%/*}" ;;
    *) echo command ;; # main.c
    esac
}

# What each file includes: "file <header>" or "file "header"", of all files at once.
# shellcheck disable=SC2046 # no path has a space
awk '/^[ \t]*#[ \t]*include[ \t]*[<"]/ { sub(/^[ \t]*#[ \t]*include[ \t]*/, ""); print FILENAME " " $1 }' \
    $(sources) >"$TMP/included"

judge_includes() {
    bad=0
    rooms >"$TMP/rooms"
    for file in $(sources); do
        room=$(room_of "$file")
        allowed=$(sed -n "s/^$room  *//p" "$TMP/rooms")
        if [ -z "$allowed" ]; then
            echo "$file: the room $room is not in the table of tests/walls.sh"
            bad=1
            continue
        fi
        [ "$allowed" = '*' ] && continue
        for header in $(sed -n "s|^$file \"\\(.*\\)\"\$|\\1|p" "$TMP/included"); do
            case $header in
            whytls/*)
                short=${header#whytls/}
                case " $allowed " in
                *" ${short%.h} "*) ;;
                *)
                    echo "$file includes $header"
                    bad=1
                    ;;
                esac
                ;;
            */*)
                # A path of its own room, from src or from the room's folder.
                [ "${header%%/*}" = "$room" ] || [ -e "src/$room/$header" ] ||
                    [ -e "$(dirname "$file")/$header" ] || {
                    echo "$file includes $header, of another room"
                    bad=1
                }
                case $header in
                ../*)
                    (cd "$(dirname "$file")" && cd "$(dirname "$header")" && pwd) |
                        grep -q "/src/$room" || {
                        echo "$file includes $header, of another room"
                        bad=1
                    }
                    ;;
                esac
                ;;
            esac
        done
    done
    return $bad
}
check 'each room includes only what is below it' judge_includes

# only NAME PATTERN FOLDERS...: the system header belongs to these alone.
judge_only() {
    pattern=$1
    shift
    grep -E "^[^ ]* <.*" "$TMP/included" | awk -v pattern="$pattern" '
        { header = $2; gsub(/[<>]/, "", header) } header ~ pattern { print $1 " " header }' >"$TMP/found"
    for place in "$@"; do
        grep -v "^$place" "$TMP/found" >"$TMP/found.left"
        mv "$TMP/found.left" "$TMP/found"
    done
    ! grep . "$TMP/found"
}
check 'one file alone knows curses' judge_only 'curses|^term\.h|^panel' src/ui/app/term.c
check 'GnuTLS is known in chain, probe, local, lab, evidence' judge_only '^gnutls/' \
    src/chain/ src/probe/ src/local/ src/lab/ src/evidence/ src/main.c
check 'libuv is known to those who run the loop' judge_only '^uv\.h' \
    src/probe/ src/session/ src/local/ src/ui/app/ src/command/ src/main.c
check 'libcurl is known to probe alone' judge_only '^curl/' src/probe/ src/main.c
check 'sockets are known to probe, local, session, lab' judge_only \
    '^(sys/socket|netinet/|netdb|poll|sys/epoll)' \
    src/probe/ src/local/ src/lab/ src/session/ src/base/

# A public header may be a way around the wall: probe.h and session.h bring uv.h with them, and
# nothing below them may include it.
judge_headers() {
    bad=0
    for file in include/whytls/*.h; do
        case $file in
        */probe.h | */session.h) continue ;;
        esac
        if system_includes "$file" | grep -E '^(uv|gnutls/|curl/|curses|ncurses)'; then
            echo "in $file"
            bad=1
        fi
    done
    return $bad
}
check 'the contracts name no library' judge_headers

# ---- the diagnosis is pure --------------------------------------------------------------------

# objects_of FOLDER...: what was built of the sources that are there now, not of those that were.
objects_of() {
    find "$@" -name '*.c' | sed "s|\\(.*\\)\\.c\$|$BUILD/obj/\\1.o|"
}

judge_symbols() {
    # shellcheck disable=SC2046 # no path has a space
    set -- $(objects_of src/diagnosis)
    # Undefined symbols of the whole room that the room does not define itself.
    nm "$@" | awk '$1 == "U" { used[$2] } NF == 3 && $2 ~ /[TDRBVWC]/ { own[$3] }
        END { for (s in used) if (!(s in own)) print s }' | sort >"$TMP/symbols"
    [ -s "$TMP/symbols" ] || {
        echo 'no symbols were found'
        return 1
    }
    # libc's pure part, the compiler's own, and our pure rooms: nothing else.
    ! grep -Ev '^(mem(cpy|move|set|cmp|chr)|__mem(cpy|move|set)_chk|str(n?cmp|n?len|r?chr|str|spn|cspn)|__(v?sn?printf|str(n?cpy|n?cat))_chk|v?snprintf|q?sort|bsearch|abort|__assert_fail|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|__(asan|ubsan)_.*|(ascii|text|buf|reader|settings|outcome|offer|change|client|stage|break|refused_for|protocol|event|witness|question|evidence|issuer_kind|fetch_state|case_code|chain|cert|data|address|store_kind|blob|rules)_[a-z0-9_]+|client_(at|find)|alert_name|handshake_name)$' "$TMP/symbols"
}
if ls "$BUILD"/obj/src/diagnosis/checks/*.o >/dev/null 2>&1; then
    check 'the diagnosis calls nothing but pure functions' judge_symbols
else
    skip 'the diagnosis calls nothing but pure functions' 'it is not built yet'
fi

# What is found is an id of said.def and its values: whoever judges has no words, so that nothing is
# decided by them, and a case is the same in every language.
judge_findings() {
    ! grep -nE 'printf|va_list|advice_' src/diagnosis/checks/*.c src/diagnosis/context.[ch] src/diagnosis/walk.c \
        src/diagnosis/kept.c
}
check 'findings hold no words' judge_findings
judge_said() {
    bad=0
    for name in $(sed -n 's/^SAID\(_FINE\)\{0,1\}(\([A-Z0-9_]*\),.*/\2/p' include/whytls/said.def); do
        grep -rqw "SAID_$name" src/diagnosis || {
            echo "nobody says SAID_$name"
            bad=1
        }
    done
    return $bad
}
check 'each row of said.def is said by somebody' judge_said

# ---- no circles -------------------------------------------------------------------------------

# Who calls whom, a file a side, from the objects; tsort says where that goes round. The table of
# pages names its pages, which ask it what is shown: that circle alone is meant.
judge_circles() {
    objects_of src >"$TMP/objects"
    # shellcheck disable=SC2046 # no path has a space
    nm -A $(cat "$TMP/objects") | awk '
        { colon = index($0, ":"); file = substr($0, 1, colon - 1); $0 = substr($0, colon + 1) }
        $1 == "U" { n++; user[n] = file; used[n] = $2 }
        NF == 3 && $2 ~ /[TDRBVWC]/ { owner[$3] = file }
        END { for (i = 1; i <= n; i++) {
                  of = owner[used[i]]
                  if (of && of != user[i] && user[i] !~ /ui\/pages\/table\.o$/) print user[i], of
              } }' | sort -u >"$TMP/calls"
    [ -s "$TMP/calls" ] || {
        echo 'no calls were found'
        return 1
    }
    tsort "$TMP/calls" >/dev/null
}
if [ -e "$BUILD/obj/src/main.o" ]; then
    check 'no files call each other in a circle' judge_circles
else
    skip 'no files call each other in a circle' 'it is not built yet'
fi

# ---- stages -----------------------------------------------------------------------------------

# How far a probe came is asked by predicates (outcome.h): a new stage, or a hop more, is then a matter of
# one file. The timeline alone compares besides: stages only ever go up.
judge_stages() {
    ! grep -nE '(stage *(<|>|<=|>=|==|!=) *STAGE_|STAGE_[A-Z_]+ *(<|>|<=|>=|==|!=))' -r src --include='*.[ch]' |
        grep -v '^src/evidence/stages\.c:' | grep -v STAGE_COUNT
}
check 'stages are compared in one file' judge_stages

# ---- the tree and its files -------------------------------------------------------------------

judge_tree() {
    tree=include/whytls/tree.def
    bad=0
    for file in src/diagnosis/checks/*.c; do
        # ROW(NAME, ...) stands for the struct check check_NAME; a file with none is no check.
        names=$(sed -n 's/^const struct check check_\([a-z0-9_]*\).*/\1/p' "$file")
        [ -n "$names" ] || {
            echo "$file defines no struct check"
            bad=1
        }
        for name in $names; do
            grep -q "^ROW($name," "$tree" || {
                echo "$file: $name has no row in $tree"
                bad=1
            }
        done
    done
    [ "$(wc -l <"$tree")" -le 60 ] || {
        echo "$tree no longer fits one screen"
        bad=1
    }
    return $bad
}
check 'every check has its row in the tree' judge_tree

# ---- what pages keep for themselves -------------------------------------------------------------

# The model and what moves in it carry the forms of pages (src/ui/forms.h), and know none of them.
judge_forms() {
    ! grep -nE 'forms(\.|->)[a-z]{2}|(address|case|save|compare|settings|tree)_form' src/ui/*.c src/ui/model.h src/ui/page.h
}
check 'the model knows no form of a page' judge_forms

# ---- sizes ------------------------------------------------------------------------------------

judge_files() {
    # Tables of data may be as long as what they list.
    for file in $(sources) include/whytls/*.h; do
        wc -l "$file"
    done | awk '$1 > 500 { print $2 ": " $1 " lines, at most 500"; bad = 1 } END { exit bad }'
}
check 'no file is longer than 500 lines' judge_files

# A function begins at a "{" and ends at a "}" in the first column (.clang-format sees to that).
measure_functions() {
    for file in $(find src -name '*.c' | sort); do
        awk -v file="$file" '
            /^[A-Za-z_].*\(/  { name = $0 }
            /^{/              { start = NR }
            /^}/ && start     { sub(/\(.*/, "", name); sub(/.*[ *]/, "", name)
                                print NR - start - 1, file ": " name; start = 0 }' "$file"
    done
}
judge_functions() {
    measure_functions | awk '
        $1 > 80 { print $2, $3 ": " $1 " lines, at most 80"; bad = 1 }
        { n++; if ($1 <= 45) short++ }
        END {
            if (n == 0) { print "no function was found"; exit 1 }
            if (short < 0.9 * n) { print short " of " n " are within 45 lines: nine in ten are asked"; bad = 1 }
            exit bad
        }'
}
check 'no function is longer than 80 lines, nine in ten within 45' judge_functions

# ---- what is not called -----------------------------------------------------------------------

# Comments and strings out, so that a word in them is no call: "file:line:code", of all files once.
# shellcheck disable=SC2046 # no path has a space
awk 'FNR == 1 { inside = 0 }
     { gsub(/\\"/, ""); gsub(/"[^"]*"/, "\"\""); sub(/\/\/.*/, ""); gsub(/\/\*.*\*\//, "") }
     inside && /\*\// { sub(/.*\*\//, ""); inside = 0 }
     /\/\*/ { sub(/\/\*.*/, ""); if (!inside) print FILENAME ":" FNR ":" $0; inside = 1; next }
     !inside { print FILENAME ":" FNR ":" $0 }' \
    $(find src include -name '*.[ch]' -o -name '*.def' | sort) >"$TMP/code"
# calls PATTERN: where a function of that name is called.
calls() {
    grep -E "^[^:]*:[0-9]*:(.*[^A-Za-z0-9_>.])?($1)[ ]*\(" "$TMP/code"
}
# judge_calls PATTERN PLACE...: nobody calls that but the places, each a path or its beginning.
judge_calls() {
    calls "$1" >"$TMP/calls"
    shift
    for place in "$@"; do
        grep -v "^$place" "$TMP/calls" >"$TMP/calls.left"
        mv "$TMP/calls.left" "$TMP/calls"
    done
    ! grep . "$TMP/calls"
}
check 'no call that can overflow or run a shell' \
    judge_calls 'sprintf|vsprintf|strcpy|strcat|strncat|gets|strtok|system|popen|tmpnam|mktemp|alloca'
# The template "%s" alone is a copy that nobody is told of when it was cut: text_copy says so.
judge_copies() {
    ! grep -rnE 'snprintf\([^;"]*"%s",' src --include='*.c' | grep -v '^src/ui/'
}
check 'no snprintf that only copies' judge_copies
check 'only commands end the program' judge_calls 'exit|abort|perror|err|errx' \
    src/command/ src/main.c

# ---- what comes from outside --------------------------------------------------------------------
# Whoever calls one of these has bytes from a server, a file, a terminal or a command line, or text that
# was in them. Their file's opening comment names the fuzzer that has it ("Fuzzed by fuzz_x."), or says
# "Parses nothing from outside.": it hands them on, or they are our own.
takes_bytes='file_(read|read_any|bytes|open)|recv|recvfrom|recvmsg|read|readv|pread|getch|get_wch|getline|fgets|fread|getopt_long|gnutls_record_recv|layer_receive'
takes_bytes="$takes_bytes|reader_of|gnutls_[a-z0-9_]*(import|decode)[a-z0-9_]*|cJSON_Parse[A-Za-z]*|json_check|json_doc_open|sqlite3_open(_v2)?"
takes_bytes="$takes_bytes|ascii_take_number|base64_decode|text_clean|text_clean_marked|utf8_take|mouse_take|field_paste"

# The opening comment in one line.
opening() {
    sed '/\*\//q' "$1" | sed 's/^ \* //' | tr '\n' ' '
}
find src -name '*.c' | sort | while read -r file; do
    opening "$file" | grep -oE 'Fuzzed by fuzz_[a-z0-9_]+' | sed "s|^Fuzzed by \(.*\)|\1 $file|"
done >"$TMP/fuzzed"

is_in() {
    grep -qxF "$1" "$2"
}
judge_parsers() {
    bad=0
    calls "$takes_bytes" | cut -d: -f1 | sort -u >"$TMP/taking"
    # shellcheck disable=SC2046 # no path has a space
    awk 'FNR == 1 { is_over = 0; text = "" }
         !is_over { sub(/^ \* /, ""); text = text " " $0
                    if (/\*\//) { is_over = 1
                                  if (text ~ /Parses nothing from outside\./) print FILENAME } }' \
        $(find src -name '*.c') >"$TMP/free"
    cut -d' ' -f2 "$TMP/fuzzed" >"$TMP/fuzzed.files"
    for file in $(find src -name '*.c' | sort); do
        is_taking=
        is_in "$file" "$TMP/taking" && is_taking=1
        is_free=
        is_in "$file" "$TMP/free" && is_free=1
        is_fuzzed=
        is_in "$file" "$TMP/fuzzed.files" && is_fuzzed=1
        case ${is_taking:-0}${is_free:-0}${is_fuzzed:-0} in
        000 | 001 | 101 | 110) continue ;;
        100) echo "$file takes bytes from outside: name its fuzzer" ;;
        *) echo "$file says \"Parses nothing from outside\" for no reason" ;;
        esac
        bad=1
    done
    return $bad
}
judge_fuzzers() {
    bad=0
    for file in tests/fuzz/fuzz_*.c; do
        name=$(basename "$file" .c)
        grep -q "^$name " "$TMP/fuzzed" || {
            echo "no file of src names $name"
            bad=1
        }
        grep -qE "(^|[|;] *|^ +)seed ${name#fuzz_} " tests/fuzz/seeds.sh || {
            echo "$name has no seed"
            bad=1
        }
    done
    while read -r name file; do
        [ -e "tests/fuzz/$name.c" ] || {
            echo "$file: there is no $name"
            bad=1
        }
    done <"$TMP/fuzzed"
    return $bad
}
# A fuzzer calls the file that names it, or one that does.
judge_reach() {
    (BUILD=$fuzzers_in objects_of src tests/fuzz) >"$TMP/objects"
    # shellcheck disable=SC2046 # no path has a space
    nm -A $(cat "$TMP/objects") | awk -v build="$fuzzers_in/obj/" '
        FILENAME == ARGV[1] { fuzzer[++n] = "tests/fuzz/" $1 ".o"; sub(/c$/, "o", $2); parser[n] = $2; next }
        { colon = index($0, ":"); file = substr($0, length(build) + 1, colon - length(build) - 1)
          $0 = substr($0, colon + 1) }
        $1 == "U" && !((file, $2) in seen) { seen[file, $2] = 1; uses[file] = uses[file] " " $2 }
        NF == 3 && $2 ~ /[TDRBVWC]/ { owner[$3] = file }
        END {
            if (!n) { print "no file names a fuzzer"; exit 1 }
            for (i = 1; i <= n; i++) {
                split("", reached); split("", todo); todo[left = 1] = fuzzer[i]
                while (left > 0) {
                    at = todo[left--]
                    if (at in reached) continue
                    reached[at] = 1
                    m = split(uses[at], names, " ")
                    for (k = 1; k <= m; k++) if (names[k] in owner) todo[++left] = owner[names[k]]
                }
                if (!(parser[i] in reached)) { print fuzzer[i], "does not reach", parser[i]; bad = 1 }
            }
            exit bad
        }' "$TMP/fuzzed" -
}
check "what takes outside bytes apart is fuzzed: $(wc -l <"$TMP/fuzzed") files" judge_parsers
check "each fuzzer has its parsers and its seeds: $(find tests/fuzz -name 'fuzz_*.c' | wc -l) fuzzers" judge_fuzzers
# `make check` builds the fuzzers with sanitizers alone.
fuzzers_in=
for folder in "$BUILD" "$BUILD/asan"; do
    [ -e "$folder/obj/src/main.o" ] || continue
    [ -n "$(find tests/fuzz -name '*.c' | sed "s|\(.*\)\.c\$|$folder/obj/\1.o|" | while read -r object; do
        [ -e "$object" ] || echo "$object"
    done)" ] || fuzzers_in=$folder
done
if [ -n "$fuzzers_in" ]; then
    check 'the fuzzers reach what they are named for' judge_reach
else
    skip 'the fuzzers reach what they are named for' 'they are not built yet'
fi

# ---- what follows the locale --------------------------------------------------------------------
# Names and words of protocols are compared, and numbers and dates read and written, by whytls/ascii.h and
# our own code: nothing that the locale changes decides anything. Of the locale's categories the
# program sets LC_CTYPE alone, and only these ask for it:
#   src/main.c            setlocale: sets it
#   src/ui/app/term.c     nl_langinfo: is the terminal one of UTF-8? (curses draws by it too)
#   src/base/text.c       nl_langinfo, wcwidth: how many columns a character takes (text_width)
#   src/local/stores.c    glob: finds the user's files; in the order of bytes, as LC_COLLATE is not set
#   src/ui/theme/read.c, src/command/command_theme.c
#                         %.1f: contrast for people; with a point, as LC_NUMERIC is not set
# strerror is no word of a protocol; its texts are for people and English, as LC_MESSAGES is not set.

# LC_CTYPE; LC_COLLATE and patterns; LC_NUMERIC, and the integers that skip isspace(); LC_TIME; the
# locale itself and translations.
follows_locale='is(alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit)(_l)?|to(lower|upper)(_l)?|_to(lower|upper)|__ctype_[a-z_]+|str(n?casecmp|casestr)(_l)?|isw[a-z]+|tow[a-z]+|wc[a-z]+|wmem[a-z]+|mb(len|rlen|rtowc|s?n?rtowcs|stowcs|towc|sinit)|c?btowc|(mbrtoc|c)(16|32|8)(rtomb)?|f?(get|put)wc(har|s)?|v?[fs]?w(printf|scanf)'
follows_locale="$follows_locale|str(coll|xfrm)(_l)?|fnmatch|glob(64)?|wordexp|reg(comp|exec)|(alpha|version)sort(64)?|rpmatch"
follows_locale="$follows_locale|strto(d|f|ld|f[0-9]+x?)(_l)?|strto(u?ll?|[iu]max|u?q)|(__isoc[0-9]+_)?strtou?ll?|ato(f|i|ll?)|v?[fs]?scanf|__isoc[0-9]+_v?[fs]?scanf|[ef]cvt(_r)?|gcvt|strfmon(_l)?|strfrom(d|f|l)"
follows_locale="$follows_locale|strf[dt]ime(_l)?|wcsftime|strptime(_l)?|getdate(_r)?"
follows_locale="$follows_locale|setlocale|localeconv|(new|use|dup|free)locale|nl_langinfo(_l)?|iconv(_open)?|d?c?n?gettext|bindtextdomain|textdomain|catopen"
# cJSON's without CaseSensitive in their names compare by tolower().
follows_locale="$follows_locale|cJSON_(GetObjectItem|HasObjectItem|Compare|(Delete|Detach)ItemFromObject|ReplaceItemInObject)"

may_follow_locale() {
    case $1:$2 in
    src/main.c:setlocale | src/ui/app/term.c:nl_langinfo | src/base/text.c:nl_langinfo | \
        src/base/text.c:wcwidth | src/local/stores.c:glob | src/local/stores.c:glob64) return 0 ;;
    esac
    return 1
}

# Also where the name stands without a call: a pointer to such a function, a macro of ours.
judge_locale_sources() {
    grep -wE "$follows_locale" "$TMP/code" | grep -v '^[^:]*:[0-9]*:[ \t]*#[ \t]*include' |
        while IFS=: read -r file _ line; do
            printf '%s\n' "$line" | grep -owE "$follows_locale" | while read -r name; do
                may_follow_locale "$file" "$name" || echo "$file: $name"
            done
        done >"$TMP/locale"
    ! grep . "$TMP/locale"
}

judge_locale_objects() {
    objects_of src >"$TMP/objects"
    # shellcheck disable=SC2046 # no path has a space
    nm -A $(cat "$TMP/objects") | sed -n "s|^$BUILD/obj/\\(.*\\)\\.o:.* U \\([^@]*\\).*|\\1.c \\2|p" |
        sort -u >"$TMP/uses"
    grep -q '^src/base/text\.c wcwidth$' "$TMP/uses" || {
        echo 'what is known to be used was not found'
        return 1
    }
    grep -E " ($follows_locale)\$" "$TMP/uses" | while read -r file name; do
        may_follow_locale "$file" "$name" || echo "$file: $name"
    done >"$TMP/locale"
    ! grep . "$TMP/locale"
}

# Only LC_CTYPE is set, once.
judge_setlocale() {
    calls setlocale >"$TMP/setlocale"
    grep . "$TMP/setlocale" # the log where it fails
    [ "$(wc -l <"$TMP/setlocale")" -eq 1 ] && grep -q 'setlocale(LC_CTYPE, ' "$TMP/setlocale"
}

# %f and its kin write the point of LC_NUMERIC, "%'d" groups by it; %ls and %lc ask for LC_CTYPE.
judge_formats() {
    # '%' is a character, and "%2F" is a slash in a URL.
    for file in $(find src include -name '*.[ch]' -o -name '*.def' |
        grep -vE '^src/(ui/theme/read|command/command_theme)\.c$'); do
        sed -e "s/'%'//g" -e 's/"%2F"//g' "$file" | sed "s|^|$file: |"
    done >"$TMP/formats"
    ! grep -E "%[-+ #0-9.*]*('|[lL]?[fFeEgGaA]([^A-Za-z0-9]|\$)|l[sc])" "$TMP/formats"
}

# The judgements do not ask how wide a text is.
judge_width() {
    judge_calls 'text_width' src/base/text.c include/whytls/text.h src/ui/ src/advice/ src/report/
}
check 'no header of what follows the locale' judge_only '^(w?ctype|strings|regex|fnmatch|wordexp|iconv|libintl|monetary|xlocale|uchar)\.h$'
check 'wide characters, for their width alone' judge_only '^(wchar|langinfo)\.h$' src/base/text.c src/ui/app/term.c
check 'nothing that follows the locale is named' judge_locale_sources
if [ -e "$BUILD/obj/src/main.o" ]; then
    check 'nothing that follows the locale is called' judge_locale_objects
else
    skip 'nothing that follows the locale is called' 'it is not built yet'
fi
check 'LC_CTYPE is set, once, and nothing else' judge_setlocale
check 'no number is written as the locale has it' judge_formats
check 'no judgement asks how wide a text is' judge_width

# The terminal and what a server child leaves open are no files of anybody's.
check 'files are opened, written and renamed in base alone' judge_calls \
    'fopen|freopen|open|openat|creat|mkstemp|mkostemp|rename|renameat2?|link|linkat|gnutls_load_file' \
    src/base/ src/ui/app/term.c src/lab/server.c
# A file is found by its name alone, and who is named in a comment or in doc/ is there.
judge_base_names() {
    ! find src include tests tools -name '*.[ch]' | sed 's|.*/||' | sort | uniq -d | grep .
}
judge_named_files() {
    {
        printf '%s\n' rsa.h pkcs11n.h sysexits.h # other projects' own
        find src include tests tools "$BUILD/gen" -name '*.[ch]' | sed 's|.*/||'
    } | sort -u >"$TMP/have"
    grep -rnoE "(^|[^a-z0-9_/.<-])((src|include|tests|tools)/[a-z0-9_/]*)?[a-z0-9_]+\.[ch]([^a-z0-9_(]|\$)" \
        src include doc README.md SECURITY.md tests/README.md --include='*.[ch]' --include='*.md' |
        sed -E 's|^([^:]*:[0-9]*):.*[^a-z0-9_]([a-z0-9_]+\.[ch]).?$|\1 \2|' |
        awk 'FILENAME == ARGV[1] { have[$1]; next } !($2 in have) { print $1 ": there is no " $2; bad = 1 }
             END { exit bad }' "$TMP/have" -
}
# The first line of a file's opening comment is its own name: "name.c - what it is for".
judge_openings() {
    # shellcheck disable=SC2046 # no path has a space
    awk 'FNR == 1 { first = $0; next }
         FNR == 2 { name = FILENAME; sub(/.*\//, "", name)
                    if (!index(first " " $0, " " name " - ")) { print FILENAME; bad = 1 } }
         END { exit bad }' $(find src include tests tools -name '*.[ch]')
}
check 'no two files have the same name' judge_base_names
check 'each file opens with its own name' judge_openings
check 'the files that are named are there' judge_named_files
check 'every source says its licence' sh -c '
    ! grep -L "SPDX-License-Identifier: MIT" $(find src include tests tools -name "*.[ch]" -o \
        -name "*.def" -o -name "*.sh" -o -name "*.py" -o -name "*.js" -o -name "*.java") | grep .'

finish
