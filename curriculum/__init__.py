"""Dongui (동의): schools teach consent, deepfake harm and where help is, in Korean and English."""
