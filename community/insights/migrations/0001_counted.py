"""What is counted, and what is said about it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import community.insights.models.notes
from community.commons.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("insights", "0001_tallies"),
        ("insights", "0002_steps_with_their_time"),
        ("insights", "0003_hours_and_sums"),
        ("insights", "0004_weeks_from_the_index_alone"),
        ("insights", "0005_places_with_their_way"),
    ]
    dependencies = [
        ("accounts", "0002_around_members"),
    ]
    operations = [
        CreateTables(
            migrations.CreateModel(
                name='Bond',
                fields=[
                    ('pk', models.CompositePrimaryKey('model', 'day', 'place', 'way', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('model', models.CharField(max_length=16)),
                    ('day', models.DateField()),
                    ('place', models.BigIntegerField()),
                    ('way', models.IntegerField()),
                    ('joined', models.BigIntegerField(default=0)),
                    ('verified', models.BigIntegerField(default=0)),
                    ('first_act', models.BigIntegerField(default=0)),
                    ('week2', models.BigIntegerField(default=0)),
                    ('day30', models.BigIntegerField(default=0)),
                    ('climbed', models.BigIntegerField(default=0)),
                    ('referrals', models.BigIntegerField(default=0)),
                ],
            ),
            migrations.CreateModel(
                name='CreditTally',
                fields=[
                    ('pk', models.CompositePrimaryKey('model', 'day', 'kind', 'place', 'currency', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('model', models.CharField(max_length=16)),
                    ('day', models.DateField()),
                    ('kind', models.CharField(max_length=20)),
                    ('place', models.BigIntegerField()),
                    ('currency', models.CharField(blank=True, max_length=3)),
                    ('parts', models.BigIntegerField(default=0)),
                    ('amount', models.DecimalField(decimal_places=0, default=0, max_digits=30)),
                ],
            ),
            migrations.CreateModel(
                name='Filled',
                fields=[
                    ('day', models.DateField(primary_key=True, serialize=False)),
                    ('until', models.DateTimeField()),
                    ('facts', models.BigIntegerField(default=0)),
                    ('at', models.DateTimeField()),
                    ('bonds_at', models.DateTimeField()),
                    ('by_hour', models.BooleanField(db_default=False, default=True)),
                ],
            ),
            migrations.CreateModel(
                name='Source',
                fields=[
                    ('id', models.AutoField(primary_key=True, serialize=False)),
                    ('host', models.CharField(max_length=120, unique=True)),
                ],
            ),
            migrations.CreateModel(
                name='Summed',
                fields=[
                    ('month', models.DateField(primary_key=True, serialize=False)),
                ],
            ),
            migrations.CreateModel(
                name='Taking',
                fields=[
                    ('pk', models.CompositePrimaryKey('model', 'day', 'place', 'way', 'currency', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('model', models.CharField(max_length=16)),
                    ('day', models.DateField()),
                    ('place', models.BigIntegerField()),
                    ('way', models.IntegerField()),
                    ('currency', models.CharField(max_length=3)),
                    ('amount', models.DecimalField(decimal_places=0, max_digits=30)),
                ],
            ),
            migrations.CreateModel(
                name='Wish',
                fields=[
                    ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('alarms_by_bell', models.BooleanField(default=True, verbose_name='Ring my bell when clicks or joins jump or collapse')),
                    ('alarms_by_mail', models.BooleanField(default=False, verbose_name='Write me a mail then')),
                    ('weekly', models.BooleanField(default=False, verbose_name="Write me the week's figures on Monday morning")),
                ],
            ),
            migrations.CreateModel(
                name='Alarm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hour', models.DateTimeField()),
                    ('measure', models.CharField(max_length=20)),
                    ('kind', models.CharField(choices=[('spike', 'jump'), ('drop', 'collapse')], max_length=10)),
                    ('seen', models.IntegerField()),
                    ('usual', models.IntegerField()),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('hour', 'measure'), name='one_alarm_for_an_hour')],
                },
            ),
            migrations.CreateModel(
                name='SharedPage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('secret', models.CharField(default=community.insights.models.notes.new_secret, editable=False, max_length=40, unique=True)),
                    ('query', models.CharField(blank=True, max_length=2000)),
                    ('password', models.CharField(blank=True, max_length=128)),
                    ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'shared page',
                    'verbose_name_plural': 'shared pages',
                },
            ),
            migrations.CreateModel(
                name='Stay',
                fields=[
                    ('pk', models.CompositePrimaryKey('day', 'cohort', 'age', 'place', 'way', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('day', models.DateField()),
                    ('cohort', models.DateField()),
                    ('age', models.SmallIntegerField()),
                    ('place', models.BigIntegerField()),
                    ('way', models.IntegerField()),
                    ('members', models.IntegerField(default=0)),
                ],
                options={
                    'indexes': [models.Index(fields=['cohort', 'age'], include=('place', 'way', 'members'), name='stay_of_a_few_cohorts')],
                },
            ),
            migrations.CreateModel(
                name='Tally',
                fields=[
                    ('pk', models.CompositePrimaryKey('shape', 'day', 'place', 'way', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('shape', models.SmallIntegerField()),
                    ('day', models.DateField()),
                    ('place', models.BigIntegerField()),
                    ('way', models.IntegerField()),
                    ('clicks', models.IntegerField(default=0)),
                    ('visits', models.IntegerField(default=0)),
                    ('people', models.IntegerField(default=0)),
                    ('previews', models.IntegerField(default=0)),
                    ('searches', models.IntegerField(default=0)),
                    ('scanners', models.IntegerField(default=0)),
                    ('ahead', models.IntegerField(default=0)),
                    ('unknown', models.IntegerField(default=0)),
                    ('arrivals', models.IntegerField(default=0)),
                    ('painted', models.IntegerField(default=0)),
                    ('join_opened', models.IntegerField(default=0)),
                    ('code_asked', models.IntegerField(default=0)),
                    ('code_entered', models.IntegerField(default=0)),
                    ('came_in', models.IntegerField(default=0)),
                    ('painted_pace', models.BigIntegerField(default=0)),
                    ('join_opened_pace', models.BigIntegerField(default=0)),
                    ('code_asked_pace', models.BigIntegerField(default=0)),
                    ('code_entered_pace', models.BigIntegerField(default=0)),
                    ('came_in_pace', models.BigIntegerField(default=0)),
                    ('came_in_timed', models.IntegerField(default=0)),
                    ('code_asked_timed', models.IntegerField(default=0)),
                    ('code_entered_timed', models.IntegerField(default=0)),
                    ('join_opened_timed', models.IntegerField(default=0)),
                    ('painted_timed', models.IntegerField(default=0)),
                ],
                options={
                    'indexes': [models.Index(fields=['place', 'shape', 'day', 'way'], name='tally_of_a_place_and_way')],
                },
            ),
            migrations.CreateModel(
                name='Way',
                fields=[
                    ('id', models.AutoField(primary_key=True, serialize=False)),
                    ('app', models.CharField(blank=True, max_length=16)),
                    ('os', models.CharField(blank=True, max_length=16)),
                    ('device', models.CharField(blank=True, max_length=10)),
                    ('language', models.CharField(blank=True, max_length=16)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('app', 'os', 'device', 'language'), name='a_way_is_kept_once')],
                },
            ),
            migrations.CreateModel(
                name='AlarmTold',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('alarm', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told', to='insights.alarm')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['member', 'day'], name='told_on_a_day')],
                    'constraints': [models.UniqueConstraint(fields=('alarm', 'member'), name='told_of_an_alarm_once')],
                },
            ),
            migrations.CreateModel(
                name='Annotation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField(verbose_name='day')),
                    ('text', models.CharField(max_length=120, verbose_name='what happened')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'note on the line',
                    'verbose_name_plural': 'notes on the line',
                    'indexes': [models.Index(fields=['day'], name='annotation_of_a_day')],
                },
            ),
            migrations.CreateModel(
                name='WeeklyLetter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('week', models.DateField()),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('member', 'week'), name='one_weekly_letter_each')],
                },
            ),
            migrations.CreateModel(
                name='BondSum',
                fields=[
                    ('pk', models.CompositePrimaryKey('shape', 'model', 'day', 'place', 'way', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('shape', models.SmallIntegerField()),
                    ('model', models.CharField(max_length=16)),
                    ('day', models.DateField()),
                    ('place', models.BigIntegerField()),
                    ('way', models.IntegerField()),
                    ('joined', models.BigIntegerField(default=0)),
                    ('verified', models.BigIntegerField(default=0)),
                    ('first_act', models.BigIntegerField(default=0)),
                    ('week2', models.BigIntegerField(default=0)),
                    ('day30', models.BigIntegerField(default=0)),
                    ('climbed', models.BigIntegerField(default=0)),
                    ('referrals', models.BigIntegerField(default=0)),
                ],
            ),
            migrations.CreateModel(
                name='Hour',
                fields=[
                    ('pk', models.CompositePrimaryKey('shape', 'at', 'model', 'place', 'way', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('shape', models.SmallIntegerField()),
                    ('at', models.DateTimeField()),
                    ('model', models.CharField(blank=True, max_length=16)),
                    ('place', models.BigIntegerField()),
                    ('way', models.IntegerField()),
                    ('clicks', models.IntegerField(db_default=0, default=0)),
                    ('visits', models.IntegerField(db_default=0, default=0)),
                    ('people', models.IntegerField(db_default=0, default=0)),
                    ('joined', models.BigIntegerField(db_default=0, default=0)),
                ],
            ),
        ),
    ]
