"""What stands on the label of a parcel: the world's only look into what was decided."""

from __future__ import annotations

from typing import Protocol

from dispatch.model import Delivery, Fulfilment


class Papers(Protocol):
    """Finds what an id in an instruction stands for."""

    def fulfilment(self, fulfilment: str, /) -> Fulfilment:
        """Return the fulfilment of this id."""
        ...

    def delivery(self, delivery: str, /) -> Delivery:
        """Return the delivery of this id."""
        ...
