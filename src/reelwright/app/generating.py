"""How what models make is wired: vendors, accounts, the paid call, its poller."""

import os

from dishka import Provider, Scope, provide, provide_all

from reelwright.app.settings import Settings, clear
from reelwright.engines.database.database import Database
from reelwright.engines.durable.contract import Executor
from reelwright.engines.secrets.keys import house_key
from reelwright.engines.secrets.vault import Vault
from reelwright.generation.accounts.book import AccountBook
from reelwright.generation.accounts.healing import AccountHealer
from reelwright.generation.accounts.keys import AccountKeys, EnvironmentKeys
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.accounts.settings import AccountSettings
from reelwright.generation.asking import Asking
from reelwright.generation.attempts import Attempts
from reelwright.generation.booking import Booking
from reelwright.generation.courses import Courses
from reelwright.generation.direct import DirectCalls
from reelwright.generation.limiting import Limiting
from reelwright.generation.llm.chats import LLMChatService
from reelwright.generation.llm.images import LLMImageService
from reelwright.generation.llm.service import LLMService
from reelwright.generation.local import LocalGenerations
from reelwright.generation.making import Generation
from reelwright.generation.models import ModelRegistry
from reelwright.generation.provider_service import ProviderService
from reelwright.generation.quotes import Quotes
from reelwright.generation.repertoire.book import OverrideBook
from reelwright.generation.repertoire.preferring import Preferences
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.repertoire.settings import ModelSettings
from reelwright.generation.requests import Desk
from reelwright.generation.routes.choosing import Choosing
from reelwright.generation.stories import Storyteller
from reelwright.generation.submissions.aliases import Aliases
from reelwright.generation.submissions.keeping import Keeper
from reelwright.generation.submissions.looking import Looker
from reelwright.generation.submissions.ringing import Bells, Ringing
from reelwright.generation.submissions.sending import Sender
from reelwright.generation.tally import Tally
from reelwright.generation.trials import LiveTrial
from reelwright.generation.writing import Writing
from reelwright.ground.clock import Clock
from reelwright.providers.roster import Vendors


class Generating(Provider):
    """What asks models, and pays for it."""

    scope = Scope.APP
    vendors = provide(Vendors)
    accounts = provide_all(AccountService, AccountBook)
    calls = provide_all(Desk, Keeper, Booking, Attempts, Courses, Looker, Ringing)
    texts = provide_all(Tally, DirectCalls, Writing, LLMService, LLMChatService, LLMImageService)
    work = provide_all(Generation, ProviderService, Asking, LocalGenerations, Storyteller)
    trials = provide(LiveTrial)
    choice = provide_all(ModelRegistry, Quotes, Repertoire, OverrideBook, Limiting)
    taste = provide_all(Preferences, Choosing)

    @provide
    def account_settings(self, settings: Settings) -> AccountSettings:
        return settings.accounts

    @provide
    def model_settings(self, settings: Settings) -> ModelSettings:
        return settings.models

    @provide
    def keys(self, vault: Vault) -> AccountKeys:
        return AccountKeys(vault, EnvironmentKeys(os.environ))

    @provide
    def healer(
        self,
        database: Database,
        keys: AccountKeys,
        clock: Clock,
        settings: AccountSettings,
        vendors: Vendors,
    ) -> AccountHealer:
        return AccountHealer(database, keys, clock, settings, vendors.provider)

    @provide
    def sender(self, database: Database, clock: Clock, executor: Executor) -> Sender:
        return Sender(database, clock, executor.may_call)

    @provide
    def people_named(self, settings: Settings) -> Aliases:
        given = clear(settings.secrets.house_key)
        return Aliases(house_key(settings.home, "aliases", given=given))

    @provide
    def bells(self, settings: Settings) -> Bells:
        key = house_key(settings.home, "bells", given=clear(settings.secrets.house_key))
        return Bells(key, settings.web.base_url)
