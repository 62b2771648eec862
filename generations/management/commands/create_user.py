import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction

from generations import journal, tokens
from generations.journal import Deed
from generations.models import Membership, Role, Team, Token, User
from generations.people import add_member, add_person

Done = tuple[list[str], list[Callable[..., object]]]  # said in sentences, and what writes it into the journal in the end


class Command(BaseCommand):
    help = "Adds a person to a team, or brings an existing person up to date. Running it again changes nothing."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--team", metavar="SLUG", help="the team's short name as in its address; made when missing")
        parser.add_argument("--role", help=f"one of {', '.join(Role.values)}; a new member is {Role.DESIGNER.value} unless told")
        parser.add_argument("--password-file", metavar="FILE", help="one line break at its end is not part of it; - is standard input")
        parser.add_argument("--name", help="how the person is called in the studio")
        parser.add_argument("--administrator", action="store_true", help="may manage provider keys, users and teams of the whole studio")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {name: options[name] for name in ("email", "team", "role", "password_file", "name", "administrator")}
        try:
            with transaction.atomic():
                said = create(**wanted)
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {error}. See manage.py doctor.") from None
        self.stdout.write("\n".join(said))


def create(email: str, team: str, role: str, password_file: str, name: str, administrator: bool) -> list[str]:
    """What it did, in sentences. Whatever is wrong raises, and then nothing is written."""
    email = fitting(User._meta.get_field("email"), email.strip().lower(), f"“{email}” is not an e-mail address.")
    if name:
        fitting(User._meta.get_field("name"), name, "The name is too long: 80 characters are the limit.")
    if role and role not in Role.values:
        raise CommandError(f"There is no role “{role}”. Roles are {', '.join(Role.values)}.")
    if not team and not administrator:
        raise CommandError("Name a team with --team, or make this person an administrator of the studio with --administrator.")
    known = User.objects.filter(email=email).first()
    password = read_password(password_file, known or User(email=email, name=name or "")) if password_file else None
    user, (said, lines) = update(known, name, password, administrator) if known else add(email, name, password, administrator)
    joined, more = join(user, team, role) if team else ([], [])
    for write in lines + more:
        write(command="create_user")
    return said + joined


def fitting(field: Any, value: str, complaint: str) -> str:
    try:
        field.clean(value, None)
    except ValidationError:
        raise CommandError(complaint) from None
    return value


def read_password(file: str, user: User) -> str:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise CommandError(f"The password file {file} cannot be read.") from None
    password = text.removesuffix("\n")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
    return password


def add(email: str, name: str, password: str | None, administrator: bool) -> tuple[User, Done]:
    user = add_person(email, name or email.partition("@")[0][:80], password, administrator=administrator)
    rank = " as an administrator of the studio" if administrator else ""
    said = f"{email} was added{rank}{'' if password else ', without a password'}."
    return user, ([said], [partial(journal.write, Deed.PERSON_ADD, subject=user, administrator=administrator)])


def update(user: User, name: str, password: str | None, administrator: bool) -> tuple[User, Done]:
    changed = []
    if name and name != user.name:
        user.name = name
        changed.append("name")
    if password and not user.check_password(password):
        user.set_password(password)
        changed.append("password")
    if administrator and not user.is_superuser:
        user.is_staff = user.is_superuser = True
        changed.append("administrator of the studio")
    user.save(update_fields=["name", "password", "is_staff", "is_superuser"])
    said = [f"{user.email} is already here{'; new: ' if changed else ''}{', '.join(changed)}."]
    lines: list[Callable[..., object]] = [partial(journal.write, Deed.PERSON_CHANGE, subject=user, changed=changed)] if changed else []
    ended = tokens.end(Token.objects.filter(user=user), None) if "password" in changed else []
    if ended:  # whoever had the old password may have made them
        said.append("Their tokens for programs do not work any more.")
        lines.append(partial(tokens.tell, ended, None))
    return user, (said, lines)


def join(user: User, slug: str, role: str) -> Done:
    fitting(Team._meta.get_field("slug"), slug, f"“{slug}” cannot be a team: use up to 60 letters, digits, hyphens and underscores.")
    name = slug.replace("-", " ").replace("_", " ").strip().capitalize() or slug
    team, new = Team.objects.get_or_create(slug=slug, defaults={"name": name})
    before = Membership.objects.filter(user=user, team=team).values_list("role", flat=True).first()
    now = Role(role or before or Role.DESIGNER)
    add_member(user, team, now)
    said = [f"The team {team.name} ({slug}) was made."] if new else []
    change = f", no longer {before}" if before and before != now else ""
    said.append(f"{now.value.capitalize()} in {team.name}{change}.")
    lines: list[Callable[..., object]] = [partial(journal.write, Deed.TEAM_ADD, team=team, subject=team)] if new else []
    if before != now:
        deed = Deed.ROLE_CHANGE if before else Deed.PERSON_JOIN
        lines.append(partial(journal.write, deed, team=team, subject=user, role=now, was=before))
    return said, lines
