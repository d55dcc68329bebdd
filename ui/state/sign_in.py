"""Who the browser says is looking, checked again on every run: provider, token, idle limit.

Streamlit signs people in (`st.login`) and keeps the provider's claims in a cookie for thirty days,
and in an open tab for ever; both outlive the token. So nothing here trusts that a cookie is there:
its `exp`, the last activity and the end of the sign-in are looked up whenever somebody asks.
"""

import time
from collections.abc import Mapping
from typing import Any, Literal, cast

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from config.access import Access
from config.settings import Settings
from data_access import sign_ins

Wall = Literal["first", "expired", "idle", "signed_out", "not_configured", "unverified"]


class NotSignedIn(Exception):
    """Nobody is signed in: the sign-in page is shown, with the reason."""

    def __init__(self, reason: Wall) -> None:
        super().__init__(reason)
        self.reason = reason


def claims() -> Mapping[str, Any]:
    """Give what the provider said of the person; empty where nobody has signed in."""
    profile = cast(Mapping[str, Any], st.user.to_dict())
    return profile if profile.get("is_logged_in") is True else {}


def configured() -> bool:
    """Tell whether a provider is named in the secrets file."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def user(settings: Settings, access: Access) -> str:
    """Give the name of who is signed in, as grants write it; raises NotSignedIn with the reason."""
    profile = claims()
    if not profile:
        raise NotSignedIn("first" if configured() else "not_configured")
    return name_of(profile, settings, access)


def name_of(profile: Mapping[str, Any], settings: Settings, access: Access) -> str:
    """Give the name that a provider's claims stand for at this moment; raises NotSignedIn."""
    over = sign_ins.over(
        settings.sign_in_dir,
        profile,
        now=time.time(),
        idle_seconds=access.idle_minutes * 60,
        longest_seconds=access.longest_hours * 3600,
    )
    if over:
        raise NotSignedIn(over)
    name = profile.get(access.claim)
    if not isinstance(name, str) or not name.strip():
        raise NotSignedIn("unverified")
    believed = access.trust_unverified_email or profile.get("email_verified") is True
    if access.claim == "email" and not believed:
        raise NotSignedIn("unverified")
    return name


def touch(settings: Settings) -> bool:
    """Note that the person is active; True on the first run after signing in."""
    return sign_ins.touch(settings.sign_in_dir, claims(), now=time.time())


def end(settings: Settings) -> None:
    """End the sign-in in every tab; the caller then lets Streamlit take the cookie away."""
    sign_ins.end(settings.sign_in_dir, claims())
