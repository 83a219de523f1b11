"""The rows of must-reach points, tracks, visits, jumps and reports of coverage."""
