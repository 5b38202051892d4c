"""The words that tell a place from what only sounds like one."""

from __future__ import annotations

from typing import Literal

Level = Literal["adm1", "adm2", "adm", "city", "site", "water"]

# What a place is, by the word beside its name. "adm" is a division of any level.
LEVELS: dict[str, Level] = {
    **dict.fromkeys(
        "oblast krai province governorate prefecture republic emirate voivodeship canton".split(),
        "adm1",
    ),
    **dict.fromkeys("county parish raion rayon municipality borough department".split(), "adm2"),
    **dict.fromkeys("region state district division territory counties provinces".split(), "adm"),
    **dict.fromkeys(
        "city town village hamlet settlement suburb neighborhood neighbourhood port "
        "capital".split(),
        "city",
    ),
    **dict.fromkeys("river sea lake gulf bay strait ocean".split(), "water"),
}  # fmt: skip

DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast "
    "southwest northeastern northwestern southeastern southwestern upper lower greater downtown "
    "inner outer mid historic old".split()
)

PREPOSITIONS = frozenset(
    "in near at from to outside around across toward towards into over through inside throughout "
    "between above via leaving entering reached visiting off of on against".split()
)
# After these a name is a place's even where the model takes it for a person's.
PLACE_PREPOSITIONS = frozenset("in near outside inside into across throughout around".split())
# Only places are shelled, and only they have roads that lead to them.
PLACE_VERBS = frozenset(
    "bombarded bombarding bombed bombing shelled shelling besieged besieging retook retaking "
    "recaptured recapturing overran overrunning".split()
)
ROADS = frozenset("road highway motorway route".split())
# "The daily Sabah", "the tanker Aden": after these a name is not the place of that name.
NAMED_KINDS = frozenset(
    "daily weekly newspaper tabloid magazine broadcaster outlet portal tanker ship vessel ferry "
    "frigate destroyer trawler freighter submarine".split()
)

# After a place's name, in small letters: its people, its authorities, its surroundings.
PEOPLE = frozenset(
    "man woman men women resident residents native natives parents couple teen teenager police "
    "detectives authorities officials mayor governor area suburb suburbs neighborhood hospital "
    "airport court jail prison council home family student students driver firefighters official "
    "business businesses businessman company school schools store stadium market campus grand "
    "metropolitan region district offensive front frontline siege axis direction salient "
    "incursion operation sector pocket garrison bridgehead battle attack attacks bombing bombings "
    "blast explosion massacre shelling airport clashes protests countryside border pocket".split()
)

# After a place's name: a public body or an office, so that the place is still meant.
BODIES = frozenset(
    "police sheriff mayor governor gov gov. government council city county state department fire "
    "district court courthouse parliament assembly legislature senate house ministry minister "
    "president prime foreign defense defence interior health army navy force forces military "
    "national guard administration authority authorities office public school schools board "
    "commission commissioner commissioners attorney prosecutor coroner regional municipal general "
    "embassy consulate ambassador secretary chancellor king queen prince deputy vice acting "
    "transportation highway road emergency intelligence security border coast supreme high "
    "federal chief lawmaker republican democrat rep. sen. senator congressman residents officials "
    "bureau agency centers medical hospital clinic airport jail prison metro metropolitan area "
    "community township treasury emir sultan premier".split()
)

# After a place's name: it has become something else's.
OTHERS = frozenset(
    "times post herald tribune independent journal news gazette observer guardian star sun mirror "
    "daily weekly review telegraph press chronicle examiner globe inquirer dispatch courier today "
    "hilton jackson united rovers wanderers athletic fc rangers giants lions bulls bears eagles "
    "cowboys yankees mets dodgers lakers celtics airlines airways bank motor motors company corp "
    "corp. inc inc. ltd ltd. group holdings records exchange open marathon accords accord treaty "
    "agreement convention declaration protocol summit conference memorandum cup games league "
    "festival virus fever smith brown johnson williams jones college university academy institute "
    "society association foundation fund radio tv television magazine media network digital".split()
)

# The last word of a site's name. After a place's name it is a site there; without one it is a site
# only where the word is one of the strong ones.
SITES = frozenset(
    "airport airfield airbase base barracks cathedral church mosque temple synagogue shrine "
    "monastery basilica chapel hospital clinic school station bridge stadium arena market mall "
    "prison jail dam port harbor harbour checkpoint crossing camp hotel square park palace museum "
    "theater theatre tower plant refinery factory mine tunnel highway zoo campus".split()
)
STRONG_SITES = frozenset(
    "airport airfield airbase cathedral mosque hospital prison dam checkpoint crossing bridge "
    "refinery barracks monastery basilica square island islands mountain mountains valley desert "
    "peninsula forest reservoir canal river lake strait bay gulf sea".split()
)

# The last word of a street's name.
STREETS = frozenset(
    "street st road rd avenue ave av boulevard blvd drive lane parkway bypass expressway".split()
)

TITLES = frozenset(
    "mr mrs ms dr prof sir lord lady dame judge justice senator sen representative rep congressman "
    "congresswoman sgt lt col gen capt maj cpl officer detective deputy coach captain colonel "
    "general lieutenant sergeant major admiral pastor father sister brother bishop archbishop "
    "cardinal imam sheikh rabbi king queen prince princess president premier chancellor".split()
)

# Alone these are never a place, whatever a town somewhere is called.
NEVER = frozenset(
    {*LEVELS, *DIRECTIONS, *SITES}
    | set(
        "the a an and monday tuesday wednesday thursday friday saturday sunday january february "
        "march april may june july august september october november december spring summer autumn "
        "winter coast guard eu un nato asean brexit covid aids ebola hiv dna fbi cia "
        "mi5 mi6 bbc cnn afp nasa section loop pack troop federal olympic alternative zone centre "
        "center region heights "
        "internet web islam god congress parliament senate union party league police hall main "
        "street road avenue marina market home homeland security modern".split()
    )
)

# Names of towns somewhere that are words everywhere: only the model's word makes them a place.
COMMON = frozenset(
    "of in on at to by for from with as is was are were he she it they we you i his "
    "her their our its this that these those there here when where what who why how which while "
    "after before since until although but or if then than also however meanwhile police officer "
    "officers officials most many some several all both each every other another new old young "
    "first second third last next one two three four five six seven eight nine ten hundred "
    "church state university college court house president minister king queen general army navy "
    "government council board office department united press times post news report reports "
    "according christian muslim jewish site page photo video story article read more no not yes "
    "reading mobile nice split bath orange lead best man men woman women people family "
    "capitol sars flu spa bar van moss grant price banks born lake mr mrs ms dr sir jr sr sen rep "
    "gov today yesterday tomorrow thanks sure well never even only still soon later earlier "
    "abu aim ali allah along ask aziz bad band bank bed begun bid big bites bone buy cars chair "
    "chamber coma crater date dawn dining do drug eid engineer era fate gay give got grants guns "
    "hassan hat hire hit human law line lone long major male mark me media metro mile model "
    "muharram nose off omar paper pin plan pool possession progress put ramadan rashid rehab rest "
    "rich rise rivers run sale salt same save say shot shut side sides so song store tall tape "
    "tell time tsunami turn walk zero "
    "speaking asked under over during like just let see look".split()
)
