"""Which rule scores an index: its own data choose. The first door to scoring for everything that is not a rule."""

from commonweal.core.maturity.answers import Answers, Column
from commonweal.core.maturity.ladders import Ladders
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.rule import Rule
from commonweal.core.maturity.scoring import ColumnScore, Overall, legal_minimum
from commonweal.core.maturity.statements import Statements

_LADDERS = Ladders()


def rule_of(index: Index) -> Rule:
    """The rule of an index. A third kind is one more module, and a branch here that its data choose."""
    return _LADDERS if index.counting is None else Statements(index.counting)


def score(index: Index, answers: Answers, column: Column) -> ColumnScore:
    """Score one column of answers; time grows with the number of questions."""
    rule = rule_of(index)
    themes = rule.scores(index, answers, column)
    return ColumnScore(themes, rule.overall(themes), legal_minimum(index, answers, column))


def overall_words(index: Index, overall: Overall) -> str:
    """Where the whole stands: the overall level with its mean, or how many statements are well rated."""
    return rule_of(index).overall_words(index, overall)
