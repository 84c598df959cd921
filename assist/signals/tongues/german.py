"""German. Accents are gone in what is matched ("für" is "fur"); "ß" stays, and "ue", "oe", "ae" are written too."""

import re

from assist.message import Step
from assist.signals.patterns import Table
from assist.signals.tongues.tongue import Tongue

WORDS = {
    "DU": "du sie ihr dich euch ihnen dir",
    "BIST": "du_bist ihr_seid sie_sind bist_du seid_ihr sind_sie",
    "SEHR": "so sehr echt total absolut vollig voellig wirklich richtig einfach ganz nur stink",
    "SCHIMPF": "idiot idioten vollidiot vollidioten arschloch arschlocher arschloecher arsch trottel depp deppen penner"
    " wichser hurensohn hurensohne schlampe fotze spast spasti missgeburt schwachkopf dummkopf blodmann bloedmann"
    " vollpfosten drecksack drecksau miststuck miststueck",
    "DUMM": "dumm bescheuert blod bloed unfahig unfaehig inkompetent behindert verblodet dumm_wie_brot zu_dumm zu_blod",
}

CUSTOMER = {
    "gratitude": """
    thanks: 0.8
        danke|dankeschon|dankeschoen|vielen_dank|herzlichen_dank|besten_dank|tausend_dank|dankbar
    it helped: 0.7
        sehr|super|wirklich|mir|echt ~1 geholfen|nett|hilfreich|freundlich
        problem ~2 gelost|geloest|behoben|erledigt
        klasse|super|toller|tolle service|hilfe|arbeit
    """,
    "anger": """
    plain words of anger: 0.65
        frechheit|unverschamt|unverschaemt|unverschamtheit|unverschaemtheit|skandal|schweinerei|sauerei|
            zumutung|unfassbar|unglaublich|dreist|dreistigkeit|lacherlich|laecherlich|sauhaufen|saftladen|
            drecksladen|scheissladen|scheißladen|schwachsinn
        wutend|wuetend|stinksauer|empoert|emport|verargert|veraergert
        ich|bin|wir|sind SEHR sauer|wutend|verargert|genervt
        platzt ~2 kragen
        ich|wir hasse*
        schnauze voll
        es reicht
        verarscht|verarschen|verarsche
        kotzt ~2 an
    """,
    "frustration": """
    had enough of it: 0.55
        enttauscht|enttaeuscht|enttauschend|genervt|nervt|verzweifle
        warte ~1 seit|schon
        zum #|dritten|vierten|funften|fuenften|sechsten|wiederholten|x-ten|hundertsten mal
    """,
    "complaint": """
    no answer: 0.6 plain
        keiner|niemand ~2 antwortet|meldet|reagiert|hilft|ruckmeldung|erreichbar|zustandig
        keine antwort|ruckmeldung|rueckmeldung|reaktion
        antwortet|meldet ~3 niemand|keiner|nicht
        seit ~3 tagen|wochen|monaten|stunden|jahren ~3 keine|kein|nichts|niemand
    not done: 0.5 plain
        immer noch nicht|kein|keine|nichts|keinen
        nicht ~1 angekommen|geliefert|erhalten|bekommen|da
        nie angekommen|geliefert|erhalten|bekommen
        funktioniert|geht|klappt ~2 nicht
        kaputt|defekt|beschadigt|beschaedigt
    says it is a complaint: 0.6
        beschwerde|beschwere|beschweren|reklamation|reklamiere|reklamieren
        schlechter|schlechteste|miserabel*|katastrophal*|unterirdisch* ~1 service|kundenservice|kundendienst|leistung
    """,
    "abuse": """
    insults whoever reads: 0.85
        BIST ~4 SCHIMPF
        DU ~2 SCHIMPF
        idioten|vollidiot|vollidioten|arschloch|arschlocher|arschloecher|hurensohn|wichser|drecksack|schlampe $
        BIST ~1 SEHR DUMM|das_letzte|zum_kotzen
        BIST ~1 DUMM
        BIST ~2 dumm|blod|bloed
        halt|halte|haltet|halten ~3 maul|fresse|schnauze|klappe
        fick|fickt|verpiss|verpisst dich|euch|sie
        leck|leckt|lecken ~1 am arsch
        DU SCHIMPF
        ihr ~1 saftladen|drecksladen|scheissladen|scheißladen|sauladen
    """,
    "swearing": """
    swears: 0.6 plain
        scheisse|scheiße|scheiss|scheiß|verdammt|verdammte|verdammter|mist|kacke|verfickt*|zum_teufel
    """,
    "threat": """
    violence: 0.9
        ich|wir|bring|bringe|mach|mache dich|euch|sie ~2 um $
        bring|bringe|bringen ~1 dich|euch|sie ~2 um $
        mach|mache|machen ~1 dich|euch|sie ~2 fertig|kalt|platt $
        werde|werden|wurde|wuerde|konnte|koennte|will ~1 dich|euch|sie|ihnen|dir ~3 umbringen|toten|toeten|
            abstechen|erschiessen|erschießen|verprugeln|verpruegeln|schlagen|kaltmachen|aufschlitzen|fertigmachen
        schlag|schlage|hau|haue ~1 dir|euch|ihnen|dich ~2 fresse|schadel|schaedel|gesicht|zahne|kopf|tot|zusammen
        zund|zunde|zuend|zuende|fackle|fackel ~1 euch|euren|ihren|ihre|eure|deinen|den ~2 an|ab
        bombe ~3 legen|lege|hochgehen|bei_euch|bei_ihnen
        jage|jag|sprenge ~3 in_die_luft
        DU ~2 werdet|wirst|werden ~2 bluten|sterben
    knows where they are: 0.8
        ich|wir weiss|weiß ~1 wo du|ihr|sie ~2 wohnst|wohnt|wohnen|arbeitest|arbeitet|lebst
        weiss|weiß wo du|ihr|sie ~2 wohnst|wohnt|wohnen|arbeitest|lebst
        komme|komm ~3 vorbei und ~2 schlag*|mach*|hau*|bring*
    lawyers and regulators: 0.6
        anwalt|anwaltin|anwaeltin|rechtsanwalt ~3 einschalten|einschalte|beauftragen|beauftrage|nehmen|nehme|
            ubergeben|uebergebe|ubergebe|gehen|informieren|wenden
        mein|meinen|meinem|meiner|unser|unserem anwalt|anwaltin|rechtsanwalt ~3 meldet|melden|wird|horen|hoeren|
            schreibt|
            kontaktiert|ubernimmt
        hort|hoert|horen|hoeren ~4 anwalt|anwaltin|rechtsanwalt
        sehen uns ~2 vor gericht
        verklage|verklagen|klage|klagen ~2 sie|euch|dich|ein|einreichen|erheben
        sie|euch|dich ~2 verklagen
        werde|will|muss|musste ~2 sie|euch|dich ~1 anzeigen $
        zeige|zeig sie|euch|dich an $
        anzeige|strafanzeige ~2 erstatten|erstatte|stellen|ist_raus
        rechtliche|juristische ~1 schritte
        verbraucherzentrale|bundesnetzagentur|schlichtungsstelle ~3 wenden|melden|einschalten|melde|wende|informieren
        an die verbraucherzentrale|bundesnetzagentur|presse
    """,
    "distress": """
    speaks of ending it: 0.85 plain
        will|mochte|moechte ~2 nicht_mehr|nimmer leben
        nicht_mehr leben will|mochte|moechte|kann
        will|mochte|moechte|wurde|wuerde ~2 sterben|tot_sein|nicht_mehr_da_sein $
        bring|bringe|bringen ~1 mich ~2 um $
        mich ~3 umbringen|umzubringen|totmachen
        mir ~2 das_leben nehmen|zu_nehmen
        mir ~1 etwas|was antun|anzutun
        selbstmord|suizid ~2 begehen|begehe|gedanken
        selbstmordgedanken|suizidgedanken|suizidal|lebensmude|lebensmuede
        leben ~2 beenden
        schluss machen ~2 leben
        ohne mich besser dran
    despair: 0.6 plain
        keinen|kein ~1 ausweg|lebenswillen|sinn_mehr
        leben ~3 keinen|kein sinn
        weiss|weiß nicht mehr ~1 weiter $
        kann ~2 nicht_mehr_weiterleben|nicht_mehr_leben
    """,
    "churn": """
    leaves: 0.65
        kundige|kuendige|kundigen|kuendigen|kundigung ~3 $
        wechsle|wechseln|wechsel ~3 anbieter|konkurrenz
        letzte|letztes ~1 bestellung|mal
        konkurrenz
    never again: 0.65 plain
        nie wieder ~3 bestell*|kauf*|kunde|euch|ihnen
        bestelle|bestell|kaufe|kauf|komme ~5 nie_wieder|nie_mehr
    """,
    "urgency": """
    it is urgent: 0.6
        dringend|sofort|umgehend|unverzuglich|unverzueglich|eilig|eilt|notfall
        bis|noch heute
    """,
    "supervisor": """
    asks for somebody above: 0.8
        vorgesetzten|vorgesetzte|vorgesetzter|chef|chefin|teamleiter|teamleitung|teamleiterin|geschaftsfuhrer|
            geschaeftsfuehrer|abteilungsleiter ~2 sprechen|reden|verbinden|haben|geben|her|holen|ans
        sprechen|reden|verbinden|geben|holen|will|mochte|moechte|verlange ~4 vorgesetzten|vorgesetzte|vorgesetzter|
            chef|
            chefin|teamleiter|teamleitung|teamleiterin|geschaftsfuhrer|geschaeftsfuehrer|abteilungsleiter
        jemand|jemanden|jemandem ~3 entscheiden|zustandig|zustaendig|ahnung|verantwortung
    """,
    "refusal": """
    turns it down: 0.75 plain
        das|damit ~2 hilft|nutzt|nuetzt|bringt|reicht|genugt|genuegt ~2 nicht|nichts|nix
        das ~1 will|mochte|moechte|akzeptiere|brauche ich|wir ~2 nicht
        ich|wir will|mochte|moechte|brauche|brauch|nehme kein|keinen|keine
        nicht|keine ~1 einverstanden|akzeptabel|losung|loesung
        lehne ~2 ab
        kommt nicht in_frage|infrage
    """,
    "reassured": """
    content: 0.7
        einverstanden|in_ordnung|passt|klingt_gut|perfekt|alles_klar|so_machen_wir $
        das ware|waere|ist gut|super|prima|toll|nett
    """,
    "contact": """
    has written before: 0.6
        schon|bereits ~1 #|zwei|drei|vier|funf|fuenf|mehrfach|mehrmals|ofter mal|geschrieben|angerufen|kontaktiert
        zum #|zweiten|dritten|vierten|funften|fuenften|sechsten|wiederholten|x-ten|hundertsten mal
        dritte|vierte|funfte|fuenfte|sechste ~1 nachricht|mail|anruf|anfrage
        schon ~2 geschrieben|angerufen|gemeldet|erklart|erklaert
    """,
    "remorse": """
    takes it back: 0.75 plain
        entschuldigung|sorry|entschuldigen ~4 ton|unhoflich|unhoeflich|ausfallend|beleidigt|beleidigung|laut
        war ~1 nicht ~1 so gemeint
        nicht ~1 ihre|deine|eure schuld
        tut_mir_leid ~5 ton|beleidigt|laut|gesagt
    """,
    "farewell": """
    says goodbye: 0.7 plain
        tschuss|tschuess|wiedersehen|wiederschauen|servus|bis_dann $
        schonen|schoenen|guten ~1 tag|abend|feierabend|wochenende
        das war alles|es
    """,
}

