"""What hosts do with a thread: one page with all of it, and a noun for each act."""

from functools import wraps

from django.http import Http404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_required
from community.commons.bilingual import listed
from community.commons.pages import page
from community.commons.refusals import Refusal
from community.forum import access, reading
from community.forum.forms import TagsForm
from community.forum.hosting import forms, merging, moving, pinning, slowing, splitting, tagging, timing
from community.forum.models import Act
from community.forum.views.asking import found_thread, go, sent, wants_undo

MOST_ACTS, MOST_POSTS = 30, 100
ACTS = {
    "pin": (forms.PinForm, pinning.pin),
    "slowness": (forms.SlowForm, slowing.slow),
    "times": (forms.TimesForm, timing.schedule),
    "place": (forms.MoveForm, moving.move),
    "merger": (forms.MergeForm, merging.merge),
}
ASKED_FIRST = {"merger"}


def by_host(view):
    """For those who keep order; to everybody else a thread has no such address."""

    @wraps(view)
    def asked(request, pk, **kwargs):
        thread = found_thread(request, pk)
        if access.against_hosting(request.user):
            raise Http404
        return view(request, thread, **kwargs)

    return never_cache(member_required(asked))


def _forms(request, thread, **bound):
    pin = thread.pin if thread.is_pinned else None
    begun = {
        "pin": {"until": pin and pin.until, "everywhere": pin and pin.everywhere},
        "slowness": {"seconds": thread.slow_seconds},
        "times": {"opens_at": thread.opens_at, "closes_at": thread.closes_at},
    }
    made = {
        noun: form(thread=thread, person=request.user, initial=begun.get(noun, {}), prefix=None, auto_id=f"{noun}-%s")
        for noun, (form, _verb) in ACTS.items()
    }
    return made | bound


def _shown(request, thread, status=200, **bound):
    told = {"thread": thread, "forms": _forms(request, thread, **bound)}
    told["acts"] = Act.objects.on_thread(thread)[:MOST_ACTS]
    return page(request, "forum/hosting.html", status=status, **told)


@by_host
@require_safe
def hosting(request, thread):
    return _shown(request, thread)


@by_host
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def act(request, thread, noun):
    """One act: its form, and the verb. What cannot be undone is asked once more."""
    form_class, verb = ACTS[noun]
    if noun == "pin" and wants_undo(request):
        return go(request, pinning.unpin(thread=thread, by=request.user).get_absolute_url())
    form = form_class(sent(request), thread=thread, person=request.user, auto_id=f"{noun}-%s")
    if request.method != "POST":
        return _shown(request, thread)
    if not form.is_valid():
        return _shown(request, thread, status=422, **{noun: form})
    if noun in ASKED_FIRST and "sure" not in request.POST:
        return page(request, "forum/merger.html", thread=thread, form=form, into=form.cleaned_data["into"])
    try:
        done = verb(thread=thread, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _shown(request, thread, status=refusal.status, **{noun: form})
    return go(request, done.get_absolute_url())


@by_host
@require_http_methods(["GET", "HEAD", "POST"])
def split(request, thread):
    """Which posts go, what they are called together, and where."""
    form = forms.SplitForm(sent(request), thread=thread, person=request.user, auto_id="split-%s")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = splitting.split(thread=thread, by=request.user, **form.cleaned_data)
                return go(request, made.get_absolute_url())
            except Refusal as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
    begins = reading.number_in(request.GET.get("from", "")) or 0
    after = max(reading.number_in(request.GET.get("after", "")) or begins - 1, 1)
    posts = list(thread.posts.readable().for_reading().numbered_after(after)[: MOST_POSTS + 1])
    told = {"posts": posts[:MOST_POSTS], "later": posts[MOST_POSTS - 1].number if len(posts) > MOST_POSTS else 0}
    told["earlier"] = after > 1
    chosen = set(request.POST.getlist("posts")) or {str(post.pk) for post in posts if post.number == begins}
    return page(request, "forum/split.html", thread=thread, form=form, chosen=chosen, status=status, **told)


@member_required
@require_POST
def fold(request, pk):
    """A pinned thread that one has read goes back among the others; `undo` puts it on top again."""
    thread = found_thread(request, pk)
    verb = pinning.unfold if wants_undo(request) else pinning.fold
    verb(thread=thread, member=request.user)
    return go(request, thread.board.get_absolute_url())


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def tags(request, pk):
    """What a thread is about, by its author or a host."""
    thread = found_thread(request, pk)
    access.require(access.against_tagging(request.user, thread))
    begun = {"tags": listed(tag.name for tag in thread.tags.all())}
    form = TagsForm(sent(request), person=request.user, board=thread.board, initial=begun)
    if request.method != "POST" or not form.is_valid():
        return page(request, "forum/tagging.html", thread=thread, form=form, status=422 if form.is_bound else 200)
    tagging.tag(thread=thread, by=request.user, names=form.cleaned_data["tags"])
    return go(request, thread.get_absolute_url())
