"""A look at the directory of a zip archive before anything in it is unpacked."""

import io
import struct
import zipfile

from commonweal.core.problems import Refused

MAX_FILE_BYTES = 10_000_000
MAX_UNPACKED_BYTES = 50_000_000
MAX_RATIO = 100
MAX_MEMBERS = 200
_SMALL = 100_000
"""A member that unpacks to less than this may be packed as tightly as it likes."""

_SAVE_AGAIN = "Open it in your spreadsheet program and save it as an Excel workbook (.xlsx)."
_LEGACY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER = struct.Struct("<4s22xHH")


def refused_archive(content: bytes) -> Refused | None:
    """Why a file is not read as a workbook; None where its directory promises nothing bad.

    Limits: design/security, I1. Members that overlap are refused here, since older patch releases of Python unpack
    them (CVE-2024-0450).
    """
    if len(content) > MAX_FILE_BYTES:
        return Refused("The file is larger than 10 MB.", "A filled-in workbook is far smaller: send the one you got.")
    if content.startswith(_LEGACY):
        return Refused("This is an old Excel file, or one with a password.", f"Take the password away. {_SAVE_AGAIN}")
    if not content.startswith(b"PK\x03\x04"):
        return Refused("This is not an Excel workbook.", _SAVE_AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _refused_members(archive.infolist(), content)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        return Refused("The workbook is damaged or cut short.", "Send it again, or open it and save it anew.")


def _refused_members(members: list[zipfile.ZipInfo], content: bytes) -> Refused | None:
    names = [member.filename for member in members]
    bomb = Refused("The workbook unpacks to more than a workbook holds.", _SAVE_AGAIN)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        return bomb
    if any(member.file_size > max(_SMALL, member.compress_size * MAX_RATIO) for member in members):
        return bomb
    if len(set(names)) < len(names) or _overlap(members, content) or any(map(_leads_out, names)):
        return Refused("The workbook is put together in a way that no spreadsheet program does.", _SAVE_AGAIN)
    if any(member.flag_bits & 1 for member in members):
        return Refused("The workbook has a password.", f"Take the password away. {_SAVE_AGAIN}")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return Refused("The workbook has macros.", "Save it without macros, as an Excel workbook (.xlsx).")
    if "xl/workbook.xml" not in names:
        return Refused("This archive is not an Excel workbook.", _SAVE_AGAIN)
    return None


def _overlap(members: list[zipfile.ZipInfo], content: bytes) -> bool:
    """Whether two members share bytes of the file."""
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            return True
        mark, name, extra = _LOCAL_HEADER.unpack_from(content, member.header_offset)
        if mark != b"PK\x03\x04":
            return True
        end = member.header_offset + _LOCAL_HEADER.size + name + extra + member.compress_size
    return False


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or "\\" in name or ":" in name
