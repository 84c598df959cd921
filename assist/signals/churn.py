"""Churn: the customer says they leave, or weighs it."""

from assist.signals.patterns import Table

CHURN = Table(
    "churn",
    """
    cancels for good: 0.6
        cancel*|close|closing|delete|deleting|terminat*|end|ending ~2 my|our|this|the|all ~2 account|accounts|
            subscription|contract|membership|plan|policy
        cancel*|end|terminat*|closing|close ~2 service|services|everything
        unsubscrib*
        want|wanna|like|going to ~1 unsubscribe|opt_out|cancel_my
        not|won't|never ~2 renew|renewing|renewed|resubscribe
    leaves: 0.65
        switch*|moving|move|going|go|change|changing|changed ~2 to|over ~3 competitor|competitors|provider|company|
            carrier|supplier
        switch|switching|change|changing provider|providers|carrier|carriers|company|companies|bank|banks|airlines|
            supplier
        i'm|im|i_am|we're|thinking|consider*|about|want|ILL ~3 leave|leaving|ditch|ditching|dump|dumping|quit|
            quitting YOU
        taking|take my|our ~1 business|money|custom ~1 elsewhere|somewhere|to
        take|taking|go|going|shop|shopping|look|looking|buy|buying elsewhere
        lost|losing|lose ~1 a|another|me|us|my ~3 customer|client|business|custom|forever
        goodbye|farewell ~1 forever|YOU
        competitor|competitors
        i'm|im|i_am|we're ~1 done with YOU|this|them|your
        i'm|im|i_am|we're ~1 done|leaving $
        go|going|going_back|switching with|to someone|somebody|another|a ~2 else|company|provider|competitor|different
        find|finding|look|looking|found|shop|shopping ~1 for|a|another|around ~2 provider|company|supplier|carrier|
            alternative
    never again: 0.6 plain
        never|not|won't|wouldn't ~2 buy|order|shop|use|using|fly|flying|book|come|deal|purchase|return|
            buying ~5 again|anymore|ever
        never again
        this|that|be|was|definitely ~2 last|final time|order|purchase|flight ~1 i|we|i'll|ever
        won't|not|never ~2 be back|returning|recommend|recommending|recommended
        never recommend
        no longer ~3 customer|shop|shopping|recommend
        stop|stopped|quit ~1 using|buying|shopping|ordering ~2 YOU|your|this|from|here|a
        avoid|boycott* ~2 this|these|company|them|YOU
    takes the money back: 0.45
        chargeback|charge_back|chargebacks
        dispute|disputing|disputed|reverse|reversing|stop|block ~2 charge|payment|transaction|direct_debit
        bank|paypal|card_company ~3 dispute|reverse|refund
    warns others: 0.35
        tell|telling|warn|warning|advise|advising ~2 everyone|everybody|friends|family|people|others|world|followers
        bad|negative|terrible|one_star|1_star|honest review|reviews|rating
        leave|leaving|write|writing|post|posting ~3 review|reviews|trustpilot|google|yelp|reddit
        stay away
    """,
)
