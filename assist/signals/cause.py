"""Cause: what the trouble is about, by weighted words for each of the fixed labels.

Within a label the rules' strengths add up by noisy-or; the strongest label wins, the more surely the further it
stands before the second. Where labels share words the more special one has the higher weight: a charge for a cancelled
order is about money, a parcel that came broken is damage and not delivery.
"""

from collections.abc import Mapping
from math import prod

from assist.reading import Cause, Cue
from assist.signals.patterns import Table, rows
from assist.text import Text

LABELS: Mapping[str, str] = {
    "delivery": """
    where the order is: 0.75
        order|parcel|package|delivery|item ~3 promised|due|supposed|scheduled|expected|not_here|hasn't
        still|it's|its|it_is|isn't ~1 not|isn't here|arrived|delivered|come
        where|wheres|where's [the|is|are|has|the_hell_is|the_fuck_is] my|our|the ~2 order|parcel|package|item|items|
            delivery|stuff|shipment|card|orders|packages|purchase|goods|courier|driver|mail|letter
        when ~3 my|our|the|it|order|package|parcel|they ~4 arrive|arriving|come|delivered|delivery|ship|shipped|here|
            get_here
        not|never|hasn't|haven't|didn't|still_not|yet_to|wasn't ~3 arrived|arrive|delivered|come|turned_up|shipped|
            dispatched|received|receive|delivery
        track|tracking|locate|trace ~2 order|orders|parcel|package|shipment|delivery|purchase|number|item|info|says|
            shows|link|code|page
        status ~2 order|orders|parcel|package|shipment|delivery|purchase
        order|parcel|package|item|delivery|shipment ~3 late|missing|lost|delayed|not|never|hasn't|stuck|where
        how long|soon ~5 delivery|deliver|delivered|arrive|ship|shipping|card
        out for delivery
    order was cancelled: 0.6
        order|orders|purchase ~4 was|got|been|is ~2 cancelled|canceled
        YOU|they|shop|store ~2 cancelled|canceled ~1 my|our|the ~1 order|orders|purchase
    names the delivery: 0.5
        deliver|delivery|deliveries|delivered|delivering|shipping|shipment|shipments|shipped|ship|courier|couriers|
            tracking|dispatched|despatched|usps|ups|fedex|dhl|hermes|dpd|royal_mail|postman|mailman
        post|mail|mailed by|it|to|me|out|arrive
        card arrive|arrived|come|delivery|delivered
    names a parcel: 0.4
        parcel|parcels|package|packages|doorstep|letterbox|driver|depot|warehouse
    names an order: 0.25
        order|ordered|orders|purchase
    """,
    "delay": """
    late departure or transfer: 0.7
        flight|train|bus|plane|flights|departure|boarding|take_off ~4 late|delayed|delay|delays|behind|waiting|hours
        delayed|late|delay|delays ~3 flight|flights|train|bus|plane|departure|boarding|connection|takeoff
        sitting|stuck|waiting|sat|been ~4 tarmac|runway|plane|gate|ramp
        pending ~2 transfer|transaction|payment|top_up|topup|deposit|cash|withdrawal|card
        transfer|transaction|payment|top_up|topup|deposit|withdrawal|cheque ~4 pending|processing|not_arrived|delayed|
            taking_so_long|stuck
        still pending|processing
        miss|missed|missing|make ~2 connection|connecting|connections
        waiting ~3 gate|crew|pilot|pilots|maintenance|takeoff
    names a delay: 0.45
        delay|delays|delayed|delaying|late|overdue|held_up|behind_schedule|pending
        hours|hour|hrs|hr|minutes|mins late|behind|delay|wait
        taking|takes|took ~1 so|too|forever|ages ~1 long
    """,
    "damaged": """
    came broken: 0.8
        arrived|arrive|came|delivered|received|turned_up|got ~4 damaged|broken|smashed|cracked|crushed|dented|
            shattered|torn|scratched|ripped|wet|soaked|bent|leaking|open
        damaged|broken|smashed|cracked|crushed|dented|shattered ~3 arrival|transit|delivery|parcel|package|box|bag|
            luggage|suitcase|shipping|item
        damage|damaged|broke|broken|ruined|destroyed|cracked|ripped|tore ~2 my|our|the ~1 bag|bags|luggage|suitcase|
            parcel|package|stroller|item|guitar|box|order|property|wall|door|car
        bag|luggage|suitcase|parcel|package|box|item|stroller|bags ~3 damaged|broken|smashed|ripped|destroyed|crushed|
            ruined|torn|cracked
    names damage: 0.5
        damaged|damage|smashed|cracked|crushed|dented|shattered|scratched|torn
    """,
    "defect": """
    does not work: 0.65
        doesn't|does_not|won't|will_not|isn't|not|stopped|never|hasn't|didn't|aren't|wont ~2 work|working|turn|start|
            charge|charging|switch|play|playing|load|loading|open|connect|respond|responding|function|print|sync|boot|
            update|updating
        phone|laptop|device|machine|app|screen|speaker|printer|battery|update|player ~3 not|doesn't|won't|
            stopped|isn't|broken|keeps|freezing|frozen|crashes|crashing|dead|died|drains|draining
        keeps|keep|constantly|always|randomly crashing|freezing|restarting|breaking|dropping|skipping|stopping|
            shutting|glitching|lagging|closing
        broke|broken|breaks|died|failed ~3 after|within|weeks|days|month|months
    names a fault: 0.55
        broken|defective|faulty|defect|malfunction*|crashes|crashing|crashed|glitch|glitches|glitchy|glitching|buggy|
            bug|bugs|freezes|freezing|frozen|fault|overheating|overheats|unusable|leaking|leaks|laggy|lagging
        battery|screen|keyboard|charger|speaker|bluetooth|camera|microphone|touchscreen|ios|firmware|playlist|playback
        error|errors message|code|when|on|every|occurred
        warranty|repair
        since|after ~2 update|updating|upgrade|upgrading
    """,
    "wrong_item": """
    not what was ordered: 0.8
        wrong|different|incorrect|another ~2 item|items|order|size|colour|color|product|thing|model|book|parcel|
            package|part|version|shoes|shirt
        sent|received|got|delivered|shipped|given ~2 wrong|incorrect|different|someone_else's|somebody_else's
        not what|the_one|the_item|the_size|the_colour|the_color ~1 i|we ordered|bought|wanted|asked
        instead of ~3 i|we ordered|bought
        ordered ~5 got|received|sent|arrived|came|instead
        mixed|mix|swapped up ~1 order|orders
        ordered ~9 and|but [i] got|received ~1 a|an|the|something
    """,
    "missing_item": """
    something is missing: 0.75
        missing ~3 item|items|part|parts|piece|pieces|product|products|screws|cable|charger|manual|accessories|from|in
        item|items|part|parts|piece|pieces|product|something|half|one ~3 missing|not_included|wasn't_included|left_out
        not|wasn't|weren't|isn't ~2 in the box|package|parcel|bag|order
        only ~2 received|got|sent|delivered|came|one|two|half|#
        box|package|parcel|envelope ~2 empty
        empty box|package|parcel|envelope
        half|part of my|the order
        incomplete ~1 order|delivery|parcel|package|set
    """,
    "billing": """
    charged wrongly: 0.8
        charged|billed|debited|charge|paid|charging|billing ~4 twice|double|again|extra|too_much|more|wrong|
            three_times|multiple|incorrectly|without|still|wrongly|unauthorized|unauthorised
        overcharged|double_charged|overcharge|overbilled|double_billed|double_charge|undercharged|overcharging
        double|duplicate|extra|unknown|unauthorized|unauthorised|hidden|wrong|strange|unexpected|unrecognized|
            additional charge|charges|fee|fees|payment|payments|billing|transaction|transactions|debit
        charged|charge|billed|debited|charging|billing me|us|my ~3 for|card|account|#|fee
        why|what ~4 charge|charged|charges|fee|fees|bill|billed|invoice
        not|don't|never ~1 recognise|recognize|authorise|authorize|authorised|authorized
        took|taken|taking|debited|withdrew|deducted ~4 money|account|bank|card|#
        charge|fee|charged|fees for|on ~3 withdrawal|withdrawing|atm|payment|transfer|transferring|statement|exchange|
            cash|card
        card ~1 payment|charge|charged ~2 fee|charge|charged|declined
        payment|payments|paying|pay ~3 problem|problems|issue|issues|error|errors|failed|fail|declined|fails|trouble|
            rejected|method
        problem|problems|issue|issues|error|errors|trouble ~3 payment|payments|paying|pay|billing
    money was taken: 0.6
        stole|stolen|kept|keep|keeping|withheld|withholding|owe|owes ~3 deposit|money|#
        deposit ~3 back|returned|kept|withheld
    sent to collections: 0.7
        send|sending|sent|go|going|gone ~2 to|into collections|a_collection|debt_collectors|debt_collection
    names a bill: 0.6
        bill|bills|billing|billed|invoice|invoices|invoiced|statement|direct_debit|overdraft|surcharge
        price|prices|priced|cost|amount ~4 wrong|higher|different|changed|increase|increased|incorrect|went_up|raised
    names money: 0.35
        charge|charged|charges|charging|payment|payments|paid|fee|fees|price|debit|debited|money|cost
    """,
    "refund": """
    asks for money back: 0.8
        refund|refunds|refunded|refunding|reimburse*|money_back|cash_back|moneyback|rebate|restitution|compensation|
            compensate|compensated|chargeback
        get|give|want|need|giving|return ~2 my|our|the|me ~1 money|cash|payment ~2 back
        money ~2 back|returned
    return: 0.5
        return|returned|returning|send_it_back|sent_it_back|returns
    """,
    "cancellation": """
    wants to cancel: 0.75
        cancel|cancelling|canceling ~2 my|our|the|this|an|a|order|it|purchase|transfer|payment|subscription|booking|
            reservation|trip
        want|wanna|like|need|trying|tried|how|can|please|help|wish|have ~3 cancel|cancelling
        cancel ~3 order|orders|purchase|transfer|subscription|booking|plan|policy|membership|contract
        cancellation|cancelation fee|fees|penalty|charge|policy|charges|request|email|confirmation
    has cancelled: 0.6
        i|i've|we|we've|had|already ~1 cancelled|canceled|unsubscribed
    names cancelling: 0.6
        cancel|cancelling|canceling|cancellation|cancellations|unsubscribe|terminate
    was cancelled: 0.3
        cancelled|canceled
    """,
    "account": """
    account itself: 0.7
        create|open|opening|set_up|setup|creating|make|register|new|another|second ~3 account|accounts|profile
        delete|close|closing|deleting|remove|deactivate|terminate|eliminate|closed|disable ~3 account|accounts|
            profile|user
        edit|change|update|modify|changing|updating|correct|switch|switching|use|using ~5 account|accounts|profile|
            details|address|email|name|personal|user|information|info|number|data
        my|the|our|your ~1 account|profile|accounts ~3 information|info|details|settings|wrong|changed|type|user|
            hacked|suspended|closed|gone
        register|registration|registering|signup|sign_up|signing_up|subscribe|subscribed|registered
        username|user_name|personal_details|personal_information|personal_data|profile|membership
        hacked|compromised|hijacked|stolen_identity
        gold|platinum|premium|pro|free|freemium account
        moved|changed|got ~2 address|name|married|house|surname|last_name
    names the account: 0.4
        account|accounts|profile
    """,
    "access": """
    cannot get in: 0.8
        locked|shut|kicked|logged ~3 out
        can't|cannot|unable|won't|couldn't|not|doesn't|can_not|trouble|problem|problems|issue|issues ~4 log|login|
            sign_in|signin|access|logging|signing|log_in|get_in|get_into|logged
        password|passwords|passcode|passcodes|pin_code|verification_code|two_factor|2fa|authenticat*|pin|pass_code|
            access_key|login_code
        account|card|pin|user ~3 locked|blocked|disabled|suspended
        forgot|forgotten|reset|recover|retrieve|lost|remember|restore|blocked|unblock|unlock ~3 password|passcode|pin|
            login|account|key|code|username|profile
        log|sign|logging|signing in|on|into
    names a login: 0.5
        login|log_in|locked_out|signin|sign_in|logged_out|captcha
    """,
    "outage": """
    service is down: 0.75
        outage|outages|blackout|downtime|no_signal|no_service|no_internet|no_connection|no_reception|no_wifi|
            no_broadband
        internet|wifi|wi_fi|broadband|network|site|website|server|servers|system|service|signal|connection|line|app|
            phones|power|page|cable|tv ~3
            down|out|dead|offline|gone|disconnected|dropping|drops|not_working|isn't_working|unavailable|crashed|unreachable|lost
        down|outage|offline ~3 area|again|all_day|everyone|here|today|right_now|whole
        is|are ~3 down|offline $
        without|lost|no|losing ~1 internet|power|service|signal|wifi|broadband|connection|phone|electricity|water|
            reception
        are|is YOU|your|the ~2 down|having_issues|having_problems|experiencing
    names the network: 0.4
        internet|wifi|broadband|signal|lte|4g|5g|router|modem|bandwidth|fibre|fiber|reception|coverage
        slow|poor|bad|terrible|crap internet|speed|speeds|connection|wifi|broadband|signal|service|data
    """,
    "booking": """
    booking goes wrong: 0.7
        book|booking|booked|rebook|rebooking|rebooked|reserve|reserving|reschedule|rescheduling|rescheduled ~3 flight|
            flights|seat|seats|ticket|tickets|room|table|hotel|appointment|trip|travel|online|award|reservation
        change|changing|switch|move|modify|upgrade ~3 flight|flights|seat|seats|reservation|booking|ticket|itinerary|
            dates|appointment
        seat|seats|seating ~3 assignment|assignments|assigned|together|selection|changed|moved|apart|upgrade
        check ~1 in|into ~2 online|flight|app|error
        overbook*|oversold|double_booked|bumped
        can't|cannot|unable|trying|won't|not ~3 book|rebook|reserve|check_in|reschedule
    trip was cancelled: 0.7
        flight|flights|train|trip|booking|appointment|reservation|itinerary|flt|connection|room ~4 cancelled|canceled|
            cancel*
        cancelled|canceled ~3 flight|flights|train|trip|booking|reservation|appointment|room
    names a booking: 0.5
        booking|bookings|reservation|reservations|itinerary|rebook|rebooked|rebooking|reschedule|rescheduled|
            boarding_pass|appointment|seat|seats
        booked|reserved|flight_booking|companion_pass|confirmation_number|confirmation_code|award_travel
        miles|points|rewards ~2 redeem|use|book|flight|missing
    """,
    "lost_property": """
    lost something: 0.8
        lost|missing|misplaced|delayed|find|found|where|forgot|leave|left ~4 bag|bags|luggage|baggage|suitcase|
            suitcases|wallet|jacket|ipad|kindle|glasses|passport|stroller|carry_on|backpack|purse|coat|umbrella|
            headphones
        bag|bags|luggage|baggage|suitcase|suitcases ~5 lost|missing|never|not|didn't|hasn't|still|where|delayed|
            arrive|arrived|tracked|located|wrong|found|find
        left ~3 on|in|at|behind ~2 plane|train|bus|flight|seat|taxi|hotel|room|store|shop|aircraft
        lost property|and_found|and_lost|luggage|baggage
        baggage|luggage|bag claim|service|tracer|claims
    names luggage: 0.5
        luggage|baggage|suitcase|suitcases|bags
    """,
    "policy": """
    objects to a rule: 0.6
        policy|policies|terms|small_print|fine_print|conditions
        rule|rules|allowed|permitted|eligible|not_allowed|against_the_rules
        why ~3 can't|not|aren't|isn't ~3 allowed|eligible|possible|accept
        what is|are ~2 policy|rules|terms|conditions
        not fair|eligible|covered
    """,
    "miscommunication": """
    told different things: 0.75
        told ~1 one thing
        one thing ~5 another
        told|said|says|promised|informed|advised ~6 but|yet|now|then ~6 told|said|says|different|saying|another|
            opposite|now
        different ~2 answer|answers|information|info|story|stories|things|people
        conflicting|contradict*|misinformed|mixed_messages|misunderstanding|miscommunication|misunderstood|
            wrong_information|incorrect_information|misled|wrong_info|false_information
        nobody|no_one|never ~2 told|informed|notified|warned|mentioned ~1 me|us|that|about
        not what|how ~1 i|we|was ~1 told|said|promised|agreed
        one ~3 says|said|tells|told ~6 other|another
        never|didn't|don't|not ~2 said|agreed|asked_for|signed
        was|were|been told|assured ~4 would|that|it|i|this
        was|were|been promised ~4 would|that|i|this
    """,
    "service": """
    how they were treated: 0.75
        rude|rudeness|unhelpful|impolite|arrogant|condescending|disrespectful|unprofessional|attitude|dismissive|
            hostile|ignorant|patronising|patronizing|courtesy|incompetent|unfriendly|nasty
        worst|terrible|horrible|awful|poor|bad|appalling|shocking|disgusting|rubbish|crap|pathetic|disappointing|
            lousy|great|abysmal|shit|useless|non_existent|zero|no|horrendous|shitty|atrocious
            ~2 service|support|staff|agent|agents|rep|reps|care|help|experience|team|helpline
        customer|client service|services|care|support|relations
        hung|hang|hangs|hanging|cut ~2 up|off
        on|been_on hold
        hold|wait|queue|waiting ~1 time|times|for|music ~3 hour|hours|minutes|mins|long|agent|#|phone|help|call
        nobody|no_one|noone|none|never|can't|cannot|couldn't ~4 answer|answers|answered|reply|replies|replied|respond|
            responds|responded|help|helps|helped|cares|care|get_through|call_back|called_back|picks_up|pick_up|
            listens|reach|get_a_hold|speak
        ignored|ignoring|ignores|runaround|run_around|passed_around|pillar_to_post|transferred
        spoke|speaking|talked|talking|speak|talk ~3 agent|rep|representative|supervisor|manager|human|person|someone|
            advisor|anyone
        no reply|response|answer|callback|help|replies|answers
        never ~1 called|replied|responded|answered|phoned
        staff|agent|rep|representative|driver|attendant|employee|employees|crew|manager|flight_attendant|stewardess|
            advisor|agents|reps ~4 rude|told|hung|refused|laughed|yelled|unhelpful|ignored|awful|horrible|terrible|
            nasty|shouted|attitude|useless|not
        nobody|no_one ~3 there
    complains of us: 0.4
        complain|complaint|complaints|reclaim|claim|complaining|customer_claim|consumer
        service|support|helpline|call_center|call_centre|staff|agents|reps
        don't|doesn't|not ~1 care
        answer|return|respond ~2 phone|phones|call|calls|emails|dm|dms
    """,
    "information": """
    asks for information: 0.5
        what|when are|do|does|is|time ~3 open|close|opening|hours|available|difference|included|options
        opening|business hours|times
        do|does|can YOU|it|the|this ~2 have|offer|sell|ship_to|support|include|accept|provide|work_with
        information|info|details about|on|regarding
        how do|can|would|could i|we|one ~1 use|find|see|know|apply|activate|download|get|add
        is|are there ~1 any|a|an
        could|can|would YOU ~1 tell|explain|let|advise ~2 what|how|if|when|which|whether|me
        would|i'd|id like to know
        wondering|curious|question|wonder if|whether|about|how|what
        which ~3 better|best|right|should|countries|currencies|plan
        how much is|does|are|do|would
    """,
}


