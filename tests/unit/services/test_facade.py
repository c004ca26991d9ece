"""The door for scripts and plugins: its names, the slot behind it, and who may not use it."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

import reelwright
from reelwright import services
from reelwright.ground.errors import MissingError
from reelwright.services import names, slot
from reelwright.services.facade import service_container, service_registry
from reelwright.services.house import House
from reelwright.services.storage import storage_service

SOURCE = Path(reelwright.__file__).parent


@pytest.fixture(autouse=True)
def _own_house():
    slot.empty()
    yield
    slot.empty()


@pytest.mark.parametrize("name", sorted(names.OWN))
def test_every_own_name_can_be_imported_and_knows_what_it_is(name):
    found = getattr(import_module("reelwright.services"), name)
    assert found is not None
    assert found.__doc__
    assert name in dir(services)


def test_names_of_higher_packages_are_found_through_the_door(monkeypatch):
    monkeypatch.setitem(names.HIGHER, "Projection", "support.plugin:Projection")
    monkeypatch.setitem(names.HIGHER, "Planned", "reelwright.jobs.planned_only:Planned")
    assert services.Projection is import_module("support.plugin").Projection
    with pytest.raises(AttributeError, match="is not there yet"):
        _ = services.Planned


def test_a_name_that_nobody_promised_is_an_ordinary_import_error():
    with pytest.raises(ImportError):
        exec("from reelwright.services import NobodyService")  # noqa: S102 - that is the test


def test_a_name_whose_home_fails_to_import_says_why(monkeypatch, tmp_path):
    (tmp_path / "torn.py").write_text("import no_such_library\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(names.HIGHER, "Broken", "torn:Thing")
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        _ = services.Broken


def test_the_objects_behind_the_door_follow_the_house_in_the_slot():
    class Camera:
        pass

    first, second = House(), House()
    slot.fill(first)
    service_registry.register(Camera)
    assert "camera" in service_registry
    assert len(service_registry) == 1
    slot.fill(second)
    assert "camera" not in service_registry
    with pytest.raises(MissingError):
        service_container.get("camera")


def test_a_service_in_the_house_is_found_at_the_time_of_use():
    with pytest.raises(MissingError, match="storage_service"):
        storage_service.get_project_config("custom")


def test_the_products_own_code_never_goes_through_the_door():
    doors = {"reelwright.services", "reelwright.services.facade", "reelwright.config"}
    inside = {"services", "app"}
    for path in SOURCE.rglob("*.py"):
        if path.relative_to(SOURCE).parts[0] in inside:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            imported = (
                {alias.name for alias in node.names}
                if isinstance(node, ast.Import)
                else {node.module or ""}
                if isinstance(node, ast.ImportFrom)
                else set()
            )
            assert not imported & doors, f"{path}: {imported & doors}"
