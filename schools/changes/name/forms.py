"""The question what somebody is called (spec 05 §9)."""

from register_ects.web.forms import GovukForm, PersonNameField


class NameForm(GovukForm):
    """The whole name, as it is to be everywhere."""

    question = "name"
    wording = {
        "unchanged": "Our records say {name} already. Enter a different name, or cancel",
    }
    name = PersonNameField(
        label="What is {name}’s correct full name?",
        hint="We use it in this service and in our messages, at every school. It doesn’t change "
        "their record in the Teaching Record System (TRS).",
        required_message="Enter the full name",
        called="full name",
    )
