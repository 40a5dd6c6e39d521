#!/bin/sh
# Tries the README's commands on a fresh Debian: makes a root of RELEASE in FOLDER with debootstrap
# (nothing in it but make, gcc and git), copies what is committed into it, and there lets our own
# files install what is missing, then runs `make run`, `make check` and `make check-foreign`, or COMMAND
# in their place.
#
#     sudo sh tools/debian-root.sh trixie /var/tmp/trixie
#     sudo sh tools/debian-root.sh trixie /var/tmp/trixie sh tests/run.sh cli
#
# FOLDER is kept, and used again the next time; nothing stays mounted on it, so that it can simply be
# removed. Only the installing has the network; all else runs as an ordinary user in a network
# namespace of its own, with loopback alone. Mirror, proxy and certificates are those of this
# computer's apt. Needs root, debootstrap, unshare, ip and git; MIRROR names another mirror.
# SPDX-License-Identifier: MIT
set -eu

usage() {
    echo "usage: tools/debian-root.sh RELEASE FOLDER [COMMAND ...]" >&2
    exit 64
}
complain() {
    echo "tools/debian-root.sh: $*" >&2
    exit 1
}

# ---- making it ----------------------------------------------------------------------------------

# The archives that this computer's apt has from Debian: a line "URI SUITE" each, for RELEASE.
archives() {
    if [ -n "${MIRROR:-}" ]; then
        echo "$MIRROR $release"
        return
    fi
    here=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
    # shellcheck disable=SC2016 # apt's own names
    apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(REPO_URI)' 'Created-By: Packages' |
        awk -v here="$here" -v release="$release" '
            $1 == "Debian" && ($2 == here || index($2, here "-") == 1) {
                print $3, release substr($2, length(here) + 1) }' | sort -u
}

# What apt here is told about fetching: proxy, time-outs, checks. Its certificates are copied.
carry_apt_settings() {
    apt-config dump | grep '^Acquire::' |
        grep -Ev '^Acquire::(IndexTargets|Changelogs|CompressionTypes|Languages)|CaInfo' \
            >"$root/etc/apt/apt.conf.d/99of-this-computer"
    CA=/etc/ssl/certs/ca-certificates.crt
    eval "$(apt-config shell CA Acquire::https::CaInfo)"
    if [ -f "$CA" ]; then
        cp "$CA" "$root/etc/apt/of-this-computer.crt"
        echo 'Acquire::https::CaInfo "/etc/apt/of-this-computer.crt";' \
            >>"$root/etc/apt/apt.conf.d/99of-this-computer"
    fi
    archives | sed 's/.*/deb & main/' >"$root/etc/apt/sources.list"
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
}

remove_half_made() {
    rm -rf --one-file-system "$root"
}

make_root() {
    mirror=$(archives | awk -v release="$release" '$2 == release { print $1; exit }')
    [ -n "$mirror" ] || complain "apt has no archive of Debian's here; name one: MIRROR=..."
    # wget of debootstrap does not ask apt.
    eval "$(apt-config shell http_proxy Acquire::http::Proxy https_proxy Acquire::https::Proxy)"
    [ -z "${http_proxy:-}" ] || export http_proxy
    [ -z "${https_proxy:-}" ] || export https_proxy
    trap remove_half_made EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    # Its mounts are in a namespace of their own, and are gone with it.
    unshare --mount debootstrap --variant=minbase --include=make,gcc,libc6-dev,git \
        "$release" "$root" "$mirror"
    carry_apt_settings
    chroot "$root" useradd --create-home --shell /bin/sh tester
    echo "$release" >"$root/etc/whytls-root"
    trap - EXIT INT TERM HUP
}

# ---- in it --------------------------------------------------------------------------------------

# What a system has besides files, and the root as the only one, so that what it may is no less than
# on a computer of its own (the kernel gives no namespace to who is in a chroot).
enter_root() {
    mount --bind "$root" "$root"
    cd "$root"
    mount -t proc proc proc
    mount -t tmpfs -o mode=755 dev dev
    mkdir dev/pts dev/shm
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
    mount -t tmpfs -o mode=1777 shm dev/shm
    mount -t tmpfs -o mode=1777 tmp tmp
    for device in null zero full random urandom tty; do
        : >"dev/$device"
        mount --bind "/dev/$device" "dev/$device"
    done
    ln -s pts/ptmx dev/ptmx
    ln -s /proc/self/fd dev/fd
    for n in 0:stdin 1:stdout 2:stderr; do
        ln -s "/proc/self/fd/${n%:*}" "dev/${n#*:}"
    done
    pivot_root . .
    umount -l .
    cd /home/tester/whytls
}

# in_root NETWORK USER COMMAND...: in the checkout, with the surroundings of a fresh login. All that is
# mounted and started is in namespaces of its own and gone with them, however it ends. NETWORK: this
# computer's, or loopback alone.
in_root() {
    echo "---- $release: $*"
    net=
    [ "$1" != loopback ] || net=--net
    unshare --mount --pid --fork --kill-child $net sh "$self" --inside "$root" "$@" &
    space=$! # it waits for its child whatever it is sent, but for this
    trap 'kill -KILL $space; exit 130' INT
    trap 'kill -KILL $space; exit 143' TERM HUP
    wait $space
}
inside() {
    root=$1 network=$2 user=$3 home=/home/$3
    shift 3
    [ "$user" != root ] || home=/root
    [ "$network" != loopback ] || ip link set lo up
    enter_root
    setpriv --reuid "$user" --regid "$user" --init-groups /usr/bin/env -i TERM="${TERM:-dumb}" \
        HOME="$home" USER="$user" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        "$@" </dev/null
}

# The same folder again keeps what is built of files that did not change.
copy_checkout() {
    bundle=/home/tester/checkout.bundle
    git -C "$checkout" bundle create -q "$root$bundle" HEAD
    mkdir -p "$root/home/tester/whytls"
    chroot "$root" chown tester:tester "$bundle" /home/tester/whytls
    # shellcheck disable=SC2016 # for the shell in there
    in_root loopback tester sh -c 'git init -q && git fetch -q "$0" HEAD &&
        git checkout -q -f --detach FETCH_HEAD' "$bundle"
}

# ---- which of it ----------------------------------------------------------------------------------

if [ "${1:-}" = --inside ]; then
    shift
    inside "$@"
    exit
fi
[ $# -ge 2 ] || usage
release=$1 root=$(realpath -m "$2") self=$(realpath "$0")
checkout=$(dirname "$(dirname "$self")")
shift 2
[ "$(id -u)" -eq 0 ] || complain "it takes root"
for tool in debootstrap unshare ip git; do
    command -v "$tool" >/dev/null || complain "$tool is missing"
done
if [ -e "$root/etc/whytls-root" ]; then
    [ "$(cat "$root/etc/whytls-root")" = "$release" ] || complain "$root is of another release"
elif [ -e "$root" ]; then
    complain "$root is there, and is no root that this made"
else
    make_root
fi

copy_checkout
# What is installed is installed by our own files; that it is enough is what comes of the rest.
if [ $# -gt 0 ]; then
    in_root this root make deps-check deps-foreign
    in_root loopback tester "$@"
else
    in_root this root make deps
    in_root loopback tester make run
    in_root this root make deps-check
    in_root loopback tester make check
    in_root this root make deps-foreign
    in_root loopback tester make check-foreign
fi
