"""Inflecting English words for word-by-word lines."""

import re
from functools import cache

from indexer.translation.gloss.tables import english_words

_IRREGULAR = {
    "be": ("was", "been"),
    "have": ("had", "had"),
    "do": ("did", "done"),
    "go": ("went", "gone"),
    "say": ("said", "said"),
    "make": ("made", "made"),
    "take": ("took", "taken"),
    "undertake": ("undertook", "undertaken"),
    "come": ("came", "come"),
    "become": ("became", "become"),
    "overcome": ("overcame", "overcome"),
    "see": ("saw", "seen"),
    "foresee": ("foresaw", "foreseen"),
    "oversee": ("oversaw", "overseen"),
    "know": ("knew", "known"),
    "get": ("got", "got"),
    "forget": ("forgot", "forgotten"),
    "give": ("gave", "given"),
    "forgive": ("forgave", "forgiven"),
    "find": ("found", "found"),
    "think": ("thought", "thought"),
    "tell": ("told", "told"),
    "leave": ("left", "left"),
    "feel": ("felt", "felt"),
    "put": ("put", "put"),
    "bring": ("brought", "brought"),
    "begin": ("began", "begun"),
    "keep": ("kept", "kept"),
    "hold": ("held", "held"),
    "withhold": ("withheld", "withheld"),
    "uphold": ("upheld", "upheld"),
    "write": ("wrote", "written"),
    "stand": ("stood", "stood"),
    "understand": ("understood", "understood"),
    "withstand": ("withstood", "withstood"),
    "hear": ("heard", "heard"),
    "let": ("let", "let"),
    "mean": ("meant", "meant"),
    "set": ("set", "set"),
    "meet": ("met", "met"),
    "run": ("ran", "run"),
    "pay": ("paid", "paid"),
    "repay": ("repaid", "repaid"),
    "sit": ("sat", "sat"),
    "speak": ("spoke", "spoken"),
    "lie": ("lay", "lain"),
    "lead": ("led", "led"),
    "mislead": ("misled", "misled"),
    "read": ("read", "read"),
    "grow": ("grew", "grown"),
    "lose": ("lost", "lost"),
    "fall": ("fell", "fallen"),
    "befall": ("befell", "befallen"),
    "send": ("sent", "sent"),
    "build": ("built", "built"),
    "rebuild": ("rebuilt", "rebuilt"),
    "draw": ("drew", "drawn"),
    "withdraw": ("withdrew", "withdrawn"),
    "break": ("broke", "broken"),
    "spend": ("spent", "spent"),
    "cut": ("cut", "cut"),
    "rise": ("rose", "risen"),
    "arise": ("arose", "arisen"),
    "drive": ("drove", "driven"),
    "buy": ("bought", "bought"),
    "wear": ("wore", "worn"),
    "choose": ("chose", "chosen"),
    "seek": ("sought", "sought"),
    "throw": ("threw", "thrown"),
    "overthrow": ("overthrew", "overthrown"),
    "catch": ("caught", "caught"),
    "deal": ("dealt", "dealt"),
    "win": ("won", "won"),
    "forbid": ("forbade", "forbidden"),
    "fight": ("fought", "fought"),
    "teach": ("taught", "taught"),
    "eat": ("ate", "eaten"),
    "sing": ("sang", "sung"),
    "strike": ("struck", "struck"),
    "hang": ("hung", "hung"),
    "shake": ("shook", "shaken"),
    "ride": ("rode", "ridden"),
    "feed": ("fed", "fed"),
    "shoot": ("shot", "shot"),
    "drink": ("drank", "drunk"),
    "hit": ("hit", "hit"),
    "fly": ("flew", "flown"),
    "flee": ("fled", "fled"),
    "hide": ("hid", "hidden"),
    "sell": ("sold", "sold"),
    "sink": ("sank", "sunk"),
    "swim": ("swam", "swum"),
    "sleep": ("slept", "slept"),
    "burn": ("burned", "burned"),
    "bear": ("bore", "borne"),
    "beat": ("beat", "beaten"),
    "bend": ("bent", "bent"),
    "bind": ("bound", "bound"),
    "bleed": ("bled", "bled"),
    "blow": ("blew", "blown"),
    "cast": ("cast", "cast"),
    "broadcast": ("broadcast", "broadcast"),
    "forecast": ("forecast", "forecast"),
    "cost": ("cost", "cost"),
    "dig": ("dug", "dug"),
    "freeze": ("froze", "frozen"),
    "hurt": ("hurt", "hurt"),
    "lay": ("laid", "laid"),
    "lend": ("lent", "lent"),
    "light": ("lit", "lit"),
    "prove": ("proved", "proven"),
    "quit": ("quit", "quit"),
    "show": ("showed", "shown"),
    "shut": ("shut", "shut"),
    "spread": ("spread", "spread"),
    "steal": ("stole", "stolen"),
    "stick": ("stuck", "stuck"),
    "swear": ("swore", "sworn"),
    "sweep": ("swept", "swept"),
    "tear": ("tore", "torn"),
    "wake": ("woke", "woken"),
    "weep": ("wept", "wept"),
    "wound": ("wounded", "wounded"),
    "found": ("founded", "founded"),
    "rid": ("rid", "rid"),
    "split": ("split", "split"),
    "spring": ("sprang", "sprung"),
    "forsake": ("forsook", "forsaken"),
}
_PLURALS = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "person killed": "people killed",
    "foot": "feet",
    "tooth": "teeth",
    "goose": "geese",
    "mouse": "mice",
    "life": "lives",
    "wife": "wives",
    "knife": "knives",
    "half": "halves",
    "leaf": "leaves",
    "self": "selves",
    "shelf": "shelves",
    "thief": "thieves",
    "wolf": "wolves",
    "crisis": "crises",
    "basis": "bases",
    "analysis": "analyses",
    "spokesperson": "spokespeople",
    "passerby": "passersby",
}
_DOUBLING = re.compile(r"(?:^|[^aeiou])[aeiou][bdgkmnprt]$")
_DOUBLED = frozenset(
    {
        "refer",
        "occur",
        "admit",
        "commit",
        "permit",
        "submit",
        "transfer",
        "prefer",
        "control",
        "compel",
        "expel",
        "regret",
        "begin",
    }
)


