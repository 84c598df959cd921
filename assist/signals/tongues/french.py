"""French. Accents are gone in what is matched ("déçu" is "decu"), and an apostrophe may be missing ("jai", "cest")."""

import re

from assist.message import Step
from assist.signals.patterns import Table
from assist.signals.tongues.tongue import Tongue

WORDS = {
    "TES": "t'es tu_es vous_etes etes_vous es_tu vs_etes",
    "INSULTE": "idiot idiots idiote cretin cretins abruti abrutis imbecile imbeciles debile debiles connard connards"
    " conne connasse conasse con cons salaud salauds salope salopard enfoire enfoires encule encules batard batards"
    " bouffon incapable incapables incompetent incompetents incompetente minable minables tocard charlot charlots"
    " nul nuls nulle",
    "TRES": "vraiment tres trop tellement completement totalement juste carrement super bien",
}

CUSTOMER = {
    "gratitude": """
    thanks: 0.8
        merci|remercie|remercions|reconnaissant|reconnaissante|mercii
    it helped: 0.7
        m'a|m'avez|ca_m'a ~2 aide
        tres|vraiment|trop aimable|gentil|gentille|sympa|utile|efficace
        probleme ~2 resolu|regle
        super|excellent|bon|tres_bon service|travail|accueil
    """,
    "anger": """
    plain words of anger: 0.65
        honteux|honteuse|scandaleux|scandaleuse|scandale|inadmissible|inacceptable|lamentable|revoltant|
            inadmissibles|n'importe_quoi|foutage_de_gueule|degueulasse|ecoeurant
        une honte
        en colere
        furieux|furieuse|enerve|enervee|excede|excedee|outre|outree|remonte_contre
        ras le_bol
        j'en ai|peux ~1 marre|plein_le_dos|ras_le_bol
        marre de
        vous|on ~2 foutez|fichez|moquez|fout|moque|fiche ~2 moi|gueule|monde|nous
        ca suffit
        c'est ~1 abuse
    """,
    "frustration": """
    had enough of it: 0.55
        decu|decue|decus|decevant|deception|frustre|frustree|frustrant|desespere|desesperee
        depuis ~4 jours|semaines|mois|heures
        ca fait ~4 jours|semaines|mois|heures|fois
        fatigue|fatiguee|lasse de
        encore une_fois
        toujours pareil|la_meme_chose
    """,
    "complaint": """
    no answer: 0.6 plain
        personne ~2 repond|rappelle|aide|decroche|fait
        aucune|pas|sans ~1 reponse|nouvelle|nouvelles
        vous ~1 repondez ~1 pas|jamais
    not done: 0.5 plain
        toujours pas|rien|aucun|aucune
        n'ai|pas|rien|jamais ~1 pas|encore|rien|toujours ~1 recu|livre
        pas|jamais recu|arrive|arrivee|livre|livree
        ne ~2 marche|fonctionne|charge|demarre pas|plus
        marche|fonctionne pas|plus
        casse|cassee|defectueux|defectueuse|abime|abimee
    says it is a complaint: 0.6
        reclamation|plainte|me_plaindre
        service|accueil ~3 nul|deplorable|lamentable|catastrophique|mediocre|horrible|pitoyable
        deplorable|lamentable|catastrophique|pitoyable service|accueil
    """,
    "abuse": """
    insults whoever reads: 0.85
        TES ~3 INSULTE
        bande|espece|tas de ~1 INSULTE|voleurs|escrocs
        gros|sale|pauvre|petit con|conne|connard|connasse|abruti|cretin|type
        va|allez ~1 te|vous ~1 faire_foutre|faire_enculer|faire_voir
        nique ~1 ta|tes|vos|votre mere|morts|race
        fils de pute|chien
        ta|vos gueule|gueules
        ferme|fermez ~1 la|ta|vos ~1 gueule $
        je vous|t' emmerde
        je t'emmerde
        connard|connards|connasse|encule|encules|enfoire|enfoires|salope $
    """,
    "swearing": """
    swears: 0.6 plain
        merde|putain|bordel|chier|foutu|foutue
    """,
    "threat": """
    violence: 0.9
        vais|veux|viendrai ~2 te|vous ~1 tuer|buter|crever|defoncer|frapper|massacrer|cogner|egorger|poignarder
        te|vous ~1 casser|peter|exploser|defoncer la|ta|votre ~1 gueule|tete|figure|jambes
        je te|vous tue|bute|creve|defonce|massacre
        tout|mettre ~3 faire_sauter|une_bombe|le_feu
        vais|va ~2 faire_sauter|bruler|cramer|incendier ~1 magasin|boutique|bureau|bureaux|locaux|agence|tout
        une bombe ~3 chez_vous|dans
        tu|vous vas|allez crever|mourir|saigner
    knows where they are: 0.8
        je|on sais|sait ~1 ou ~1 tu|vous ~1 habites|habitez|travailles|travaillez|vis|vivez
        sais ou tu|vous ~1 habites|habitez|travailles|travaillez
    threatens regret: 0.55
        tu|vous ~1 vas|allez ~1 regretter|le_payer|payer_cher
        vas|allez ~1 le regretter|payer_cher
    lawyers and regulators: 0.6
        mon|notre avocat|avocate ~4 contactera|va|vous|prendra|ecrira|s'en_chargera
        prendre|prends|contacter|contacte|saisir|engager|consulter ~2 avocat|un_avocat|mon_avocat
        nouvelles ~2 mon|notre avocat|avocate
        porter|porte|porterai|deposer|depose plainte
        poursuivre|attaquer|poursuites ~2 justice|judiciaires
        en justice
        au tribunal|tribunaux|prud'hommes
        mise en_demeure
        action|actions|recours|voie|voies ~1 juridique|juridiques|judiciaire|judiciaires|legale|legales
        saisir|contacter|signaler|alerter|ecrire ~3 dgccrf|que_choisir|mediateur|repression_des_fraudes
        dgccrf|repression_des_fraudes|60_millions
    """,
    "distress": """
    speaks of ending it: 0.85 plain
        veux|voudrais|envie|prefere ~1 mourir|crever|d'en_finir|disparaitre|de_mourir|etre_mort|etre_morte $
        veux|voudrais|envie de mourir
        veux|veut|peux|envie ~1 plus|pas ~1 vivre
        plus ~1 envie ~1 de vivre
        me suicider|suicide
        me tuer|pendre|foutre_en_l'air $
        mettre|mettrai ~1 fin ~1 a_mes_jours|a_ma_vie
        en finir avec la_vie|ma_vie|tout
        me faire du_mal
        idees|pensees suicidaires|noires
        mieux sans_moi
    despair: 0.6 plain
        vie ~2 plus|pas ~1 sens
        sert ~1 a rien de vivre
        je ne|n' vois plus d'issue|de_sens
        plus ~1 la force de vivre
    """,
    "churn": """
    leaves: 0.65
        resilier|resilie|resiliation|desabonner|desabonne
        change|changer|passe|vais|pars|partir|aller ~2 operateur|concurrence|concurrent|banque|fournisseur
        derniere ~1 fois|commande
        concurrence
    never again: 0.65 plain
        plus jamais
    """,
    "urgency": """
    it is urgent: 0.6
        urgent|urgence|immediatement|tout_de_suite|au_plus_vite|sans_delai
        avant|pour|aujourd'hui ce_soir|demain|aujourd'hui
    """,
    "supervisor": """
    asks for somebody above: 0.8
        parler|passez|passer|passe|veux|voudrais|exige|appelez|joindre|donnez ~5 responsable|superieur|superieure|
            manager|chef|
            directeur|directrice|superviseur|superviseure|hierarchie|l'encadrement
        quelqu'un ~3 decider|competent|competente|responsable|comprenne
    """,
    "refusal": """
    turns it down: 0.75 plain
        ca|cela|c'est ~1 ne ~3 m'aide|suffit|convient|sert|va|arrange|regle ~1 pas|rien
        ca|cela ~2 m'aide|suffit|convient|sert|arrange|regle pas|rien|a_rien
        ne|n' veux|accepte|acceptons ~1 pas
        veux|accepte pas de|d'|votre|vos|un|une|ca|cela
        veux pas d'un|d'une
        je refuse|decline
        hors de_question
    """,
    "reassured": """
    content: 0.7
        d'accord|parfait|ca_me_va|tres_bien|entendu|ca_marche|c'est_bon|impeccable $
    """,
    "contact": """
    has written before: 0.6
        deja ~1 ecrit|appele|contacte|signale|explique|dit
        troisieme|quatrieme|cinquieme|sixieme|enieme|deuxieme fois|message|mail|appel
        #|trois|quatre|cinq|plusieurs fois ~3 ecris|ecrit|appelle|contacte|relance|demande
    """,
    "remorse": """
    takes it back: 0.75 plain
        desole|desolee|pardon|excusez|m'excuse ~5 ton|impoli|impolie|insultes|insulte|propos|dit|emporte|emportee
        pas ~1 de|votre|ta faute
        me suis emporte|emportee
    """,
    "farewell": """
    says goodbye: 0.7 plain
        au_revoir|a_bientot|bonne_soiree|bonne_journee|bonne_fin|bon_week-end $
        c'est tout
        ce|c' sera|etait tout
    """,
}

