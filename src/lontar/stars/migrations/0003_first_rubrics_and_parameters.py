"""The rubrics that an installation starts with, and the parameters of assessing; each with its source, proposals marked."""

from datetime import date
from decimal import Decimal

from django.db import migrations

from lontar.engines.rubrics import shipped

LAUNCH = date(2025, 5, 27)
CONFIRM = "perlu konfirmasi"
# key, number, unit, source
PARAMETERS = (
    ("star.spread.second_look", 10, "poin",
     f"Usulan program: selisih nilai tertinggi dan terendah antarpenilai mulai dari ini dilihat lagi; {CONFIRM}"),
    ("star.assessors.minimum", 2, "penilai", f"Usulan program: paling sedikit lembar nilai untuk satu produk; {CONFIRM}"),
    ("star.notice.first", 90, "hari", f"Usulan program: pengingat pertama sebelum bintang berakhir; {CONFIRM}"),
    ("star.notice.last", 30, "hari", f"Usulan program: pengingat terakhir sebelum bintang berakhir; {CONFIRM}"),
)  # fmt: skip


def seed(apps, schema_editor):
    alias = schema_editor.connection.alias
    apps.get_model("audit", "Parameter").objects.using(alias).bulk_create(
        apps.get_model("audit", "Parameter")(
            key=key, number=Decimal(number), unit=unit, valid_from=LAUNCH, source=source
        )
        for key, number, unit, source in PARAMETERS
    )
    for one in shipped():
        _store(apps, alias, one)


def _store(apps, alias, one):
    """A rubric as draft, then in the state that its dates and its completeness give."""

    def add(name, rows):
        apps.get_model("stars", name).objects.using(alias).bulk_create(rows)

    def make(model, **values):
        return apps.get_model("stars", model)(rubric_id=rubric.pk, **values)

    rubric = apps.get_model("stars", "Rubric").objects.using(alias).create(
        key=one.key, version=one.version, name=one.name, name_en=one.name_en, standing=one.standing, state="draft",
        maximum=one.maximum, valid_from=one.valid_from, valid_until=one.valid_until, source=one.source, note=one.note,
    )  # fmt: skip
    add("RubricItem", [
        make("RubricItem", position=at, code=item.code, parent_code=item.parent, kind=item.kind.value, name=item.name,
             name_en=item.name_en, hint=item.hint, low=item.low, high=item.high, step=item.step, is_known=item.is_known)
        for at, item in enumerate(one.items)
    ])  # fmt: skip
    add("RubricOption", [
        make("RubricOption", item_code=item.code, points=option.points, label=option.label, label_en=option.label_en)
        for item in one.items for option in item.options
    ])  # fmt: skip
    add("RubricBand", [make("RubricBand", stars=band.stars, low=band.low, label=band.label) for band in one.bands])
    add("RubricGate", [make("RubricGate", condition=gate.condition, cap=gate.cap, reason=gate.reason) for gate in one.gates])
    if one.is_scorable:
        rubric.state = "ended" if one.valid_until else "in_force"
        rubric.save(update_fields=["state"])


def unseed(apps, schema_editor):
    """Takes back what was seeded and what nobody used; the rubrics become drafts first, for what is in force is frozen."""
    alias = schema_editor.connection.alias
    rubrics = apps.get_model("stars", "Rubric").objects.using(alias)
    for one in shipped():
        for row in rubrics.filter(key=one.key, version=one.version, drafted_by=None, rounds__isnull=True):
            rubrics.filter(pk=row.pk).update(state="draft")
            rubrics.filter(pk=row.pk).delete()
    for key, number, _unit, source in PARAMETERS:
        apps.get_model("audit", "Parameter").objects.using(alias).filter(
            key=key, number=Decimal(number), valid_from=LAUNCH, source=source
        ).delete()


class Migration(migrations.Migration):
    dependencies = [("stars", "0002_wall"), ("audit", "0003_parameters")]

    operations = [migrations.RunPython(seed, unseed)]
