"""What makes a text friendlier or more formal: greetings, plain and formal words, softer questions, full words."""

from assist.rewrite_rows import rows

# Verbs by which customers are told to do something, with the words that show that it is meant so.
TOLD = (
    "send|give|tell|show|call|email|message|check|click|tap|open|visit|try|restart|reboot|reset|update|enter|provide|"
    "confirm|reply|respond|fill|follow|use|select|choose|log|sign|attach|upload|forward|include|share|describe|contact|"
    "wait|hold|allow|return|keep|make|note|complete|submit|install|uninstall|unplug|turn|switch|press|scroll|download|write|"
    "verify|refer|review|reach|head|go|bring|take|read"
)
AT = (
    "+me|us|the|your|a|an|this|that|it|to|on|out|back|again|in|into|up|off|through|here|with|for|at|all|any|them|these|"
    "those|over|our|my|sure|by|from|until|while"
)
PLEASE = rows(
    "please",
    f"""
    ^ {TOLD} {AT} ~please|kindly|could|would => please *
    ^ let us|me know ~please|kindly|could|would => please *
    """,
)

GREETINGS_WARM = rows(
    "greeting",
    """
    ^ dear sir or madam => hi there
    ^ dear sir/madam => hi there
    ^ dear valued? customer => hi there
    ^ dear sir|madam => hi there
    ^ greetings => hi
    ^ good day => hi
    """,
)
CLOSINGS_WARM = rows(
    "closing",
    """
    ^ yours sincerely|faithfully|truly $ => all the best
    ^ yours sincerely|faithfully|truly , => all the best,
    ^ sincerely , => all the best,
    ^ respectfully , => all the best,
    """,
)
PLAIN = rows(
    "plain word",
    """
    we regret to inform|advise you that => we're sorry to say that
    i regret to inform|advise you that => I'm sorry to say that
    we|i apologize|apologise for any inconvenience this|it|that may have caused you? => we're sorry for the trouble
    we|i apologize|apologise for any|the inconvenience => we're sorry for the trouble
    i apologize|apologise for => I'm sorry for
    we apologize|apologise for => we're sorry for
    please be advised that => please note that
    kindly => please ~please
    at your earliest convenience => when you get a chance
    at your convenience => when it suits you
    do not hesitate to => feel free to
    don't hesitate to => feel free to
    in order to => to
    prior to => before
    subsequent to => after
    regarding|concerning +your|the|this|that|our|my|it|these|those|any => about
    with regard|regards to => about
    in regard|regards to => about
    with respect to => about
    in reference to => about
    as regards => about
    assist +you|us|me|them => help
    assisting +you|us|me|them => helping
    to assist you => to help you
    can assist you => can help you
    can further assist you => can help you further
    to further assist => to help <able|happy|glad|unable
    happy|glad|pleased to assist => \\1 to help
    of assistance => of help
    your assistance => your help
    for assistance => for help
    further assistance => more help
    inquire|enquire about|after => ask about
    we require => we need
    i require => I need
    you require => you need
    will be required => will be needed
    is|are required +for|from|before|in|so => \\1 needed
    you are required to => you need to
    you're required to => you need to
    will receive => will get
    you'll receive => you'll get
    to receive +a|an|your|the|this => to get
    obtain|obtaining +a|an|your|the|this => get
    provide us|me with => send \\2
    provide +your|the => share
    provide us|me => send \\2
    inform us|me => let \\2 know
    inform|notify|advise us|me +if|when|of|whether => let \\2 know
    inform|notify you +when|if|once|as|of|about => let you know
    additional information|details|questions|help => more \\2
    further information|details|questions => more \\2
    any additional => any more
    approximately => about
    sufficient => enough
    terminate => end
    commence => start
    purchase +a|an|the|another|one|more|it => buy
    purchased => bought
    therefore => so
    ^ furthermore|additionally|moreover , => also,
    at this|the present? time => right now
    at present => right now
    upon receipt of => once we have
    we are unable to => we can't
    we're unable to => we can't
    i am unable to => I can't
    i'm unable to => I can't
    your patience is appreciated => thank you for your patience
    we|i appreciate your patience => thank you for your patience
    we|i appreciate your understanding => thank you for understanding
    thank you for contacting|reaching us|out => thanks for getting in touch +about|with|today|and
    thank you for contacting us => thanks for getting in touch
    thank you for reaching out to us => thanks for getting in touch
    thank you for reaching out => thanks for getting in touch
    as per your request => as you asked
    per your request => as you asked
    in accordance with => following
    the aforementioned => that
    in the event that => if
    due to the fact that => because
    in spite of the fact that => although
    should you have any further|other|more? questions => if you have any more questions
    should you need|require|wish => if you need
    would you be so kind as to => could you please
    be so kind as to => please ~please
    hereby =>
    herewith =>
    forthwith => right away
    promptly => quickly
    endeavour|endeavor to => try to
    utilize|utilise => use
    utilizing|utilising => using
    remain at your disposal => are here to help
    resolve this|it|that => sort \\2 out
    rectify => fix
    ascertain => find out
    pertaining to => about
    in lieu of => instead of
    numerous => many
    """,
)
SOFT = rows(
    "softer question",
    """
    ^ can you ?? ~please|kindly -not|please => could you please
    ^ can you please ?? => could you please
    ^ will you ?? ~please -not|be|get|have|need|receive|still => could you please
    do you want => would you like <what|how|when|where|if
    ^ i need you to => could you please ??
    """,
)
NATURAL = rows(
    "warmer wording",
    """
    ^ your request is being processed $ => we're working on your request
    ^ we have received your message|request|email|complaint $ => we have your \\5, thank you
    ^ thank you for bringing this to our attention => thank you for telling us
    ^ we value your feedback $ => your feedback helps us
    ^ noted $ => thank you, noted
    ^ understood $ => thank you, understood
    """,
)

