"""What happens when things break: kills, full disks, damaged files, hostile documents.

Each test counts what it broke; the counts are printed at the end. `make faults` runs the suite at
full length, `make test` a short form of it.
"""
