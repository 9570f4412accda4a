"""How levels are told apart in a figure: shades of one hue, light to dark, and names as long as their room."""

from collections.abc import Sequence

INK = "#0f3d38"
FAINT = "#b8c6c3"
PAPER = "#ffffff"
SCALE = ("#ffffff", "#d4e6e3", "#93c2bb", "#2e7a72", "#0f4f48")
LETTERS = 3
LETTER_WIDTH = 7.4
"""In units of a picture, at the size of the heads; and the fewest letters that still say something."""


def head_words(labels: Sequence[str], letters: int) -> list[str]:
    """The names of levels in so many letters; their numbers from 1 where two would look alike or hardly any fit.

    >>> head_words(("Starting", "Leading"), 8), head_words(("Starting", "Leading"), 3), head_words(("No", "None"), 2)
    (['Starting', 'Leading'], ['Sta', 'Lea'], ['1', '2'])
    """
    end = "…" if letters > LETTERS else ""
    words = [label if len(label) <= letters else label[: letters - len(end)].rstrip(" (") + end for label in labels]
    if letters < LETTERS or len(set(words)) < len(words):
        return [str(number) for number in range(1, len(labels) + 1)]
    return words


def shade_of(level: int, levels: int) -> tuple[str, str]:
    """The ground and the text colour of a level: light to dark in one hue, so that order survives grey.

    >>> shade_of(0, 5), shade_of(4, 5), shade_of(1, 3)
    (('#ffffff', '#0f3d38'), ('#0f4f48', '#ffffff'), ('#93c2bb', '#0f3d38'))
    """
    position = level * (len(SCALE) - 1) / max(levels - 1, 1)
    low = min(int(position), len(SCALE) - 2)
    share = position - low
    mixed = [
        round(int(SCALE[low][at : at + 2], 16) * (1 - share) + int(SCALE[low + 1][at : at + 2], 16) * share)
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in mixed), PAPER if position > len(SCALE) - 2.5 else INK
