"""The player: a program of its own that takes camera streams in and has libvlc draw them.

Started by the wall's supervisor, never by a person. Orders come as JSON lines on standard input, how
the picture stands goes out as JSON lines; when the input ends, so does the program. An address
and its password come by that way only: no argument, no environment, no log line holds them.
"""
