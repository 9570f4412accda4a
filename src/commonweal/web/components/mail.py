"""Letters about accounts leave beside the request, so that nobody waits for a mail server, and whether a letter leaves
(somebody has that address) cannot be told from the time an answer takes. Where no mail server is set, none is sent.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

logger = logging.getLogger("commonweal.mail")
after_commit = transaction.on_commit
posting = ThreadPoolExecutor(2, thread_name_prefix="letters")
"""A regular stop waits until the letters have left; one that was killed before has to be asked for again."""


class Later(NamedTuple):
    """A letter that is sent beside the request, once what it tells of is sure."""

    letter: EmailMessage

    def send(self) -> None:
        """Hand it over."""
        after_commit(lambda: posting.submit(_send, self.letter))


def _send(letter: EmailMessage) -> None:
    try:
        letter.send()
    except OSError:
        logger.exception("A letter could not be sent.")


class NoMail(BaseEmailBackend):
    """Sends nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Say how many letters were not sent."""
        logger.warning("%s not sent: no mail server is set (COMMONWEAL_SMTP_HOST).", len(email_messages))
        return 0
