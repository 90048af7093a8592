"""What references resolve to: the facts, contacts and words of one pack."""

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.catalog.contact import Contact
from curriculum.catalog.fact import Fact
from curriculum.catalog.glossary import Word
from curriculum.catalog.reference import Reference, UnknownReference


@dataclass(frozen=True, eq=False)
class Registers:
    """Finds what a reference names; `fact`, `contact` and `word` raise UnknownReference when it names nothing."""

    facts: Mapping[str, Fact]
    contacts: Mapping[str, Contact]
    glossary: Mapping[str, Word]

    def fact(self, reference: Reference) -> Fact:
        """Return the fact, which has the figure or the easy sentence that the reference asks for, if any."""
        fact = self.facts.get(reference.id)
        if fact is None or not _has(fact, reference):
            raise UnknownReference(reference)
        return fact

    def contact(self, reference: Reference) -> Contact:
        """Return the contact, which has a number if the reference asks for `.phone`."""
        contact = self.contacts.get(reference.id)
        if contact is None or reference.part not in (None, "phone" if contact.phone else None):
            raise UnknownReference(reference)
        return contact

    def word(self, reference: Reference) -> Word:
        """Return the word."""
        word = self.glossary.get(reference.id)
        if word is None:
            raise UnknownReference(reference)
        return word

    def know(self, reference: Reference) -> bool:
        """Whether the reference names something."""
        try:
            {"fact": self.fact, "contact": self.contact, "word": self.word}[reference.kind](reference)
        except UnknownReference:
            return False
        return True


def _has(fact: Fact, reference: Reference) -> bool:
    if reference.is_easy:
        return fact.easy is not None
    return reference.part is None or reference.part in fact.figures
