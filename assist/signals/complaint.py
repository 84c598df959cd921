"""Complaint: what was expected did not happen. Wide rules of middling strength, that together make it strong."""

from assist.signals.patterns import Table

COMPLAINT = Table(
    "complaint",
    """
    asks where it is: 0.4
        where|wheres|where's [the|bloody|fucking|hell|is|are|the_hell_is|the_fuck_is] my|our ~2
        where is|are|has ~2 my|our|order|parcel|package|delivery|refund|money|luggage|driver|item|stuff
        when|where ~2 will|is|am|are|do|can|does ~5 my|our|it|i ~4 come|coming|arrive|arriving|get|receive|back|
            delivered|here|fixed
        what|whats ~2 happened|happening|going_on|status with|to|of|on
    never came: 0.45 plain
        never|not|hasn't|haven't|didn't|wasn't|isn't|still_not ~2 arrived|arrive|received|receive|delivered|come|came|
            shown|turned_up|shipped|
            sent|dispatched|credited|refunded|processed|activated|updated|posted|showed
        still waiting|no_sign|hasn't|haven't|not|missing|late|processing|pending
        supposed|meant|due|promised|scheduled|expected|guaranteed ~1 to|for|by|on|me|us|delivery
        late|delayed|delay|delays|overdue|missing|lost|stolen
        should have ~1 been|arrived|come|received|had|gotten|known|told
        waited|waiting ~3 DAYS|ages|forever
    does not work: 0.45 plain
        doesn't|does_not|won't|isn't|not|never|stopped|can't|cannot|hasn't|didn't|couldn't|unable_to ~2 work|working|
            load|loading|open|connect|
            start|turn|charge|play|update|sync|log|login|sign|access|download|install|use|pay|order|book|check|respond|function|fit|let|find
        broken|defective|faulty|damaged|cracked|crashed|crashes|crashing|freezing|freezes|glitch|glitchy|buggy|bug|
            bugs|malfunction*|leaking
        broke|breaks|died|dies|stopped|failed|fails|failing|down|outage|error|errors|keeps ~1 on|after|working|again|
            today|down|message|code
        out|falling|fell|came of_order|apart|off
        problem|problems|issue|issues|trouble|fault with|accessing|using|getting|logging|connecting|loading
        having|have|had|got ~2 problem|problems|issue|issues|trouble|difficulty
    wrong: 0.4
        wrong|incorrect|mistake|mistakes|error|messed_up|screwed_up|mixed_up|botched|ruined|destroyed|spoiled|spoilt|
            soaked|smashed|torn
        overcharged|double_charged|charged_twice|charged ~2 twice|extra|again|too_much|wrong|me|without|still
        charging|billed|billing|debited me|us|my|twice|for
        refused|refuse|refuses|refusing|denied|declined|rejected|cancelled_my|canceled_my
        failed to
        lied|misled|misleading|false_advertising|mis_sold|missold
        without ~1 permission|consent|notice|warning|telling|asking|explanation|reason
    poor: 0.45
        terrible|awful|horrible|horrendous|dreadful|abysmal|atrocious|shocking|appalling|poor|lousy|pathetic|shoddy|
            crap|crappy|shit|shite|
            shitty|rubbish|garbage|trash|dire|useless|worst|ridiculous|absurd|unacceptable|disgraceful|disgusting|ludicrous|rude|sucks|suck
        bad|worse [customer] service|experience|quality|support|communication|reception|signal|connection|food|
            attitude|than
        slow|unreliable|unhelpful|incompetent|incompetence|unprofessional|inefficient|overpriced|misleading|
            inconvenien*|unfair
        not|isn't|wasn't|aren't ~2 good|happy|impressed|acceptable|right|fair|fun|cool|satisfied|pleased|worth|
            helpful|amused|what_i
        so|VERY unhappy|dissatisfied|let_down|bad|annoying|upset|upsetting|unhelpful|frustrat*
        dissatisfied|unhappy|unsatisfied|unimpressed|underwhelming|let_down|letdown
        waste of ~1 time|money
        joke|nightmare|disaster|fiasco|shambles|mess|farce
        fail $
    disappointed: 0.5
        disappoint*
        express my|our ~2 dissatisfaction|displeasure|concern|outrage
        quite|rather|truly|most remarkable|extraordinary|astonishing
        expected|expect ~1 better|more
        let me|us|down ~1 down
    says it is a complaint: 0.6
        complain|complaining|complaint|complaints|complained
        issue|problem ~3 unresolved|ongoing|not_resolved
        want|need|demand|deserve ~2 refund|compensation|explanation|apology|answers|money_back
        give|want|get me|my|us ~1 money|refund ~1 back
        fix|sort this|it|your|the|that|ur
        solve|resolve|explain this|it|your|that
    long silence: 0.4 plain
        nobody|no_one|noone|none ~3 answers|answered|replied|replies|responds|responded|cares|helped|helps|called|
            knows|listens
        no response|reply|answer|replies|help|update|communication|explanation|service|signal|internet|connection
        on hold
        hung up
        ignored|ignoring
        never ~2 again|heard|called|replied|responded
        why ~2 can't|don't|won't|isn't|doesn't|aren't|didn't|hasn't|wasn't|haven't
        ^ why ~1 is|are|am|was|were|has|have|had|do|does|did ~1 my|the|it|this|i|your|you|they|there|nobody|no_one
        how ~2 can|is|does ~3 possible|be_so|be_allowed|acceptable|take_so
    """,
)
