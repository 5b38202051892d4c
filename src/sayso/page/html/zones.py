"""What part of a page an element says it is, by its tag, ARIA role, class, id and itemprop.

Class names are no standard, yet CMSs (WordPress, Drupal, Arc, Ghost, …) share a vocabulary. A
name is believed only where the element is no wrapper of the story itself: WordPress writes
`category-related tag-menu has-sidebar` on the very element that holds the report.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from sayso.page.html.lines import Node, Page
from sayso.page.html.oracle import Kept
from sayso.record import BlockKind

# In this order: the first that is named is the zone. Counter-examples beside the order:
# bio before byline: "author-bio" holds the word author, but it is a box about a person.
# credit before caption: "caption-credit" stands in a caption and is the credit.
# caption before dateline: "photo-caption published".
# Written without what joins them (mostread: most-read, most_read, mostRead); * for any ending.
_PICTURES: Final = "photo image picture media caption foto img video".split()
_STORIES: Final = "article entry post story page content news".split()
_VOCABULARY: Final[dict[str, list[str]]] = {
    # a report's own foot holds bylines and credits; a page's foot none: before navigation
    "endnote": [story + "footer" for story in _STORIES],
    "consent": "cookie* consent gdpr onetrust* didomi* cmp qccmp* spmessage* privacy ccpa".split(),
    "comments": (
        "comment comments commentlist disqus* respond coral discussion readerresponses"
    ).split(),
    "advert": (
        "ad ads adv advert* adslot adunit adbox adwrap* adcontainer adbanner adblock adlabel "
        "adplaceholder adsbygoogle adsense dfp gpt sponsor* outbrain taboola newsletter* "
        "subscri* signup* donat* paywall* promo* supportus membership marketing campaign "
        "appdownload piano* tp regwall* mcembed* mailinglist appeal contribute billboard mpu "
        "leaderboard"
    ).split(),
    "bio": [
        *(
            who + what
            for who in ("author", "writer", "aboutauthor", "abouttheauthor")
            for what in ("bio*", "box", "card", "info", "profile", "description", "about")
        ),
        *"aboutauthor* abouttheauthor* bio biography contributorbox".split(),
    ],
    "related": (
        "related* recommend* readmore readalso readnext readon mostread mostviewed "
        "mostpopular mostshared popular* trending* seealso youmay* youmight* upnext "
        "nextarticle nextstory nextup onward* moreon morefrom morestories morenews morelike "
        "morecoverage morearticles latest* topstories alsoread alsoin alsoon inthisstory "
        "inthisseries furtherreading teaser teasers sidebar* rail rightcol* rightrail "
        "secondary widget widgets widgetarea headlines editorpick* editorspick* "
        "jprelatedposts crprelated yarpp* storylink storylinks linkbox linklist bookmarkcard "
        "bookmarkcontainer infoboxlinks suggest* topicbox backstory"
    ).split(),
    "navigation": (
        "nav navi navbar* navigation* menu* breadcrumb* crumb crumbs share* sharing* sharer "
        "social socials sociable addtoany* addthis* toolbar tools utility tag tags taglist "
        "tagcloud taglinks topic topics footer* colophon masthead siteheader sitebranding "
        "sitetitle sitelogo topbar skip* pagination pager search* login copyright legal "
        "language* langswitch* printlink printbutton print follow* eyebrow kicker "
        "sectionlabel sectionname sectiontitle rubric category categories catlinks "
        "postcategories readingtime readtime minuteread listen* audioplayer viewcount "
        "feedback reporterror bookmark* savearticle savestory ticker alertbar hamburger "
        "overlay modal popup toast fontsize toc tableofcontents jumplinks"
    ).split(),
    "credit": [
        *(
            picture + what
            for picture in _PICTURES
            for what in ("credit*", "copyright", "source", "author", "by", "owner", "attribution")
        ),
        *"credit credits photographer attribution rights sourceline agencycredit".split(),
    ],
    "caption": [
        *(
            picture + what
            for picture in _PICTURES
            for what in ("caption*", "text", "desc*", "legend", "title", "info")
        ),
        *"figcaption wpcaptiontext wpcaptiondd caption captions cutline legend legende".split(),
        *"bildunterschrift slidetext".split(),
    ],
    "quote": "pullquote* blockquote quoteblock quotebox quotetext epigraph".split(),
    "standfirst": (
        "standfirst dek deck subdeck subtitle subhead* subhed ledesummary articlesummary "
        "articlelead articleintro articledek articledescription articleexcerpt strapline "
        "entrysubtitle entrysummary chapeau summary tagline abstract hedsub"
    ).split(),
    "headline": [
        "headline", "hed",
        *(story + what for story in _STORIES for what in ("title", "headline", "heading")),
    ],
    "dateline": [
        *"dateline date datetime pubdate* publish* timestamp time update updated".split(),
        *"lastupdated lastmodified postedon modified created bylinedate when submittedon".split(),
        *(story + what for story in _STORIES for what in ("date*", "time", "on")),
    ],
    "byline": [
        *"byline* author authors authorname* authorlink* authorlist writer writers".split(),
        *"reporter reporters contributor contributors postedby vcard journalist writtenby".split(),
        *"correspondent autor submittedby signature sourcename".split(),
        *(story + what for story in _STORIES for what in ("author", "byline", "by", "writer")),
    ],
    "meta": [
        *(story + what for story in _STORIES for what in ("meta", "info", "details", "header")),
        *"meta metadata submitted".split(),
    ],
}  # fmt: skip
_RANK: Final = {zone: rank for rank, zone in enumerate(_VOCABULARY)}
_WORD = re.compile(r"(?<![a-z0-9])[a-z]{1,30}")
FURNITURE_ZONES: Final = frozenset(
    {"consent", "comments", "advert", "bio", "related", "navigation"}
)
# What the zones of furniture are called as blocks. Comments and boxes about an author are other
# people's words beside the report, as a related link is; a consent banner works the page.
FURNITURE_KIND: Final[dict[str | None, BlockKind]] = {
    "consent": "navigation", "comments": "related", "advert": "advert", "bio": "related",
    "related": "related", "navigation": "navigation",
}  # fmt: skip
_SPLITTING: Final = frozenset({"byline", "dateline", "credit", "caption", "meta", "navigation"})
_BY_TAG: Final = {
    "nav": "navigation", "figcaption": "caption", "blockquote": "quote", "footer": "navigation",
    "menu": "navigation", "button": "navigation", "form": "navigation", "label": "navigation",
    "legend": "navigation", "fieldset": "navigation", "amp-sidebar": "navigation",
    "amp-ad": "advert", "amp-embed": "related", "h1": "headline", "time": "dateline",
    "dialog": "consent", "address": "byline", "cite": None,
}  # fmt: skip
_BY_ROLE: Final = {
    "navigation": "navigation", "contentinfo": "navigation", "banner": "navigation",
    "search": "navigation", "menu": "navigation", "menubar": "navigation", "toolbar": "navigation",
    "complementary": "related", "dialog": "consent", "alertdialog": "consent",
    "doc-pullquote": "quote",
}  # fmt: skip
_BY_PROP: Final = {
    "author": "byline", "datepublished": "dateline", "datemodified": "dateline",
    "headline": "headline", "caption": "caption", "copyrightholder": "credit",
    "creditText": "credit", "comment": "comments", "contenturl": None, "tag": "navigation",
}  # fmt: skip
_STORY = re.compile(r"(?:^|[\s_-])(?:article|story|post|entry|content|main)(?:[\s_-]?"
                    r"(?:body|content|text|main|wrapper|inner|page))?(?=$|[\s_\d-])")  # fmt: skip


def own_zone(node: Node) -> str | None:
    """The zone that the element names by itself, None where it names none."""
    for table, keys in ((_BY_ROLE, node.role), (_BY_PROP, node.prop)):
        for key in keys.split()[:6]:
            if table.get(key):
                return table[key]
    named = zone_of_label(node.label)
    by_tag = _BY_TAG.get(node.tag)
    if node.tag == "figure":
        return named or "caption"
    if by_tag == "headline" or (by_tag in ("caption", "quote") and named != "credit"):
        return by_tag
    if node.tag == "blockquote":
        return "quote"
    return named or by_tag


def splits_line(node: Node) -> bool:
    """True for an inline element that stands for itself: a name, a date, a credit in one line."""
    return node.tag == "time" or own_zone(node) in _SPLITTING


@functools.lru_cache(maxsize=8_192)
def zone_of_label(label: str) -> str | None:
    """The zone that class names and an id speak of."""
    exact, openings, lengths = _tables()
    found = set()
    words = _WORD.findall(label[:300])[:24]
    for start in range(len(words)):
        name = ""
        for word in words[start : start + 4]:
            name += word
            if name in exact:
                found.add(exact[name])
            for length in lengths:
                if length <= len(name) and name[:length] in openings:
                    found.add(openings[name[:length]])
    return min(found, key=_RANK.__getitem__, default=None)


@functools.cache
def _tables() -> tuple[dict[str, str], dict[str, str], tuple[int, ...]]:
    """Zone by whole name, zone by a name's opening, and the lengths of openings."""
    exact: dict[str, str] = {}
    openings: dict[str, str] = {}
    for zone, names in _VOCABULARY.items():
        for name in names:
            (openings if name.endswith("*") else exact).setdefault(name.rstrip("*"), zone)
    return exact, openings, tuple(sorted({len(name) for name in openings}))


