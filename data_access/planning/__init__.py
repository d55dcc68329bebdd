"""Advice worked out from numbers of the door: what if, who could take over, whom to invite.

Nothing here is stored, and nothing here decides: each answer says what it did not look at.
"""
