#!/bin/sh
# Sees to it that what the build (`build`), the tests too (`check`), or those on foreign software too
# (`foreign`) need is there. Where all is
# there: silent, nothing done, no network. Else it says what it will install, and installs it with
# the system's package manager. DEPS_DRY_RUN=1 only says. For the Makefile, `missing-build` and
# `missing-check`, then names of libraries: a line that names the packages that are lacking and how to get them.
# SPDX-License-Identifier: MIT
set -u

want=${1:-build}
only_names=
case $want in
build | check | foreign) ;;
missing-build | missing-check) only_names=yes want=${want#missing-} ;;
*)
    echo "usage: tools/deps.sh build|check|foreign|missing-build|missing-check" >&2
    exit 64
    ;;
esac
pkg_config=${PKG_CONFIG:-pkg-config}
# Servers live here, and an ordinary user's PATH leaves it out on Debian.
PATH=$PATH:/usr/sbin:/sbin

# FOR  KIND    PROBE               apt  dnf  pacman  apk  zypper      (- where there is none)
# KIND: cmd (any of a,b on the PATH), pc (pkg-config knows it), header (the compiler finds it),
# py (a python3 imports it), file (any of a,b is there).
# gcc without its recommended packages has no C library to build with: hence the header row.
needs() {
    cat <<'END'
build cmd    cc,gcc      gcc gcc gcc gcc gcc
build header stdio.h     libc6-dev glibc-devel glibc musl-dev glibc-devel
build cmd    make        make make make make make
build cmd    pkg-config  pkg-config pkgconf-pkg-config pkgconf pkgconf pkg-config
build pc     gnutls      libgnutls28-dev gnutls-devel gnutls gnutls-dev libgnutls-devel
build pc     libuv       libuv1-dev libuv-devel libuv libuv-dev libuv-devel
build pc     ncursesw    libncurses-dev ncurses-devel ncurses ncurses-dev ncurses-devel
build pc     libcjson    libcjson-dev cjson-devel cjson cjson-dev cJSON-devel
build pc     libcurl     libcurl4-gnutls-dev libcurl-devel curl curl-dev libcurl-devel
build pc     sqlite3     libsqlite3-dev sqlite-devel sqlite sqlite-dev sqlite3-devel
check pc     cmocka      libcmocka-dev libcmocka-devel cmocka cmocka-dev libcmocka-devel
check cmd    tmux        tmux tmux tmux tmux tmux
check cmd    openssl     openssl openssl openssl openssl openssl
check cmd    gnutls-serv gnutls-bin gnutls-utils gnutls gnutls-utils gnutls
check cmd    style       diction - - - diction
check cmd    valgrind    valgrind valgrind valgrind valgrind valgrind
check cmd    python3     python3 python3 python python3 python3
check py     pyte        python3-pyte python3-pyte python-pyte py3-pyte python3-pyte
check cmd    faketime    faketime libfaketime libfaketime libfaketime libfaketime
check cmd    git         git git git git git
check cmd    localedef   libc-bin glibc-common glibc musl-locales glibc
check file   /usr/share/i18n/locales/tr_TR,/usr/share/i18n/locales/tr_TR.gz locales glibc-locale-source glibc musl-locales glibc-i18ndata
check cmd    certutil    libnss3-tools nss-tools nss nss-tools mozilla-nss-tools
foreign cmd  ip          iproute2 iproute iproute2 iproute2 iproute2
foreign cmd  nginx       nginx nginx nginx nginx nginx
foreign cmd  haproxy     haproxy haproxy haproxy haproxy haproxy
foreign cmd  stunnel4,stunnel stunnel4 stunnel - stunnel stunnel
foreign cmd  node        nodejs nodejs nodejs nodejs nodejs
END
}

has_package() {
    [ "$manager" = apt ] && dpkg -s "$1" 2>/dev/null | grep -q '^Status: .* installed$'
}

# Present is what works, wherever it came from: a node or a compiler from elsewhere counts.
is_present() {
    case $1 in
    cmd)
        for c in $(echo "$2" | tr , ' '); do
            command -v "$c" >/dev/null 2>&1 && return 0
        done
        ;;
    file)
        for c in $(echo "$2" | tr , ' '); do
            [ -e "$c" ] && return 0
        done
        ;;
    header)
        for c in cc gcc; do
            echo "#include <$2>" | "$c" -E -x c - >/dev/null 2>&1 && return 0
        done
        ;;
    py)
        for c in python3 /usr/bin/python3; do
            "$c" -c "import $2" >/dev/null 2>&1 && return 0
        done
        ;;
    pc)
        # shellcheck disable=SC2086
        if command -v ${pkg_config%% *} >/dev/null 2>&1; then
            $pkg_config --exists "$2" 2>/dev/null && return 0
            return 1
        fi
        ;;
    esac
    has_package "$3"
}

