"""The bell and the letters."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from community.commons.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("notices", "0001_letters"),
        ("notices", "0002_bell"),
    ]
    dependencies = [
        ("accounts", "0002_around_members"),
    ]
    operations = [
        CreateTables(
            migrations.CreateModel(
                name='Letter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('to', models.CharField(max_length=1000, verbose_name='to')),
                    ('subject', models.CharField(max_length=998, verbose_name='subject')),
                    ('sender', models.CharField(max_length=320)),
                    ('recipients', models.JSONField(default=list)),
                    ('raw', models.BinaryField()),
                    ('state', models.CharField(choices=[('waiting', 'waiting'), ('sent', 'sent'), ('given_up', 'given up')], default='waiting', max_length=10, verbose_name='state')),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('error', models.CharField(blank=True, max_length=300)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                    ('not_before', models.DateTimeField(default=django.utils.timezone.now)),
                    ('claimed_until', models.DateTimeField(blank=True, null=True)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'letter',
                    'verbose_name_plural': 'letters',
                    'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['made_at'], name='letter_still_waiting'), models.Index(fields=['-made_at', '-id'], name='letter_latest')],
                },
            ),
            migrations.CreateModel(
                name='Bell',
                fields=[
                    ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='bell', serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('sequence', models.BigIntegerField(default=0)),
                ],
            ),
            migrations.CreateModel(
                name='Ring',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('params', models.JSONField(default=dict)),
                    ('url', models.CharField(max_length=500)),
                    ('about', models.CharField(blank=True, max_length=100)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rings', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('read_at', None)), fields=['member'], name='ring_unread'), models.Index(fields=['member', '-at', '-id'], name='ring_newest')],
                    'constraints': [models.UniqueConstraint(models.F('member'), models.F('kind'), models.F('about'), condition=models.Q(('about', ''), _negated=True), name='rung_once_about_one_thing')],
                },
            ),
        ),
    ]
