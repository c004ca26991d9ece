"""Configuration as scripts see it: the app's settings, then the environment, then the default."""

import pytest
from pydantic import BaseModel, SecretStr

from reelwright import config
from reelwright.ground.errors import InvalidInputError


class Cut(BaseModel):
    rate: int = 24
    key: SecretStr = SecretStr("opened")
    note: str | None = None


class Settings(BaseModel):
    environment: str = "production"
    cut: Cut = Cut()
    extra: dict[str, int] = {"a": 1}


@pytest.fixture(autouse=True)
def _no_start(monkeypatch):
    monkeypatch.delenv("REELWRIGHT_ENVIRONMENT", raising=False)
    config.empty()
    yield
    config.empty()


def test_settings_of_the_app_go_before_the_environment(monkeypatch):
    monkeypatch.setenv("REELWRIGHT_CUT__RATE", "25")
    assert config.get_config_value("cut.rate", 1) == 25
    config.fill(Settings())
    assert config.get_config_value("cut.rate", 1) == 24
    assert config.get_config_value("extra.a") == 1
    assert config.get_config_value("cut.key") == "opened"
    assert config.get_config_manager().environment.value == "production"


def test_a_section_that_the_app_does_not_know_is_read_from_the_environment(monkeypatch):
    config.fill(Settings())
    monkeypatch.setenv("REELWRIGHT_PLUGIN__SIZE", "7")
    monkeypatch.setenv("REELWRIGHT_CUT__NOTE", "from outside")
    assert config.get_config_value("plugin.size", 1) == 7
    assert config.get_config_value("cut.note") == "from outside"
    assert config.get_config_value("plugin.colour", "grey") == "grey"


@pytest.mark.parametrize(
    ("text", "default", "read"),
    [
        ("yes", False, True),
        ("0", True, False),
        ("1.5", 1.0, 1.5),
        ('["a"]', [], ["a"]),
        ("[1, 2]", (), (1, 2)),
        ('{"a": 1}', {}, {"a": 1}),
        ("12", None, "12"),
    ],
)
def test_a_variable_is_read_as_its_default_is(monkeypatch, text, default, read):
    monkeypatch.setenv("REELWRIGHT_PLUGIN__X", text)
    value = config.get_config_value("plugin.x", default)
    assert (value, type(value)) == (read, type(read))


@pytest.mark.parametrize(("text", "default"), [("perhaps", True), ("x", 1), ("[", []), ("{}", [])])
def test_a_variable_that_cannot_be_read_is_named_without_its_text(monkeypatch, text, default):
    monkeypatch.setenv("REELWRIGHT_PLUGIN__X", text)
    with pytest.raises(InvalidInputError, match="REELWRIGHT_PLUGIN__X"):
        config.get_config_value("plugin.x", default)


def test_the_inner_parts_of_settings_are_no_values():
    config.fill(Settings())
    assert config.get_config_value("cut.model_dump", "no") == "no"
    assert config.get_config_value("cut.__class__", "no") == "no"


def test_the_environment_is_development_unless_set_and_one_of_three(monkeypatch):
    assert config.get_config_manager().environment is config.Environment.DEVELOPMENT
    monkeypatch.setenv("REELWRIGHT_ENVIRONMENT", "Test")
    assert config.get_config_manager().environment.value == "test"
    monkeypatch.setenv("REELWRIGHT_ENVIRONMENT", "moon")
    with pytest.raises(InvalidInputError, match="moon"):
        _ = config.get_config_manager().environment
