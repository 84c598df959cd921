"""Steps: which de-escalation steps an agent's message does, each with a probability.

A phrase that stood in the sidebar and was sent nearly as it stood does the step that it was offered for.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import prod
from types import MappingProxyType

from assist.message import Step
from assist.signals.detector import Context
from assist.signals.patterns import Table
from assist.text import Text, says

TABLES: Mapping[Step, str] = {
    Step.LISTEN: """
    says it back: 0.75
        if i|we|i've|i_have understand|understood|get|got|read|hear|heard ~1 YOU|you|correctly|right|this|it|that
        is that [it|about] right|correct|accurate|fair|it|so|how|the
        have|did i|we ~1 got|get|understood|understand|missed ~4 right|correctly|anything|that|this|you|$
        did|do|have i|we|i_got get|have|got this|that|it right
        what i'm|i|im hear|hearing|understand|understood|have
        to ~1 be sure|clear
        be sure i
        to confirm|recap|summarize|summarise
        let me|us ~1 be|make|say|repeat|recap|sum|summarize|summarise ~2 sure|it|that|this|up|back|over
        let me|us ~1 check|confirm|see ~1 i|that_i|the_facts|i've
        let me|us get it|this|the exact|right|straight|picture|facts
        may|can|if i|we ~1 confirm|repeat|summarize|summarise
        so ~1 you|you've|your|the|it|what
        sounds|seems|looks like|as_if|as_though|to_me
        you|you've|you_have ~1 wrote|said|mentioned|told|described|reported|explained
        one|two check|checks|thing|things
        here|this is|'s what i have|understood|understand|heard
        say|read it back
        correct me
        you wanted|expected|are_saying|were_told|were_promised|are_asking
        so you want|need|feel
        repeat|read it to|back
        so far i|we|you
        i|i've|i_have|we read|noted|have_noted|hear|heard
        i|i'm|i_am|we're ~1 reading|listening|following
        sum it|that up
    asks for the story: 0.65
        what|whats|what's|how ~2 happened|happens|happen|wrong|going_on|exactly|did|message|error|else|came|is_still|
            number|still|you_need|do_you_need
        tell|show me|us ~1 more|what|about|when|where|how|which|exactly
        can|could|would|may YOU|i ~1 tell|describe|explain|share|give|provide|ask|elaborate|know
        what|which|when|where|how|who ~7 happened|said|told|see|expect|expected|tried|tell|notice|noticed|wrong|went|
            work|worked|stop|stops|missing|received|start|started|begin|fail|failed|describe|stuck|open|running|
            change|effect|concern|concerns|problem
        since when
        how are|is|was YOU|it
        is|are|was|were|did|does|has it|this|there|the|that|your|any|any_part ~10 or
        anything|something|more ~2 missing|add|more|i_should_know|should_know|to_it|to_tell
        more else|i_should|there|to_add|wrong|missing
        is there more
        tell me how|what|where|when
        in ~1 danger
        local emergency number
        which part
        go on
        please continue|go_on
        i|i'd|we would|'d|want ~1 like|love|rather|want to ~1 hear|know|understand|have|ask
        are YOU safe|okay|ok|alright|in_danger|able|alone
        is|was ~1 someone|somebody|anyone|anybody ~2 with|near
        do|did|have|has|does you|it|this|that|anyone ~7 see|seen|tried|noticed|notice|still|work|happen|start|get|say|
            show
    """,
    Step.EMPATHIZE: """
    names the feeling: 0.75
        understand|see|imagine|hear|know|tell|appreciate|realize|realise|get ~4 frustrat*|angry|anger|upset|upsetting|
            annoy*|disappoint*|worr*|stress*|hard|difficult|fed_up|tired|painful|inconvenien*|tough|concern*|mad|
            furious|hurt|scary|hopeless
        i|we [can|do|really|completely|totally|fully|certainly|absolutely] understand|see|imagine|appreciate|hear|
            tell how|why|that|what|your|where
        must|can|could|would|that|it|this|has be|have_been|feel|been|is|sounds|seems|'s [so|very|really|incredibly|
            quite|more_than|such_a] ~1 frustrat*|annoy*|upset*|disappoint*|worr*|stress*|hard|difficult|tir*|exhaust*|
            infuriat*|madden*|unsettl*|unpleasant|painful|tough|awful|scary|hurt*|wear*|terrible|lonely|horrible|sad|
            heavy|confus*|nasty|burden|insult*|nightmare
        frustrat*|annoy*|upsetting|disappoint*|worrying|stressful|exhausting|infuriating|maddening|tiring|unsettling|
            painful|awful|unnerving
            to|when|for|not|is|that
        i|i'd|we|anyone|anybody|would|i_would|that_would ~1 'd|would|be|feel|make ~3 angry|upset|annoyed|frustrated|
            fed_up|furious|mad|worried|same|disappointed|too
        make|makes|made|annoy|annoys|wear|upset|tire|worry|leave anyone|anybody|me|you|someone|us|them
        no wonder
        of course you're|you_are|it|that
        understandable|understandably|reasonable|justified|only_natural|natural|valid
        you have|had every|good|all ~1 right|reason|reasons
        makes|make sense that|you
        so|VERY frustrating|annoying|upsetting|disappointing|hard|difficult|tough
        sorry ~2 hear|feel|feeling|going|you_are_feeling|that_you_feel|you_feel
        your ~1 anger|frustration|annoyance|worry|disappointment|concern|feelings|upset ~3 is|are|makes|was
        share your
        feel|feeling let_down|ignored|brushed_off|unheard|for_you|your_pain|alone|like_that|that_way|unsafe
        nobody|no_one ~1 likes|wants|enjoys|should|deserves
        more than|real annoying|frustrating|money|burden|trouble
        worst part|of_it
        that's|thats|that_is|it's|it_is ~2 hard|tough|rough|awful|horrible|terrible|frustrating|annoying|lot|unfair|
            exhausting|maddening|worrying|stressful|disappointing|infuriating|upsetting|unsettling|tiring
        has|have ~1 upset|worn|hurt|let|tired|cost|worried|annoyed|angered|disappointed you
        aren't|not|never alone
        thank|thanks|glad|good ~2 telling|trusting|told|saying|told_me|sharing
        i'm|i_am|we're here|with ~2 you
        take your time
        stay|stays|be safe
        hope you|everything|things feel|get|is|are|works|go ~2 better|okay|ok|well|soon
        hang in there
        feel better
        oh no
        sorry YOU|that|about|for ~4 going|loss|feel|feeling|through|alone|hard|happened
        feel|feeling YOU|ya|your
        that sucks
        been there
        i|we know how
        tired|sick of explaining|asking|repeating|waiting|this
        being fed_up|angry|upset|tired|annoyed|frustrated makes|is
        not being heard
        is [so|really|very|just] infuriating|maddening|frustrating|annoying|exhausting|tiring|unfair
        too much|far_too_much to ~1 carry|bear|take
        alone with|bear|carry
        bear|carry|go_through ~2 alone
        you're|you_are hurting|suffering|in_pain|not_alone
        you matter
        what you|you're feel|feeling|going|carrying
        glad|good ~2 YOU ~1 said|wrote|told
    """,
    Step.APOLOGIZE: """
    says sorry: 0.95
        sorry|apologies|apology|apologise|apologize|apologizes|apologise|regret|apologizing|apologising
        forgive me|us
        my bad|mistake|fault
        our fault|mistake|error
        pardon us|me
    """,
    Step.OWN: """
    takes it on: 0.9
        be|am responsible
        ILL|i'm|i|i_am|will|i'd|handling|let_me|i_can|i'll|to|with ~5 myself|personally
        look|looking|looks|see|seeing|handle|handling|take|taking|get|sort|sorting|follow|stay|staying|arrange|
            find ~6 myself|personally
        ILL ~2 take|look after|care_of|responsibility|over|this_on|it_on|ownership|it_from|this_from|charge|this_over
        ILL ~2 handle|own|see_to|see_this|see_it|deal_with|sort|make_sure|make_this|stay|get_this|fix|take_care
        i'm|i_am|i take|taking|responsible|handling|on ~3 responsibility|ownership|charge|for|this|order|it|case|it_on
        take|taking ~2 full responsibility|ownership
        leave|leaving it|this|that with|to me
        i've|i_have|i|we_have got this
        my case|job|responsibility|task
        is|this_is|now ~2 mine|my_case|with_me|on_me|my_job
        count on me
        from here|now|start [on] ~3 i|i'll|with|to
        my name|i'm|i_am ~6 responsib*|look_after|handle|see_to|take_care|contact|stay|take|follow|report
        one|single person|contact ~3 me|ask|i
        i|i'll|we won't|will_not|am_not|'m_not|not ~2 pass|passing|send|hand|leave|stop|rest ~1 you|off|until
        be|am your|the ~2 contact|person
        with|here you until|while|throughout
        stay|staying ~4 until|till|while
        i'll|i_will|i_am ~2 do|doing the ~2 asking|chasing|work|rest
        report|account ~2 to you
        see this|it ~1 through
        myself ~1 until
        ask|contact|bring ~6 myself
    """,
    Step.SOLVE: """
    does something now: 0.8
        i've|i_have|i|we've|we_have [just|already|now|also] sent|refunded|credited|issued|cancelled|canceled|booked|
            reset|ordered|replaced|fixed|updated|corrected|changed|arranged|shipped|started|opened|created|unlocked|
            added|removed|processed|submitted|resent|rebooked|requested|escalated_this|reversed|applied|activated|
            extended|upgraded|contacted|reported|forwarded|asked|checked|found|placed|set_up|approved|restored|
            blocked|scheduled|waived|released
        ILL|i'm|i_am|let_me|we_can|i_can|we_could|i_could ~2 send|refund|credit|issue|cancel|book|reset|order|replace|
            fix|update|correct|change|arrange|ship|start|open|create|unlock|add|remove|process|submit|resend|rebook|
            request|reverse|apply|activate|trace|find|look|show|restore|block|investigate|review|examine|search|track|
            verify|match|waive|exchange|offer|prepare|redirect|repair|collect|swap|lock|schedule|pull|split|pause|
            adjust|record|compare
        ILL|let_me|i_can|we_can|i'm_going_to ~2 check a|an|at|the|it|this|your|that|order|with|if|for|what|now|right|
            each|which|how|first|on|from|for|open|#
        ILL ~2 help you with|leave|cancel|decide|end
        have ~4 checked|sent|replaced|refunded|reviewed|looked_at|resent|corrected|fixed
        ask ~2 carrier|courier|store|warehouse|account_team|billing|technician|technicians|team ~5 now|today
        bring you ~3 offer|option|options|others|solution|answer|choice
        i'm|i_am|we're|we_are ~2 checking|looking|tracing|opening|refunding|starting|working|searching|reviewing|
            processing|correcting|fixing|cancelling|canceling|investigating|comparing|taking_off|testing|on_it|
            going_through
        i'm|i_am asking the ~1 carrier|courier|store|warehouse|seller|bank|team|provider
        refund|replacement|credit|voucher|discount|upgrade ~5 is|will|has|was|today|sent|processed|way|issued|today
        new|free|another ~1 shipment|parcel|one|item|code|link|card|order|device|copy ~5 way|sent|today|tomorrow|
            arrives
        arrives|arrive|arriving ~1 on|by|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next|
            within
        problem|issue|error ~3 fixed|solved|resolved|corrected
        has been|now ~1 fixed|solved|resolved|corrected|refunded|cancelled|credited|sent|processed|updated|restored|
            reset
    offers a choice: 0.8
        YOU|you_can|which|would|whichever|whatever ~6 prefer|choose|choice|rather|decide|like|suits|suit|pick|want|
            better
        would|do|which|does|could|can|should|may|shall you|i|one|it|that|this|of|we|works ~4 prefer|like|rather|help|
            work|want|start|check|suit|suits|serve|accept|set|for_you|look|first|do|instead|ask|show
        two|three|other|another|different|few|several|both ~1 options|option|ways|way|possibilities|alternatives|
            solutions|steps|offers
        option|options|alternative|alternatives|alternatively|instead|solution|compromise|halfway
        what|which|how ~3 would|can|could|do|should|do_you|must|does|result|outcome|part|one ~8 right|settle|help|
            want|like|fair|do|accept|need|work|happen|prefer|outcome|solve|give_up|change|matters
        which matters|one|do_you|would_you|works ~4 or|you|want|like|prefer|best
        offer what|the|an|a
        short|clear|plain|first|written answer
        confirm the answer
        put it|this|your_wish|what_we_agree ~3 supervisor|in_writing|now|today
        helps|help me ~2 fix
        what to fix
        right|new item|one|parcel ~4 way
        let's split|check|see|try|look
        do the part
        halfway
        choice|decision ~1 is|will|to|be ~2 yours
        if ~8 i'll|i_will|we'll|we_will|i_can|we_can refund|send|start|cancel|correct|ask|check|replace|examine|lock|
            offer|have|arrange|do
    gives the steps: 0.6
        try|please ~2 restart|restarting|reset|resetting|log|reinstall|update|updating|clear|open|click|go|follow|
            check|turn|unplug|select|visit
        here|these|this is|are|'s|link|will ~3 steps|link|how|instructions|guide|answer|number|facts|what|status
        click|tap|press|select|open|go|type|enter ~3 on|to|the|settings|menu|link|button|page|account
        in|within|under|about ~2 minutes|hour|hours|days ~3 i|you|we|here|with
        you can|could|may ~3 find|see|use|choose|keep|pay|cancel|return|change|check
        the|short|plain|direct answer is|:
        yes|no you|it|we can|can't|is|does|do|are
        shall i|we
        works|work|runs|applies|costs|takes ~4 you|until|from|by|days|free
    """,
    Step.BOUNDARY: """
    asks for respect: 0.85
        keep|stay|remain|be|please|speak|talk|write|stays|staying|without|with ~5 respectful|respect|polite|civil|
            courteous|insults|insult|insulting|abuse|abusive|swearing|threats|threat|threatening|respectfully|calmly|
            politely
        respectful|respectfully|polite|civil|courteous
        can't|cannot|won't|not|unable|stop|can|end|will_not|have_to|must|no ~5 insults|insulted|insult|abuse|abusive|
            threats|threatened|threatening|swearing|language|name_calling|threaten|names|personal
        insults|insult|abuse|threats|threat|swearing|language|words|tone|names|attacks|remarks ~6 stop|end|ends|out|
            aside|not|can't|cannot|help|no|continue|acceptable|ok|okay|have|chat|make|leave|step|personal
        not ok|okay|acceptable|all_right|something ~3 to|way|talk|speak|with|call
        this|that|such ~1 language|tone
        leave|keep|without ~3 out|insults|threats|names|personal|swearing
        last|final|second|first warning|time ~3 ask|chat|warn|end|before|insult
        end|close|ending|closing|leave|pause|stop|continue ~2 chat|conversation ~4 if|insult|threat|because|under|
            under_threats|here|abuse
        i'll|i_will|i|we|have_to|must|will ~3 end|close ~1 this|the|our chat|conversation
        line|limit ~4 cross|crossed|insult|personal|respect|abuse|here|draw|there
        please don't|do_not|stop ~3 call|insult|threaten|swear|speak|talk|write|names
        talk|speak|write|talking|speaking to|with me|us like_that|this_way|that_way|like_this|in_that
        refrain from
        contains|contain a threat|threats|insults
        don't call me
        call|called|calling me ~3 names|that|an
    """,
    Step.ESCALATE: """
    brings in somebody: 0.9
        supervisor|manager|team_lead|team_leader|superior|duty_manager|management|higher_up|senior_colleague|
            specialist
        escalat*
        bring|bringing|call|calling|get|getting|ask|asking|involve|involving ~3 in|someone|colleague|expert|
            specialist|person ~4 who|join|decide|trained|help|authority|senior
        someone|somebody|a_person|colleague ~2 who|with ~2 can|more|decide|authority|trained|training|say|knows
        hand|handing|pass|passing|transfer|transferring|forward|forwarding|connect|connecting ~4 to|
            over ~4 supervisor|manager|colleague|team|department|specialist|person|someone
        higher|senior|next level|support|authority|team
    """,
    Step.FOLLOW_UP: """
    comes back to it: 0.85
        check|checking|look|come|get|be|circle|write|report|call|ring ~1 back|again ~6 you|tomorrow|today|on|with|in|
            monday|tuesday|wednesday|thursday|friday|later|once|by|soon|when|within|three|to|if|that|day|after
        follow|following up
        ILL|you'll|you_will|and ~2 write|email|call|message|send|let|contact|text|update|inform|notify|report|confirm|
            hear|ring|line ~6 tomorrow|today|by|within|hour|noon|evening|morning|once|when|soon|friday|monday|updates|
            know|progress|outcome|moment|as_soon
        keep you|me posted|updated|informed
        check ~6 tomorrow|again|delivery_day|that_it|next|morning
        reminder
        send|write|give you ~4 update|updates|confirmation|summary|status|line|result|tracking|details|writing|
            correction
        you'll|you_will ~1 hear|have|get|receive ~6 by|today|tomorrow|from|within|writing|email|once|noon|evening
        update ~3 tomorrow|today|by|you|later|soon
        watching|monitor|monitoring|keep_an_eye|track|tracking ~3 order|it|this|for|on
        tomorrow|first_thing|morning ~3 i|i'll|we'll|we|to
        let you know
        in touch
        write to you
        confirm ~4 writing|you|tomorrow
    """,
    Step.CLOSE: """
    asks for anything else: 0.9
        anything|something|what else|more|further
        any|other|further more|other|further questions|question|concerns|figure
        if nothing|anything|something|there's_nothing else|more|comes
        everything else|clear|done|add|adds|you_need|settled|sorted|okay|ok
        settled before|for|now|today
        is|are|was|has|does|do that|this|it|everything|your|you|the|order|question ~8 settled|answered|sorted|
            resolved|solved|clear|expected|need|add|sense
        do you have all|everything
    says goodbye: 0.8
        have|enjoy a|your|the ~3 day|evening|weekend|night|one|afternoon|rest|week
        wish|wishing you
        take care $
        goodbye|bye|good_bye|farewell
        thank|thanks YOU|for ~3 chatting|being|giving|bringing|pointing|telling|raising|sticking|going|time|patience|
            you|choosing|working|staying|letting
        glad|happy|pleased to hear
        glad|happy|pleased ~2 i|we|that|it|could|order ~4 help|helped|could|got|settled|clear|found|on_track|resolved|
            solved|sorted|works|hear|track|fixed
        was|been a ~1 pleasure
        let|get you|on ~2 get|on|with ~1 day|your
        hope ~4 rest|day|well|soon|easier|quickly|helps|helped|enjoy|works
        you're welcome
        my pleasure
        don't hesitate
        feel|always free|welcome|here
        that's|the ~2 done|plan|all|taken
    """,
}
DETECTORS: Mapping[Step, Table] = MappingProxyType({step: Table(step.value, table) for step, table in TABLES.items()})

OFFERED = 0.95
BASE = 0.0


def steps(text: Text, context: Context) -> Mapping[Step, float]:
    """The probability 0..1 of every step, in their usual order."""
    found = {step: _probability(table, text) for step, table in DETECTORS.items()}
    for step in _sent(text, context.offered):
        found[step] = max(found[step], OFFERED)
    return MappingProxyType(found)


def _probability(table: Table, text: Text) -> float:
    left = {rule.rule: 1.0 - rule.strength for rule, _, _ in table.matches(text)}
    return round(1.0 - prod(left.values()), 4)


def _sent(text: Text, offered: Iterable[tuple[Step, str]]) -> Iterator[Step]:
    """Steps of the phrases that stood in the sidebar and stand, nearly as they were, in the message."""
    here = frozenset(text.words)
    return (step for step, phrase in offered if says(here, phrase))
