"""A version as a news page of ordinary size: what an extractor meets around the thirty paragraphs of an article.

The amounts are about the medians of 170 pages of real outlets (the extraction sets): 1,000 elements, of these 180
links, 180 boxes and 130 list items, 26 scripts of 88 kB together, 43 meta tags, 14 pictures, 20 icons. Trafilatura
needs as long for one as for the 38 real pages that have 850 to 1,300 words (32 ms; median 32 ms, mean 33).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape

from storydiff.model import Version

SITE = "https://www.velsmund-courier.example"
SECTIONS = ("Home", "World", "Politics", "Business", "Sport", "Culture", "Science", "Weather", "Opinion", "Travel")
SCRIPTS, SCRIPT_SIZE = 26, 3_200
METAS, STYLES, ICONS = 43, 27, 20
TEASERS, TOPICS = 30, 8
PATH = "M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2zm4.59-12.42L10 14.17l-2.59-2.58L6 13l4 4 8-8z"


def page(version: Version) -> bytes:
    """The page in UTF-8."""
    body = "".join(_paragraph(i, paragraph.text) for i, paragraph in enumerate(version.paragraphs))
    shown = version.published.isoformat() if version.published else ""
    return (
        f'<!doctype html><html lang="en" class="no-js theme-light"><head>{_head(version, shown)}</head>'
        f'<body class="page page--article" data-page-id="art-{version.id}">{_header()}'
        f'<main id="content" class="layout layout--article"><article class="article" itemscope>{_title(version, shown)}'
        f'<div class="article__body" data-component="text-block">{body}</div>{_below()}</article>{_aside()}</main>'
        f"{_footer()}{_scripts(range(SCRIPTS // 2, SCRIPTS))}</body></html>"
    ).encode()


def _head(version: Version, shown: str) -> str:
    title = "Crane falls in Velsmund"
    metas = "".join(
        f'<meta property="og:extra:{i}" content="{title} and what is known of it, {i}">' for i in range(METAS)
    )
    links = "".join(
        f'<link rel="preload" href="{SITE}/assets/build/{i:08x}.bundle.min.css" as="style" crossorigin="anonymous">'
        for i in range(STYLES)
    )
    article = {"@type": "NewsArticle", "headline": title, "datePublished": shown, "publisher": {"name": version.outlet}}
    return (
        f'<meta charset="utf-8"><title>{title}</title>{metas}{links}'
        f'<meta property="article:published_time" content="{shown}"><link rel="canonical" href="{version.url}">'
        f'<script type="application/ld+json">{json.dumps(article)}</script>{_scripts(range(SCRIPTS // 2))}'
    )


def _scripts(numbers: Iterable[int]) -> str:
    state = json.dumps({"slots": ["div-gpt-ad-billboard"] * (SCRIPT_SIZE // 24)})
    return "".join(f"<script>window.__state{i} = {state};</script>" for i in numbers)


def _icon(name: str) -> str:
    return f'<svg class="icon icon--{name}" viewBox="0 0 24 24" aria-hidden="true"><path d="{PATH}"/></svg>'


def _link(place: str, number: int, text: str) -> str:
    return (
        f'<a class="{place}__link link link--plain" href="{SITE}/{place}/{number}?from={place}"'
        f' data-track="{place}|{number}|{text}"><span class="{place}__label">{text}</span></a>'
    )


def _menu(place: str, rows: int) -> str:
    items = "".join(
        f'<li class="{place}__item">{_link(place, i, SECTIONS[i % len(SECTIONS)] + f" {i}")}</li>' for i in range(rows)
    )
    return f'<nav class="{place}" aria-label="{place}"><ul class="{place}__list">{items}</ul></nav>'


def _header() -> str:
    tools = "".join(
        f'<button type="button" class="tool" aria-label="Tool {i}">{_icon(f"tool-{i}")}</button>' for i in range(6)
    )
    return (
        f'<header class="site"><div class="site__bar"><div class="site__logo">{_icon("logo")}</div>{tools}</div>'
        f"{_menu('menu', 40)}{_menu('submenu', 20)}</header>{_slot('billboard')}"
    )


def _slot(name: str) -> str:
    return f'<div class="ad ad--{name}"><div class="ad__label">Advertisement</div><div id="ad-{name}"></div></div>'


def _title(version: Version, shown: str) -> str:
    shares = "".join(
        f'<li class="share__item"><a class="share__link" href="{SITE}/share/{i}">{_icon(f"share-{i}")}</a></li>'
        for i in range(6)
    )
    return (
        f'<header class="article__head"><div class="kicker">{_link("topic", 0, "Harbour")}</div>'
        '<h1 class="article__title">Crane falls in Velsmund</h1><div class="byline"><span>By our own reporters</span>'
        f'<time datetime="{shown}">{shown}</time><span>{escape(version.outlet)}</span></div>'
        f'<ul class="share">{shares}</ul>{_picture("lead", "The quay on the morning after. Photograph: own")}</header>'
    )


def _picture(name: str, caption: str) -> str:
    sizes = ", ".join(
        f"{SITE}/images/{name}-{width}.webp?quality=80&amp;fit=crop {width}w" for width in range(320, 2000, 240)
    )
    return (
        f'<figure class="picture picture--{name}"><picture><source type="image/webp" srcset="{sizes}">'
        f'<img class="picture__img" loading="lazy" width="1200" alt="{caption}" src="{SITE}/images/{name}.jpg"'
        f' srcset="{sizes}"></picture><figcaption class="picture__text">{caption}</figcaption></figure>'
    )


def _paragraph(number: int, text: str) -> str:
    between = {8: _slot("inline-1"), 12: _more(), 18: _slot("inline-2"), 22: _picture("second", "Divers at the basin")}
    return f'<p class="article__p" data-index="{number}">{escape(text, quote=False)}</p>{between.get(number, "")}'


def _more() -> str:
    return f'<div class="more"><h2 class="more__title">Read more</h2>{_menu("more", 3)}</div>'


def _below() -> str:
    topics = "".join(f'<li class="tag">{_link("tag", i, f"Topic {i}")}</li>' for i in range(TOPICS))
    return (
        f'<ul class="tags">{topics}</ul><div class="letter"><div class="letter__text"><p>Our letter.</p></div>'
        '<form class="letter__form"><input type="email" name="mail"><button>Subscribe</button></form></div>'
    )


def _aside() -> str:
    teasers = "".join(map(_card, range(TEASERS)))
    return f'<aside class="rail">{_slot("rail")}<h2>Most read</h2>{teasers}</aside>'


def _card(number: int) -> str:
    section = SECTIONS[number % len(SECTIONS)]
    return (
        f'<div class="card"><div class="card__media">{_thumbnail(number)}</div><div class="card__text">'
        f'<div class="card__kicker"><span>{section}</span></div>'
        f'<h3 class="card__title">{_link("card", number, f"Another story, number {number}")}</h3>'
        f'<div class="card__summary">Its summary in one sentence.</div><div class="card__meta">{number + 1} h ago</div>'
        "</div></div>"
    )


def _thumbnail(number: int) -> str:
    if number % 2:
        return _icon(f"play-{number}")
    sizes = ", ".join(f"{SITE}/images/card-{number}-{width}.webp {width}w" for width in (160, 320, 480, 640))
    return f'<img class="card__img" loading="lazy" alt="" src="{SITE}/images/card-{number}.jpg" srcset="{sizes}">'


def _footer() -> str:
    columns = "".join(f'<div class="foot__column"><h4>Column {i}</h4>{_menu(f"foot{i}", 13)}</div>' for i in range(4))
    boxes = "".join(
        f'<div class="widget" data-widget="{i}"><div class="widget__inner"><div class="widget__slot"></div></div></div>'
        for i in range(25)
    )
    return f'<footer class="foot"><div class="foot__grid">{columns}</div>{boxes}<p>All rights reserved.</p></footer>'
