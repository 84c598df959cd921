"""What a question is about, beside its own words: concepts, by words in four languages.

Passages carry the concepts of what they are (their step, cause, cost), questions those of their words; so a question in
German finds an English playbook. Words are compared by their first letters, as everywhere in retrieval here.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from types import MappingProxyType

from assist.phrasing.wear import SMALL, STEM
from assist.reading import CAUSES
from assist.text import normalise

MOST_WORDS = 80  # of a question that are looked at
ENDINGS = ("ing", "ed", "es", "s")
FEWEST = 4  # letters that are left of a word without its ending
ASIDE = frozenset("customer client kunde kunden kundin cliente client say tell know please".split())  # noqa: SIM905


def _table(lines: str) -> Mapping[str, frozenset[str]]:
    """Concept -> its words; several words in a row are joined by `_`."""
    found: dict[str, frozenset[str]] = {}
    for line in lines.strip().splitlines():
        name, _, words = line.strip().partition(": ")
        found[name] = found.get(name, frozenset()) | frozenset(words.split())
    return MappingProxyType(found)


# Steps, causes and the like that a question can name.
CONCEPTS = _table(
    """
    @listen: listen listening clarify clarifying understand_them find_out ask_first first_question vent venting unclear
    @listen: zuhoeren zuhoren nachfragen klaren escuchar aclarar ecouter clarifier
    @empathize: empathy empathize empathise sympathy angry anger upset furious mad frustrated annoyed feelings calm calming yelling shouting
    @empathize: wutend verargert sauer beruhigen mitgefuhl enfadado molesto furioso calmar empatia fache colere enerve calmer empathie
    @apologize: sorry apology apologies apologize apologise apologizing entschuldigen entschuldigung disculpa disculparme perdon excuses excuser
    @own: own ownership responsible responsibility take_over take_it_on charge verantwortung verantwortlich ubernehmen responsabilidad encargo responsabilite charge_moi
    @solve: offer offers offering solution solutions solve options option alternative alternatives fix resolve propose compensate compensation make_it_right what_else anything_else something_else
    @solve: anbieten angebot losung losungen moglichkeiten alternativen ofrecer ofrezco solucion soluciones opciones alternativas offrir proposer solution solutions options alternatives
    @boundary: boundary boundaries limits insults insult insulting insulted abusive abuse abused swearing swears swear rude_to_me is_rude rude_customer getting_rude names curses cursing disrespectful respect harass harassing harassment
    @boundary: beleidigt beleidigungen beleidigen beschimpft grenze grenzen insulta insultos insultando limites insulte insultes
    @escalate: escalate escalation supervisor manager lead boss hand_over handover transfer superior senior above approve approval
    @escalate: eskalieren vorgesetzter vorgesetzten chef teamleiter weitergeben escalar supervisor jefe encargado transferir escalader superieur responsable_hierarchique transferer
    @follow_up: follow_up followup update call_back callback get_back write_later remind keep_posted deadline nachfassen ruckruf melden seguimiento rappeler suivi
    @close: close closing end_chat end_the goodbye bye wrap_up wrap finish leaving_words ending verabschieden beenden abschluss despedir cerrar despedida conclure terminer
    @delivery: delivery deliver delivered parcel package shipment shipping courier order_late late_order arrive arrived arrives tracking lieferung paket sendung zustellung entrega paquete pedido envio livraison colis commande
    @delay: delay delayed late delays waiting overdue verspatung verspatet retraso demora retard retarde
    @damaged: damaged broken cracked scratched smashed beschadigt kaputt danado roto abime casse
    @defect: defect defective faulty broken_device not_working stopped_working malfunction repair defekt funktioniert_nicht defectuoso averia reparar defectueux panne reparer
    @wrong_item: wrong_item wrong_one wrong_product wrong_size wrong_colour wrong_color falsch falscher falsches equivocado mauvais
    @missing_item: missing_item missing_part incomplete fehlt fehlen falta manque manquant
    @billing: bill billing billed charge charged charges invoice overcharged twice_charged double_charge payment fee fees rechnung abbuchung abgebucht doppelt factura cobro cobrado facture preleve debite
    @refund: refund refunds refunded money_back their_money reimburse reimbursement erstattung erstatten geld_zuruck reembolso devolucion devolver remboursement rembourser
    @cancellation: cancel cancels cancelling cancellation unsubscribe terminate kundigen kundigung stornieren cancelar baja anular annuler resilier resiliation
    @account: account password login log_in locked hacked konto passwort anmelden gesperrt cuenta contrasena compte passe
    @access: access locked_out log_in login sign_in
    @outage: outage is_down are_down went_down offline service_down no_internet no_service ausfall storung netz corte caida sin_servicio panne coupure
    @booking: booking reservation flight appointment buchung termin reserva cita reservation rendez_vous
    @miscommunication: misunderstanding miscommunication misinformed wrong_information told_different promised_something missverstandnis malentendido malentendu
    @service: bad_service was_rude rude_to_them rude_to_him rude_to_her rude_colleague colleague rude_agent treated mistreated unfriendly kollege unfreundlich companero trato collegue
    @information: question information explain how_does rule rules information auskunft regel informacion regla renseignement regle
    @policy: policy rule rules terms conditions richtlinie politica politique
    @voucher: voucher vouchers coupon credit discount gift goodwill gesture gutschein rabatt vale cupon descuento bon reduction geste
    @replacement: replacement replace new_one exchange swap ersatz austausch umtausch reemplazo cambio remplacement echange
    @technician_visit: technician visit engineer techniker besuch tecnico visita technicien visite
    @threat: threat threats threatens threatening threatened lawyer lawyers sue suing lawsuit legal court press regulator drohung drohen droht anwalt klage gericht amenaza abogado demanda menace avocat proces
    @distress: suicide suicidal self_harm kill_themselves hurt_themselves harm despair desperate in_danger crisis suizid verzweifelt notfall suicidio desesperado suicidaire desespere
    @churn: leave leaving quit switch competitor cancel_everything wechseln verlassen kundigt irse competencia partir concurrent
    @decline: say_no saying_no decline refuse refusing deny reject turn_down not_possible impossible cannot_be_done cannot_do can't_do no_to unreasonable beyond_what nein_sagen ablehnen unmoglich decir_que_no decir_no negar rechazar imposible dire_non refuser impossible
    @refused: refused turned_down turned_it_down rejects rejected declined does_not_want doesn't_want another_option second_option plan_b abgelehnt rechazo rechaza refuse_l'offre
    @case: what_worked worked_last worked_before has_worked what_works worked_best solved_before was_this_solved was_it_solved solved_last helped_before helped_last what_helped past_cases past_chats similar_cases similar_chats
    @case: was_hat_geholfen hat_geholfen geholfen_hat hat_funktioniert vorher_gelost fruher_gelost schon_gelost zuletzt_gelost fruhere_falle ahnliche_falle
    @case: que_funciono funciono_antes ha_funcionado funciono_la_ultima resolvio_antes se_resolvio casos_anteriores casos_similares casos_parecidos
    @case: a_marche a_fonctionne a_aide resolu_avant ete_resolu cas_precedents cas_similaires cas_passes
    @cap: how_much limit limits cap maximum max up_to allowed authority authorised authorized permitted may_i am_i_allowed can_i_promise promise_myself wie_viel hochstens darf_ich erlaubt grenze cuanto limite maximo permitido puedo_prometer combien plafond maximum droit permis
    @forbidden: forbidden never_say not_say avoid avoid_saying words_to_avoid which_words verboten vermeiden prohibidas evitar interdits eviter
    @wait: busy typing still_typing keeps_writing let_them_finish
    @again: again third_time repeated already_told came_back wrote_before kept_writing chase chasing
    @silent: silent silence quiet gone_quiet no_reply not_answering doesn't_answer stopped_answering
    @thanks: thanks thank thanked grateful happy satisfied dankt danke gracias agradece merci remercie
    @foreign: language english spanish german french foreign translate sprache idioma langue
    @hurry: hurry urgent time pressure rush quickly eilig dringend urgente prisa urgent presse
    """  # noqa: E501 - one line a concept and family of languages
)
# What kind of answer is wanted.
WANTED = _table(
    """
    phrase: how_do_i_say what_do_i_say say word words wording phrase phrases tell write_to_them reply respond answer sagen formulieren wie_sage_ich decir digo dire dis formuler
    solution: offer offers options option alternatives alternative solution solutions give compensate compensation anbieten losung ofrecer solucion offrir proposer solution
    policy: allowed limit limits cap maximum how_much policy authority may_i can_i_promise forbidden never_say avoid darf erlaubt permitido puedo_prometer permis plafond
    instruction: should_i what_now what_next next_step what_to_do do_now do_next steps soll_ich was_tun que_hago hacer quoi_faire que_faire dois_je
    line: did_they did_she did_he did_i did_we was_i have_we have_i have_they has_she has_he said told mentioned mention wrote promised when_did what_did order_number their_order gesagt geschrieben dijo dijeron escribio prometi dit ecrit promis
    """  # noqa: E501
)
# What a line of the transcript may hold that a question asks for.
TOLD = _table(
    """
    @fact_order: order_number reference number ticket booking_number bestellnummer nummer numero_de_pedido numero commande
    @fact_amount: amount how_much price sum euros dollars betrag summe cantidad importe montant somme
    @fact_date: date day promised_for expected_day datum fecha dia date jour
    @fact_name: name called nombre nom
    @fact_wish: wish want wants wanted like_to_see would_like wunsch quiere desea souhaite veut
    @fact_waiting: how_long waiting waited since_when lange esperando attendu
    @fact_contact: how_often how_many_times contacts times oft veces combien_de_fois
    @promise: promise promised promises commit committed versprochen prometido prometi promis promesse
    @refusal: refuse refused refusal turned_down rejected rejects declined abgelehnt rechazado refuse
    """  # noqa: E501
)


def said(text: str) -> list[str]:
    """The words of a text as they are compared: small letters, no accents; at most `MOST_WORDS`."""
    return normalise(text[:4_000]).words[:MOST_WORDS]


def stems(words: Iterable[str]) -> list[str]:
    """The content words, each by its first letters without its ending, as often as they stand there."""
    return [_stem(word) for word in words if word not in SMALL and word not in ASIDE]


def _stem(word: str) -> str:
    """As "leaving" and "leave" are both "leav"."""
    bare = next(
        (word.removesuffix(end) for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= FEWEST), word
    )
    return bare[:STEM].removesuffix("e") if len(bare) > FEWEST else bare


# How much of a question counts: a concept it names, a cause, a word, and a word that has named a concept already.
NAMED, CAUSE, PLAIN, CONSUMED = 6, 3, 2, 1


def asked_for(words: Sequence[str], table: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """What a question looks for: its concepts and content words, each with its weight."""
    there = _spoken(words)
    hits = {name: there & known for name, known in table.items()}
    consumed = {_stem(part) for hit in hits.values() for words_hit in hit for part in words_hit.split("_")}
    plain = {stem: CONSUMED if stem in consumed else PLAIN for stem in stems(words)}
    return {**plain, **{name: CAUSE if name[1:] in CAUSES else NAMED for name, hit in hits.items() if hit}}


def concepts(words: Sequence[str], table: Mapping[str, frozenset[str]] = CONCEPTS) -> list[str]:
    """The concepts of a table that some words name, in its order."""
    there = _spoken(words)
    return [name for name, known in table.items() if not there.isdisjoint(known)]


def _spoken(words: Sequence[str]) -> AbstractSet[str]:
    """Words, and two and three of them in a row."""
    pairs = {f"{one}_{other}" for one, other in pairwise(words)}
    threes = {"_".join(words[at : at + 3]) for at in range(len(words) - 2)}
    fours = {"_".join(words[at : at + 4]) for at in range(len(words) - 3)}
    return {*words, *pairs, *threes, *fours}


# Whose lines a question is about.
THEIRS = frozenset(
    """
    they them he she him her their his customer client kunde sie er ihm ihr cliente el ella il elle
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
OURS = frozenset("i we me us my our ich wir yo nosotros je nous".split())  # noqa: SIM905


def whose(words: Iterable[str]) -> frozenset[str]:
    """The roles whose lines a question asks for; empty where it names neither or both."""
    there = frozenset(words)
    ours, theirs = not there.isdisjoint(OURS), not there.isdisjoint(THEIRS)
    if ours == theirs:
        return frozenset()
    return frozenset({"agent", "bot"}) if ours else frozenset({"customer"})
