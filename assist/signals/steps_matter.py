"""What an agent does about the matter: a solution, somebody with more say, coming back to it, closing.

A solution names what is done, to what or by when, offers a choice between named things or gives instructions; "let me
look into that" is none.
"""

from collections.abc import Mapping

from assist.message import Step

TABLES: Mapping[Step, str] = {
    Step.SOLVE: """
    has done it: 0.8
        DID [just|already|now|also|gone_ahead_and] refunded|credited|cancelled|canceled|rebooked|reset|replaced|fixed|
            corrected|shipped|unlocked|unblocked|resent|reversed|waived|restored|reinstated|reissued|extended|upgraded|
            exchanged|repaired|reactivated|activated|removed|deducted|reconnected
        DID [just|already|now|also|gone_ahead_and] ~1 sent|added|opened|created|updated|changed|arranged|started|booked|
            requested|scheduled|placed|set|issued|ordered|processed|applied|submitted|approved|released|put ~5 OBJECT
        OBJECT ~3 has|have ~2 been|gone ~1 refunded|credited|cancelled|canceled|sent|shipped|processed|issued|corrected|
            applied|added|approved|booked|out|ordered|resent|through|started|reversed|restored|fixed|placed|dispatched
        OBJECT ~2 is|are ~2 on_its_way|on_the_way|under_way|underway|being_sent|being_processed
        has|have|is ~1 been|now ~1 fixed|solved|resolved|corrected|refunded|cancelled|canceled|credited|restored|reset|
            unlocked|reinstated
        arrives|arrive|arriving|reaches ~2 on|by|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|
            sunday|within
    does it: 0.8
        DOES ~3 refund|credit|rebook|reset|replace|correct|unlock|resend|reverse|waive|restore|redirect|reissue|
            reinstate|
            exchange|repair|swap|reimburse
            you|it|that|this|the|your|them|what|order|reference|right|today|for|#|$
        DOES ~2 send|start|arrange|issue|request|order|book|offer|open|cancel|prepare|set|find|begin|apply|submit|
            process|
            schedule|record|create|put|have|get|add|change|lock|remove|extend|upgrade|complete|ask_for ~5 OBJECT
        DOING ~4 OBJECT
        DOES ~2 cancel|lock|trace|examine|split ~1 it|this|order|reference|#|your|the|you|$
        have it sent|resent|shipped|checked|sent_again|replaced
        send|get it|this|one|another again|to_you|out ~1 today|tomorrow|now|again
    does it at once: 0.65
        DOES ~2 check|trace|ask|review|look_up|request|find|match|test|verify|search|compare|open|put|read|record|
            report|
            go_through|work|settle|act|finish|fix|correct|do|start|offer|answer ~9 SOON
        DOING_SO ~7 SOON
        give me NUM|a|until ~2 minutes|hour|hours|noon|tomorrow|today|evening
        SOON ~2 you'll|you_will ~2 know|have|hear|see
        you'll|you_will ~2 know|have ~6 SOON
        one clear|yes|no answer|or
        answer|result|account ~1 here|in_writing within|today|by
        write|confirm ~6 in_writing
        tell you ~7 what_i_can_do|i_can_do|i_can_start|can_be_done|which_part
    offers a choice: 0.75
        which [one|of_these|of_them|option] would|do|should|may|shall you|i|we|works ~2 prefer|like|rather|choose|
            want|start|pick|first|look|set|check|$
        what would|do you ~2 prefer|rather|choose|pick|like_me_to|like_instead|like_first
        which ~2 do|would|suits|is|works you|better|best ~1 prefer|like|rather|want|for_you|$
        would|do you prefer
        would you rather ~7 or
        would you like ~10 or
        would you like me to
        your|the choice ~2 is_yours|$
        choice|decision ~1 is|will_be yours|up_to_you
        you choose|decide $
        you choose|may_choose|can_choose|decide ~2 end|i|between|a|how|we|which
        whichever|whatever you ~1 prefer|like|choose|pick|want|decide
        refund|replacement|replace|credit|voucher|repair|exchange|resend|reshipment|money_back ~5 or ~6 OBJECT|
            refund|resend|exchange|repair|instead
        two|three|other|different ~1 options|ways|possibilities|solutions
        as_an alternative
        shall|should|may i ~6 now|today|first|instead|here
        shall i $
    asks what would settle it: 0.55
        what|which ~2 would|must|should ~6 settle|put_this|make_this|make_it|fair|accept|need_to|needed|restore|
            work_for_you|
            help_you|help_instead|come_of|happen_today|change
        what ~1 outcome|result|solution|correction would|do
        would ~9 help|serve you ~1 more|better|best|today|$
    gives instructions: 0.65
        try|please ~2 restart|restarting|reset|resetting|reinstall|reinstalling|uninstall|uninstalling|reboot|rebooting|
            clear|clearing|unplug|unplugging|update|updating|turning|signing_out|logging_out|log_out|sign_out|
            power_cycle
        tried|try restarting|resetting|reinstalling|uninstalling|rebooting|clearing|unplugging|updating|signing_out|
            logging_out|turning
        open ~2 settings|menu|app|page|account
        click|tap|press|select|choose ~4 on|button|menu|settings|tab|icon|option|help|page|cart|app
        go|head|navigate to|into|over ~3 settings|menu|account|page|website|help|options|general|tab|section|orders
        find ~2 under|in settings|your_account
        here|these|below|following are|is|'s ~3 steps|instructions|guide|article|tips|options
        follow|following|try|see|use|through ~2 these|the|this|our ~2 steps|instructions|guide|article|tips|
            troubleshooting
        you can|could|may|will_be_able_to|should_be_able_to ~2 find|use|change|cancel|return|track|reset|download|
            exchange|check|update|view|request|add|redeem|book|submit|manage|claim|switch|set|turn|register
            ~8 here|at|through|under|via|in|on|by|with|from|using|online
        you can|may ~1 return|exchange|cancel|claim|get|receive|use ~5 refund|money|days|free|replacement|full
        link|code ~2 below|here|is
        photo|photograph|screenshot ~4 help|helps|allow|match|check
    says maybe: 0.25
        DID ~1 checked|reviewed|looked|passed|forwarded|reported|contacted|asked|escalated
        DOES ~3 check|look|review|investigate|see|find|help|work|assist|try
        you can|could|may
        option|options|alternative|instead|solution|another_way
    """,
    Step.ESCALATE: """
    brings in somebody: 0.9
        bring|bringing|call|calling|get|getting|ask|asking|involve|involving|tell|telling|hand|handing|pass|passing|
            transfer|transferring|forward|forwarding|connect|connecting|talk|speak|go|goes|give|giving|put|take ~6
            HIGHER
        HIGHER ~2 is|will|has|takes|take|joins|comes|should|can|could|hears|decides|needs|to
        escalat*
        bring|bringing|get|getting|involve|involving ~3 someone|somebody|colleague|expert ~4 who|join|decide|trained|
            authority|senior
        someone|somebody|a_person|colleague ~2 who|with ~2 decide|authority|trained|senior
        higher|senior|next level|authority
        place|placing|placed|taking|passing ~4 before|to HIGHER
        HIGHER gets|reads|answers
        from|with my HIGHER
        needs my HIGHER
    """,
    Step.FOLLOW_UP: """
    comes back to it: 0.85
        ILL|and|to ~2 check|look|circle|write|report|come|call|ring|get back|again|in ~7 WHEN
        ILL ~2 check|get|circle|report back
        ILL ~3 follow up
        ILL|i'm|we're following up
        ILL ~2 write|email|call|message|text|update|inform|notify|report|ring|contact|let_you_know|confirm ~8 WHEN
        and write|email|report|confirm|let_you_know|call|inform ~8 WHEN
        ILL ~2 let you know
        ILL ~2 be ~1 in touch
        ILL ~3 keep you posted|updated|informed
        ILL ~4 check|look ~6 tomorrow|again|delivery_day|next_morning|before_the_next
        ILL|and ~1 send|give you ~6 update|updates|confirmation|summary|status|line|result|tracking|details|
            correction ~5 WHEN
        set|setting ~2 reminder
        you'll|you_will ~1 hear|have|get|receive ~4 email|update|news|call|message|confirmation|from|tracking|it|
            cancellation ~7 WHEN
        you'll|you_will ~1 hear ~4 WHEN|why|from
        update you|here ~4 WHEN
        i'm|i_am|we're watching|monitoring|tracking|keeping_an_eye ~2 order|it|this|your|on|the
        tomorrow|first_thing|morning|noon ~3 i'll|i_will|we'll|we_will ~1 check|write|call|send|look|confirm|update
        send the update
        write to you
        confirm to you in_writing|by|tomorrow
    """,
    Step.CLOSE: """
    asks for anything else: 0.9
        is|if|there's|there|with|need|about|does|for anything|something else ~2 open|we_can|i_can|we_could|i_could|
            you_need|you|
            today|comes|remains|for_you|on|looks|i|$
        if|have|any other|further|more|additional questions|question|concerns|figure|queries
        any further|other|more|additional questions|concerns|queries|assistance|help
        if nothing|there's_nothing else|more ~2 open|for|$
        everything else settled|okay|ok|done|clear
        that's|is|are everything|all ~2 done|settled|sorted|clear|for_today
        is|are|was|has|does that|this|it|everything|your|the|order|question ~6 settled|answered|sorted|resolved|solved|
            add_up|now_clear|make_sense ~4 now|or|full|for_you|$
        do you have all|everything you
    says goodbye: 0.8
        have|enjoy a|your|the [very] good|great|nice|lovely|wonderful|pleasant|fantastic|amazing|awesome|
            beautiful ~1 day|evening|weekend|night|one|afternoon|morning|week|trip|flight
        enjoy the|your rest|day|evening|weekend|night|flight|trip|stay
        wish|wishing you a|all|well|good
        take care $
        goodbye|bye|good_bye|farewell
        thank|thanks YOU|for ~3 chatting|raising|sticking|choosing|shopping|flying|going_through|pointing|bringing|
            giving_me|contacting|reaching_out|riding
            us|with|today|this|me|the|$
        thank|thanks you for telling_me_plainly|raising|bringing|pointing
        glad|happy|pleased ~2 i|we|that|it|could|order|to_hear ~5 help|helped|settled|clear|clear_up|got_there|found|
            on_track|resolved|solved|sorted|works|working|fixed|assist
        was|been a|my ~1 pleasure
        let you get on|back
        hope ~4 rest of|your ~3 day|easier|weekend
        hope we|to ~1 see|welcome YOU ~3 again|soon
        you're welcome
        my pleasure $
        don't hesitate
        reach|message|contact|write|tweet ~2 us|out|back|again ~2 again|if_you_need|if_you_have|anytime|any_time
    friendly end: 0.3
        glad|happy to ~1 hear|help
        thanks|thank_you for
        always|still here|welcome
        feel free
        hope|hopes ~2 helps|helped
    """,
}
WORDS: Mapping[str, str] = {
    "DID": "i've i_have we've we_have i we",
    "DOES": """
        i'll i_will we'll we_will i_can we_can i_could we_could i_shall let_me let_us let's i'd_like_to i_would_like_to
        i'm_going_to may_i shall_i and_i'll want_me_to like_me_to i_am_going_to i_may
    """,
    "DOING": """
        i'm_sending we're_sending i'm_refunding we're_refunding i'm_starting i'm_opening i_am_sending i_am_refunding
        i_am_starting i_am_opening i'm_cancelling i'm_canceling i'm_booking i'm_ordering i'm_arranging i'm_replacing
        i'm_processing we're_processing we_are_processing we_are_sending i'm_issuing i'm_correcting i'm_looking_up
        i'm_tracing i'm_asking_the i_am_asking_the i'm_checking_order i_am_checking_order
    """,
    "DOING_SO": """
        i'm_checking i_am_checking i'm_looking_up i_am_looking_up i'm_asking i_am_asking i'm_going_through i'm_tracing
        i_am_going_through i'm_opening i_am_opening we're_checking i'm_testing i'm_fixing i_am_fixing
    """,
    "OBJECT": """
        refund replacement credit voucher coupon discount shipment parcel package label technician engineer appointment
        new_one new_card new_code new_link reset_link fresh_link link_to_reset link_now return_label money
        account_credit
        payment correction invoice final_bill bill charge charges fee fees cancellation claim trace search password
        reset upgrade delivery right_item correct_item right_one item product device router order booking reservation
        seat ticket_for confirmation_of exception review second_check second_review pickup_point amount address
        change exchange repair
    """,
    "SOON": """
        now today right_away at_once tonight straight_away in_ten_minutes within_ten_minutes within_fifteen_minutes
        in_fifteen_minutes in_five_minutes within_the_hour in_#_minutes within_#_minutes within_#_hours in_#_hours
        by_noon by_tomorrow by_the_end_of_today by_this_evening within_an_hour while_you're_here in_a_few_minutes
    """,
    "WHEN": """
        tomorrow today tonight noon evening hour monday tuesday wednesday thursday friday saturday sunday once when soon
        shortly updates progress outcome moment as_soon later within news #_days three_days next until so_that
        in_writing
    """,
    "HIGHER": """
        supervisor manager team_lead team_leader superior duty_manager management senior_colleague specialist
        senior_team specialists
    """,
}
# What takes a step out of its sentence: the words beside it say that it is something else.
ASIDES: Mapping[Step, str] = {
    Step.SOLVE: """
    does not know: 1 plain
        unsure|not_sure|don't_know|no_idea why|how|what|if|whether
    asks to write elsewhere: 1 plain
        dm|dms|direct_message|private_message|pm|dm'd|direct_messages
        please send|email|provide|share|give|reply
        following|follow us|link_to_join
        option below
        version|showing
        check|see if|whether ~6 has|have|is|are|was
        has|have this|that|it|the|your ~2 been
        send us|me ~2 email|note|message|details
        let us know
        would like to|our look|take|help|assist|speak|talk|assistance|help
        sorry
    """,
    Step.FOLLOW_UP: """
    follows up elsewhere: 1 plain
        with our|the|my ~1 team|store|department|colleagues|carrier
    """,
    Step.CLOSE: """
    asks on: 1 plain
        else i_should know
        else missing|wrong|happened|going_on
        everything else can|for_a
    """,
}
