"""The reference city: the other end of the road, written from ``resources/city_api`` alone.

It shares no code with ``console.sync`` or ``console.core``, so that a mistake on one side is seen by the other.
"""
