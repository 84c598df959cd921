"""What makes a text shorter or firmer: padding, longer phrases for short ones, fillers, hedges, roundabout requests."""

from assist.rewrite_rows import rows

ACTIVE_NOUNS = "order|refund|request|account|case|complaint|ticket|parcel|package|replacement|return|payment|booking"
ACTIVE_VERBS = (
    "shipped|issued|processed|received|cancelled|canceled|credited|escalated|closed|approved|sent|updated|reviewed|"
    "forwarded|refunded|dispatched|confirmed|corrected|reopened"
)
ACTIVE = rows(
    "active voice",
    f"""
    your {ACTIVE_NOUNS} has been {ACTIVE_VERBS} $ => we have \\5 your \\2
    your {ACTIVE_NOUNS} has been {ACTIVE_VERBS} +today|yesterday|this => we have \\5 your \\2
    """,
)
PADDING = rows(
    "padding",
    """
    i was wondering if you could ?? => could you
    i was just wondering if you could ?? => could you
    i was wondering if you could .. => please ~please
    i was just wondering if you could .. => please ~please
    i wanted to ask if you could .. => please ~please
    we'd like for you to please => please
    we'd like for you to => please ~please
    we would like for you to please => please
    we would like for you to => please ~please
    we would like to ask|request you to => please ~please
    i would like to ask|request you to => please ~please
    we kindly ask that you => please ~please
    we kindly ask you to => please ~please
    we ask that you please => please
    we ask that you => please ~please
    you can go ahead and => you can
    go ahead and =>
    please be advised|informed|aware that =>
    please note|know that =>
    please be assured that =>
    rest assured that? =>
    i would like to inform you that =>
    we would like to inform you that =>
    we wish to inform you that =>
    i'm writing to inform you that =>
    i am writing to inform you that =>
    i wanted to let you know that =>
    i just wanted to let you know that =>
    we wanted to let you know that =>
    we just wanted to let you know that =>
    i just wanted to let you know =>
    this is to inform you that =>
    it is important to note that =>
    it should be noted that =>
    as you may already? know|be_aware ,? =>
    as i|we mentioned before|earlier|previously|above ,? =>
    as previously mentioned|stated|discussed ,? =>
    as a matter of fact ,? =>
    in actual fact ,? =>
    the fact of the matter is that =>
    the thing is that? ,? ^ =>
    at the end of the day , ^ =>
    when all is said and done ,? =>
    for what it's worth ,? =>
    to be honest|frank with? you? ,? =>
    in all honesty ,? =>
    if i may say so ,? =>
    needless to say ,? =>
    it goes without saying that =>
    it is worth mentioning|noting that =>
    in my opinion ,? =>
    from my point of view ,? =>
    on our end => here +as|so|and $
    """,
)
SHORT_PHRASES = rows(
    "shorter phrase",
    """
    in order to => to
    in order for => for
    so as to => to
    due to the fact that => because
    because of the fact that => because
    in view of the fact that => because
    in spite|light of the fact that => although
    despite the fact that => although
    in the event that => if
    in case that => if
    until such time as => until
    during the course of => during
    for the purpose of => for
    with regard|regards to => about
    in regard|regards to => about
    with respect to => about
    in reference|relation to => about
    with the exception of => except
    in the near future => soon
    at this point in time => now
    at this moment in time => now
    at the present time => now
    at this time => now
    at the moment => now
    at a later date|time => later
    on a regular basis => regularly
    on a daily basis => daily
    on a weekly basis => weekly
    on a case by case basis => case by case
    in a timely manner|fashion => promptly
    in the process of =>
    a large|great number of => many
    a significant|considerable number of => many
    a great deal of => much
    the majority of => most
    the vast majority of => most
    each and every => every
    first and foremost => first
    any and all => all
    one and the same => the same
    and also => and
    whether or not => whether
    the reason why => why
    is able to => can
    are able to => can <we|you|they|not
    you are able to => you can
    we are able to => we can
    i am able to => I can
    has the ability to => can
    have the ability to => can
    make a decision => decide
    come to a decision => decide
    give consideration to => consider
    take into consideration => consider
    conduct an investigation into|of => investigate
    perform a check of|on => check
    make a payment => pay
    provide you with => give you
    provide us with => send us
    provide me with => send me
    reach out to us => contact us
    reach out to you => contact you
    get in touch with us => contact us
    get in contact with => contact
    get in touch with => contact
    send us over? a direct? message => message us +so|with|and|at|for $
    shoot us a dm => DM us
    send us a dm => DM us
    send us a private message => message us
    please feel free to => please
    feel free to => please ~please ^
    please do not hesitate to => please
    please don't hesitate to => please
    do not hesitate to => please ~please ^
    don't hesitate to => please ~please ^
    in addition to => besides
    in addition , ^ => also,
    as well as => and
    prior to => before
    subsequent to => after
    in close proximity to => near
    further assist you => help you
    further assist => help
    assist you further => help you
    look further into => look into
    take a closer? look at => look at
    take a further? look into => look into
    have a look at => look at
    for your reference|information|records ,? =>
    thank you so|very much for => thank you for
    thank you very|so much => thank you
    thank you for reaching out to us => thank you for writing
    so that we can|may => so we can
    so that i can => so I can
    that being said , => still,
    having said that , => still,
    all of the|your|our => all \\3
    off of => off
    outside of the => outside the
    inside of the => inside the
    in terms of => for +your|the
    a total of =>
    the following +order|orders|items|steps => these
    if at all possible => if possible
    with the help of => with
    by means of => by
    in the amount of => of
    over the course of => over
    for the duration of => during
    on behalf of the entire|whole => for the
    """,
)
NOT_A_KIND = (  # "what kind of" and the like name a kind
    "what|which|this|that|any|some|same|every|each|a|the|one|another|all|different|these|those|other|no|new|right"
)
PRAISED = "sorry|happy|glad|pleased|grateful|important|helpful|useful|frustrating|disappointing|unfortunate"
NOT_MEASURED = "not|isn't|wasn't|aren't|how|ever|that"
FILLERS = rows(
    "filler",
    f"""
    basically|essentially|literally|honestly|frankly =>  <not|isn't|don't|doesn't|didn't
    ^ actually|so|well|now|anyway|anyways|look , =>
    i just wanted to => I wanted to
    i just want to => I want to
    i just need => I need
    we just need => we need
    you just need => you need
    can you just => can you
    could you just => could you
    would you just => would you
    please just => please
    just let us|me|you => let \\3
    let me just => let me
    i'm just going to => I'm going to
    just to +let|confirm|clarify|check|make|be|say|follow => to
    very|really|truly|extremely|incredibly|so|terribly => +{PRAISED} <{NOT_MEASURED}
    absolutely|totally|completely +understand|agree|sure|right|correct|happy|sorry|certain =>  <not|don't|isn't
    definitely|certainly +understand|like|want|help|look|agree =>  <not|isn't|don't|doesn't|didn't
    really|truly +appreciate|understand|like|want|hope|need|value =>  <not|don't|doesn't|didn't|do|if
    simply +click|tap|go|call|reply|send|use|follow|visit|open|log|type =>
    as such , ^ =>
    of course , =>
    you see , =>
    you know , =>
    hello|hi there => \\1
    quick +question|note|update|check => <a|the|one
    kind of => <{NOT_A_KIND}
    sort of => <{NOT_A_KIND}
    """,
)

