"""What waits for whoever keeps order, on the desk's first page."""

from wagtail.admin.ui.components import Component

from accounts.models import Appeal
from community.forum.models import Case, Held


class WaitingPanel(Component):
    """A host's first question: what must be answered today?"""

    name = "order"
    template_name = "forum/desk/panel.html"
    order = 40

    def get_context_data(self, parent_context):
        me = parent_context["request"].user
        return {
            "reports": Case.objects.in_state(Case.State.OPEN).count(),
            "mine": Case.objects.in_state(Case.State.WORK).in_hands_of(me).count(),
            "held": Held.objects.for_a_host().count(),
            "appeals": Appeal.objects.waiting().count(),
        }
