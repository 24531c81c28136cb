"""Tracked links, clicks and steps, costs, and what is told to others about them."""

import uuid
from datetime import UTC, datetime

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import community.commons.ids
from community.commons.migrating import CreateTables

# Both are parted by month along their key; Django itself cannot make a parted table. The columns come in the order of
# their width, so that rows waste nothing on padding.
CLICKS = """
CREATE TABLE campaigns_click (
    id uuid NOT NULL PRIMARY KEY,
    visitor uuid,
    at timestamptz NOT NULL,
    link_id bigint NOT NULL,
    agent varchar(10) NOT NULL,
    "trigger" varchar(10) NOT NULL,
    app varchar(16) NOT NULL,
    os varchar(16) NOT NULL,
    device varchar(10) NOT NULL,
    language varchar(16) NOT NULL,
    referrer varchar(120) NOT NULL,
    address bytea,
    network varchar(20),
    agent_said varchar(300) NOT NULL,
    query text NOT NULL,
    fbclid text,
    gclid text,
    gbraid text,
    wbraid text,
    msclkid text,
    ttclid text,
    twclid text,
    li_fat_id text,
    epik text,
    rdt_cid text,
    other_ids jsonb,
    fresh boolean NOT NULL DEFAULT false,
    outcome varchar(12) NOT NULL DEFAULT '',
    variant smallint
) PARTITION BY RANGE (id);
CREATE INDEX click_of_a_link ON campaigns_click (link_id, agent, visitor);
CREATE INDEX click_of_a_visitor ON campaigns_click (visitor, id) WHERE visitor IS NOT NULL;
CREATE TABLE campaigns_click_other PARTITION OF campaigns_click DEFAULT;
"""
STEPS = """
CREATE TABLE campaigns_step (
    id uuid NOT NULL PRIMARY KEY,
    visitor uuid,
    click uuid,
    at timestamptz NOT NULL,
    link_id bigint,
    kind varchar(12) NOT NULL,
    path varchar(200) NOT NULL,
    source varchar(120) NOT NULL,
    app varchar(16) NOT NULL,
    os varchar(16) NOT NULL,
    device varchar(10) NOT NULL,
    language varchar(16) NOT NULL
) PARTITION BY RANGE (id);
CREATE INDEX step_of_a_visitor ON campaigns_step (visitor, id) WHERE visitor IS NOT NULL;
CREATE TABLE campaigns_step_other PARTITION OF campaigns_step DEFAULT;
"""
# Whether a line stands changes twice in its life, for a hundred thousand of them at once: no index may speak of it, and
# pages keep room, so that the change stays in its page and touches none of the indexes.
ROOM = "ALTER TABLE campaigns_adfigure SET (fillfactor = 50)"
FULL = "ALTER TABLE campaigns_adfigure RESET (fillfactor)"


def bound(number):
    """The smallest version 7 UUID of a month, counted from the year 0."""
    first = datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)
    return uuid.UUID(int=int(first.timestamp() * 1000) << 80)


