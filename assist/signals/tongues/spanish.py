"""Spanish, of Spain and of America. Accents are gone in what is matched ("más" is "mas", "ñ" is "n")."""

import re

from assist.message import Step
from assist.signals.patterns import Table
from assist.signals.tongues.tongue import Tongue

WORDS = {
    "TE": "te le les os lo los la las",
    "ERES": "eres sois son sos ustedes_son usted_es vosotros_sois",
    "INSULTO": "idiota idiotas imbecil imbeciles estupido estupida estupidos gilipollas pendejo pendeja pendejos cabron"
    " cabrones capullo capullos subnormal subnormales tarado tarados boludo boludos pelotudo pelotudos inutil inutiles"
    " inepto ineptos payaso payasos basura escoria sinverguenza sinverguenzas mamon mamones culero culeros maldito",
    "MUY": "tan muy super bien totalmente completamente realmente mas",
}

CUSTOMER = {
    "gratitude": """
    thanks: 0.8
        gracias|agradezco|agradecido|agradecida|agradecemos
    it helped: 0.7
        muy amable|amables|util
        me ~1 ha|has|han|ayudo|ayudaste ~1 ayudado|mucho|muchisimo
        problema ~2 resuelto|solucionado|arreglado
        excelente|estupendo|gran ~1 servicio|atencion|trabajo
    """,
    "anger": """
    plain words of anger: 0.65
        verguenza|vergonzoso|vergonzosa|indignante|indignado|indignada|inaceptable|intolerable|ridiculo|
            inadmisible|descaro|tomadura_de_pelo|asco|asqueroso|colmo|burla
        estoy|estamos MUY enfadado|enfadada|enojado|enojada|furioso|furiosa|molesto|molesta|cabreado|cabreada|
            enfadados|
            indignados
        enfadado|enfadada|enojado|enojada|furioso|furiosa|cabreado|cabreada|encabronado|encabronada
        estoy|estamos ~1 harto|harta|hartos|hasta_las_narices|hasta_los_cojones|hasta_la_madre
        harto|harta|hartos de
        ya basta
        me|nos ~1 toman|estan_tomando|toma ~1 el pelo
        odio ~3 empresa|servicio|compania
    """,
    "frustration": """
    had enough of it: 0.55
        decepcionado|decepcionada|decepcion|decepcionante|frustrado|frustrada|frustrante|desesperado|desesperada
        llevo|llevamos ~4 dias|semanas|meses|horas|anos
        cansado|cansada|cansados de
        otra vez|por_tercera_vez|por_cuarta_vez|por_enesima_vez
        siempre lo mismo
    """,
    "complaint": """
    no answer: 0.6 plain
        nadie ~2 contesta|responde|ayuda|atiende|resuelve|llama|hace|dice
        no ~2 contestan|responden|atienden|respondido|contestado
        sin respuesta|contestar|responder
    not done: 0.5 plain
        no ~2 llega|llego|llegado|recibido|recibi|funciona|entregado|entregaron|sirve|aparece
        todavia|aun|sigo|sigue no|sin
        roto|rota|defectuoso|defectuosa|averiado|danado|danada
    says it is a complaint: 0.6
        queja|quejarme|reclamo|reclamar|reclamacion|hoja_de_reclamaciones
        pesimo|pesima|horrible|terrible|malisimo|lamentable|desastroso ~1 servicio|atencion|experiencia
        servicio|atencion ~2 pesimo|pesima|horrible|malisimo|lamentable|desastroso|desastre
        es un desastre
    """,
    "abuse": """
    insults whoever reads: 0.85
        ERES ~3 INSULTO
        sois ~2 INSULTO
        pedazo|panda|atajo|bola de ~1 INSULTO|inutiles|ladrones
        hijo|hijos|hija de puta|perra|la_chingada
        hijueputa|hijoputa|malparido|conchatumadre
        vete|vayanse|vayase|iros|idos|andate a_la_mierda|al_carajo|a_tomar_por_culo|al_diablo|a_la_chingada
        que|te|os te|os|les den ~2 culo
        callate|callese|callaos ~2 INSULTO|boca|puta|hocico
        chinga tu_madre
        chupamela|jodete|jodanse|joderos
        gilipollas|imbeciles|pendejo|pendejos|cabron|cabrones|idiotas $
    """,
    "swearing": """
    swears: 0.6 plain
        mierda|puta|puto|putos|cono|joder|cojones|carajo|chingada|hostia
    """,
    "threat": """
    violence: 0.9
        TE ~1 voy|vamos a ~1 matar|pegar|romper|reventar|partir|golpear|quemar|acuchillar|apunalar
        voy|vamos|iremos a ~1 matarte|matarlos|matarle|mataros|matarles|reventarte|partirte|romperte|pegarte|
            golpearte|
            quemarlos|romperle|partirle|romperles|partirles
        te|os|los|le mato|rajo|reviento $
        voy|vamos a ~1 poner|colocar una bomba
        voy|vamos a ~1 quemar|incendiar ~1 tienda|oficina|oficinas|local|edificio|todo
        vais|van|vas a ~1 morir|sangrar
        te|os|le ~1 voy a partir|romper la_cara|los_dientes|las_piernas
    knows where they are: 0.8
        se|sabemos donde ~1 vives|viven|vivis|vive|trabajas|trabajan|trabaja_usted
    threatens regret: 0.55
        te|se|os vas|van|vais|va a arrepentir
        lo vas|van|vais|va a ~1 lamentar|pagar_caro
    lawyers and regulators: 0.6
        mi|nuestro abogado|abogada ~4 contactara|llamara|escribira|se_pondra|pondra|tendra|noticias|hablara|contacta
        contratar|contratare|consultar|hablar|hablare|llamar|llamare|contactar ~3 abogado|abogada|abogados
        noticias ~2 abogado|abogada|abogados
        abogado|abogados ~2 mediante|por_medio
        demandar|demandarlos|demandarles|demandaros|demandare|denunciar|denunciarlos|denunciarles|denunciaros|
            denunciare
        poner|interponer|presentar|pondre|presentare ~2 demanda|denuncia
        acciones|medidas legales
        nos vemos en los_tribunales|el_juzgado|juicio|la_corte
        profeco|facua|oficina_del_consumidor|defensa_del_consumidor|oficina_de_consumo|omic|indecopi|sernac
    """,
    "distress": """
    speaks of ending it: 0.85 plain
        no ~1 quiero ~1 vivir|seguir_viviendo|estar_vivo|estar_viva
        me|quiero|quisiera ~1 quiero|morir|morirme|estar_muerto|estar_muerta $
        quiero|quisiera|deseo ~1 morir|morirme ~1 $
        me ~1 voy a matar|suicidar|quitar_la_vida
        voy|quiero|pienso ~1 a matarme|suicidarme|quitarme_la_vida
        matarme|suicidarme
        quitarme|acabar ~1 con_mi_vida|la_vida
        terminar con mi_vida|todo_esto_y_morir
        hacerme dano
        pensamientos|ideas suicidas
        mejor ~1 sin_mi
    despair: 0.6 plain
        no ~1 vale_la_pena|tiene_sentido ~1 vivir|seguir_viviendo|la_vida
        ganas de vivir
        no le veo salida
        ya no puedo mas con ~1 vida|la_vida|todo
    """,
    "churn": """
    leaves: 0.65
        darme|dar|doy|darnos ~1 de_baja|baja
        me|nos ~1 voy|vamos|cambio|cambiamos|paso a|de|con ~2 competencia|compania|operador|empresa|otra
        ultima ~1 vez|compra
        competencia
    never again: 0.65 plain
        nunca|jamas ~2 vuelvo|volvere|volver|comprar|compro|volveremos
    """,
    "urgency": """
    it is urgent: 0.6
        urgente|urgencia|urge|cuanto_antes|inmediatamente|de_inmediato|ya_mismo|ahora_mismo
        para|antes_de hoy|manana
    """,
    "supervisor": """
    asks for somebody above: 0.8
        hablar|pasame|paseme|pasen|pasar|comunicame|comuniqueme|comunicar|quiero|exijo|ponme|pongame|llame|
            necesito ~4 supervisor|
            supervisora|encargado|encargada|jefe|jefa|gerente|responsable|superior
        alguien ~3 decidir|competente|responsable|resuelva|pueda
    """,
    "refusal": """
    turns it down: 0.75 plain
        no ~3 sirve|vale|soluciona|ayuda|interesa|basta|alcanza $
        eso|esto no ~2 sirve|vale|soluciona|ayuda|interesa|basta|alcanza|arregla
        no ~1 quiero un|una|otro|otra|ese|eso|esa|su|sus|cupones|cupon|vales
        no ~1 acepto|aceptamos|estoy_de_acuerdo
        rechazo
        de ninguna_manera|ningun_modo
    """,
    "reassured": """
    content: 0.7
        de_acuerdo|perfecto|me_parece_bien|esta_bien|vale|entendido|genial|listo $
    """,
    "contact": """
    has written before: 0.6
        ya ~1 he|les|os|le ~2 escrito|llamado|contactado|dicho|explicado
        por segunda|tercera|cuarta|quinta|sexta|enesima vez
        tercera|cuarta|quinta|sexta vez ~2 escribo|llamo|pregunto|contacto
        he ~1 escrito|llamado ~1 varias|muchas|dos|tres|cuatro|cinco|# ~1 veces
    """,
    "remorse": """
    takes it back: 0.75 plain
        perdon|disculpe|disculpa|lo_siento|disculpen ~5 tono|grosero|grosera|insultos|insulto|palabras|maleducado|dije
        no ~1 es ~1 su|tu|culpa ~1 culpa|suya|tuya
        me pase
    """,
    "farewell": """
    says goodbye: 0.7 plain
        adios|hasta_luego|hasta_pronto|chau|chao
        que ~1 tenga|tengas|tengan ~2 dia|tarde|noche
        buen dia|fin_de_semana $
        eso es|era todo
        nada mas
    """,
}

