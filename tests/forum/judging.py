"""Lays the demo's words out as bare rows, asks the judged questions, and says how well they were answered."""

from datetime import timedelta

from django.utils.timezone import now
from wagtail.models import Page

from accounts.models import Member
from community.commons import prose
from community.demo import words
from community.forum import finding, seeking
from community.forum.models import Board, Post, Thread
from tests.forum.judged import questions

DEPTH = 10  # results that people look at


def lay() -> dict:
    """Everything the demo's people wrote; gives each judged thing's key as search knows it."""
    people = _people()
    boards = {told["slug"]: Board.objects.create(slug=told["slug"], name=told["name"]) for told in words.boards()}
    names = {f"m:{name}": f"member-{person.pk}" for name, person in people.items()}
    for talk in words.talks():
        thread = _talk(boards[talk.board], people, talk.title, talk.posts, now() - talk.begins)
        names[f"t:{talk.key}"] = f"thread-{thread.pk}"
    root = Page.objects.get(depth=1)
    for told in words.articles():
        at = now() - timedelta(days=told["days"])
        page = root.add_child(instance=Page(title=told["title"], slug=f"judged-{told['slug']}", live=True))
        finding.note_article(
            page=page, title=told["title"], words=_open_words(told), author_id=people[told["by"]].pk, at=at
        )
        names[f"a:{told['slug']}"] = f"article-{page.pk}"
        thread = _talk(boards[told["board"]], people, told["title"], words.said(told["comments"]), at)
        # The discussion of an article answers what the article answers.
        names[f"d:{told['slug']}"] = f"thread-{thread.pk}"
    return names


def _people():
    made = [
        Member(name=one.name, handle=f"{one.mail}", handle_folded=one.mail, named_at=now(), mark=one.mark)
        for one in words.people()
    ]
    Member.objects.bulk_create(made)
    finding.note_members(made)
    return {member.name: member for member in made}


def _talk(board, people, title, said, at):
    author = people[said[0].who]
    thread = Thread.objects.create(board=board, title=title, author=author, started_at=at, stirred_at=at)
    finding.note_title(thread)
    posts = []
    for number, one in enumerate(said, start=1):
        at += one.after
        posts.append(
            Post(
                thread=thread,
                number=number,
                sequence=number,
                author=people[one.who],
                body=one.body,
                html=prose.cook(one.body),
                policy=1,
                made_at=at,
                tally=one.reactions,
            )
        )
    finding.note_posts(Post.objects.bulk_create(posts))
    thread.last_number = thread.posts_count = len(posts)
    thread.stirred_at = at
    thread.save()
    return thread


def _open_words(told) -> str:
    """As cms gives them: the opening words, and what stands above the divider."""
    open_blocks = []
    for block in told["blocks"]:
        if block[0] == "divider":
            break
        open_blocks.append(" ".join(block[1:] if block[0] != "picture" else block[2:]))
    return "\n".join([told["intro"], *open_blocks])


def judge(person, names) -> tuple[float, float, list]:
    """(recall among the first ten, mean reciprocal rank, the questions that were answered worst)."""
    recalls, ranks, worst = [], [], []
    for question, wanted in questions():
        found = seeking.seek(seeking.Question(question), person, size=DEPTH)
        keys = [row.group.key for row in found.rows]
        right = {names[key] for key in wanted}
        # A discussion under a wanted article is as good for whoever asked; it is counted once, with its article.
        stands_for = {names[f"d:{key[2:]}"]: names[key] for key in wanted if key.startswith("a:")}
        met = [stands_for.get(key, key) for key in keys]
        recalls.append(len(right & set(met)) / min(len(right), DEPTH))
        first = next((place for place, key in enumerate(met, start=1) if key in right), 0)
        ranks.append(1 / first if first else 0.0)
        if recalls[-1] < 1 or first != 1:
            worst.append((question, round(recalls[-1], 2), first))
    return sum(recalls) / len(recalls), sum(ranks) / len(ranks), worst
