"""What publishers call the parts of a page: class, id and role words, shared by many sites and languages.

Each group is one bit. A group counts for an element when one of its words stands in the element's class, id, itemprop,
role, data-testid, data-component or data-type.
"""

from __future__ import annotations

import re
from enum import IntFlag, auto
from functools import lru_cache


class Mark(IntFlag):
    """What the names on an element say about it."""

    BODY = auto()
    TEXT = auto()
    RELATED = auto()
    COMMENT = auto()
    CAPTION = auto()
    PROMO = auto()
    NEWSLETTER = auto()
    SHARE = auto()
    AUTHOR = auto()
    NAVIGATION = auto()
    FOOTER = auto()
    ASIDE = auto()
    TAGS = auto()
    STANDFIRST = auto()
    HEADLINE = auto()
    DATE = auto()
    WIDGET = auto()
    PAYWALL = auto()
    NOTE = auto()
    QUOTE = auto()
    LIVE = auto()
    READER_ONLY = auto()
    CONSENT = auto()
    FACTBOX = auto()
    SUBHEAD = auto()
    CREDIT = auto()


WORDS: dict[Mark, str] = {
    Mark.BODY: r"article-?_?(?:body|text|content|main|copy)|(?:story|post|entry|news|page|main|content|detail|rich|body)-?_?(?:body|content|text|copy|article)|articlebody|articulo|cuerpo|corpo|corps|inhalt|artikel(?:text|inhalt|body)|\bentry\b|\bprose\b|richtext|paywall-?content|storytext|newstext|description-?body|body-?_?(?:copy|text)|\bcopy\b|articletext|content__body|wysiwyg|texte|testo|article__",
    Mark.TEXT: r"paragraph|\bpar\b|text-?block|textblock|\btext\b|absatz|p-?text|body-?text|component-?p\b|para\b|parrafo|paragraphe|brodtext|brødtekst",
    Mark.RELATED: r"related|recommend|read-?_?(?:more|also|next)|more-?_?(?:from|on|stories|news|articles|in)|also-?_?(?:read|like)|teaser|trending|most-?_?(?:read|popular|viewed)|popular|you-?may|suggest|further|onward|readnext|relacionad|mehr-?zum|weiter|similar|linked|outbrain|taboola|next-?_?(?:article|story|up|post)|promo-?link|lire-?aussi|correlat|\bcard\b|cards\b|carousel|headlines|top-?stories|latest|in-?_?this-?_?(?:article|story)|key-?_?events|toc\b|table-of-contents|see-?also|read-?too|lesen|list-?of|collection|digest|hub-?|teasers|article-?list|story-?list|feed\b|rail\b|ticker|siehe|verwandt",
    Mark.COMMENT: r"comment|discuss|disqus|coral|kommentar|respond|replies|reply|viafoura|openweb|spotim|livefyre|user-?post|forum",
    Mark.CAPTION: r"caption|figure|\bimg\b|image|photo|picture|gallery|slideshow|slider|bildunter|bildtext|legend|media-?(?:meta|info|desc)|\bmedia\b|video|player|audio|podcast|thumb|lightbox|foto",
    Mark.PROMO: r"\bads?\b|\bad-|-ads?\b|advert|sponsor|promo|affiliate|commercial|banner|dfp|gpt-|anzeige|publicidad|partner|shop|deal|product|marketing|upsell|\bcta\b|call-?to-?action|download|\bapp-|donat|support-?us|contribut|membership",
    Mark.NEWSLETTER: r"newsletter|subscri|sign-?_?up|signup|mailing|email-?(?:form|capture|signup)|abo-?|abonn|register|registration|mailmunch|mailchimp",
    Mark.SHARE: r"share|sharing|social|follow|toolbar|tool-?bar|\btools?\b|actions?\b|facebook|twitter|whatsapp|buttons?\b|print|bookmark|save-?article|listen|speech|reading-?time",
    Mark.AUTHOR: r"author|byline|by-?line|\bbio\b|writer|contributor|profile|autor|auteur|autore|verfasser|reporter|journalist|creator|redakt",
    Mark.NAVIGATION: r"\bnav|menu|breadcrumb|navigation|masthead|site-?header|header-?(?:top|bar|nav)|pagination|pager|skip-?link|search|topbar|drawer|hamburger|megamenu|sitemap|ariadne|brotkrumen",
    Mark.FOOTER: r"footer|foot\b|colophon|copyright|legal|impressum|fineprint|disclaimer|bottom",
    Mark.ASIDE: r"sidebar|side-?bar|aside|complementary|\bside\b|secondary|right-?(?:col|rail)|left-?(?:col|rail)|supplement|\brail|col-?right|widget-?area",
    Mark.TAGS: r"\btags?\b|tag-|-tags?\b|topics?\b|keyword|categor|section-?name|kicker|eyebrow|overline|rubric|label\b|schlagwort|etiquet|tema\b|themen|dachzeile|spitzmarke|pretitle",
    Mark.STANDFIRST: r"standfirst|\blede\b|\bdek\b|\bdeck\b|summary|subtitle|sub-?title|sub-?headline|\bintro\b|introduction|vorspann|teaser-?text|excerpt|chapo|chapeau|sommario|entradilla|subtitulo|bajada|lead\b|leadtext|ingress|manchet|abstract|description|perex|\bsub-?head\b|subheading|preamble|spot\b|occhiello|anrei(?:ß|ss)er",
    Mark.HEADLINE: r"headline|\btitle\b|-title\b|title-|titulo|titulaire|titel|\bhed\b|heading|titre|naslov|tytul|rubrik\b",
    Mark.DATE: r"date|\btime|timestamp|publish|updated|fecha|datum|posted-?on|published|dateline|pubdate",
    Mark.WIDGET: r"widget|embed|poll\b|quiz|survey|infographic|chart|\bmap\b|calculator|weather|stock|ticker|score|fixture|standings|iframe|interactive|instagram|tweet|twitter|tiktok|youtube|trinity|scribble|datawrapper|vote|crossword|horoscop|game|timeline",
    Mark.PAYWALL: r"paywall|pay-?wall|regwall|reg-?wall|meter|piano|premium|locked|subscriber-?only|gate\b|-gate|gated|offer|barrier|tp-modal|wall\b|plus-?only|restricted|member-?only|truncat|checkout",
    Mark.NOTE: r"correction|clarification|editor-?s?-?note|editors?_?note|disclosure|update-?note|errat|berichtig|korrektur|rectif|footnote|\bnotes?\b|endnote|transparen|methodology|hinweis",
    Mark.QUOTE: r"pull-?_?quote|pullquote|\bquote|blockquote|callout|zitat|cita\b|citation|citazione|destacado|highlight|breakout|exergue|sitat",
    Mark.LIVE: r"live-?_?(?:blog|post|entry|update|event|feed|article|text|coverage)|liveblog|liveticker|minute-?by|key-?_?event|block-?time|minuto|\bpost-\d|timeline-?item",
    Mark.READER_ONLY: r"sr-?only|visually-?hidden|screen-?reader|offscreen|accessib|assistive|\bvh\b|u-hidden|a11y|invisible",
    Mark.CONSENT: r"cookie|consent|gdpr|cmp\b|onetrust|didomi|sp_message|usercentrics|privacy|tcf|modal|popup|pop-up|overlay|dialog|toast|snackbar|alert|notification|onboarding|interstitial|adblock",
    Mark.FACTBOX: r"fact-?_?box|info-?_?box|infobox|\bbox\b|box-|-box|faktaboks|fakta|sidebox|inset|key-?_?(?:points|facts|takeaways)|highlights|bullets|summary-?list|at-?a-?glance|tldr|inline-?(?:module|block)|recirc|in-?article|inbody|in-?body|insert|module",
    Mark.SUBHEAD: r"sub-?head|subhead|crosshead|zwischen|intertit|section-?(?:title|head)|ladillo|mellemrubrik|subheading|paragraph-?title|h2|mezzotitolo|sumario",
    Mark.CREDIT: r"credit|copyright|source|agency|fuente|quelle|courtesy|provider|signoff|sign-?off|byline-?bottom|tagline|trailer",
}
COMPILED = [(mark, re.compile(words)) for mark, words in WORDS.items()]
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=8192)
def marks(names: str) -> Mark:
    """The groups whose words stand in these names (class, id and so on, joined by spaces)."""
    text = CAMEL.sub("-", names[:300]).lower()
    found = Mark(0)
    for mark, pattern in COMPILED:
        if pattern.search(text):
            found |= mark
    return found
