"""The whole installation as one file, and back: tables as the migrations of the backup knew them, files, the key.

A backup is a logical copy in one snapshot, so that it can go from one kind of database to the other, and into a later
release: the empty place is brought to the migrations that the backup names, filled, and then brought up to date.
"""

import base64
import datetime
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from commonweal import __version__
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.trail import Entry, faults
from commonweal.formats.backup_file import BackupReader, BackupWriter, read_backup, written_backup
from commonweal.services import files
from commonweal.services.actions.privacy import forget_again
from commonweal.services.erased import add_list, list_of_erased
from commonweal.store.fence import unfenced
from commonweal.store.models import Evidence, WorkFile

_APPS = ("store", "account", "mfa", "socialaccount")
"""What is kept: ours, and the accounts. Sessions and jobs that wait are not."""
_REASON = "a backup is of the whole installation"
_ROWS_AT_ONCE = 500
_ERASED = "erased"


def back_up(path: Path, *, recipient: str | None, now: datetime.datetime) -> tuple[dict[str, int], list[Problem]]:
    """Write a backup and check it, before it is sealed. Raises BadInput where a file is missing.

    Gives the number of rows of each table and of files; and what is wrong with audit trails, which are kept so.
    """
    rows: dict[str, int] = {}
    found: list[Problem] = []

    def check(plain: Path) -> None:
        with read_backup(plain, None) as reader:
            _check_counts(path, reader)
            found.extend(_trail_problems(path, reader))

    with _snapshot(), written_backup(path, recipient, check) as writer:
        executor = MigrationExecutor(connection)
        state = _state_of(executor)
        for model in _models(executor.loader.project_state(list(state.items())).apps):
            rows[model._meta.db_table] = _write_table(writer, model)
        rows["files"] = _write_files(writer)
        key = settings.HOME / "secret-key"
        if key.exists():
            with writer.member("secret-key") as member:
                member.write(key.read_bytes())
        if list_of_erased().exists():
            with writer.member(_ERASED) as member:
                member.write(list_of_erased().read_bytes())
        about = {"format": 1, "release": __version__, "made_at": now.isoformat(), "rows": rows}
        writer.finish({**about, "migrations": [list(one) for one in state.items()]})
    return rows, found


@contextmanager
def _snapshot() -> Iterator[None]:
    """Everything as it was at one moment, while others go on writing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")  # a transaction that reads; Django's own would keep others from writing
            try:
                yield
            finally:
                cursor.execute("COMMIT")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with unfenced(_REASON):
            yield


def _state_of(executor: MigrationExecutor) -> dict[str, str]:
    """The last migration of every app that has one."""
    return {
        app: name
        for app, name in executor.loader.graph.leaf_nodes()
        if (app, name) in executor.loader.applied_migrations
    }


def _models(apps: Apps) -> list[type[models.Model]]:
    """The tables that are kept, by name; what points where is checked once all are filled."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in _kept_apps()]
    return sorted(found, key=lambda model: model._meta.db_table)


def _kept_apps() -> set[str]:
    return {label for label in _APPS if current_apps.is_installed(_module(label))}


def _module(label: str) -> str:
    return "commonweal.store" if label == "store" else f"allauth.{label}"


def _write_table(writer: BackupWriter, model: type[models.Model]) -> int:
    fields = list(model._meta.concrete_fields)
    count = 0
    with writer.member(f"tables/{model._meta.db_table}.jsonl") as member:
        rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
        for row in rows.iterator(_ROWS_AT_ONCE):
            values = {field.attname: _plain(field, value) for field, value in zip(fields, row, strict=True)}
            member.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def _plain(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField) or isinstance(value, bool | int | float):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64encode(bytes(value)).decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _value(field: models.Field[Any, Any], kept: Any) -> Any:
    if kept is None or isinstance(field, models.JSONField):
        return kept
    if isinstance(field, models.BinaryField):
        return base64.b64decode(kept)
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(kept)


def _write_files(writer: BackupWriter) -> int:
    problems, count = [], 0
    tables = Evidence.objects.across(_REASON).exclude(stored_as=""), WorkFile.objects.across(_REASON)
    rows = (row for table in tables for row in table.order_by("pk").values_list("stored_as", "title", "sha256"))
    for name, title, digest in rows:
        try:
            content = files.kept(name)
        except FileNotFoundError:
            problems.append(Problem(f"evidence/{name}", f"The file of {title!r} is missing.", "Restore it first."))
            continue
        if hashlib.sha256(content).hexdigest() != digest:
            what = f"The file of {title!r} is not what was sent in."
            problems.append(Problem(f"evidence/{name}", what, "Restore it from an older backup first."))
            continue
        with writer.member(f"evidence/{name}") as member:
            member.write(content)
        count += 1
    if problems:
        raise BadInput(problems)
    return count


def verify(path: Path, *, identity: str | None) -> dict[str, Any]:
    """Check a backup: every byte, every count, every audit trail. Gives its manifest. Raises BadInput."""
    with read_backup(path, identity) as reader:
        _check_counts(path, reader)
        problems = _trail_problems(path, reader) + _frozen_problems(path, reader)
        if problems:
            raise BadInput(problems)
        return reader.manifest


def _check_counts(path: Path, reader: BackupReader) -> None:
    problems = []
    for table, count in reader.manifest["rows"].items():
        if table != "files" and sum(1 for _ in reader.open(f"tables/{table}.jsonl")) != count:
            problems.append(Problem(f"{path}, {table}", "Rows are missing.", "Take another backup."))
    if problems:
        raise BadInput(problems)