def mark_zones(page: Page) -> None:
    """Fill `zone` of every node: its own, else that of what holds it. Furniture holds all in it.

    Inside furniture nothing else is believed: the byline in a related card is not the report's.
    """
    all_prose = max(1, page.nodes[0].prose) if page.nodes else 1
    has_h1 = bool(page.nodes) and page.nodes[0].has_h1
    for node in page.nodes:
        above = page.nodes[node.parent].zone if node.parent >= 0 else None
        if above in FURNITURE_ZONES:
            node.zone = above
            continue
        own = own_zone(node)
        if own in FURNITURE_ZONES and _holds_story(node, own, all_prose, page_has_h1=has_h1):
            own = None
        elif own and own not in FURNITURE_ZONES and node.prose * 2 > all_prose:
            own = None  # `<div class="article-summary">` around the whole report
        if own is None and node.tag == "aside" and not _STORY.search(node.label):
            own = "aside"
        if own == "aside" and node.prose * 2 > all_prose:
            own = None
        if own is None and node.tag == "header" and above is None:
            own = None if node.has_h1 or _in_story(page, node) else "navigation"
        if own == "navigation" and node.tag == "footer" and _in_story(page, node):
            own = "endnote" if node.tag == "footer" and not zone_of_label(node.label) else own
        node.zone = own or above


