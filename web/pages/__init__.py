"""The pages, one module per family; each page has its JSON beside it, at the same address with `.json`."""
