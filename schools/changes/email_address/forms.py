"""The question where somebody can be reached (spec 05 §6.1, §9)."""

from register_ects.web.forms import EmailField, GovukForm


class EmailForm(GovukForm):
    """Where the person themselves can be reached."""

    question = "email"
    wording = {
        "unchanged": "This is the email address that we have. Enter a different one, or cancel",
        "taken": "This email address belongs to another teacher. Enter one that only {name} uses",
    }
    email = EmailField(
        label="What is {name}’s new email address?",
        hint="Use an address that only they read and will keep. Their lead provider, if they have "
        "one, contacts them there.",
        required_message="Enter the email address",
        called="email address",
    )