SLANG = rows(
    "full word",
    """
    hi|hey|hiya there => hello
    hey|hiya|heya => hello
    ^ hi => hello
    ^ yo +there => hello
    gonna => going to
    wanna => want to
    lemme => let me
    gimme => give me
    dunno => do not know
    kinda|sorta =>
    cos|cuz|coz => because
    yeah|yep|yup|yea => yes
    nope|nah => no
    okay|ok => very well $
    info => information
    asap => as soon as possible
    a.s.a.p => as soon as possible
    btw => by the way
    fyi => for your information
    imo =>
    pls|plz|plse => please
    thx|thnx|tnx => thank you
    thanks => thank you -to
    cheers $ => thank you
    ta $ => thank you
    u +can|will|have|are|need|should|could|want|did => you
    msg => message
    pics => pictures
    pic => picture
    acct => account
    addr => address
    til|till => until
    dm us|me => send \\2 a direct message +with|so|and|if|at|for|when|about|here|to|please
    dm us|me $ => send \\2 a direct message
    a dm => a direct message
    the dm => the direct message
    via|by|through|in dm => \\1 direct message
    dms => direct messages
    guys =>
    folks =>
    bunch of => number of
    a lot of => many +people|customers|orders|questions|others|cases
    """,
)
FORMAL_WORDS = rows(
    "formal word",
    """
    get in touch with us => contact us
    get in touch => contact us $
    getting in touch => contacting us
    reach out to us => contact us
    reaching out to us => contacting us
    reach out to you => contact you
    reaching out => contacting us $
    get back to you => reply to you
    sort this|it|that out => resolve \\2
    fix this|it|that|the|your => resolve \\2
    look into => investigate +this|it|that|the|your|what|why <a|closer|deeper|further|quick|good|another|full|the
    find out => establish +what|why|how|when|where|who
    do you want => would you like <what|how|when|where
    if you want => if you wish
    you want to => you wish to <do|what|if
    can you ?? ~please|kindly -not|please => could you please
    ^ can you please => could you please ??
    my bad => my mistake
    sorry about => I apologize for ^
    ^ sorry for +the|this|that|any|your|our|all => I apologize for
    ^ sorry to => I am sorry to
    ^ so|very|really sorry => I am very sorry
    i am sorry for the inconvenience => I apologize for the inconvenience
    a bit => a little +late|longer|more|slow|slower|later|delayed|unclear|confusing
    right away => immediately
    straight away => immediately
    right now => at present
    ^ awesome|great|cool|brilliant|perfect|super $ => excellent
    ^ awesome|great|cool|brilliant|perfect , => excellent,
    give us a shout => contact us
    drop us a line|note|message => write to us
    drop me a line|note|message => write to me
    help you with => assist you with
    help you out => assist you
    to help you => to assist you
    can help you => can assist you
    you guys => you
    pretty +sure|soon|quickly|much|good => quite
    lots of => many
    super +helpful|useful|quick|fast|easy|important|sorry|happy => very
    totally|super =>  <not|isn't|don't|doesn't|didn't
    messed up $ => made a mistake
    check out => look at +this|the|our|your
    hang on => please wait ^
    bear with me|us => please allow \\3 a moment ~please
    in a sec => in a moment
    one sec => one moment
    a sec => a moment
    a couple of => some +questions|details|things
    stuff|things => items +you|that
    tons of => many
    """,
)
