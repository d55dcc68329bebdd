"""The names of roles; a role that an installation has added goes by its code."""

from config.i18n import Lang, has, t


def role_name(role: str, lang: Lang) -> str:
    """Give the name of a role; empty where an event has none."""
    key = f"role.{role}"
    return t(key, lang) if has(key) else role
