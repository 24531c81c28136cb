"""Addresses of the living room: nouns, and every one of them answers without script."""

from django.urls import path

from community.forum.views import composing, finding, gatherings, held, kinds, lists, posts, threads

app_name = "forum"
urlpatterns = [
    path("", lists.index, name="index"),
    path("new/", lists.new, name="start"),
    path("hot/", lists.hot, name="hot"),
    path("unread/", lists.unread, name="unread"),
    path("mine/", lists.mine, name="mine"),
    path("kinds/<str:talk>/", lists.of_kind, name="kind"),
    path("search/", finding.search, name="search"),
    path("search/suggestions/", finding.suggestions, name="suggestions"),
    path("boards/<str:slug>/", lists.board, name="board"),
    path("composer/", composing.composer, name="composer"),
    path("boards/<str:slug>/threads/", threads.start, name="threads"),
    path("boards/<str:slug>/people/", composing.people_of_board, name="board_people"),
    path("threads/<int:pk>/", threads.thread, name="thread"),
    path("threads/<int:pk>/posts/", threads.posts, name="posts"),
    path("threads/<int:pk>/people/", composing.people_of_thread, name="people"),
    path("threads/<int:pk>/readmark/", threads.readmark, name="readmark"),
    path("threads/<int:pk>/lock/", threads.lock, name="lock"),
    path("threads/<int:pk>/removal/", threads.removal, name="thread_removal"),
    path("threads/<int:pk>/poll/", kinds.poll, name="poll"),
    path("threads/<int:pk>/poll/closing/", kinds.closing, name="poll_closing"),
    path("threads/<int:pk>/poll/voters/", kinds.voters, name="voters"),
    path("threads/<int:pk>/asks/", gatherings.asks, name="asks"),
    path("threads/<int:pk>/reminder/", gatherings.reminder, name="reminder"),
    path("threads/<int:pk>/recap/", gatherings.recap, name="recap"),
    path("threads/<int:pk>/hour/", gatherings.hour, name="hour"),
    path("threads/<int:pk>/calendar.ics", gatherings.calendar, name="calendar"),
    path("posts/<int:pk>/acceptance/", kinds.acceptance, name="acceptance"),
    path("posts/<int:pk>/wanting/", gatherings.wanting, name="wanting"),
    path("posts/<int:pk>/turn/", gatherings.turn, name="turn"),
    path("posts/<int:pk>/answer/", gatherings.answer, name="answer"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/acts/", posts.acts, name="acts"),
    path("posts/<int:pk>/words/", posts.words, name="words"),
    path("posts/<int:pk>/reactions/", posts.reactions, name="reactions"),
    path("posts/<int:pk>/removal/", posts.removal, name="post_removal"),
    path("held/<uuid:pk>/", held.held, name="held"),
]
