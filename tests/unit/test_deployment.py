"""What is deployed holds to the rules of a process nobody needs to trust: compose, image, cluster.

Against the schemas of Kubernetes it is checked by `make referees`; no container is built or run here.
"""

import re
from base64 import b64encode
from pathlib import Path
from secrets import token_bytes, token_hex

import pytest
import yaml

from reelwright.app.setting_problems import UnfitSettingsError
from reelwright.app.setting_sources import load
from reelwright.app.settings import Environment

ROOT = Path(__file__).parents[2]
CLUSTER = ROOT / "deploy" / "kubernetes"
OURS = {"api", "worker", "upgrade"}


def documents():
    for path in sorted(CLUSTER.glob("*.yaml")):
        for one in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            yield path.name, one


def of_kind(kind):
    return [one for _, one in documents() if one["kind"] == kind]


def named(kind):
    return {one["metadata"]["name"]: one for one in of_kind(kind)}


def pods():
    for kind in ("Deployment", "Job"):
        for one in of_kind(kind):
            yield one["metadata"]["name"], one["spec"]["template"]


@pytest.fixture
def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def test_every_pod_runs_without_rights_on_a_disk_it_cannot_write_within_bounds():
    found = dict(pods())
    assert set(found) == {"reelwright-api", "reelwright-worker", "reelwright-upgrade"}
    for name, template in found.items():
        pod = template["spec"]
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        for box in pod["containers"]:
            rights = box["securityContext"]
            assert rights["readOnlyRootFilesystem"] is True
            assert rights["allowPrivilegeEscalation"] is False
            assert rights["capabilities"] == {"drop": ["ALL"]}
            assert set(box["resources"]["limits"]) == {"cpu", "memory"}
            assert set(box["resources"]["requests"]) == {"cpu", "memory"}
            mounted = {one["name"] for one in box["volumeMounts"]}
            assert mounted == {one["name"] for one in pod["volumes"]}
            assert {"secretRef": {"name": "reelwright"}} in box["envFrom"]
            assert "env" not in box


def test_what_lasts_is_watched_scaled_and_never_gone_all_at_once():
    budgets, scalers = named("PodDisruptionBudget"), named("HorizontalPodAutoscaler")
    for name, one in named("Deployment").items():
        spec = one["spec"]
        labels = spec["template"]["metadata"]["labels"]
        assert spec["selector"]["matchLabels"].items() <= labels.items()
        assert budgets[name]["spec"]["selector"]["matchLabels"].items() <= labels.items()
        assert scalers[name]["spec"]["scaleTargetRef"]["name"] == name
        assert "replicas" not in spec, "it would undo what the scaler does at each apply"
        (box,) = spec["template"]["spec"]["containers"]
        assert {"startupProbe", "livenessProbe"} <= set(box)
    (box,) = named("Deployment")["reelwright-api"]["spec"]["template"]["spec"]["containers"]
    assert box["readinessProbe"]["httpGet"]["path"] == "/health/ready"
    assert box["livenessProbe"]["httpGet"]["path"] == "/health/live"


def test_names_lead_to_what_there_is():
    service = named("Service")["reelwright-api"]
    template = named("Deployment")["reelwright-api"]["spec"]["template"]
    assert service["spec"]["selector"].items() <= template["metadata"]["labels"].items()
    ports = {port["name"] for port in template["spec"]["containers"][0]["ports"]}
    assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports
    (ingress,) = of_kind("Ingress")
    told = ingress["metadata"]["annotations"]
    assert told["nginx.ingress.kubernetes.io/proxy-buffering"] == "off"
    (rule,) = ingress["spec"]["rules"]
    (path,) = rule["http"]["paths"]
    assert path["backend"]["service"]["name"] == "reelwright-api"
    (kustomization,) = of_kind("Kustomization")
    files = {path.name for path in CLUSTER.glob("*.yaml")}
    assert files - set(kustomization["resources"]) == {"kustomization.yaml", "secret.example.yaml"}
    for policy in of_kind("NetworkPolicy"):
        wanted = policy["spec"]["podSelector"].get("matchLabels", {})
        assert any(wanted.items() <= pod["metadata"]["labels"].items() for _, pod in pods())


def settings_told(compose):
    yield from compose["x-reelwright"]["environment"]
    for kind, key in (("ConfigMap", "data"), ("Secret", "stringData")):
        yield from named(kind)["reelwright"][key]


