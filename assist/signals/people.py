"""Words for who people are, and the stand-ins that scorers read for them.

Whom a message speaks of tells nothing of how its writer feels, and labelled sets name some groups in insults far more
often than in thanks. A scorer that never sees which group, gender or name it is cannot hold it against anybody. The
rules and VADER read the words as they are.
"""

from collections.abc import Mapping
from types import MappingProxyType

TABLE = """
local: muslim jewish christian hindu buddhist sikh atheist catholic protestant mormon islamic religious male female
local: transgender trans nonbinary non-binary cisgender intersex genderqueer gay straight lesbian bisexual queer
local: homosexual heterosexual asexual pansexual lgbt lgbtq black white asian latino latina latinx hispanic roma
local: romani indigenous mixed-race biracial arab aboriginal caucasian african caribbean american british english
local: scottish welsh irish german french italian spanish portuguese dutch belgian swiss austrian polish russian
local: ukrainian czech slovak hungarian romanian bulgarian greek turkish serbian croatian bosnian albanian swedish
local: norwegian danish finnish estonian latvian lithuanian icelandic canadian mexican brazilian colombian cuban
local: haitian jamaican nigerian ghanaian kenyan ethiopian somali egyptian moroccan algerian tunisian sudanese
local: israeli palestinian syrian lebanese iraqi iranian afghan pakistani indian bangladeshi nepali chinese taiwanese
local: japanese korean vietnamese thai filipino indonesian malaysian australian european foreign immigrant refugee
local: young old teenage middle-aged elderly retired deaf blind disabled autistic dyslexic wheelchair-bound epileptic
local: diabetic pregnant
person: woman man lady gentleman boy girl guy dude foreigner jew pensioner teenager
people: women men ladies gentlemen boys girls guys immigrants refugees foreigners migrants muslims jews christians
people: hindus buddhists sikhs atheists catholics protestants gays lesbians blacks whites asians latinos hispanics
people: arabs africans americans germans italians poles russians ukrainians romanians turks mexicans brazilians
people: nigerians somalis egyptians moroccans israelis palestinians syrians iraqis iranians afghans pakistanis indians
people: koreans filipinos australians europeans pensioners teenagers millennials boomers
alex: james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony
alex: steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob nicholas
alex: gary eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick raymond dennis
alex: jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy walter keith austin
alex: roger terry sean gerald carl dylan harold jordan jesse bryan lawrence arthur gabriel bruce logan billy joe
alex: alan juan elijah willie albert wayne vincent mason roy ralph bobby russell bradley philip eugene liam oliver
alex: lucas leo callum hamish ewan fergus angus rory connor declan cormac ciaran darragh padraig gareth rhys owen
alex: huw mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret
alex: ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia
alex: kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel
alex: carolyn janet maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly christina
alex: joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice kathryn
alex: abigail sophia frances alice judy isabella julia denise charlotte natalie theresa beverly diana marilyn
alex: danielle brittany kayla alexis lori tiffany chloe siobhan aoife niamh saoirse orla ciara mairead fiona morag
alex: catriona eilidh lakisha latoya tamika ebony keisha imani aaliyah shanice latisha deja jamal darnell deshawn
alex: tyrone terrell malik marquis jermaine leroy tremayne rasheed demetrius mohammed muhammad mohamed mohammad
alex: ahmed ahmad hassan hussein omar khalid ibrahim yusuf youssef mustafa tariq karim samir bilal hamza fatima
alex: aisha khadija maryam zainab layla leila noor amina yasmin samira nadia salma rania rajesh rahul amit sanjay
alex: vijay arjun ravi anil sunil deepak vikram rohan aditya suresh ramesh ashok krishna priya anjali ananya pooja
alex: neha kavita sunita lakshmi deepa meera shreya divya nisha aarti sita oluwaseun chiamaka chidi emeka obinna
alex: ifeoma ngozi chinedu adebayo olumide tunde folake yetunde adaeze amara kwame kofi akosua abena kwabena thabo
alex: sipho nomsa lerato themba zanele mandla wei li ming jing xiao mei hui chen wang zhang liu yang huang zhao jun
alex: ying yan hao jie nguyen tran linh thuy minh hiroshi yuki kenji takashi satoshi haruto akira sakura yoko keiko
alex: naoko aiko jisoo minjun seoyeon jihoon agnieszka katarzyna malgorzata magdalena wojciech krzysztof tomasz
alex: piotr pawel grzegorz jakub zofia kasia dmitri sergei ivan vladimir alexei mikhail nikolai boris igor olga
alex: natasha svetlana irina tatiana ekaterina anastasia oleksandr volodymyr bohdan oksana mykola yulia guadalupe
alex: carlos luis jorge miguel pedro alejandro fernando diego javier rafael pablo sofia camila valentina lucia
alex: carmen rosa ana isabel mercedes dolores joao thiago mehmet emre ahmet murat ayse elif zeynep hatice emine
alex: shlomo moshe avi yosef yitzhak chaim rivka shira tamar noa yael eitan tane aroha hemi wiremu kahu ngaire
alex: leilani kaimana hans klaus jurgen wolfgang heinrich ingrid ursula heike greta lars sven bjorn astrid freya
alex: erik anders pierre jacques francois philippe antoine camille juliette amelie giovanni giuseppe marco luca
alex: francesca giulia
"""
STAND_IN: Mapping[str, str] = MappingProxyType(
    {
        word: stand_in
        for line in TABLE.strip().splitlines()
        for stand_in, _, words in (line.partition(": "),)
        for word in words.split()
    }
)
KNOWN = frozenset(part for word in STAND_IN for part in word.split("-"))
