"""What simulated customers answer: details, feelings, insults, doubts, refusals, thanks and farewells.

Insults are mild on purpose and aim at nobody's origin, faith, body or gender.
"""

from assist.simulator.grammar import Rules

TALK: Rules = {
    "feeling": ("It is really annoying.", "I am not happy about it.", "This is getting frustrating."),
    "feeling.worried": (
        "I am worried that something went wrong.",
        "I do not know what to do now.",
        "I am really nervous about it, to be honest.",
        "I hope it is not lost.",
    ),
    "feeling.confused": (
        "I do not understand what is going on.",
        "I am confused, your emails say different things.",
        "I do not get what I am supposed to do.",
    ),
    "feeling.calm": ("It is not a disaster, but I would like it sorted out.", "I am sure there is a reason.", ""),
    "feeling.grateful": ("You helped me so well the last time.", "I am sure you can sort it out.", ""),
    "feeling.annoyed": (
        "This is really frustrating.",
        "I am fed up with it.",
        "That is not acceptable.",
        "I expected better from you.",
        "It is a waste of my time.",
    ),
    "feeling.sarcastic": (
        "Great job, really.",
        "Oh wonderful, what a service.",
        "I love paying for nothing.",
        "Thanks a lot for nothing.",
        "You must be so proud of that.",
    ),
    "feeling.furious": (
        "This is an absolute disgrace.",
        "I am furious.",
        "I am sick and tired of this!",
        "Nobody there cares!",
        "This is OUTRAGEOUS!",
        "Worst company I have ever dealt with!",
    ),
    "feeling.abusive": (
        "What a pathetic joke of a company.",
        "This is a damn disgrace!",
        "I am sick of you people!",
        "You lot could not run a lemonade stand.",
        "Unbelievable crap.",
    ),
    "more": ("{detail} {ask}", "{detail}", "{detail} {feeling}", "{detail} {demand}"),
    "more.hot": ("{detail} {feeling}", "{feeling} {detail} {demand}", "And {detail} {demand}"),
    "vent": ("{feeling} {history}", "{detail} {feeling}", "{feeling} {demand}"),
    "vent.hot": ("{feeling} {history} {demand}", "{history} {feeling}", "{feeling} {demand} {threat}"),
    "threat": (
        "I will tell everybody about this.",
        "I am going to write a review that you will remember.",
        "One more day and I am gone.",
        "I will take this to the consumer protection office.",
        "I am this close to leaving for another company.",
    ),
    "press": ("So what happens now?", "{demand}", "That does not answer my question. {demand}", "And when? {demand}"),
    "press.hot": (
        "That is not an answer. {demand}",
        "I asked you something. {demand}",
        "You did not even read what I wrote! {demand}",
        "Stop the phrases. {demand}",
    ),
    "stung": (
        "That is all you have to say?",
        "Thanks for nothing.",
        "Why do you people keep sending me around?",
        "It is your job to sort it out, not mine.",
        "That does not help me at all. {demand}",
    ),
    "stung.cool": (
        "Hm, that does not really answer it. {demand}",
        "I do not think that helps me. {ask}",
        "Is there nothing else that you can do?",
    ),
    "stung.hot": (
        "Are you serious?! {feeling}",
        "Don't talk to me like that. {demand}",
        "Typical. {feeling} {threat}",
        "So nobody is responsible, as always! {feeling}",
    ),
    "yes": (
        "Yes, exactly. {detail}",
        "Yes, that is right. {demand}",
        "Yes, that is what happened. {detail}",
        "Right. {detail} {ask}",
    ),
    "yes.hot": ("Yes! And {demand}", "Yes, that is what I keep telling you. {detail}", "Exactly. {feeling}"),
    "soften": (
        "OK, I appreciate that. {demand}",
        "Fine. I know it is not your fault. {demand}",
        "All right. {detail} {ask}",
        "Thanks for saying so. So what happens now?",
    ),
    "soften.cool": ("Thank you, I appreciate that. {ask}", "That is kind of you. {demand}", "OK, thanks. {detail}"),
    "sorry": (
        "OK, sorry, that was out of line. I am just fed up. {demand}",
        "Fine, I know that you personally did nothing. {demand}",
        "All right, I will keep it civil. {demand}",
    ),
}

INSULTS: Rules = {
    "insult": (
        "Are you stupid or what? {demand}",
        "You are useless.",
        "What an idiot. {demand}",
        "You people are a bunch of clowns.",
        "Can you read at all, you moron?",
        "Do they pay you for being this dumb?",
        "You are as much help as a brick. {demand}",
        "Shut up with your phrases and do your damn job.",
        "You liar. {history}",
        "Pathetic. You are pathetic. {demand}",
    ),
}

ENDINGS: Rules = {
    "doubt": (
        "And how do I know that it really happens this time?",
        "When exactly would that be?",
        "Will I get that in writing?",
        "Is that for sure? I was told so before.",
        "What if it does not work?",
    ),
    "doubt.confused": ("So what do I have to do now, step by step?", "Sorry, what does that mean for me?"),
    "refuse": (
        "No, that is not good enough.",
        "I do not want that. {demand}",
        "That does not help me. What else can you do?",
        "No. {demand}",
    ),
    "refuse.hot": (
        "No! I am not going to accept that. {demand}",
        "Is that a joke? {demand}",
        "You can keep that. {feeling}",
    ),
    "accept": (
        "OK, that works for me. Thank you.",
        "Yes, please do that. Thanks.",
        "All right, let's do it like that. Thank you for sorting it out.",
        "Good, I will take that. Thanks for your help.",
    ),
    "accept.grateful": ("Oh, that is wonderful, thank you so much!", "Perfect, thank you, you are great!"),
    "accept.worried": ("That is such a relief, thank you.", "Thank you, I feel much better now."),
    "accept.sarcastic": ("Well, that went better than I thought. Thanks.", "I am almost impressed. Thank you."),
    "accept.furious": ("Fine. Thank you for finally doing something.", "OK. At last somebody who helps. Thanks."),
    "accept.abusive": ("OK. Do that then. And sorry for the tone, thanks.", "Fine, thanks."),
    "thank": ("Thanks again, bye!", "Thank you, have a good day.", "Great, thank you. Bye.", "Thanks, you too!"),
    "thank.hot": ("Fine. Bye.", "OK."),
    "await": (
        "OK, I will wait for your colleague.",
        "All right. Please tell them the whole story.",
        "Good, thank you.",
    ),
    "await.hot": ("About time. I will wait.", "Finally. And I want a name.", "Good, because I am done explaining."),
    "manager": (
        "I want to speak to your manager.",
        "Get me your supervisor.",
        "Is there somebody above you that I can talk to?",
        "Enough. I want a manager on this now.",
    ),
    "manager.cool": ("Could somebody else have a look at it, please?", "May I talk to your supervisor about that?"),
    "leave": (
        "Forget it. I am cancelling and going somewhere else.",
        "I am done with you. You have lost a customer.",
        "This leads nowhere. You will hear from my lawyer.",
        "That's it. I am closing my account. Goodbye.",
    ),
    "leave.cool": ("OK, I will try again another time.", "Never mind, I will find it out myself."),
}
