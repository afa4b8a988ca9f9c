"""Keys that are one enterprise: a union-find that refuses what contradicts (other codes, one register, a decision)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass
class Cluster:
    """What is known of the keys that are taken for one enterprise."""

    keys: set[str]
    organisations: set[str] = field(default_factory=set)
    registrations: set[str] = field(default_factory=set)
    sheets: set[str] = field(default_factory=set)
    cores: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    communities: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)  # keys that a decision says are another enterprise

    def absorb(self, other: Cluster) -> None:
        """Take over all that is known of another one."""
        for name in self.__dataclass_fields__:
            getattr(self, name).update(getattr(other, name))


def codes_contradict(left: Cluster, right: Cluster) -> bool:
    """Return whether both have valid codes and none in common; old registration numbers speak where nothing else does."""
    if left.organisations and right.organisations:
        return not left.organisations & right.organisations
    if left.registrations and right.registrations:
        return not left.registrations & right.registrations
    return False


class Clusters:
    """The enterprises found so far, by any of their keys."""

    def __init__(self, known: Mapping[str, Cluster]) -> None:
        self._root = {key: key for key in known}
        self._cluster = dict(known)
        self.joined: dict[str, str] = {}  # key → the first and strongest reason that joined it

    def root(self, key: str) -> str:
        """Return the key that stands for the key's enterprise."""
        while self._root[key] != key:
            self._root[key] = self._root[self._root[key]]
            key = self._root[key]
        return key

    def of(self, key: str) -> Cluster:
        """Return the enterprise of a key."""
        return self._cluster[self.root(key)]

    def forbid(self, left: str, right: str) -> None:
        """Keep two keys apart whatever speaks for one enterprise."""
        self.of(left).others.add(right)
        self.of(right).others.add(left)

    def are_forbidden(self, left: str, right: str) -> bool:
        """Return whether a decision keeps the enterprises of two keys apart."""
        roots = self.root(left), self.root(right)
        return any(self.root(key) == roots[1] for key in self._cluster[roots[0]].others)

    def join(self, left: str, right: str, how: str) -> bool:
        """Make two keys one enterprise unless a decision keeps them apart; return whether they are one now."""
        first, second = self.root(left), self.root(right)
        if first != second:
            if self.are_forbidden(left, right):
                return False
            self._root[second] = first
            self._cluster[first].absorb(self._cluster.pop(second))
        self.joined.setdefault(left, how)
        self.joined.setdefault(right, how)
        return True

    def found(self) -> Iterable[Cluster]:
        """Return every enterprise."""
        return self._cluster.values()
