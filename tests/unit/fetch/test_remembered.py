"""Rules of sites that hold for more than one batch."""

from datetime import UTC, datetime, timedelta

from yarl import URL

from storydiff.errors import RobotsDenied
from storydiff.fetch.remembered import HOLDS, MOST, Remembered
from storydiff.fetch.robots import Rules, parse

NOW = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
SITE = URL("https://harbour.example/robots.txt")
RULES = parse(b"User-agent: *\nDisallow: /private\n")


def test_rules_hold_for_their_time():
    """Up to it, not at it."""
    known = Remembered()
    known.keep(SITE, RULES, NOW)
    assert known.get(SITE, NOW + HOLDS - timedelta(seconds=1)) is RULES
    assert known.get(SITE, NOW + HOLDS) is None
    assert known.get(URL("http://harbour.example/robots.txt"), NOW) is None


def test_what_could_not_be_read_is_not_remembered():
    """It also ends what was known before."""
    known = Remembered()
    known.keep(SITE, RULES, NOW)
    known.keep(SITE, Rules(trouble=RobotsDenied()), NOW)
    assert known.get(SITE, NOW) is None


def test_of_too_many_sites_the_one_read_longest_ago_is_forgotten():
    """Reading it again makes it the newest."""
    known = Remembered()
    sites = [URL(f"https://{n}.example/robots.txt") for n in range(MOST + 1)]
    for site in sites[:-1]:
        known.keep(site, RULES, NOW)
    known.keep(sites[0], RULES, NOW)
    known.keep(sites[-1], RULES, NOW)
    assert known.get(sites[1], NOW) is None
    assert known.get(sites[0], NOW) is RULES
    assert known.get(sites[-1], NOW) is RULES
