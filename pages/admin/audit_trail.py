"""The audit trail, for administrators: month, kind of event, the events with search and file."""

from ui.render.streamlit import page
from ui.sections.audit_trail import section

page.draw(section.page)
