"""What document 001 shows is what a script can write, one test for each of its examples."""

import io
import time

import pytest

from reelwright.config import get_config_manager, get_config_value
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.services import (
    PROJECT_CONFIGS,
    BaseService,
    CentralizedErrorHandler,
    ErrorContext,
    MetricsMixin,
    ServiceConfig,
    StorageService,
    discover_services,
    get_service,
    get_service_metrics,
    get_service_summary,
    get_services_by_group,
    handle_errors,
    health_check_all_services,
    inject_service,
    register_discovered_services,
    register_service_group,
    register_singleton,
    retry_on_failure,
    service_method,
    service_registry,
    shutdown_all_services,
    slot,
    startup_all_services,
)
from reelwright.services.storage import BroughtFile, storage_service

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def _own_house():
    slot.empty()
    yield
    await slot.current().stop()
    slot.empty()


async def test_a_service_is_registered_and_used():
    class MyService(BaseService):
        def __init__(self):
            config = ServiceConfig(name="my_service")
            super().__init__(config)

        async def _service_health_check(self):
            return {"status": "healthy"}

        async def some_method(self):
            return "done"

    register_singleton(MyService, name="my_service")
    my_service = get_service(MyService)
    assert await my_service.some_method() == "done"
    assert get_service("my_service") is my_service


async def test_a_service_with_dependencies_is_given_them():
    class UserService(BaseService):
        def __init__(self):
            super().__init__(ServiceConfig(name="user_service"))

        @inject_service("database_service")
        async def get_user(self, user_id: str, database_service):
            return await database_service.get_user(user_id)

    class Users:
        async def get_user(self, user_id):
            return {"id": user_id}

    register_singleton(UserService, name="user_service", dependencies=["database_service"])
    register_singleton(Users, name="database_service")
    assert await get_service("user_service").get_user("123") == {"id": "123"}


async def test_an_outside_call_is_measured_and_tried_again():
    class Answer:
        def json(self):
            return {"ok": True}

    class Client:
        tries = 0

        async def get(self, endpoint):
            self.tries += 1
            if self.tries < 3:
                raise ConnectionError(endpoint)
            return Answer()

    class ExternalAPIService(BaseService):
        def __init__(self):
            super().__init__(ServiceConfig(name="external"))
            self.http_client = Client()

        @service_method
        @retry_on_failure(max_retries=3, delay=0.001)
        async def call_external_api(self, endpoint: str):
            response = await self.http_client.get(endpoint)
            return response.json()

    service = ExternalAPIService()
    register_singleton(service)
    assert await service.call_external_api("/films") == {"ok": True}
    get_service("external")
    assert get_service_metrics("external")["methods"]["call_external_api"]["calls"] == 1


async def test_health_is_told_of_one_and_of_all():
    class UserService(BaseService):
        def __init__(self):
            super().__init__(ServiceConfig(name="user_service"))

    register_singleton(UserService, name="user_service")
    user_service = get_service("user_service")
    health = await user_service.health_check()
    assert health["status"] == "healthy"
    all_health = await health_check_all_services()
    assert [(name, told["status"]) for name, told in all_health.items()] == [
        ("user_service", "healthy")
    ]


async def test_the_summary_has_totals_and_figures():
    class One(BaseService):
        pass

    register_singleton(One)
    await startup_all_services()
    summary = get_service_summary()
    assert summary["total_services"] == 1
    assert summary["healthy_services"] == 1
    assert set(summary["metrics"]) == {"one"}


async def test_all_services_start_and_stop():
    diary = []

    class Projector(BaseService):
        async def start(self):
            diary.append("light")

        async def stop(self):
            diary.append("dark")

    register_singleton(Projector)
    await startup_all_services()
    await shutdown_all_services()
    assert diary == ["light", "dark"]


async def test_a_service_describes_itself():
    config = ServiceConfig(
        name="my_service",
        version="1.0.0",
        dependencies=["database_service", "cache_service"],
        health_check_interval=30,
        metrics_enabled=True,
    )
    assert list(config.dependencies) == ["database_service", "cache_service"]


async def test_errors_are_handled_with_their_context():
    error_handler = CentralizedErrorHandler()

    async def some_operation():
        raise RuntimeError("torn film")

    async def service_method():
        try:
            return await some_operation()
        except Exception as e:
            await error_handler.handle_error(
                error=e,
                context=ErrorContext(service="my_service", method="service_method", user_id="123"),
            )
            raise

    with pytest.raises(RuntimeError, match="torn film"):
        await service_method()
    assert error_handler.counts() == {("my_service", "service_method", "RuntimeError"): 1}


