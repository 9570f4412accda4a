"""What would need itself, however far round."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


def in_circles(needs: Mapping[Name, Iterable[Name]]) -> set[Name]:
    """What stands in a circle of needs, or waits for one; what is needed and needs nothing itself may be left out.

    >>> in_circles({"a": {"b"}, "b": {"a"}, "c": {"d"}}) == {"a", "b"}
    True
    """
    open_ = {name: {one for one in needed if one in needs} for name, needed in needs.items()}
    needed_by: dict[Name, list[Name]] = defaultdict(list)
    for name, needed in open_.items():
        for one in needed:
            needed_by[one].append(name)
    free = [name for name, needed in open_.items() if not needed]
    while free:
        done = free.pop()
        del open_[done]
        for name in needed_by[done]:
            open_[name].discard(done)
            if not open_[name]:
                free.append(name)
    return set(open_)
