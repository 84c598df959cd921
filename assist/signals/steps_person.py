"""What an agent says to the person: listening, empathy, apology, ownership, a boundary.

`steps.py` tells how the tables are used; rules below .5 are hints that do not make a step by themselves.
"""

from collections.abc import Mapping

from assist.message import Step

TABLES: Mapping[Step, str] = {
    Step.LISTEN: """
    says it back: 0.75
        if i|we|i've|i_have ~1 understand|understood|get|got|read|hear|heard ~1 YOU|you|correctly|right|this|it|that
        is that [it|about] right|correct|accurate|fair|so $
        is that right|correct|accurate or
        is that it|so|the_whole_picture|the_question|how_it's_been|how_it_was|what_happened
        have|did i|we ~1 got|get|understood|understand ~3 right|correctly $
        have|did i|we miss|missed anything|something
        i|we have|got|get|understand it|that|this|you right|straight|correctly
        have i got|understood|read this|that|it|you
        what i'm|im|i_am hearing|understanding
        what i|i_have|i've understand|understood|heard|hear
        to be sure i|we have|got|understand|understood
        let me|us be sure i
        to confirm|recap|summarize|summarise
        let me|us ~1 repeat|recap|sum|summarize|summarise|say|read ~2 back|up|that|this|what
        let me|us ~1 check|confirm ~1 i|that_i|the_facts|i've
        let me|us get it|this|the_picture|the_facts
        say|read|repeat|sum it|this back|up
        i|i'll|i_will repeat it to
        may i confirm|repeat|summarize|summarise
        ^ so you've|you_have|you're|you_are|you_were|you_want|you_need|you_paid|you_ordered|you_never|you_still|
            you_can't|you_bought|you_got|your_order|your_parcel|the_parcel|the_order|this_is|it's_been
        sounds|seems|looks like|as_if|as_though YOU|you're|you've
        it|that|this|you ~1 sounds|seems|feels as_if|as_though
        correct me if
        so|here|here's|here_is ~2 what i|we have ~3 so_far|is
        so far i_have|you've|you_have|i_understand
        your point is
        i|i've|i_have ~1 read ~1 everything|all|what_you|every|your_messages|your_message|you_from|it_all|through_your
        i've|i_have|i|we_have noted ~4 you|what|your
        i'm|i_am reading|following|listening ~1 $
        i'm|i_am reading|following ~1 everything|all|every|what|you|along|on
    asks for the story: 0.7
        what ~1 happened|happens|went_wrong|is_wrong|came_next|came_before
        what's|whats|what_is ~1 happening|going_on|gone_wrong|wrong|bothering|still_open
        what's|what_is the last thing
        what seems|appears to be
        what exactly|precisely ~1 happened|is|went|do|does|did|are|'s
        where|how|when ~1 did|does it|this|that|they|things ~2 go|start|begin|happen|stop|fail|end
        when|where ~1 it ~1 went|fail|failed|started|stopped|stop
        tell|show me|us ~2 more|happened|how_bad|how_it|what_you|what_happened|what_went|when_it|where_it|about_it|
            the_story|all_about|everything
        can|could|would YOU ~2 describe|elaborate|explain ~2 what|how|the|your|on|happened
        describe ~1 what|how|the|your
        what ~2 YOU ~2 told|promised|expect|expected|tried
        what ~4 was|were|been promised|told|said|tried ~2 you|$
        which|what ~1 amount|part|item|number ~6 expect|expected|missing|wrong|looks|not
        who did you speak|talk ~1 to|with|about
        is there ~1 more $
        is there|was_there ~1 anything|something|more else|further|i_should|to_add|you_want_to
        is|was anything|something missing|else_missing
        else should_i|i_should know
        what else ~1 happened|came|is_there|belongs|should_i|went
        since when
        would you add anything
        i'd|we'd|i_would|we_would|i_want|we_want ~1 like|love|rather|to ~1 to|hear ~1 hear|understand|about
        go on i'm|we're|and|$
        please continue|go_on
        are YOU ~1 safe|in_danger|alone
        in ~1 danger
        local emergency number
        is|was there someone|somebody|anyone|anybody
        how are you|things right|at
        is it|this|that ~6 or ~1 something|part|more|does|does_it|is_it|what|come_and_go
        was|is it ~3 from_the_start|when_it_arrived|completely|fully
        may i ask what|if|how|when
    asks or names: 0.25
        what|which|when|where|how|who ~7 happened|said|told|see|expect|tried|notice|noticed|wrong|stop|missing|start|
            started|begin|fail|failed|problem|concern
        you|you've|you_have ~1 wrote|written|said|mentioned|told|described|reported|explained|asked|contacted|waited|
            been_waiting|raised|wanted|were
        sounds|seems|looks like|as_if
        what|how do|did|are|is|would|makes|about you|that|it|this
        so you|it|that|your|the|what|there
        you|you're|you_are feel|feeling|feels|want|wanted|worried|thinking|afraid
    """,
    Step.EMPATHIZE: """
    names the feeling: 0.75
        understand|see|imagine|hear|know|tell|appreciate|realize|realise|get ~4 FELT
        i|we [can|do|really|completely|totally|fully|certainly|absolutely] understand|see|imagine|get why|how
        i|we [can|do|really|completely|totally|fully|certainly|absolutely] understand|appreciate
            that_you|your_frustration|your_concern|your_concerns|your_anger|your_feelings|where_you
        i|we can|do|completely|totally|fully|certainly|absolutely relate|sympathize|sympathise|empathize|empathise
        frustrat*|annoying|upsetting|disappoint*|worrying|stressful|tiring|infuriating|maddening|unsettling|exhausting
            to|when|for|not|that ~3 you|pay|plan|know|wait|have|be|get|it|your|sit|is
        i'd|i_would|would ~4 be|feel|make ~3 angry|upset|annoyed|frustrated|fed_up|furious|mad|worried|the_same|
            disappointed|too
        would|that ~2 annoy|upset|wear|frustrate|worry|anger|tire anyone|anybody|me|you
        make|makes|made|annoy|wear|wears anyone|anybody ~2 angry|upset|tired|out|sad
        no|little wonder|surprise ~1 you|you're|you've|that|it
        of course you're|you_are ~1 FELT
        understandable|understandably|justified|only_natural|perfectly_natural
        it's|it_is|being_tired_of_it|annoyed ~1 is|only|natural ~1 natural|to_feel
        annoyance|anger|frustration|worry|disappointment ~2 is|are reasonable|justified|natural|easy_to_follow|valid|
            fair
        you have|had every|good|all ~1 right|reason|reasons to
        make|makes sense ~1 that_you|you're|you_are
        being fed_up|angry|upset|tired|annoyed|frustrated makes|is
        feel|feels|felt|feeling let_down|ignored|brushed_off|unheard|dismissed|for_you|your_pain|alone|unsafe
        nobody|no_one|none ~1 likes|wants|enjoys|deserves to|this|that
        nobody|no_one should have_to|be
        not being heard
        worst part
        that's|thats|that_is|this_is ~2 FELT
        it's|it_is ~2 frustrat*|annoying|upsetting|disappointing|worrying|stressful|tiring|infuriating|maddening|
            unsettling|
            exhausting|unfair|painful|tough|awful
        is|are ~1 more than ~1 annoying|frustrating
        has|have ~1 upset|worn|let|worried|annoyed|angered|disappointed|hurt you
        you're|you_are hurting|suffering|in_pain|not_alone|under_a
        too much|far_too_much to ~1 carry|bear|take
        bear|carry|go_through ~2 alone
        heavy|real burden|strain
        you matter
        what you|you're feel|feeling|going_through|carrying
        glad|good ~2 YOU ~1 said|wrote|told|trusted
        that sucks|stinks|hurts
        i've|we've been there
        wear|wears me|you|anyone out
        a|the letdown|bother|nasty_surprise
        real money
    guesses the feeling: 0.75 plain
        must|can|could|would|that|it|this|has|which be|have_been|feel|been|is|was|sounds|seems|'s [so|very|really|
            incredibly|quite|more_than|such_a|a|a_real|truly] ~1 FELT
    is sorry with you: 0.35
        sorry|sad ~2 to_hear|to_learn|to_read|to_see|you're_going|you_are_going|for_your_loss|you_feel|you're_feeling|
            about_your_loss|things_are
        hate|hated|disappointed to hear|see|learn
        never|not ~2 what|like|want|experience|easy ~3 we_want|to_hear|you_to_have|want_for_you
    warm words: 0.2
        we're|i'm|we_are|i_am here ~2 you|help
        oh no
        hope YOU|everything|things ~2 better|okay|ok|well|soon
        take your time
        stay|stays safe|strong
        hang in there
        feel better
        feel|feeling YOU|ya
        thank|thanks ~2 telling|trusting|sharing
        i|we know how|what|that
        so|VERY frustrating|annoying|upsetting|disappointing|hard|difficult|tough|sad
        hard|tough|awful|horrible|terrible|sad|painful
        not|aren't|never alone
        i wish|feel|understand|know
        proud|happy|glad
    """,
    Step.APOLOGIZE: """
    says sorry: 0.95
        sorry|apologies|apology|apologise|apologize|apologizes|apologises|regret|apologizing|apologising
        forgive me|us
        my bad|mistake|fault
        our fault|mistake|error
        pardon us|me
    """,
    Step.OWN: """
    takes it on: 0.85
        ME ~5 myself|personally
        i'm|i_am|i'll_be|i_will_be|be ~1 responsible ~1 for
        be responsible
        ME ~2 take|look care_of|after|responsibility|ownership|charge ~1 of|for|this|it|that|order|your|everything|
            reference
        ME ~2 take this|it|that|things|the_case|over_from from|on|over
        ME ~2 handle|own|see_to this|it|that|your|both|everything|order|the|one|reference
        ME ~2 stay ~4 until|till|while
        i|i'm|i_am|we|we_are take|taking|accept|accepting ~2 responsibility|ownership
        leave|leaving it|this|that with|to me
        i've|i_have got this
        my case|job|responsibility|task now
        that's|this_is|it's my job|responsibility|task now|$
        this|one|it|that|now is mine|my_case|with_me|on_me|my_job
        make this|it mine
        count on me
        from here|now [on] ~1 i|i'll|i_will
        my name|i'm|i_am ~6 responsible|look_after|see_to|handle
        be your ~2 contact
        one person|contact ~2 ask|me
        i'm|i_am not passing|going_to_pass you
        i'll|i_will|i ~1 won't|not pass|send|hand YOU
        with|here you until
        i'll|i_will|i_am ~2 do|doing the ~2 asking|chasing|work|rest
        report|account ~3 to you
        ME ~2 see this|it|that through
        i'm|i_am handling|responsible ~1 this|it|your|order|for
        i'm|i_am on order|it|this ~2 now
        until ~4 myself
    takes part of it on: 0.4
        ILL ~2 handle|sort|fix|deal_with|take_care|make_sure|get_this|get_it|look_after
        ILL|let_me ~2 look|find ~2 for_you|into|out
    """,
    Step.BOUNDARY: """
    asks for respect: 0.85
        keep|stay|remain|be|please|speak|talk|write|stays|staying|without|with ~5 respectful|polite|civil|courteous|
            respectfully|calmly|politely
        keep|stop|without|no|leave|refrain|direct|leave_out ~4 insult|insults|insulting|abuse|abusive|swearing|threats|
            threatening
        respectful chat|conversation|way
        on|with respect and|i|we|$
        respectfully $
        can't|cannot|won't|not|unable|stop|end|will_not|have_to|must ~5 insults|insulted|insult|abuse|abusive|threats|
            threatened|threatening|name_calling|threaten|names
        insults|insult|abuse|threats|threat|swearing|name_calling|attacks|personal_remarks|personal_remark ~6 stop|end|
            ends|
            out|aside|not|can't|cannot|help|no|continue|acceptable|ok|okay|have_to|chat|leave|step|aren't
        not ok|okay|acceptable|all_right ~2 to ~1 talk|speak|write|call|insult
        this|that|such ~1 language|tone is|isn't|not|won't
        last|final|second|first warning|request|time ~3 ask|chat|warn|before|insult|respectful|keep|i_ask|
            that_you_remain
        end|close|ending|closing|leave|pause|stop|continue ~2 chat|conversation ~4 if|insult|threat|because_of|under|
            under_threats|abuse
        line ~4 crossed|crosses|insult|personal|respect|abuse
        please don't|do_not|stop ~3 call_me|insult|threaten|swear
        talk|speak|write|talking|speaking to|with me|us like_that|this_way|that_way|like_this|in_that
        refrain from
        contains|contain a threat|threats|insults
        don't call me
        calling me names
        leave out what's|what_is about_me
        keep the rest respectful
        not respond to the personal
    """,
}
WORDS: Mapping[str, str] = {
    "ME": "i'll i_will i'm i_am i_shall i've i_have let_me i_can i'm_going_to",
    "FELT": """
        frustrat* angry anger upset upsetting annoy* disappoint* worr* stress* fed_up tired tiring painful inconvenien*
        mad madden* furious hurt hurts scary hopeless infuriat* exhaust* unsettl* unpleasant awful wearing lonely
        horrible
        heavy nasty unnerving disheartening difficult hard tough burden insulting letdown unfair terrible rough
        confusing
    """,
}
# What takes a step out of its sentence: the words beside it say that it is something else.
ASIDES: Mapping[Step, str] = {
    Step.EMPATHIZE: """
    speaks of the task: 1 plain
        difficult|hard|tough to ~1 get|diagnose|find|say|tell|help|see|know|keep|fix|answer
    """,
    Step.LISTEN: """
    asks for data: 1 plain
        version|model|zip|postcode|email_address|phone_number|order_number|account_number|date_of_birth|browser
    looks itself: 1 plain
        see|look|check|figure|find|investigate|review ~3 what|what's|happened
    asks to close: 1 plain
        anything|something|more else i|we|you ~1 can|could|may|help|need
    asks for one thing: 1 plain
        to confirm what|what's|who|who's|which|when|where
        your feedback
        confirm your|the
    """,
}
