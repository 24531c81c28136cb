"""What a marketer fills in: few fields, forgiving about what is pasted, exact about what goes out into the world."""

from community.campaigns.forms.hooks import HookForm, SpanForm
from community.campaigns.forms.links import (
    UTM,
    LinkDetailsForm,
    LinkForm,
    MissedForm,
    TextForm,
    WholeLinkForm,
    initial_of,
)
from community.campaigns.forms.many import FanForm, TableForm
from community.campaigns.forms.plans import CampaignForm, DayInput
from community.campaigns.forms.ways import AnyRuleForm, ArmForm, WeightForm
from community.campaigns.forms.words import ClosedForm, TemplateForm, WordForm

__all__ = [
    "UTM",
    "AnyRuleForm",
    "ArmForm",
    "CampaignForm",
    "ClosedForm",
    "DayInput",
    "FanForm",
    "HookForm",
    "LinkDetailsForm",
    "LinkForm",
    "MissedForm",
    "SpanForm",
    "TableForm",
    "TemplateForm",
    "TextForm",
    "WeightForm",
    "WholeLinkForm",
    "WordForm",
    "initial_of",
]
