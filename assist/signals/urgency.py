"""Urgency: the customer names a deadline, or says in so many words that it cannot wait."""

from assist.signals.patterns import Table

URGENCY = Table(
    "urgency",
    """
    says it is urgent: 0.65
        urgent|urgently|asap|a_s_a_p|immediately|emergency|emergencies|straight_away|time_sensitive|pronto|
            urgency
        as_soon_as possible|you_can
        need|want|help|fix|sort|answer|reply|refund|send|cancel|deliver ~5 right_now|right_away
        can't|cannot wait ~3 longer|until|any|another|more
        no time ~2 wait|lose
        running|run|out of|out ~1 time
        hurry|quick|quickly ~1 please|up
        please hurry|quick|quickly
        need|want ~5 today|now|tonight|this_morning|this_afternoon|this_evening|immediately
        fix|sort|solve|answer|reply|respond|refund|help|cancel|send|give|call|stop|need|want|demand ~4 now $
    has a deadline: 0.6
        need|needs|want|must|have_to|has_to ~6 by|before|until ~1 tomorrow|monday|tuesday|wednesday|thursday|friday|
            saturday|sunday|noon
        need|needs|want|must|have_to|has_to ~6 by|before ~1 tonight|weekend|end|morning|evening|christmas|then|#|5pm|
            close
        deadline|due_today|due_tomorrow|expires_today|expires_tomorrow|last_day
        for ~2 wedding|birthday|funeral|interview|surgery|exam|anniversary|party|graduation|appointment|christmas
        leave|leaving|fly|flying|flight|travel|traveling|travelling|move|moving|train|boarding ~3 today|tomorrow|
            tonight
        wedding|birthday|funeral|interview|surgery|exam|meeting|presentation|appointment ~3 today|tomorrow|tonight|
            monday|friday|saturday
        need|needs|leave|leaving|leaves|flight|train|meeting|boarding|boards|departs|takes_off|starts|appointment|due|
            wedding|interview ~4 in|within ~1 NUM|an|# hour|hours|minutes|mins
    vital need: 0.6
        need|needs|without|no ~3 insulin|medication|medicine|oxygen|wheelchair|inhaler|dialysis
        no|without ~1 heating|heat|electricity|power|water ~5 baby|child|kids|children|elderly|newborn
        baby|child|kids|children ~3 hungry|freezing|sick|hospital
    stuck somewhere: 0.55
        stuck|stranded|waiting|sitting|stood|standing ~2 at|in|on ~2 airport|station|checkout|till|roadside|hotel|
            road|gate|door|rain
        stranded
        locked out of MY|the house|flat|home|apartment|car|room|hotel
        locked out in
        losing|lose|costing ~3 money|business|customers|sales|job|clients
    """,
)