async def test_a_marked_method_hands_its_errors_to_the_handler():
    async def external_api_call():
        raise TimeoutError

    class MyService(BaseService):
        def __init__(self):
            super().__init__(ServiceConfig(name="my_service"))

        @handle_errors
        async def risky_operation(self):
            return await external_api_call()

    with pytest.raises(TimeoutError):
        await MyService().risky_operation()
    assert slot.current().errors.counts() == {("my_service", "risky_operation", "TimeoutError"): 1}


async def test_operations_are_recorded_by_hand():
    class MetricsService(BaseService, MetricsMixin):
        def __init__(self):
            super().__init__(ServiceConfig(name="metrics_service"))
            self.metrics_enabled = True
            self.fails = False

        async def perform_operation(self):
            if self.fails:
                raise ValueError
            return "done"

        async def track_operation(self, operation_name: str):
            start_time = time.time()
            try:
                result = await self.perform_operation()
            except Exception:
                self.record_metric(operation_name, "error", time.time() - start_time)
                raise
            self.record_metric(operation_name, "success", time.time() - start_time)
            return result

    service = MetricsService()
    assert await service.track_operation("grade") == "done"
    service.fails = True
    with pytest.raises(ValueError):
        await service.track_operation("grade")
    assert service.get_metrics()["success_rate"] == 50


async def test_figures_of_a_service_are_averages_and_rates():
    class MyService(BaseService):
        def __init__(self):
            super().__init__(ServiceConfig(name="my_service"))

        @service_method
        async def work(self):
            return 1

    register_singleton(MyService, name="my_service")
    await get_service(MyService).work()
    metrics = get_service_metrics("my_service")
    assert metrics["avg_response_time"] > 0
    assert (metrics["success_rate"], metrics["error_rate"]) == (100, 0)


async def test_a_service_reads_its_configuration(monkeypatch):
    class ConfigurableService(BaseService):
        def __init__(self):
            super().__init__(ServiceConfig(name="configurable_service"))
            self.api_key = get_config_value("external_services.api_key")
            self.timeout = get_config_value("external_services.timeout", 30)
            self.retry_attempts = get_config_value("external_services.retry_attempts", 3)

    monkeypatch.setenv("REELWRIGHT_EXTERNAL_SERVICES__API_KEY", "abc")
    monkeypatch.setenv("REELWRIGHT_EXTERNAL_SERVICES__TIMEOUT", "5")
    service = ConfigurableService()
    assert (service.api_key, service.timeout, service.retry_attempts) == ("abc", 5, 3)


@pytest.mark.parametrize(("environment", "level"), [("production", "WARNING"), ("test", "DEBUG")])
async def test_a_service_knows_its_environment(monkeypatch, environment, level):
    class EnvironmentAwareService(BaseService):
        def __init__(self):
            super().__init__(ServiceConfig(name="environment_aware_service"))
            self.environment = get_config_manager().environment.value
            self.log_level = "WARNING" if self.environment == "production" else "DEBUG"

    monkeypatch.setenv("REELWRIGHT_ENVIRONMENT", environment)
    assert EnvironmentAwareService().log_level == level


async def test_a_service_is_tested_alone():
    class TestService(BaseService):
        def __init__(self):
            super().__init__(ServiceConfig(name="test_service"))

        async def test_method(self):
            return "test_result"

    assert await TestService().test_method() == "test_result"


async def test_services_are_tested_together():
    class TestService(BaseService):
        def __init__(self):
            super().__init__(ServiceConfig(name="test_service"))

        async def test_method(self):
            return "test_result"

    register_singleton(TestService, name="test_service")
    await startup_all_services()
    assert await get_service("test_service").test_method() == "test_result"


async def test_services_are_discovered_and_registered():
    discovered = discover_services("support.plugin")
    assert [found.name for found in discovered] == ["projection", "ushers"]
    assert register_discovered_services(discovered) == ["projection", "ushers"]
    assert register_discovered_services(discover_services("support.plugin")) == []
    assert "projection" in service_registry


async def test_services_are_found_by_their_group():
    class Part:
        pass

    register_service_group("ai_services", ["producer_service", "llm_service", "job_service"])
    for name in ("llm_service", "producer_service", "job_service"):
        register_singleton(Part, name=name)
    assert len(set(map(id, get_services_by_group("ai_services")))) == 3


