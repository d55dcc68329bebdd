"""Hands letters to the mail server: encrypted, one address each, again after a pause where it
fails for the moment."""

import smtplib
import ssl
import time
from collections.abc import Callable
from email.message import EmailMessage

from config.mail import MailServer

# Seconds before each further try: a server that turns mail away for the moment is asked again.
PAUSES = (5.0, 30.0, 120.0)
TIMEOUT_SECONDS = 30
FOR_GOOD = 500  # answers of a server from here on do not change by asking again


class NotHandedOver(Exception):
    """The server did not take a letter; the reason is its answer's number or the error's kind."""


def hand_over(
    mail: EmailMessage, server: MailServer, *, pause: Callable[[float], object] = time.sleep
) -> int:
    """Hand over one letter and give how many tries it took; raises NotHandedOver at the end."""
    for number, seconds in enumerate((*PAUSES, None), start=1):
        try:
            _once(mail, server)
        except (smtplib.SMTPException, OSError) as problem:
            reason, for_good = _reason(problem)
            if for_good or seconds is None:
                # Without the cause: what a library says of a login is not for a log.
                raise NotHandedOver(reason) from None
            pause(seconds)
        else:
            return number
    raise NotHandedOver("never")


def _once(mail: EmailMessage, server: MailServer) -> None:
    with _line(server) as line:
        if server.tls == "starttls":
            line.starttls(context=ssl.create_default_context())
        if server.user:
            line.login(server.user, server.password)
        line.send_message(mail, to_addrs=[str(mail["To"])])


def _line(server: MailServer) -> smtplib.SMTP:
    if server.tls == "tls":
        safe = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=safe)
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)


def _reason(problem: Exception) -> tuple[str, bool]:
    """What a log may say of a failure, and whether asking again is of no use."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in problem.recipients.values()]
        return f"recipient_{max(codes)}", min(codes) >= FOR_GOOD
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"server_{problem.smtp_code}", problem.smtp_code >= FOR_GOOD
    if isinstance(problem, (ssl.SSLError, smtplib.SMTPNotSupportedError)):
        return type(problem).__name__, True
    return type(problem).__name__, False
