"""What a firm answers about the files of an import: which ones, and what their columns hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from accounts import formats
from accounts.templatetags.formats import language
from companies.forms import MEGABYTE, SeveralFilesField
from companies.imports.formats.workbook_scan import Limits
from companies.imports.heads import Head
from companies.imports.models import ImportFile
from companies.imports.reading.fields import Field
from companies.imports.reading.layout import ColumnMatch, Layout
from companies.imports.reading.matching import Question
from companies.imports.reading.people_words import folded

NOT_THERE = "none"
"""The firm's answer that its table has no such column."""
REASONS = {
    "known": gettext_lazy("recognised from last time"),
    "same": gettext_lazy("same name"),
    "near": gettext_lazy("name alike"),
    "content": gettext_lazy("by what it holds"),
    "chosen": gettext_lazy("chosen by you"),
    "none": "",
}
EXCEL_LETTERS = 26
CENTURY, SHORT_YEARS = 2000, 100


class ImportFilesForm(forms.Form):
    uploads = SeveralFilesField(
        allow_empty_file=True,
        label=gettext_lazy("Files"),
        error_messages={"required": gettext_lazy("Choose at least one file.")},
    )
    session = forms.IntegerField(required=False, widget=forms.HiddenInput)
    """Of an attendance sheet; without one the files are about the workforce."""
    instead_of = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        self.fields["uploads"].help_text = format_lazy(
            gettext_lazy(
                "XLSX, ODS, CSV, ZIP of these, DS_….txt, état 9421 (XML). Several at once; "
                "{size} MB and {rows} rows each at most."
            ),
            size=settings.MAX_UPLOAD_BYTES // MEGABYTE,
            rows=formats.number(Limits().rows - 1, language()),
        )


