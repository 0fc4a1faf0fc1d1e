#!/bin/sh
# The commands to start with. `./pusterum.sh` alone lists them.
set -eu
cd "$(dirname "$0")"

WEEK=fixtures/sample/2026-W48
RESULT=reports/2026-W48

usage() {
    cat <<'TEXT'
./pusterum.sh demo   installs what is missing to build, builds Pusterum, plans the sample week and leaves
                     rosters and charts in reports/2026-W48 (what follows goes to `pusterum plan`: --lang en)
./pusterum.sh test   installs what is missing and passes all tests (what follows goes to `cargo test`);
                     with --browser first, also installs Chromium and axe, without which the pages are not
                     looked at in a browser
./pusterum.sh tools  only installs what is missing
TEXT
}

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# HiGHS, the solver, is built from its C++ source: that takes a compiler, make and cmake. Its C header is read with
# libclang: the library itself (libclang-cpp is another one) and the compiler's own headers beside it.

has_compiler() {
    has cc && printf '#include <vector>\nint main() {}\n' | "${CXX:-c++}" -x c++ -fsyntax-only - >/dev/null 2>&1
}

exists() {
    for path; do
        case $path in *-cpp.*) ;; *) [ ! -e "$path" ] || return 0 ;; esac
    done
    return 1
}

has_libclang_in() { exists "$1"/libclang.so* "$1"/libclang-*.so* "$1"/libclang.dylib; }

has_libclang() {
    ! { [ -f "${LIBCLANG_PATH:-}" ] || has_libclang_in "${LIBCLANG_PATH:-/none}"; } || return 0
    ! exists /Library/Developer/CommandLineTools/usr/lib/libclang.dylib \
        /Applications/Xcode.app/Contents/Developer/Toolchains/*/usr/lib/libclang.dylib || return 0
    prefix=$(llvm-config --prefix 2>/dev/null) || prefix=/usr
    exists "$prefix"/lib*/clang/*/include/stddef.h /usr/lib*/clang/*/include/stddef.h \
        /usr/lib*/llvm*/lib*/clang/*/include/stddef.h /usr/local/lib*/clang/*/include/stddef.h || return 1
    for folder in "$prefix"/lib* /usr/lib* /usr/lib*/* /usr/lib*/*/* /usr/local/lib* /usr/local/lib*/*; do
        ! has_libclang_in "$folder" || return 0
    done
    return 1
}

# The short names of what is missing.
missing() {
    has_compiler || printf 'compiler '
    [ -n "${CMAKE_GENERATOR:-}" ] || has make || printf 'make '
    has cmake || printf 'cmake '
    has_libclang || printf 'libclang '
}

# The packages of a manager for what is missing.
packages() {
    manager=$1
    shift
    for tool; do
        case $manager:$tool in
            apt-get:compiler) printf 'g++ ' ;;
            apt-get:libclang) printf 'libclang-dev ' ;;
            pacman:compiler) printf 'gcc ' ;;
            pacman:libclang) printf 'clang ' ;;
            *:compiler) printf 'gcc-c++ ' ;;
            *:libclang) printf 'clang-devel ' ;;
            *) printf '%s ' "$tool" ;;
        esac
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then env "$@"; else sudo env "$@"; fi
}

install_with() {
    manager=$1
    shift
    [ "$(id -u)" -eq 0 ] || has sudo ||
        stop "You are not root and there is no sudo. Have somebody who may do so install: $*"
    say "Installing with $manager: $*"
    # Asks for the password here, if at all.
    as_root true || stop "You may not use sudo. Have somebody who may do so install: $*"
    case $manager in
        apt-get)
            as_root apt-get -qq update || say "The list of packages could not be renewed; trying with the one there is."
            as_root DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@" >/dev/null ;;
        pacman) as_root pacman -S --needed --noconfirm "$@" ;;
        zypper) as_root zypper --non-interactive install "$@" ;;
        dnf) as_root dnf -y -q install "$@" ;;
    esac || stop "$manager could not install: $*"
}

tools() {
    lacking=$(missing)
    [ -n "$lacking" ] || return 0
    say "Missing to build: $lacking"
    for manager in apt-get dnf zypper pacman; do
        has "$manager" || continue
        # shellcheck disable=SC2046,SC2086 # words are meant
        install_with "$manager" $(packages "$manager" $lacking)
        lacking=$(missing)
        [ -z "$lacking" ] || stop "Still missing after the installation: $lacking"
        return 0
    done
    stop "No package manager known here (apt-get, dnf, zypper, pacman). Please install a C++ compiler, make, cmake
and libclang with its headers, then run this again. On macOS: xcode-select --install; brew install cmake.
On Alpine: apk add build-base cmake clang-dev, and the cargo of Alpine itself."
}

# What the tests of the pages look with: a browser, and axe-core from npm, which goes into the build folder.

AXE=axe-core@4.14.1
BROWSER=target/browser

has_browser() {
    [ -n "${PUSTERUM_BROWSER:-}" ] || has chromium || has chromium-browser || has google-chrome-stable || has google-chrome
}

browser() {
    lacking=
    has_browser || lacking=chromium
    has npm || lacking="$lacking npm"
    if [ -n "$lacking" ]; then
        for manager in apt-get dnf zypper pacman; do
            has "$manager" || continue
            # shellcheck disable=SC2086 # words are meant
            install_with "$manager" $lacking
            break
        done
    fi
    has_browser || stop "No Chromium was found or could be installed. Install one, or name it in PUSTERUM_BROWSER."
    has npm || stop "npm, which brings axe, was not found and could not be installed. Please install Node.js."
    grep -qs "\"version\": \"${AXE#*@}\"" "$BROWSER/node_modules/axe-core/package.json" ||
        npm install --silent --no-audit --no-fund --no-save --prefix "$BROWSER" "$AXE"
}

rust() {
    has cargo || PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
    wanted=$(sed -n 's/^rust-version = "1\.\([0-9]*\).*/\1/p' Cargo.toml)
    found=$(cargo --version 2>/dev/null | sed -n 's/^cargo 1\.\([0-9]*\)\..*/\1/p')
    [ "${found:-0}" -ge "$wanted" ] ||
        stop "Rust 1.$wanted or later is needed; found: ${found:+1.}${found:-none}. Get it with rustup: https://rustup.rs"
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
    demo)
        rust; tools
        say "Building (the first time takes some minutes, most of it for the solver HiGHS)"
        cargo build --release --locked
        ./target/release/pusterum plan "$WEEK" --out "$RESULT" "$@" ;;
    test)
        rust; tools
        if [ "${1:-}" = --browser ]; then
            shift
            browser
        # Cargo hides what passing tests say.
        elif ! has_browser || [ ! -d "$BROWSER" ]; then
            say "There is no Chromium or no axe: the pages are not looked at in a browser, or less closely (test --browser)."
        fi
        [ -d ../shared ] || say "There is no ../shared beside this folder: what compares with it is skipped."
        cargo test --release --locked "$@" ;;
    tools) rust; tools ;;
    *) usage; [ -z "$command" ] || exit 2 ;;
esac
