"""Ways of asking the database that Django does not bring along."""

from django.db.models import Field, ForeignKey, Lookup


@ForeignKey.register_lookup
@Field.register_lookup
class OneOf(Lookup):
    """`name__one_of=values`: as `__in`, with the values as one array, for lists so long that each one's own place in
    the question would cost more than the answer.

    Values may be asked for too, as an ArraySubquery: then they are found first, whatever else is in the question.
    """

    lookup_name = "one_of"
    prepare_rhs = False

    def get_prep_lookup(self):
        return self.rhs if hasattr(self.rhs, "resolve_expression") else list(self.rhs)

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        array, values = self.process_rhs(compiler, connection)
        return f"{column} = ANY({array})", [*params, *values]
