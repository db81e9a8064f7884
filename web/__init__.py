"""How people meet the archive: the Flask app, its JSON, the message catalogue and the `sijill` command."""