CAUSES = {
    "delivery": """
    names an order that has not come: 0.7
        donde ~2 esta|estan ~1 mi|mis|el|nuestro ~1 pedido|paquete|envio|compra|pedidos
        pedido|paquete|envio|compra|entrega ~6 no ~2 llega|llego|llegado|llegan|aparece|entregado|recibido
        no ~4 recibido|llegado|llega|llego|recibi|entregado|entregan ~3 pedido|paquete|envio|compra|nada|producto
        pedido|paquete|envio|entrega ~4 retraso|retrasado|perdido|extraviado|tarde
        llevo|llevamos|espero|esperando ~6 pedido|paquete|envio|entrega
    names a delivery: 0.4
        pedido|paquete|envio|entrega|repartidor|mensajeria|seguimiento
    """,
    "billing": """
    names a charge: 0.65
        cobrado|cobraron|cobran|cobro|cargado|cargo|cobrando ~4 dos_veces|doble|mas|demas|duplicado|indebido|veces
        doble|segundo|cobro|cargo indebido|cobro|cargo|duplicado
        cobraron|cobrado|cobrando|cobro|cobros
        factura ~4 mal|error|incorrecta|alta|equivocada|no
    names money: 0.35
        factura|recibo|importe|cuota|tarifa|euros|pesos
    """,
    "refund": """
    wants money back: 0.7
        devolucion|reembolso|reembolsar|reembolsen|reembolsadme|devolver|devuelvan|devuelvanme|devolvedme
        mi|el dinero
    """,
    "cancellation": """
    wants to cancel: 0.65
        cancelar|cancelacion|cancelen|anular|darme_de_baja|dar_de_baja|la_baja
    """,
    "access": """
    cannot get in: 0.65
        contrasena|iniciar_sesion|bloqueada|bloqueado|acceder
        entrar ~2 cuenta
    """,
    "defect": """
    does not work: 0.6
        roto|rota|averiado|averiada|defectuoso|defectuosa|estropeado|estropeada|descompuesto
        no ~1 funciona|enciende|arranca|anda|prende
    """,
    "wrong_item": """
    not what was ordered: 0.65
        producto|articulo|talla|color|modelo|pedido ~1 equivocado|equivocada|incorrecto|incorrecta|distinto
        otro|otra producto|articulo|talla|color|modelo
    """,
    "outage": """
    it is down: 0.65
        sin internet|servicio|linea|conexion|luz
        no ~2 internet|conexion|linea|senal
        caido|caida ~2 servicio|internet|red
    """,
    "service": """
    complains of us: 0.4
        servicio|atencion|al_cliente
    """,
}

