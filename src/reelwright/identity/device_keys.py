"""What devices' keys say, by the WebAuthn library: what to ask for, and whether an answer is one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import webauthn
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

_MALFORMED = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError)
"""What the library raises for what a browser sends; some of it without a name of its own."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the browser is to ask the device for; the answer must name the challenge."""

    options: dict[str, Any]
    challenge: str


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """A key: its name, its public half, and how often it says it was used."""

    credential: bytes
    public_key: bytes
    uses: int


class DeviceKeys:
    """The keys that belong to a host; `origin` is how browsers name it."""

    def __init__(self, host: str, origin: str) -> None:
        self._host = host
        self._origin = origin

    def ask_to_add(self, user: str, called: str, shown: str, known: Sequence[bytes]) -> Question:
        """For a key of a person that stays on the device, and is none of those that are known."""
        options = webauthn.generate_registration_options(
            rp_id=self._host,
            rp_name="reelwright",
            user_id=user.encode(),
            user_name=called,
            user_display_name=shown,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(one) for one in known],
        )
        return _question(options)

    def added(self, challenge: str, credential: dict[str, Any]) -> DeviceKey | None:
        """The key that a device has made; None if this is not what was asked for."""
        try:
            made = webauthn.verify_registration_response(
                credential=credential,
                expected_challenge=webauthn.base64url_to_bytes(challenge),
                expected_rp_id=self._host,
                expected_origin=self._origin,
                require_user_verification=True,
            )
        except _MALFORMED:
            return None
        return DeviceKey(made.credential_id, made.credential_public_key, made.sign_count)

    def ask_to_sign_in(self) -> Question:
        """For whichever key the device has for this host."""
        options = webauthn.generate_authentication_options(
            rp_id=self._host, user_verification=UserVerificationRequirement.REQUIRED
        )
        return _question(options)

    def named(self, credential: dict[str, Any]) -> bytes | None:
        """Which key an answer is of; None if it does not say."""
        try:
            return webauthn.base64url_to_bytes(str(credential.get("rawId")))
        except _MALFORMED:
            return None

    def answered(
        self, challenge: str, credential: dict[str, Any], public_key: bytes, uses: int
    ) -> int | None:
        """How often the key was used, as it says itself; None if the answer is not the key's."""
        try:
            seen = webauthn.verify_authentication_response(
                credential=credential,
                expected_challenge=webauthn.base64url_to_bytes(challenge),
                expected_rp_id=self._host,
                expected_origin=self._origin,
                credential_public_key=public_key,
                credential_current_sign_count=uses,
                require_user_verification=True,
            )
        except _MALFORMED:
            return None
        return seen.new_sign_count


def _question(options: Any) -> Question:
    plain: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return Question(plain, bytes_to_base64url(options.challenge))
