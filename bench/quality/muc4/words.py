"""Words by which the MUC-4 mapping tells people from things, and doubt from fact."""

from __future__ import annotations

import re

FIGHTERS = re.compile(
    r"(?i)\b(?:guerr?illas?|rebels?|terrorists?|subversives?|extremists?|insurgents?|delinquents?|"
    r"combatants?|commandos?|commandoes|criminals|kidnappers?|hitmen|assassins?|gunmen|bandits?|"
    r"contras?|traffickers?|hired|attackers?|assailants?|murderers?|killers?|thugs?|squads?|"
    r"militiamen|mercenar\w+)\b"
)
PEOPLE = re.compile(
    r"(?i)\b(?:m[ae]n|individuals?|persons?|people|youths?|soldiers?|policem[ae]n|members?|troops?|"
    r"uniform\w*|civilians|elements|units?|strangers?|subjects?|pistoleros|sicarios)\b"
)
SOLDIERS = re.compile(
    r"(?i)\b(?:soldiers?|troops?|army|sergeants?|lieutenants?|marines?|recruits?|patrol|"
    r"battalion|brigade|paratroopers?|noncommissioned)\b"
)
NOBODY = re.compile(
    r"(?i)^(?:it|they|we|you|them|us|which|that|this|these|those|what|their|others?|some|many|"
    r"several|all|everyone|no one|someone|anyone|whoever|two|three|four|five|at least \w+|\d+|"
    r"more than \d+|the ones|one|both)$"
)
NAMED = re.compile(r"[A-Z]\w+ (?:de |del |la )*[A-Z]\w+")
ANYBODY = re.compile(
    r"(?i)(?:the |some |many |several |innocent |our |so |all )*(?:people|children|civilians|"
    r"persons|leaders|officers|peasants|families|soldiers|citizens)$"
)
OF = re.compile(r"(?i)^of (?:the )?")
MANY = re.compile(r"~?\d{3,}")
BARE = re.compile(
    r"(?i)^(?:at least |more than |over |about |some |nearly |another )*"
    r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$"
)
NOUN = re.compile(r"(?i)\b(?:people|persons?|civilians|policemen|soldiers|peasants|students)\b")
NO_HUMAN = re.compile(
    r"(?i)\b(?:bombs?|houses?|homes?|offices?|buildings?|embass\w+|vehicles?|cars?|bus(?:es)?|"
    r"towers?|poles?|pylons?|power|banks?|pipelines?|bridges?|plants?|stations?|headquarters|"
    r"barracks|garrisons?|posts?|positions?|installations?|residences?|stores?|facilities|base|"
    r"town|city|village|democracy|rights?|peace|device|school|airport|helicopters?|planes?|trucks?|"
    r"attacks?|country|nation|explosives?|dynamite|targets?|church|radio|newspaper|aircraft|"
    r"process|society|institutions|life|lives|system|government|structures?|toll|order|gmt|time|"
    r"animals|checkpoints?|cabins|machineguns|detachments?|force|forces|command|number|total|"
    r"part|honor|mutilation|killings?|deaths?|casualties|bodies|body|units?|party|movement|"
    r"battalion|brigade|highway|neighborhood|weapons?|wounds?|departments|documents|rifles?|murders?|"
    r"cause|population|trenches|injury|injuries|release|army|areas?|townships?|reports?|personnel|"
    r"organization|reason|damage|victims? of|dozens?|hundreds?|thousands?)$"
)
PLURAL = re.compile(r"(?:[^su']s|men|women|people|children|police|youth|clergy)$")
HEDGE = re.compile(
    r"(?i)\b(?:allegedly|presumabl[ey]|presumed|apparently|suspected|supposedly|alleged|reportedly)\b"
)
MAY = re.compile(r"(?i)\b(?:possibly|perhaps|might|may have|could have|possible)\b")
UNSURE = frozenset({"purported", "probable", "possible"})
DID = re.compile(
    r"(?i)\b(?:carr|commit|stag|launch|perpetrat|mastermind|behind|conduct|orchestrat)"
)
BLAMES = re.compile(r"(?i)\b(?:by|attribut\w+|accus\w+|blam\w+|suspect\w+|responsib\w+|claim\w+)\b")
CLAIM = re.compile(r"(?i)\b(?:claim|took|take|accept|admit|assum|acknowledg)")
NEAR = 500  # characters between a death and the sentence that names the dead
NO_PERSON = re.compile(r"(?i)\b(?:hospital|clinic|avenue|street|department|neighborhood|army)")
