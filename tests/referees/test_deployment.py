"""The manifests, as the schemas of Kubernetes see them."""

from pathlib import Path

import kubernetes_validate
import pytest
import yaml

CLUSTER = Path(__file__).parents[2] / "deploy" / "kubernetes"
FILES = sorted(path for path in CLUSTER.glob("*.yaml") if path.name != "kustomization.yaml")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_manifest_is_what_the_cluster_takes(path):
    for one in yaml.safe_load_all(path.read_text(encoding="utf-8")):
        kubernetes_validate.validate(one, "1.37", strict=True)