def begin(apps, schema_editor):
    """The months around today; the timetable makes the next ones in time."""
    today = datetime.now(UTC)
    this = today.year * 12 + today.month - 1
    for table in ("campaigns_click", "campaigns_step"):
        for number in range(this - 3, this + 4):
            schema_editor.execute(
                f"CREATE TABLE {table}_{number // 12}_{number % 12 + 1:02} PARTITION OF {table} "
                f"FOR VALUES FROM ('{bound(number)}') TO ('{bound(number + 1)}')"
            )


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("campaigns", "0001_front_door"),
        ("campaigns", "0002_clicks"),
        ("campaigns", "0004_ways"),
        ("campaigns", "0005_costs_and_outbox"),
        ("campaigns", "0007_steps_and_who_pointed_here"),
        ("campaigns", "0008_steps_are_taken_once"),
        ("campaigns", "0009_keeping_links"),
        ("campaigns", "0010_steps"),
        ("campaigns", "0011_whereabouts_and_orders"),
        ("campaigns", "0012_webhooks"),
        ("campaigns", "0013_deliveries_outlive_steps"),
        ("campaigns", "0014_late_clicks"),
        ("campaigns", "0015_figures_change_in_place"),
    ]
    dependencies = [
        ("accounts", "0002_around_members"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
    ]
    operations = [
        CreateTables(
            migrations.CreateModel(
                name='Salt',
                fields=[
                    ('day', models.DateField(primary_key=True, serialize=False)),
                    ('secret', models.BinaryField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
            ),
            migrations.CreateModel(
                name='Campaign',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('key', models.SlugField(help_text='The utm_campaign of its links: small letters, digits, hyphens.', max_length=60, unique=True, verbose_name='key')),
                    ('greeting_zh', models.CharField(blank=True, help_text='What a new member reads right after joining.', max_length=200, verbose_name='greeting in Chinese')),
                    ('greeting_en', models.CharField(blank=True, max_length=200, verbose_name='greeting in English')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='starts on')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('holds_newcomers', models.BooleanField(default=False, help_text='What its newcomers write waits until a host has let them through.', verbose_name='hold newcomers')),
                    ('look_back_days', models.PositiveSmallIntegerField(default=90, help_text='How long before a step a click through one of its links still earns credit for it.', verbose_name='look-back days')),
                    ('paused_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'verbose_name': 'campaign',
                    'verbose_name_plural': 'campaigns',
                    'ordering': ('-made_at', '-pk'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='campaign_ends_after_it_starts', violation_error_message='A campaign cannot end before it starts.')],
                },
            ),
            migrations.CreateModel(
                name='Claim',
                fields=[
                    ('visitor', models.UUIDField(primary_key=True, serialize=False)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Miss',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=64, verbose_name='code')),
                    ('day', models.DateField(verbose_name='day')),
                    ('referrer', models.CharField(blank=True, default='', max_length=120, verbose_name='from')),
                    ('count', models.PositiveIntegerField(default=1, verbose_name='times')),
                ],
                options={
                    'verbose_name': 'missed link',
                    'verbose_name_plural': 'missed links',
                    'constraints': [models.UniqueConstraint(fields=('day', 'code', 'referrer'), name='one_count_of_a_miss_each_day')],
                },
            ),
            migrations.CreateModel(
                name='TrackedLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=64, verbose_name='code')),
                    ('code_folded', models.CharField(editable=False, max_length=192, unique=True)),
                    ('channel', models.CharField(choices=[('facebook_page', 'Facebook page'), ('facebook_ads', 'Facebook ads'), ('instagram', 'Instagram'), ('threads', 'Threads'), ('line_oa', 'LINE official account'), ('line_group', 'LINE group'), ('x', 'X'), ('plurk', 'Plurk'), ('ptt', 'PTT'), ('dcard', 'Dcard'), ('youtube', 'YouTube'), ('linkedin', 'LinkedIn'), ('pinterest', 'Pinterest'), ('tiktok', 'TikTok'), ('partner', 'Partner page'), ('email', 'E-mail'), ('qr', 'QR code or print'), ('member', "Member's invitation"), ('other', 'Elsewhere')], max_length=20, verbose_name='channel')),
                    ('label', models.CharField(help_text='Which post, poster or letter this is.', max_length=80, verbose_name='label')),
                    ('address', models.CharField(blank=True, max_length=1000, verbose_name='address')),
                    ('utm_source', models.CharField(blank=True, max_length=100)),
                    ('utm_medium', models.CharField(blank=True, max_length=100)),
                    ('utm_campaign', models.CharField(blank=True, max_length=100)),
                    ('utm_term', models.CharField(blank=True, max_length=100)),
                    ('utm_content', models.CharField(blank=True, max_length=100)),
                    ('card_title', models.CharField(blank=True, max_length=120, verbose_name='card title')),
                    ('card_text', models.CharField(blank=True, max_length=300, verbose_name='card text')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='campaigns.campaign', verbose_name='campaign')),
                    ('card_picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='card picture')),
                    ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='page')),
                    ('after_address', models.CharField(blank=True, max_length=1000, verbose_name='after the end, leads to')),
                    ('before_address', models.CharField(blank=True, max_length=1000, verbose_name='before the start, leads to')),
                    ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                    ('full_address', models.CharField(blank=True, max_length=1000, verbose_name='after the last visit, leads to')),
                    ('most_visits', models.PositiveIntegerField(blank=True, null=True, verbose_name='most visits')),
                    ('paused_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='starts')),
                    ('member', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invite_link', to=settings.AUTH_USER_MODEL)),
                    ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='campaigns.partner')),
                    ('notes', models.TextField(blank=True, default='', help_text='For colleagues; nobody else reads it.', verbose_name='notes')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('text', models.TextField(blank=True, default='', help_text='What is posted around the link; empty is the one we propose.', verbose_name='text')),
                    ('tags', models.ManyToManyField(blank=True, related_name='links', to='campaigns.tag', verbose_name='tags')),
                ],
                options={
                    'verbose_name': 'tracked link',
                    'verbose_name_plural': 'tracked links',
                    'ordering': ('-made_at', '-pk'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('starts_at', None), ('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='link_ends_after_it_starts', violation_error_message='A link cannot end before it starts.')],
                },
            ),
            migrations.CreateModel(
                name='Conversion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('joined', 'joined'), ('verified', 'proved their e-mail'), ('first_act', 'first post or reaction'), ('week2', 'back in the second week'), ('day30', 'here at day 30'), ('climbed', 'rose a tier'), ('referral', 'brought a friend'), ('revenue', 'bought something')], max_length=20)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('first_click', models.UUIDField(blank=True, null=True)),
                    ('last_click', models.UUIDField(blank=True, null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversions', to=settings.AUTH_USER_MODEL)),
                    ('first_link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.trackedlink')),
                    ('last_link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.trackedlink')),
                    ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                    ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now)),
                    ('currency', models.CharField(blank=True, db_default='', default='', max_length=3)),
                    ('ref', models.CharField(blank=True, db_default='', default='', max_length=64)),
                ],
                options={
                    'indexes': [models.Index(fields=['kind', 'at'], name='conversion_by_kind'), models.Index(fields=['changed_at'], name='conversion_changed'), models.Index(condition=models.Q(('kind', 'revenue')), fields=['ref'], name='conversion_of_an_order')],
                    'constraints': [models.UniqueConstraint(fields=('member', 'kind', 'ref'), name='a_step_is_taken_once'), models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', False), ('kind', 'revenue'), models.Q(('currency', ''), _negated=True)), models.Q(models.Q(('kind', 'revenue'), _negated=True), ('amount', None)), _connector='OR'), name='only_revenue_has_an_amount')],
                    'verbose_name': 'step of a member',
                    'verbose_name_plural': 'steps of members',
                },
            ),
            migrations.CreateModel(
                name='Click',
                fields=[
                    ('id', models.UUIDField(default=community.commons.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('visitor', models.UUIDField(blank=True, null=True)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('agent', models.CharField(choices=[('human', 'person'), ('preview', 'link preview'), ('search', 'search or AI'), ('scanner', 'scanner or tool'), ('prefetch', 'fetched ahead'), ('unknown', 'unknown')], max_length=10)),
                    ('trigger', models.CharField(choices=[('link', 'link'), ('qr', 'QR code')], default='link', max_length=10)),
                    ('app', models.CharField(blank=True, default='', max_length=16)),
                    ('os', models.CharField(blank=True, default='', max_length=16)),
                    ('device', models.CharField(blank=True, default='', max_length=10)),
                    ('language', models.CharField(blank=True, default='', max_length=16)),
                    ('referrer', models.CharField(blank=True, default='', max_length=120)),
                    ('address', models.BinaryField(blank=True, null=True)),
                    ('network', models.CharField(blank=True, max_length=20, null=True)),
                    ('agent_said', models.CharField(blank=True, default='', max_length=300)),
                    ('query', models.TextField(blank=True, default='')),
                    ('fbclid', models.TextField(blank=True, null=True)),
                    ('gclid', models.TextField(blank=True, null=True)),
                    ('gbraid', models.TextField(blank=True, null=True)),
                    ('wbraid', models.TextField(blank=True, null=True)),
                    ('msclkid', models.TextField(blank=True, null=True)),
                    ('ttclid', models.TextField(blank=True, null=True)),
                    ('twclid', models.TextField(blank=True, null=True)),
                    ('li_fat_id', models.TextField(blank=True, null=True)),
                    ('epik', models.TextField(blank=True, null=True)),
                    ('rdt_cid', models.TextField(blank=True, null=True)),
                    ('other_ids', models.JSONField(blank=True, null=True)),
                    ('link', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='clicks', to='campaigns.trackedlink')),
                    ('fresh', models.BooleanField(db_default=False, default=False)),
                    ('outcome', models.CharField(blank=True, choices=[('', 'sent on'), ('early', 'before the start'), ('ended', 'after the end'), ('full', 'after the last visit'), ('paused', 'while paused')], db_default='', default='', max_length=12)),
                    ('variant', models.SmallIntegerField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'click',
                    'verbose_name_plural': 'clicks',
                    'indexes': [models.Index(fields=['link', 'agent', 'visitor'], name='click_of_a_link'), models.Index(condition=models.Q(('visitor', None), _negated=True), fields=['visitor', 'id'], name='click_of_a_visitor')],
                },
            ),
            migrations.CreateModel(
                name='News',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=192)),
                    ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ],
                options={
                    'verbose_name_plural': 'news',
                },
            ),
            migrations.CreateModel(
                name='Rule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('kind', models.CharField(choices=[('device', 'Device'), ('app', 'App they read in'), ('language', 'Language'), ('dates', 'Dates'), ('query', 'Word in the address')], max_length=10, verbose_name='kind')),
                    ('value', models.CharField(max_length=200, verbose_name='value')),
                    ('address', models.CharField(blank=True, max_length=1000, verbose_name='address')),
                    ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='campaigns.trackedlink')),
                    ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='page')),
                ],
                options={
                    'verbose_name': 'rule',
                    'verbose_name_plural': 'rules',
                    'ordering': ('position', 'pk'),
                },
            ),
            migrations.CreateModel(
                name='Split',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('arm', models.PositiveSmallIntegerField()),
                    ('weight', models.PositiveSmallIntegerField(default=50, verbose_name='share')),
                    ('address', models.CharField(blank=True, max_length=1000, verbose_name='address')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('ended_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='splits', to='campaigns.trackedlink')),
                    ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='page')),
                ],
                options={
                    'verbose_name': 'arm of a split',
                    'verbose_name_plural': 'arms of a split',
                    'ordering': ('arm',),
                    'constraints': [models.UniqueConstraint(fields=('link', 'arm'), name='an_arm_has_its_number_once'), models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 100)), name='an_arm_takes_a_share')],
                },
            ),
            migrations.CreateModel(
                name='Visits',
                fields=[
                    ('link', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='visits', serialize=False, to='campaigns.trackedlink')),
                    ('taken', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'verbose_name_plural': 'visits',
                },
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.UUIDField(default=community.commons.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('service', models.CharField(choices=[('meta', 'Meta'), ('ga4', 'Google Analytics 4')], max_length=6, verbose_name='service')),
                    ('kind', models.CharField(choices=[('joined', 'joined'), ('verified', 'proved their e-mail'), ('first_act', 'first post or reaction'), ('week2', 'back in the second week'), ('day30', 'here at day 30'), ('climbed', 'rose a tier'), ('referral', 'brought a friend'), ('revenue', 'bought something')], max_length=20, verbose_name='step')),
                    ('name', models.CharField(blank=True, max_length=60, verbose_name='event')),
                    ('at', models.DateTimeField(verbose_name='reached')),
                    ('state', models.CharField(choices=[('waiting', 'waiting'), ('sent', 'sent'), ('not_allowed', 'not allowed'), ('too_old', 'too old'), ('rejected', 'rejected'), ('given_up', 'given up')], default='waiting', max_length=12, verbose_name='state')),
                    ('reason', models.CharField(blank=True, max_length=40)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('is_test', models.BooleanField(default=False)),
                    ('payload', models.JSONField(blank=True, null=True)),
                    ('consent', models.JSONField(default=dict)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('not_before', models.DateTimeField(default=django.utils.timezone.now)),
                    ('claimed_until', models.DateTimeField(blank=True, null=True)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('conversion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to='campaigns.conversion')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                    ('currency', models.CharField(blank=True, max_length=3)),
                    ('ref', models.CharField(blank=True, max_length=64)),
                ],
                options={
                    'verbose_name': 'conversion sent out',
                    'verbose_name_plural': 'conversions sent out',
                    'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['service', 'not_before'], name='delivery_still_waiting'), models.Index(fields=['state', '-id'], name='delivery_in_a_state')],
                    'constraints': [models.UniqueConstraint(models.F('service'), models.F('member'), models.F('kind'), models.F('ref'), name='a_step_is_told_once_to_a_service')],
                },
            ),
            migrations.CreateModel(
                name='Attempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('state', models.CharField(choices=[('waiting', 'waiting'), ('sent', 'sent'), ('not_allowed', 'not allowed'), ('too_old', 'too old'), ('rejected', 'rejected'), ('given_up', 'given up')], max_length=12)),
                    ('status', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('answer', models.JSONField(default=dict)),
                    ('took', models.PositiveIntegerField(default=0)),
                    ('together', models.PositiveSmallIntegerField(default=1)),
                    ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='campaigns.delivery')),
                ],
                options={
                    'ordering': ('at', 'pk'),
                },
            ),
            migrations.CreateModel(
                name='Expense',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('manual', 'other cost'), ('kol', 'fee for a KOL or partner')], default='manual', max_length=6, verbose_name='kind')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='amount')),
                    ('currency', models.CharField(default='TWD', max_length=3, verbose_name='currency')),
                    ('starts', models.DateField(verbose_name='from')),
                    ('ends', models.DateField(verbose_name='until')),
                    ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expenses', to='campaigns.campaign', verbose_name='campaign')),
                    ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='expenses', to='campaigns.trackedlink', verbose_name='link')),
                ],
                options={
                    'verbose_name': 'cost',
                    'verbose_name_plural': 'costs',
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='an_expense_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='an_expense_is_no_income')],
                },
            ),
            migrations.CreateModel(
                name='Cost',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('kind', models.CharField(choices=[('meta', 'Meta'), ('manual', 'other cost'), ('kol', 'fee for a KOL or partner')], max_length=6)),
                    ('amount', models.DecimalField(decimal_places=4, max_digits=16)),
                    ('currency', models.CharField(max_length=3)),
                    ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='costs', to='campaigns.campaign')),
                    ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='costs', to='campaigns.trackedlink')),
                    ('expense', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='days', to='campaigns.expense')),
                ],
                options={
                    'indexes': [models.Index(fields=['day', 'campaign', 'link'], name='cost_of_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Sending',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('service', models.CharField(choices=[('meta', 'Meta'), ('ga4', 'Google Analytics 4')], max_length=6)),
                    ('kind', models.CharField(max_length=20)),
                    ('is_on', models.BooleanField(default=False)),
                    ('name', models.CharField(max_length=40)),
                    ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                    ('currency', models.CharField(blank=True, max_length=3)),
                    ('since', models.DateTimeField(default=django.utils.timezone.now)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(models.F('service'), models.F('kind'), name='one_decision_for_a_kind_and_service')],
                },
            ),
            migrations.CreateModel(
                name='Sheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('ads', 'Meta ads'), ('posts', 'posts of a page or of Instagram')], max_length=6, verbose_name='kind')),
                    ('state', models.CharField(choices=[('ready', 'not kept yet'), ('kept', 'kept'), ('undone', 'undone')], default='ready', max_length=8, verbose_name='state')),
                    ('name', models.CharField(max_length=200, verbose_name='file')),
                    ('size', models.BigIntegerField(default=0)),
                    ('digest', models.CharField(blank=True, max_length=64)),
                    ('level', models.CharField(blank=True, max_length=10)),
                    ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                    ('wrong_rows', models.PositiveIntegerField(default=0, verbose_name='rows left out')),
                    ('told', models.JSONField(default=dict)),
                    ('wrong', models.JSONField(default=list)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='brought')),
                    ('kept_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'imported file',
                    'verbose_name_plural': 'imported files',
                    'indexes': [models.Index(fields=['-made_at', '-id'], name='sheet_latest')],
                },
            ),
            migrations.CreateModel(
                name='PostFigure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line', models.PositiveIntegerField()),
                    ('platform', models.CharField(max_length=10)),
                    ('post', models.CharField(max_length=120)),
                    ('post_id', models.CharField(blank=True, max_length=80)),
                    ('permalink', models.CharField(blank=True, max_length=600)),
                    ('page_name', models.CharField(blank=True, max_length=200)),
                    ('title', models.CharField(blank=True, max_length=300)),
                    ('post_kind', models.CharField(blank=True, max_length=60)),
                    ('posted_at', models.DateTimeField(blank=True, null=True)),
                    ('day', models.DateField(blank=True, null=True)),
                    ('views', models.BigIntegerField(blank=True, null=True)),
                    ('reach', models.BigIntegerField(blank=True, null=True)),
                    ('reactions', models.BigIntegerField(blank=True, null=True)),
                    ('comments', models.BigIntegerField(blank=True, null=True)),
                    ('shares', models.BigIntegerField(blank=True, null=True)),
                    ('saves', models.BigIntegerField(blank=True, null=True)),
                    ('clicks', models.BigIntegerField(blank=True, null=True)),
                    ('link_clicks', models.BigIntegerField(blank=True, null=True)),
                    ('rest', models.JSONField(default=dict)),
                    ('stands', models.BooleanField(default=False)),
                    ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.trackedlink')),
                    ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='campaigns.sheet')),
                ],
                options={
                    'indexes': [models.Index(fields=['post', 'day'], name='post_figure_of_a_post'), models.Index(condition=models.Q(('stands', True)), fields=['-posted_at', '-id'], name='post_figure_latest')],
                },
            ),
            migrations.CreateModel(
                name='AdFigure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line', models.PositiveIntegerField()),
                    ('thing', models.CharField(max_length=32)),
                    ('campaign_thing', models.CharField(max_length=32)),
                    ('level', models.CharField(max_length=10)),
                    ('account_name', models.CharField(blank=True, max_length=200)),
                    ('campaign_name', models.CharField(blank=True, max_length=400, verbose_name="Meta's campaign")),
                    ('set_name', models.CharField(blank=True, max_length=400, verbose_name='ad set')),
                    ('ad_name', models.CharField(blank=True, max_length=400, verbose_name='ad')),
                    ('ad_id', models.CharField(blank=True, max_length=40)),
                    ('starts', models.DateField()),
                    ('ends', models.DateField()),
                    ('currency', models.CharField(max_length=3)),
                    ('spent', models.DecimalField(decimal_places=4, default=0, max_digits=16)),
                    ('impressions', models.BigIntegerField(blank=True, null=True)),
                    ('reach', models.BigIntegerField(blank=True, null=True)),
                    ('frequency', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                    ('clicks', models.BigIntegerField(blank=True, null=True)),
                    ('link_clicks', models.BigIntegerField(blank=True, null=True)),
                    ('landing_views', models.BigIntegerField(blank=True, null=True)),
                    ('results', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                    ('result_kind', models.CharField(blank=True, max_length=160)),
                    ('purchases', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                    ('purchase_value', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                    ('attribution', models.CharField(blank=True, max_length=160)),
                    ('rest', models.JSONField(default=dict)),
                    ('stands', models.BooleanField(default=False)),
                    ('campaign', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.campaign')),
                    ('link', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.trackedlink')),
                    ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ads', to='campaigns.sheet')),
                ],
                options={
                    'indexes': [models.Index(fields=['thing', 'starts'], name='ad_figure_of_a_thing'), models.Index(condition=models.Q(('ad_id', ''), _negated=True), fields=['ad_id', 'starts'], name='ad_figure_of_an_ad'), models.Index(fields=['starts', 'ends'], name='ad_figure_of_days')],
                },
            ),
            migrations.CreateModel(
                name='Tie',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('post', 'post'), ('ad', 'ad, by its number'), ('name', 'ad, by its name'), ('campaign', "Meta's campaign")], max_length=10)),
                    ('value', models.CharField(max_length=120)),
                    ('said', models.CharField(blank=True, max_length=600)),
                    ('how', models.CharField(choices=[('hand', 'tied by hand'), ('words', 'utm_content of the link'), ('macro', "the ad's number came along with clicks"), ('name', 'the same name')], default='hand', max_length=8)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='campaigns.campaign')),
                    ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='campaigns.trackedlink')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(models.F('kind'), models.F('value'), name='a_post_or_ad_is_tied_once'), models.CheckConstraint(condition=models.Q(('link', None), ('campaign', None), _connector='XOR'), name='a_tie_leads_to_one_place')],
                },
            ),
            migrations.CreateModel(
                name='Partner',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('kind', models.CharField(choices=[('kol', 'person with followers'), ('page', 'fan page'), ('cause', 'good cause')], default='kol', max_length=10, verbose_name='kind')),
                    ('page_address', models.URLField(blank=True, max_length=300, verbose_name='their page')),
                    ('notes', models.TextField(blank=True, max_length=1000, verbose_name='notes')),
                    ('fee', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='fee')),
                    ('currency', models.CharField(blank=True, default='TWD', max_length=3, verbose_name='currency')),
                    ('key', models.CharField(editable=False, max_length=16, unique=True)),
                    ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'partner',
                    'verbose_name_plural': 'partners',
                    'constraints': [models.CheckConstraint(condition=models.Q(('fee', None), ('fee__gte', 0), _connector='OR'), name='partner_fee_is_not_below_nothing')],
                },
            ),
            migrations.CreateModel(
                name='Referral',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('flags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('self', "the same browser as the inviter's"), ('alias', "the same mailbox as the inviter's"), ('household', "the same network as the inviter's on that day"), ('sibling', "the same network as another friend's on that day"), ('loop', 'the inviter was brought by this friend'), ('burst', 'many friends within an hour')], max_length=10), blank=True, default=list, size=None)),
                    ('counted_at', models.DateTimeField(blank=True, null=True)),
                    ('decision', models.CharField(blank=True, choices=[('allowed', 'let through'), ('refused', 'not counted')], default='', max_length=10)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('friend', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='referral', to=settings.AUTH_USER_MODEL)),
                    ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='campaigns.trackedlink')),
                    ('referrer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'friend brought by a member',
                    'verbose_name_plural': 'friends brought by members',
                    'indexes': [models.Index(fields=['-at', '-id'], name='referral_newest')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('referrer', models.F('friend')), _negated=True), name='nobody_is_their_own_friend')],
                },
            ),
            migrations.CreateModel(
                name='Whereabouts',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('address', models.BinaryField()),
                    ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('agent_said', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('member', 'day'), name='one_whereabouts_of_a_member_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Closed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.CharField(choices=[('utm_source', 'utm_source'), ('utm_medium', 'utm_medium'), ('utm_campaign', 'utm_campaign'), ('utm_term', 'utm_term'), ('utm_content', 'utm_content')], max_length=12, unique=True, verbose_name='place')),
                ],
                options={
                    'verbose_name': 'place for known words only',
                    'verbose_name_plural': 'places for known words only',
                },
            ),
            migrations.CreateModel(
                name='Health',
                fields=[
                    ('link', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='health', serialize=False, to='campaigns.trackedlink')),
                    ('trouble', models.CharField(blank=True, choices=[('status', 'does not answer well'), ('unreachable', 'cannot be reached'), ('loop', 'sends from one address to the next without end'), ('query', 'loses the campaign words on the way'), ('wall', 'asks strangers to join first'), ('hidden', 'is hidden from search, as pages nobody should find are')], default='', max_length=12)),
                    ('address', models.CharField(blank=True, default='', max_length=1000)),
                    ('detail', models.CharField(blank=True, default='', max_length=200)),
                    ('since', models.DateTimeField(blank=True, null=True)),
                    ('checked_at', models.DateTimeField(blank=True, null=True)),
                    ('next_at', models.DateTimeField(db_index=True)),
                    ('times', models.PositiveIntegerField(default=0)),
                    ('told_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'health of a link',
                    'verbose_name_plural': 'health of links',
                },
            ),
            migrations.CreateModel(
                name='Tag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=40, verbose_name='name')),
                    ('folded', models.CharField(editable=False, max_length=120, unique=True)),
                ],
                options={
                    'verbose_name': 'tag',
                    'verbose_name_plural': 'tags',
                    'ordering': ('folded',),
                },
            ),
            migrations.CreateModel(
                name='Ignored',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=64, unique=True)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'missed link that was waved off',
                    'verbose_name_plural': 'missed links that were waved off',
                },
            ),
            migrations.CreateModel(
                name='Template',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                    ('utm_source', models.CharField(blank=True, default='{source}', max_length=100)),
                    ('utm_medium', models.CharField(blank=True, default='{medium}', max_length=100)),
                    ('utm_campaign', models.CharField(blank=True, default='{campaign}', max_length=100)),
                    ('utm_term', models.CharField(blank=True, default='', max_length=100)),
                    ('utm_content', models.CharField(blank=True, default='', max_length=100)),
                    ('is_usual', models.BooleanField(default=False, verbose_name='the usual one')),
                ],
                options={
                    'verbose_name': 'template of campaign words',
                    'verbose_name_plural': 'templates of campaign words',
                    'ordering': ('-is_usual', 'name'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_usual', True)), fields=('is_usual',), name='one_template_is_the_usual_one')],
                },
            ),
            migrations.CreateModel(
                name='Change',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('field', models.CharField(choices=[('destination', 'leads to'), ('before_address', 'before the start, leads to'), ('after_address', 'after the end, leads to'), ('full_address', 'after the last visit, leads to'), ('starts_at', 'starts'), ('ends_at', 'ends'), ('most_visits', 'most visits'), ('paused', 'paused'), ('rules', 'rules'), ('split', 'split'), ('channel', 'channel'), ('label', 'label'), ('utm_source', 'utm_source'), ('utm_medium', 'utm_medium'), ('utm_campaign', 'utm_campaign'), ('utm_term', 'utm_term'), ('utm_content', 'utm_content')], max_length=16)),
                    ('before', models.TextField(blank=True, default='')),
                    ('after', models.TextField(blank=True, default='')),
                    ('visits', models.PositiveBigIntegerField(default=0)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='campaigns.trackedlink')),
                ],
                options={
                    'verbose_name': 'change of a link',
                    'verbose_name_plural': 'changes of links',
                    'ordering': ('-at', '-pk'),
                    'indexes': [models.Index(fields=['link', '-at', '-id'], name='change_newest')],
                },
            ),
            migrations.CreateModel(
                name='Word',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.CharField(choices=[('utm_source', 'utm_source'), ('utm_medium', 'utm_medium'), ('utm_campaign', 'utm_campaign'), ('utm_term', 'utm_term'), ('utm_content', 'utm_content')], max_length=12, verbose_name='place')),
                    ('word', models.CharField(max_length=100, verbose_name='word')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'word of the team',
                    'verbose_name_plural': 'words of the team',
                    'ordering': ('place', 'word'),
                    'constraints': [models.UniqueConstraint(fields=('place', 'word'), name='a_word_stands_once_in_a_place')],
                },
            ),
            migrations.CreateModel(
                name='Step',
                fields=[
                    ('id', models.UUIDField(default=community.commons.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('visitor', models.UUIDField(blank=True, null=True)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('kind', models.CharField(choices=[('painted', 'page seen'), ('join_opened', 'join page opened'), ('code_asked', 'code asked for'), ('code_entered', 'code entered'), ('joined', 'joined')], max_length=12)),
                    ('click', models.UUIDField(blank=True, null=True)),
                    ('path', models.CharField(blank=True, default='', max_length=200)),
                    ('source', models.CharField(blank=True, default='', max_length=120)),
                    ('app', models.CharField(blank=True, default='', max_length=16)),
                    ('os', models.CharField(blank=True, default='', max_length=16)),
                    ('device', models.CharField(blank=True, default='', max_length=10)),
                    ('language', models.CharField(blank=True, default='', max_length=16)),
                    ('link', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.trackedlink')),
                ],
                options={
                    'verbose_name': 'step towards joining',
                    'verbose_name_plural': 'steps towards joining',
                    'indexes': [models.Index(condition=models.Q(('visitor', None), _negated=True), fields=['visitor', 'id'], name='step_of_a_visitor')],
                },
            ),
            migrations.CreateModel(
                name='Dispatch',
                fields=[
                    ('id', models.UUIDField(default=community.commons.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=20, verbose_name='tells of')),
                    ('about', models.CharField(max_length=80)),
                    ('payload', models.JSONField()),
                    ('state', models.CharField(choices=[('waiting', 'waiting'), ('sent', 'taken'), ('given_up', 'given up')], default='waiting', max_length=10, verbose_name='state')),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('not_before', models.DateTimeField(default=django.utils.timezone.now)),
                    ('claimed_until', models.DateTimeField(blank=True, null=True)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dispatches', to='campaigns.endpoint')),
                ],
                options={
                    'verbose_name': 'webhook message',
                    'verbose_name_plural': 'webhook messages',
                    'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['not_before'], name='dispatch_still_waiting'), models.Index(fields=['endpoint', '-id'], name='dispatch_to_an_endpoint'), models.Index(fields=['made_at'], name='dispatch_made')],
                    'constraints': [models.UniqueConstraint(models.F('endpoint'), models.F('about'), name='an_endpoint_is_told_once')],
                },
            ),
            migrations.CreateModel(
                name='DispatchTry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('status', models.PositiveIntegerField(blank=True, null=True)),
                    ('why', models.CharField(blank=True, max_length=20)),
                    ('words', models.CharField(blank=True, max_length=500)),
                    ('took', models.PositiveIntegerField(default=0)),
                    ('dispatch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='log', to='campaigns.dispatch')),
                ],
                options={
                    'ordering': ('at', 'pk'),
                },
            ),
            migrations.CreateModel(
                name='Endpoint',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('label', models.CharField(max_length=80, verbose_name='what it is for')),
                    ('url', models.CharField(max_length=500, verbose_name='address')),
                    ('kinds', models.JSONField(default=list, verbose_name='tells of')),
                    ('seed', models.BinaryField()),
                    ('old_seed', models.BinaryField(blank=True, null=True)),
                    ('old_until', models.DateTimeField(blank=True, null=True)),
                    ('clicks_until', models.UUIDField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('failing_since', models.DateTimeField(blank=True, null=True)),
                    ('rests_until', models.DateTimeField(blank=True, null=True)),
                    ('stopped_at', models.DateTimeField(blank=True, null=True)),
                    ('has_failed', models.BooleanField(default=False)),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('clicks_since', models.UUIDField(db_default=uuid.UUID('00000000-0000-0000-0000-000000000000'), default=uuid.UUID('00000000-0000-0000-0000-000000000000'))),
                ],
                options={
                    'verbose_name': 'webhook',
                    'verbose_name_plural': 'webhooks',
                },
            ),
            by_hand={"Click": CLICKS, "Step": STEPS},
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunSQL(ROOM, FULL),
    ]
