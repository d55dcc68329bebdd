"""How far a command has come, on a terminal."""

from tqdm import tqdm


class progress_bar:  # a context manager used like a function
    """A progress bar over the steps of a load, silent where stderr is no terminal."""

    def __enter__(self) -> "progress_bar":
        self._bar = tqdm(disable=None, leave=False, bar_format="{desc} {percentage:3.0f}%|{bar}|")
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def step(self, what: str, position: int, total: int) -> None:
        """Show the step that runs now, and how many there are."""
        self._bar.total = total
        self._bar.n = position
        self._bar.set_description(what)
