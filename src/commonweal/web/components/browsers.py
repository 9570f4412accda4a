"""What a browser calls itself, in words that somebody recognises as their own."""

_BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "a Mac",
    "CrOS": "a Chromebook",
    "Linux": "Linux",
}


def browser_called(user_agent: str) -> str:
    """The browser and what it runs on. They name each other, so that the first that fits is meant.

    >>> browser_called("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0")
    'Edge on Windows'
    >>> browser_called("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1")
    'Safari on an iPhone'
    >>> browser_called("curl/8.0")
    'Another program'
    """
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "")
    if not browser:
        return "Another program"
    return f"{browser} on {system}" if system else browser
