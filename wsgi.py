"""Owns the one name a server asks for: the application, made from the environment."""

from curriculum.app import create_app
from curriculum.config import Settings

app = create_app(Settings.from_environment())
