"""Decks that visitors made, by a name that only this process can give: an address for their slides.

A name is a keyed hash of the deck, so nobody can put words of their own onto a wall by making up an
address. Each process knows the names that it gave, as with the rows of pictures.
"""

import hmac
import secrets
from collections import OrderedDict
from threading import Lock

from ui.seminar import deck as decks
from ui.seminar.deck import Deck

CACHE_SIZE = 256

_secret = secrets.token_bytes(32)
_decks: OrderedDict[str, Deck] = OrderedDict()
_lock = Lock()


def offer(deck: Deck) -> str:
    """Give the name under which a deck of a visitor is found from now on."""
    text = decks.deck_text(deck).encode()
    name = f"own-{hmac.new(_secret, text, 'sha256').hexdigest()[:32]}"
    with _lock:
        _decks[name] = deck
        _decks.move_to_end(name)
        while len(_decks) > CACHE_SIZE:
            _decks.popitem(last=False)
    return name


def find(name: str) -> Deck | None:
    """Give the deck of a name: one that comes with the product, or one that was offered."""
    with _lock:
        return decks.ready().get(name) or _decks.get(name)
