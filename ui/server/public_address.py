"""The address that visitors use, where it is not this machine's: host name and path below it.

Streamlit itself reads such options from its command line only, which is not how this starts.
"""

from urllib.parse import urlsplit

from streamlit import config as streamlit_config

from config.settings import SettingsError, load


def use() -> None:
    """Let Streamlit answer below the path, and to the name, that visitors use.

    Mistakes in the settings are left to Home.py, which shows them.
    """
    try:
        url = load().public_url
    except SettingsError:
        return
    if url is None:
        return
    parts = urlsplit(url)
    hosts = list(streamlit_config.get_option("server.allowedHosts"))
    streamlit_config.set_option("server.allowedHosts", [*hosts, parts.hostname])
    streamlit_config.set_option("server.baseUrlPath", parts.path.strip("/"))
    streamlit_config.set_option("browser.serverAddress", parts.hostname)