def _in_story(page: Page, node: Node) -> bool:
    return any(n.tag in ("article", "main") or "articlebody" in n.prop
               for n in page.way_up(node.parent))  # fmt: skip


def _holds_story(node: Node, own: str, all_prose: int, *, page_has_h1: bool) -> bool:
    """True where a furniture name stands on an element that holds the report itself."""
    if own == "comments":
        # more prose than the report is usual here; a wrapper of both has the h1 or the main
        return node.has_main or node.has_h1
    if node.tag in ("nav", "button", "form") and not node.has_h1:
        return False
    if node.has_main or (node.has_h1 and node.prose * 5 > all_prose):
        return True
    share = 2 if page_has_h1 else 3
    return node.prose * share > all_prose * (1 if own != "consent" else 2) and node.prose > 400


def release_kept(page: Page, kept: Kept) -> None:
    """Give back what trafilatura keeps where a furniture name would take most of the report.

    A paper's CMS wraps each paragraph that only subscribers see in `<div class="subscriber-only">`.
    """
    held: dict[str, int] = {}
    total = 0
    for piece in page.pieces:
        if len(piece) > 60 and piece.link_chars * 3 < len(piece) and kept.keeps(page.words(piece)):
            zone = page.nodes[piece.node].zone
            total += len(piece)
            if zone in FURNITURE_ZONES:
                held[zone] = held.get(zone, 0) + len(piece)
    wrong = {zone for zone, chars in held.items() if chars * 3 > total}
    for node in page.nodes:
        if node.zone in wrong and node.tag not in _BY_TAG:
            node.zone = None
