"""Which backplane a URL opens, and how one that cannot be opened is refused."""

import subprocess
import sys

import pytest

from app.backplane import LocalBackplane, open_backplane, topic_of
from app.backplane.streams import RedisBackplane
from app.errors import Refused
from app.store.rows import Notice


def test_only_what_is_built_in_can_be_opened():
    """Anything else is named in the refusal, without what a URL may hold of a password."""
    assert isinstance(open_backplane("local:"), LocalBackplane)
    with pytest.raises(Refused, match="pigeon") as refused:
        open_backplane("pigeon://user:secret@host")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["redis://host", "rediss://u:p@host:6380/2", "unix:///run/redis.sock", "redis://"])
def test_a_server_of_the_redis_protocol_is_not_asked_before_the_start(url: str):
    """Nobody is there at these."""
    backplane = open_backplane(url)
    assert isinstance(backplane, RedisBackplane)
    assert (backplane.shared, backplane.up) == (True, False)


@pytest.mark.parametrize(
    "url",
    [
        "redis://user:pa/secret@host:6379",
        "redis://:x@host:secret",
        "redis://:secret@host?colour=blue",
        "redis://[secret",
    ],
)
def test_a_url_that_cannot_be_read_is_refused_without_repeating_it(url: str):
    """Where the password ends is not known in such a one."""
    with pytest.raises(Refused) as refused:
        open_backplane(url)
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_missing_package_is_said_in_one_line():
    """And redis-py is not loaded where it is not used."""
    program = (
        "import sys; from app.backplane import open_backplane; open_backplane('local:');"
        "assert 'redis' not in sys.modules; sys.modules['redis'] = None\n"
        "try: open_backplane('redis://:secret@host')\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "Refused backplane 'redis:' needs one more package: pip install 'steadyhand[redis]'\n"


def test_no_two_conversations_share_a_topic():
    """Whatever their names and their tenants' hold."""
    names = ["a", "b", "a:b", "b:a", ":", "1:a", "1", "", "ä:"]
    assert len({topic_of(Notice(tenant, name, 1, 0)) for tenant in names for name in names}) == len(names) ** 2
