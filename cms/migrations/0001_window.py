"""The pages of the shop window, and the brand."""

import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from community.commons.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("cms", "0001_pages"),
        ("cms", "0003_discussions"),
    ]
    dependencies = [
        ("accounts", "0002_around_members"),
        ("forum", "0001_talk"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
    ]
    operations = [
        CreateTables(
            migrations.CreateModel(
                name='ArticleIndexPage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                    ('lead', models.TextField(blank=True, max_length=300, verbose_name='opening words')),
                    ('share_picture', models.ForeignKey(blank=True, help_text="Shown where this page is shared. Empty: the page's own picture.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='picture of the card')),
                ],
                options={
                    'verbose_name': 'list of articles',
                },
                bases=('wagtailcore.page', models.Model),
            ),
            migrations.CreateModel(
                name='Brand',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name_zh', models.CharField(default='主場', max_length=30, verbose_name='name in Chinese')),
                    ('name_en', models.CharField(default='Homeground', max_length=40, verbose_name='name in English')),
                    ('tagline_zh', models.CharField(blank=True, max_length=80, verbose_name='a sentence about it, in Chinese')),
                    ('tagline_en', models.CharField(blank=True, max_length=120, verbose_name='a sentence about it, in English')),
                    ('hue', models.PositiveSmallIntegerField(choices=[(12, 'rose'), (42, 'fired clay'), (72, 'amber'), (102, 'ochre'), (132, 'olive green'), (162, 'leaf green'), (192, 'jade'), (222, 'lagoon blue'), (252, 'sky blue'), (282, 'indigo'), (312, 'violet'), (342, 'plum')], default=42, help_text='Buttons, and whatever speaks for the brand.', verbose_name='first colour')),
                    ('calm_hue', models.PositiveSmallIntegerField(choices=[(12, 'rose'), (42, 'fired clay'), (72, 'amber'), (102, 'ochre'), (132, 'olive green'), (162, 'leaf green'), (192, 'jade'), (222, 'lagoon blue'), (252, 'sky blue'), (282, 'indigo'), (312, 'violet'), (342, 'plum')], default=162, help_text='Quiet marks: tiers, where somebody comes from.', verbose_name='second colour')),
                    ('footer', wagtail.fields.StreamField([('link', 4)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'words in Chinese', 'max_length': 30}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'words in English', 'max_length': 40, 'required': False}), 2: ('wagtail.blocks.PageChooserBlock', (), {'label': 'page of this site', 'required': False}), 3: ('wagtail.blocks.URLBlock', (), {'label': 'or an address elsewhere', 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('label_zh', 0), ('label_en', 1), ('page', 2), ('address', 3)]], {})}, verbose_name='links at the foot')),
                    ('mark', models.ForeignKey(blank=True, help_text='Square, at least 192 pixels wide. It stands beside the name, which is always written out.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='mark')),
                    ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
                    ('board', models.ForeignKey(blank=True, help_text='Where the discussion of a new article is opened, unless the article says otherwise.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='forum.board', verbose_name="board of articles' discussions")),
                ],
                options={
                    'verbose_name': 'brand',
                },
            ),
            migrations.CreateModel(
                name='HomePage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                    ('lead', models.TextField(blank=True, max_length=300, verbose_name='opening words')),
                    ('picture_alt', models.CharField(blank=True, max_length=200, verbose_name='what the picture shows')),
                    ('body', wagtail.fields.StreamField([('text', 0), ('heading', 1), ('picture', 5), ('quote', 9), ('gallery', 12), ('thread', 15), ('board', 18), ('join', 22)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'description': 'Paragraphs, lists and links.', 'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'icon': 'pilcrow', 'label': 'Text', 'preview_value': '<p>先別動磨豆機。把水溫降到 89，悶蒸縮到 30 秒，只改這兩件，喝完再回來說。</p>', 'template': 'cms/blocks/text.html'}), 1: ('wagtail.blocks.CharBlock', (), {'description': 'Opens a new part of the text.', 'icon': 'title', 'label': 'Heading', 'max_length': 60, 'preview_value': '水溫', 'template': 'cms/blocks/heading.html'}), 2: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'picture'}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'One sentence for people who cannot see the picture.', 'label': 'what it shows', 'max_length': 200}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'caption', 'max_length': 200, 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('image', 2), ('alt', 3), ('caption', 4)]], {}), 6: ('wagtail.blocks.TextBlock', (), {'label': 'words', 'max_length': 600, 'rows': 3}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'who said it', 'max_length': 60, 'required': False}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'who that is', 'max_length': 60, 'required': False}), 9: ('wagtail.blocks.StructBlock', [[('text', 6), ('who', 7), ('role', 8)]], {'preview_value': {'role': '常客', 'text': '尾段那個甜像烤地瓜。', 'who': '瑜珈老師'}}), 10: ('wagtail.blocks.StructBlock', [[('image', 2), ('alt', 3), ('caption', 4)]], {'label': 'picture'}), 11: ('wagtail.blocks.ListBlock', (10,), {'label': 'pictures', 'max_num': 12, 'min_num': 2}), 12: ('wagtail.blocks.StructBlock', [[('pictures', 11)]], {}), 13: ('cms.blocks.ThreadChooserBlock', (), {'label': 'discussion'}), 14: ('wagtail.blocks.IntegerBlock', (), {'default': 4, 'label': 'how many posts', 'max_value': 12, 'min_value': 1}), 15: ('wagtail.blocks.StructBlock', [[('thread', 13), ('count', 14)]], {}), 16: ('wagtail.snippets.blocks.SnippetChooserBlock', ('forum.Board',), {'label': 'board'}), 17: ('wagtail.blocks.IntegerBlock', (), {'default': 4, 'label': 'how many discussions', 'max_value': 10, 'min_value': 1}), 18: ('wagtail.blocks.StructBlock', [[('board', 16), ('count', 17)]], {}), 19: ('wagtail.blocks.CharBlock', (), {'help_text': "In the reader's own situation: “What would he say to your cup?”", 'label': 'question', 'max_length': 60}), 20: ('wagtail.blocks.CharBlock', (), {'label': 'a sentence more', 'max_length': 160, 'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Says what they get. Empty: “Join for free”.', 'label': 'button', 'max_length': 24, 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('question', 19), ('words', 20), ('button', 21)]], {'preview_value': {'button': '免費加入，把問題貼上去', 'question': '想看烘豆師怎麼回你的參數？', 'words': ''}})}, verbose_name='body')),
                    ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='picture')),
                    ('share_picture', models.ForeignKey(blank=True, help_text="Shown where this page is shared. Empty: the page's own picture.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='picture of the card')),
                ],
                options={
                    'verbose_name': 'home page',
                },
                bases=('wagtailcore.page', models.Model),
            ),
            migrations.CreateModel(
                name='LandingPage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                    ('lead', models.TextField(blank=True, max_length=300, verbose_name='opening words')),
                    ('picture_alt', models.CharField(blank=True, max_length=200, verbose_name='what the picture shows')),
                    ('body', wagtail.fields.StreamField([('text', 0), ('heading', 1), ('picture', 5), ('quote', 9), ('gallery', 12), ('thread', 15), ('board', 18), ('join', 22)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'description': 'Paragraphs, lists and links.', 'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'icon': 'pilcrow', 'label': 'Text', 'preview_value': '<p>先別動磨豆機。把水溫降到 89，悶蒸縮到 30 秒，只改這兩件，喝完再回來說。</p>', 'template': 'cms/blocks/text.html'}), 1: ('wagtail.blocks.CharBlock', (), {'description': 'Opens a new part of the text.', 'icon': 'title', 'label': 'Heading', 'max_length': 60, 'preview_value': '水溫', 'template': 'cms/blocks/heading.html'}), 2: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'picture'}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'One sentence for people who cannot see the picture.', 'label': 'what it shows', 'max_length': 200}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'caption', 'max_length': 200, 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('image', 2), ('alt', 3), ('caption', 4)]], {}), 6: ('wagtail.blocks.TextBlock', (), {'label': 'words', 'max_length': 600, 'rows': 3}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'who said it', 'max_length': 60, 'required': False}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'who that is', 'max_length': 60, 'required': False}), 9: ('wagtail.blocks.StructBlock', [[('text', 6), ('who', 7), ('role', 8)]], {'preview_value': {'role': '常客', 'text': '尾段那個甜像烤地瓜。', 'who': '瑜珈老師'}}), 10: ('wagtail.blocks.StructBlock', [[('image', 2), ('alt', 3), ('caption', 4)]], {'label': 'picture'}), 11: ('wagtail.blocks.ListBlock', (10,), {'label': 'pictures', 'max_num': 12, 'min_num': 2}), 12: ('wagtail.blocks.StructBlock', [[('pictures', 11)]], {}), 13: ('cms.blocks.ThreadChooserBlock', (), {'label': 'discussion'}), 14: ('wagtail.blocks.IntegerBlock', (), {'default': 4, 'label': 'how many posts', 'max_value': 12, 'min_value': 1}), 15: ('wagtail.blocks.StructBlock', [[('thread', 13), ('count', 14)]], {}), 16: ('wagtail.snippets.blocks.SnippetChooserBlock', ('forum.Board',), {'label': 'board'}), 17: ('wagtail.blocks.IntegerBlock', (), {'default': 4, 'label': 'how many discussions', 'max_value': 10, 'min_value': 1}), 18: ('wagtail.blocks.StructBlock', [[('board', 16), ('count', 17)]], {}), 19: ('wagtail.blocks.CharBlock', (), {'help_text': "In the reader's own situation: “What would he say to your cup?”", 'label': 'question', 'max_length': 60}), 20: ('wagtail.blocks.CharBlock', (), {'label': 'a sentence more', 'max_length': 160, 'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Says what they get. Empty: “Join for free”.', 'label': 'button', 'max_length': 24, 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('question', 19), ('words', 20), ('button', 21)]], {'preview_value': {'button': '免費加入，把問題貼上去', 'question': '想看烘豆師怎麼回你的參數？', 'words': ''}})}, verbose_name='body')),
                    ('join_question', models.CharField(blank=True, help_text="In the reader's own situation: “What would he say to your cup?”", max_length=60, verbose_name='question of the join card')),
                    ('join_button', models.CharField(blank=True, help_text='Says what they get. Empty: “Join for free”.', max_length=24, verbose_name='button of the join card')),
                    ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='picture')),
                    ('share_picture', models.ForeignKey(blank=True, help_text="Shown where this page is shared. Empty: the page's own picture.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='picture of the card')),
                    ('board', models.ForeignKey(blank=True, help_text='Its latest discussions are shown where no single one was chosen.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='forum.board', verbose_name='or a board')),
                    ('here', models.CharField(blank=True, help_text="Stands at the side, in a sentence or two. Empty: the brand's own sentence.", max_length=160, verbose_name='what there is here')),
                    ('thread', models.ForeignKey(blank=True, help_text='Shown underneath, as it goes on.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='forum.thread', verbose_name='the discussion it promises')),
                ],
                options={
                    'verbose_name': 'landing page',
                    'verbose_name_plural': 'landing pages',
                },
                bases=('wagtailcore.page', models.Model),
            ),
            migrations.CreateModel(
                name='PlainPage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                    ('lead', models.TextField(blank=True, max_length=300, verbose_name='opening words')),
                    ('body', wagtail.fields.StreamField([('text', 0), ('heading', 1), ('picture', 5), ('quote', 9), ('gallery', 12), ('thread', 15), ('board', 18), ('join', 22)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'description': 'Paragraphs, lists and links.', 'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'icon': 'pilcrow', 'label': 'Text', 'preview_value': '<p>先別動磨豆機。把水溫降到 89，悶蒸縮到 30 秒，只改這兩件，喝完再回來說。</p>', 'template': 'cms/blocks/text.html'}), 1: ('wagtail.blocks.CharBlock', (), {'description': 'Opens a new part of the text.', 'icon': 'title', 'label': 'Heading', 'max_length': 60, 'preview_value': '水溫', 'template': 'cms/blocks/heading.html'}), 2: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'picture'}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'One sentence for people who cannot see the picture.', 'label': 'what it shows', 'max_length': 200}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'caption', 'max_length': 200, 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('image', 2), ('alt', 3), ('caption', 4)]], {}), 6: ('wagtail.blocks.TextBlock', (), {'label': 'words', 'max_length': 600, 'rows': 3}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'who said it', 'max_length': 60, 'required': False}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'who that is', 'max_length': 60, 'required': False}), 9: ('wagtail.blocks.StructBlock', [[('text', 6), ('who', 7), ('role', 8)]], {'preview_value': {'role': '常客', 'text': '尾段那個甜像烤地瓜。', 'who': '瑜珈老師'}}), 10: ('wagtail.blocks.StructBlock', [[('image', 2), ('alt', 3), ('caption', 4)]], {'label': 'picture'}), 11: ('wagtail.blocks.ListBlock', (10,), {'label': 'pictures', 'max_num': 12, 'min_num': 2}), 12: ('wagtail.blocks.StructBlock', [[('pictures', 11)]], {}), 13: ('cms.blocks.ThreadChooserBlock', (), {'label': 'discussion'}), 14: ('wagtail.blocks.IntegerBlock', (), {'default': 4, 'label': 'how many posts', 'max_value': 12, 'min_value': 1}), 15: ('wagtail.blocks.StructBlock', [[('thread', 13), ('count', 14)]], {}), 16: ('wagtail.snippets.blocks.SnippetChooserBlock', ('forum.Board',), {'label': 'board'}), 17: ('wagtail.blocks.IntegerBlock', (), {'default': 4, 'label': 'how many discussions', 'max_value': 10, 'min_value': 1}), 18: ('wagtail.blocks.StructBlock', [[('board', 16), ('count', 17)]], {}), 19: ('wagtail.blocks.CharBlock', (), {'help_text': "In the reader's own situation: “What would he say to your cup?”", 'label': 'question', 'max_length': 60}), 20: ('wagtail.blocks.CharBlock', (), {'label': 'a sentence more', 'max_length': 160, 'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Says what they get. Empty: “Join for free”.', 'label': 'button', 'max_length': 24, 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('question', 19), ('words', 20), ('button', 21)]], {'preview_value': {'button': '免費加入，把問題貼上去', 'question': '想看烘豆師怎麼回你的參數？', 'words': ''}})}, verbose_name='body')),
                    ('share_picture', models.ForeignKey(blank=True, help_text="Shown where this page is shared. Empty: the page's own picture.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='picture of the card')),
                ],
                options={
                    'verbose_name': 'page of words',
                    'verbose_name_plural': 'pages of words',
                },
                bases=('wagtailcore.page', models.Model),
            ),
            migrations.CreateModel(
                name='ArticlePage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                    ('intro', models.TextField(help_text='One or two sentences that everyone reads, also in lists and feeds.', max_length=300, verbose_name='opening words')),
                    ('cover_alt', models.CharField(blank=True, max_length=200, verbose_name='what the picture shows')),
                    ('dated', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date shown')),
                    ('body', wagtail.fields.StreamField([('text', 0), ('heading', 1), ('picture', 5), ('quote', 9), ('gallery', 12), ('thread', 15), ('board', 18), ('join', 22), ('divider', 23)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'description': 'Paragraphs, lists and links.', 'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'icon': 'pilcrow', 'label': 'Text', 'preview_value': '<p>先別動磨豆機。把水溫降到 89，悶蒸縮到 30 秒，只改這兩件，喝完再回來說。</p>', 'template': 'cms/blocks/text.html'}), 1: ('wagtail.blocks.CharBlock', (), {'description': 'Opens a new part of the text.', 'icon': 'title', 'label': 'Heading', 'max_length': 60, 'preview_value': '水溫', 'template': 'cms/blocks/heading.html'}), 2: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'picture'}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'One sentence for people who cannot see the picture.', 'label': 'what it shows', 'max_length': 200}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'caption', 'max_length': 200, 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('image', 2), ('alt', 3), ('caption', 4)]], {}), 6: ('wagtail.blocks.TextBlock', (), {'label': 'words', 'max_length': 600, 'rows': 3}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'who said it', 'max_length': 60, 'required': False}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'who that is', 'max_length': 60, 'required': False}), 9: ('wagtail.blocks.StructBlock', [[('text', 6), ('who', 7), ('role', 8)]], {'preview_value': {'role': '常客', 'text': '尾段那個甜像烤地瓜。', 'who': '瑜珈老師'}}), 10: ('wagtail.blocks.StructBlock', [[('image', 2), ('alt', 3), ('caption', 4)]], {'label': 'picture'}), 11: ('wagtail.blocks.ListBlock', (10,), {'label': 'pictures', 'max_num': 12, 'min_num': 2}), 12: ('wagtail.blocks.StructBlock', [[('pictures', 11)]], {}), 13: ('cms.blocks.ThreadChooserBlock', (), {'label': 'discussion'}), 14: ('wagtail.blocks.IntegerBlock', (), {'default': 4, 'label': 'how many posts', 'max_value': 12, 'min_value': 1}), 15: ('wagtail.blocks.StructBlock', [[('thread', 13), ('count', 14)]], {}), 16: ('wagtail.snippets.blocks.SnippetChooserBlock', ('forum.Board',), {'label': 'board'}), 17: ('wagtail.blocks.IntegerBlock', (), {'default': 4, 'label': 'how many discussions', 'max_value': 10, 'min_value': 1}), 18: ('wagtail.blocks.StructBlock', [[('board', 16), ('count', 17)]], {}), 19: ('wagtail.blocks.CharBlock', (), {'help_text': "In the reader's own situation: “What would he say to your cup?”", 'label': 'question', 'max_length': 60}), 20: ('wagtail.blocks.CharBlock', (), {'label': 'a sentence more', 'max_length': 160, 'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Says what they get. Empty: “Join for free”.', 'label': 'button', 'max_length': 24, 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('question', 19), ('words', 20), ('button', 21)]], {'preview_value': {'button': '免費加入，把問題貼上去', 'question': '想看烘豆師怎麼回你的參數？', 'words': ''}}), 23: ('cms.blocks.DividerBlock', (), {'group': 'Article'})}, verbose_name='body')),
                    ('with_discussion', models.BooleanField(default=True, help_text='Opens a discussion in the forum when it is first published.', verbose_name='with a discussion')),
                    ('minutes', models.PositiveSmallIntegerField(default=1, editable=False)),
                    ('is_gated', models.BooleanField(default=False, editable=False)),
                    ('author', models.ForeignKey(blank=True, help_text='The person whose name stands above it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='articles', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                    ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='cover picture')),
                    ('share_picture', models.ForeignKey(blank=True, help_text="Shown where this page is shared. Empty: the page's own picture.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='picture of the card')),
                    ('tier', models.ForeignKey(blank=True, help_text='This tier and those above it. With a divider and no tier: every member. With a tier and no divider: everything after the opening words is for that tier.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.tier', verbose_name='who reads on below the divider')),
                    ('board', models.ForeignKey(blank=True, help_text="Empty: the brand's board for articles.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='forum.board', verbose_name='board of the discussion')),
                ],
                options={
                    'verbose_name': 'article',
                    'verbose_name_plural': 'articles',
                    'indexes': [models.Index(fields=['-dated', '-page_ptr'], name='articles_newest_first')],
                },
                bases=('wagtailcore.page', models.Model),
            ),
        ),
    ]
