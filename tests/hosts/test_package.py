"""The folder `static` as an npm package: it can be bundled, and its written types say what its modules do."""

import json
import shutil
import subprocess
import tomllib

import pytest

from tests.conftest import ROOT
from tests.hosts.software import HERE, software


@pytest.fixture(scope="module")
def consumer():
    """A project that has the package, as `npm install` of a folder leaves it, beside the tools' SDKs."""
    folder = software()
    link = folder / "node_modules" / "steadyhand-sidebar"
    if not link.is_symlink():
        link.symlink_to(ROOT / "static", target_is_directory=True)
    shutil.copytree(HERE / "types", folder / "types", dirs_exist_ok=True)
    return folder


def run(folder, program, *arguments):
    """What a program of the project's own says, and whether it was content."""
    command = [folder / "node_modules" / ".bin" / program, *arguments]
    return subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, timeout=120)


def test_typescript_finds_the_types_right_and_the_same_as_the_modules(consumer):
    """An integrator's file with the SDKs' own types, and each written type against the module it is of."""
    told = run(consumer, "tsc", "-p", "types/tsconfig.json")
    assert told.returncode == 0, told.stdout


def test_typescript_would_notice_a_wrong_type(consumer):
    """The check above is one: a name that is not there is found."""
    wrong = consumer / "types" / "wrong.ts"
    wrong.write_text('import { telepathy } from "steadyhand-sidebar/hosts";\ntelepathy();\n')
    flags = ("--noEmit", "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler", "--ignoreConfig")
    told = run(consumer, "tsc", *flags, str(wrong))
    wrong.unlink()
    assert "has no exported member 'telepathy'" in told.stdout


def test_a_bundler_takes_the_element_and_the_bridges(consumer):
    """Both entries resolve, and nothing of a tool's software comes with them."""
    source = consumer / "types" / "page.js"
    source.write_text(
        'import "steadyhand-sidebar";\nimport { attach, zendesk } from "steadyhand-sidebar/hosts";\nattach(zendesk);\n'
    )
    told = run(consumer, "esbuild", str(source), "--bundle", "--format=esm", "--log-level=error")
    assert told.returncode == 0, told.stderr
    assert "steadyhand-insert" in told.stdout
    assert "ticket.editor.insert" in told.stdout
    assert len(told.stdout) < 60_000


def test_the_package_has_the_version_of_the_server():
    """One release, one number; and nobody publishes it by mistake."""
    package = json.loads((ROOT / "static" / "package.json").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert package["version"] == project["version"]
    assert package["private"] is True
