"""What a word is, what a translation is, what a hit is; makes no HTML and no sentences for people."""
