"""Short forms and full forms: "I'm" and "I am", each way with the guards that keep it grammatical."""

from assist.rewrite_rows import Row, rows

# After these an auxiliary "have" may be shortened; "I have a question" may not.
PARTICIPLES = (
    "been|already|also|now|just|never|always|recently|since|sent|seen|found|taken|made|given|put|got|had|done|gone|written|"
    "spoken|told|understood|left|read|set|kept|received|checked|asked|added|opened|closed|looked|moved|changed|tried|"
    "reached|passed|noted|started|reset|forwarded|updated|cancelled|canceled|refunded|credited|processed|issued|replied|"
    "contacted|escalated|reviewed|shipped|booked|confirmed|spotted|heard|come|run|brought|bought|followed|responded"
)
PRONOUNS = "i|you|we|they|he|she|it|this|that|there"
# "Yes, I am." and "as fast as it is." stay whole: a short form needs something after it.
GOES_ON = "> -and|or|but|if|as|to"
AUXILIARIES = ("is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "could", "would", "should")
SHORTENED = "|".join(AUXILIARIES)

SHORT_FORMS: tuple[Row, ...] = rows(
    "short form",
    rf"""
    {SHORTENED} not => \1n't -i|you|we|they|he|she|it|only|to|yet <or|whether|if
    can not => can't -only
    cannot => can't
    will not => won't <or|whether
    i am => I'm {GOES_ON} <as|than|who|where|what|how
    you|we|they are => \1're {GOES_ON} <as|than|who|where|what|how|are
    he|she|it|that|there is => \1's {GOES_ON} <as|than|what|how|where|who|like|of|with|for|about|in
    what|where|who|how is => \1's +your|the|it|that|this|going|wrong
    here is => here's +the|a|your|what|how|my|our
    i|you|we|they have => \1've +{PARTICIPLES} <do|did|should|could|would|will|can|may|might|must
    i|you|we|they|he|she|it will => \1'll > -and|or|but|if|as|to|not|you|i|we <as|than|how|what|when
    i|you|we|they would => \1'd +like|love|be|need|appreciate|recommend|suggest|want|have|also|prefer|say
    let us => let's +see|look|check|start|try|begin|find
    """,
)


def _denials() -> str:
    """Each "n't" as "not": in a statement in its place, in a question behind who is asked about."""
    whole = {**{word: f"{word}n't" for word in AUXILIARIES}, "will": "won't", "can": "can't"}
    lines = []
    for word, short in whole.items():
        full = "cannot" if word == "can" else f"{word} not"
        lines += [f"{short} {PRONOUNS} => {word} \\2 not ??", f"{short} => {full} .. -{PRONOUNS}"]
    return "\n".join(lines)


def _joined_words() -> str:
    """Each "I'll", "you're" and the like in full."""
    lines = ["i'm => I am", "let's => let us"]
    lines += [f"{who}'re => {who} are" for who in ("you", "we", "they")]
    lines += [f"{who}'ll => {who} will" for who in ("I", "you", "we", "they", "it", "that", "there")]
    lines += [f"{who}'ve => {who} have" for who in ("I", "you", "we", "they")]
    would = "+like|love|be|appreciate|recommend|suggest|want|need|prefer|have|also|say|advise"
    lines += [f"{who}'d => {who} would {would}" for who in ("I", "you", "we", "they")]
    perfect = "been|got|had|taken|gone|happened|come|become"
    lines += [f"{what}'s {perfect} => {what} has \\2" for what in ("it", "that", "there", "what", "where")]
    lines += [f"{what}'s => {what} is -{perfect}" for what in ("it", "that", "there", "here", "what", "where", "who")]
    return "\n".join(lines)


FULL_FORMS: tuple[Row, ...] = rows("full form", f"{_denials()}\n{_joined_words()}")
