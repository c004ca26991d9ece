"""The names behind the door for scripts and plugins, and where each one lives.

The one place where strings point upward: a script may write `from reelwright.services import
JobService` though jobs lie higher than services. They are followed when somebody asks, never before.
"""

from importlib import import_module
from typing import Any

_FLAT = {
    "base": "BaseService",
    "bases": "DatabaseService ExternalService AsyncService CommonServiceBase",
    "blueprint": "ServiceConfig",
    "metrics": "ServiceMetrics",
    "log": "ServiceLogger",
    "factory": "ServiceFactory",
    "registry": "ServiceRegistry ServiceRecipe",
    "container": "ServiceContainer",
    "lifecycle": "ServiceManager",
    "health": "ServiceHealthMonitor",
    "marks": "service_method inject_service require_service handle_errors",
    "retrying": "retry_on_failure",
    "context": "ErrorContext service_context",
    "errors": "CentralizedErrorHandler ErrorHandlingContext",
    "capabilities": "ServiceInitializationMixin DatabaseOperationMixin AsyncOperationMixin"
    " ConfigurationMixin MetricsMixin",
    "validation": "ValidationMixin",
    "filing": "FileOperationMixin",
    "kit": "generate_unique_id format_timestamp calculate_duration safe_get_dict_value merge_dicts"
    " chunk_list validate_required_fields sanitize_filename",
    "facade": "service_registry service_factory service_manager service_container"
    " service_health_monitor register_singleton get_service health_check_all_services"
    " get_service_summary startup_all_services shutdown_all_services get_service_metrics"
    " discover_services register_discovered_services register_service_group"
    " get_services_by_group auth_service",
    "storage": "storage_service",
}
OWN = {
    name: f"reelwright.services.{module}:{name}"
    for module, names in _FLAT.items()
    for name in names.split()
}
HIGHER = {
    "JobService": "reelwright.jobs.service:JobService",
    "JobProcessor": "reelwright.jobs.processor:JobProcessor",
    "JobScheduler": "reelwright.jobs.scheduler:JobScheduler",
    "MediaProcessor": "reelwright.studio.edits.processor:MediaProcessor",
    "AIService": "reelwright.studio.ai_service:AIService",
    "ProducerMusicClipService": "reelwright.studio.music.clips:ProducerMusicClipService",
    "ProducerIntegration": "reelwright.studio.music.integration:ProducerIntegration",
    "ProducerSessionManager": "reelwright.studio.music.sessions:ProducerSessionManager",
    "ProducerAIOptimizer": "reelwright.studio.music.optimizer:ProducerAIOptimizer",
    "AccountService": "reelwright.generation.accounts.service:AccountService",
    "LLMService": "reelwright.generation.llm.service:LLMService",
    "LLMChatService": "reelwright.generation.llm.chats:LLMChatService",
    "LLMImageService": "reelwright.generation.llm.images:LLMImageService",
    "AssetService": "reelwright.library.asset_service:AssetService",
    "AuthService": "reelwright.identity.auth_service:AuthService",
    "ProjectCollaborationService": "reelwright.projects.collaboration:ProjectCollaborationService",
    "SessionService": "reelwright.identity.sessions:SessionService",
    "UserService": "reelwright.identity.users:UserService",
    "OAuthService": "reelwright.identity.oauth_service:OAuthService",
    "SocialAccountService": "reelwright.identity.social_accounts:SocialAccountService",
    "TokenService": "reelwright.identity.tokens:TokenService",
    "ProjectService": "reelwright.projects.service:ProjectService",
    "ProjectSharingService": "reelwright.projects.sharing:ProjectSharingService",
    "SaveManager": "reelwright.projects.saving:SaveManager",
    "StorageService": "reelwright.library.storage_service:StorageService",
    "PROJECT_CONFIGS": "reelwright.projects.types:PROJECT_CONFIGS",
    "ConnectionManager": "reelwright.engines.database.connections:ConnectionManager",
    "QueryOptimizer": "reelwright.engines.database.slow_statements:QueryOptimizer",
    "IndexingStrategy": "reelwright.engines.database.indexes:IndexingStrategy",
    "OptimizationService": "reelwright.engines.database.optimisation:OptimizationService",
    "RedisCache": "reelwright.engines.cache.cache:RedisCache",
    "CacheIntegration": "reelwright.engines.cache.cache:CacheIntegration",
    "CacheService": "reelwright.engines.cache.cache:CacheService",
}
ALL = sorted({*OWN, *HIGHER})


def resolve(asked: str, name: str) -> Any:
    """What `name` stands for; raises AttributeError when there is no such name, or not yet."""
    home = OWN.get(name) or HIGHER.get(name)
    if home is None:
        raise AttributeError(f"module {asked!r} has no attribute {name!r}")
    module, _, attribute = home.partition(":")
    try:
        return getattr(import_module(module), attribute)
    except ModuleNotFoundError as error:
        if not (error.name and module.startswith(error.name)):
            raise
        raise AttributeError(f"{name} is promised at {home}, which is not there yet") from error
