"""Puts a Chromium on this machine for the browser tests: Debian's where we are root there, else playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    """The path of an installed Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    """0 when there is a browser now."""
    if find():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get") and Path("/etc/debian_version").exists():
        print("Installing Chromium for the browser tests ...", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, **quiet)
        if find():
            return 0
    print("Installing playwright's own Chromium for the browser tests ...", flush=True)
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
