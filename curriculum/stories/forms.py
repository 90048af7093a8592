"""Owns the form by which a student adds choices to the class: one list to select from for each counted scene."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Length

from curriculum.stories.story import Story

PREFIX = "scene-"


class ChoicesForm(FlaskForm):
    """What was chosen in a story; `version` tells a story that changed meanwhile."""

    version = HiddenField(validators=[InputRequired(), Length(max=12)])

    def chosen(self) -> dict[str, str]:
        """What was chosen, by scene; a scene without a choice is missing."""
        fields = [field for field in self if isinstance(field, SelectField)]
        return {field.name.removeprefix(PREFIX): field.data for field in fields if field.data}


def choices_form(story: Story) -> ChoicesForm:
    """The form of this story, bound to the request."""
    fields = {
        f"{PREFIX}{scene}": SelectField(choices=list(choices), validators=[InputRequired()])
        for scene, choices in story.options.items()
    }
    form: ChoicesForm = type("FormOfStory", (ChoicesForm,), fields)()  # its fields are known at run time only
    return form
