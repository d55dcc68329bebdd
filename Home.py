"""The door of the application: settings, sign-in, menu, and the page that was asked for.

Every visit passes here, deep links included: pages are not in a folder that Streamlit opens itself.
"""

from config.access import AccessProblem
from config.settings import SettingsError, load
from data_access.roles import NoPermission
from data_access.snapshot import NoSnapshot
from ui.prefetch import queue
from ui.render.streamlit import account, layout, menu, problems
from ui.state import audit_log, session, url_state
from ui.state.sign_in import NotSignedIn

layout.configure()
with queue.visit():
    try:
        # Read on every run, not once: "today" must move on in a server that runs for months.
        session.begin(load())
        page, entry = menu.navigation(session.lang())
        session.open_snapshot()
        audit_log.admit()
        url_state.sync(entry.key)
        menu.draw(session.lang(), url_state.codes(), session.visitor())
        account.draw(session.lang())
        layout.show(page, entry, session.lang())
    except SettingsError as problem:
        problems.wrong_settings(problem)
    except NotSignedIn as wall:
        layout.plain_head(session.lang())
        account.sign_in_page(wall, session.lang())
    except NoPermission as refusal:
        layout.plain_head(session.lang())
        account.no_permission(refusal, session.lang())
    except AccessProblem as problem:
        account.no_grants(problem)
    except NoSnapshot:
        menu.draw(session.lang(), {})
        layout.plain_head(session.lang())
        problems.no_snapshot(session.lang())
    except problems.UNREACHABLE as problem:
        problems.unreachable(problem)
    except (
        Exception
    ) as problem:  # whatever it is, the visitor reads a sentence and the log the rest
        problems.failure(problem)
