"""More kinds of steps, and whose pages and friends pointed here. Old processes may go on writing rows meanwhile."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0006_costs_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("kol", "person with followers"), ("page", "fan page"), ("cause", "good cause")],
                        default="kol",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("page_address", models.URLField(blank=True, max_length=300, verbose_name="their page")),
                ("notes", models.TextField(blank=True, max_length=1000, verbose_name="notes")),
                (
                    "fee",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="fee"),
                ),
                ("currency", models.CharField(blank=True, default="TWD", max_length=3, verbose_name="currency")),
                ("key", models.CharField(editable=False, max_length=16, unique=True)),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("self", "the same browser as the inviter's"),
                                ("alias", "the same mailbox as the inviter's"),
                                ("household", "the same network as the inviter's on that day"),
                                ("sibling", "the same network as another friend's on that day"),
                                ("loop", "the inviter was brought by this friend"),
                                ("burst", "many friends within an hour"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("counted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("allowed", "let through"), ("refused", "not counted")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "friend brought by a member",
                "verbose_name_plural": "friends brought by members",
            },
        ),
        migrations.CreateModel(
            name="Whereabouts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("address", models.BinaryField()),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AlterModelOptions(
            name="conversion",
            options={"verbose_name": "step of a member", "verbose_name_plural": "steps of members"},
        ),
        migrations.AddField(
            model_name="conversion",
            name="amount",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name="conversion",
            name="changed_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now
            ),
        ),
        migrations.AddField(
            model_name="conversion",
            name="currency",
            field=models.CharField(blank=True, db_default="", default="", max_length=3),
        ),
        migrations.AddField(
            model_name="conversion",
            name="ref",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="trackedlink",
            name="member",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="invite_link",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="conversion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("joined", "joined"),
                    ("verified", "proved their e-mail"),
                    ("first_act", "first post or reaction"),
                    ("week2", "back in the second week"),
                    ("day30", "here at day 30"),
                    ("climbed", "rose a tier"),
                    ("referral", "brought a friend"),
                    ("revenue", "bought something"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="trackedlink",
            name="channel",
            field=models.CharField(
                choices=[
                    ("facebook_page", "Facebook page"),
                    ("facebook_ads", "Facebook ads"),
                    ("instagram", "Instagram"),
                    ("threads", "Threads"),
                    ("line_oa", "LINE official account"),
                    ("line_group", "LINE group"),
                    ("x", "X"),
                    ("plurk", "Plurk"),
                    ("ptt", "PTT"),
                    ("dcard", "Dcard"),
                    ("youtube", "YouTube"),
                    ("linkedin", "LinkedIn"),
                    ("pinterest", "Pinterest"),
                    ("tiktok", "TikTok"),
                    ("partner", "Partner page"),
                    ("email", "E-mail"),
                    ("qr", "QR code or print"),
                    ("member", "Member's invitation"),
                    ("other", "Elsewhere"),
                ],
                max_length=20,
                verbose_name="channel",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="trackedlink",
            name="partner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="campaigns.partner",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="friend",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="referral", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="link",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="campaigns.trackedlink"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="referrer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="referrals", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="whereabouts",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee", None), ("fee__gte", 0), _connector="OR"),
                name="partner_fee_is_not_below_nothing",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["-at", "-id"], name="referral_newest"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("referrer", models.F("friend")), _negated=True), name="nobody_is_their_own_friend"
            ),
        ),
        migrations.AddConstraint(
            model_name="whereabouts",
            constraint=models.UniqueConstraint(fields=("member", "day"), name="one_whereabouts_of_a_member_a_day"),
        ),
    ]
