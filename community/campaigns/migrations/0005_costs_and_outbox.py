import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import community.commons.ids


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0004_ways"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=community.commons.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "service",
                    models.CharField(
                        choices=[("meta", "Meta"), ("ga4", "Google Analytics 4")], max_length=6, verbose_name="service"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="step")),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="event")),
                ("at", models.DateTimeField(verbose_name="reached")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sent", "sent"),
                            ("not_allowed", "not allowed"),
                            ("too_old", "too old"),
                            ("rejected", "rejected"),
                            ("given_up", "given up"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("is_test", models.BooleanField(default=False)),
                ("payload", models.JSONField(blank=True, null=True)),
                ("consent", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("not_before", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="campaigns.conversion",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "conversion sent out",
                "verbose_name_plural": "conversions sent out",
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sent", "sent"),
                            ("not_allowed", "not allowed"),
                            ("too_old", "too old"),
                            ("rejected", "rejected"),
                            ("given_up", "given up"),
                        ],
                        max_length=12,
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("answer", models.JSONField(default=dict)),
                ("took", models.PositiveIntegerField(default=0)),
                ("together", models.PositiveSmallIntegerField(default=1)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="campaigns.delivery"
                    ),
                ),
            ],
            options={
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Expense",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("manual", "other cost"), ("kol", "fee for a KOL or partner")],
                        default="manual",
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
                ("currency", models.CharField(default="TWD", max_length=3, verbose_name="currency")),
                ("starts", models.DateField(verbose_name="from")),
                ("ends", models.DateField(verbose_name="until")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expenses",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expenses",
                        to="campaigns.trackedlink",
                        verbose_name="link",
                    ),
                ),
            ],
            options={
                "verbose_name": "cost",
                "verbose_name_plural": "costs",
            },
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("meta", "Meta"), ("manual", "other cost"), ("kol", "fee for a KOL or partner")],
                        max_length=6,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=4, max_digits=16)),
                ("currency", models.CharField(max_length=3)),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="costs",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="costs",
                        to="campaigns.trackedlink",
                    ),
                ),
                (
                    "expense",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="campaigns.expense",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service", models.CharField(choices=[("meta", "Meta"), ("ga4", "Google Analytics 4")], max_length=6)),
                ("kind", models.CharField(max_length=20)),
                ("is_on", models.BooleanField(default=False)),
                ("name", models.CharField(max_length=40)),
                ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
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
            ],
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("ads", "Meta ads"), ("posts", "posts of a page or of Instagram")],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("ready", "not kept yet"), ("kept", "kept"), ("undone", "undone")],
                        default="ready",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("size", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("level", models.CharField(blank=True, max_length=10)),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("wrong_rows", models.PositiveIntegerField(default=0, verbose_name="rows left out")),
                ("told", models.JSONField(default=dict)),
                ("wrong", models.JSONField(default=list)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="brought")),
                ("kept_at", models.DateTimeField(blank=True, null=True)),
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
            ],
            options={
                "verbose_name": "imported file",
                "verbose_name_plural": "imported files",
            },
        ),
        migrations.CreateModel(
            name="PostFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("platform", models.CharField(max_length=10)),
                ("post", models.CharField(max_length=120)),
                ("post_id", models.CharField(blank=True, max_length=80)),
                ("permalink", models.CharField(blank=True, max_length=600)),
                ("page_name", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("post_kind", models.CharField(blank=True, max_length=60)),
                ("posted_at", models.DateTimeField(blank=True, null=True)),
                ("day", models.DateField(blank=True, null=True)),
                ("views", models.BigIntegerField(blank=True, null=True)),
                ("reach", models.BigIntegerField(blank=True, null=True)),
                ("reactions", models.BigIntegerField(blank=True, null=True)),
                ("comments", models.BigIntegerField(blank=True, null=True)),
                ("shares", models.BigIntegerField(blank=True, null=True)),
                ("saves", models.BigIntegerField(blank=True, null=True)),
                ("clicks", models.BigIntegerField(blank=True, null=True)),
                ("link_clicks", models.BigIntegerField(blank=True, null=True)),
                ("rest", models.JSONField(default=dict)),
                ("stands", models.BooleanField(default=False)),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="campaigns.trackedlink",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="campaigns.sheet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AdFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("thing", models.CharField(max_length=32)),
                ("campaign_thing", models.CharField(max_length=32)),
                ("level", models.CharField(max_length=10)),
                ("account_name", models.CharField(blank=True, max_length=200)),
                ("campaign_name", models.CharField(blank=True, max_length=400, verbose_name="Meta's campaign")),
                ("set_name", models.CharField(blank=True, max_length=400, verbose_name="ad set")),
                ("ad_name", models.CharField(blank=True, max_length=400, verbose_name="ad")),
                ("ad_id", models.CharField(blank=True, max_length=40)),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("currency", models.CharField(max_length=3)),
                ("spent", models.DecimalField(decimal_places=4, default=0, max_digits=16)),
                ("impressions", models.BigIntegerField(blank=True, null=True)),
                ("reach", models.BigIntegerField(blank=True, null=True)),
                ("frequency", models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ("clicks", models.BigIntegerField(blank=True, null=True)),
                ("link_clicks", models.BigIntegerField(blank=True, null=True)),
                ("landing_views", models.BigIntegerField(blank=True, null=True)),
                ("results", models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ("result_kind", models.CharField(blank=True, max_length=160)),
                ("purchases", models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ("purchase_value", models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ("attribution", models.CharField(blank=True, max_length=160)),
                ("rest", models.JSONField(default=dict)),
                ("stands", models.BooleanField(default=False)),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="campaigns.trackedlink",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ads", to="campaigns.sheet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("post", "post"),
                            ("ad", "ad, by its number"),
                            ("name", "ad, by its name"),
                            ("campaign", "Meta's campaign"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=120)),
                ("said", models.CharField(blank=True, max_length=600)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("hand", "tied by hand"),
                            ("words", "utm_content of the link"),
                            ("macro", "the ad's number came along with clicks"),
                            ("name", "the same name"),
                        ],
                        default="hand",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties",
                        to="campaigns.trackedlink",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["service", "not_before"],
                name="delivery_still_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["state", "-id"], name="delivery_in_a_state"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                models.F("service"), models.F("conversion"), name="one_event_for_a_conversion_and_service"
            ),
        ),
        migrations.AddConstraint(
            model_name="expense",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gte", models.F("starts"))), name="an_expense_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="expense",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="an_expense_is_no_income"),
        ),
        migrations.AddIndex(
            model_name="cost",
            index=models.Index(fields=["day", "campaign", "link"], name="cost_of_a_day"),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.UniqueConstraint(
                models.F("service"), models.F("kind"), name="one_decision_for_a_kind_and_service"
            ),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["-made_at", "-id"], name="sheet_latest"),
        ),
        migrations.AddIndex(
            model_name="postfigure",
            index=models.Index(fields=["post", "day"], name="post_figure_of_a_post"),
        ),
        migrations.AddIndex(
            model_name="postfigure",
            index=models.Index(
                condition=models.Q(("stands", True)), fields=["-posted_at", "-id"], name="post_figure_latest"
            ),
        ),
        migrations.AddIndex(
            model_name="adfigure",
            index=models.Index(fields=["thing", "starts"], name="ad_figure_of_a_thing"),
        ),
        migrations.AddIndex(
            model_name="adfigure",
            index=models.Index(fields=["campaign_thing", "starts"], name="ad_figure_of_a_campaign"),
        ),
        migrations.AddIndex(
            model_name="adfigure",
            index=models.Index(
                condition=models.Q(("ad_id", ""), _negated=True), fields=["ad_id", "starts"], name="ad_figure_of_an_ad"
            ),
        ),
        migrations.AddIndex(
            model_name="adfigure",
            index=models.Index(
                condition=models.Q(("stands", True)), fields=["starts", "ends"], name="ad_figure_standing"
            ),
        ),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.UniqueConstraint(models.F("kind"), models.F("value"), name="a_post_or_ad_is_tied_once"),
        ),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.CheckConstraint(
                condition=models.Q(("link", None), ("campaign", None), _connector="XOR"),
                name="a_tie_leads_to_one_place",
            ),
        ),
    ]
