"""The sidebar's modules put together: whole, in order, and refused where it would not be the same."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from app.pack import ENTRY, pack
from app.settings import resource
from tests.conftest import Server

BUDGET = 60_000  # bytes over the wire, of all that the sidebar's page loads


def test_the_page_of_the_sidebar_loads_at_most_sixty_thousand_bytes(server: Server) -> None:
    """Its HTML, its style sheets and the packed module, as they are sent; what is listed is the whole of it."""
    sizes = {}
    with server.client("agent") as client:
        root = str(client.base_url).removesuffix("/api/v1/")
        page = client.get(f"{root}/sidebar").text
        for path in ("/sidebar", *re.findall(r'(?:href|src)="(/[^"]+)"', page)):
            answer = client.get(root + path)
            assert answer.status_code == 200
            sizes[path] = (
                len(gzip.compress(answer.content)) if path == "/sidebar" else sent(answer.headers, answer.content)
            )
    assert sizes.keys() >= {f"/static/{ENTRY}", "/static/style/tokens.css"}
    assert sum(sizes.values()) <= BUDGET, sizes


def sent(headers: dict[str, str], content: bytes) -> int:
    """The bytes of a body on the wire."""
    if headers.get("content-encoding") == "gzip":
        return int(headers.get("content-length") or len(gzip.compress(content)))
    return len(content)


def test_every_module_stands_once_after_what_it_imports(tmp_path: Path) -> None:
    """Renamed, listed, default-free and later imports all find what they name; comments are left out."""
    (tmp_path / "live").mkdir()
    (tmp_path / "live/a.js").write_text(
        "/** Says so. */\nexport const one = 1;\nexport function two() {\n  return 2; // kept\n}\n"
    )
    (tmp_path / "live/b.js").write_text(
        'import { one as first, two } from "./a.js";\nconst all = () => first + two();\nexport { all as sum };\n'
    )
    (tmp_path / "main.js").write_text(
        'import "./live/b.js";\nimport {\n  sum,\n} from "./live/b.js";\nimport { one } from "./live/a.js";\n'
        'const later = () => import("./live/a.js");\nconsole.log(sum(), one, String(later));\n'
    )
    packed = pack(tmp_path, "main.js")
    assert packed.count("const one = 1") == 1
    assert "Says so" not in packed
    said = (
        subprocess.run(["node", "-e", packed], capture_output=True, text=True, check=True).stdout if has_node() else ""
    )
    assert said in ("", '3 1 () => import("/static/live/a.js")\n')


def has_node() -> bool:
    """Whether there is something to run it with; the browser tests run the real one in any case."""
    try:
        return subprocess.run(["node", "--version"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    "text",
    ["export default 1;\n", 'import all from "./b.js";\n', 'import * as all from "./b.js";\n', "export let one = 1;\n"],
)
def test_a_form_that_is_not_known_is_refused(tmp_path: Path, text: str) -> None:
    """Nothing is packed by half."""
    (tmp_path / "main.js").write_text(text)
    with pytest.raises(ValueError, match=r"main\.js"):
        pack(tmp_path, "main.js")


def test_modules_that_import_each_other_are_refused(tmp_path: Path) -> None:
    """In one file the first of them could not see the second."""
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nexport const a = 1;\n')
    (tmp_path / "b.js").write_text('import { a } from "./a.js";\nexport const b = 1;\n')
    with pytest.raises(ValueError, match="imports itself"):
        pack(tmp_path, "a.js")


def test_what_ships_can_be_packed() -> None:
    """And holds no import or export that a browser would stumble over."""
    packed = pack(resource("static"), ENTRY)
    assert "SteadyhandSidebar" in packed
    assert not re.search(r"^(import|export)\b", packed, re.MULTILINE)