def test_all_that_is_set_are_settings_and_production_would_start(compose):
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    known = set(re.findall(r"REELWRIGHT_[A-Z0-9_]+", table)) | {"REELWRIGHT_DATABASE_URL"}
    assert set(settings_told(compose)) <= known
    cluster = named("ConfigMap")["reelwright"]["data"] | named("Secret")["reelwright"]["stringData"]
    needed = ("DATABASE_URL", "SECRETS__HOUSE_KEY", "SECRETS__KEY", "WEB__BASE_URL")
    assert {f"REELWRIGHT_{one}" for one in needed} <= set(cluster)
    assert cluster["REELWRIGHT_WEB__BASE_URL"].startswith("https://")


def composed(compose, given):
    """The environment of a process, as compose fills it in."""

    def value(found):
        name, _, other = found[1].partition(":")
        return given.get(name) or other.removeprefix("-")

    told = compose["x-reelwright"]["environment"]
    return {name: re.sub(r"\$\{(.+?)\}", value, text) for name, text in told.items()}


def example():
    text = (ROOT / "deploy" / "compose.env.example").read_text(encoding="utf-8")
    given = dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))
    secrets = ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "STORE_SECRET", "MAIL_PASSWORD")
    given |= {name: token_hex(24) for name in secrets}
    return given | {
        name: b64encode(token_bytes(32)).decode() for name in ("HOUSE_KEY", "VAULT_KEY")
    }


def test_compose_starts_in_production_when_all_is_filled_in_and_not_before(compose, tmp_path):
    given = example()
    settings = load(composed(compose, given), tmp_path).settings
    assert settings.environment is Environment.PRODUCTION
    assert settings.mail.host == "mail.example"
    for missing, wrong in (
        ("MAIL_HOST", ""),
        ("BASE_URL", "http://127.0.0.1:8000"),
        ("HOUSE_KEY", "short"),
        ("POSTGRES_PASSWORD", "postgres"),
    ):
        with pytest.raises(UnfitSettingsError):
            load(composed(compose, given | {missing: wrong}), tmp_path)


def test_compose_starts_for_whoever_tries_it_out(compose, tmp_path):
    tried = {"ENVIRONMENT": "development", "BASE_URL": "http://127.0.0.1:8000"}
    left = dict.fromkeys(("MAIL_HOST", "MAIL_USER", "MAIL_PASSWORD", "TRUSTED_PROXIES"), "")
    settings = load(composed(compose, example() | tried | left), tmp_path).settings
    assert settings.environment is Environment.DEVELOPMENT
    assert (settings.mail.host, settings.mail.user, settings.mail.password) == (None, None, None)


def test_the_cluster_starts_in_production_with_secrets_of_its_own(tmp_path):
    told = dict(named("ConfigMap")["reelwright"]["data"])
    for name, text in named("Secret")["reelwright"]["stringData"].items():
        plain = "://" not in text and text != "name"
        secret = b64encode(token_bytes(32)).decode()
        told[name] = secret if plain else text.replace("PASSWORD", token_hex(24))
    settings = load(told, tmp_path).settings
    assert settings.environment is Environment.PRODUCTION
    (out,) = [one for one in of_kind("NetworkPolicy") if one["metadata"]["name"].endswith("-out")]
    ports = {port["port"] for rule in out["spec"]["egress"] for port in rule["ports"]}
    assert {settings.mail.port, 443, 5432, 6379} <= ports


def test_compose_has_all_parts_each_watched_and_no_secret_of_its_own(compose):
    services = compose["services"]
    assert set(services) == OURS | {"postgres", "redis", "store", "bucket"}
    base = compose["x-reelwright"]
    assert base["read_only"] is True
    assert base["cap_drop"] == ["ALL"]
    assert base["user"] == "10001:10001"
    for name in OURS:
        assert services[name]["read_only"] is True, name
        assert services[name]["volumes"], f"{name}: nowhere to write"
    for name, one in services.items():
        if name in {"postgres", "redis", "store", "worker"}:
            assert one["healthcheck"]["test"], name
        image = one["image"]
        assert image == "reelwright:local" or re.search(r":\d+\.\d+", image), image
        for other in one.get("depends_on", {}):
            assert other in services
        for volume in one.get("volumes", []):
            assert volume.partition(":")[0] in compose["volumes"]
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)", text))
    example = (ROOT / "deploy" / "compose.env.example").read_text(encoding="utf-8")
    assert asked == set(re.findall(r"^(\w+)=", example, re.MULTILINE))
    assert services["api"]["ports"] == ["127.0.0.1:8000:8000"]


def test_the_image_is_pinned_runs_as_nobody_and_holds_no_more_than_it_needs():
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert len(bases) == 2
    assert all(re.search(r":\d+\.\d+\.\d+-", one) for one in bases)
    last = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "COPY --from=build" in last
    assert "--frozen" in text
    sent = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert sent[0] == "*"
    for copied in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE):
        for one in copied.split():
            assert f"!{one}" in sent, f"{one} is not sent to the builder"
            assert (ROOT / one).exists()
