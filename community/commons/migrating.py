"""What migrations are written with, beyond Django's own operations."""

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation


class CreateTables(Operation):
    """Many tables in one go, each as it is, however they refer to one another.

    After each CreateModel of its own, Django renders every model anew that a foreign key leads to, and almost all lead
    to a member and from there to everything: a hundred tables took half a minute, and take a second together.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, *models: CreateModel, by_hand: dict[str, str] | None = None):
        """What Django cannot make, a parted table for one, is made by the words that `by_hand` has for its model."""
        self.models = models
        self.by_hand = by_hand or {}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # what is not rendered yet need not be rendered anew for each of them
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for each in self.models:
            if each.name in self.by_hand:
                schema_editor.execute(self.by_hand[each.name])
                continue
            model = to_state.apps.get_model(app_label, each.name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for each in reversed(self.models):
            model = from_state.apps.get_model(app_label, each.name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self):
        return f"Create the tables of {len(self.models)} models"
