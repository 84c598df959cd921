"""Distress: somebody who may not be safe, or is near the end of their strength.

Talk of suicide and self-harm stands at .85 and more. Despair, which is often spoken of lightly, is one rule below .5,
so that it never calls the emergency protocol by itself.
"""

from assist.signals.patterns import Table

DISTRESS = Table(
    "distress",
    """
    speaks of suicide: 0.95
        suicid*
        kill|killing|hang|hanging|shoot|shooting myself
        end|ending my [own] life
        take|taking my own life
        take|taking my life $
        end|ending it all
        i|i'd|im ~3 want|wanna|wanted|ready to ~1 die $
        i|i'd|just wanna die
        rather die $
        wish i|we was|were dead
        wish i ~1 never ~1 born
        world|they|everyone|everybody ~2 better off without me
        better off dead|without_me
        jump|jumping off|from|in_front_of ~2 bridge|roof|building|train|bus
        throw|throwing myself
        overdose|overdosing
    cannot go on: 0.9 plain
        i|i_just|i_really can't|cannot|couldn't|can_not go on $
        can't|cannot go on anymore|any_more|any_longer|living|with_life|with_my_life
        i|i_just|really don't|not|no_longer want|wanna ~1 live|be_alive|exist $
        don't|no_longer want|wanna ~1 live|be_alive|exist anymore|any_more|any_longer
        don't|not|can't see ~2 point|reason|sense ~1 living|life
        no|any reason|point ~1 live|living
        nothing left|more to live
        sick|tired of being alive
        tired|sick of living|life $
    speaks of self-harm: 0.9
        want|going|gonna|might|wanna|feel|thinking ~2 hurt|harm|cut|hurting|harming myself
        cutting|harming myself
        self harm|harming
        swallow|swallowed|take|took ~2 all|whole|bottle ~2 pills|tablets
    in danger of life: 0.6
        having|have|got ~2 chest pain|pains
        IM|i|he's|she's|he_is|she_is|mum|mom|dad|mother|father ~1 having ~1 heart_attack|stroke|seizure|
            allergic_reaction
        i|he|she|baby can't|cannot|can_not|can_hardly|can_barely breathe
        won't|isn't|not|stopped breathing
        unconscious|collapsed|passed_out|bleeding ~3 floor|heavily|badly|a_lot|and
    in despair: 0.45
        IM ~2 desperate|despairing|hopeless|helpless|suffering|devastated|terrified|heartbroken|at_my_wits_end|
            in_tears
        can't|cannot ~1 cope|bear ~2 anymore|any_more|any_longer|much_longer
        can't|cannot go_on|take ~1 like_this|this|it anymore|any_more|any_longer|much_longer
        can't|cannot go_on like_this
        breaking|falling down|apart
        panic attack|attacks
        panicking|desperate|despair|wits_end|wit's_end
        ruined|ruining|ruin|destroying|destroyed my ~1 life|marriage|health
        losing my mind|sanity|home
        IM ~2 crying|sobbing|shaking|depressed|scared|frightened|sick_with_worry|worried_sick|all_alone
        reduced|in|moved to tears
        crying|cried|sobbing|weeping
        can't|cannot|couldn't ~1 sleep|eat|breathe
        evicted|homeless|starving
    """,
)
