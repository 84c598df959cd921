"""Dialect and everyday spellings, read as the standard words that they stand for.

How somebody spells tells nothing of their temper, and labelled sets quote some dialects mostly where people quarrel.
Spellings that are also a name, or a word of another meaning or language, are left as they are.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

TABLE = """
about: aboot abaht 'bout | already: areddy oredi | alright: aight a'ight | always: alwiz allus | anybody: anybuddy
anything: owt anyting anythin anyfing | because: cos coz cuz bcos becoz | before: afore b4 befo | brother: bruv brudda
can't: cyaa | cannot: cannae cyaan cyan | could: cud culd | could have: coulda cudda
could not: couldnae couldny cudnae | did not: didnae didny | do not: dinnae dinna | does not: doesnae disnae doesny
don't know: dunno | down: doon dahn | every: evry | everything: everyting everythin everyfing | for: fae | from: frae
give: gie | give me: gimme gimmi | going on: gwaan | going to: gonna gonnae gunna finna | got to: gotta | great: gr8
hate: h8 | had not: hadnae hadny | has not: hasnae hasny | have: hae | have not: havenae havnae haveny
have to: haffi hafta | head: heid | home: hame | house: hoose | i'll: ah'll | i'm: ah'm | i've: ah've
i'm going to: i'ma imma | is not: isnae isny | it is: 'tis | just: jist jes jus | kind of: kinda | later: l8r
let me: lemme | little: wee likkle lickle lil | make: mek | mate: m8 | maybe: mebbe mibbe | money: munny | more: mair
my: ma | myself: maself masel | never: nivver neva nevva | no: naw | nothing: nowt nuttin nuffin nuthin nothin
now: noo | of: ov | off: aff | old: auld owd | on: pon | other: udda | ought to: oughta | out: oot aht | over: ower
people: ppl peeps | please: pls plz plss abeg | pounds: poonds | right: reet | right now: rn | said: sez | should: shud
should have: shoulda | should not: shouldnae | something: summat sumtin sumthin somethin somefing
thanks: thx thnx tnx thanx fanks ta | that: dat | that's: dat's dats | the: da teh | them: dem 'em | there: dere
these: dese deez | they: dey | thing: ting fing | things: tings fings | think: fink tink | this: dis | though: tho
through: thru | to: tae | today: 2day | told: telt | tomorrow: tmrw tmr 2moro tomoz | tonight: 2nite tonite
trying to: tryna | want to: wanna | was: wiz | was not: wasnae wisnae wasny wasna | well: weel | were not: werenae
what: whit wot wut wha | what are you: whatcha | where: whaur | will not: willnae winnae | with: wi wid wiv
without: withoot wivout widout | would: wud | would have: woulda | would not: wouldnae wudnae | yes: aye
you: u yew ye yuh y'all yall yinz youse yous unu | your: ur yer yuh | yourself: yersel yersen urself
"""
# "waitin'" and "waitin": of the verbs that a support chat is full of.
DROPPED = """
    askin bleedin callin cancellin chargin chattin checkin comin deliverin doin emailin expectin feckin fixin freakin
    friggin fuckin gettin givin goin havin helpin holdin hopin jokin kiddin killin laughin leavin lettin lookin losin
    lyin makin messagin messin movin needin orderin payin phonin playin pissin pullin puttin readin ringin robbin runnin
    sayin scammin sellin sendin shippin showin sittin sleepin speakin standin startin starvin stealin sufferin takin
    talkin tellin thinkin tinkin tryin turnin typin usin waitin walkin wantin wastin watchin wonderin workin worryin
    writin
""".split()  # noqa: SIM905 - a list of words reads better without quotes
MEANT: Mapping[str, str] = MappingProxyType(
    {
        word: standard.strip()
        for entry in TABLE.replace("\n", "|").split("|")
        for standard, _, words in (entry.partition(":"),)
        for word in words.split()
    }
    | {f"{word}{mark}": f"{word}g" for word in DROPPED for mark in ("", "'")}
)
WORD = re.compile(r"[a-z0-9']+")
# Beside these a word is a part of something: of a name, an address, a code or a hyphenated word.
JOINED = frozenset("@#./&-_")

Change = tuple[int, int, str]


def standard(plain: str) -> Iterator[Change]:
    """What is to be read otherwise in a lower-case text: spans in order, each with the standard words."""
    if MEANT.keys().isdisjoint(WORD.findall(plain)):
        return
    for match in WORD.finditer(plain):
        meant = MEANT.get(match.group())
        if meant is not None and _alone(plain, *match.span()):
            yield *match.span(), meant


def _alone(plain: str, start: int, end: int) -> bool:
    """Whether a word is no part of something longer; a full stop may follow it, but not one that joins."""
    after = plain[end : end + 2]
    joined = after[1:].isalnum() if after[:1] == "." else after[:1] in JOINED
    return not joined and (start == 0 or plain[start - 1] not in JOINED)
