"""Posts that go from one thread to another: their new numbers, and the old ones that lead there."""

from community.forum import discussing
from community.forum.kinds import following
from community.forum.models import Findable, FormerPlace, Post


def give(posts, source, target) -> dict[int, int]:
    """Puts posts of a locked thread at the end of another, in their order; gives the new number of each old one."""
    numbers = {}
    for post in posts:
        target.last_number += 1
        numbers[post.number] = target.last_number
        post.thread, post.number, post.sequence = target, target.last_number, discussing.turn(target)
        post.part = ""
    Post.objects.bulk_update(posts, ["thread", "number", "sequence", "part"], batch_size=500)
    FormerPlace.objects.bulk_create(
        [FormerPlace(thread=source, number=old, post=post) for old, post in zip(numbers, posts, strict=True)],
        batch_size=1000,
        ignore_conflicts=True,
    )
    keys = [post.pk for post in posts]
    Findable.objects.of_posts(keys).update(thread=target, board=target.board_id, talk=target.talk)
    following.left(source, keys)
    return numbers
