"""Notes on the line: writing one, and taking one away."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.campaigns.access import open_to
from community.commons.paging import by_key
from community.insights import days, noting
from community.insights.access import may_see_results
from community.insights.forms import NoteForm
from community.insights.models import Annotation
from community.insights.views.pages import page


@open_to(may_see_results)
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request):
    """The latest notes, and room for another."""
    form = NoteForm(request.POST or None, initial={"day": days.today()})
    if request.method == "POST" and form.is_valid():
        noting.write(by=request.user, **form.cleaned_data)
        return redirect("insights:notes")
    rows = by_key(Annotation.objects.for_desk(), key=("-day", "-pk"), after=request.GET.get("after", ""), size=50)
    crumb = (reverse("insights:notes"), _("Notes on the line"))
    return page(request, "insights/notes.html", crumb, form=form, rows=rows, status=422 if form.errors else 200)


@open_to(may_see_results)
@require_POST
def note_removal(request, pk):
    """A note that was a mistake."""
    noting.take_away(note=get_object_or_404(Annotation, pk=pk))
    return redirect("insights:notes")
