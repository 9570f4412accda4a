"""docs/reference/route.md: each field of `commonweal route --format json`, and how the route is found."""

FIELDS = {
    "index": "the index, as `id@version`",
    "organisation": "the name given",
    "reach": "the overall level asked for, by its published name",
    "actions": "ids of the actions to take, in question, then step order",
    "cost": "what they cost together; an action costs 1 unless the file of costs says otherwise",
    "themes": "by theme code, the published name of the level once they are done; null where no question applies",
    "overall": "the published name of the overall level once they are done",
    "overall_mean": "the mean of the theme levels then, half-even to two decimals",
    "legal_minimum_missed": "ids of the questions whose duty in law is still missed then",
    "reasons": "by action id, why it is on the route",
    "frontier.cost": "what it takes, at the least, to come to a mean",
    "frontier.actions": "how many actions that is",
    "frontier.overall": "the published name of the overall level there",
    "frontier.overall_mean": "the mean there",
}


def page() -> str:
    rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in FIELDS.items())
    return f"""# The cheapest route

`commonweal route FILE --reach LEVEL` gives the cheapest set of actions with which the answers for now come to an
overall level. The set is exact: no other set that reaches the level costs less, and of sets that cost the same it is
one with the fewest actions.

## The rule

- A theme reaches a level when each of its questions stands on an answer that lets it ([Scoring](scoring.md)). So the
  actions for one level of one theme are fixed, and the choice is between themes.
- The overall level is the mean, cut down: for a level of position L, the theme levels have to add up to L times the
  number of themes that have one. The cheapest choice of one level a theme is found without trying all of them, and
  compared with trying all of them in the tests (`tests/core/test_route.py`).
- A step comes with all steps of its question before it.
- Missed legal minimums come first: what meets them is on the route whether a level needs it or not, because the mean
  alone would leave them. `--no-legal-first` goes by the level alone.
- A question that is not answered holds its theme at the lowest level. Where that keeps the level out of reach, the
  command says which questions to answer.
- The answers for the target are not looked at.

## Costs

`--costs FILE` is a YAML or JSON file of action ids with numbers from 0 on, in whatever unit you count (pounds, days):

```yaml
ACT-A-M1: 2500
ACT-B-L2: 12000
```

## The route as data

What `--format json` prints. A dot means a field inside; `actions` and `frontier` are lists.

| field | what it says |
|---|---|
{rows}
"""
