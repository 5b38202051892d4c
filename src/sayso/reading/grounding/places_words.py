"""The words that tell a place from what only sounds like one."""

from __future__ import annotations

from typing import Literal

# What a place is, by the word beside its name. "adm" is a division of either level.
LEVELS: dict[str, Literal["adm1", "adm2", "adm", "city", "site", "water"]] = {
    **dict.fromkeys(
        "oblast krai province governorate prefecture republic emirate voivodeship canton".split(),
        "adm1",
    ),
    **dict.fromkeys("county parish raion rayon municipality borough department".split(), "adm2"),
    **dict.fromkeys("region state district division territory".split(), "adm"),
    **dict.fromkeys(
        "city town village hamlet settlement suburb neighborhood neighbourhood port capital".split(),
        "city",
    ),
    **dict.fromkeys("river sea lake gulf bay strait ocean".split(), "water"),
}  # fmt: skip

PREPOSITIONS = frozenset(
    "in near at from to outside around across toward towards into over through inside throughout "
    "between above via leaving entering reached visiting off".split()
)

# After a place's name: a public body or a role, so that the place is still meant.
BODY_HEADS = frozenset(
    "police sheriff mayor governor gov gov. government council city county state department fire "
    "district court courthouse parliament assembly legislature senate house ministry minister "
    "president prime foreign defense defence interior health army navy force forces military "
    "national guard administration authority authorities office public school schools board "
    "commission commissioner commissioners attorney prosecutor coroner regional municipal general "
    "embassy consulate ambassador secretary chancellor king queen prince deputy vice acting "
    "transportation highway road emergency intelligence security border coast supreme high "
    "federal chief lawmaker republican democrat rep. sen. senator congressman residents officials "
    "bureau agency centers center medical hospital clinic university college airport jail prison "
    "metro metropolitan area community township treasury".split()
)

# After a place's name: it has become something else's.
OTHER_HEADS = frozenset(
    "times post herald tribune independent journal news gazette observer guardian star sun mirror "
    "daily weekly review telegraph press chronicle examiner globe inquirer dispatch courier today "
    "hilton jackson united rovers wanderers athletic fc rangers giants lions bulls bears eagles "
    "cowboys yankees mets dodgers lakers celtics airlines airways bank motor motors company corp "
    "corp. inc inc. ltd ltd. group holdings records exchange open marathon accords accord treaty "
    "agreement convention declaration protocol summit conference memorandum cup games league "
    "festival virus fever smith brown johnson williams jones".split()
)

SITE_HEADS = frozenset(
    "airport airfield airbase base barracks cathedral church mosque temple synagogue shrine "
    "monastery basilica chapel hospital clinic school university college institute station bridge "
    "stadium arena market mall prison jail dam port harbor harbour checkpoint crossing camp hotel "
    "square park palace museum theater theatre tower plant refinery factory mine tunnel highway "
    "avenue street boulevard cemetery zoo beach island islands mountain mountains valley desert "
    "peninsula cape hills forest reservoir canal".split()
)

TITLES = frozenset(
    "mr mrs ms dr prof sir lord lady dame judge justice senator sen representative rep congressman "
    "congresswoman sgt lt col gen capt maj cpl officer detective deputy coach captain colonel "
    "general lieutenant sergeant major admiral pastor father sister brother bishop archbishop "
    "cardinal imam sheikh rabbi king queen prince princess president premier chancellor".split()
)

# Names of towns somewhere that are words everywhere.
COMMON = frozenset(
    "the a an and of in on at to by for from with as is was are were he she it they we you i his "
    "her their our its this that these those there here when where what who why how which while "
    "after before since until although but or if then than also however meanwhile police officer "
    "officers officials most many some several all both each every other another new old young "
    "first second third last next one two three four five six seven eight nine ten hundred "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december spring summer autumn winter god church "
    "state street road avenue school university college court house senate congress parliament "
    "president minister king queen general army navy police government council board office "
    "department union party league united press times post news report reports according "
    "islam christian muslim jewish internet web site page photo video story article read more "
    "center centre north south east west northern southern eastern western central no not yes "
    "reading mobile nice split bath orange lead best man men woman women people family home "
    "capitol covid aids ebola sars hiv flu dna spa bar van moss grant price banks born lake "
    "mr mrs ms dr sir jr sr sen rep gov today yesterday tomorrow thanks sure well never even only "
    "still soon later earlier us uk eu un nato asean brexit".split()
)
