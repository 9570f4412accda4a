"""Mail where no mail server is set: nothing is sent, and the log says so without saying what."""

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger("commonweal.mail")


class NoMail(BaseEmailBackend):
    """Sends nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Say how many letters were not sent."""
        logger.warning("%s not sent: no mail server is set (COMMONWEAL_SMTP_HOST).", len(email_messages))
        return 0
