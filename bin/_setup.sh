# shellcheck shell=bash
# Sets up what every command needs: a virtual environment with the pinned packages, and the
# front-end assets. Sourced by the other scripts; does nothing when all is up to date.
#
# A step that fails ends the command with one line, and is tried again by the next: only what has
# succeeded leaves a stamp. `set -e` is off in a function that stands before || or &&, so each
# step says itself what happens when it fails.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv="$root/.venv"
python="$venv/bin/python"
setup_log="$root/var/setup.log"
setup_said=""

_say() { printf '%s\n' "$*" >&2; }

# End the command: what was to be done, the reason as the last step told it, where more is.
_give_up() {
    _say "$1: $(_reason). Run the command again once that is mended (more: $setup_log)."
    exit 1
}

_reason() {
    case "$setup_said" in
    *"No space left"* | *ENOSPC* | *"quota exceeded"* | *EDQUOT*) echo "the disk is full" ;;
    *"Permission denied"* | *"not permitted"* | *EACCES* | *EPERM* | *"Read-only file system"* | *EROFS*)
        echo "a file or folder may not be written" ;;
    *"name resolution"* | *"Name or service not known"* | *"connection broken"* | *ProxyError* | \
        *"Network is unreachable"* | *"Connection refused"* | *"timed out"* | *ENOTFOUND* | \
        *EAI_AGAIN* | *ECONNREFUSED* | *ECONNRESET* | *ENETUNREACH* | *ETIMEDOUT*)
        echo "where the packages are kept cannot be reached over the network" ;;
    *)
        if [ "$(df -Pk "$root" 2>/dev/null | awk 'NR == 2 { print $4 }')" -lt 10000 ] 2>/dev/null; then
            echo "the disk is full"
        else
            _telling_line
        fi
        ;;
    esac
}

# What pip or npm complained of first; otherwise the last thing that was said.
_telling_line() {
    local lines
    lines=$(printf '%s\n' "$setup_said" | grep -vE '^[[:space:]]|^$|^Traceback|CalledProcessError') ||
        true
    printf '%s\n' "$lines" | grep -m 1 -E '^(ERROR:|npm (ERR!|error)|Error:)' ||
        printf '%s\n' "${lines:-it ended without saying why}" | tail -n 1
}

# Run a command; what it prints goes into the log, and is kept here in case the disk is full.
_quietly() {
    local status=0
    setup_said=$("$@" 2>&1 </dev/null) || status=$?
    { printf '%s\n' "$setup_said" >"$setup_log"; } 2>/dev/null || true
    return $status
}

# Note that a step has succeeded, or end the command.
_stamp() {
    if ! _quietly _write "$1" "$2"; then
        rm -f "$1" || true
        _give_up "$1 could not be written"
    fi
}
_write() { printf '%s' "$2" >"$1"; }

_is_stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

_find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.14 python3.13 python3.12 python3.11 python3; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

_create_venv() {
    local base
    if ! base=$(_find_python); then
        _say "Python 3.11 or newer is needed. On Debian or Ubuntu: sudo apt install python3 python3-venv"
        exit 1
    fi
    _forget_venv
    _quietly "$base" -m venv "$venv" && return
    case "$setup_said" in
    *"ensurepip is not"* | *"No module named"*) ;;
    *)
        _forget_venv keep-reason
        _give_up "The virtual environment could not be made"
        ;;
    esac
    _forget_venv
    # Debian leaves out what venv needs to bring pip along: the machine's own pip will do.
    if "$base" -c 'import pip' 2>/dev/null; then
        _quietly "$base" -m venv --without-pip "$venv" &&
            _quietly "$base" -m pip --disable-pip-version-check --python "$python" install pip &&
            return
        _forget_venv keep-reason
        _give_up "pip could not be put into the virtual environment"
    fi
    _say "Python's venv module is missing. On Debian or Ubuntu: sudo apt install python3-venv"
    exit 1
}

_forget_venv() {
    local said=$setup_said
    _quietly rm -rf "$venv" || _give_up "$venv could not be deleted"
    setup_said=${1:+$said}
}

_set_up_python() {
    local stamp="$venv/.installed" wanted
    wanted=$(cat "$root/requirements/base.txt" "$root/requirements/dev.txt" | cksum)
    # A Python that was removed or replaced takes its packages along.
    _is_stamped "$stamp" "$wanted" && "$python" -c 'import django' 2>/dev/null && return
    rm -f "$stamp" 2>/dev/null || true
    if ! "$python" -c 'import pip' 2>/dev/null; then
        _say "Creating the virtual environment…"
        _create_venv
    fi
    _say "Installing the pinned Python packages (about a minute the first time)…"
    _quietly "$python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r "$root/requirements/dev.txt" ||
        _give_up "The Python packages could not be installed"
    _stamp "$stamp" "$wanted"
}

_install_assets() { cd "$root" && PATH="$PATH:$venv/bin" "$python" bin/_assets.py; }

_set_up_assets() {
    local stamp="$root/build/.assets" wanted
    wanted=$(cat "$root/package-lock.json" "$root/bin/_assets.py" | cksum)
    _is_stamped "$stamp" "$wanted" && return
    rm -f "$stamp" 2>/dev/null || true
    _say "Installing the front-end packages…"
    _quietly _install_assets || _give_up "The front-end packages could not be installed"
    _stamp "$stamp" "$wanted"
}

_set_up() {
    local problem lock="$root/var/.setup.lock"
    if ! problem=$({ mkdir -p "$root/var" && : >>"$setup_log" && : >>"$lock"; } 2>&1); then
        _say "$root/var cannot be written: ${problem##*: }."
        exit 1
    fi
    # Two commands started together must not install into one place at the same time.
    exec 9>"$lock"
    if command -v flock >/dev/null; then flock 9; fi
    _set_up_python
    _set_up_assets
    exec 9>&-
}

_set_up
