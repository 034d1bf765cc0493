"""Check that Windows can install the pinned packages of the site: a wheel for each, and none left unnamed.

The pins are written on Linux, so a package that only Windows needs could be missing; this says which.
Downloads the wheels of the packages into a temporary folder and installs nothing. `make check-windows`.
"""

import re
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import cast

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PINS = Path(__file__).resolve().parent.parent / "requirements.txt"
WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "os_name": "nt",
}
PYTHON_VERSION = "3.11"


def list_pinned(pins: Path = PINS) -> list[str]:
    """Names of the pinned packages, in their canonical spelling."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==", pins.read_text("utf-8"), re.MULTILINE)
    return [canonicalize_name(name) for name in found]


def list_unpinned_needs(pinned: list[str]) -> list[str]:
    """What the packages ask for on Windows that the pins do not name, as `package needs requirement`."""
    environment: dict[str, str] = {**cast(dict[str, str], default_environment()), **WINDOWS, "extra": ""}
    needs: list[str] = []
    for name in pinned:
        for line in metadata.requires(name) or []:
            requirement = Requirement(line)
            wanted = requirement.marker is None or requirement.marker.evaluate(environment)
            if wanted and canonicalize_name(requirement.name) not in pinned:
                needs.append(f"{name} needs {requirement}")
    return needs


def main() -> int:
    """Exit status 0 when Windows can install every pin from a wheel."""
    needs = list_unpinned_needs(list_pinned())
    if needs:
        print("\n".join(needs), file=sys.stderr)
        print("Name these in requirements.in.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        command = [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--platform", "win_amd64", "--python-version", PYTHON_VERSION, "--only-binary", ":all:"),
            *("--require-hashes", "-r", str(PINS), "--dest", folder),
        ]
        done = subprocess.run(command, check=False)
        wheels = len(list(Path(folder).glob("*.whl")))
    if done.returncode == 0:
        print(f"All {wheels} pinned packages have a wheel for Windows (64 bit, Python {PYTHON_VERSION}).")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