CAUSES = {
    "delivery": """
    names an order that has not come: 0.7
        ou ~2 est|sont|en_est ~2 commande|colis|livraison|paquet|ma_commande|mon_colis
        commande|colis|livraison|paquet ~6 pas|jamais|rien ~1 arrive|arrivee|livre|livree|recu|recue|la
        pas|jamais|rien ~2 recu|livre ~3 commande|colis|livraison|paquet|rien
        commande|colis|livraison|paquet ~4 retard|perdu|perdue|egare|egaree|bloque|bloquee
        attends|attend|attente ~6 commande|colis|livraison|paquet
    names a delivery: 0.4
        commande|colis|livraison|livreur|paquet|transporteur|suivi
    """,
    "billing": """
    names a charge: 0.65
        preleve|prelevee|prelevement|prelevements|debite|debitee|debit|facture_deux|facturee
        facture|factures ~4 erreur|fausse|trop|double|incorrecte|deux_fois|elevee
        paye|payer|preleve|debite|facture ~2 deux_fois|double|en_trop|trop
    names money: 0.35
        facture|montant|frais|euros|echeance
    """,
    "refund": """
    wants money back: 0.7
        rembourser|rembourse|remboursez|remboursement|avoir|remboursee
        mon|recuperer ~1 argent
    """,
    "cancellation": """
    wants to cancel: 0.65
        annuler|annule|annulation|resilier|resiliation|resilie|retractation
    """,
    "access": """
    cannot get in: 0.65
        mot_de_passe|me_connecter|connexion_a_mon|compte_bloque|identifiant|identifiants
        compte ~2 bloque|suspendu
    """,
    "defect": """
    does not work: 0.6
        casse|cassee|defectueux|defectueuse|en_panne
        marche|fonctionne|s'allume|demarre pas|plus
    """,
    "wrong_item": """
    not what was ordered: 0.65
        mauvais|mauvaise article|produit|taille|couleur|modele|commande
        pas ~1 bon|bonne article|produit|taille|couleur|modele
    """,
    "outage": """
    it is down: 0.65
        plus|pas|sans ~1 internet|d'internet|reseau|connexion|ligne
        panne ~2 internet|reseau|ligne|secteur|generale
    """,
    "service": """
    complains of us: 0.4
        service|accueil|service_client
    """,
}