STEPS = {
    Step.LISTEN: """
    asks or says it back: 0.7 plain
        he|hemos ~1 entendido|comprendido ~1 bien
        es|esta correcto|asi $
        que ~2 paso|pasado|ocurrido|sucedido|ocurrio
        cuenteme|digame|expliqueme|podria_contarme|podria_explicarme
        en que|puedo ~2 ayudarle|ayudar
    """,
    Step.EMPATHIZE: """
    names the feeling: 0.7 plain
        entiendo|comprendo|veo|noto ~7 enfado|enfadado|enfadada|molestia|molesto|molesta|enojo|enojado|frustracion|
            decepcion|
            decepcionado|indignacion|preocupacion|harto
        normal|logico|comprensible|natural ~6 enfadado|enfade|molesto|moleste|enfado|molestia|enojo|sienta|indigne|
            canse
        tiene ~2 razon|razones|motivos
        yo ~1 tambien ~3 enfadaria|molestaria|molesto
    """,
    Step.APOLOGIZE: """
    says sorry: 0.9 plain
        lo siento|lamento|lamentamos
        siento|lamento|lamentamos ~1 mucho
        siento que|el|la|lo|haberle|tener
        disculpas|disculpe|disculpeme|perdone|perdon|disculpa
    """,
    Step.OWN: """
    takes it on: 0.75 plain
        me encargo|ocupo|ocupare|encargare
        yo ~1 me encargo|ocupo|encargare
        a_mi|mi cargo
        asumo|llevo|llevare ~2 caso|personalmente|esto
        personalmente
    """,
    Step.SOLVE: """
    says what is done: 0.75 plain
        le|les ~1 envio|enviare|reembolso|devuelvo|abono|cambio|anulo|corrijo|mando|tramito|reenvio
        reviso|compruebo|consulto|voy_a_revisar|voy_a_comprobar|estoy_revisando|miro|busco ~8 minutos|ahora|
            ahora_mismo|hoy|momento
        prefiere|preferiria ~9 o
        he ~3 tramitado|enviado|reembolsado|anulado|corregido|solicitado|abonado
    """,
    Step.BOUNDARY: """
    asks for respect: 0.75 plain
        respeto|respetuoso|respetuosa|respetuosamente
        sin insultos|amenazas
        insultos|amenazas|insulte ~6 pido|ruego|puedo|continuar|seguir|evite
    """,
    Step.ESCALATE: """
    names somebody above: 0.8 plain
        supervisor|supervisora|responsable_de_turno|mi_responsable|mi_superior
    """,
    Step.FOLLOW_UP: """
    says when they hear again: 0.75 plain
        le escribo|escribire|llamo|llamare|aviso|avisare|informo|informare|contacto|contactare ~7 manana|hoy|antes|
            lunes|martes|
            miercoles|jueves|viernes|horas|minutos|tarde|mediodia|dia
        manana|hoy|antes ~6 escribire|escribo|llamo|llamare|avisare|respuesta
    """,
    Step.CLOSE: """
    asks if anything else is open: 0.75 plain
        algo mas
        puedo ~3 ayudarle|ayudar ~2 mas|algo_mas
        queda ~3 pendiente|algo|duda
        que tenga ~2 dia|tarde|noche|jornada
    """,
}

NOT = r"(?:no|nunca|jamas|sin|ni|tampoco|nada|ningun|ninguna)"
SPANISH = Tongue(
    code="es",
    name="Spanish",
    before=re.compile(rf"\b{NOT}(?: [\w']+){{0,3}} $"),
    greetings=frozenset("hola buenas buenos dias tardes noches hay alguien ahi".split()),  # noqa: SIM905
    no="no",
    after=re.compile(r"(?!)"),
    tables=tuple(Table(kind, table, WORDS) for kind, table in CUSTOMER.items()),
    causes={label: Table("cause", table, WORDS) for label, table in CAUSES.items()},
    steps={step: Table(step.value, table, WORDS) for step, table in STEPS.items()},
)
