"""The parts of an index that is being written, each as a form: about it, its levels, a theme, a question.

A form carries what it was made from. Where somebody else changed that part in the meantime, nothing is saved and what
was typed stays; changes of other parts are in nobody's way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonweal.core.errors import BadInput
from commonweal.services.actions.own_indexes import Seen, change_index, digest_of_part
from commonweal.services.errors import NotFound, Stale
from commonweal.services.queries.own_indexes import OwnIndexView, ids_used
from commonweal.standards.authoring import Content, with_about, with_levels
from commonweal.standards.authoring_themes import (
    question_of,
    theme_of,
    with_new_question,
    with_question,
    with_theme,
)
from commonweal.web.components.addresses import address
from commonweal.web.components.requests import person, typed
from commonweal.web.indexes.draft_views import writable
from commonweal.web.indexes.part_forms import (
    ABOUT,
    THEME,
    Filled,
    about_fields,
    arranged,
    error_fields,
    level_fields,
    level_rows,
    part_about,
    part_levels,
    part_question,
    part_theme,
    theme_fields,
)
from commonweal.web.indexes.presenters import index_trail, noun_of, one_line
from commonweal.web.indexes.question_form import question_fields, question_said

Part = Callable[[Mapping[str, Any]], Any]


@dataclass
class _Page:
    """A form that is being shown or sent: whose it is, what part it changes, what is in it and wrong with it."""

    request: HttpRequest
    view: OwnIndexView
    part: Part
    filled: Filled
    errors: dict[str, str] = field(default_factory=dict)
    is_stale: bool = False

    def saved(self, change: Callable[[Content], Content], what: str, *, unseen: bool = False) -> bool:
        """Save, or note why not; `unseen` for what adds to a part and overwrites nothing."""
        seen = None if unseen else Seen(self.part, typed(self.request, "seen"))
        try:
            change_index(
                own_index_id=self.view.line.id,
                change=change,
                what=what,
                by=person(self.request),
                now=timezone.now(),
                seen=seen,
            )
        except Stale:
            self.is_stale = True
        except BadInput as bad:
            self.errors = error_fields(bad.problems, self.view.content, self.filled)
        return not (self.is_stale or self.errors)

    def show(self, template: str, **more: Any) -> HttpResponse:
        """The page with its form."""
        if self.is_stale:
            self.view = writable(self.request, self.view.line.id)
        page = {
            "view": self.view,
            "line": self.view.line,
            "seen": digest_of_part(self.part(self.view.content)),
            "is_stale": self.is_stale,
            "errors": [{"text": text, "href": f"#{name}"} for name, text in self.errors.items()],
            "trail": index_trail(self.view, inside=True),
            **more,
        }
        status = 409 if self.is_stale else 422 if self.errors else 200
        return render(self.request, f"indexes/{template}.html", page, status=status)


@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, own_index_id: UUID) -> HttpResponse:
    """Title, whom it is for, version, what stands under plans, duties in law."""
    view = writable(request, own_index_id)
    page = _Page(request, view, part_about, Filled.of_post(request) if request.method == "POST" else Filled())
    if request.method == "POST":
        said = {name: " ".join(page.filled.text(name).split()) for name in ABOUT}
        if page.saved(lambda content: with_about(content, said), "about the index"):
            return redirect("own-index", own_index_id)
    return page.show("about", fields=about_fields(view.content, page.filled, page.errors))


@require_http_methods(["GET", "POST"])
def levels(request: HttpRequest, own_index_id: UUID) -> HttpResponse:
    """The levels, lowest first; a row that is emptied goes, and one more can be added at the end."""
    view = writable(request, own_index_id)
    filled = Filled.of_post(request) if request.method == "POST" else Filled()
    do, _, number = typed(request, "do").partition(":")
    page = _Page(request, view, part_levels, filled)
    if request.method == "POST" and do in {"up", "down"}:
        page.filled = arranged(filled, number, do)
    elif request.method == "POST":
        rows, scoring = level_rows(filled)

        def change(content: Content) -> Content:
            made = with_levels(content, rows)
            return with_about(made, scoring) if "scoring" in content else made

        if page.saved(change, "levels"):
            return redirect("own-index-levels" if do == "more" else "own-index", own_index_id)
    rows_shown, scoring_fields = level_fields(page.view.content, page.filled, page.errors)
    return page.show("levels", rows=rows_shown, scoring=scoring_fields, is_arranged=do in {"up", "down"})


@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, own_index_id: UUID, code: str) -> HttpResponse:
    """What a theme says of itself, and its questions; sent with `do` as add-question, one more of them."""
    view = writable(request, own_index_id)
    found = theme_of(view.content, code)
    if found is None:
        raise NotFound

    is_adding = request.POST.get("do") == "add-question"
    filled = Filled.of_post(request) if request.method == "POST" else Filled()
    page = _Page(request, view, part_theme(code), filled)
    if is_adding:
        _, used = ids_used(view.line.index, by=person(request))
        said = {name: " ".join(filled.text(f"new-{name}").split()) for name in ("title", "question")}
        made: list[str] = []

        def add(content: Content) -> Content:
            changed, id_ = with_new_question(content, code, said, used)
            made.append(id_)
            return changed

        if page.saved(add, f"question added to theme {code}", unseen=True):
            return redirect("own-question", own_index_id, made[0])
        page.errors = {f"new-{name}": text for name, text in page.errors.items()}
    elif request.method == "POST":
        values = {name: " ".join(filled.text(name).split()) for name in THEME}
        if page.saved(lambda content: with_theme(content, code, values), f"theme {code}"):
            return redirect("own-index", own_index_id)
    return page.show(
        "theme",
        theme=found,
        noun=noun_of(view.content),
        nouns=f"{noun_of(view.content)}s",
        fields=theme_fields(found, Filled() if is_adding else filled, page.errors),
        new_title=one_line("new-title", "Title", filled.text("new-title"), page.errors, hint="A few words"),
        new_question=one_line("new-question", "The question itself", filled.text("new-question"), page.errors),
    )


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, own_index_id: UUID, question: str) -> HttpResponse:
    """A question with its answers and the actions between; a statement has no answers of its own."""
    view = writable(request, own_index_id)
    found = question_of(view.content, question)
    if found is None:
        raise NotFound
    its_theme, its_question = found
    filled = Filled.of_post(request) if request.method == "POST" else Filled()
    page = _Page(request, view, part_question(question), filled)
    if request.method == "POST":
        said, answers, page.errors = question_said(filled, view.content)
        if not page.errors and page.saved(
            lambda content: with_question(content, question, said, answers), f"question {question}"
        ):
            return redirect(_after(request, view, its_theme, question))
    fields, steps, duty = question_fields(view.content, its_question, filled, page.errors, is_later=bool(view.earlier))
    return page.show("question", theme=its_theme, question=its_question, fields=fields, steps=steps, duty=duty)


def _after(request: HttpRequest, view: OwnIndexView, its_theme: Mapping[str, Any], question: str) -> str:
    """Where to go on: the theme, or the next question of the index."""
    ids = [one["id"] for theme in view.content["themes"] for one in theme["questions"]]
    following = ids[ids.index(question) + 1 :]
    if request.POST.get("do") == "next" and following:
        return address("own-question", view.line.id, following[0])
    return f"{address('own-theme', view.line.id, its_theme['code'])}#questions"
