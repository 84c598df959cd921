"""The rewriting tables by manner, each a list of rows that are tried in this order.

No row adds a fact, a promise or a feeling. What is uncertain stays so: "I hope", "may" and "try to" are no padding.
"""

from collections.abc import Mapping
from types import MappingProxyType

from assist.rewrite_force import ACTIVE, DIRECT, FILLERS, HEDGES, PADDING, PLAIN_FIRM, SHORT_PHRASES
from assist.rewrite_forms import FULL_FORMS, SHORT_FORMS
from assist.rewrite_rows import Row
from assist.rewrite_tone import CLOSINGS_WARM, FORMAL_WORDS, GREETINGS_WARM, NATURAL, PLAIN, PLEASE, SLANG, SOFT

TABLES: Mapping[str, tuple[Row, ...]] = MappingProxyType(
    {
        "friendlier": (*GREETINGS_WARM, *CLOSINGS_WARM, *ACTIVE, *NATURAL, *PLAIN, *SOFT, *PLEASE, *SHORT_FORMS),
        "formal": (*SLANG, *FULL_FORMS, *FORMAL_WORDS, *PLEASE),
        "shorter": (*PADDING, *SHORT_PHRASES, *FILLERS),
        "firmer": (*DIRECT, *HEDGES, *PLAIN_FIRM, *ACTIVE),
    }
)
