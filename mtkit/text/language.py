"""Tell Vietnamese, English and Russian apart, Vietnamese with and without its diacritics.

Script decides for Russian. Between the Latin two, words vote: the letters and function words that only one
of them has, and whether a word can be a Vietnamese syllable at all. Capitalised words, mostly names, weigh
less: English news is full of Vietnamese ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mtkit.errors import ConfigError
from mtkit.text.unicode import has_vietnamese_letters, strip_diacritics

SOURCE_LANGUAGES = ("vi", "en")
_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_NOT_PROSE = re.compile(r"\S*(?:\d|/|@)\S*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_NOT_RUSSIAN = re.compile(r"[іїєґўјљњћђџѓќѕәғқңөұүһҳҷ]", re.IGNORECASE)

_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|nh?|ngh?|p|ph|qu|r|s|th?|tr|v|x)?"
    r"(?:a[iouy]?|e[ou]?|i(?:a|u|eu?)?|o(?:a[ioy]?|eo?|i|o)?|u(?:a[iuy]?|e|i|o[iu]?|u|y(?:a|e|u)?)?|y(?:eu?)?)"
    r"(?:ch?|m|n[gh]?|p|t)?"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH = _words(
    "the of and for with that was were is are has have had by from at as this which will its said not been "
    "it his their they she who what when into more after before during over under between about against "
    "also but or if would should could must all new first two three one year years we you our your be him "
    "her there than then these those some other such only up out people says say day days while where how "
    "may"
)
_EITHER = _words("a an to in on no so do he me i am can ban my go us men ten hang song long sung chat cat")
_OTHERS = _words(
    "les des est une dans pour avec vous nous sont der das und ist nicht eine mit von werden auf el los las "
    "una para como pero yang untuk dengan dari pada adalah tidak della degli sono che não uma são het een "
    "niet"
)
_NAME_WEIGHT = 0.25
_BARE_SYLLABLE_WEIGHT = 0.7
_LEAST_EVIDENCE = 0.5
_MAJORITY = 0.55


def detect_language(text: str) -> str | None:
    """Return "vi", "en" or "ru"; None where the text is too short, mixed, or in another language.

    Made for one text in one language, from a headline to an article (its first 20,000 characters count).
    """
    prose = _NOT_PROSE.sub(" ", text[:_SAMPLE])
    cyrillic, latin = len(_CYRILLIC.findall(prose)), len(_LATIN.findall(prose))
    if cyrillic > latin:
        foreign = len(_NOT_RUSSIAN.findall(prose))
        return "ru" if foreign <= 0.02 * cyrillic else None
    return _vote(prose)


def source_language(sources: Sequence[str], src_lang: str, path: str) -> str:
    """The language of sources, told from them where it is "auto". Raises ConfigError where it cannot be."""
    language = detect_language("\n".join(sources)) if src_lang == "auto" else src_lang
    if language not in SOURCE_LANGUAGES:
        raise ConfigError(
            f"{path} is neither Vietnamese nor English.", "Name its language with --from vi or en."
        )
    return language


def _vote(prose: str) -> str | None:
    votes = {"vi": 0.0, "en": 0.0, "other": 0.0}
    shouted = prose.isupper()
    for word in _WORD.findall(prose):
        lower = word.lower()
        if lower in _ENGLISH:
            votes["en"] += 2
        elif lower in _OTHERS:
            votes["other"] += 2
        elif shouted or not (len(word) > 1 and word.isupper() and word.isascii()):
            language, weight = _word_vote(lower)
            votes[language] += weight * (1 if shouted or word[0].islower() else _NAME_WEIGHT)
    vietnamese, english = votes["vi"], votes["en"]
    best = max(vietnamese, english)
    if best < _LEAST_EVIDENCE or votes["other"] > 0.6 * best or best < _MAJORITY * (vietnamese + english):
        return None
    return "vi" if vietnamese > english else "en"


def _word_vote(lower: str) -> tuple[str, float]:
    syllable = _SYLLABLE.fullmatch(strip_diacritics(lower))
    if has_vietnamese_letters(lower):
        return ("vi", 2) if syllable else ("other", 1)
    if not lower.isascii():
        return "other", 1
    if lower in _EITHER:
        return "vi", 0
    return ("vi", _BARE_SYLLABLE_WEIGHT) if syllable else ("en", 1)
