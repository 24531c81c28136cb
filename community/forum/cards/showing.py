"""Cards as they stand in posts: of one height from the first moment, so that nothing moves when they are filled."""

import html
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser

from community.commons import phrasing, prose
from community.commons.rich import attribute
from community.forum import teasing
from community.forum.cards import pages, places
from community.forum.models import LinkCard, Post, Thread

LONGEST_ADDRESS = 60


class Cards:
    """All that the lone links of one post lead to, asked for at once."""

    def __init__(self, hrefs):
        found = {href: place for href in dict.fromkeys(hrefs) if (place := places.of(href))}
        self.places = dict(list(found.items())[: places.MOST])
        urls = [place.url for place in self.places.values() if place.url]
        self.cards = {card.url: card for card in LinkCard.objects.with_urls(urls)} if urls else {}
        self._find_ours()

    def _find_ours(self):
        posts = [place.post for place in self.places.values() if place.post]
        within = dict(Post.objects.with_ids(posts).readable().values_list("pk", "thread_id")) if posts else {}
        self.threads = {
            href: place.thread or within.get(place.post, 0)
            for href, place in self.places.items()
            if place.thread or place.post
        }
        keys = set(filter(None, self.threads.values()))
        # What every stranger may read; a card of anything else would tell its title to whoever reads this post.
        shown = Thread.objects.visible_to(AnonymousUser()).with_ids(keys).select_related("board") if keys else ()
        self.ours = {thread.pk: thread for thread in shown}
        if before_the_door := keys - set(self.ours):
            shown = Thread.objects.teasing(AnonymousUser()).with_ids(before_the_door)
            self.ours |= {one.pk: teasing.words_of(one) for one in shown.select_related("board__tier_to_see")}
        self.pages = pages.at({place.page for place in self.places.values() if place.page})

    def __bool__(self):
        return bool(self.places)

    @property
    def urls(self) -> list[str]:
        return list(dict.fromkeys(place.url for place in self.places.values() if place.url))

    @property
    def named(self) -> list[int]:
        """Threads of ours, whether or not they may be shown just now."""
        return sorted(Thread.objects.with_ids(set(filter(None, self.threads.values()))).values_list("pk", flat=True)) if self.threads else []  # fmt: skip

    @property
    def named_pages(self) -> list[int]:
        """Pages of ours, whether or not they may be shown just now."""
        return sorted({told.pk for told in self.pages.values()})

    def shows(self, href) -> bool:
        place = self.places.get(href)
        if place is None:
            return False
        return bool(place.url or self._page(place)) or self.threads.get(href) in self.ours

    def _page(self, place):
        told = self.pages.get(place.page)
        return told if told and told.title else None

    def html(self, href) -> str:
        place = self.places[href]
        if page := self._page(place):
            return _card(attribute("href", href), _drawn(page.picture), page.title, page.words, page.site)
        if not place.url:
            return self._inner(href, self.ours[self.threads[href]])
        card = self.cards.get(place.url)
        if card is None or not card.is_good:
            card = LinkCard(title=_short(href), site=_host(place.url))
        card.site = card.site or _host(place.url)
        return _film(href, place.video, card) if place.video else _outer(href, card)

    def _inner(self, href, thread):
        """A thread; or its teaser, which is all that a closed board tells of it, and tells of the tier it is for."""
        place = thread.tier if hasattr(thread, "is_teaser") else thread.board
        return _card(attribute("href", href), "", thread.title, thread.first_lines, str(place))


def _phrased(title) -> str:
    return "<wbr>".join(map(html.escape, phrasing.phrases(phrasing.held(title))))


def _short(href) -> str:
    shown = href.partition("://")[2].removeprefix("www.").rstrip("/")
    return shown if len(shown) <= LONGEST_ADDRESS else shown[: LONGEST_ADDRESS - 1] + "…"


def _host(url) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _link(href) -> str:
    return attribute("href", href) + attribute("rel", prose.REL)


def _picture(card) -> str:
    return _drawn((card.address("avif"), card.address("jpg"), card.width, card.height)) if card.picture else ""


def _drawn(picture) -> str:
    if not picture:
        return ""
    avif, jpeg, width, height = picture
    size = attribute("width", width) + attribute("height", height)
    drawn = f'<img{attribute("src", jpeg)} alt=""{size} loading="lazy" decoding="async">'
    return f'<picture><source{attribute("srcset", avif)} type="image/avif">{drawn}</picture>'


def _outer(href, card) -> str:
    return _card(_link(href), _picture(card), card.title, card.words, card.site)


def _card(link, picture, title, words, site) -> str:
    told = f'<strong class="linkcard__title">{_phrased(title)}</strong>'
    told += f'<span class="linkcard__say">{html.escape(words)}</span>' if words else ""
    told += f'<span class="linkcard__site">{html.escape(site)}</span>'
    return f'<p class="linked"><a class="linkcard"{link}>{picture}<span class="linkcard__words">{told}</span></a></p>'


def _film(href, video, card) -> str:
    """A link to the film's own page; script makes it a button that puts the film in its place, and asks nobody before."""
    told = f'<strong class="linkcard__title">{_phrased(card.title)}</strong>'
    told += f'<span class="linkcard__site">{html.escape(card.site)}</span>'
    inside = f'{_picture(card)}<span class="film__sign"></span><span class="linkcard__words">{told}</span>'
    frame = attribute("frame", video.frame)
    return f'<p class="linked"><video-facade{frame}><a class="film"{_link(href)}>{inside}</a></video-facade></p>'
