"""Abuse: insults aimed at whoever reads them. Swearing at the matter or the weather is the act `swearing`.

What a customer says of the team's work ("you are ignoring me", "nobody there cares") is anger, not abuse.
"""

from assist.signals.patterns import Table

# In the lists below: nouns and adjectives. "Your idiot colleague" and "your stupid system" are not aimed at the reader.
ABUSE = Table(
    "abuse",
    """
    insult: 0.85
        YOUARE [VERY|all|both|such|nothing_but|what] [VERY|a|an|the|bunch_of|some_kind_of|just|complete|
            total] ~2 INSULT
        YOUARE [all|VERY|as] [all|VERY] BASE
        your|ur a|an|such|all|nothing_but ~2 INSULT
        your|ur [VERY|all] BASE $
        you|u [VERY|stupid|dumb|useless|little|absolute|bunch_of|pack_of|lot_of|fat|ugly|total|complete|
            lazy] ~1 INSULT
        you stupid|useless|pathetic|incompetent|dumb|worthless|lazy|ignorant|ugly|fat|miserable ~1 man|woman|people|
            person|lot|thing|bot
        bunch|pack|load|lot of ~2 INSULT
        are YOU|u [VERY|all|actually|really|a] [VERY|a|an] ~1 BASE|INSULT
        YOU must|might|have_to be ~2 BASE|INSULT
        YOU ~1 sound|seem|act|look ~1 like ~2 INSULT
        YOU [VERY|all|fucking|really] suck|stink $
        you|u stupid|idiot|dumb|useless|pathetic|moron $
        idiots|morons|imbeciles|clowns|losers|assholes|arseholes|bastards|scumbags|retards|muppets|dickheads|fuckers $
        ^ idiot|moron|imbecile|loser|asshole|arsehole|bitch|bastard|dickhead|scum|pathetic|cunt|prick|wanker|retard|
            dumbass $
        listen|look|hey|here ~2 you ~2 INSULT|piece
        calling YOU ~2 INSULT
        YOU ~2 wouldn't|couldn't|can't ~2 find|think|read|count your|straight|properly
        too|VERY stupid|dumb|thick|dense to
        YOUR ~1 tiny|little|pea|small brain|brains
        don't|do YOU have|got ~1 a|any brain|brains
        i|we hate|despise|loathe YOU ~1 $
        i|we|everyone hope|hopes|wish|wishes YOU ~2 die|rot|choke|fired|sacked|suffer|burn|get_cancer|get_fired
        YOU|u deserve ~2 die|fired|rot|suffer|beaten
        YOU ~2 make|makes me [want_to] sick|puke|vomit
        YOUARE ~1 worst ~3 agent|person|rep|human|bot|people|assistant
        nobody|no_one likes|loves YOU $
    told to go away: 0.85
        fuck|screw|bugger YOU|off|yourself|yourselves
        damn|stuff|eff|f you|u $
        go [and] fuck|screw|kill|hang|hump|die|jump yourself|yourselves|in_a|off_a
        go to hell
        go die
        die|rot ~1 in [a|in] hell|fire|ditch
        drop dead
        fuck|screw|damn all YOU
        shut [the] [fuck|hell] up|it|your
        stfu|gtfo|kys|fuk_u|fuck_u|fu $
        piss|sod|bugger off
        get lost|stuffed|bent|fucked
        kiss|lick my ass|arse|feet
        eat|suck shit|my|it|a dick
        eat shit
        suck my|a
        kill|hang|shoot yourself|yourselves
        up yours
        your|ur mother|mom|mum|mama ~2 is|was|whore|bitch|ugly|fat
        burn in hell
    sexual harassment: 0.8
        suck|lick|touch|show|see ~1 my|me|your|ur dick|cock|balls|tits|boobs|penis|pussy|body|nudes
        your|ur ~1 tits|boobs|pussy|penis|ass|naked
        send ~2 nudes|nude
        want|wanna|like|love|gonna|going ~2 fuck|bang|screw|sleep_with YOU
        have|want|cyber sex ~2 with YOU
        cyber|phone sex
        are|r YOU ~1 sexy|horny|gay|single|naked|hot|virgin
        YOUARE [so|VERY] gay|sexy|hot|horny
        talk dirty to
        fuck me
        bend over $
    slur: 0.45
        faggot|faggots|nigger|niggers|retard|retards|cunt|cunts|whore|whores|tranny|kike|paki|spastic
    calls names: 0.6
        YOUARE ~1 all|nothing_but|a|an|just|bunch_of|total ~3 thieves|thief|crooks|crook|scammers|scammer|liar|liars|
            criminals|criminal
        YOUARE|you ~1 liar|liars|thieves|crooks|scammers|criminals|con_artists|parasites|fraudsters
        YOU ~2 joke|disgrace|failure|embarrassment $
        joke|excuse|apology of|for a|an ~1 human|agent|rep|person|man|woman
        sorry|poor|pathetic excuse for
        what kind|sort of ~1 idiot|moron|person|imbecile|fool are|is|works
        get a [real|proper] job|life|brain
        learn|try ~1 to|how_to read|english|think|count
    insults a colleague: 0.4
        that|this|the|your|some|another ~2 idiot|moron|imbecile|bitch|asshole|clown|cretin|dickhead|bastard|
            cow ~2 who|at|on|from|you
        colleague|agent|rep|staff|driver|manager|he|she|they|team is|are|was|were [VERY|a|an|all] ~2 INSULT
        colleague|agent|rep|staff|driver|manager|team is|are|was|were [VERY] stupid|pathetic|incompetent|dumb|idiotic|
            retarded
    """,
    words={
        "INSULT": """
            idiot idiots moron morons imbecile imbeciles cretin cretins clown clowns loser losers dumbass dumbasses
            fool fools asshole assholes arsehole arseholes bastard bastards bitch bitches cunt cunts dick dicks
            dickhead dickheads prick pricks twat twats wanker wankers tosser tossers jerk jerks scum scumbag
            scumbags pig pigs retard retards muppet muppets halfwit halfwits nitwit dimwit dimwits dunce simpleton
            ass whore slut fag faggot nigger motherfucker motherfuckers fucker fuckers shithead shitheads fuckwit
            fuckwits cocksucker parasite parasites vermin trash garbage piece_of_shit pieces_of_shit waste_of_space
            waste_of_oxygen worm rat rats snake snakes airhead airheads knobhead bellend douche douchebag numpty
            numpties buffoon buffoons pillock donkey monkeys animal ignoramus git
        """,
        "BASE": """
            useless stupid pathetic incompetent dumb worthless idiotic moronic clueless brainless braindead
            brain_dead retarded hopeless disgusting ignorant dense thick spineless gutless heartless lazy a_joke
            a_disgrace inept dim deaf good_for_nothing an_embarrassment a_waste_of_space full_of_shit a_failure ugly
            fat
        """,
    },
)
