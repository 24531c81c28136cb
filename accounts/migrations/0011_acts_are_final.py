"""The database itself refuses to change or drop what was written into the log of acts."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION accounts_staffact_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of acts is only ever added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER staffact_is_final BEFORE UPDATE OR DELETE ON accounts_staffact
    FOR EACH ROW EXECUTE FUNCTION accounts_staffact_is_final();
CREATE TRIGGER staffact_is_kept BEFORE TRUNCATE ON accounts_staffact
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_staffact_is_final();
"""
ALLOW = """
DROP TRIGGER staffact_is_final ON accounts_staffact;
DROP TRIGGER staffact_is_kept ON accounts_staffact;
DROP FUNCTION accounts_staffact_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_penalties_and_acts")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
