"""The English an archive wants: spellings exchanged so that a sentence stays whole, what is missing is said."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from archive.document import Note
from archive.store import Store
from archive.translation import AlignedPair, Origin, Translation, sentence_key
from indexer.errors import BadGlossary
from indexer.translation.glossary import Glossary, Term
from indexer.translation.run import GLOSSARY, Asked, _Run, archive_glossary
from indexer.translation.translator import Draft, TranslatorInfo

AddArticle = Callable[[Store, str, list[str]], str]


@pytest.mark.parametrize(
    ("arabic", "written", "wanted"),
    [
        ("وصلوا إلى دير الزور", "They reached Dayr az-Zawr.", "They reached Deir ez-Zor."),
        ("شوارع دير الزور", "Dayr al-Zawr's streets", "Deir ez-Zor's streets"),
        ("شوارع دير الزور", "DAYR AZ-ZAWR: THE STREETS", "DEIR EZ-ZOR: THE STREETS"),
        ("شوارع دير الزور", "Streets of DeirEzzour", "Streets of Deir ez-Zor"),
        ("ريف دير الزور", "the Dayr az-Zawr countryside", "the Deir ez-Zor countryside"),
        ("قرب الباغوز", "near al-Baghuz and Baghouz", "near Baghouz and Baghouz"),
        ("تنظيم القاعدة في إدلب", "al Qaida in Edlib", "al-Qaeda in Idlib"),
        ("اتهم حزب الله", "An Hizballah statement", "A Hezbollah statement"),
        ("قرب الشعفة والبوكمال", "near Ash Shafah and al-Bukamal", "near al-Shaafa and Abu Kamal"),
    ],
)
def test_names_of_the_gazetteer_are_spelled_one_way(arabic: str, written: str, wanted: str) -> None:
    assert Glossary().plan(arabic).shape(written).text == wanted


@pytest.mark.parametrize(
    ("arabic", "line"),
    [
        ("مقاتلو داعش", "Daesh fighters"),
        ("تنظيم الدولة الإسلامية", "ISIS fighters"),
        ("عين العرب", "in Ayn al-Arab"),
        ("قوات سوريا الديمقراطية", "the SDF said"),
        ("الجولاني", "al-Jolani said"),
        ("ريف دير الزور", "the Deir ez-Zor Governorate"),
        ("طالبان والكرملين", "the Taliban and the Kremlin"),
        ("وصلوا إلى المدينة", "They left Dayr az-Zawr for the city"),
        ("دير الزور", ""),
    ],
)
def test_whoever_is_called_by_two_names_keeps_the_one_that_stands(arabic: str, line: str) -> None:
    assert Glossary().plan(arabic).shape(line).text == line


def test_aligned_words_stay_with_their_words() -> None:
    line = "In Dayr az-Zawr people fled"
    pairs = [AlignedPair(0, 2, 0, 2, 1.0), AlignedPair(3, 12, 8, 15, 0.9), AlignedPair(13, 17, 16, 22, 0.8)]
    shaped = Glossary().plan("في دير الزور نزح الناس").shape(line, pairs)
    said = [shaped.text[pair.target_start : pair.target_end] for pair in shaped.alignment]
    assert said == ["In", "Deir ez-Zor", "people"]


def glossary(tmp_path: Path, *lines: str) -> Glossary:
    file = tmp_path / "terms.tsv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return Glossary.read(file)


def test_a_file_of_terms(tmp_path: Path) -> None:
    terms = glossary(
        tmp_path,
        "\ufeff# what it is\tand what we call it",
        "",
        "دير الزور\tDeir al-Zour",
        "براميل متفجرة|البراميل المتفجرة\tbarrel bombs\texplosive barrels|explosive drums",
        "تنظيم الدولة|داعش\tISIS\tDaesh|Islamic State",
    )
    shape = terms.plan("قصفت دير الزور بالبراميل المتفجرة").shape
    assert shape("Dayr az-Zawr was bombed with explosive drums").text == "Deir al-Zour was bombed with barrel bombs"
    assert shape("Explosive barrels fell on Deir ez-Zor").text == "Barrel bombs fell on Deir al-Zour"
    assert shape("It was bombed").notes == (
        Note("glossary_unmet", ("دير الزور", "Deir al-Zour")),
        Note("glossary_unmet", ("براميل متفجرة", "barrel bombs")),
    )
    assert terms.plan("قال إن داعش انسحب من البوكمال").shape("He said Daesh left Bukamal").text == (
        "He said ISIS left Abu Kamal"
    ), "the gazetteer's spellings still hold"
    assert Glossary.unpack(terms.pack()).stamp == terms.stamp != Glossary().stamp


def test_a_name_that_is_a_word_in_small_letters_is_none() -> None:
    terms = Glossary((Term(("هيت",), "Heet", ("Hit",)),), names=False)
    assert terms.plan("قصفوا هيت").shape("They hit Hit").text == "They hit Heet"


def test_terms_that_want_different_english_for_one_spelling_leave_it() -> None:
    terms = Glossary((Term(("ألف",), "Alpha", ("first",)), Term(("باء",), "Beta", ("first",))), names=False)
    assert terms.plan("ألف ثم باء").shape("the first and the first").text == "the first and the first"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("دير الزور", "line 1 of the glossary"),
        ("Deir\tdir", "does not begin with Arabic"),
        ("دير\tDeir|Dayr", "is not Arabic, tab, the English wanted"),
        ("دير\tDeir\ta\tb", "is not Arabic"),
        ("دير\t", "is not Arabic"),
        ("دير" * 100 + "\tDeir", "more than 200 letters"),
    ],
)
def test_a_line_that_is_no_term_is_named(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(BadGlossary, match=reason):
        glossary(tmp_path, line)


def test_a_file_that_is_no_glossary(tmp_path: Path) -> None:
    with pytest.raises(BadGlossary, match="can't be read"):
        Glossary.read(tmp_path / "nosuch.tsv")
    (tmp_path / "latin").write_bytes(b"\xe9\t\xff")
    with pytest.raises(BadGlossary, match="not UTF-8"):
        Glossary.read(tmp_path / "latin")


class Told:
    """Translates what it was told to, and counts what it was asked for."""

    info = TranslatorInfo("argos", "told", "hash", Origin.MACHINE)

    def __init__(self, lines: dict[str, str]) -> None:
        self.lines = lines
        self.asked: list[str] = []

    def translate(self, texts: Sequence[str]) -> Iterator[tuple[int, Draft]]:
        """Give the lines."""
        for position, text in enumerate(texts):
            self.asked.append(text)
            yield position, Draft(self.lines[text], score=-0.1)


LINES = {
    "وصلوا إلى دير الزور": "They reached Dayr az-Zawr",
    "سقطت براميل متفجرة": "Explosive drums fell",
    "عادوا مساء": "They came back in the evening",
}


@pytest.fixture
def store(tmp_path: Path, add_article: AddArticle) -> Iterator[Store]:
    """An archive of three sentences."""
    with Store.open(tmp_path / "terms", create=True) as opened:
        add_article(opened, "one", list(LINES))
        yield opened


def run(store: Store, terms: Glossary, *, again: bool = False) -> Told:
    told = Told(LINES)
    made = _Run(store, told, None, terms)
    made.translate(None)
    made.revise(again=again)
    return told


def english(store: Store) -> list[str]:
    (article,) = store.articles()
    return [line.text for line in article.translations if line]


def test_a_term_that_changed_redoes_the_sentences_that_hold_it_and_no_other(store: Store) -> None:
    none = Glossary(names=False)
    assert run(store, none).asked == list(LINES)
    assert english(store) == list(LINES.values())
    names = Glossary()
    assert run(store, names).asked == [], "what no term has shaped is shaped as it stands"
    assert english(store) == ["They reached Deir ez-Zor", *list(LINES.values())[1:]]
    bombs = Glossary((Term(("براميل متفجرة",), "barrel bombs", ("explosive drums",)),))
    assert run(store, bombs).asked == []
    assert english(store)[1] == "Barrel bombs fell"
    other = Glossary((Term(("براميل متفجرة",), "barrel-bombs", ("explosive drums",)),))
    assert run(store, other).asked == ["سقطت براميل متفجرة"]
    assert english(store)[1] == "Barrel-bombs fell"
    assert run(store, other).asked == []
    assert sorted(run(store, none).asked) == sorted(list(LINES)[:2])
    assert english(store) == list(LINES.values())
    assert [len(store.translations(sentence_key(text))) for text in LINES] == [1, 1, 1]
    assert sorted(run(store, none, again=True).asked) == sorted(LINES), "a change of settings, when asked to"


def test_what_people_reviewed_is_not_touched(store: Store) -> None:
    run(store, Glossary(names=False))
    text = "وصلوا إلى دير الزور"
    reviewed = Translation("They got to Dayr az-Zawr", Origin.REVIEWED, "memory", "2026-11-20T00:00:00+00:00", by="A")
    store.save_translations([(sentence_key(text), reviewed)])
    run(store, Glossary())
    assert english(store)[0] == reviewed.text


def test_an_archive_keeps_its_glossary(store: Store) -> None:
    assert archive_glossary(store).stamp == Glossary().stamp
    chosen = Glossary((Term(("ماء",), "water"),), names=False)
    store.set_setting(GLOSSARY, chosen.pack())
    assert archive_glossary(store).stamp == chosen.stamp
    assert Asked().glossary is None


def test_a_line_that_lacks_its_term_says_so(store: Store) -> None:
    run(store, Glossary((Term(("مساء",), "at dusk"),)))
    (line,) = store.translations(sentence_key("عادوا مساء"))
    assert Note("glossary_unmet", ("مساء", "at dusk")) in line.trust
    assert line.text == LINES["عادوا مساء"]
