"""Members and their tiers, which almost everything else refers to."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

from community.commons.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("accounts", "0001_members"),
        ("accounts", "0003_held"),
        ("accounts", "0012_seen_while_here"),
        ("accounts", "0013_seals_of_sessions"),
        ("accounts", "0014_hears_of_reactions"),
    ]
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = [
        CreateTables(
            migrations.CreateModel(
                name='Tier',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('rank', models.PositiveSmallIntegerField(help_text='1 is where everyone begins.', unique=True, verbose_name='rank')),
                    ('name_zh', models.CharField(max_length=20, verbose_name='name in Chinese')),
                    ('name_en', models.CharField(max_length=40, verbose_name='name in English')),
                    ('opens_zh', models.CharField(blank=True, max_length=200, verbose_name='what it opens, in Chinese')),
                    ('opens_en', models.CharField(blank=True, max_length=200, verbose_name='what it opens, in English')),
                    ('colour_hue', models.PositiveSmallIntegerField(default=165, verbose_name='colour, as a hue from 0 to 359')),
                ],
                options={
                    'verbose_name': 'tier',
                    'verbose_name_plural': 'tiers',
                    'ordering': ('rank',),
                    'constraints': [models.CheckConstraint(condition=models.Q(('rank__gte', 1), ('rank__lte', 1000)), name='tier_rank_is_a_step'), models.CheckConstraint(condition=models.Q(('colour_hue__lt', 360)), name='tier_hue_is_a_hue')],
                },
            ),
            migrations.CreateModel(
                name='Member',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('email', models.EmailField(blank=True, max_length=254, null=True, verbose_name='email')),
                    ('handle', models.CharField(max_length=30, unique=True, verbose_name='handle')),
                    ('handle_folded', models.CharField(editable=False, max_length=90, unique=True)),
                    ('name', models.CharField(max_length=30, verbose_name='name')),
                    ('mark', models.CharField(blank=True, help_text='Shown beside the name of people who speak for the brand.', max_length=20, verbose_name="host's mark")),
                    ('locale', models.CharField(default='zh-hant', max_length=10, verbose_name='language')),
                    ('time_zone', models.CharField(default='Asia/Taipei', max_length=40, verbose_name='time zone')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('is_staff', models.BooleanField(default=False, verbose_name='staff')),
                    ('named_at', models.DateTimeField(editable=False, null=True)),
                    ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='joined')),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ('tier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='accounts.tier', verbose_name='tier')),
                    ('held_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('held_because', models.CharField(blank=True, default='', editable=False, max_length=120)),
                    ('proven_at', models.DateTimeField(editable=False, null=True)),
                    ('is_minor', models.BooleanField(db_default=False, default=False, verbose_name='under 18')),
                    ('banned_until', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('has_blocks', models.BooleanField(db_default=False, default=False, editable=False)),
                    ('silenced_until', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('suspended_until', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('is_seen', models.BooleanField(db_default=True, default=True, verbose_name='seen by others while here')),
                    ('seal', models.CharField(db_default='', default='', editable=False, max_length=12)),
                    ('hears_reactions', models.BooleanField(db_default=True, default=True, verbose_name='hears of reactions')),
                ],
                options={
                    'verbose_name': 'member',
                    'verbose_name_plural': 'members',
                    'indexes': [models.Index(fields=['-joined_at', '-id'], name='member_joined_lately')],
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_member_for_an_address_whatever_its_case')],
                },
            ),
        ),
    ]
