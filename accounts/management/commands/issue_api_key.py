"""Makes a key for a program, and prints it this one time."""

from django.core.management.base import BaseCommand, CommandError

from accounts import keying, scopes
from accounts.models import Member


class Command(BaseCommand):
    help = "Make an API key that acts for a member. The key alone goes to standard output; it is shown this once."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the member it acts for")
        parser.add_argument("--scope", action="append", default=[], help="as in links:read; again for more (all)")
        parser.add_argument("--days", type=int, help="how long it is good (until revoked)")
        parser.add_argument("--name", default="issue_api_key", help="what it is for, as the desk shows it")

    def handle(self, *, email, scope, days, name, **options):
        member = Member.objects.public().with_email(email).first()
        if member is None:
            raise CommandError(f"Nobody who may come in has the address {email}.")
        if days is not None and not 0 < days <= 3_650:
            raise CommandError("--days takes a number from 1 to 3650.")
        open_to = {each.key for each in scopes.open_to(member)}
        if unknown := set(scope) - open_to:
            allowed = ", ".join(sorted(open_to)) or "none"
            raise CommandError(f"Not open to this member: {', '.join(sorted(unknown))}. Open: {allowed}.")
        if not open_to:
            raise CommandError("This member has no right that a key could use. Give them a role first.")
        key, token = keying.issue(member=member, name=name[:80], scopes=scope or open_to, days=days)
        self.stderr.write(f"Acts for {member.email}: {', '.join(key.scopes)}. Keep it now, it is not shown again:")
        self.stdout.write(token)