def _trail_problems(path: Path, reader: BackupReader) -> list[Problem]:
    """What is wrong with audit trails: to be told, and no reason to lose everything else."""
    return [
        Problem(f"{path}, audit trail of {organisation}", fault.what, "Find out who changed it, and use an older one.")
        for organisation, entries in _trails(reader).items()
        for fault in faults(entries)
    ] + _heads_that_differ(path, reader)


def _heads_that_differ(path: Path, reader: BackupReader) -> list[Problem]:
    """Organisations whose head is not the last entry of their trail: its end was cut off, or it was made anew."""
    trails, problems = _trails(reader), []
    for line in reader.open("tables/store_organisation.jsonl"):
        row = json.loads(line)
        entries = trails.get(row["id"], [])
        last = (entries[-1].number, entries[-1].digest) if entries else (0, "")
        if "trail_number" in row and last != (row["trail_number"], row["trail_digest"]):
            what = "The end of the audit trail is missing, or was made anew."
            place = f"{path}, audit trail of {row['id']}"
            problems.append(Problem(place, what, "Find out who changed it, and use an older one."))
    return problems


def _frozen_problems(path: Path, reader: BackupReader) -> list[Problem]:
    """Documents that are not what was endorsed."""
    name = "tables/store_frozendocument.jsonl"
    rows = map(json.loads, reader.open(name)) if name in reader.manifest["members"] else ()
    return [
        Problem(f"{path}, endorsed document {row['id']}", "It was changed since.", "Use an older backup for it.")
        for row in rows
        if hashlib.sha256(base64.b64decode(row["content"])).hexdigest() != row["sha256"]
    ]


def _trails(reader: BackupReader) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    if "tables/store_change.jsonl" not in reader.manifest["members"]:
        return found
    model = current_apps.get_model("store", "Change")
    fields = {field.attname: field for field in model._meta.concrete_fields}
    names = (
        "organisation_id",
        "number",
        "at",
        "by_id",
        "act",
        "subject",
        "assessment_id",
        "said",
        "said_digest",
        "digest",
    )
    for line in reader.open("tables/store_change.jsonl"):
        row = json.loads(line)
        if "number" not in row:
            return {}  # from before entries were chained
        found.setdefault(row["organisation_id"], []).append(Entry(*(_value(fields[name], row[name]) for name in names)))
    return {key: sorted(entries, key=lambda entry: entry.number) for key, entries in found.items()}


def restore(
    path: Path, *, identity: str | None, erased: str, now: datetime.datetime
) -> tuple[dict[str, Any], list[Problem], int]:
    """Fill an empty place from a backup, all of it or nothing, and bring it up to date.

    Whoever was forgotten before the backup was made, or is in the list `erased` of those forgotten since, is forgotten
    again. Gives the manifest, what is wrong with audit trails (they come back as they were), and how many were
    forgotten again. Raises BadInput where
    the place is not empty, or the backup is damaged or from a later release.
    """
    with read_backup(path, identity) as reader:
        _check_counts(path, reader)
        state = [(app, name) for app, name in reader.manifest["migrations"]]
        _refuse_unless_empty(path, state)
        with _all_or_nothing():
            _fill(reader, state)
        if "secret-key" in reader.manifest["members"]:
            _write_key(settings.HOME / "secret-key", reader.open("secret-key"))
        if _ERASED in reader.manifest["members"]:
            add_list(reader.open(_ERASED).read().decode("ascii"))
        manifest, found = reader.manifest, _trail_problems(path, reader)
    call_command("migrate", interactive=False, verbosity=0)
    add_list(erased)
    return manifest, found, forget_again(now=now)


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """PostgreSQL takes back tables with everything else; a database file that was begun is deleted."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            yield
        return
    try:
        yield
    except BaseException:
        connection.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{end}").unlink(missing_ok=True)
        raise


def _fill(reader: BackupReader, state: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(state)
    executor = MigrationExecutor(connection)
    with transaction.atomic(), unfenced(_REASON):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # migrations in the same transaction leave them otherwise
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        kept = _models(executor.loader.project_state(state).apps)
        for model in kept:
            _read_table(reader, model)
        if connection.vendor == "postgresql":
            _restart_sequences(kept)
        _read_files(reader)


def _refuse_unless_empty(path: Path, state: list[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    unknown = [f"{app}.{name}" for app, name in state if (app, name) not in executor.loader.graph.nodes]
    if unknown:
        what = f"The backup is from a later release (it knows {unknown[0]})."
        raise BadInput([Problem(str(path), what, "Install that release, and restore it there.")])
    if executor.loader.applied_migrations:
        where = "COMMONWEAL_DATABASE_URL" if connection.vendor == "postgresql" else "COMMONWEAL_HOME"
        what = "There is an installation already, and a backup is restored into an empty place only."
        raise BadInput([Problem(where, what, "Name an empty one.")])


def _read_table(reader: BackupReader, model: type[models.Model]) -> None:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    waiting = []
    for line in reader.open(f"tables/{model._meta.db_table}.jsonl"):
        waiting.append(model(**{name: _value(fields[name], kept) for name, kept in json.loads(line).items()}))
        if len(waiting) == _ROWS_AT_ONCE:
            model._base_manager.bulk_create(waiting)
            waiting = []
    model._base_manager.bulk_create(waiting)


def _restart_sequences(kept: list[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept):
            cursor.execute(statement)


def _read_files(reader: BackupReader) -> None:
    for name in reader.names("evidence"):
        with reader.open(name) as member:
            files.put_back(name.removeprefix("evidence/"), member.read())


def _write_key(path: Path, member: IO[bytes]) -> None:
    with member:
        path.touch(mode=0o600)
        path.write_bytes(member.read())