HEDGES = rows(
    "hedge",
    f"""
    i think|believe|feel|guess you should => you should
    i think|believe|feel we should => we should
    i think|believe you|you'll need to => you need to -you'll
    i think|believe that? it would be best if => it is best if
    i think|believe that? it would be best to => it is best to
    i think|believe that? the best way|option|thing|step is => the best \\6 is
    i'm afraid that? =>  +i|we|it|this|that|you|there|the|your|our <not|isn't|don't|doesn't|didn't
    i am afraid that? =>  +i|we|it|this|that|you|there|the|your|our <not|isn't|don't|doesn't|didn't
    ^ unfortunately ,? =>
    ^ regrettably ,? =>
    sadly ,? ^ =>
    i would suggest => I suggest
    i'd suggest => I suggest
    we would suggest => we suggest
    we'd suggest => we suggest
    i would recommend => I recommend
    i'd recommend => I recommend
    we would recommend => we recommend
    we'd recommend => we recommend
    i would advise => I advise
    i'd advise => I advise
    kind of => <{NOT_A_KIND}
    sort of => <{NOT_A_KIND}
    kinda|sorta =>
    more or less =>
    somewhat =>
    a little bit => a little
    in a way , =>
    as far as i can see|tell , =>
    i guess|suppose , =>
    or something like that? $ =>
    or so $ =>
    if that makes sense $ =>
    if that's okay|ok|alright|fine with? you? $ =>  ..
    if you don't mind ,? =>  ..
    if you wouldn't mind ,? =>  ..
    if it's not too much trouble ,? =>  ..
    sorry to bother|trouble|disturb you again? , ^ =>
    sorry for bothering|troubling|disturbing you again? , ^ =>
    """,
)
DIRECT = rows(
    "direct request",
    """
    i was wondering if you could ?? => could you
    i was wondering if you could .. => please ~please
    i was just wondering if you could ?? => could you
    i was just wondering if you could .. => please ~please
    i was hoping that? you could .. => please ~please
    i was hoping that? you could ?? => could you
    i wanted to ask if you could .. => please ~please
    would it be possible for you to ?? => could you
    would you be able to ?? => could you
    do you think that? you could ?? => could you
    could|can you possibly|maybe|perhaps|just => \\1 you
    you might|may want to => please ~please
    you might|may like to => please ~please
    you could maybe|perhaps|possibly => you could
    maybe|perhaps you could => you could ..
    maybe|perhaps we should => we should
    we would need you to => we need you to
    we'd need you to => we need you to
    i would need you to => I need you to
    i'd need you to => I need you to
    we would like to ask you to => please ~please
    i would like to ask you to => please ~please
    i'd like to ask you to => please ~please
    we'd like to ask you to => please ~please
    we'd like for you to please => please
    we'd like for you to => please ~please
    we would like for you to please => please
    we would like for you to => please ~please
    we kindly ask you to => please ~please
    we kindly request that you => please ~please
    kindly => please ~please
    please kindly => please
    feel free to => please ~please ^
    please feel free to => please
    you can go ahead and => you can
    go ahead and =>
    it would be great|good|helpful|ideal if you could .. => please ~please
    it'd be great|good|helpful if you could .. => please ~please
    we would appreciate it if you could .. => please ~please
    i would appreciate it if you could .. => please ~please
    i'd appreciate it if you could .. => please ~please
    we'd appreciate it if you could .. => please ~please
    when you get|have a chance|moment ,? =>
    whenever you get a chance ,? =>
    """,
)
PLAIN_FIRM = rows(
    "no filler",
    """
    i just wanted to => I want to
    i wanted to just? => I want to +let|tell|say|confirm|clarify|make|explain
    i just want to => I want to
    i just need => I need
    we just need => we need
    you just need => you need
    please just => please
    just to +let|confirm|clarify|make|be|follow => to
    actually|basically|honestly|frankly|literally =>  <not|isn't|don't|doesn't|didn't
    ^ well|so|anyway|anyways|look , =>
    to be honest|frank with? you? ,? =>
    as i'm sure you know|understand ,? =>
    i hope you don't mind ,? but =>
    really|truly +need|must|cannot|can't|recommend =>  <not|don't
    """,
)
