"""Counting what changes between two answers: people, firms and centimes, scope by scope."""

import numpy as np

from primes.claims.gains import (
    BY_BRANCH,
    BY_STAGE,
    BY_YEAR,
    KEYS,
    LEVELS,
    WHOLE,
    Figures,
    Lines,
    figures_of,
    of_level,
)

WORDS = {
    "stage": ("open", "decided"),
    "branch": ("ITO", "CRM"),
    "scheme": ("pae", "paf"),
    "year": (2025, 2026),
}


def lines(*rows: tuple[int, ...]) -> Lines:
    """Rows of (stage, branch, scheme, year, person, firm, before, after), words by position."""
    columns = np.array(rows, np.int64).reshape(-1, 8).T
    return Lines(
        keys=dict(zip(KEYS, columns, strict=False)),
        words=WORDS,
        person=columns[4],
        firm=columns[5],
        before=columns[6],
        after=columns[7],
        was_eligible=columns[6] > 0,
        is_eligible=columns[7] > 0,
    )


def people(figures: Figures) -> tuple[int, int, int]:
    return figures.people_gained, figures.people_lost, figures.people_unchanged


def firms(figures: Figures) -> tuple[int, int, int]:
    return figures.firms_gained, figures.firms_lost, figures.firms_unchanged


def test_without_a_line_the_whole_is_nothing():
    assert figures_of(lines()) == (Figures("", "", "", 0, *[0] * 12),)


def test_each_line_gains_loses_or_stays():
    told = lines(
        (0, 0, 1, 0, 11, 1, 100, 130), (0, 0, 1, 0, 12, 1, 100, 90), (0, 0, 1, 0, 13, 2, 100, 100)
    )  # fmt: skip

    whole = of_level(figures_of(told), WHOLE)[0]

    assert people(whole) == (1, 1, 1)
    assert firms(whole) == (1, 0, 1)
    assert (whole.before, whole.after, whole.gained, whole.lost) == (300, 320, 30, 10)
    assert (whole.difference, whole.kept) == (20, 290)


def test_a_person_in_two_scopes_counts_in_each_and_once_over_them():
    told = lines((0, 0, 1, 0, 11, 1, 100, 150), (1, 0, 1, 1, 11, 1, 100, 80))

    figures = figures_of(told)

    assert [people(each) for each in of_level(figures, BY_STAGE)] == [(0, 1, 0), (1, 0, 0)]
    assert people(of_level(figures, WHOLE)[0]) == (1, 0, 0)


def test_what_a_person_gains_here_and_loses_there_may_cancel_out():
    told = lines((0, 0, 0, 0, 11, 1, 100, 150), (0, 0, 1, 0, 11, 1, 100, 50))

    whole = of_level(figures_of(told), WHOLE)[0]

    assert (people(whole), firms(whole)) == ((0, 0, 1), (0, 0, 1))
    assert (whole.gained, whole.lost) == (50, 50)


def test_eligibility_is_counted_apart_from_money():
    told = lines(
        (0, 0, 1, 0, 11, 1, 0, 70), (0, 0, 1, 0, 12, 1, 60, 0), (0, 0, 1, 0, 13, 1, 60, 61)
    )  # fmt: skip

    whole = of_level(figures_of(told), WHOLE)[0]

    assert (whole.people_newly_eligible, whole.people_no_longer_eligible) == (1, 1)


def test_scopes_are_named_by_their_words_at_each_level():
    told = lines((0, 1, 0, 1, 11, 1, 5, 6), (1, 0, 1, 0, 12, 2, 7, 7))

    figures = figures_of(told)

    assert [(f.stage, f.branch) for f in of_level(figures, BY_BRANCH)] == [
        ("decided", "ITO"),
        ("open", "CRM"),
    ]
    assert [(f.stage, f.scheme, f.year) for f in of_level(figures, BY_YEAR)] == [
        ("decided", "paf", 2025),
        ("open", "pae", 2026),
    ]
    assert len(of_level(figures, KEYS)) == 2


def test_every_level_holds_the_same_centimes():
    chance = np.random.default_rng(3)
    keys = chance.integers(0, 2, (400, 4))
    rest = chance.integers(0, 60, (400, 4))
    figures = figures_of(lines(*np.concatenate([keys, rest], axis=1).tolist()))

    totals = [
        (sum(f.before for f in level), sum(f.after for f in level))
        for level in (of_level(figures, each) for each in LEVELS)
    ]

    assert totals == [(rest[:, 2].sum(), rest[:, 3].sum())] * len(LEVELS)


def test_counts_are_those_of_a_plain_loop_over_people():
    chance = np.random.default_rng(4)
    rows = np.concatenate(
        [chance.integers(0, 2, (500, 4)), chance.integers(0, 40, (500, 4))], axis=1
    ).tolist()
    nets: dict[tuple[int, int], dict[int, int]] = {}
    for stage, branch, _, _, person, _, before, after in rows:
        by_person = nets.setdefault((stage, branch), {})
        by_person[person] = by_person.get(person, 0) + after - before

    figures = of_level(figures_of(lines(*rows)), BY_BRANCH)

    assert {(f.stage, f.branch): people(f) for f in figures} == {
        (WORDS["stage"][stage], WORDS["branch"][branch]): (
            sum(net > 0 for net in by_person.values()),
            sum(net < 0 for net in by_person.values()),
            sum(net == 0 for net in by_person.values()),
        )
        for (stage, branch), by_person in nets.items()
    }
