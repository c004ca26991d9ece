"""Settings: where values come from, what is refused, what is never shown."""

import json
from pathlib import Path

import pytest

from reelwright.app.setting_problems import UnfitSettingsError, check
from reelwright.app.setting_sources import load, places
from reelwright.app.settings import Environment, Settings
from reelwright.engines.storage.home import home
from reelwright.faces.cli.settings import written
from reelwright.main import app

GOOD = "postgresql://owner:kXv82-QpL0sE-77ab@db.example/film"
WEAK = "changeme"


@pytest.fixture
def folder(tmp_path):
    home().mkdir(parents=True, exist_ok=True)
    return tmp_path


def read(folder, **names):
    return load({f"REELWRIGHT_{name}": value for name, value in names.items()}, folder)


def refusal(folder, **names):
    with pytest.raises(UnfitSettingsError) as caught:
        read(folder, **names)
    return caught.value


def test_without_any_source_everything_is_a_default(folder):
    loaded = read(folder)
    assert loaded.settings.environment is Environment.DEVELOPMENT
    assert loaded.settings.home == home()
    assert {loaded.origin(place) for place in places(Settings)} == {"default"}


def test_the_environment_goes_before_env_files_before_toml_before_defaults(folder):
    (home() / "reelwright.toml").write_text(
        'environment = "test"\n[web]\nport = 1\nhost = "a"\nmax_body = 5000\n', encoding="utf-8"
    )
    (home() / ".env").write_text("REELWRIGHT_WEB__PORT=2\nREELWRIGHT_WEB__HOST=b\nOTHER=x\n")
    (folder / ".env").write_text("REELWRIGHT_WEB__PORT=3\n")
    loaded = read(folder, WEB__PORT="4")
    web = loaded.settings.web
    assert (web.port, web.host, web.max_body, web.max_upload) == (4, "b", 5000, 512 * 2**20)
    assert loaded.origin(("web", "port")) == "env REELWRIGHT_WEB__PORT"
    assert loaded.origin(("web", "host")) == f"file {home() / '.env'} (REELWRIGHT_WEB__HOST)"
    assert loaded.origin(("web", "max_body")) == f"file {home() / 'reelwright.toml'}"
    assert loaded.origin(("web", "max_upload")) == "default"
    assert loaded.settings.environment is Environment.TEST
    assert read(folder).settings.web.port == 3


def test_the_file_may_be_named_and_must_then_be_there(folder):
    path = folder / "ours.toml"
    assert "ours.toml cannot be read" in str(refusal(folder, CONFIG=str(path)))
    path.write_text("[web]\nport = 77\n", encoding="utf-8")
    assert read(folder, CONFIG=str(path)).settings.web.port == 77
    path.write_text("[web\n", encoding="utf-8")
    assert "is no TOML" in str(refusal(folder, CONFIG=str(path)))


def test_the_plain_name_of_the_database_is_understood_and_told_as_it_was_written(folder):
    loaded = read(folder, DATABASE_URL=GOOD)
    url = loaded.settings.database.url
    assert url is not None
    assert url.get_secret_value() == GOOD
    assert loaded.origin(("database", "url")) == "env REELWRIGHT_DATABASE_URL"


def test_an_empty_name_sets_nothing(folder):
    assert read(folder, DATABASE_URL="", WEB__PORT="").settings.database.url is None


def test_lists_are_written_with_commas_or_as_toml_lists(folder):
    web = read(folder, WEB__CORS_ORIGINS="https://a, https://b").settings.web
    assert web.cors_origins == ("https://a", "https://b")
    (home() / "reelwright.toml").write_text('[web]\ncors_origins = ["https://c"]\n')
    assert read(folder).settings.web.cors_origins == ("https://c",)


def test_all_problems_are_told_at_once_with_what_was_meant(folder):
    (home() / "reelwright.toml").write_text("[wbe]\nport = 1\n[web]\nmax_bodi = 1\n")
    error = refusal(folder, WEB__PROT="1", DATABSE_URL="x", WEB__PORT="many")
    assert len(error.problems) == 5
    text = str(error)
    assert "web.prot (env REELWRIGHT_WEB__PROT) is no setting; did you mean web.port?" in text
    assert "did you mean REELWRIGHT_DATABASE_URL?" in text
    assert "web.port (env REELWRIGHT_WEB__PORT): Input should be a valid integer" in text
    assert "did you mean web.max_body?" in text
    assert "wbe" in text


