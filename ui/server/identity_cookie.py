"""Reads Streamlit's identity cookie outside a page, for requests that never reach one.

These are private doors of Streamlit: a test signs in for real and reads the cookie back here.
"""

import json
from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME


def claims(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """Give the provider's claims of a genuine cookie; empty where there is none or it is forged."""
    secret = get_cookie_secret()

    def one(name: str) -> bytes | None:
        signed = cookies.get(name)
        if signed is None or not signed.isascii():
            return None
        return decode_signed_value(secret, name, signed.encode("ascii"))

    packed = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    if packed is None:
        return {}
    try:
        profile = json.loads(packed)
    except ValueError:
        return {}
    genuine = isinstance(profile, dict) and profile.get("is_logged_in") is True
    return profile if genuine else {}
