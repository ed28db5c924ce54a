"""Places in buckets of capacity."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dispatch.ledger.claims import Claims
from dispatch.ledger.protocol import Claim

STORES = [f"store-{number}" for number in range(40)]


def test_places_are_counted_by_store_and_bucket():
    """A place given back is free again."""
    claims = Claims()
    claims.add([Claim("a", 0, 3), Claim("a", 0, 3), Claim("a", 900, 3)])
    claims.remove([Claim("a", 0, 3)])
    assert (claims.of("a", 0), claims.of("a", 900), claims.of("b", 0)) == (1, 1, 0)
    assert dict(claims.taken) == {("a", 0): 1, ("a", 900): 1}


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from(STORES), st.sampled_from([0, 900, 1_800])), max_size=120),
)
def test_no_bucket_is_fuller_than_its_store_is_said_to_be(moves):
    """Whatever is taken and given back; without giving back it is the fullest bucket exactly."""
    claims = Claims()
    columns = claims.columns_of(STORES[:5])
    given_back = False
    for take, store, bucket_s in moves:
        claim = [Claim(store, bucket_s, 100)]
        if take:
            claims.add(claim)
        elif claims.of(store, bucket_s):
            claims.remove(claim)
            given_back = True
    columns = np.concatenate([columns, claims.columns_of(STORES[5:])])
    for store, bound in zip(STORES, claims.fullest(columns).tolist(), strict=True):
        fullest = max(claims.of(store, bucket_s) for bucket_s in (0, 900, 1_800))
        assert bound >= fullest
        assert given_back or bound == fullest
