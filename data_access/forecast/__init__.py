"""What lies ahead: open cases and case managers needed over twelve months, as stock and flow.

About areas, never about a person: nothing here knows which case will close. Estimates go into no
indicator, verdict or rank. `model` is pure; `door` asks and decides what may be shown.
"""
