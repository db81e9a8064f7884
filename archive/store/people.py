"""What people type and put their name to, checked before it is kept."""

import re

from archive.errors import BadCorrection, BadMetadata

LONGEST_NAME = 200
LONGEST_REASON = 2_000
LONGEST_CORRECTION = 10_000
"""Letters that the English of a sentence may have, unless the sentence itself is a third as long or longer."""

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What may not stand in a field: control characters, halves of surrogate pairs."""

_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""The same, and what reorders the text around it."""


def check_name(by: str) -> str:
    """Return the name under which a change stands. Raises `BadMetadata`."""
    person = " ".join(by.split())
    if not person:
        raise BadMetadata("a change by people needs a name to stand under; give one with --by")
    if _STEERING.search(person):
        raise BadMetadata("the name holds control characters; give it in plain letters with --by")
    if len(person) > LONGEST_NAME:
        raise BadMetadata(f"the name has {len(person)} letters; give at most {LONGEST_NAME} with --by")
    return person


def check_reason(reason: str) -> str:
    """Return the reason for a withdrawal. Raises `BadCorrection`."""
    said = " ".join(reason.split())
    if not any(letter.isalnum() for letter in said):
        raise BadCorrection("a withdrawal needs a reason that readers will see; give one with --reason")
    if _STEERING.search(said):
        raise BadCorrection("the reason holds control characters; type it as plain text")
    if len(said) > LONGEST_REASON:
        raise BadCorrection(f"the reason has {len(said)} letters; give at most {LONGEST_REASON}")
    return said


def check_english(text: str, original: str) -> str:
    """Return the English of a sentence, white space folded. Raises `BadCorrection`.

    >>> check_english(" Three civilians were killed.\\n", "قتل ثلاثة مدنيين.")
    'Three civilians were killed.'
    """
    english = " ".join(text.split())
    if not any(letter.isalnum() for letter in english):
        raise BadCorrection("a correction needs words; `sijill undo` takes back a correction that should not stand")
    if _STEERING.search(english):
        raise BadCorrection("the correction holds control characters or broken letters; type it as plain text")
    most = max(LONGEST_CORRECTION, 3 * len(original))
    if len(english) > most:
        raise BadCorrection(f"the correction has {len(english)} letters; one sentence can have at most {most}")
    if english == " ".join(original.split()):
        raise BadCorrection("the correction is the Arabic sentence itself; give its English")
    return english
