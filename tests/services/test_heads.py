"""The head of a trail goes to its owners, and tells whether a download made later was tampered with."""

import json
from pathlib import Path
from smtplib import SMTPServerDisconnected

import pytest
from click.testing import CliRunner
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from tests.service import NOW, a_round, an_organisation, somebody

from commonweal.cli.trail import check_trail
from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index
from commonweal.services.actions.heads import give_out_heads
from commonweal.services.people import Person
from commonweal.services.queries.trail import whole_trail
from commonweal.store.models import Membership
from commonweal.web.trail.presenters import file_of

pytestmark = pytest.mark.django_db


def _checked(file: Path, *head: str) -> str:
    """What the command says; raises BadInput as it does."""
    done = CliRunner().invoke(check_trail, [str(file), *(["--head", *head] if head else [])])
    if isinstance(done.exception, BadInput):
        raise done.exception
    return done.output


def _owner_and_trail(index: Index, tmp_path: Path) -> tuple[Person, Path]:
    owner, member = somebody("Owner"), somebody("Member")
    organisation = an_organisation(owner, "Walden Council")
    Membership.objects.create(organisation_id=organisation, person=member, role=Role.ELECTED_MEMBER, created_at=NOW)
    a_round(owner, index, organisation=organisation)
    file = tmp_path / "trail.json"
    file.write_text(json.dumps(file_of("Walden Council", whole_trail(organisation, by=owner))), encoding="utf-8")
    return owner, file


def test_owners_alone_get_the_head_and_it_fits_the_download(index: Index, tmp_path: Path) -> None:
    owner, file = _owner_and_trail(index, tmp_path)
    assert give_out_heads.call() == 1
    (letter,) = mail.outbox
    assert letter.to == [owner.email]
    head = next(line.strip() for line in str(letter.body).splitlines() if line.startswith("  2:"))
    assert "2 entries, one chain" in _checked(file, head)
    assert "cannot be told" in _checked(file)
    kept = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**kept, "entries": kept["entries"][:1]}), encoding="utf-8")
    assert "1 entries" in _checked(file)  # the end is cut off, which a chain alone cannot tell
    with pytest.raises(BadInput, match="not the one whose digest was kept"):
        _checked(file, head)


@pytest.mark.parametrize("how", ["ended", "closed"])
def test_who_is_no_owner_any_more_gets_none(how: str) -> None:
    owner, former = somebody("Owner"), somebody("Former")
    seat = Membership.objects.create(
        organisation_id=an_organisation(owner), person=former, role=Role.OWNER, created_at=NOW
    )
    if how == "ended":
        Membership.objects.within(seat.organisation_id).filter(pk=seat.pk).update(ended_at=NOW)
    else:
        Person.objects.filter(pk=former.pk).update(is_active=False)
    give_out_heads.call()
    assert [letter.to for letter in mail.outbox] == [[owner.email]]


def test_a_letter_that_does_not_leave_keeps_no_other_back_and_is_said(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    owner, _ = _owner_and_trail(index, tmp_path)
    an_organisation(owner, "Another Council")
    real, sent = EmailBackend.send_messages, list[int]()

    def first_fails(self: EmailBackend, messages: list[EmailMessage]) -> int:
        sent.append(1)
        if len(sent) == 1:
            raise SMTPServerDisconnected
        return int(real(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", first_fails)
    assert give_out_heads.call() == 2
    assert len(mail.outbox) == 1
    assert "not sent: Commonweal: audit trail of Another Council" in caplog.text


def test_what_was_changed_in_a_download_is_found(index: Index, tmp_path: Path) -> None:
    _, file = _owner_and_trail(index, tmp_path)
    file.write_text(
        file.read_text(encoding="utf-8").replace("assessment opened", "assessment closed"), encoding="utf-8"
    )
    with pytest.raises(BadInput, match="Entry 2 was changed"):
        _checked(file)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"format": "commonweal trail 1"}', '{"format": "other", "entries": []}']
)
def test_what_is_no_trail_is_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match="not a downloaded audit trail"):
        _checked(file)