CAUSES = {
    "delivery": """
    names an order that has not come: 0.7
        wo ~2 ist|bleibt|bleiben|steckt|sind ~2 paket|lieferung|bestellung|sendung|ware|packchen|paeckchen
        paket|lieferung|bestellung|sendung|ware|packchen|paeckchen|pakete|artikel ~4 nicht|nie ~2 angekommen|
            geliefert|da|gekommen|
            erhalten|zugestellt
        warte* ~5 paket|lieferung|bestellung|sendung|ware|pakete
        nicht|nie|keine|kein ~3 geliefert|zugestellt|lieferung|paket|sendung ~1 erhalten|bekommen|angekommen
        lieferung|paket|bestellung|sendung ~3 verspatet|verspaetet|verloren|verschollen|verspatung
    names a delivery: 0.4
        paket|lieferung|sendung|lieferstatus|sendungsverfolgung|zusteller|lieferdatum|liefertermin|lieferzeit
    """,
    "billing": """
    names a charge: 0.65
        doppelt|zweimal|zuviel|zu_viel|falsch ~2 abgebucht|berechnet|belastet|gezahlt|bezahlt|abgezogen
        rechnung ~4 falsch|stimmt|hoch|doppelt|fehler|nicht
        abgebucht|abbuchung|abgezogen|mahnung|mahngebuhr|mahngebuehr|lastschrift
        warum ~4 bezahlen|zahlen|berechnet|gebuhr|gebuehr
    names money: 0.35
        rechnung|betrag|gebuhr|gebuehr|gebuhren|kosten|euro
    """,
    "refund": """
    wants money back: 0.7
        geld ~1 zuruck|zurueck
        erstattung|ruckerstattung|rueckerstattung|erstatten|zuruckerstatten|gutschrift|retoure|rucksendung|
            ruecksendung
    """,
    "cancellation": """
    wants to cancel: 0.65
        kundigen|kuendigen|kundige|kuendige|kundigung|kuendigung|stornieren|storniere|stornierung|widerrufen|widerruf
    """,
    "access": """
    cannot get in: 0.65
        passwort|login|einloggen|anmelden|gesperrt|zugang|zugangsdaten
    """,
    "defect": """
    does not work: 0.6
        kaputt|defekt|funktioniert_nicht|geht_nicht|lasst_sich_nicht|startet_nicht
        funktioniert|geht|lauft|laeuft|startet ~2 nicht
    """,
    "wrong_item": """
    not what was ordered: 0.65
        falsche|falschen|falscher|falsches|anderer|anderes ~1 artikel|ware|grosse|groesse|farbe|produkt
    """,
    "outage": """
    it is down: 0.65
        internet|netz|leitung|anschluss|telefon|server|seite ~3 ausgefallen|tot|down|weg|gestort|gestoert
        storung|stoerung|ausfall|kein_internet|kein_netz
    """,
    "service": """
    complains of us: 0.4
        kundenservice|kundendienst|hotline|mitarbeiter|service
    """,
}

