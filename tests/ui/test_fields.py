"""Form fields as dressed for the page."""

from __future__ import annotations

from django import forms
from django.utils import translation
from tests.ui.gallery import EnterpriseForm

from lontar.ui import fields


def test_a_phone_shows_the_keyboard_that_fits() -> None:
    assert fields.keyboard(forms.IntegerField()) == "numeric"
    assert fields.keyboard(forms.DecimalField()) == "decimal"
    assert fields.keyboard(forms.EmailField()) == "email"
    assert fields.keyboard(forms.CharField()) == ""
    assert fields.keyboard(forms.CharField(widget=forms.TextInput(attrs={"inputmode": "tel"}))) == "tel"


def test_a_number_is_typed_as_text_so_that_its_own_writing_is_taken() -> None:
    html = fields.dressed(EnterpriseForm()["omzet"]).widget
    assert 'type="text"' in html
    assert 'inputmode="decimal"' in html
    assert 'type="number"' not in html


def test_a_day_is_picked_from_a_calendar() -> None:
    html = fields.dressed(EnterpriseForm(initial={"mulai": "2025-11-27"})["mulai"]).widget
    assert 'type="date"' in html
    assert 'value="2025-11-27"' in html


def test_hint_and_error_are_tied_to_the_field() -> None:
    form = EnterpriseForm({"nama": ""})
    dressed = fields.dressed(form["nama"])
    assert dressed.hint_id == "id_nama-petunjuk"
    assert dressed.error_id == "id_nama-salah"
    assert 'aria-describedby="id_nama-petunjuk id_nama-salah"' in dressed.widget
    assert 'aria-invalid="true"' in dressed.widget
    assert not dressed.optional
    assert fields.dressed(form["mulai"]).optional


def test_the_summary_leads_to_each_field_in_order() -> None:
    class Chosen(forms.Form):
        izin = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
        nama = forms.CharField()

        def clean(self) -> None:
            raise forms.ValidationError("Isian saling bertentangan.")

    lines = fields.summary(Chosen({}))
    assert [line.target for line in lines] == ["", "id_izin_0", "id_nama"]
    assert lines[0].text == "Isian saling bertentangan."
    assert [line.text for line in lines[1:]] == ["Izin belum diisi.", "Nama belum diisi."]
    assert fields.summary(Chosen()) == ()


def test_a_message_names_its_field_once() -> None:
    form = EnterpriseForm({"nama": "Contoh Uji", "omzet": "salah", "jenis": "kopi", "setuju": "on"})
    with translation.override("id"):
        assert fields.messages(form["omzet"]) == ("Masukkan sebuah bilangan.",)
        assert [line.text for line in fields.summary(form)] == ["Omzet setahun: Masukkan sebuah bilangan."]
