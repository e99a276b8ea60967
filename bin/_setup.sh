# Sets up what every command needs: a virtual environment with the pinned packages, and the
# front-end assets. Sourced by the other scripts; does nothing when all is up to date.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv="$root/.venv"
python="$venv/bin/python"

_say() { printf '%s\n' "$*" >&2; }

_find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    _say "Python 3.11 or newer is needed. On Debian or Ubuntu: sudo apt install python3 python3-venv"
    return 1
}

_create_venv() {
    local base
    base=$(_find_python) || return 1
    "$base" -m venv "$venv" >/dev/null 2>&1 && return
    rm -rf "$venv"
    # Debian leaves out what venv needs to bring pip along: the machine's own pip will do.
    if "$base" -m venv --without-pip "$venv" >/dev/null 2>&1 &&
        "$base" -m pip --quiet --disable-pip-version-check --python "$python" install pip; then
        return
    fi
    rm -rf "$venv"
    _say "Python's venv module is missing. On Debian or Ubuntu: sudo apt install python3-venv"
    return 1
}

_set_up_python() {
    local stamp="$venv/.installed" wanted
    wanted=$(cat "$root/requirements/base.txt" "$root/requirements/dev.txt" | cksum)
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return
    if [ ! -x "$python" ]; then
        _say "Creating the virtual environment…"
        _create_venv || return 1
    fi
    _say "Installing the pinned Python packages (about a minute the first time)…"
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r "$root/requirements/dev.txt"
    printf '%s' "$wanted" >"$stamp"
}

_set_up_assets() {
    local stamp="$root/build/.assets" wanted
    wanted=$(cat "$root/package-lock.json" "$root/bin/_assets.py" | cksum)
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return
    _say "Installing the front-end packages…"
    (cd "$root" && PATH="$PATH:$venv/bin" "$python" "$root/bin/_assets.py")
    printf '%s' "$wanted" >"$stamp"
}

_set_up() {
    # Two commands started together must not install into one place at the same time.
    mkdir -p "$root/var"
    exec 9>"$root/var/.setup.lock"
    if command -v flock >/dev/null; then flock 9; fi
    _set_up_python && _set_up_assets
    exec 9>&-
}

set -euo pipefail
_set_up
