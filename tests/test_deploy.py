"""What operators are handed: it parses, and names no setting, metric, probe or option that there is not."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from app import protocol
from app.errors import STATUS
from app.metrics import Metrics
from app.settings import Settings
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
DASHBOARD = DEPLOY / "grafana" / "steadyhand.json"
ALERTS = DEPLOY / "prometheus" / "alerts.yml"
KUBERNETES = DEPLOY / "kubernetes" / "steadyhand.yaml"
COMPOSE = DEPLOY / "docker-compose.yml"
OPERATIONS = ROOT / "docs" / "operations.md"
NOT_METRICS = {"steadyhand_secret"}  # what else begins like one


def metrics() -> dict[str, tuple[str, ...]]:
    """Every name that Prometheus sees, with its labels."""
    found: dict[str, tuple[str, ...]] = {}
    for metric in vars(Metrics()).values():
        for family in metric.collect():
            endings = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}
            for ending in endings.get(getattr(metric, "_type", ""), ()):
                found[family.name + ending] = tuple(metric._labelnames)
    return found


def expressions() -> Iterator[str]:
    """All PromQL of alerts and dashboard."""
    for group in yaml.safe_load(ALERTS.read_text())["groups"]:
        yield from (rule["expr"] for rule in group["rules"])
    for panel in json.loads(DASHBOARD.read_text())["panels"]:
        yield from (target["expr"] for target in panel.get("targets", ()))


def container() -> dict[str, Any]:
    """That of the Kubernetes example."""
    deployment = next(doc for doc in yaml.safe_load_all(KUBERNETES.read_text()) if doc["kind"] == "Deployment")
    return deployment["spec"]["template"]["spec"]


def test_every_metric_that_is_asked_for_is_there():
    """In alerts and dashboard, by the name that Prometheus sees; and all of them are on the dashboard."""
    known = metrics()
    asked = {name for text in expressions() for name in re.findall(r"\bsteadyhand_\w+", text)}
    assert asked <= set(known)
    shown = {name for name in known if not name.endswith(("_sum", "_count"))}
    assert set(re.findall(r"steadyhand_\w+", DASHBOARD.read_text())) >= shown


def test_every_label_that_is_asked_for_is_there():
    """Those of the metric beside it, of Prometheus itself and of histograms."""
    always = {"job", "instance", "le"}
    for text in expressions():
        labels = {label for name in re.findall(r"steadyhand_\w+", text) for label in metrics()[name]}
        asked = set(re.findall(r"(\w+)=~?\"", text))
        asked |= {label for listed in re.findall(r"by \(([\w, ]+)\)", text) for label in listed.split(", ")}
        assert asked <= always | labels, text


def test_the_codes_that_alerts_ask_for_are_told():
    """One that never comes would be an alert that never rings."""
    told = {"internal", *STATUS, *(str(code) for code in vars(protocol).values() if isinstance(code, int))}
    asked = {code for text in expressions() for code in re.findall(r'code="(\w+)"', text)}
    assert asked
    assert asked <= told


def test_the_operations_page_names_what_there_is():
    """Metrics, alerts and settings."""
    text = OPERATIONS.read_text()
    families = {family.name for family in Metrics().registry.collect()}
    named = set(re.findall(r"\bsteadyhand_[a-z_]+", text)) - NOT_METRICS
    assert {name.removesuffix("_total") for name in named} <= families
    alerts = {rule["alert"] for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]}
    assert set(re.findall(r"`(Steadyhand\w+)`", text)) == alerts
    settings = {f"STEADYHAND_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"STEADYHAND_[A-Z_]+\b", text)) <= settings


@pytest.mark.parametrize("path", [KUBERNETES, COMPOSE, DEPLOY / "Dockerfile"], ids=lambda path: path.name)
def test_every_setting_is_one(path):
    """By the name that the server reads."""
    settings = {f"STEADYHAND_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"STEADYHAND_[A-Z_]+", path.read_text()))
    assert named
    assert named <= settings


def test_a_pod_has_the_time_that_it_needs_to_end():
    """Notice, drain and what comes after them; probes ask what there is."""
    pod = container()
    given = pod["containers"][0]
    notice = float(next(one["value"] for one in given["env"] if one["name"] == "STEADYHAND_DRAIN_NOTICE"))
    Settings(
        secret="k" * 32, drain_notice=notice, database="postgresql+asyncpg://db/x", backplane="redis://x", workers=2
    )
    assert pod["terminationGracePeriodSeconds"] > 30
    assert given["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert given["livenessProbe"]["httpGet"]["path"] == "/healthz"
    seen_red = given["readinessProbe"]["periodSeconds"] * given["readinessProbe"]["failureThreshold"]
    assert notice > seen_red


def test_nothing_inside_is_published():
    """Neither metrics nor probes; all that browsers and chat tools need is."""
    ingress = next(doc for doc in yaml.safe_load_all(KUBERNETES.read_text()) if doc["kind"] == "Ingress")
    paths = {path["path"]: path["pathType"] for path in ingress["spec"]["rules"][0]["http"]["paths"]}
    assert {path for path, kind in paths.items() if kind == "Prefix"} == {"/api", "/ws", "/hooks", "/static"}
    assert not {"/metrics", "/healthz", "/readyz"} & set(paths)


def test_compose_waits_for_what_it_needs():
    """The database before the server; secrets are nowhere in the file."""
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    server = services["steadyhand"]
    assert server["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert all("healthcheck" in service for service in services.values())
    for name, value in {**server["environment"], **services["postgres"]["environment"]}.items():
        assert not re.search("SECRET|PASSWORD", name) or value.startswith("${"), name
    assert (DEPLOY / server["build"]["context"] / server["build"]["dockerfile"]).exists()
