"""What part of a page an element says it is, by its tag, ARIA role, class, id and itemprop.

Class names are no standard, yet CMSs (WordPress, Drupal, Arc, Ghost, …) share a vocabulary. A
name is believed only where the element is no wrapper of the story itself: WordPress writes
`category-related tag-menu has-sidebar` on the very element that holds the report.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from sayso.page.html_lines import Node, Page
from sayso.record import BlockKind

# In this order: the first that fits names the zone. Counter-examples beside the order:
# bio before byline: "author-bio" holds the word author, but it is a box about a person.
# credit before caption: "caption-credit" stands in a caption and is the credit.
# caption before dateline: "photo-caption published".
_VOCABULARY: Final = {
    "consent": (
        r"cookies? consent gdpr onetrust didomi cmp qc-cmp\w* sp[_-]message\w* privacy cookie\w* "
        r"ccpa"
    ),
    "comments": (
        r"comments? comment-?list commentlist disqus\w* respond coral discussion reader-?responses"
    ),
    "advert": (
        r"ad ads adv advert\w* "
        r"ad-?(?:slot|unit|box|wrap\w*|container|banner|block|label|placeholder) adsbygoogle "
        r"adsense dfp gpt sponsor\w* outbrain taboola newsletter\w* subscri\w+ sign-?up\w* "
        r"donat\w+ paywall\w* promo\w* support-us membership marketing campaign app-?download "
        r"piano\w* tp-\w+ regwall\w* mc-?embed\w* mailing-?list appeal contribute billboard mpu "
        r"leaderboard"
    ),
    "bio": (
        r"(?:author|writer|about-?(?:the-?)?author)[_-]{0,2}"
        r"(?:bio\w*|box|card|info|profile|description|about) "
        r"about-?(?:the-?)?author\w* bio biography contributor-?box"
    ),
    "related": (
        r"related\w* recommend\w* read-?(?:more|also|next|on) most-?(?:read|viewed|popular|shared) "
        r"mostread popular\w* trending\w* see-?also you-?(?:may|might)\w* up-?next "
        r"next-?(?:article|story|up) onward\w* "
        r"more-?(?:on|from|stories|news|like|coverage|articles) latest\w* top-?stories "
        r"also-?(?:read|in|on) in-?this-?(?:story|series) further-?reading teasers? sidebar\w* "
        r"rail right-?(?:col\w*|rail) secondary widgets? widget-area headlines editors?-?picks? "
        r"jp-relatedposts crp_related yarpp\w* storylinks? link-?(?:box|list) "
        r"bookmark-?(?:card|container) linkbox infobox-?links suggest\w* topic-?box backstory"
    ),
    "navigation": (
        r"nav navi navbar\w* navigation\w* menu\w* breadcrumbs? crumbs? bread-?crumb\w* "
        r"shar(?:e|ing|er)\w* socials? social-\w+ sociable addtoany\w* addthis\w* toolbar tools "
        r"utility tags? tag-?(?:list|cloud|links) tagcloud topics? footer\w* colophon masthead "
        r"site-?(?:header|branding|title|logo) top-?bar skip\w* pagination pager search\w* login "
        r"copyright legal language\w* lang-?switch\w* print(?:-link|-button)? follow\w* eyebrow "
        r"kicker section-?(?:label|name|title) rubric category categories cat-links "
        r"post-?categories reading-?time read-?time minute-?read listen\w* audio-?player player "
        r"view-?count feedback report-?error bookmark\w* save-?(?:article|story) ticker alert-?bar "
        r"hamburger overlay modal popup toast font-?size toc table-of-contents jump-?links"
    ),
    "credit": (
        r"(?:photo|image|picture|media|caption|foto|img|video)[_-]{0,2}"
        r"(?:credits?|copyright|source|author|by|owner|attribution) "
        r"credits? photographer attribution rights source-?line agency-?(?:credit|line) "
        r"tagline-?credit"
    ),
    "caption": (
        r"fig-?caption wp-caption-(?:text|dd) captions? caption-?text cutline "
        r"(?:image|photo|picture|media|foto|img|video)[_-]{0,2}"
        r"(?:captions?|text|desc\w*|legend|title|info) "
        r"legend bildunterschrift gallery-?caption legende slide-?text"
    ),
    "quote": r"pull-?quote\w* blockquote quote-?(?:block|box|text) epigraph",
    "standfirst": (
        r"standfirst dek deck sub-?(?:title|head\w*|headline|hed) lede-?summary "
        r"article-?(?:summary|lead|intro|dek|description|excerpt) strap-?line "
        r"entry-?(?:subtitle|summary) chapeau summary tagline abstract hed-?sub"
    ),
    "headline": (
        r"headline hed "
        r"(?:entry|article|post|story|page|content|news)[_-]{0,2}(?:title|headline|heading)"
    ),
    "dateline": (
        r"dateline date datetime date-?time pub-?date\w* publish\w* timestamp time updated? "
        r"last-?(?:updated|modified) posted-?on "
        r"(?:entry|post|article|story|created|submitted|news)[_-]{0,2}(?:date\w*|time|on) modified "
        r"created byline-?date when"
    ),
    "byline": (
        r"by-?line\w* authors? author-?(?:name|link|list|names) writers? reporters? contributors? "
        r"posted-?by vcard journalist written-?by correspondent "
        r"(?:article|entry|post|story)[_-]{0,2}(?:author|byline|by|writer) autor submitted-?by "
        r"signature source-?name"
    ),
    "meta": (
        r"(?:entry|post|article|story|page|content)[_-]{0,2}(?:meta|info|details|header) meta "
        r"meta-?data submitted"
    ),
}  # fmt: skip
_NAMED: Final = tuple(
    (zone, re.compile(rf"(?:^|[\s_-])(?:{words.replace(' ', '|')})(?=$|[\s_\d-])"))
    for zone, words in _VOCABULARY.items()
)
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
    if not label:
        return None
    for zone, pattern in _NAMED:
        if pattern.search(label[:400]):
            return zone
    return None


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