class ColumnSelect(forms.Select):
    """The columns of a table; each option carries what the column holds."""

    samples: Mapping[str, str] = {}

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - idem
        option = super().create_option(*args, **options)
        option["attrs"]["data-samples"] = self.samples.get(str(option["value"]), "")
        return option


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of the form as the page shows it; `reason` is why its answer was guessed."""

    bound: forms.BoundField
    reason: str = ""
    samples: str = ""
    is_choice: bool = False


class MatchForm(forms.Form):
    """How one spreadsheet is read: a column for each of our fields, and what was not clear."""

    def __init__(
        self, file: ImportFile, head: Head, layout: Layout, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=f"f{file.pk}")
        self.file, self.head, self.before = file, head, layout
        proposal = head.proposal
        self._words_asked: dict[str, tuple[str, str]] = {}
        self._matched = {each.field: each for each in layout.columns if each.field}
        self._samples = {
            str(position): " · ".join(texts) for position, texts in enumerate(proposal.samples)
        }
        for field in head.target.fields:
            self.fields[f"column_{field.name}"] = self._column(field)
        self._ask(proposal.questions)

    def _column(self, field: Field) -> forms.ChoiceField:
        wanted = field.wanted or field.name in self.head.target.one_of
        none = [(NOT_THERE, gettext("My file does not have it"))]
        choices = [("", gettext("Choose")), *none] if wanted else [("", none[0][1])]
        matched = self._matched.get(field.name)
        made = forms.ChoiceField(
            label=gettext(field.meaning) if field.meaning else field.name,
            help_text=field.name,
            choices=[*choices, *self._columns()],
            required=wanted,
            initial=str(matched.position) if matched else "",
            widget=ColumnSelect,
            error_messages={"required": gettext_lazy("Choose one of your columns.")},
        )
        made.widget.samples = self._samples
        return made

    def _columns(self) -> Iterator[tuple[str, str]]:
        for position, title in enumerate(self.head.titles):
            text = f"{_letters(position)} – {title}"
            samples = self._samples.get(str(position), "")
            yield str(position), f"{text} ({samples})" if samples else text

    def _ask(self, questions: tuple[Question, ...]) -> None:
        """Add what must be said of words and days; asked once, whatever the rounds of the page."""
        for question in questions:
            if question.kind == "day_order" and question.field:
                self.fields.setdefault(f"order_{question.field}", self._day_order(question))
            if question.kind == "word" and question.field:
                for rank, word in enumerate(question.found):
                    name = f"word_{question.field}_{rank}"
                    self.fields.setdefault(name, self._word(question.field, word))
                    self._words_asked.setdefault(name, (question.field, word))

    def _title(self, name: str) -> str:
        matched = self._matched.get(name)
        return matched.title if matched else name

    def _day_order(self, question: Question) -> forms.ChoiceField:
        example = question.found[0]
        return forms.ChoiceField(
            label=gettext("In the column « %(title)s », what is %(example)s?")
            % {"title": self._title(str(question.field)), "example": example},
            help_text=gettext("The same answer is kept for the whole column."),
            choices=_orders(example),
            widget=forms.RadioSelect,
            initial=self.before.day_order.get(str(question.field)),
            error_messages={"required": gettext_lazy("Choose one of the two days.")},
        )

    def _word(self, name: str, word: str) -> forms.ChoiceField:
        codes = dict.fromkeys(self.head.target.field(name).words.values())
        return forms.ChoiceField(
            label=f"« {word} »",
            help_text=gettext("Column « %(title)s »") % {"title": self._title(name)},
            choices=[("", gettext("Leave: these rows wait")), *((code, code) for code in codes)],
            initial=self.before.words.get(name, {}).get(folded(word), ""),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        taken: dict[str, str] = {}
        for field in self.head.target.fields:
            position = self.cleaned_data.get(f"column_{field.name}", "")
            if not position or position == NOT_THERE:
                continue
            if position in taken:
                said = gettext("This column is taken already by « %(field)s ».")
                self.add_error(f"column_{field.name}", said % {"field": taken[position]})
            taken[position] = field.name
        one_of = self.head.target.one_of
        if one_of and not set(one_of) & set(taken.values()) and not self.errors:
            said = gettext("At least one of these is needed: %(fields)s.")
            self.add_error(f"column_{one_of[0]}", said % {"fields": ", ".join(one_of)})
        return self.cleaned_data

    def layout(self) -> Layout:
        """The answers of a valid form, over what was known of the table."""
        answers = self.cleaned_data
        chosen = {
            int(answers[f"column_{field.name}"]): field.name
            for field in self.head.target.fields
            if answers[f"column_{field.name}"] not in {"", NOT_THERE}
        }
        orders = {
            name.removeprefix("order_"): order
            for name, order in answers.items()
            if name.startswith("order_")
        }
        return replace(
            self.before,
            columns=tuple(_chosen(each, chosen) for each in self.before.columns),
            words=self._words(),
            day_order={**self.before.day_order, **orders},
        )

    def _words(self) -> dict[str, dict[str, str]]:
        words = {name: dict(meant) for name, meant in self.before.words.items()}
        for name, (of, word) in self._words_asked.items():
            if code := self.cleaned_data.get(name):
                words.setdefault(of, {})[folded(word)] = code
        return words

    def asks_more(self) -> bool:
        """Whether the columns chosen hold days or words that nobody has answered about; these
        questions then stand in the form, and its next round brings their answers."""
        known = set(self.fields)
        self._ask(self.head.under(self.layout()).questions)
        new = {self.add_prefix(name) for name in self.fields if name not in known}
        if new and new & set(self.data):
            self.full_clean()
            return not self.is_valid()
        return bool(new)

    def questions(self) -> list[Asked]:
        return [
            Asked(self[name], is_choice=name.startswith("order_"))
            for name in self.fields
            if not name.startswith("column_")
        ]

    def required_columns(self) -> list[Asked]:
        return [self._asked(field) for field in self.head.target.fields if self._is_wanted(field)]

    def optional_columns(self) -> list[Asked]:
        fields = self.head.target.fields
        return [self._asked(field) for field in fields if not self._is_wanted(field)]

    def optional_matched(self) -> int:
        return sum(bool(asked.bound.value()) for asked in self.optional_columns())

    def optional_wrong(self) -> bool:
        return any(asked.bound.errors for asked in self.optional_columns())

    def unused(self) -> list[str]:
        return [each.title for each in self.before.columns if each.field is None]

    def _is_wanted(self, field: Field) -> bool:
        return field.wanted or field.name in self.head.target.one_of

    def _asked(self, field: Field) -> Asked:
        bound = self[f"column_{field.name}"]
        matched = self._matched.get(field.name)
        guessed = matched is not None and bound.value() == str(matched.position)
        reason = REASONS[matched.reason] if guessed and matched else ""
        return Asked(bound, str(reason), self._samples.get(str(bound.value()), ""))


def _chosen(column: ColumnMatch, chosen: Mapping[int, str]) -> ColumnMatch:
    field = chosen.get(column.position)
    if field == column.field:
        return column
    return replace(column, field=field, reason="chosen" if field else "none")


def _orders(example: str) -> list[tuple[str, str]]:
    """The two days that the figures of a text may mean."""
    first, second, year = (int(part) for part in _figures(example))
    year += CENTURY if year < SHORT_YEARS else 0
    return [
        ("dmy", formats.long_day(date(year, second, first), language())),
        ("mdy", formats.long_day(date(year, first, second), language())),
    ]


def _figures(text: str) -> list[str]:
    return "".join(each if each.isdigit() else " " for each in text).split()[:3]


def _letters(position: int) -> str:
    """What a spreadsheet calls a column: A, B, … AA."""
    before, rest = divmod(position, EXCEL_LETTERS)
    return (_letters(before - 1) if before else "") + chr(ord("A") + rest)
