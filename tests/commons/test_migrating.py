"""What migrations are written with."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from community.commons.migrating import CreateTables

KEY = ("id", models.BigAutoField(primary_key=True))


def leading_to(model):
    return models.ForeignKey(model, models.CASCADE, related_name="+")


def made(name):
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, name)]


@pytest.mark.django_db
def test_tables_that_refer_to_one_another_are_made_and_taken_away_together():
    operation = CreateTables(
        CreateModel("Cup", [KEY, ("dripper", leading_to("tried.dripper"))]),
        CreateModel("Dripper", [KEY, ("cup", leading_to("tried.cup"))]),
        CreateModel("Bean", [KEY]),
        by_hand={"Bean": "CREATE TABLE tried_bean (id bigint PRIMARY KEY, weight integer)"},
    )
    before, after = ProjectState(), ProjectState()
    assert before.apps
    operation.state_forwards("tried", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("tried", editor, before, after)
    assert made("tried_cup") == ["id", "dripper_id"]
    assert made("tried_dripper") == ["id", "cup_id"]
    assert made("tried_bean") == ["id", "weight"]
    with connection.cursor() as cursor:
        led = connection.introspection.get_relations(cursor, "tried_cup")
    assert led["dripper_id"][:2] == ("id", "tried_dripper")

    with connection.schema_editor() as editor:
        operation.database_backwards("tried", editor, after, before)
    assert not {name for name in connection.introspection.table_names() if name.startswith("tried_")}
