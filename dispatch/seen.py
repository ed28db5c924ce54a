"""The sources that a decision speaks of one by one, as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Column = Sequence[int] | npt.NDArray[np.int64]


class Seen:
    """The nearest sources in reach, in rank order: one entry a source in every column.

    Kept as the arrays that the decision was made on, and turned into tuples when they are read: most decisions are
    stored and never read.

    Parameters
    ----------
    sources
        Names, or numbers where `names` says what they are called.
    letters
        One of `dispatch.decision.LETTERS` a source.
    figures
        By row, for the letters that have one; or one a row, 0 where there is none.
    stock
        Per need a column: what the best store of the source could give when the decision was made, -1 where none of its
        stores is allowed.
    arrive_s
        When a courier would be at the door; read only where a source was not refused. May be empty.
    """

    __slots__ = ("_arrive_s", "_distance_m", "_names", "_sources", "_stock", "_travel_s", "figure_of", "letters")

    def __init__(
        self,
        *,
        sources: Sequence[str] | npt.NDArray[np.int64] = (),
        names: Sequence[str] = (),
        travel_s: Column = (),
        distance_m: Column = (),
        letters: str = "",
        figures: Mapping[int, int] | Sequence[int] = (),
        stock: Sequence[Column] | npt.NDArray[np.int64] = (),
        arrive_s: Column = (),
    ) -> None:
        self._sources = sources
        self._names = names
        self._travel_s = travel_s
        self._distance_m = distance_m
        self._stock = stock
        self._arrive_s = arrive_s
        self.letters = letters
        if not isinstance(figures, Mapping):
            figures = {row: figure for row, figure in enumerate(figures) if figure}
        self.figure_of: Mapping[int, int] = figures

    @property
    def sources(self) -> tuple[str, ...]:
        """A source is named by its store where only one store there is in reach, else by its site."""
        if isinstance(self._sources, np.ndarray):
            names = self._names
            return tuple([names[number] for number in self._sources.tolist()])
        return tuple(self._sources)

    @property
    def travel_s(self) -> tuple[int, ...]:
        """Seconds from the site to the door."""
        return _tuple(self._travel_s)

    @property
    def distance_m(self) -> tuple[int, ...]:
        """Metres from the site to the door."""
        return _tuple(self._distance_m)

    @property
    def figures(self) -> tuple[int, ...]:
        """The figure of each letter; 0 where it has none."""
        return tuple([self.figure_of.get(row, 0) for row in range(len(self.letters))])

    @property
    def stock(self) -> tuple[tuple[int, ...], ...]:
        """Units by need, then source."""
        return tuple([_tuple(column) for column in self._stock])

    @property
    def arrive_s(self) -> tuple[int, ...]:
        """When a courier would be at the door of the order, for the sources that were not refused; 0 for the rest."""
        if not len(self._arrive_s) or "." not in self.letters:
            return ()
        return tuple(
            [at_s if letter == "." else 0 for at_s, letter in zip(_tuple(self._arrive_s), self.letters, strict=True)]
        )

    def __len__(self) -> int:
        return len(self.letters)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seen) and self._plain() == other._plain()

    def __hash__(self) -> int:
        return hash(self._plain())

    def __repr__(self) -> str:
        return f"Seen(sources={self.sources}, letters={self.letters!r})"

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _again, self._plain()

    def _plain(self) -> tuple[object, ...]:
        return (
            self.sources,
            self.travel_s,
            self.distance_m,
            self.letters,
            tuple(sorted(self.figure_of.items())),
            self.stock,
            self.arrive_s,
        )


def _again(
    sources: tuple[str, ...],
    travel_s: tuple[int, ...],
    distance_m: tuple[int, ...],
    letters: str,
    figures: tuple[tuple[int, int], ...],
    stock: tuple[tuple[int, ...], ...],
    arrive_s: tuple[int, ...],
) -> Seen:
    return Seen(
        sources=sources,
        travel_s=travel_s,
        distance_m=distance_m,
        letters=letters,
        figures=dict(figures),
        stock=stock,
        arrive_s=arrive_s,
    )


def _tuple(column: Column) -> tuple[int, ...]:
    return tuple(column.tolist() if isinstance(column, np.ndarray) else column)
