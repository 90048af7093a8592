"""How a reference is printed: a fact with its source mark, a number that dials, a word that is explained."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from babel.dates import format_date

from curriculum.catalog.contact import Contact
from curriculum.catalog.notes import Notes
from curriculum.catalog.reference import Reference
from curriculum.catalog.registers import Registers
from curriculum.catalog.text import Locale, Style, Text

# In the language of the lesson, which need not be that of the interface: both stand side by side on one page.
_CHECKED: Final = Text(ko="({day} 확인)", en="(checked {day})")


@dataclass(frozen=True, eq=False)
class ReferenceWriter:
    """Prints references for one page in one language on one day, and collects their notes."""

    registers: Registers
    locale: Locale
    style: Style
    today: date
    notes: Notes

    def html(self, reference: Reference) -> str:
        """Return the HTML of a reference; raises UnknownReference."""
        write = {"fact": self._fact, "contact": self._contact, "word": self._word}[reference.kind]
        return write(reference)

    def safe_sentences(self, references: Iterable[Reference]) -> str:
        """Return the safe sentences for overdue figures, each once, or ""; raises UnknownReference."""
        figures = [one for one in references if one.kind == "fact" and one.part is not None and not one.is_easy]
        facts = {one.id: self.registers.fact(one) for one in figures}
        return " ".join(fact.safe.in_(self.locale) for fact in facts.values() if fact.gives_way(self.today))

    def _fact(self, reference: Reference) -> str:
        fact = self.registers.fact(reference)
        if fact.easy is not None and reference.is_easy:
            text = fact.easy.in_(self.locale)
        elif fact.gives_way(self.today):
            # Its source is dated as the sentence was: it gives way together with it.
            return escape(fact.safe.in_(self.locale))
        elif reference.part is not None:
            text = fact.figures[reference.part].in_(self.locale)
        else:
            text = fact.sentence(self.locale, self.style, self.today)
        source = self.notes.cite(fact, self.locale)
        number = str(source.number)
        mark = f'<a href="#source-{escape(source.id)}">{number}</a>' if self.notes.linked else number
        return f'{escape(text)}<sup class="source-mark">{mark}</sup>'

    def _contact(self, reference: Reference) -> str:
        contact = self.registers.contact(reference)
        label = escape(self._contact_label(contact, reference))
        if contact.dial is None:
            html = f'<span class="contact">{label}</span>'
        else:
            html = f'<a class="contact" href="tel:{escape(contact.dial)}">{label}</a>'
        return f"{html} {self._checked(contact)}" if contact.is_overdue(self.today) else html

    def _contact_label(self, contact: Contact, reference: Reference) -> str:
        phone = contact.phone or ""
        if reference.part == "phone":
            return phone
        name = contact.name.in_(self.locale)
        # Some places are called by their number ("여성긴급전화 1366"): it is not said twice.
        return name if phone in name else f"{name} {phone}"

    def _checked(self, contact: Contact) -> str:
        day = format_date(contact.as_of, format="long", locale=self.locale)
        return f'<span class="checked">{escape(_CHECKED.in_(self.locale).format(day=day))}</span>'

    def _word(self, reference: Reference) -> str:
        word = self.registers.word(reference)
        is_first = self.notes.explain(word)
        text = escape(reference.text or word.term.in_(self.locale))
        if not self.notes.explained:
            return f'<span class="word">{text}</span>'
        note = f"word-{escape(word.id)}-{self.locale}"
        back = f' id="{note}-used"' if is_first else ""  # where the note leads back to
        return f'<a class="word" href="#{note}"{back}>{text}</a>'
