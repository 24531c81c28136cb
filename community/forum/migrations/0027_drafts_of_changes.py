"""A change of one's own post is kept while it is written, as a reply is."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("forum", "0026_films_of_pages")]
    operations = [
        migrations.AddField(
            model_name="draft",
            name="post",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.post"
            ),
        ),
        migrations.RemoveConstraint(model_name="draft", name="draft_of_one_place"),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=Q(thread=None, board__isnull=False, post=None)
                | Q(thread__isnull=False, board=None, post=None)
                | Q(thread=None, board=None, post__isnull=False),
                name="draft_of_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=["member", "post"], condition=~Q(post=None), name="one_draft_of_a_post"
            ),
        ),
    ]
