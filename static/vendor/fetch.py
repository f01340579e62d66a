"""Fetches the vendored browser libraries from npm, checks them against vendor.json and copies what pages use.

    python static/vendor/fetch.py            fetch again and check; run by hand, needs npm
    python static/vendor/fetch.py --lock     also write the checksums of new versions into vendor.json

Nothing is fetched at run time: the files are part of the source. `integrity` of a package is npm's SHA-512 of its
archive, that of a file the value for an `integrity` attribute.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LOCK = HERE / "vendor.json"


def integrity(content: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def archive(package: str, version: str, folder: Path) -> Path:
    command = ["npm", "pack", f"{package}@{version}", "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - names from our own file
    return folder / done.stdout.strip().splitlines()[-1]


def check(entry: dict[str, Any], key: str, content: bytes, lock: bool) -> None:
    found = integrity(content)
    if lock:
        entry[key] = found
    elif entry[key] != found:
        raise SystemExit(f"{key}: {found} instead of {entry[key]}")


def fetch(package: str, entry: dict[str, Any], folder: Path, lock: bool) -> None:
    path = archive(package, entry["version"], folder)
    check(entry, "integrity", path.read_bytes(), lock)
    with tarfile.open(path) as tar:
        for target, file in entry["files"].items():
            member = tar.extractfile(f"package/{file['from']}")
            if member is None:
                raise SystemExit(f"{package} has no {file['from']}")
            content = member.read()
            check(file, "integrity", content, lock)
            (HERE / target).write_bytes(content)


def main() -> None:
    lock = "--lock" in sys.argv[1:]
    packages = json.loads(LOCK.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for package, entry in packages.items():
            fetch(package, entry, Path(folder), lock)
    LOCK.write_text(json.dumps(packages, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
