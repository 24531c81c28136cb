"""What the shop window hangs at the desk."""

from wagtail import hooks

from cms.choosers import member_chooser, thread_chooser


@hooks.register("register_admin_viewset")
def choosers():
    return [thread_chooser, member_chooser]
