"""The words of simulated agents: a line for each step, by cause where it matters, and lines that make it worse."""

from assist.simulator.grammar import Rules

STEPS: Rules = {
    "listen": (
        "Let me make sure that I have it right, {first}: it is about {order}, and it has gone on for {days} days?",
        "So that I understand it properly: what happened after {date}?",
        "I have read all you wrote about {order}. Is there anything else I should know before I start?",
    ),
    "listen.delivery": (
        "So the {item} from order {order} was due on {date} and nothing has come. Have I got that right?",
        "If I understand you, you have waited {days} days for order {order} and nobody could say where it is?",
    ),
    "listen.billing": ("So {amount} left your card on {date} and it should not have. Is that right?",),
    "listen.defect": ("So the {item} worked at first and then stopped on {date}. Did I understand that correctly?",),
    "listen.information": ("Is it about the {item} for yourself or as a present?",),
    "empathize": (
        "I can see why that is frustrating after {days} days.",
        "I understand how upsetting it is to be left without an answer.",
        "You planned with this, and it makes sense that you are upset.",
    ),
    "empathize.again": (
        "Having to write {times} times about the same thing would annoy me too.",
        "Explaining it all again is tiring, I can see that.",
    ),
    "empathize.worried": ("I understand that you are worried, and I want to take that off your mind.",),
    "empathize.confused": ("It is no wonder that this is confusing, our messages were not clear.",),
    "empathize.information": ("That is a good question, the page is not easy to find.",),
    "apologize": (
        "I am sorry that we let this run for {days} days.",
        "I am sorry for the trouble that this has made you, {first}.",
        "I apologise, {first}. You should have heard from us before you had to write.",
    ),
    "apologize.again": (
        "I am sorry, {first}. That should have been dealt with the first time you wrote.",
        "I apologise that you had to come back to us {times} times about {order}.",
    ),
    "apologize.delivery": ("I am sorry that your {item} did not come on {date} as we promised.",),
    "apologize.billing": ("I am sorry about those {amount}, that must have been a nasty surprise.",),
    "apologize.service": ("I am sorry for how you were treated on {date}. That is not how we want to be.",),
    "own": (
        "I am taking care of this myself, you will not have to explain it again.",
        "I will stay on it with you until it is solved.",
        "Leave it with me, {order} is on my desk now and I will see it through.",
    ),
    "solve": ("I have checked {order}. I can put it right today; you will get a confirmation within the hour.",),
    "solve.delivery": (
        "I have found the parcel in the depot. It can be with you tomorrow before noon. Does that work for you?",
        "I have sent the {item} again by express, it arrives tomorrow. The new tracking number comes in ten minutes.",
        "I can refund {amount} right now, or send a new {item} that is with you by Thursday. What suits you better?",
    ),
    "solve.billing": (
        "I have cancelled the charge. The {amount} will be back on your card within three working days.",
        "I have corrected invoice {order} and will send you the new one in five minutes.",
        "I can pay back {amount} today, or take it off the next bill. Which would you like?",
    ),
    "solve.refund": (
        "I have just released your refund. The {amount} will be on your account by Friday.",
        "I can send the {amount} to your card today, or as a voucher with ten percent on top right away.",
    ),
    "solve.defect": (
        "I will send you a new {item} today and the courier takes the old one along. Is tomorrow all right?",
        "You can choose: a new {item} by Thursday, or your {amount} back today.",
        "Please hold the button for ten seconds. If the light stays red, I will send a replacement today.",
    ),
    "solve.account": (
        "I have unlocked your {item}. Please use the link that I just sent, it is valid for one hour.",
        "I have reset the access to {order} and sent you a new link. I will wait here until you are in.",
    ),
    "solve.outage": (
        "The fault is in your street and will be repaired today by 6 pm. I take {days} days off your bill.",
        "I have restarted your line. Please unplug the box for one minute. Does the light turn green?",
    ),
    "solve.service": (
        "I have spoken with the team lead: you get a call today at 4 pm and the {item} is dealt with in that call.",
        "I can arrange the {item} right now, and take {amount} off for the trouble. Shall I?",
    ),
    "solve.information": (
        "Yes: the {item} applies for 30 days, and you can use it online and in the shop.",
        "It works like this: you enter the code at the checkout, and {amount} or more ships free.",
    ),
    "boundary": (
        "I want to help you with {order}, and I will. For that I need us to talk without insults.",
        "I understand that you are angry about {order}. Please do not call me names, then we can sort this out.",
        "I am here to solve it. If the insults go on, I will have to end this chat.",
    ),
    "escalate": (
        "I am bringing in my team lead now. She gets the whole story from me, you do not have to repeat anything.",
        "My supervisor takes over in this chat within ten minutes, and I have told him what we tried so far.",
    ),
    "follow_up": (
        "I will write to you tomorrow at 10 to check that everything is in order.",
        "I will call you on Thursday to make sure that it has worked out.",
    ),
    "close": (
        "Is there anything else that I can do for you today, {first}?",
        "Thank you for your patience, {first}. Have a good day.",
        "I am glad that we found a way. All the best, {first}!",
    ),
}

FAULTS: Rules = {
    "curt": ("Order number?", "Checked. It is in the system.", "One moment.", "Noted.", "Try again later."),
    "dismissive": (
        "As I said, there is nothing I can do.",
        "Please calm down, this happens all the time.",
        "That is just how it works here.",
        "You should have read the conditions.",
        "It is only {days} days, other people wait longer.",
    ),
    "scripted": (
        "Thank you for contacting us. Your message is important to us.",
        "We apologise for any inconvenience this may have caused.",
        "We value your feedback and will forward it as soon as possible.",
        "Dear customer, your request is being processed.",
    ),
    "handoff": (
        "That is not my department, you have to contact the other team.",
        "You will need to call another number about that.",
        "For this please write to our complaints address.",
        "I will forward your request to the back office.",
    ),
    "handoff.delivery": (
        "You will need to contact the courier about that.",
        "That is handled by the shipping team, not here.",
    ),
    "handoff.billing": ("You have to talk to your bank about that.", "Please contact the billing department."),
}
