"""Facts that are said with few words: a number of an order, an amount of money. No others are taken from a tongue."""

import re
from collections.abc import Iterator

from assist.reading import Fact
from assist.text import Text

ORDER = re.compile(
    r"\b(?:bestell(?:ung|nummer)|auftrag(?:snummer)?|rechnung(?:snummer)?|kundennummer|vorgang(?:snummer)?|sendung"
    r"|pedido|factura|referencia|envio|reserva|commande|facture|dossier|colis|referenz|reference)"
    r"\s?(?:lautet|ist|es|est)?\s?(?:nr|nummer|numero|num|no|n\u00b0|nº|n)?\.?\s?[:#]?\s?"
    r"(?P<value>(?=[a-z-]{0,8}\d)[a-z0-9][a-z0-9-]{3,29})(?!\w)"
)
AMOUNT = re.compile(
    r"(?<![\w.,])(?P<value>\d{1,3}(?:[. ]?\d{3}){0,3}(?:[.,]\d{2})?\s?(?:\u20ac|\$|\u00a3|euros?|eur|pesos|soles"
    r"|chf|franken)"
    r"|[\u20ac$\u00a3]\s?\d{1,3}(?:[.,]?\d{3}){0,3}(?:[.,]\d{2})?)(?!\w)"
)


def facts(text: Text) -> Iterator[Fact]:
    """The first number of an order and the first amount, as they were written."""
    for slot, pattern in (("order", ORDER), ("amount", AMOUNT)):
        found = pattern.search(text.plain)
        if found:
            start, end = text.span(*found.span("value"))
            yield Fact(slot, text.original[start:end], start, end)