def test_a_refused_value_is_never_repeated(folder):
    error = refusal(folder, WEB__BASE_URL="https://me:hunter2@host", DATABASE="hunter2")
    assert "hunter2" not in str(error)


def test_what_kubernetes_names_by_itself_is_no_setting(folder):
    names = {
        "SERVICE_HOST": "10.0.0.1",
        "PORT": "tcp://10.0.0.1:80",
        "API_PORT_80_TCP_ADDR": "10.0.0.1",
    }
    assert read(folder, **names).settings.web.port == 8000
    assert "REELWRIGHT_PORT" in str(refusal(folder, PORT="8000"))


def test_where_files_lie_cannot_be_said_in_the_files(folder):
    (folder / ".env").write_text("REELWRIGHT_HOME=/elsewhere\n")
    assert "comes too late" in str(refusal(folder))


def test_production_lists_all_that_is_only_fit_for_a_laptop(folder):
    error = refusal(
        folder,
        ENVIRONMENT="production",
        WEB__METRICS_TOKEN=WEAK,
        WEB__CORS_ORIGINS="*",
        OAUTH__PROVIDERS='{"there": {"issuer": "http://there.example", "client_id": "us"}}',
    )
    text = str(error)
    for part in (
        "database.url must name",
        "house_key must",
        "secrets.passphrase must",
        "base_url must say",
        "metrics_token is weak",
        "mail.host must name",
        "oauth.providers.there.issuer must",
        "not *",
    ):
        assert part in text


@pytest.mark.parametrize(
    "url", ["postgresql://u@h/x", "postgresql://u:postgres@h/x", "postgresql://u:aaaaaaaaaaaaaaaaaaaa@h/x"]
)  # fmt: skip
def test_production_refuses_databases_with_weak_passwords(folder, url):
    names = {
        "ENVIRONMENT": "production",
        "WEB__BASE_URL": "https://film.example",
        "SECRETS__HOUSE_KEY": "nY2mE5u0bQ8s1XkT4vJc7LrZ9wHdPfGa6oViKlMqRtU=",
        "SECRETS__PASSPHRASE": "four horses staple a battery",
        "MAIL__HOST": "mail.example",
    }
    assert "password" in str(refusal(folder, **names, DATABASE_URL=url))
    assert read(folder, **names, DATABASE_URL=GOOD).settings.environment == "production"


def test_a_laptop_may_be_careless(folder):
    check(read(folder, WEB__METRICS_TOKEN=WEAK).settings)


def shown(capsys, *arguments):
    app()(
        ["settings", *arguments],
        print_error=False,
        exit_on_error=False,
        result_action="return_value",
    )
    return capsys.readouterr().out  # fmt: skip


def test_the_command_shows_values_and_sources_with_secrets_covered(capsys, monkeypatch, folder):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("REELWRIGHT_DATABASE_URL", GOOD)
    monkeypatch.setenv("REELWRIGHT_WEB__METRICS_TOKEN", "kXv82-QpL0sE-77ab")
    text = shown(capsys)
    assert "kXv82" not in text
    assert "env REELWRIGHT_DATABASE_URL" in text
    tree = json.loads(shown(capsys, "--json"))
    assert tree["web.port"] == {"value": 8000, "source": "default"}
    assert tree["database.url"] == {"value": "********", "source": "env REELWRIGHT_DATABASE_URL"}


def test_the_command_shows_what_is_set_before_it_says_what_is_wrong(capsys, monkeypatch, folder):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("REELWRIGHT_ENVIRONMENT", "production")
    with pytest.raises(UnfitSettingsError):
        shown(capsys)
    assert "web.port" in capsys.readouterr().out


def test_the_documentation_lists_all_that_can_be_set():
    page = Path(__file__).parents[3] / "docs" / "settings.md"
    told = "write it anew: see the end of docs/settings.md, `reelwright settings --table`"
    assert page.read_text(encoding="utf-8").endswith(f"\n{written()}\n"), told
