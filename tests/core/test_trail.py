"""Whoever keeps the head tells every tampering; without it, an end cut off or a chain made anew goes unseen."""

import dataclasses
import datetime
import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from commonweal.core.trail import START, TAKEN_OUT, Entry, digest_of, digest_of_said, faults

COUNCIL, PERSON = UUID(int=1), UUID(int=2)
START_AT = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)


def _chained(saids: list[dict[str, int]]) -> list[Entry]:
    entries: list[Entry] = []
    for number, said in enumerate(saids, start=1):
        entry = Entry(
            COUNCIL,
            number,
            START_AT + datetime.timedelta(seconds=number),
            PERSON,
            "answers saved",
            "A",
            None,
            said,
            digest_of_said(said),
            "",
        )
        entries.append(_digested(entry, entries[-1].digest if entries else START))
    return entries


def _digested(entry: Entry, before: str) -> Entry:
    fields = ("organisation", "number", "at", "by", "act", "subject", "assessment", "said_digest")
    return dataclasses.replace(
        entry, digest=digest_of(**{name: getattr(entry, name) for name in fields}, before=before)
    )


CHAIN = _chained([{"level": number} for number in range(12)])
HEAD = (len(CHAIN), CHAIN[-1].digest)


def _edit(chain: list[Entry], at: int) -> list[Entry]:
    return [*chain[:at], dataclasses.replace(chain[at], said={"level": 99}), *chain[at + 1 :]]


def _edit_and_digest(chain: list[Entry], at: int) -> list[Entry]:
    said = {"level": 99}
    edited = dataclasses.replace(chain[at], said=said, said_digest=digest_of_said(said))
    return [*chain[:at], _digested(edited, chain[at - 1].digest if at else START), *chain[at + 1 :]]


def _somebody_else(chain: list[Entry], at: int) -> list[Entry]:
    return [*chain[:at], dataclasses.replace(chain[at], by=UUID(int=3)), *chain[at + 1 :]]


def _delete(chain: list[Entry], at: int) -> list[Entry]:
    return [*chain[:at], *chain[at + 1 :]]


def _swap(chain: list[Entry], at: int) -> list[Entry]:
    other = (at + 1) % len(chain)
    swapped = list(chain)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    return swapped


def _insert(chain: list[Entry], at: int) -> list[Entry]:
    return [*chain[:at], chain[at], *chain[at:]]


def _cut_off(chain: list[Entry], at: int) -> list[Entry]:
    return chain[:at]


def _make_anew(chain: list[Entry], at: int) -> list[Entry]:
    return _chained([{"level": 99 if number == at else number} for number in range(len(chain))])


def _blank(chain: list[Entry], at: int) -> list[Entry]:
    return [*chain[:at], dataclasses.replace(chain[at], said=None), *chain[at + 1 :]]


SEEN_BY_THE_CHAIN: tuple[Callable[[list[Entry], int], list[Entry]], ...] = (
    _edit,
    _blank,
    _somebody_else,
    _delete,
    _swap,
    _insert,
)
SEEN_BY_THE_HEAD = (_edit_and_digest, _cut_off, _make_anew)


def test_a_chain_that_holds_has_no_fault() -> None:
    assert faults(CHAIN, HEAD) == []
    assert faults([], (0, START)) == []


def test_an_older_head_still_holds() -> None:
    assert faults(CHAIN, (5, CHAIN[4].digest)) == []


def test_a_thousand_tamperings_are_all_seen_with_the_head() -> None:
    dice = random.Random(4)
    tamper = (*SEEN_BY_THE_CHAIN, *SEEN_BY_THE_HEAD)
    assert all(faults(dice.choice(tamper)(CHAIN, dice.randrange(len(CHAIN))), HEAD) for _ in range(1000))


def test_without_the_head_a_cut_or_a_new_chain_is_not_seen() -> None:
    """The control: this is why the head is given out."""
    assert faults(_cut_off(CHAIN, 6)) == []
    assert faults(_make_anew(CHAIN, 6)) == []
    assert all(faults(tamper(CHAIN, at)) for tamper in SEEN_BY_THE_CHAIN for at in range(len(CHAIN) - 1))


def _chain_with_an_erasure(numbers: list[int]) -> list[Entry]:
    """A chain whose last entry says of which others the content was taken out."""
    entry = dataclasses.replace(CHAIN[-1], number=len(CHAIN) + 1, act=TAKEN_OUT, said={"after": {"entries": numbers}})
    said = dict(entry.said or {})
    last = _digested(dataclasses.replace(entry, said_digest=digest_of_said(said)), CHAIN[-1].digest)
    taken = [dataclasses.replace(one, said=None) if one.number in numbers else one for one in CHAIN]
    return [*taken, last]


def test_what_was_erased_leaves_the_chain_whole() -> None:
    erased = _chain_with_an_erasure([2, 5])
    assert faults(erased, HEAD) == []
    moved = [erased[0], dataclasses.replace(erased[1], said_digest=START), *erased[2:]]
    assert faults(moved, HEAD)


def test_what_was_taken_out_and_not_said_to_be_is_a_fault() -> None:
    erased = _chain_with_an_erasure([2, 5])
    hidden = [dataclasses.replace(one, said=None) if one.number == 7 else one for one in erased]
    assert [fault.number for fault in faults(hidden, HEAD)] == [7]
    unsaid = [*erased[:-1], dataclasses.replace(erased[-1], said=None)]
    assert [fault.number for fault in faults(unsaid, HEAD)] == [2, 5, 13]
    earlier = [dataclasses.replace(one, said=None) for one in CHAIN]
    assert [fault.number for fault in faults(earlier, HEAD)] == list(range(1, 13))


@pytest.mark.parametrize("after", [None, {}, {"entries": 2}, {"entries": ["2", [], None]}])
def test_a_file_that_says_something_else_there_names_nothing(after: Any) -> None:
    hidden = [dataclasses.replace(one, said=None) if one.number == 2 else one for one in CHAIN]
    forged = dataclasses.replace(CHAIN[-1], act=TAKEN_OUT, said={"after": after} if after is not None else {})
    assert 2 in {fault.number for fault in faults([*hidden[:-1], forged], HEAD)}
