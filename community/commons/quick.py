"""Django's `translate` and `url` for templates, which remember their answers: a page asks a hundred times for the same few.

`{% load i18n %}` brings these (TEMPLATES in the settings say so). Their nodes take anything that Django's do; what is
not the same each time, a variable for instance, goes Django's way.
"""

from functools import lru_cache

from django.conf import settings
from django.template import Library, defaulttags
from django.templatetags import i18n
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.translation import get_language

register = Library()
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters
MOST_ADDRESSES = 5_000


class Said(i18n.TranslateNode):
    """Words that stand in the template itself are looked up once in each language."""

    def __init__(self, *told):
        super().__init__(*told)
        words, context = self.filter_expression, self.message_context
        is_written_out = words.var.literal is not None and not words.filters
        is_plain = is_written_out and (context is None or isinstance(context.var, str))
        self.known: dict[str | None, str] | None = {} if is_plain and not self.asvar else None

    def render(self, context):
        if self.known is None:
            return super().render(context)
        language = get_language()
        if language not in self.known:
            self.known[language] = super().render(context)
        return self.known[language]


class Address(defaulttags.URLNode):
    """Django walks through the table of all addresses for each; those without names for their parts are kept."""

    def render(self, context):
        if self.kwargs:
            return super().render(context)
        request = getattr(context, "request", None)
        match = getattr(request, "resolver_match", None)
        app = getattr(request, "current_app", match.namespace if match else None)
        args = [arg.resolve(context) for arg in self.args]
        try:
            table = get_urlconf() or settings.ROOT_URLCONF
            url = _address(self.view_name.resolve(context), table, get_script_prefix(), app, *args)
        except (NoReverseMatch, TypeError):  # nobody's address, or a part that cannot be remembered
            return super().render(context)
        if self.asvar:
            context[self.asvar] = url
            return ""
        return conditional_escape(url) if context.autoescape else url


@lru_cache(maxsize=MOST_ADDRESSES, typed=True)  # typed: 1 and True are not the same address
def _address(name, table, _prefix, app, *args) -> str:
    return reverse(name, urlconf=table, args=args, current_app=app)


@register.tag("translate")
@register.tag("trans")
def translate(parser, token):
    node = i18n.do_translate(parser, token)
    return Said(node.filter_expression, node.noop, node.asvar, node.message_context)


@register.tag
def url(parser, token):
    node = defaulttags.url(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)