STEPS = {
    Step.LISTEN: """
    asks or says it back: 0.7 plain
        bien compris
        c'est ~1 bien|exact|ca|cela ~1 $
        que|qu'est-ce ~3 passe|arrive
        s'est passe
        racontez|expliquez|dites moi
        pouvez|pourriez vous ~1 m'expliquer|me_dire|preciser
        en_quoi|comment puis je vous_aider
    """,
    Step.EMPATHIZE: """
    names the feeling: 0.7 plain
        comprends|vois|concois|imagine|mesure ~7 colere|agacement|agace|agacee|enerve|enervement|deception|decu|decue|
            mecontentement|lassitude|frustration|exaspere|contrariete
        normal|comprehensible|logique|naturel ~6 colere|agace|agacee|decu|enerve|contrarie|contrariee|fache|fachee|
            lasse
        a votre place
        vous avez ~2 raison
    """,
    Step.APOLOGIZE: """
    says sorry: 0.9 plain
        desole|desolee|navre|navree
        excuses|excuse|pardon|excusez
        regrette|regrettons
    """,
    Step.OWN: """
    takes it on: 0.75 plain
        je m'en occupe|charge
        m'en occupe|charge|occuperai|chargerai
        je m'occupe|m'engage
        prends ~4 en_charge|en_main|dossier
        personnellement|moi-meme
    """,
    Step.SOLVE: """
    says what is done: 0.75 plain
        je vous envoie|rembourse|renvoie|expedie|credite|remplace|echange
        je ~1 verifie|consulte|regarde|lance|corrige|annule|controle|contacte ~8 minutes|maintenant|tout_de_suite|
            aujourd'hui|
            immediatement|instant
        preferez vous ~9 ou
        vous preferez ~9 ou
        j'ai ~3 lance|envoye|rembourse|annule|corrige|demande|expedie|credite
    """,
    Step.BOUNDARY: """
    asks for respect: 0.75 plain
        respect|respectueux|respectueuse|respectueusement|courtois|courtoise
        sans insultes|menaces|insulte
        insultes|menaces|insulter ~6 demande|prie|peux|continuer|poursuivre
    """,
    Step.ESCALATE: """
    names somebody above: 0.8 plain
        responsable|superviseur|superviseure|superieur|superieure
    """,
    Step.FOLLOW_UP: """
    says when they hear again: 0.75 plain
        vous ecris|ecrirai|rappelle|rappellerai|tiens|recontacte|recontacterai|informe|informerai|reviens ~8 demain|
            aujourd'hui|avant|lundi|mardi|mercredi|jeudi|vendredi|heures|minutes|midi|soir|courant
        demain|aujourd'hui|avant ~6 ecris|ecrirai|rappelle|reviens|nouvelles
    """,
    Step.CLOSE: """
    asks if anything else is open: 0.75 plain
        autre chose
        puis|puis-je|peux ~4 autre|d'autre
        reste ~3 question|point|chose|suspens
        souhaite ~4 journee|soiree
        bonne journee|soiree
    """,
}

NOT = r"(?:pas|jamais|sans|aucun|aucune|ni|rien|plus)"
FRENCH = Tongue(
    code="fr",
    name="French",
    before=re.compile(rf"\b{NOT}(?: [\w']+){{0,2}} $"),
    greetings=frozenset("bonjour bonsoir salut coucou il y a quelqu'un".split()),  # noqa: SIM905
    no="non",
    after=re.compile(r" (?:pas|plus|jamais|rien)\b"),
    tables=tuple(Table(kind, table, WORDS) for kind, table in CUSTOMER.items()),
    causes={label: Table("cause", table, WORDS) for label, table in CAUSES.items()},
    steps={step: Table(step.value, table, WORDS) for step, table in STEPS.items()},
)
