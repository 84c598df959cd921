"""Settings: each from an option or the environment, each checked, a wrong one said in one line."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import ReaderName, Settings, resource

KEY = "k" * 32
WEBHOOK_KEY = "whsec_" + "a2V5" * 10


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the one who runs the tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"STEADYHAND_{name.upper()}", raising=False)


@pytest.mark.parametrize("key", ["", "x", "k" * 31, "ü" * 15])
def test_a_short_key_is_refused(key: str):
    """Counted in bytes; the error does not show it."""
    with pytest.raises(ValidationError) as wrong:
        Settings(secret=key)
    assert "32 or more are needed" in str(wrong.value)
    assert len(key) < 2 or key not in str(wrong.value)


def test_a_key_of_32_bytes_is_enough_and_is_not_shown():
    """Not when somebody prints the settings."""
    assert KEY not in repr(Settings(secret=KEY))
    Settings(secret="ü" * 16)


def test_there_is_no_server_without_a_key():
    """No empty one is made up."""
    with pytest.raises(ValidationError, match="secret"):
        Settings()


def test_every_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Lists are written with commas."""
    given = {
        "HOST": "::1",
        "PORT": "9000",
        "DATABASE": "postgresql+asyncpg://db.example.org/x",
        "BACKPLANE": "redis://valkey.example.org",
        "PLAYBOOKS": str(tmp_path),
        "PACK": "retail, ./ours",
        "TEAMS": str(tmp_path / "teams.yaml"),
        "WORKERS": "2",
        "READER": "linear",
        "SECRET": KEY,
        "ALLOWED_HOSTS": "chat.example.org, help.example.org",
        "FRAME_ANCESTORS": "https://desk.example.org",
        "PUBLIC_URL": "https://assist.example.org",
        "ALERT_WEBHOOK": "https://pager.example.org/in",
        "ALERT_WEBHOOK_SECRET": WEBHOOK_KEY,
        "DRAIN_NOTICE": "2.5",
        "DRAIN": "10",
        "DEMO": "1",
    }
    assert set(given) == {name.upper() for name in Settings.model_fields}
    for name, value in given.items():
        monkeypatch.setenv(f"STEADYHAND_{name}", value)
    settings = Settings()
    assert (settings.host, settings.port, settings.workers, settings.demo) == ("::1", 9000, 2, True)
    assert (settings.playbooks, settings.teams) == (tmp_path, tmp_path / "teams.yaml")
    assert settings.reader is ReaderName.LINEAR
    assert (settings.drain_notice, settings.drain) == (2.5, 10)
    assert settings.allowed_hosts == ("chat.example.org", "help.example.org")
    assert settings.frame_ancestors == ("https://desk.example.org",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "70000"),
        ("port", "many"),
        ("workers", "0"),
        ("demo", "maybe"),
        ("reader", "oracle"),
        ("drain", "-1"),
        ("drain_notice", "16"),
    ],
)
def test_a_value_that_cannot_be_is_refused(name: str, value: str):
    """A value that exists is valid."""
    with pytest.raises(ValidationError, match=name):
        Settings(secret=KEY, **{name: value})


def test_the_demo_stays_on_this_machine():
    """It gives tokens to whoever asks."""
    with pytest.raises(ValidationError, match="demo"):
        Settings(secret=KEY, demo=True, host="0.0.0.0")


SHARED = {"database": "postgresql+asyncpg://db/x", "backplane": "redis://valkey"}


@pytest.mark.parametrize(
    ("name", "value"), [("database", "sqlite+aiosqlite:///x.db"), ("backplane", "local:"), ("backplane", "local:x")]
)
def test_several_workers_need_a_store_and_a_backplane_that_they_can_share(name: str, value: str):
    """A lone one takes either."""
    with pytest.raises(ValidationError, match="3 workers cannot") as wrong:
        Settings(secret=KEY, workers=3, **{**SHARED, name: value})
    assert wrong.value.error_count() == 1
    Settings(secret=KEY, workers=1, **{**SHARED, name: value})
    Settings(secret=KEY, workers=3, **SHARED)


def test_the_end_takes_at_most_so_long():
    """Notice and drain together: with open calls and the store's end it is 30 seconds."""
    Settings(secret=KEY, drain_notice=10, drain=5)
    with pytest.raises(ValidationError, match=r"10 and 5\.5 seconds; together at most 15"):
        Settings(secret=KEY, drain_notice=10, drain=5.5)


@pytest.mark.parametrize("name", ["playbooks", "static"])
def test_what_ships_is_found_from_anywhere(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whatever directory a command runs in."""
    monkeypatch.chdir(tmp_path)
    assert resource(name).is_dir()
    assert resource(name).is_absolute()


HOOK = {"alert_webhook": "https://pager.example.org/in", "alert_webhook_secret": WEBHOOK_KEY}


@pytest.mark.parametrize(
    "wrong",
    [
        {"alert_webhook": "http://pager.example.org/in"},
        {"alert_webhook": "ftp://pager.example.org/in"},
        {"alert_webhook": "https:///in"},
        {"alert_webhook_secret": "whsec_c2hvcnQ="},
        {"alert_webhook_secret": WEBHOOK_KEY.removeprefix("whsec_")},
        {"alert_webhook_secret": "whsec_not base64!"},
        {"alert_webhook_secret": None},
        {"alert_webhook": None},
    ],
)
def test_a_webhook_is_secure_and_signed(wrong: dict):
    """An address that others could read on the way, or a key that can be guessed, is refused."""
    Settings(secret=KEY, **HOOK)
    with pytest.raises(ValidationError, match="webhook"):
        Settings(secret=KEY, **{**HOOK, **wrong})


def test_a_webhook_on_this_machine_needs_no_tls():
    """And neither its address nor its key stands in what is printed or logged."""
    settings = Settings(secret=KEY, **{**HOOK, "alert_webhook": "http://127.0.0.1:9000/private"})
    assert "private" not in repr(settings)
    assert WEBHOOK_KEY not in repr(settings)


@pytest.mark.parametrize("wrong", ["assist.example.org", "ftp://x.org", "https://", "https://x.org/?token=1"])
def test_the_public_address_is_one(wrong: str):
    """As browsers have it, without a query."""
    Settings(secret=KEY, public_url="https://assist.example.org/")
    with pytest.raises(ValidationError, match="public_url"):
        Settings(secret=KEY, public_url=wrong)
