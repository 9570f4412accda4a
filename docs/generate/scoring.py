"""docs/reference/scoring.md: the rules, by the worked examples that test them."""

from tests.spec.examples import FOLDER, Example, examples

_TOLD = ("title:", "rule:", "source:")


def page() -> str:
    parts = [
        "# How levels and plans come about\n",
        "Each rule with a worked example. The examples are files in `tests/spec/scoring/`: `bin/test spec` checks that"
        " the product does what stands here.\n",
        "`start_from: {present: last}` means that every question that is not named stands on its last answer now;"
        " `first` is the lowest. Answers are positions from 0.\n",
    ]
    parts += [_section(number, example) for number, example in enumerate(examples(), 1)]
    return "\n".join(parts)


def _section(number: int, example: Example) -> str:
    content = example.content
    return (
        f"## {number}. {content['title']}\n\n{content['rule']}\n\n"
        f"```yaml\n{_given(example.name)}```\n\nSource: {content['source']}.\n"
    )


def _given(name: str) -> str:
    """The example's file without what the page has told already."""
    kept, telling = [], False
    for line in (FOLDER / f"{name}.yaml").read_text(encoding="utf-8").splitlines():
        telling = line.startswith(_TOLD) or (telling and line.startswith(" "))
        if not telling:
            kept.append(line + "\n")
    return "".join(kept)
