from contract.vendors.google import ASKS
from reelwright.providers.contract import Access
from reelwright.providers.google.provider import Google
from reelwright.providers.operations import Operation
from reelwright.testing.fakes.google import FakeGoogle
from support.vendors import KEY, VendorCase


class OnVertex(Google):
    """What is asked on Vertex. Its operations differ in the body alone: one stands for them here."""

    def models(self):
        return [
            one
            for one in super().models()
            if one.endpoint.startswith("publishers/") and one.operation is Operation.TEXT_TO_VIDEO
        ]


CASE = VendorCase(
    OnVertex,
    FakeGoogle,
    ASKS,
    access=lambda url: Access("", url, {"project": "p", "token": KEY}),
)