def plural(noun: str) -> str:
    """Return the plural of a noun or noun phrase; words that are plural already come back unchanged.

    >>> [plural(word) for word in ("civilian", "city", "aircraft", "child", "gunman", "raids")]
    ['civilians', 'cities', 'aircraft', 'children', 'gunmen', 'raids']
    """
    if noun in _PLURALS:
        return _PLURALS[noun]
    head, of, rest = noun.partition(" of ")
    if of:
        return f"{plural(head)} of {rest}"
    before, space, last = noun.rpartition(" ")
    if last.endswith("man") and last not in ("human", "German", "Roman"):
        return noun[:-2] + "en"
    if last in _PLURALS:
        return before + space + _PLURALS[last]
    if (
        last in english_words("uncountable")
        or last.endswith("men")
        or (last.endswith("s") and not last.endswith(("ss", "us", "is")))
    ):
        return noun
    if last.endswith(("ss", "sh", "ch", "x", "z", "us", "is")):
        return noun + "es"
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def is_plural(noun: str) -> bool:
    """Say whether a gloss is plural as it stands."""
    last = noun.rpartition(" ")[2]
    if last in _PLURALS.values() or last in ("people", "media", "police"):
        return True
    return last.endswith("s") and not last.endswith(("ss", "us", "is"))


@cache
def _bases() -> dict[str, str]:
    bases = {form: base for base, forms in _IRREGULAR.items() for form in forms}
    bases |= {many: one for one, many in _PLURALS.items()}
    return {form: base for form, base in bases.items() if " " not in form + base}


def base_form(word: str) -> str:
    """Return the word that an irregular form belongs to; any other word comes back unchanged.

    >>> base_form("went"), base_form("children"), base_form("strikes")
    ('go', 'child', 'strikes')
    """
    return _bases().get(word, word)


def past(verb: str) -> str:
    """Return the past of a verb or verb phrase.

    >>> [past(verb) for verb in ("carry out", "flee", "target", "be able", "stop")]
    ['carried out', 'fled', 'targeted', 'was able', 'stopped']
    """
    return _inflected(verb, 0)


def participle(verb: str) -> str:
    """Return the past participle of a verb or verb phrase.

    >>> [participle(verb) for verb in ("carry out", "take", "be killed")]
    ['carried out', 'taken', 'been killed']
    """
    return _inflected(verb, 1)


def _inflected(verb: str, form: int) -> str:
    first, space, rest = verb.partition(" ")
    if first in _IRREGULAR:
        return _IRREGULAR[first][form] + space + rest
    return _regular(first) + space + rest


def _regular(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def _doubled(verb: str) -> str:
    one_beat = len(re.findall(r"[aeiou]+", verb)) == 1
    return verb + verb[-1] if verb in _DOUBLED or (one_beat and _DOUBLING.search(verb)) else verb


def third_person(verb: str) -> str:
    """Return the third person of the present.

    >>> [third_person(verb) for verb in ("carry out", "flee", "be able", "reach", "have")]
    ['carries out', 'flees', 'is able', 'reaches', 'has']
    """
    first, space, rest = verb.partition(" ")
    if first in ("be", "have"):
        return {"be": "is", "have": "has"}[first] + space + rest
    if first in ("go", "do"):
        return first + "es" + space + rest
    if first.endswith("y") and first[-2:-1] not in "aeiou":
        return first[:-1] + "ies" + space + rest
    ending = "es" if first.endswith(("ss", "sh", "ch", "x", "z", "s")) else "s"
    return first + ending + space + rest


def plain_plural(verb: str) -> str:
    """Return the present for a plural subject: the plain form, `are` for `be`."""
    return "are" + verb[2:] if verb == "be" or verb.startswith("be ") else verb


def gerund(verb: str) -> str:
    """Return the -ing form.

    >>> [gerund(verb) for verb in ("carry out", "flee", "take", "be", "stop")]
    ['carrying out', 'fleeing', 'taking', 'being', 'stopping']
    """
    first, space, rest = verb.partition(" ")
    if first in ("be", "flee", "see", "agree", "oversee", "foresee"):
        return first + "ing" + space + rest
    if first.endswith("ie"):
        return first[:-2] + "ying" + space + rest
    if first.endswith("e"):
        return first[:-1] + "ing" + space + rest
    return _doubled(first) + "ing" + space + rest
