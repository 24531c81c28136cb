"""What those who work here did, on whom and why: written once and never changed; and their notes on members."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class Unchangeable(TypeError):
    """Somebody tried to change what was written down for good."""


class StaffActQuerySet(models.QuerySet):
    def for_desk(self):
        return self.select_related("by", "member")

    def narrowed(self, *, by=None, member=None, act="", since=None, before=None):
        found = self
        for name, value in (("by", by), ("member", member), ("at__gte", since), ("at__lt", before)):
            if value is not None:
                found = found.filter(**{name: value})
        return found.filter(act=act) if act else found

    def on_thing(self, thing):
        return self.filter(thing=thing)

    def of_case(self, pk, thing):
        """What was done with a case, and with the thing it is about."""
        return self.filter(thing__in=[f"case-{pk}", thing]).order_by("pk")

    def update(self, **fields):
        raise Unchangeable

    def delete(self):
        raise Unchangeable


class StaffAct(models.Model):
    """One act of a host, or of a rule when `by` is nobody. The database itself refuses to change or drop a row.

    It stays when the people in it are gone, so nothing follows from its keys.
    """

    at = models.DateTimeField(default=now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    act = models.CharField(max_length=40)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    thing = models.CharField(max_length=60, blank=True)  # "post-12"
    why = models.CharField(max_length=500, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = StaffActQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff act")
        verbose_name_plural = _("staff acts")
        permissions = [("hand_over", "Can hand a member's words over to the authorities")]
        indexes = [
            # What one host did, what was done about one member, one kind of act; all newest first.
            models.Index(fields=["by", "-id"], name="staff_act_by"),
            models.Index(fields=["member", "-id"], name="staff_act_on_member"),
            models.Index(fields=["act", "-id"], name="staff_act_of_kind"),
            # What happened to one thing.
            models.Index(fields=["thing", "id"], name="staff_act_on_thing"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise Unchangeable
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Unchangeable


class MemberNoteQuerySet(models.QuerySet):
    def of_member(self, member):
        return self.filter(member=member).select_related("by").order_by("-at", "-pk")


class MemberNote(models.Model):
    """What one host wants the others to know of a member. The member never reads it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notes_on")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    body = models.TextField()
    at = models.DateTimeField(default=now)

    objects = MemberNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on a member")
        verbose_name_plural = _("notes on members")

    def __str__(self):
        return self.body[:40]
