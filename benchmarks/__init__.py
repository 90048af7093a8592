"""How fast it is, beside a bare Flask app that does the same reads and writes on the same server."""
