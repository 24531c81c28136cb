"""Posts show cards of pages of ours, too."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0024_indexes_of_the_few"),
        ("wagtailcore", "0001_squashed_0016_change_page_url_path_to_text_field"),
    ]
    operations = [
        migrations.AddField(
            model_name="reference",
            name="page",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="wagtailcore.page",
            ),
        ),
        migrations.RemoveConstraint(model_name="reference", name="reference_to_one_thing"),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.CheckConstraint(
                condition=Q(card__isnull=False, thread=None, page=None)
                | Q(card=None, thread__isnull=False, page=None)
                | Q(card=None, thread=None, page__isnull=False),
                name="reference_to_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.UniqueConstraint(
                fields=["post", "page"], condition=~Q(page=None), name="one_reference_to_a_page"
            ),
        ),
    ]
