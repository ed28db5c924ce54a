"""A plan within milliseconds: requests are inserted one by one where they cost least, in compiled code on one core."""
