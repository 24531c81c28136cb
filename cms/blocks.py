"""What an editor builds a page from; blocks show what happens in the rooms and never do their work."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.choosers import thread_chooser
from community.commons.bilingual import IN_ENGLISH, said

FEATURES = ["bold", "italic", "link", "ol", "ul"]
ThreadChooserBlock = thread_chooser.get_block_class(name="ThreadChooserBlock", module_path="cms.blocks")


class PictureBlock(blocks.StructBlock):
    """A picture always has words beside it: for those who cannot see it, and for those whose phone has not loaded it."""

    image = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(
        label=_("what it shows"),
        max_length=200,
        help_text=_("One sentence for people who cannot see the picture."),
    )
    caption = blocks.CharBlock(label=_("caption"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/picture.html"
        description = _("One picture over the whole width of the text, with an optional caption.")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("words"), rows=3, max_length=600)
    who = blocks.CharBlock(label=_("who said it"), max_length=60, required=False)
    role = blocks.CharBlock(label=_("who that is"), max_length=60, required=False)

    class Meta:
        icon = "openquote"
        label = pgettext_lazy("a block", "Quote")
        template = "cms/blocks/quote.html"
        description = _("Somebody's own words, set apart.")


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(PictureBlock(label=_("picture")), min_num=2, max_num=12, label=_("pictures"))

    class Meta:
        icon = "images"
        label = _("Gallery")
        template = "cms/blocks/gallery.html"
        description = _("Two to twelve pictures side by side.")


class JoinWords(blocks.StructValue):
    """A card's words in the reader's language."""

    @property
    def asks(self) -> str:
        return said(self["question"], self["question_en"])

    @property
    def adds(self) -> str:
        return said(self["words"], self["words_en"])

    @property
    def does(self) -> str:
        return said(self["button"], self["button_en"])


class JoinBlock(blocks.StructBlock):
    """Asks strangers in; people who are members never see it."""

    question = blocks.CharBlock(
        label=pgettext_lazy("a block", "question"),
        max_length=60,
        help_text=_("In the reader's own situation: “What would he say to your cup?”"),
    )
    words = blocks.CharBlock(label=_("a sentence more"), max_length=160, required=False)
    button = blocks.CharBlock(
        label=_("button"), max_length=24, required=False, help_text=_("Says what they get. Empty: “Join for free”.")
    )
    question_en = blocks.CharBlock(
        label=pgettext_lazy("a block", "question in English"), max_length=90, required=False, help_text=IN_ENGLISH
    )
    words_en = blocks.CharBlock(label=_("a sentence more, in English"), max_length=240, required=False)
    button_en = blocks.CharBlock(label=_("button in English"), max_length=36, required=False)

    class Meta:
        icon = "user"
        value_class = JoinWords
        label = _("Call to join")
        template = "cms/blocks/join.html"
        description = _("A card with one field that asks strangers to join. Members do not see it.")


class ThreadBlock(blocks.StructBlock):
    """A discussion as it goes on; whoever may not see it sees nothing here."""

    thread = ThreadChooserBlock(label=_("discussion"))
    count = blocks.IntegerBlock(label=_("how many posts"), min_value=1, max_value=12, default=4)

    class Meta:
        icon = "comment"
        label = _("A discussion")
        template = "cms/blocks/thread.html"
        description = _("The latest posts of one discussion, live, and the place to answer.")


class BoardBlock(blocks.StructBlock):
    board = SnippetChooserBlock("forum.Board", label=_("board"))
    count = blocks.IntegerBlock(label=_("how many discussions"), min_value=1, max_value=10, default=4)

    class Meta:
        icon = "list-ul"
        label = _("Latest of a board")
        template = "cms/blocks/board.html"
        description = _("What people talk about on a board now.")


class DividerBlock(blocks.StaticBlock):
    """Cut on the server: see ArticlePage.cut."""

    class Meta:
        icon = "minus"
        label = _("Divider: from here on for the article's tier")
        admin_text = _(
            "Everyone reads what stands above. What stands below is only for the tier chosen for this article."
        )
        template = "cms/blocks/divider.html"
        description = _("Everything below is only for the article's tier.")


class PageBlocks(blocks.StreamBlock):
    """The blocks that every kind of page may hold."""

    text = blocks.RichTextBlock(
        features=FEATURES,
        label=_("Text"),
        icon="pilcrow",
        template="cms/blocks/text.html",
        description=_("Paragraphs, lists and links."),
        preview_value="<p>先別動磨豆機。把水溫降到 89，悶蒸縮到 30 秒，只改這兩件，喝完再回來說。</p>",
    )
    heading = blocks.CharBlock(
        max_length=60,
        label=_("Heading"),
        icon="title",
        template="cms/blocks/heading.html",
        description=_("Opens a new part of the text."),
        preview_value="水溫",
    )
    picture = PictureBlock()
    quote = QuoteBlock(
        preview_value={"text": "尾段那個甜像烤地瓜。", "who": "瑜珈老師", "role": "常客"},
    )
    gallery = GalleryBlock()
    thread = ThreadBlock()
    board = BoardBlock()
    join = JoinBlock(
        preview_value={"question": "想看烘豆師怎麼回你的參數？", "words": "", "button": "免費加入，把問題貼上去"}
    )


class ArticleBlocks(PageBlocks):
    divider = DividerBlock(group=_("Article"))

    class Meta:
        block_counts = {"divider": {"max_num": 1}}


class FooterLink(blocks.StructBlock):
    label_zh = blocks.CharBlock(label=_("words in Chinese"), max_length=30)
    label_en = blocks.CharBlock(label=_("words in English"), max_length=40, required=False)
    page = blocks.PageChooserBlock(label=_("page of this site"), required=False)
    address = blocks.URLBlock(label=_("or an address elsewhere"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")


class FooterBlocks(blocks.StreamBlock):
    link = FooterLink()
