"""Where an installation keeps its data, and the secret that it signs with."""

import os
import secrets
from pathlib import Path

from platformdirs import user_data_path


def home_folder() -> Path:
    """The folder of this installation: COMMONWEAL_HOME, or the place where the system keeps a program's data."""
    named = os.environ.get("COMMONWEAL_HOME")
    folder = Path(named).expanduser().resolve() if named else user_data_path("commonweal", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(home: Path) -> str:
    """COMMONWEAL_SECRET_KEY, or the key in the folder, made at the first start and readable by its owner only."""
    named = os.environ.get("COMMONWEAL_SECRET_KEY")
    if named:
        return named
    file = home / "secret-key"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(key)
    return key
