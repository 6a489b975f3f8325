"""Answering one return, by an officer or behind a personal link: the same page, the same way in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.models import Post, User
from lontar.engines.periods import Month, PeriodError, parse_period
from lontar.returns import actions, policies
from lontar.returns.forms import AnswerForm
from lontar.returns.models import Producer, Return, ReturnedValue
from lontar.returns.presenters import crumbs
from lontar.returns.presenters.answering import AnswerPage, conflict_lines, form_for, page_of
from lontar.returns.presenters.links import link_page
from lontar.returns.rules.checks import Finding
from lontar.returns.rules.reading import read
from lontar.returns.states import Channel, ReturnedState


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who answers for which producer and month, by which way, when."""

    producer: Producer
    month: date
    channel: Channel
    post: Post
    by: User | None
    at: datetime

    @property
    def held(self) -> Return | None:
        """The return as it stands."""
        return Return.objects.filter(producer=self.producer, month=self.month).first()


@dataclass(frozen=True, slots=True)
class Answered:
    """What is shown: nothing when the return was stored, else the page with what is to be put right."""

    page: AnswerPage | None
    status: int = 200


def shown_page(asked: Reporting) -> AnswerPage:
    """The page as it is first shown."""
    held = asked.held
    return page_of(asked.producer, asked.month, held, form_for(asked.producer, asked.month, held))


def take_answer(asked: Reporting, data: Any) -> Answered:
    """Take what was sent: a correction of one returned value, or the whole return."""
    held = asked.held
    if data.get("perbaiki"):
        return _corrected(asked, data)
    form = form_for(asked.producer, asked.month, held, data)
    typed, unread = read(pl.DataFrame([form.texts()]), today=timezone.localdate(asked.at))
    if not form.is_valid() or unread:
        _mark(form, unread)
        return Answered(page_of(asked.producer, asked.month, held, form), 422)
    row = typed.row(0, named=True) | {
        "producer_id": asked.producer.pk, "month": asked.month, "client_key": _uuid(data.get("kunci", "")),
        "base_version": form.cleaned_data.get("versi"), "justifications": json.dumps(form.said()),
    }  # fmt: skip
    try:
        (one,) = actions.receive_returns(
            actions.arriving([row]), channel=asked.channel, by=asked.by, post=asked.post, at=asked.at,
            within=asked.producer.village_id,
        )  # fmt: skip
    except actions.MonthClosed as closed:
        form.add_error(None, closed.reason)
        return Answered(page_of(asked.producer, asked.month, held, form), 409)
    if one.kind in {actions.Kind.STORED, actions.Kind.SAME}:
        return Answered(None)
    return _again(asked, form, one, data)


def _again(asked: Reporting, form: AnswerForm, one: actions.Outcome, data: Any) -> Answered:
    """The page once more: what to correct, what to justify, or what somebody else changed meanwhile."""
    is_conflict = one.kind == actions.Kind.CONFLICT
    conflicts = conflict_lines(one.differing) if is_conflict else []
    if (
        is_conflict or one.kind == actions.Kind.DRAFT
    ):  # what stands is known now: the next sending is meant to replace it
        form.data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        form.data["versi"] = str(one.version)  # type: ignore[index]  # as above
    for finding in one.findings:
        if not finding.is_error and f"alasan-{finding.field}" not in form.fields:
            form.ask(finding.field)
    _mark(form, [found for found in one.findings if found.is_error or found.field not in form.said()])
    page = page_of(asked.producer, asked.month, asked.held, form, conflicts)
    return Answered(page, 409 if is_conflict else 422)


def _mark(form: AnswerForm, findings: list[Finding]) -> None:
    for found in findings:
        form.add_error(found.field if found.field in form.fields else None, found.message)


def _uuid(text: str) -> str | None:
    return (
        text if len(text) == 36 and text.count("-") == 4 and all(one in "0123456789abcdef-" for one in text) else None
    )


def _corrected(asked: Reporting, data: Any) -> Answered:
    """One returned value, corrected."""
    number = str(data.get("perbaiki", ""))
    found = get_object_or_404(
        ReturnedValue, pk=int(number) if number.isdecimal() and len(number) < 18 else 0,
        filing__producer=asked.producer, filing__month=asked.month, state=ReturnedState.OPEN,
    )  # fmt: skip
    held = asked.held
    form = form_for(asked.producer, asked.month, held)
    typed, unread = read(pl.DataFrame({found.field: [str(data.get("nilai", ""))]}), today=timezone.localdate(asked.at))
    problem = unread[0].message if unread else ""
    if not problem:
        try:
            actions.correct_value(
                returned_id=found.pk, value=typed[found.field][0], justification=str(data.get("penjelasan", "")),
                by=asked.by, post=asked.post, at=asked.at,
            )  # fmt: skip
        except (actions.ValueRefused, actions.NoSuchStep, actions.MonthClosed) as refused:
            problem = refused.reason
    if not problem:
        return Answered(None)
    page = page_of(asked.producer, asked.month, held, form)
    return Answered(_with_problem(page, problem), 422)


def _with_problem(page: AnswerPage, problem: str) -> AnswerPage:
    page.form.cleaned_data = {}
    page.form.add_error(None, problem)
    return page


def month_of(text: str) -> date:
    """The first day of the month of an address; 404 for anything else."""
    try:
        found = parse_period(text)
    except PeriodError:
        raise Http404 from None
    if not isinstance(found, Month):
        raise Http404
    return found.start


@requires(policies.check_report)
def answer(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    """The return of a producer for a month, by an officer or mentor."""
    producer = get_object_or_404(Producer.objects.select_related("commodity"), pk=pk)
    post = post_of(request)
    policies.check_report_village(post, producer.village_id)
    asked = Reporting(producer, month_of(month), Channel.FORM, post, person_of(request), timezone.now())
    here = reverse("returns:answer", args=[pk, month])
    if request.method == "POST":
        done = take_answer(asked, request.POST)
        if done.page is None:
            return redirect(f"{here}?terkirim=1")
    else:
        done = Answered(shown_page(asked))
    context = {
        "page": done.page, "here": here, "is_stored": bool(request.GET.get("terkirim")),
        "producer_id": producer.pk, "crumbs": crumbs((producer.name, ""))
    }  # fmt: skip
    return render(request, "returns/answer.html", context, status=done.status)


@require_POST
@requires(policies.check_report)
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a producer a personal link, or take all of them back; the code is shown this once."""
    producer = get_object_or_404(Producer, pk=pk)
    who: dict[str, Any] = {"by": person_of(request), "post": post_of(request), "at": timezone.now()}
    if request.POST.get("cabut"):
        actions.revoke_links(producer_id=pk, **who)
        return render(
            request, "returns/link.html",
            {"producer": producer.name, "page": None, "pk": pk, "crumbs": crumbs((producer.name, ""))},
        )  # fmt: skip
    given = actions.give_link(producer_id=pk, **who)
    address = request.build_absolute_uri(reverse("portal:own_return", args=[given.code]))
    context = {
        "producer": producer.name, "page": link_page(given, address), "pk": pk, "crumbs": crumbs((producer.name, "")),
    }  # fmt: skip
    return render(request, "returns/link.html", context)