CAUSES = Table("cause", "\n".join(LABELS.values()))
LABEL_OF: Mapping[str, str] = {row.rule: label for label, table in LABELS.items() for row in rows(table)}
SURE = 0.3  # a single weak word is no cause: strength below which the label stays `other`


def strengths(text: Text) -> tuple[dict[str, float], dict[str, list[Cue]]]:
    """By label: the strength 0..1 of what names it, and the words."""
    left: dict[str, dict[str, float]] = {}
    cues: dict[str, list[Cue]] = {}
    for rule, start, end in CAUSES.matches(text):
        label = LABEL_OF[rule.rule]
        left.setdefault(label, {})[rule.rule] = 1.0 - rule.strength
        cues.setdefault(label, []).append(Cue(*text.span(start, end), "cause", rule.rule, rule.strength))
    return {label: 1.0 - prod(rest.values()) for label, rest in left.items()}, cues


def likeliest(scores: Mapping[str, float]) -> Cause:
    """The strongest label, the less sure the nearer the second is; `Cause()` when none is strong enough."""
    if not scores:
        return Cause()
    label = max(scores, key=lambda name: scores[name])
    if scores[label] < SURE:
        return Cause()
    others = max((score for name, score in scores.items() if name != label), default=0.0)
    return Cause(label, round(scores[label] * (1.0 - 0.5 * others), 4))


def cause(text: Text) -> tuple[Cause, list[Cue]]:
    """The cause of a message by its rules alone, and the words that name it."""
    scores, cues = strengths(text)
    found = likeliest(scores)
    return found, cues.get(found.label, [])
