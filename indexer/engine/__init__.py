"""Engines: an index that can be built and searched. They receive ready terms and know nothing of Arabic."""
