"""The team's words at the desk: which ones it knows, where it takes no others, and the templates of new links."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.campaigns import fanning, wording
from community.campaigns.access import may_make_links, may_see_campaigns, open_to
from community.campaigns.desk.frame import page
from community.campaigns.forms import ClosedForm, TemplateForm, WordForm
from community.campaigns.models import Closed, Place, Template, Word
from community.commons import paging

MANY = 100


@open_to(may_see_campaigns)
@require_safe
def words(request):
    return _words(request, WordForm())


def _words(request, form, status=200):
    place = request.GET.get("place", "")
    shown = Word.objects.of(place) if place in Place.values else Word.objects.all()
    rows = paging.by_key(shown, key=("place", "word", "pk"), after=request.GET.get("after", ""), size=MANY)
    context = {
        "rows": rows,
        "form": form,
        "place": place,
        "places": Place.values,
        "closed": ClosedForm(initial={"places": list(Closed.objects.values_list("place", flat=True))}),
        "templates": Template.objects.all(),
        "may_make": may_make_links(request.user),
    }
    return page(request, "campaigns/desk/words.html", ("", _("Words of the team")), status=status, **context)


@open_to(may_make_links)
@require_POST
def word(request):
    form = WordForm(request.POST)
    if not form.is_valid():
        return _words(request, form, 422)
    wording.learn(words={form.cleaned_data["place"]: form.cleaned_data["word"]}, by=request.user)
    return redirect("campaigns:vocabulary")


@open_to(may_make_links)
@require_POST
def word_out(request, pk):
    wording.forget(get_object_or_404(Word, pk=pk))
    return redirect("campaigns:vocabulary")


@open_to(may_make_links)
@require_POST
def learn(request):
    count = wording.learn_from_links(by=request.user)
    messages.success(
        request, ngettext("%(count)d word was taken in.", "%(count)d words were taken in.", count) % {"count": count}
    )
    return redirect("campaigns:vocabulary")


@open_to(may_make_links)
@require_POST
def close(request):
    form = ClosedForm(request.POST)
    if form.is_valid():
        wording.close(places=form.cleaned_data["places"])
        messages.success(request, _("Kept."))
    return redirect("campaigns:vocabulary")


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def template(request, pk=None):
    found = get_object_or_404(Template, pk=pk) if pk else None
    form = TemplateForm(request.POST or None, instance=found or Template())
    if request.method == "POST" and form.is_valid():
        fanning.keep_template(form.instance, usual=form.cleaned_data["usual"])
        return redirect("campaigns:vocabulary")
    crumbs = [
        (reverse("campaigns:vocabulary"), _("Words of the team")),
        ("", found.name if found else _("New template")),
    ]
    context = {"form": form, "template": found, "gaps": fanning.GAPS}
    status = 422 if request.method == "POST" else 200
    return page(request, "campaigns/desk/template.html", *crumbs, status=status, **context)


@open_to(may_make_links)
@require_POST
@transaction.atomic
def template_out(request, pk):
    get_object_or_404(Template, pk=pk).delete()
    return redirect("campaigns:vocabulary")
