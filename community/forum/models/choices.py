"""What a brand decides about its living room, beside what each board says for itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="tag")
class TalkSettings(BaseGenericSetting):
    """Rules that hold on every board."""

    tier_to_tag = models.ForeignKey(
        "accounts.Tier",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tier to make new tags"),
        help_text=_("Empty: only hosts. Everyone may use the tags that are there."),
    )

    panels = [FieldPanel("tier_to_tag")]

    class Meta:
        verbose_name = _("Tags and talk")
