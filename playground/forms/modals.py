"""Forms that open (Discord docs, "Modal", "Component Reference").

The docs give these limits but not the codes of every refusal: those of `flaws` here are named after what they say.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from playground.errors import Flaw
from playground.forms.base import Form, Required100, Text100, required
from playground.forms.components import (
    Component,
    EntitySelect,
    Option,
    StringSelect,
    TextDisplay,
    by_type,
    duplicates,
)

TEXT_INPUT, LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 4, 18, 19, 21, 22, 23
LONGEST_TEXT = 4_000

_Label45 = Annotated[str, StringConstraints(min_length=1, max_length=45)]
_Length = Annotated[int, Field(ge=0, le=LONGEST_TEXT)]


class TextInput(Component):
    """A line (style 1) or a paragraph (2) to write; its own label stands there where no `Label` is around it."""

    type: Literal[4]
    custom_id: Required100
    style: Literal[1, 2]
    label: _Label45 | None = None
    placeholder: Text100 | None = None
    value: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] | None = None
    required: bool | None = None
    min_length: _Length | None = None
    max_length: Annotated[_Length, Field(ge=1)] | None = None

    def flaws(self) -> Iterator[Flaw]:
        """A least length above the greatest."""
        if (self.min_length or 0) > (self.max_length or LONGEST_TEXT):
            message = "Minimum length must be less than or equal to maximum length"
            yield Flaw(("min_length",), "TEXT_INPUT_COMPONENT_INVALID_LENGTH", message)


class RadioGroup(Component):
    """Options of which one is chosen."""

    type: Literal[21]
    custom_id: Required100
    options: Annotated[list[Option], Field(min_length=2, max_length=10)]
    required: bool | None = None


class CheckboxGroup(Component):
    """Options that are ticked."""

    type: Literal[22]
    custom_id: Required100
    options: Annotated[list[Option], Field(min_length=1, max_length=10)]
    min_values: Annotated[int, Field(ge=0, le=10)] | None = None
    max_values: Annotated[int, Field(ge=1, le=10)] | None = None
    required: bool | None = None


class Checkbox(Component):
    """One thing to tick."""

    type: Literal[23]
    custom_id: Required100
    default: bool | None = None


class FileUpload(Component):
    """Files to hand over, which the playground does not take."""

    type: Literal[19]

    def flaws(self) -> Iterator[Flaw]:
        """That it is there at all."""
        yield Flaw((), "PLAYGROUND_UNSUPPORTED", "The playground takes no file uploads.")


_Labelled = Annotated[
    Annotated[TextInput, Tag("<4>")]
    | Annotated[StringSelect, Tag("<3>")]
    | Annotated[EntitySelect, Tag("<5>")]
    | Annotated[EntitySelect, Tag("<6>")]
    | Annotated[EntitySelect, Tag("<7>")]
    | Annotated[EntitySelect, Tag("<8>")]
    | Annotated[FileUpload, Tag("<19>")]
    | Annotated[RadioGroup, Tag("<21>")]
    | Annotated[CheckboxGroup, Tag("<22>")]
    | Annotated[Checkbox, Tag("<23>")],
    Discriminator(by_type),
]


class Label(Component):
    """What is asked, and the field for the answer."""

    type: Literal[18]
    label: _Label45
    description: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None
    component: _Labelled

    def flaws(self) -> Iterator[Flaw]:
        """What a field may not be in a form: disabled, or required with nothing chosen."""
        field = self.component
        if getattr(field, "disabled", None):
            message = "Components in a modal cannot be disabled"
            yield Flaw(("component", "disabled"), "MODAL_COMPONENT_CANNOT_BE_DISABLED", message)
        if getattr(field, "min_values", None) == 0 and getattr(field, "required", None) is not False:
            message = "min_values must be at least 1 when the component is required"
            yield Flaw(("component", "min_values"), "COMPONENT_MIN_VALUES_REQUIRED", message)


class TextRow(Component):
    """A row with one text input, as forms were made before there were labels."""

    type: Literal[1]
    components: Annotated[
        list[Annotated[Annotated[TextInput, Tag("<4>")], Discriminator(by_type)]],
        Field(min_length=1, max_length=1),
    ]

    def flaws(self) -> Iterator[Flaw]:
        """A text input without its own label."""
        for number, item in enumerate(self.components):
            if item.label is None:
                yield required(("components", number, "label"))


_TopLevel = Annotated[
    Annotated[TextRow, Tag("<1>")] | Annotated[TextDisplay, Tag("<10>")] | Annotated[Label, Tag("<18>")],
    Discriminator(by_type),
]


class ModalForm(Form):
    """A form."""

    custom_id: Required100
    title: _Label45
    components: Annotated[list[_TopLevel], Field(min_length=1, max_length=5)]

    def flaws(self) -> Iterator[Flaw]:
        """Fields of the same name."""
        written = self.model_dump(mode="json", exclude_none=True, include={"components"})
        yield from duplicates(written["components"])
