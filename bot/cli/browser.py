"""The browser of whoever sits at the terminal."""

import os
import sys
import threading
import webbrowser


def show(address: str) -> None:
    """Opens a page in the person's browser, in the background; does nothing where there is none to be seen.

    That is so where stdout is no terminal, on Linux without a screen, and where the only browser is one that would
    take the terminal for itself.
    """
    if sys.stdout.isatty() and _has_screen() and (browser := _graphical()) is not None:
        threading.Thread(target=browser.open, args=(address,), daemon=True).start()


def _has_screen() -> bool:
    return not sys.platform.startswith("linux") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _graphical() -> webbrowser.BaseBrowser | None:
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return None
    waits = isinstance(browser, webbrowser.UnixBrowser) and not browser.background
    return None if waits or type(browser) is webbrowser.GenericBrowser else browser