async def test_the_five_project_types_have_their_rules():
    types = ("music-clip", "video-edit", "audio-edit", "image-edit", "custom")
    sizes = {name: PROJECT_CONFIGS[name]["max_file_size"] // 2**20 for name in types}
    assert sizes == {
        "music-clip": 50,
        "video-edit": 500,
        "audio-edit": 100,
        "image-edit": 20,
        "custom": 100,
    }
    assert list(PROJECT_CONFIGS["custom"]["allowed_file_types"]) == ["*/*"]
    assert list(PROJECT_CONFIGS["audio-edit"]["supported_operations"]) == [
        "upload",
        "edit",
        "mix",
        "export",
    ]


class Upload(io.BytesIO):
    """A file as a web framework hands it over."""

    def __init__(self, filename, data):
        super().__init__(data)
        self.filename = filename


class AsyncUpload:
    """The same, read by awaiting."""

    def __init__(self, filename, data):
        self.filename = filename
        self._data = io.BytesIO(data)

    async def read(self, count):
        return self._data.read(count)


class KeptInMemory(StorageService):
    """The house's own storage and its rules; only what would go to Postgres stays in memory."""

    def __init__(self):
        self.files, self.data = [], {}

    async def upload_project_file(self, who, project_id, project_type, file, metadata=None):
        media_type = self.validate_file_for_project_type(file, project_type)
        self.files.append((who, project_id, file.name, media_type, file.path.read_bytes()))
        return {"name": file.name, "metadata": metadata}

    async def save_project_data(self, who, project_id, project_type, data):
        self.data[who, project_id, project_type] = data

    async def load_project_data(self, who, project_id, project_type):
        return self.data[who, project_id, project_type]


class People:
    async def find(self, user_id):
        return Principal(UserId.parse(user_id), WORKSPACE)


USER, WORKSPACE = UserId.new(), WorkspaceId.new()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


async def test_files_and_data_of_a_project_are_kept():
    kept = KeptInMemory()
    register_singleton(kept, name="storage_service")
    register_singleton(People, name="principal_of")
    whose = {"user_id": str(USER), "project_id": "prj_1", "project_type": "image-edit"}
    for upload in (Upload("still.png", PNG), AsyncUpload("still.png", PNG)):
        file_info = await storage_service.upload_project_file(
            **whose, file=upload, metadata={"resolution": "1080p"}
        )
        assert file_info == {"name": "still.png", "metadata": {"resolution": "1080p"}}
    who = Principal(USER, WORKSPACE)
    assert kept.files == [(who, "prj_1", "still.png", "image/png", PNG)] * 2
    await storage_service.save_project_data(**whose, data={"clips": [1, 2]})
    assert await storage_service.load_project_data(**{**whose, "user_id": who}) == {"clips": [1, 2]}


async def test_a_house_that_knows_no_users_asks_for_a_principal():
    register_singleton(KeptInMemory, name="storage_service")
    with pytest.raises(InvalidInputError, match="hand a Principal over"):
        await storage_service.load_project_data(
            user_id="usr_1", project_id="p", project_type="custom"
        )


async def test_a_file_is_held_to_the_rules_of_its_project_type(tmp_path):
    register_singleton(KeptInMemory, name="storage_service")
    still = Upload("a.png", PNG)
    storage_service.validate_file_for_project_type(still, "image-edit")
    assert still.read() == PNG
    with pytest.raises(InvalidInputError, match="image/png by its content"):
        storage_service.validate_file_for_project_type(Upload("a.mp4", PNG), "video-edit")
    on_disk = BroughtFile(tmp_path / "big.png", "big.png")
    on_disk.path.write_bytes(PNG + bytes(21 * 2**20))
    with pytest.raises(InvalidInputError, match="up to 20 MB"):
        storage_service.validate_file_for_project_type(on_disk, "image-edit")
    with pytest.raises(InvalidInputError, match="up to 20 MB"):
        await storage_service.upload_project_file(
            user_id=Principal(USER, WORKSPACE),
            project_id="p",
            project_type="image-edit",
            file=Upload("big.png", PNG + bytes(21 * 2**20)),
        )
    config = storage_service.get_project_config("video-edit")
    assert config["max_file_size"] == 500 * 2**20
    assert "video/mp4" in config["allowed_file_types"]
