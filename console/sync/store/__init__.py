"""The tables of the road: lanes, feed, and what was kept aside."""
