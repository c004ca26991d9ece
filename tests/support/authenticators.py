"""A device that keeps passkeys, in software: what it signs is what a real one would."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_PRESENT, _VERIFIED, _ATTESTED = 1, 4, 64


class Authenticator:
    """Keeps one key for one host. `verifies`: whether it asks for a finger; `counts`: its uses."""

    def __init__(self, origin="http://localhost:8000", *, verifies=True, counts=True):
        self.origin = origin
        self.verifies = verifies
        self.counts = counts
        self.uses = 0
        self.id = secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())

    def make(self, options):
        """What `navigator.credentials.create` gives."""
        numbers = self.key.public_key().public_numbers()
        point = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        public = cbor2.dumps({1: 2, 3: -7, -1: 1} | point)
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._data(options["rp"]["id"], _ATTESTED) + attested
        return self._credential(
            "webauthn.create",
            options,
            attestationObject=cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data}),
        )

    def answer(self, options, **more):
        """What `navigator.credentials.get` gives."""
        if self.counts:
            self.uses += 1
        data = self._data(options["rpId"], 0)
        said = self._said("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(
            "webauthn.get", options, authenticatorData=data, signature=signature, **more
        )

    def _data(self, host, flags):
        flags |= _PRESENT | (_VERIFIED if self.verifies else 0)
        count = self.uses.to_bytes(4, "big")
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + count

    def _said(self, kind, options):
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _credential(self, kind, options, **response):
        response["clientDataJSON"] = self._said(kind, options)
        return {
            "id": text(self.id),
            "rawId": text(self.id),
            "type": "public-key",
            "response": {name: text(value) for name, value in response.items()},
        }


def text(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def data(written):
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))
