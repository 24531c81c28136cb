"""What must be right about the front door before the house opens."""

from django.core.checks import Error, Tags, register

from community.campaigns import networks


@register(Tags.security)
def networks_can_be_read(app_configs, **kwargs):
    try:
        networks.atlas()
    except (networks.Unreadable, OSError, UnicodeDecodeError) as error:
        hint = "NETWORKS_FILE holds a kind and its ranges on each line: mobile 203.0.113.0/24"
        return [Error(f"The list of networks cannot be read: {error}", hint=hint, id="campaigns.E001")]
    return []
