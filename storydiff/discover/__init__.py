"""What others publish: reading feeds, sitemaps and home pages, and grouping their entries into stories. Pure.

listing = read_listing(body, "https://outlet.example/feed")
grouping = Grouping()
label = grouping.add(Article(id=entry.url, title=entry.title, text=entry.summary, published=entry.published))
"""
