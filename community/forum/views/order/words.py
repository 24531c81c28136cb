"""Watched words: the list, a new one, and a place to try what matches."""

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import recording
from accounts.access import open_to
from community.commons.paging import by_key
from community.forum import access, order_forms
from community.forum.models import WatchedWord
from community.forum.order import watching
from community.forum.views.order.asking import desk, done

SIZE = 100


@open_to(access.may_watch_words)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request):
    form = order_forms.WordForm(request.POST or None)
    if request.method != "POST":
        return _words(request, form)
    if not form.is_valid():
        return _words(request, form, status=422)
    try:
        with transaction.atomic():
            word = WatchedWord.objects.create(by=request.user, **form.cleaned_data)
            recording.record(by=request.user, act="word.added", thing=f"word-{word.pk}", after=_said(word))
    except IntegrityError:
        form.add_error("words", _("This word is on the list already. Take it off first, then add it as you want it."))
        return _words(request, form, status=422)
    return done(request, _("From now on this word is watched for."), "order_desk:words")


def _words(request, form, *, status=200, **told):
    rows = by_key(WatchedWord.objects.for_desk(), key=("-at", "-pk"), after=request.GET.get("after", ""), size=SIZE)
    told = {"rows": rows, "form": form, "trial": order_forms.TrialForm()} | told
    return desk(request, "words.html", _("Watched words"), icon="view", status=status, **told)


def _said(word) -> dict:
    return {"words": word.words, "action": word.action, "by_sound": word.by_sound, "sentence": word.sentence}


@open_to(access.may_watch_words)
@require_POST
def trial(request):
    """Says what in a text matches, and how; nothing is kept."""
    trial = order_forms.TrialForm(request.POST)
    if not trial.is_valid():
        return _words(request, order_forms.WordForm(), trial=trial, status=422)
    text = trial.cleaned_data["text"]
    found = [
        {"word": each.word, "said": text[each.start : each.end], "how": order_forms.HOW[each.form]}
        for each in watching.watch().find(text)
    ]
    return _words(request, order_forms.WordForm(), trial=trial, found=found, tried=True)


@open_to(access.may_watch_words)
@require_POST
def removal(request, pk):
    word = WatchedWord.objects.with_pk(pk)
    if word is None:
        raise Http404
    with transaction.atomic():
        recording.record(by=request.user, act="word.removed", thing=f"word-{word.pk}", before=_said(word))
        word.delete()
    return done(request, _("It is no longer watched for."), "order_desk:words")