manager=
for m in apt-get dnf pacman apk zypper; do
    command -v "$m" >/dev/null 2>&1 && manager=${m%-get} && break
done

missing=
unnamed=
while read -r for_what kind probe apt dnf pacman apk zypper; do
    case $want:$for_what in build:check | build:foreign | check:foreign) continue ;; esac
    is_present "$kind" "$probe" "$apt" && continue
    case $manager in
    apt) package=$apt ;;
    dnf) package=$dnf ;;
    pacman) package=$pacman ;;
    apk) package=$apk ;;
    zypper) package=$zypper ;;
    *) package=- ;;
    esac
    if [ "$package" = - ]; then
        unnamed="$unnamed $probe"
    else
        missing="$missing $package"
    fi
done <<END
$(needs)
END

if [ -n "$only_names" ]; then
    shift
    target=deps what='whytls cannot'
    [ "$want" = check ] && target=deps-check what='The tests cannot'
    lacks="Missing packages:$missing$unnamed"
    # Nothing is missing: it is a pkg-config of the user's own that finds nothing.
    [ -n "$missing$unnamed" ] || lacks="$pkg_config does not find all of: $*"
    echo "$what be built yet. $lacks. To install what is missing: make $target"
    exit 0
fi

if [ -n "$unnamed" ]; then
    echo "whytls needs these and knows no package for them on this system:$unnamed" >&2
    # Tests that miss a tool are skipped with a notice; a build that misses a library can't be.
    { [ -z "$manager" ] || [ "$want" = build ]; } && exit 1
fi
[ -n "$missing" ] || exit 0

# A -dev package that is there while pkg-config does not see its library: the two flavours of
# libcurl's cannot stand side by side, and apt would take the other one away unasked.
case " $missing " in
*" libcurl4-gnutls-dev "*)
    for other in libcurl4-openssl-dev libcurl4-nss-dev; do
        if has_package "$other"; then
            echo "whytls needs libcurl4-gnutls-dev, which cannot stand beside $other." >&2
            echo "Nothing was changed. To go on: apt-get install libcurl4-gnutls-dev" >&2
            echo "(that takes $other away)." >&2
            exit 1
        fi
    done
    ;;
esac

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1; then
        as_root=sudo
    elif command -v doas >/dev/null 2>&1; then
        as_root=doas
    elif [ -z "${DEPS_DRY_RUN:-}" ]; then
        echo "whytls needs these packages:$missing" >&2
        echo "Installing them takes root, and there is no sudo here." >&2
        echo "Ask who looks after this computer to install them, then try again." >&2
        exit 1
    fi
fi

echo "whytls needs these packages, which are not installed:"
echo "   $missing"
echo "They will be installed now with $manager${as_root:+, through $as_root}."
[ -n "${DEPS_DRY_RUN:-}" ] && exit 0

# apt starts a server that it installs, and fails where there is no init system to do it. The
# policy file below says "no" for as long as apt runs; one that is there already is left alone.
policy=/usr/sbin/policy-rc.d
policy_is_ours=
servers=
apt_begin() {
    for s in nginx haproxy stunnel4; do
        case " $missing " in *" $s "*) servers="$servers $s" ;; esac
    done
    if [ -n "$servers" ] && [ ! -e "$policy" ]; then
        policy_is_ours=yes
        printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
        $as_root chmod 755 "$policy"
    fi
}
apt_end() {
    if [ -n "$policy_is_ours" ]; then
        $as_root rm -f "$policy"
        policy_is_ours=
    fi
}

install_with_apt() {
    trap apt_end EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    apt_begin
    # A list that can't be refreshed may still do.
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update ||
        echo "The package lists could not be refreshed. Trying with the old ones." >&2
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
    status=$?
    # What the tests start by themselves shall not start with the computer.
    for s in $servers; do
        $as_root update-rc.d "$s" disable >/dev/null 2>&1
    done
    return $status
}

# shellcheck disable=SC2086
case $manager in
apt) install_with_apt ;;
dnf) $as_root dnf install -y $missing ;;
pacman) $as_root pacman -S --needed --noconfirm $missing ;;
apk) $as_root apk add $missing ;;
zypper) $as_root zypper --non-interactive install $missing ;;
esac
status=$?
if [ $status -ne 0 ]; then
    echo "The packages could not be installed. The lines above say why." >&2
    exit 1
fi
