"""View as, for administrators: what one person gets, and every page as that person sees it."""

from ui.render.streamlit import account, page
from ui.sections.view_as import section
from ui.state import page_context

page.draw(section.page)
account.view_as_button(section.grant_choice(page_context.current()), page_context.current().lang)
