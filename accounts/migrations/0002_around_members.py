"""What members consent to and do, what they may be spared, and the log of acts."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from community.commons.migrating import CreateTables

# The database itself refuses to change or drop what was written into the log of acts.
REFUSE = """
CREATE FUNCTION accounts_staffact_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of acts is only ever added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER staffact_is_final BEFORE UPDATE OR DELETE ON accounts_staffact
    FOR EACH ROW EXECUTE FUNCTION accounts_staffact_is_final();
CREATE TRIGGER staffact_is_kept BEFORE TRUNCATE ON accounts_staffact
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_staffact_is_final();
"""
ALLOW = """
DROP TRIGGER staffact_is_final ON accounts_staffact;
DROP TRIGGER staffact_is_kept ON accounts_staffact;
DROP FUNCTION accounts_staffact_is_final();
"""


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0004_being_here"),
        ("accounts", "0005_proven_addresses"),
        ("accounts", "0006_api_keys"),
        ("accounts", "0008_consents"),
        ("accounts", "0009_handoffs"),
        ("accounts", "0010_penalties_and_acts"),
        ("accounts", "0011_acts_are_final"),
    ]
    dependencies = [
        ("accounts", "0001_members_and_tiers"),
        # Not needed here, but quicker before our tables than after them: whatever changes a model that a member has to
        # do with makes Django render all of those anew.
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailembeds", "0009_embed_cache_until"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]
    operations = [
        CreateTables(
            migrations.CreateModel(
                name="Consent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "purpose",
                        models.CharField(
                            choices=[
                                ("terms", "terms of use and privacy notice"),
                                ("marketing", "news and offers by mail"),
                                ("measuring", "knowing you again on later visits, to see what brought you"),
                                ("ads", "telling ad platforms that you joined"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("version", models.CharField(max_length=20)),
                    ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "member",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="consents",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ("-given_at", "-pk"),
                    "constraints": [
                        models.UniqueConstraint(
                            models.F("member"),
                            models.F("purpose"),
                            condition=models.Q(("withdrawn_at", None)),
                            name="one_standing_consent_for_a_purpose",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Standing",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("since", models.DateTimeField(default=django.utils.timezone.now)),
                    ("until", models.DateTimeField(blank=True, null=True)),
                    (
                        "source",
                        models.CharField(
                            choices=[("joined", "joined"), ("climbed", "earned"), ("granted", "granted")], max_length=10
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=200)),
                    (
                        "by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "member",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="standings",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "tier",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.tier"
                        ),
                    ),
                ],
                options={
                    "ordering": ("-since", "-pk"),
                    "constraints": [
                        models.UniqueConstraint(
                            models.F("member"), condition=models.Q(("until", None)), name="one_standing_at_a_time"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                            name="standing_ends_after_it_begins",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActiveDay",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("day", models.DateField()),
                    (
                        "member",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="active_days",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "active day",
                    "verbose_name_plural": "active days",
                    "indexes": [models.Index(fields=["day", "member"], name="active_on_a_day")],
                    "constraints": [
                        models.UniqueConstraint(fields=("member", "day"), name="one_active_day_of_a_member")
                    ],
                },
            ),
            migrations.CreateModel(
                name="ApiKey",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=80, verbose_name="what it is for")),
                    ("prefix", models.CharField(max_length=12, verbose_name="begins with")),
                    ("digest", models.CharField(max_length=64, unique=True)),
                    ("scopes", models.JSONField(default=list, verbose_name="scopes")),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                    ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="good until")),
                    ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used")),
                    ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                    (
                        "made_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "member",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="api_keys",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="acts for",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "API key",
                    "verbose_name_plural": "API keys",
                },
            ),
            migrations.CreateModel(
                name="KeptAnswer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("word", models.CharField(max_length=255)),
                    ("asked", models.CharField(max_length=64)),
                    ("status", models.PositiveSmallIntegerField(default=0)),
                    ("body", models.BinaryField(default=bytes)),
                    ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                    (
                        "key",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="accounts.apikey"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            models.F("key"), models.F("word"), name="one_answer_for_a_word_of_a_key"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="BrowserConsent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("visitor", models.UUIDField()),
                    (
                        "purpose",
                        models.CharField(
                            choices=[
                                ("terms", "terms of use and privacy notice"),
                                ("marketing", "news and offers by mail"),
                                ("measuring", "knowing you again on later visits, to see what brought you"),
                                ("ads", "telling ad platforms that you joined"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("version", models.CharField(max_length=20)),
                    ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ("-given_at", "-pk"),
                    "indexes": [models.Index(fields=["visitor", "purpose"], name="consent_of_a_browser")],
                    "constraints": [
                        models.UniqueConstraint(
                            models.F("visitor"),
                            models.F("purpose"),
                            condition=models.Q(("withdrawn_at", None)),
                            name="one_standing_consent_of_a_browser",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Handoff",
                fields=[
                    ("mark", models.CharField(max_length=16, primary_key=True, serialize=False)),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ],
            ),
            migrations.CreateModel(
                name="MemberNote",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("body", models.TextField()),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "member",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="notes_on",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "note on a member",
                    "verbose_name_plural": "notes on members",
                },
            ),
            migrations.CreateModel(
                name="Penalty",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("note", "note"),
                                ("warning", "warning"),
                                ("silence", "silence"),
                                ("suspension", "suspension"),
                                ("ban", "ban"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("reason", models.CharField(max_length=500)),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("until", models.DateTimeField(blank=True, null=True)),
                    ("lifted_at", models.DateTimeField(blank=True, null=True)),
                    ("lifted_because", models.CharField(blank=True, max_length=500)),
                    (
                        "by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "lifted_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "member",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="penalties",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "penalty",
                    "verbose_name_plural": "penalties",
                    "indexes": [models.Index(fields=["member", "-at", "-id"], name="penalty_of_member")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("until", None), ("until__gt", models.F("at")), _connector="OR"),
                            name="penalty_ends_after_it_begins",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Appeal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("words", models.TextField()),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                    ("is_granted", models.BooleanField(null=True)),
                    ("answer", models.CharField(blank=True, max_length=500)),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "penalty",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE, related_name="appeal", to="accounts.penalty"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "appeal",
                    "verbose_name_plural": "appeals",
                    "indexes": [models.Index(fields=["-at", "-id"], name="appeal_newest")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("is_granted", None)),
                                models.Q(("answered_at__isnull", False), ("is_granted__isnull", False)),
                                _connector="OR",
                            ),
                            name="appeal_answered_with_yes_or_no",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="StaffAct",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("act", models.CharField(max_length=40)),
                    ("thing", models.CharField(blank=True, max_length=60)),
                    ("why", models.CharField(blank=True, max_length=500)),
                    ("before", models.JSONField(null=True)),
                    ("after", models.JSONField(null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "member",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "staff act",
                    "verbose_name_plural": "staff acts",
                    "permissions": [("hand_over", "Can hand a member's words over to the authorities")],
                    "indexes": [
                        models.Index(fields=["by", "-id"], name="staff_act_by"),
                        models.Index(fields=["member", "-id"], name="staff_act_on_member"),
                        models.Index(fields=["act", "-id"], name="staff_act_of_kind"),
                        models.Index(fields=["thing", "id"], name="staff_act_on_thing"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Distance",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("kind", models.CharField(choices=[("block", "blocked"), ("mute", "muted")], max_length=5)),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    (
                        "member",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="distances",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("member", "other"), name="one_distance_between_two"),
                        models.CheckConstraint(
                            condition=models.Q(("member", models.F("other")), _negated=True),
                            name="no_distance_from_oneself",
                        ),
                    ],
                },
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