STEPS = {
    Step.LISTEN: """
    asks or says it back: 0.7 plain
        habe|hab ich|wir ~3 richtig_verstanden|verstanden
        stimmt|ist das ~2 so|richtig $
        verstehe|verstanden ~2 richtig
        was ist|genau ~2 passiert|vorgefallen|geschehen
        erzahlen|schildern|beschreiben sie
        worum geht|geht_es|handelt
    """,
    Step.EMPATHIZE: """
    names the feeling: 0.7 plain
        verstehe|nachvollziehen|nachempfinden|verstandlich|verstaendlich|sehe ~6 verargert|veraergert|verargerung|
            arger|
            aerger|sauer|wutend|enttauscht|enttaeuscht|enttauschung|frust|frustriert|arg*
        arger|aerger|verargerung|enttauschung|frust|unmut ~4 verstehe|nachvollziehen|verstandlich|verstaendlich
        kein wunder ~2 dass sie
        arger|aerger|verargerung|verstehen|enttauschung ~2 gut|sehr verstehen|nachvollziehen
    """,
    Step.APOLOGIZE: """
    says sorry: 0.9 plain
        tut ~1 mir|uns ~2 leid
        entschuldige|entschuldigen|entschuldigung|verzeihung|bedaure|bedauere
    """,
    Step.OWN: """
    takes it on: 0.75 plain
        ich ~3 kummere|kuemmere mich
        kummere|kuemmere ich|mich ~3 $
        kummere|kuemmere mich ~1 ~2 personlich|selbst|darum|persoenlich
        ubernehme|uebernehme ~2 das|ihren|ihr|es|ich
        bleibe ~2 dran
        bin ~2 verantwortlich|zustandig|fur_sie_da
    """,
    Step.SOLVE: """
    says what is done: 0.75 plain
        sende|schicke|verschicke|versende|erstatte|storniere|korrigiere|veranlasse|uberweise|ersetze|buche|
            starte ~6 ihnen|heute|
            sofort|neu|betrag|ersatz|erstattung|rechnung|nochmals|gleich
        prufe|pruefe|klare|klaere|frage ~6 minuten|jetzt|sofort|heute|gleich
        mochten|moechten|wollen sie ~2 lieber
        entweder ~9 oder
        habe ~6 veranlasst|erstattet|storniert|verschickt|versendet|korrigiert|gutgeschrieben|zuruckgesetzt|
            freigeschaltet
    """,
    Step.BOUNDARY: """
    asks for respect: 0.75 plain
        bleiben|bleiben_wir|bitte|lassen ~5 respektvoll|sachlich|hoflich|hoeflich
        beleidigungen|beleidigen|drohungen|beleidigung ~6 bitte|nicht|unterlassen|verzichten|aufhoren|fortsetzen|
            aufhoeren
        ohne beleidigungen|beleidigung
    """,
    Step.ESCALATE: """
    names somebody above: 0.8 plain
        vorgesetzte|vorgesetzten|vorgesetzter|teamleitung|teamleiter|teamleiterin
    """,
    Step.FOLLOW_UP: """
    says when they hear again: 0.75 plain
        melde|schreibe|informiere|benachrichtige ~3 mich|ihnen|sie ~5 morgen|heute|bis|spatestens|spaetestens|uhr|
            montag|
            dienstag|mittwoch|donnerstag|freitag|minuten|stunden
        bis ~4 melde|schreibe|horen|hoeren ~3 mich|ihnen|von_mir|sie
        morgen|heute|spatestens ~5 melde|schreibe ich
    """,
    Step.CLOSE: """
    asks if anything else is open: 0.75 plain
        kann|darf ~4 sonst|noch ~4 tun|helfen|fur_sie|weiterhelfen
        gibt|ist ~2 sonst|noch ~2 etwas|offen
        noch|sonst ~2 etwas|fragen offen|tun|fur_sie
        wunsche|wuensche ~3 schonen|schoenen|angenehmen|guten ~1 tag|abend
        schonen|schoenen ~1 tag|abend|wochenende
    """,
}

GREETINGS = frozenset(
    "hallo hi hey guten jemand tag morgen abend moin servus gruss gott liebes team da ist noch".split()  # noqa: SIM905
)
NOT = r"(?:nicht|nie|niemals|kein|keine|keinen|keiner|keinem|ohne|weder|kaum)"
GERMAN = Tongue(
    code="de",
    name="German",
    before=re.compile(rf"\b{NOT}(?: [\w']+){{0,3}} $"),
    greetings=GREETINGS,
    no="nein",
    after=re.compile(r" (?:[\w']+ ){0,2}(?:nicht|nie|niemals)\b(?! (?:mehr|langer|wahr|nur|zu))"),
    tables=tuple(Table(kind, table, WORDS) for kind, table in CUSTOMER.items()),
    causes={label: Table("cause", table, WORDS) for label, table in CAUSES.items()},
    steps={step: Table(step.value, table, WORDS) for step, table in STEPS.items()},
)
