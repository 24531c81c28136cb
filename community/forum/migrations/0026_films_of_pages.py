"""Pages of ours show films, too, and keep their cards."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0025_cards_of_pages"),
        ("wagtailcore", "0001_squashed_0016_change_page_url_path_to_text_field"),
    ]
    operations = [
        migrations.AddField(
            model_name="linkcard",
            name="pages",
            field=models.ManyToManyField(related_name="+", to="wagtailcore.page"),
        ),
    ]
