"""What a document is: reading, cleaning, storing; imports nothing else of Sijill."""
