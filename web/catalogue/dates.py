"""Dates in words, with the months as readers of the Levant and elsewhere know them."""

import re

_MONTHS = {
    "en": (
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ]
    ),
    "ar": [
        "كانون الثاني (يناير)",
        "شباط (فبراير)",
        "آذار (مارس)",
        "نيسان (أبريل)",
        "أيار (مايو)",
        "حزيران (يونيو)",
        "تموز (يوليو)",
        "آب (أغسطس)",
        "أيلول (سبتمبر)",
        "تشرين الأول (أكتوبر)",
        "تشرين الثاني (نوفمبر)",
        "كانون الأول (ديسمبر)",
    ],
}
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def date_in_words(language: str, value: str) -> str:
    """Return an ISO 8601 date, cut to any precision, in words. Anything else comes back as it stands.

    >>> date_in_words("en", "2019-03-21"), date_in_words("en", "2019-03"), date_in_words("en", "soon")
    ('21 March 2019', 'March 2019', 'soon')
    >>> date_in_words("ar", "2019-03-21")
    '21 آذار (مارس) 2019'
    """
    match = _ISO.fullmatch(value)
    if match is None:
        return value
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return year if month is None else value
    named = f"{_MONTHS[language][int(month) - 1]} {year}"
    return f"{int(day)} {named}" if day else named
