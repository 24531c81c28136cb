"""What makes a thread of the demo more than a discussion: its answer, its votes, its hour."""

import random
from datetime import datetime, time, timedelta

from accounts.tiers import opens
from community.demo import clock, words
from community.forum import discussing
from community.forum.kinds import answering, opening
from community.forum.models import Ask, AskVote, Gathering, Poll, Post, Reminder, Vote

HOUR = time(21, 0)


def start(talk, now, **told):
    more = {"kind": talk.kind}
    if talk.kind == "poll":
        more |= {"ends_at": _evening(now, talk.closes), "poll": {"options": talk.options, "most": talk.most}}
    elif talk.kind == "announcement":
        more["ends_at"] = _evening(now, talk.until)
    elif talk.kind == "gathering":
        begins_at = _evening(now, talk.day)
        more |= {"begins_at": begins_at, "ends_at": begins_at + timedelta(hours=1)}
    return opening.start(**told, **more)


def _evening(now, days):
    return datetime.combine(now.astimezone(clock.HERE).date() + timedelta(days=days), HOUR, clock.HERE)


def dress(thread, talk, *, people):
    thread.refresh_from_db()
    if talk.accepted:
        post = thread.posts.get(number=talk.accepted)
        post.thread = thread
        answering.accept(post=post, by=thread.author, at=post.made_at)
    elif talk.kind == "poll":
        _vote(thread, talk, _audience(thread, people))
    elif talk.kind == "gathering":
        _ask(thread, talk, _audience(thread, people))


def _audience(thread, people):
    could = [
        member
        for name, member in people.items()
        if name not in words.onlookers()
        and member.pk != thread.author_id
        and member.joined_at < thread.started_at
        and opens(member, thread.board.tier_to_see)
    ]
    random.Random(thread.title).shuffle(could)
    return could


def _vote(thread, talk, audience):
    """Each option is chosen by people who have not chosen as much as they may, in turn."""
    dice, left = random.Random(thread.title), {member: talk.most for member in audience}
    thread = discussing.locked(thread)
    poll = Poll.objects.of(thread)
    rows = []
    for option, many in zip(poll.options.in_order(), talk.chosen, strict=True):
        could = sorted((member for member in audience if left[member]), key=lambda member: (-left[member], member.pk))
        for member in could[:many]:
            left[member] -= 1
            rows.append(Vote(option=option, member=member, at=thread.started_at + timedelta(hours=dice.uniform(0, 8))))
    Vote.objects.bulk_create(rows)
    poll.options.recount()
    poll.voters = Vote.objects.in_poll(poll).voters()
    poll.sequence = discussing.turn(thread)
    poll.save()
    thread.save(update_fields=["sequence"])


def _ask(thread, talk, audience):
    thread = discussing.locked(thread)
    posts = {post.number: post for post in thread.posts.all()}
    changed = []
    for number, many, answer in talk.asks:
        post = posts[number]
        post.part, post.sequence = Post.Part.ASKED, discussing.turn(thread)
        wanting = [member for member in audience if member.pk != post.author_id][:many]
        ask = Ask.objects.create(post=post, thread=thread, votes=len(wanting), sequence=discussing.turn(thread))
        AskVote.objects.bulk_create(AskVote(ask=ask, member=member, at=post.made_at) for member in wanting)
        changed.append(post)
        if answer:
            posts[answer].reply_to, ask.answer = post, posts[answer]
            ask.save(update_fields=["answer"])
            changed.append(posts[answer])
    gathering = Gathering.objects.of(thread)
    if talk.recap:
        gathering.recap, gathering.told = posts[talk.recap], "over"
        posts[talk.recap].part = Post.Part.RECAP
        changed.append(posts[talk.recap])
    Post.objects.bulk_update(changed, ["part", "sequence", "reply_to"])
    gathering.sequence = discussing.turn(thread)
    gathering.save()
    thread.save(update_fields=["sequence"])
    if not thread.has_begun:
        Reminder.objects.bulk_create(Reminder(gathering=gathering, member=member) for member in audience[:7])
