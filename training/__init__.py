"""Learns `pipeline/tuning.safetensors`: the bundled model taught with questions in plain words.

    reading → exercises → texts → tuned_model → closeness → learning, held_out

Nobody who uses Kamerantwoord needs this room: it is here so that what ships can be learned again.
"""
