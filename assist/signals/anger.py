"""Anger: what a customer says who is past annoyed, at the matter or at those who answer."""

from assist.signals.patterns import Table

ANGER = Table(
    "anger",
    """
    says they are angry: 0.75
        furious|livid|fuming|seething|enraged|outraged|raging|infuriated|incensed|irate|pissed_off
        IM ~2 angry|mad|pissed|angrier|boiling|steaming
        angry|mad|pissed|furious at|with|off|about YOU|this|that|it|how
        so|very|really|extremely|getting|beyond angry|mad|pissed
    angry at what happened: 0.6
        makes|making|made|make me|us [VERY] angry|mad|sick|furious
        makes|making|make my blood boil
        drives|driving|drive me|us [VERY] crazy|mad|insane|nuts|bonkers
    hates it: 0.5
        i|we [VERY] hate|despise|detest|loathe ~1 how|when|being|waiting|dealing|having|YOU|your|this|that|it
        hate YOU|this|that|it|your
    nobody cares: 0.5 plain
        nobody|no_one|none|noone ~2 cares|care|gives|bothers|bothered
        YOU|they ~2 don't|doesn't|clearly|obviously|never [even|really|seem_to|give_a] care|cared|shit|damn|fuck|toss
        couldn't|could care less
    disgusted: 0.6
        disgusted|disgusting|disgrace|disgraceful|appalling|appalled|outrageous|scandalous|shameful|despicable
        atrocious|abysmal|deplorable|criminal|insulting|sickening|diabolical|farce|farcical|shambles|travesty
    unacceptable: 0.45
        unacceptable|inexcusable|intolerable|unforgivable|inadmissible|unprofessional
        not|isn't|wasn't acceptable|ok|okay|on $
        absolute|complete|total|utter|fucking|bloody|such joke|disgrace|shambles|nonsense|bullshit|bs|crap|rubbish|
            garbage
    had enough: 0.55
        sick_and_tired|sick_to_death|fed_up|had_enough|had_it|last_straw|enough_is_enough|pissed_off_with
        IM|i|we|so|VERY|getting ~1 sick_of|tired_of
        lost|losing|run_out_of|running_out_of|out_of ~1 patience|temper
        final|last straw
        enough $
    taken for a fool: 0.5
        taking the mick|mickey|piss|p*ss
        YOU|are|is|this|u kidding|joking|messing [me|right|with_me|with_us]
        kidding|shitting me
        take|taking|took|taken me|us for a|an ~2 fool|idiot|ride|mug
        playing ~1 games
        don't|do_not|dare ~1 tell me to ~1 calm|relax|wait|be_patient|be_respectful
        running|runaround|run_around me|us|the around|runaround|in_circles
        lied|lying|lie|lies to me|us
        YOU ~1 lied|lie|lying|cheated|scammed|conned|tricked
    shame on you: 0.55
        shame on YOU
        ashamed of yourselves|yourself
        YOU should be ashamed
    how dare you: 0.65 plain
        how dare YOU
        what ~2 hell|fuck|heck|f is|are|was|were|do|did|am|have
        wtf
        who do you|u think YOU are
    demands: 0.35
        i|we|im|i'm demand|demanding
        do your ~1 job
        sort|fix|get ~2 yourselves|act|shit|together ~2 out|together
        answer me
        why ~5 so ~1 hard|difficult
        what|whats ~1 wrong with YOU
        ^ seriously $
        what a joke
    accuses of cheating: 0.45
        robbed|stole|stolen|steal|stealing|thieves|thief|theft|robbery|daylight_robbery|crooks|crook|liars|liar|
            con_artists
        scam|scammed|scammers|scammer|scamming|rip_off|ripoff|ripped_off|ripping|fraud|fraudsters|swindl*
    """,
)
