"""A mail server on loopback that keeps what it takes, and the words of what it took."""

import email
import email.policy
import io
import socket
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import AuthResult, Envelope
from pypdf import PdfReader


@dataclass
class Inbox:
    """What a server took: envelopes in their order; `answers` are given before it takes one."""

    answers: list[str] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    logins: list[Any] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        if self.answers:
            return self.answers.pop(0)
        self.envelopes.append(envelope)
        return "250 OK"

    def login(self, server: Any, session: Any, envelope: Any, how: str, data: Any) -> AuthResult:
        self.logins.append(data)
        return AuthResult(success=data.password == b"s3cret", handled=False)

    def letters(self) -> dict[str, EmailMessage]:
        """The letters by the one address that each went to."""
        found = {}
        for envelope in self.envelopes:
            (address,) = envelope.rcpt_tos
            content = envelope.content
            assert isinstance(content, bytes)
            letter = email.message_from_bytes(content, policy=email.policy.default)
            assert isinstance(letter, EmailMessage)
            assert letter["To"] == address
            found[address] = letter
        return found


def everything_in(letter: EmailMessage) -> str:
    """All words of a letter: subject, both bodies, and its files."""
    said = [str(letter["Subject"])]
    for part in letter.walk():
        if part.get_content_maintype() == "text":
            said.append(str(part.get_content()))
        elif part.get_content_type() == "application/pdf":
            pages = PdfReader(io.BytesIO(part.get_content())).pages
            assert len(pages) == 1, "a sheet is one page"
            said.append(pages[0].extract_text())
    return "\n".join(said)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
