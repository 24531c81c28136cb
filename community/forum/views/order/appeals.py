"""What members say to penalties, and the answers of hosts."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Appeal
from community.commons.paging import by_key
from community.commons.refusals import Refusal
from community.forum import order_forms
from community.forum.order import penalising
from community.forum.views.order.asking import desk, done, for_keepers, refused

SIZE = 20


@for_keepers
@require_safe
def appeals(request):
    return _appeals(request)


def _appeals(request, *, wrong=None, form=None, status=200):
    """Those that wait come first; of the answered, `?state=answered` shows the latest."""
    is_past = request.GET.get("state") == "answered"
    found = (
        (Appeal.objects.answered() if is_past else Appeal.objects.waiting())
        .for_desk()
        .prefetch_related("penalty__cases")
    )
    rows = by_key(found, key=("-at", "-pk"), after=request.GET.get("after", ""), size=SIZE)
    told = {"rows": rows, "is_past": is_past, "wrong": wrong, "form": form or order_forms.AnswerForm()}
    shown = [(appeal, penalising.against_answering(request.user, appeal)) for appeal in rows]
    return desk(request, "appeals.html", _("Appeals"), icon="comment", appeals=shown, status=status, **told)


@for_keepers
@require_POST
def appeal(request, pk):
    """Answers one: yes and no are two buttons of one form."""
    found = Appeal.objects.for_desk().with_pk(pk)
    if found is None:
        raise Http404
    form = order_forms.AnswerForm(request.POST)
    if not form.is_valid():
        return _appeals(request, wrong=pk, form=form, status=422)
    told = {"is_granted": form.cleaned_data["answer"] == "granted", "words": form.cleaned_data["reason"]}
    try:
        penalising.answer(appeal=found, by=request.user, **told)
    except Refusal as refusal:
        return refused(request, refusal, "order_desk:appeals")
    return done(request, _("Answered, and they were told."), "order_desk:appeals")
