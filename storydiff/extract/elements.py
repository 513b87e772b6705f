"""Elements by what they do to text, as browsers show them."""

# fmt: off
NEVER_SHOWN = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "canvas", "audio",
    "video", "select", "option", "datalist", "textarea", "button", "input", "head", "title", "meta", "link", "map",
    "area", "progress", "meter", "rp", "rt", "param", "source", "track", "noframes", "frameset",
    "amp-ad", "amp-state", "amp-analytics", "amp-consent", "amp-iframe", "amp-sidebar", "amp-social-share",
})
"""Without text of the page: code, embedded documents, form controls."""
BLOCK_LEVEL = frozenset({
    "html", "body", "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "li", "main", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "caption", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul", "legend", "menu",
})
"""Their edges end a paragraph."""
# fmt: on
TEXTUAL = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "figcaption", "summary", "caption"})
"""They hold running text, in which custom elements are inline."""
STYLES = {"a": "linked", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic"}
"""Inline elements whose characters are counted, and as what."""
