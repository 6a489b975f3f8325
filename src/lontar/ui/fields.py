"""Dresses Django form fields for the page: classes, the right keyboard, ids for hints and errors, the error summary.

Validation and wording are the form's own.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_KEYBOARDS: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.DecimalField, "decimal"),
    (forms.FloatField, "decimal"),
    (forms.IntegerField, "numeric"),
    (forms.EmailField, "email"),
    (forms.URLField, "url"),
)


@dataclass(frozen=True, slots=True)
class Dressed:
    """A field ready for its template. `kind` is input, check or choices."""

    bound: BoundField
    kind: str
    widget: SafeString
    hint_id: str
    error_id: str
    errors: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the error summary; without a `target` it concerns the whole form."""

    text: str
    target: str = ""


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "choices"
    return "input"


def _css(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "l-choices"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def keyboard(field: forms.Field) -> str:
    """The `inputmode` for a phone: its own attribute if the form gives one, else by the kind of field."""
    own = field.widget.attrs.get("inputmode")
    if own:
        return str(own)
    if isinstance(field.widget, forms.Select | forms.CheckboxInput | forms.FileInput):
        return ""
    return next((mode for kind, mode in _KEYBOARDS if isinstance(field, kind)), "")


def _attrs(bound: BoundField, *, hint_id: str, error_id: str) -> dict[str, str | bool]:
    widget = bound.field.widget
    attrs: dict[str, str | bool] = {"class": f"{widget.attrs.get('class', '')} {_css(widget)}".strip()}
    mode = keyboard(bound.field)
    if mode:
        attrs["inputmode"] = mode
    described = " ".join(part for part in (hint_id, error_id) if part)
    if described:
        attrs["aria-describedby"] = described
    if error_id:
        attrs["aria-invalid"] = "true"
    return attrs


def _shaped(bound: BoundField) -> forms.Widget:
    """The widget with the input type that suits a phone."""
    widget: forms.Widget = copy(bound.field.widget)
    if isinstance(widget, forms.NumberInput):
        # A number field would refuse "1.250,5"; a form that asks for such numbers says `localize=True`.
        widget.input_type = "text"
    elif isinstance(widget, forms.DateInput):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"
    return widget


def messages(bound: BoundField) -> tuple[str, ...]:
    """Errors of a field in the words of the house: a form that says only "required" is made to name the field."""
    plain = str(forms.Field.default_error_messages["required"])
    return tuple(
        _("%(label)s belum diisi.") % {"label": bound.label} if text == plain else text
        for text in (str(error) for error in bound.errors)
    )


def dressed(bound: BoundField, *, optional_mark: bool = True) -> Dressed:
    """The field with its attributes; `optional_mark` says "(opsional)" beside fields that may stay empty."""
    errors = messages(bound)
    hint_id = f"{bound.auto_id}-petunjuk" if bound.help_text else ""
    error_id = f"{bound.auto_id}-salah" if errors else ""
    return Dressed(
        bound=bound,
        kind=_kind(bound.field.widget),
        widget=bound.as_widget(_shaped(bound), attrs=_attrs(bound, hint_id=hint_id, error_id=error_id)),
        hint_id=hint_id,
        error_id=error_id,
        errors=errors,
        optional=optional_mark and not bound.field.required,
    )


def _target(bound: BoundField) -> str:
    """Id of the element that takes the focus: of a group of choices the first."""
    return f"{bound.auto_id}_0" if _kind(bound.field.widget) == "choices" else str(bound.auto_id)


def _named(bound: BoundField, text: str) -> str:
    """The message with the field's name in front, unless it says it itself."""
    return text if str(bound.label).lower() in text.lower() else f"{bound.label}: {text}"


def summary(form: BaseForm) -> tuple[SummaryLine, ...]:
    """Every error in the order of the form, those of the whole form first."""
    if not form.is_bound:
        return ()
    whole = [SummaryLine(str(error)) for error in form.non_field_errors()]
    each = [
        SummaryLine(_named(form[name], text), _target(form[name]))
        for name in form.fields
        for text in messages(form[name])
    ]
    return (*whole, *each)
